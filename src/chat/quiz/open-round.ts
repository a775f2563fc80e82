/**
 * Opens a round. The response is the lobby of a group round, the first question of a solo round, or the reason why no
 * round was opened.
 */
import type { z } from 'zod';
import { packCode } from '../../core/pack/pack-code.ts';
import type { Quiz } from '../../core/quiz/round.ts';
import { weakFacts } from '../boards/profile-card.ts';
import { customId } from '../command.ts';
import { identifier, oneOf, orEmpty, packId, wholeNumber } from '../component-parts.ts';
import { parts } from '../component.ts';
import { actionRow, button, buttonStyle, type Message, message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { inPack, packPart } from '../packs/pack-of-button.ts';
import { roundCard } from './round-card.ts';
import { roundLink } from './round-status.ts';
import type { CommandContext, MessageResponse, OpenResult, RoundOptions } from '../command-context.ts';
import { setupWords } from '../words/setup-words.ts';
import { quizWords } from '../words/quiz-words.ts';

/** Maximum number of questions in a round. */
export const maxQuestions = 25;
/**
 * Maximum number of questions in a round that is shown in a single message. Such a round must be short, because the bot
 * can edit the message only as long as members keep pressing buttons.
 */
const maxQuestionsInOneMessage = 10;

/**
 * Opens a group round. The response is the lobby. If no round can be opened, the response is an ephemeral message with
 * the reason.
 */
export async function openGroup(
  options: RoundOptions & { readonly inThread?: 'auto' | 'yes' | 'no' | undefined },
  context: CommandContext,
): Promise<MessageResponse> {
  const { where, who } = context;
  if (where.guild === undefined) return ephemeralNotice(quizWords.groupNeedsServer);
  const { starterRole, roundChannels, answerChanges } = await context.settings.server(where.scope);
  const isAllowed = [where.channel, where.threadOf].some((id) => id !== undefined && roundChannels.includes(id));
  if (roundChannels.length > 0 && !isAllowed) return ephemeralNotice(setupWords.roundsOnlyIn(roundChannels));
  if (starterRole !== undefined && !who.roles.includes(starterRole) && !who.moderator && !who.manager)
    return ephemeralNotice(quizWords.starterOnly(starterRole));
  const { inThread = 'auto', ...rest } = options;
  const inOneMessage = where.missingPermissions.length > 0;
  const thread = !inOneMessage && inThread !== 'no' && where.threads?.length === 0;
  const single = inOneMessage
    ? ({ shownIn: 'reply', questions: Math.min(options.questions, maxQuestionsInOneMessage) } as const)
    : { thread };
  const opened = await context.rounds.openGroup({ ...rest, changes: answerChanges, ...single }, context);
  if (opened.is !== 'opened') return refusedResponse(opened);
  const { quiz } = opened;
  // In a channel that cannot have threads, the bot mentions the missing thread only if the member explicitly asked for
  // one.
  const lacksThread =
    !thread && !inOneMessage && (inThread === 'yes' || (inThread === 'auto' && where.threads !== undefined));
  return {
    message: withShorterNote(roundCard(quiz), opened),
    // If Discord rejects the message, nobody sees the lobby. The round is cancelled so that the channel is free for
    // another round.
    onNotSent: async () => {
      const { who, at } = context;
      await context.rounds.play(quiz.id, { type: 'cancel', user: who.id, moderator: false, at }, context);
    },
    onSent: async (id) => {
      await context.rounds.play(quiz.id, { type: 'shown', message: id, at: context.at }, context);
      const isCut = options.questions > maxQuestionsInOneMessage && quiz.questions.length === maxQuestionsInOneMessage;
      if (inOneMessage)
        await context.followUp(
          notice(quizWords.oneMessage(where.missingPermissions, isCut ? maxQuestionsInOneMessage : undefined)),
        );
      if (lacksThread) await context.followUp(notice(quizWords.noThread(where.threads ?? [])));
    },
  };
}

/**
 * Opens a solo round. The response is the first question. If the member has an unfinished round, the response offers to
 * continue that round.
 */
export async function openSolo(
  options: RoundOptions & { readonly timed?: boolean | undefined },
  context: CommandContext,
): Promise<MessageResponse> {
  const open = context.rounds.soloOf(context.who.id, context.where.scope);
  if (open) {
    return { message: await resumeOrNewCard(open, options, context), ephemeral: true };
  }
  const { timed = false, ...rest } = options;
  const clock = timed ? { clock: (await context.settings.member(context.who.id)).extraTime } : {};
  const opened = await context.rounds.openSolo({ ...rest, ...clock }, context);
  if (opened.is !== 'opened') return refusedResponse(opened);
  const card = withShorterNote(roundCard(opened.quiz), opened);
  return { message: withSubject(card, options, opened.quiz), ephemeral: true };
}

/**
 * If the round was opened with the button "Quiz me" or "Practise these", adds a line above the first question. The line
 * says what the questions are about.
 */
function withSubject(card: Message, { about, weakest }: RoundOptions, { topic, questions }: Quiz): Message {
  if (weakest) return message(textDisplay(`-# ${quizWords.aboutMisses}`), ...card.components);
  if (about === undefined || topic === undefined) return card;
  const near = questions.filter((question) => question.about.some((id) => about.includes(id))).length;
  return message(textDisplay(`-# ${quizWords.aboutEntry(topic, near, questions.length)}`), ...card.components);
}

function refusedResponse(opened: Exclude<OpenResult, { is: 'opened' }>): MessageResponse {
  switch (opened.is) {
    case 'no-questions':
      return ephemeralNotice(quizWords.noQuestions);
    case 'enough-rounds':
      return ephemeralNotice(quizWords.enoughRounds);
    case 'hosting':
      return ephemeralNotice(quizWords.hosting);
    case 'stopping':
      return ephemeralNotice(quizWords.stopping);
    case 'running': {
      const { quiz } = opened;
      const link = roundLink(quiz);
      const join = button('Join', customId('quiz', 'join', quiz.id), buttonStyle.primary);
      return {
        message: message(
          textDisplay(quizWords.roundRunning(quiz.host, quiz.phase.name === 'lobby')),
          actionRow(join, ...(link ? [link] : [])),
        ),
        ephemeral: true,
      };
    }
  }
}

function withShorterNote(card: Message | undefined, { quiz, fewer }: Extract<OpenResult, { is: 'opened' }>): Message {
  const parts = card?.components ?? [];
  return fewer ? message(textDisplay(`-# ${quizWords.fewer(quiz.questions.length)}`), ...parts) : message(...parts);
}

/**
 * If a custom_id has this value in place of the id of an entry, the round is about the entries that the member knows
 * least.
 */
const weakestArgument = '*';

/**
 * One schema for each part of the custom_id of the button "New", in the order in which `resumeOrNewCard` writes the
 * parts. The first part is the id of the unfinished round. The other parts are the options of the new round and the
 * code of its pack.
 */
export const newRoundParts = parts([
  identifier,
  orEmpty(packId),
  orEmpty(oneOf([weakestArgument]).or(packId)),
  wholeNumber(1, maxQuestions),
  orEmpty(oneOf(['timed'])),
  packPart.optional(),
]);

/** The options of the round that the button "New" opens. */
export async function newRoundOptions(
  [, topic, about, questions, timed]: z.output<typeof newRoundParts>,
  context: CommandContext,
): Promise<RoundOptions & { readonly timed: boolean }> {
  const timing = { timed: timed !== undefined };
  if (about === weakestArgument) return { ...(await weakestRoundOptions(context)), ...timing };
  return {
    ...(topic !== undefined && { topic }),
    ...(about !== undefined && { about: [about] }),
    questions,
    ...timing,
  };
}

/** The options of a round about the facts that the member knows least. */
export async function weakestRoundOptions({ scores, pack, who, where }: CommandContext): Promise<RoundOptions> {
  const { facts } = await pack();
  const member = await scores.member(where.scope, who.id);
  const about = member ? weakFacts(member, facts).map(({ entry }) => entry.id) : [];
  return { about, weakest: true, questions: 5 };
}

async function resumeOrNewCard(
  quiz: Quiz,
  {
    topic = '',
    about = [],
    weakest,
    questions,
    timed = false,
  }: RoundOptions & { readonly timed?: boolean | undefined },
  { pack, addedPacks }: CommandContext,
): Promise<Message> {
  const used = (await pack()).facts.pack.id;
  const entryArgument = weakest ? weakestArgument : (about[0] ?? '');
  const again = customId(
    'quiz',
    'new',
    quiz.id,
    topic,
    entryArgument,
    questions,
    timed ? 'timed' : '',
    ...inPack(used),
  );
  // Rounds that an older version of the bot opened do not contain the id of their pack. Therefore the bot cannot tell
  // whether such a round belongs to another pack.
  const isOfOther = quiz.pack !== '' && quiz.pack !== used;
  const ofPack = isOfOther ? quizWords.ofPack(await addedPacks.named(packCode(quiz.pack))) : undefined;
  return message(
    textDisplay(quizWords.unfinished(placeIn(quiz), ofPack)),
    actionRow(button('Resume', customId('quiz', 'resume', quiz.id), buttonStyle.primary), button('New', again)),
  );
}

/** How far the player of a solo round has come, in words. */
function placeIn({ phase, questions, repeats }: Quiz): string {
  const index = 'question' in phase ? phase.question : 0;
  const first = questions.length - repeats;
  return index < first ? quizWords.atQuestion(index + 1, first) : quizWords.atRepeats;
}
