/** Opening a round: the lobby of a group round, the first question of a solo round, or the reason why neither opens. */
import type { Quiz } from '../../core/quiz/round.ts';
import { weakFacts } from '../boards/profile-card.ts';
import { customId } from '../command.ts';
import { button, buttonStyle, message, type Message, row, text } from '../message/message-components.ts';
import { hiddenNotice, notice } from '../message/notice.ts';
import { quizCard } from './round-card.ts';
import { linkTo } from './round-status.ts';
import type { CommandContext, MessageResponse, OpenResult, RoundOptions } from '../services.ts';
import { words } from '../words.ts';

/** Questions of a round that is played in one message, whose edits depend on somebody pressing every few minutes. */
export const mostInOneMessage = 10;

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

export function refusal(opened: Exclude<OpenResult, { is: 'opened' }>): MessageResponse {
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

export function withNote(card: Message | undefined, { quiz, fewer }: Extract<OpenResult, { is: 'opened' }>): Message {
  const parts = card?.components ?? [];
  return fewer ? message(text(`-# ${words.fewer(quiz.questions.length)}`), ...parts) : message(...parts);
}

/** In a button, in place of an entry's id: whatever the member knows least by then. */
export const weakestMark = '*';

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

export function resumeOrNew(
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
