/** What a round answers to the member who opened it, pressed a button of it or asked about it. */
import { readYear } from '../../core/questions/answers.ts';
import type { Outcome, Quiz } from '../../core/quiz/quiz.ts';
import { weakFacts } from '../boards/profile-card.ts';
import { notice } from '../cards/entry-card.ts';
import { customId } from '../command.ts';
import { button, buttonStyle, message, type Message, row, text } from '../message/message-components.ts';
import type { Fields } from '../message/modal-fields.ts';
import { linkTo, quizCard } from './quiz-cards.ts';
import { missesCard, resultsCard } from './quiz-end.ts';
import { type ControlName, panel } from './quiz-panel.ts';
import { answerInWords, yearForm } from './quiz-question.ts';
import type {
  CommandContext,
  InteractionResponse,
  MessageResponse,
  OpenResult,
  PlayResult,
  RoundOptions,
} from '../services.ts';
import { words } from '../words.ts';

/** Questions of a round that is played in one message, whose edits depend on somebody pressing every few minutes. */
const mostInOneMessage = 10;

const hiddenNotice = (sentence: string): MessageResponse => ({ message: notice(sentence), ephemeral: true });

// ---- Opening

/** The lobby in the channel, or a private word on why there is none. */
export async function openGroup(
  options: RoundOptions & { readonly inThread?: 'auto' | 'yes' | 'no' | undefined },
  context: CommandContext,
): Promise<MessageResponse> {
  const { where, who } = context;
  if (where.guild === undefined) return hiddenNotice(words.groupNeedsServer);
  const { starterRole, answerChanges } = await context.settings.server(where.scope);
  if (starterRole !== undefined && !who.roles.includes(starterRole) && !who.moderator && !who.manager)
    return hiddenNotice(words.starterOnly(starterRole));
  const { inThread = 'auto', ...rest } = options;
  const inOneMessage = where.missingPermissions.length > 0;
  const thread = !inOneMessage && inThread !== 'no' && where.threads?.length === 0;
  const single = inOneMessage
    ? ({ shownIn: 'reply', questions: Math.min(options.questions, mostInOneMessage) } as const)
    : { thread };
  const opened = await context.rounds.openGroup({ ...rest, changes: answerChanges, ...single }, context);
  if (opened.is !== 'opened') return refusal(opened);
  const { quiz } = opened;
  // In a thread or a call there is none to be made, which only matters to whoever asked for one.
  const isShort =
    !thread && !inOneMessage && (inThread === 'yes' || (inThread === 'auto' && where.threads !== undefined));
  return {
    message: withNote(quizCard(quiz), opened),
    sent: async (id) => {
      await context.rounds.play(quiz.id, { type: 'shown', message: id, at: context.at }, context);
      const isCut = options.questions > mostInOneMessage && quiz.questions.length === mostInOneMessage;
      if (inOneMessage)
        await context.followUp(
          notice(words.oneMessage(where.missingPermissions, isCut ? mostInOneMessage : undefined)),
        );
      if (isShort) await context.followUp(notice(words.noThread(where.threads ?? [])));
    },
  };
}

/** The first question for the member alone; with an unfinished round, the choice between the two. */
export async function openSolo(
  options: RoundOptions & { readonly timed?: boolean | undefined },
  context: CommandContext,
): Promise<MessageResponse> {
  const open = context.rounds.soloOf(context.who.id, context.where.scope);
  if (open) return { message: resumeOrNew(open, options), ephemeral: true };
  const { timed = false, ...rest } = options;
  const clock = timed ? { clock: (await context.settings.member(context.who.id)).extraTime } : {};
  const opened = await context.rounds.openSolo({ ...rest, ...clock }, context);
  if (opened.is !== 'opened') return refusal(opened);
  return { message: withNote(quizCard(opened.quiz), opened), ephemeral: true };
}

function refusal(opened: Exclude<OpenResult, { is: 'opened' }>): MessageResponse {
  switch (opened.is) {
    case 'no-questions':
      return hiddenNotice(words.noQuestions);
    case 'enough-rounds':
      return hiddenNotice(words.enoughRounds);
    case 'hosting':
      return hiddenNotice(words.hosting);
    case 'stopping':
      return hiddenNotice(words.stopping);
    case 'running': {
      const { quiz } = opened;
      const link = linkTo(quiz);
      const join = button('Join', customId('quiz', 'join', quiz.id), buttonStyle.primary);
      return {
        message: message(text(words.roundRunning(quiz.host)), row(join, ...(link ? [link] : []))),
        ephemeral: true,
      };
    }
  }
}

