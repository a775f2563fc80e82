/**
 * Records which messages of a round have been posted. The record is plain data and is saved together with the quiz, so
 * a restarted process knows which messages exist. `noted` updates the record after a message was posted or edited.
 * `render` in src/chat/quiz decides what to post next.
 *
 * This file does not create the content of messages, and does not send or retry requests to Discord.
 */
import { z } from 'zod';
import { openQuestion, type Quiz } from './round.ts';

/**
 * After a restart the bot announces in a note that it is back. If the bot restarts again within this time (in ms), it
 * edits this note instead of posting a second note.
 */
export const noteReused = 10 * 60_000;

const questionShown = z.object({
  /**
   * - `unsure`: Discord did not respond to the request to post the message, so the message may or may not exist.
   * - `open`: the message still has its buttons.
   * - `over`: the message was edited and now shows the answer or says that the question was interrupted.
   * - `lost`: the message was deleted.
   * - `givenUp`: the answer could not be shown.
   */
  is: z.enum(['unsure', 'open', 'over', 'lost', 'givenUp']),
  /** Id of the message. Absent if the message was deleted. */
  message: z.string().optional(),
  /** Discord's timestamp of this message, in ms since the epoch. */
  at: z.number().optional(),
  /**
   * True if AutoMod blocked the card with the answer. The answer is then shown in a short message without texts of the
   * pack.
   */
  plain: z.boolean().optional(),
});

export const shownSchema = z.object({
  /** Whether the message of the lobby has been edited to say that the round has started or was cancelled. */
  lobbyClosed: z.boolean(),
  /**
   * Why no thread could be created. The round then runs in the channel in which the command was used. The value becomes
   * `told` when the host has been told that there is no thread.
   */
  noThread: z.enum(['forbidden', 'failed', 'told']).optional(),
  /** Index of a question → the state of the question's message. */
  questions: z.record(z.string(), questionShown),
  /** Identifies the content that the message about the running round last showed (see `runningKey`). */
  running: z.string(),
  /**
   * The places in which the final ranking has been posted. round: the channel or thread of the round. parent: the
   * channel to which the thread belongs.
   */
  podium: z.array(z.enum(['round', 'parent'])),
  /** True if AutoMod blocked the final ranking. A short message is then posted instead of the ranking. */
  plainPodium: z.boolean().optional(),
  /** True if the host has been told that AutoMod blocked something. */
  blockTold: z.boolean().optional(),
  /** The start time of the latest halt by the host (phase `halted`) that was announced in the channel. */
  halt: z.number().optional(),
  /**
   * The start time of the latest pause (phase `paused`) about which the host was told. After the host was told that the
   * round has ended, this is the time of the end.
   */
  hostTold: z.number().optional(),
  /** Number of consecutive requests that Discord rejected because the bot lacks a permission. */
  refused: z.number(),
  /**
   * The place to which the round moved because the bot may no longer post in the previous place. The value becomes
   * `told` when the host has been told about the move.
   */
  moved: z.enum(['channel', 'reply', 'told']).optional(),
  /**
   * True if the round could not move to a single message because the bot has no valid interaction token. The round then
   * waits until the bot may post, or until a member presses a button on a message of the round.
   */
  noToken: z.boolean().optional(),
  /**
   * True if the channel or server of the round no longer exists, or if the thread of the round is locked. The round can
   * then post no more messages.
   */
  gone: z.boolean(),
  /** True if the process is about to stop and the stop has not been announced in the channel. */
  stopping: z.boolean(),
  /**
   * Set if the process has restarted and the restart has not been announced in the channel. The round continues only
   * after the announcement. The value is the last time at which the process is known to have run, in ms by Discord's
   * clock.
   */
  resuming: z.number().optional(),
  /** The latest note about a restart (see `noteReused`): the id of its message, its timestamp and its channel. */
  note: z.object({ message: z.string(), at: z.number(), channel: z.string() }).optional(),
});
export type Shown = Readonly<z.output<typeof shownSchema>>;

export const nothingShown: Shown = {
  lobbyClosed: false,
  questions: {},
  running: '',
  podium: [],
  refused: 0,
  gone: false,
  stopping: false,
};

