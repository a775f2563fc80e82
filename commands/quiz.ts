import { suggestTopics, topicNamed } from '../src/chat/cards/suggestions.ts';
import {
  commandGroup,
  type ComponentAction,
  optionalChoice,
  optionalInteger,
  optionalString,
  subcommand,
} from '../src/chat/command.ts';
import { notice } from '../src/chat/message/notice.ts';
import { openYearModal, submitAnswer, submitYear } from '../src/chat/quiz/answer-question.ts';
import { showResults } from '../src/chat/quiz/end-card.ts';
import { controlNames, openControls, useControl } from '../src/chat/quiz/host-controls.ts';
import { showMissedQuestions } from '../src/chat/quiz/missed-questions.ts';
import { openGroup, openSolo, parseRoundOptions, weakestRoundOptions } from '../src/chat/quiz/open-round.ts';
import { describeOutcome, groupResponse, soloResponse, takingOverToken } from '../src/chat/quiz/round-responses.ts';
import { roundStatusCard } from '../src/chat/quiz/round-status.ts';
import type { CommandContext, InteractionResponse, PlayResult, RoundOptions } from '../src/chat/command-context.ts';
import { cardWords } from '../src/chat/words/card-words.ts';
import { errorWords } from '../src/chat/words/error-words.ts';
import { quizWords } from '../src/chat/words/quiz-words.ts';

/** Questions of a round when nobody says how many. */
const usual = 10;
const topic = optionalString('Only questions on this topic', { autocomplete: suggestTopics });
const questions = optionalInteger('How many questions (10)', 3, 25);

