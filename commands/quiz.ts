/**
 * The command `/quiz`: opens rounds, shows their status and stops them. Also defines the actions of all buttons in
 * rounds.
 */
import { noSuchTopic, suggestTopics, topicNamed } from '../src/chat/cards/suggestions.ts';
import type { CommandContext, InteractionResponse, PlayResult, RoundOptions } from '../src/chat/command-context.ts';
import { commandGroup, optionalChoice, optionalInteger, optionalString, subcommand } from '../src/chat/command.ts';
import { identifier, index, oneOf, packId } from '../src/chat/component-parts.ts';
import { type Component, component, parts } from '../src/chat/component.ts';
import { ephemeralNotice, notice } from '../src/chat/message/notice.ts';
import { openYearModal, submitAnswer, submitYear } from '../src/chat/quiz/answer-question.ts';
import { showResults } from '../src/chat/quiz/end-card.ts';
import { controlNames, openControls, useControl } from '../src/chat/quiz/host-controls-card.ts';
import { showOwnResult } from '../src/chat/quiz/own-result.ts';
import { showMissedQuestions } from '../src/chat/quiz/missed-questions.ts';
import {
  openGroup,
  openSolo,
  maxQuestions,
  newRoundOptions,
  newRoundParts,
  weakestRoundOptions,
} from '../src/chat/quiz/open-round.ts';
import { lobbyComponent, roundComponent } from '../src/chat/quiz/round-component.ts';
import { groupResponse, soloResponse } from '../src/chat/quiz/round-responses.ts';
import { roundStatusCard } from '../src/chat/quiz/round-status.ts';
import { stopHere, stopRound } from '../src/chat/quiz/stop-round.ts';
import { packPart, withItsPack } from '../src/chat/packs/pack-of-button.ts';
import { quizWords } from '../src/chat/words/quiz-words.ts';

const defaultQuestions = 10;
const topic = optionalString('Only questions on this topic', { autocomplete: suggestTopics });
const questions = optionalInteger('How many questions (10)', 3, maxQuestions);

const group = subcommand({
  description: 'Start a quiz for everybody in this channel',
  options: {
    topic,
    questions,
    seconds: optionalInteger('Seconds for each question (by its length)', 10, 120),
    style: optionalChoice('What brings points (study)', {
      study: 'Study: whoever is right gets the same',
      speed: 'Speed: a bonus for being quick',
      first: 'First: a race, wrong means out until the next question',
    }),
    pace: optionalChoice('Who brings the next question (auto)', {
      auto: 'Auto: the clock',
      host: 'Host: you, with Next',
    }),
    thread: optionalChoice('Whether to play in a thread (auto)', {
      auto: 'Auto: where it is allowed',
      yes: 'Yes',
      no: 'No, in this channel',
    }),
  },
  run: ({ seconds, style, pace, thread, ...chosen }, context) =>
    onTopic(chosen, context, (options) =>
      openGroup(
        {
          ...options,
          inThread: thread,
          ...(seconds !== undefined && { seconds }),
          ...(style !== undefined && { style }),
          ...(pace !== undefined && { pace }),
        },
        context,
      ),
    ),
});

const solo = subcommand({
  description: 'Start a quiz that only you see',
  options: {
    topic,
    questions,
    timed: optionalChoice('Whether to play against the clock (no)', { no: 'No', yes: 'Yes' }),
  },
  run: ({ timed, ...chosen }, context) =>
    onTopic(chosen, context, (options) => openSolo({ ...options, timed: timed === 'yes' }, context)),
});

const round = parts([identifier]);
const roundInChannel = parts([identifier, identifier]);
const roundQuestion = parts([identifier, index]);
const ofPack = parts([packPart.optional()]);

export default commandGroup({
  name: 'quiz',
  description: 'Quiz questions, together or alone',
  availability: 'servers-and-dms',
  subcommands: {
    group,
    solo,
    status: subcommand({
      description: 'Find the quiz that runs in this channel',
      run(_, { rounds, where, at }) {
        const quiz = rounds.inChannel(where.channel);
        return { message: quiz ? roundStatusCard(quiz, at) : notice(quizWords.noRound), ephemeral: true };
      },
    }),
    stop: subcommand({
      description: 'Stop the quiz in this channel (the host, or a vote of the players) or your own solo quiz',
      run: (_, context) => stopHere(context),
    }),
  },
  components: { ...roundComponents(), ...openingComponents() },
});