function withNote(card: Message | undefined, { quiz, fewer }: Extract<OpenResult, { is: 'opened' }>): Message {
  const parts = card?.components ?? [];
  return fewer ? message(text(`-# ${words.fewer(quiz.questions.length)}`), ...parts) : message(...parts);
}

/** In a button, in place of an entry's id: whatever the member knows least by then. */
const weakestMark = '*';

/** What to open for the arguments of a New button. */
export async function wishFrom(
  topic: string,
  about: string,
  questions: number,
  context: CommandContext,
): Promise<RoundOptions> {
  if (about === weakestMark) return weakestWish(context);
  return { ...(topic && { topic }), ...(about && { about: [about] }), questions };
}

/** A round on the facts a member knows least. */
export async function weakestWish({ scores, facts, who, where }: CommandContext): Promise<RoundOptions> {
  const member = await scores.member(where.scope, who.id);
  const about = member ? weakFacts(member, facts).map(({ entry }) => entry.id) : [];
  return { about, weakest: true, questions: 5 };
}

function resumeOrNew(
  quiz: Quiz,
  {
    topic = '',
    about = [],
    weakest,
    questions,
    timed = false,
  }: RoundOptions & { readonly timed?: boolean | undefined },
): Message {
  const asked = weakest ? weakestMark : (about[0] ?? '');
  const at = 'question' in quiz.phase ? quiz.phase.question + 1 : 1;
  return message(
    text(words.unfinished(at, quiz.questions.length)),
    row(
      button('Resume', customId('quiz', 'resume', quiz.id), buttonStyle.primary),
      button('New', customId('quiz', 'new', quiz.id, topic, asked, questions, timed ? 'timed' : '')),
    ),
  );
}

// ---- Answers

/** One answer to question `index`, as a number that stands for it. */
export async function giveAnswer(
  id: string,
  question: number,
  option: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const { who, at, seed } = context;
  const reaction = await context.rounds.play(
    id,
    { type: 'answer', user: who.id, name: who.name, question, option, at, tie: seed },
    context,
  );
  if (reaction.is === 'stepped' && reaction.quiz.mode === 'solo') return soloReaction(reaction);
  const isClosed = reaction.is === 'unknown' || (reaction.is === 'stepped' && reaction.outcome.is === 'closed');
  return isClosed ? closedReply(id, context) : groupReaction(reaction);
}

/** The form to type a year in, while that can still be answered. */
export function askYear(
  id: string,
  question: number,
  context: CommandContext,
): InteractionResponse | Promise<InteractionResponse> {
  const quiz = context.rounds.byId(id);
  const isOpen = quiz && 'question' in quiz.phase && quiz.phase.question === question && quiz.phase.name !== 'reveal';
  if (!isOpen) return closedReply(id, context);
  if (quiz.mode === 'solo' && quiz.host !== context.who.id) return hiddenNotice(words.notYours);
  const before = quiz.answers[question]?.[context.who.id];
  const isFinal = before !== undefined && (!quiz.changes || quiz.style === 'first');
  return isFinal ? hiddenNotice(words.final(String(before.option))) : { modal: yearForm(id, question) };
}

/** The year that was typed is the answer; what is no year is said so and may be typed again. */
export async function giveYear(
  id: string,
  question: number,
  { year: typed = '' }: Fields,
  context: CommandContext,
): Promise<MessageResponse> {
  const year = readYear(String(typed));
  return year === undefined ? hiddenNotice(words.noYear(String(typed))) : giveAnswer(id, question, year, context);
}

/** A question nobody can answer any more, and what can be done instead. */
async function closedReply(id: string, { rounds, where }: CommandContext): Promise<MessageResponse> {
  const quiz = await rounds.results(id, where.threadOf ?? where.channel);
  if (!quiz) return hiddenNotice(words.newRoundHint);
  const results = button(words.results, customId('quiz', 'results', id));
  const again = quiz.phase.name === 'ended' ? [button(words.newRound, customId('quiz', 'again'))] : [];
  return { message: message(text(words.closedQuestion), row(results, ...again)), ephemeral: true };
}

/** The outcome of a press in a group round, privately. */
export function groupReaction(reaction: PlayResult): MessageResponse {
  if (reaction.is === 'unknown') return hiddenNotice(words.roundIsOver);
  if (reaction.is === 'resuming') return hiddenNotice(words.resuming);
  if (reaction.is === 'waiting') return hiddenNotice(words.waitsForPress);
  return hiddenNotice(outcomeInWords(reaction.outcome, reaction.quiz));
}