/**
 * Derives the record from the lobby and phase of the round. This is needed for a round that an older version of the bot
 * saved without a record.
 */
export function shownBefore({ phase, lobby }: Quiz): Shown {
  const isBegun = phase.name !== 'lobby';
  const message = 'message' in phase ? phase.message : undefined;
  const open: Shown['questions'] =
    'message' in phase && message !== undefined ? { [phase.question]: { is: 'open', message } } : {};
  return { ...nothingShown, lobbyClosed: isBegun && lobby !== undefined, questions: open };
}

/** The outcome of a request to Discord. If the request succeeded, `at` is Discord's timestamp in ms since the epoch. */
export type Outcome =
  | { readonly is: 'done'; readonly message: string; readonly at: number }
  /**
   * - `forbidden`: the bot lacks a permission.
   * - `gone`: the message was deleted.
   * - `closed`: the channel no longer exists.
   * - `locked`: the thread is locked.
   * - `blocked`: AutoMod blocked the text.
   * - `failed`: any other failure.
   */
  | { readonly is: 'forbidden' | 'gone' | 'closed' | 'locked' | 'blocked' | 'failed' };

/** The content that a request was meant to show. */
export type Showing =
  | { readonly is: 'lobbyOver' | 'thread' | 'noThreadTold' | 'movedTold' | 'blockTold' | 'finished' }
  | { readonly is: 'moved'; readonly to: 'channel' | 'reply' }
  | { readonly is: 'question' | 'reveal'; readonly question: number }
  | { readonly is: 'running'; readonly key: string; readonly question?: number }
  | { readonly is: 'halted'; readonly since: number }
  | { readonly is: 'podium'; readonly place: 'round' | 'parent' }
  | { readonly is: 'hostTold'; readonly since: number }
  | { readonly is: 'stopping' }
  | { readonly is: 'resuming'; readonly channel: string };

/**
 * Updates the record after a request. The outcome `failed` means that all retries of the request have failed, so the
 * bot does not make the request again.
 */
export function noted(shown: Shown, showing: Showing, outcome: Outcome): Shown {
  if ((outcome.is === 'closed' || outcome.is === 'locked') && findsClosed(showing))
    return { ...withoutResuming(shown), gone: true };
  if (showing.is === 'moved') return outcome.is === 'done' ? movedTo(shown, showing.to) : { ...shown, noToken: true };
  const isToHost = toHostAlone.has(showing.is);
  const isRequest = !isToHost && showing.is !== 'finished';
  const isForbidden = outcome.is === 'forbidden' && showing.is !== 'thread' && !isToHost;
  const next = isForbidden
    ? { ...shown, refused: shown.refused + 1 }
    : outcome.is === 'done' && isRequest
      ? { ...shown, refused: 0 }
      : shown;
  // If Discord rejected the request because the bot lacks a permission (`isForbidden`), the bot makes the request again
  // later, unless it was a request for a note about a stop or a restart.
  if (isForbidden && showing.is !== 'stopping' && showing.is !== 'resuming') return next;
  switch (showing.is) {
    case 'lobbyOver':
      return { ...next, lobbyClosed: true };
    case 'thread':
      return outcome.is === 'done' ? next : { ...next, noThread: outcome.is === 'forbidden' ? 'forbidden' : 'failed' };
    case 'noThreadTold':
      return { ...next, noThread: 'told' };
    case 'movedTold':
      return { ...next, moved: 'told' };
    case 'blockTold':
      return { ...next, blockTold: true };
    case 'finished':
      return next;
    case 'question':
      return outcome.is === 'done'
        ? withQuestion({ ...next, running: '' }, showing.question, {
            is: 'open',
            message: outcome.message,
            at: outcome.at,
          })
        : outcome.is === 'failed' && next.questions[showing.question]?.is !== 'open'
          ? withQuestion(next, showing.question, { is: 'unsure' })
          : next;
    case 'reveal':
      return withQuestion(next, showing.question, revealNoted(next, showing.question, outcome));
    case 'running':
      return outcome.is === 'gone' && showing.question !== undefined
        ? withQuestion({ ...next, running: showing.key }, showing.question, { is: 'lost' })
        : { ...next, running: showing.key };
    case 'halted':
      return { ...next, halt: showing.since };
    case 'podium':
      if (outcome.is === 'blocked' && !next.plainPodium) return { ...next, plainPodium: true };
      return { ...next, podium: [...next.podium, showing.place] };
    case 'hostTold':
      return { ...next, hostTold: showing.since };
    case 'stopping':
      return { ...withoutNote(next, outcome), stopping: false };
    case 'resuming': {
      const { resuming: _, ...resumed } = withoutNote(next, outcome);
      if (outcome.is !== 'done' || outcome.message === '' || outcome.message === next.note?.message) return resumed;
      return { ...resumed, note: { message: outcome.message, at: outcome.at, channel: showing.channel } };
    }
  }
}