/** The actions of all buttons and modals in a round. */
function roundComponents(): Readonly<Record<string, Component>> {
  return {
    join: lobbyComponent(async (id, context) => {
      const { who, at } = context;
      return groupResponse(await context.rounds.play(id, { type: 'join', user: who.id, name: who.name, at }, context));
    }),
    start: lobbyComponent(async (id, context) =>
      groupResponse(await context.rounds.play(id, { type: 'start', ...presser(context) }, context)),
    ),
    cancel: lobbyComponent(async (id, context) => {
      const result = await context.rounds.play(id, { type: 'cancel', ...presser(context) }, context);
      if (result.is === 'stepped' && result.outcome.is === 'done') return ephemeralNotice(quizWords.cancelled);
      return groupResponse(result);
    }),
    answer: roundComponent(parts([identifier, index, index]), ([id, question, option], context) =>
      submitAnswer(id, question, option, context),
    ),
    type: roundComponent(roundQuestion, ([id, question], context) => openYearModal(id, question, context)),
    year: roundComponent(roundQuestion, ([id, question], context, fields) => submitYear(id, question, fields, context)),
    next: roundComponent(roundQuestion, async ([id, question], context) =>
      soloResponse(await context.rounds.play(id, { type: 'next', question, ...presser(context) }, context)),
    ),
    end: roundComponent(round, async ([id], context) => soloResponse(await endSolo(id, context))),
    resume: roundComponent(round, ([id], context) => {
      const resumed = context.rounds.resumeSolo(id, context);
      if (!resumed) return ephemeralNotice(quizWords.newRoundHint);
      const { quiz, deleteEarlier } = resumed;
      return {
        ...soloResponse({ is: 'stepped', quiz, outcome: { is: 'done' } }),
        onSent: async () => deleteEarlier(),
      };
    }),
    stop: roundComponent(round, ([id], context) => stopRound(id, context)),
    results: roundComponent(roundInChannel, ([id, channel], context) => showResults(id, channel, context)),
    mine: roundComponent(roundInChannel, ([id, channel], context) => showOwnResult(id, channel, context)),
    misses: roundComponent(parts([identifier, identifier, index]), ([id, channel, from], context) =>
      showMissedQuestions(id, channel, from, context),
    ),
    controls: roundComponent(round, ([id], context) => openControls(id, context)),
    control: component(parts([oneOf(controlNames), identifier, index]), ([name, id, question], context) =>
      useControl(name, id, question, context),
    ),
  };
}

/** The actions of the buttons that open a round. */
function openingComponents(): Readonly<Record<string, Component>> {
  return {
    about: component(parts([packId, packPart.optional()]), ([id, pack], context) =>
      withItsPack(pack, context, () => openSolo({ about: [id], questions: 5 }, context)),
    ),
    practise: component(ofPack, ([pack], context) =>
      withItsPack(pack, context, async () => openSolo(await weakestRoundOptions(context), context)),
    ),
    again: component(ofPack, ([pack], context) =>
      withItsPack(pack, context, () => openGroup({ questions: defaultQuestions }, context)),
    ),
    new: component(newRoundParts, (values, context) =>
      withItsPack(values[5], context, async () => {
        const result = await endSolo(values[0], context);
        if (result.is === 'stepped' && result.outcome.is === 'not-host') return soloResponse(result);
        return { ...(await openSolo(await newRoundOptions(values, context), context)), replace: true };
      }),
    ),
  };
}

/** Opens a round about the typed topic. If there is no such topic, the response says so. */
async function onTopic(
  chosen: { readonly topic: string | undefined; readonly questions: number | undefined },
  context: CommandContext,
  open: (options: RoundOptions) => Promise<InteractionResponse>,
): Promise<InteractionResponse> {
  const known = chosen.topic === undefined ? undefined : await topicNamed(chosen.topic, context);
  if (chosen.topic !== undefined && !known) return noSuchTopic(chosen.topic, context);
  return open({ questions: chosen.questions ?? defaultQuestions, ...(known && { topic: known.id }) });
}

const presser = ({ who, at }: CommandContext) => ({ user: who.id, moderator: who.moderator, at });

const endSolo = (id: string, context: CommandContext): Promise<PlayResult> =>
  context.rounds.play(id, { type: 'stop', user: context.who.id, moderator: false, at: context.at }, context);