export default commandGroup({
  name: 'quiz',
  description: 'Questions on the fact base, together or alone',
  availability: 'servers-and-dms',
  subcommands: {
    group: subcommand({
      description: 'Open a round for everybody in this channel',
      options: {
        topic,
        questions,
        seconds: optionalInteger('Seconds for each question (by its length)', 10, 120),
        style: optionalChoice('What brings points (study)', {
          study: 'Study: whoever is right gets the same',
          speed: 'Speed: a bonus for being quick',
          first: 'First: a race, one wrong answer and you are out',
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
      run: ({ seconds, style, pace, thread, ...wish }, context) =>
        onTopic(wish, context, (about) =>
          openGroup(
            {
              ...about,
              inThread: thread,
              ...(seconds !== undefined && { seconds }),
              ...(style !== undefined && { style }),
              ...(pace !== undefined && { pace }),
            },
            context,
          ),
        ),
    }),
    solo: subcommand({
      description: 'Play a round that only you see',
      options: {
        topic,
        questions,
        timed: optionalChoice('Whether to play against the clock (no)', { no: 'No', yes: 'Yes' }),
      },
      run: ({ timed, ...wish }, context) =>
        onTopic(wish, context, (about) => openSolo({ ...about, timed: timed === 'yes' }, context)),
    }),
    status: subcommand({
      description: 'See how the round in this channel stands',
      run(_, { rounds, where }) {
        const quiz = rounds.inChannel(where.channel);
        return { message: quiz ? roundStatusCard(quiz) : notice(quizWords.noRound), ephemeral: true };
      },
    }),
    stop: subcommand({
      description: 'Stop the round in this channel, or your own solo round',
      run: (_, context) => stop(context),
    }),
  },
  components: Object.fromEntries(Object.entries(components()).map(([name, press]) => [name, renewed(press)])),
});

/** What the buttons and forms do, apart from what a press on a round in one message does for that round. */
function components(): Readonly<Record<string, ComponentAction>> {
  return {
    join: async ([id = ''], context) =>
      groupResponse(
        await context.rounds.play(
          id,
          { type: 'join', user: context.who.id, name: context.who.name, at: context.at },
          context,
        ),
      ),
    start: async ([id = ''], context) =>
      groupResponse(await context.rounds.play(id, { type: 'start', ...presser(context) }, context)),
    async cancel([id = ''], context) {
      const reaction = await context.rounds.play(id, { type: 'cancel', ...presser(context) }, context);
      if (reaction.is === 'stepped' && reaction.outcome.is === 'done')
        return { message: notice(quizWords.cancelled), ephemeral: true };
      return groupResponse(reaction);
    },
    answer: ([id = '', question, option], context) => submitAnswer(id, Number(question), Number(option), context),
    type: ([id = '', question], context) => openYearModal(id, Number(question), context),
    year: ([id = '', question], context, fields) => submitYear(id, Number(question), fields, context),
    next: async ([id = '', question], context) =>
      soloResponse(
        await context.rounds.play(id, { type: 'next', question: Number(question), ...presser(context) }, context),
      ),
    end: async ([id = ''], context) => soloResponse(await endSolo(id, context)),
    about: ([id = ''], context) => openSolo({ about: [id], questions: 5 }, context),
    practise: async (_, context) => openSolo(await weakestRoundOptions(context), context),
    resume: ([id = ''], context) => {
      const quiz = context.rounds.resumeSolo(id, context);
      return quiz
        ? soloResponse({ is: 'stepped', quiz, outcome: { is: 'done' } })
        : { message: notice(quizWords.newRoundHint), ephemeral: true };
    },
    again: (_, context) => openGroup({ questions: usual }, context),
    results: ([id = ''], context) => showResults(id, context),
    misses: ([id = '', channel = '', from], context) => showMissedQuestions(id, channel, Number(from), context),
    controls: ([id = ''], context) => openControls(id, context),
    control([pressed, id = '', question], context) {
      const name = controlNames.find((one) => one === pressed);
      return name
        ? useControl(name, id, Number(question), context)
        : { message: notice(errorWords.oldButton), ephemeral: true };
    },
    async new([id = '', topicId = '', about = '', number, timed], context) {
      const reaction = await endSolo(id, context);
      if (reaction.is === 'stepped' && reaction.outcome.is === 'not-host') return soloResponse(reaction);
      const wish = await parseRoundOptions(topicId, about, Number(number), context);
      return { ...(await openSolo({ ...wish, timed: timed === 'timed' }, context)), replace: true };
    },
  };
}

/** The same press; on a round in one message it may be answered with the card. */
function renewed(press: ComponentAction): ComponentAction {
  return async (args, context, fields) => {
    const answer = await press(args, context, fields);
    return 'modal' in answer ? answer : takingOverToken(args[0] ?? '', answer, context);
  };
}

/** Opens a round on the topic a member named; an unknown one is said to be unknown rather than ignored. */
function onTopic(
  wish: { readonly topic: string | undefined; readonly questions: number | undefined },
  context: CommandContext,
  open: (options: RoundOptions) => Promise<InteractionResponse>,
): InteractionResponse | Promise<InteractionResponse> {
  const known = wish.topic === undefined ? undefined : topicNamed(wish.topic, context);
  if (wish.topic !== undefined && !known)
    return { message: notice(cardWords.noSuchTopic(wish.topic)), ephemeral: true };
  return open({ questions: wish.questions ?? usual, ...(known && { topic: known.id }) });
}

const presser = ({ who, at }: CommandContext) => ({ user: who.id, moderator: who.moderator, at });

const endSolo = (id: string, context: CommandContext): Promise<PlayResult> =>
  context.rounds.play(id, { type: 'stop', user: context.who.id, moderator: false, at: context.at }, context);

async function stop(context: CommandContext): Promise<InteractionResponse> {
  const { rounds, who, where, at } = context;
  const solo = rounds.soloOf(who.id, where.scope);
  const quiz = rounds.inChannel(where.channel) ?? solo;
  if (!quiz) return { message: notice(quizWords.noRoundToStop), ephemeral: true };
  const reaction = await rounds.play(quiz.id, { type: 'stop', user: who.id, moderator: who.moderator, at }, context);
  if (reaction.is !== 'stepped') return groupResponse(reaction);
  const { outcome } = reaction;
  if (outcome.is === 'not-host') return { message: notice(quizWords.notHostStop(outcome.host)), ephemeral: true };
  if (outcome.is === 'voted') return { message: notice(quizWords.voted(who.name, outcome.votes, outcome.needed)) };
  return {
    message: notice(outcome.is === 'done' ? quizWords.stopped : describeOutcome(outcome, reaction.quiz)),
    ephemeral: true,
  };
}