/** The solo round's next state in the place of the pressed message; anybody else is turned away. */
export function soloReaction(reaction: PlayResult): MessageResponse {
  if (reaction.is === 'unknown') return hiddenNotice(words.newRoundHint);
  if (reaction.is !== 'stepped') return groupReaction(reaction);
  const { quiz, outcome } = reaction;
  if (outcome.is === 'not-yours' || outcome.is === 'not-host') return hiddenNotice(words.notYours);
  const card = quizCard(quiz) ?? notice(words.closedQuestion);
  const late = outcome.is === 'too-late' ? [text(words.tooLate(outcome.by))] : [];
  return { message: message(...late, ...card.components), replace: true };
}

/** An outcome as the sentence its member reads. */
export function outcomeInWords(outcome: Outcome, { questions }: Quiz): string {
  const said = (given: { readonly question: number; readonly option: number }) =>
    answerInWords(questions[given.question], given.option);
  switch (outcome.is) {
    case 'done':
      return words.started;
    case 'joined':
      return outcome.already ? words.joinedAlready : words.joined;
    case 'locked':
      return words.locked(said(outcome), outcome.elapsed);
    case 'first':
      return words.first(said(outcome), outcome.elapsed);
    case 'out':
      return words.out(said(outcome));
    case 'changed':
      return words.changed(said(outcome), outcome.elapsed);
    case 'same':
      return words.same(said(outcome));
    case 'final':
      return words.final(said(outcome));
    case 'too-late':
      return words.tooLate(outcome.by);
    case 'closed':
      return words.closedQuestion;
    case 'voted':
      return words.voted('', outcome.votes, outcome.needed);
    case 'not-host':
      return words.notHost(outcome.host);
    case 'not-yours':
      return words.notYours;
  }
}

/**
 * A press on the message in which a whole round is played: now and then it is answered with the card itself, which the
 * round can then draw for another quarter of an hour; what the press came to is said to its member besides.
 */
export function renewing(round: string, reply: MessageResponse, context: CommandContext): MessageResponse {
  const quiz = context.rounds.renewedBy(round, context);
  if (!quiz) return reply;
  return {
    message: quizCard(quiz) ?? message(),
    replace: true,
    async sent(id) {
      const picksUp = id === quiz.lobby && context.rounds.renewed(quiz, context);
      await context.followUp(picksUp ? notice(words.pickingUp) : reply.message);
    },
  };
}

// ---- Looking back

/** How a round stands, or ended. */
export async function results(id: string, { rounds, where }: CommandContext): Promise<MessageResponse> {
  const quiz = await rounds.results(id, where.threadOf ?? where.channel);
  return quiz ? { message: resultsCard(quiz), ephemeral: true } : hiddenNotice(words.notKept);
}

/** What the asking member missed, from the `from`-th on; further pages take the place of the first. */
export async function misses(
  id: string,
  channel: string,
  from: number,
  { rounds, who }: CommandContext,
): Promise<MessageResponse> {
  const quiz = await rounds.results(id, channel);
  if (!quiz) return hiddenNotice(words.notKept);
  return { message: missesCard(quiz, who.id, from), ephemeral: true, ...(from > 0 && { replace: true }) };
}

// ---- The host's controls

/** The panel, for the host and moderators alone. */
export function controls(id: string, { rounds, who }: CommandContext): MessageResponse {
  const quiz = rounds.byId(id);
  if (!quiz) return hiddenNotice(words.roundIsOver);
  if (who.id !== quiz.host && !who.moderator) return hiddenNotice(words.notHost(quiz.host));
  return { message: panel(quiz), ephemeral: true };
}

/** One of the controls; the panel then says how the round stands. */
export async function control(
  name: ControlName,
  id: string,
  question: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const { id: user, moderator } = context.who;
  const host = context.rounds.byId(id)?.host;
  // Somebody else could only press a panel from the time when they were host.
  if (host !== undefined && host !== user && !moderator) return hiddenNotice(words.notHost(host));
  const reaction = await context.rounds.play(id, { type: name, user, moderator, question, at: context.at }, context);
  if (reaction.is !== 'stepped') return groupReaction(reaction);
  const { outcome, quiz } = reaction;
  return { message: panel(quiz, outcome.is === 'done' ? undefined : words.tooLateControl), replace: true };
}