/**
 * The record after the round has moved. If a message in the previous place still has buttons, it is recorded as lost.
 * Therefore the answer to its question is shown in a new message.
 */
function movedTo(shown: Shown, to: 'channel' | 'reply'): Shown {
  const questions = Object.entries(shown.questions).map(([index, one]) => [
    index,
    one.is === 'open' || one.is === 'unsure' ? { is: 'lost' as const } : one,
  ]);
  return { ...shown, questions: Object.fromEntries(questions), running: '', refused: 0, moved: to };
}

/** Requests for messages that only the host sees. Their outcomes say nothing about the channel. */
const toHostAlone: ReadonlySet<Showing['is']> = new Set(['hostTold', 'noThreadTold', 'movedTold', 'blockTold']);

/**
 * Whether the outcome `closed` or `locked` of this request proves that nothing can be posted in the channel of the
 * round. Requests for the podium, for the message about the running round and for notes to the host do not prove this.
 * If one of these requests has such an outcome, the next question or reveal will show whether the channel can be used.
 */
export const findsClosed = ({ is }: Showing): boolean => is !== 'podium' && is !== 'running' && !toHostAlone.has(is);

function revealNoted(shown: Shown, question: number, outcome: Outcome): Shown['questions'][string] {
  const before = shown.questions[question];
  // In the state `unsure`, the bot did not know whether the message of the question exists. Now it knows the id of the
  // message. The message may still show the question with its buttons, so the bot must edit it once more.
  if (outcome.is === 'done' && before?.is === 'unsure') return { is: 'open', message: outcome.message };
  if (outcome.is === 'done') return { is: 'over', message: outcome.message };
  if (outcome.is === 'blocked' && before && !before.plain) return { ...before, plain: true };
  // If the message was deleted, the answer is posted in a new message. If posting the new message also fails, the bot
  // no longer tries to show this answer.
  return outcome.is === 'gone' && before?.message !== undefined ? { is: 'lost' } : { is: 'givenUp' };
}

/** Removes the note from the record if editing the note failed. The next note is then posted as a new message. */
function withoutNote(shown: Shown, outcome: Outcome): Shown {
  if (outcome.is === 'done') return shown;
  const { note: _, ...rest } = shown;
  return rest;
}

const withQuestion = (shown: Shown, question: number, is: Shown['questions'][string]): Shown => ({
  ...shown,
  questions: { ...shown.questions, [question]: is },
});

/**
 * Removes the pending announcement that the bot is back, because the round continues or ends without this announcement.
 */
export function withoutResuming(shown: Shown): Shown {
  const { resuming: _, ...rest } = shown;
  return rest;
}

/**
 * Indexes, in ascending order, of the questions that are over but whose messages do not show this yet. The message of
 * such a question still has its buttons, or was deleted.
 */
export const unrevealed = ({ phase, void: voided }: Quiz, { questions }: Shown): readonly number[] =>
  Object.entries(questions)
    .map(([index, { is }]) => ({ index: Number(index), is }))
    .filter(({ index, is }) => {
      if (index === openQuestion(phase)) return false;
      // If the end of the round interrupted a question, there is no answer to show. If the message of the question was
      // deleted, there is also no message to edit.
      const isCutShort = phase.name === 'ended' && voided.includes(index);
      return is === 'open' || is === 'unsure' || (is === 'lost' && !isCutShort);
    })
    .map(({ index }) => index)
    .toSorted((a, b) => a - b);
