/**
 * Records which messages of a round are in the channel. The record is plain data and is saved with the quiz, so that a
 * restart continues from there. `noted` updates it after a post or an edit; `render` in chat decides what to post next.
 * Deliberately absent: messages, Discord, retries.
 */
import { z } from 'zod';
import type { Phase, Quiz } from './round.ts';

/**
 * If the bot restarts again within this time (ms) of its last "back again" note, it edits that note instead of posting
 * a new one.
 */
export const noteReused = 10 * 60_000;

const questionShown = z.object({
  /**
   * unsure: the response to the post was lost, so the message may or may not exist. open: the message still has its
   * buttons. over: the message shows the reveal, or that the question was interrupted. lost: the message was deleted.
   * givenUp: the reveal could not be shown.
   */
  is: z.enum(['unsure', 'open', 'over', 'lost', 'givenUp']),
  /** Id of the message; absent if the message was deleted. */
  message: z.string().optional(),
  /** Discord's timestamp of the message, in ms since the epoch. */
  at: z.number().optional(),
});

export const shownSchema = z.object({
  /** Whether the lobby's message has been edited to say that the round has started or was cancelled. */
  lobbyClosed: z.boolean(),
  /** Why no thread could be created, so that the round runs in the channel. `told`: the host has been told. */
  noThread: z.enum(['forbidden', 'failed', 'told']).optional(),
  /** Index of a question → the state of its message. */
  questions: z.record(z.string(), questionShown),
  /** Key of the content that the running card last showed (see `runningKey`). */
  running: z.string(),
  /** Where the podium has been posted: in the channel of the round, or in the parent channel of its thread. */
  podium: z.array(z.enum(['round', 'parent'])),
  /** Start time of the halt that was announced in the channel. */
  halt: z.number().optional(),
  /** Start time of the pause that the host was told about. */
  hostTold: z.number().optional(),
  /** Number of consecutive requests that Discord rejected because of a missing permission. */
  refused: z.number(),
  /** True if the channel or its server is gone, so nothing more can be posted. */
  gone: z.boolean(),
  /** True if the bot is about to stop and still has to announce this in the channel. */
  stopping: z.boolean(),
  /**
   * Set if the bot is back after a restart and has to announce this before the round continues. The value is the time
   * when the process was last known to run, in ms by Discord's clock.
   */
  resuming: z.number().optional(),
  /** The latest "back again" note, and when and where it was posted. */
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

/** The record for a round that was saved before such records existed, derived from the lobby and phase of the round. */
export function shownBefore({ phase, lobby }: Quiz): Shown {
  const isBegun = phase.name !== 'lobby';
  const message = 'message' in phase ? phase.message : undefined;
  const open: Shown['questions'] =
    'message' in phase && message !== undefined ? { [phase.question]: { is: 'open', message } } : {};
  return { ...nothingShown, lobbyClosed: isBegun && lobby !== undefined, questions: open };
}

/** The outcome of a request to Discord. `at`: Discord's timestamp, in ms since the epoch. */
export type Outcome =
  | { readonly is: 'done'; readonly message: string; readonly at: number }
  /**
   * forbidden: a permission is missing. gone: the message was deleted. closed: the channel is gone. failed: any other
   * failure.
   */
  | { readonly is: 'forbidden' | 'gone' | 'closed' | 'failed' };

/** What a request was meant to show. */
export type Showing =
  | { readonly is: 'lobbyOver' | 'thread' | 'noThreadTold' | 'finished' }
  | { readonly is: 'question' | 'reveal'; readonly question: number }
  | { readonly is: 'running'; readonly key: string; readonly question?: number }
  | { readonly is: 'halted'; readonly since: number }
  | { readonly is: 'podium'; readonly place: 'round' | 'parent' }
  | { readonly is: 'hostTold'; readonly since: number }
  | { readonly is: 'stopping' }
  | { readonly is: 'resuming'; readonly channel: string };

/**
 * The record after a request with this outcome. `failed` means that all retries have failed, so the request is given
 * up.
 */
export function noted(shown: Shown, showing: Showing, outcome: Outcome): Shown {
  if (outcome.is === 'closed' && findsClosed(showing)) return { ...shown, gone: true };
  const isRequest = showing.is !== 'hostTold' && showing.is !== 'noThreadTold' && showing.is !== 'finished';
  const isForbidden = outcome.is === 'forbidden' && showing.is !== 'thread';
  const next = isForbidden
    ? { ...shown, refused: shown.refused + 1 }
    : outcome.is === 'done' && isRequest
      ? { ...shown, refused: 0 }
      : shown;
  // After a missing permission the request is made again once the permission is back. Only the stop and restart notes
  // are given up.
  if (isForbidden && showing.is !== 'stopping' && showing.is !== 'resuming') return next;
  switch (showing.is) {
    case 'lobbyOver':
      return { ...next, lobbyClosed: true };
    case 'thread':
      return outcome.is === 'done' ? next : { ...next, noThread: outcome.is === 'forbidden' ? 'forbidden' : 'failed' };
    case 'noThreadTold':
      return { ...next, noThread: 'told' };
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
 * Whether the outcome `closed` of this request means that the round's channel is gone. For the podium and the running
 * card it does not, because the next question or reveal will show that reliably.
 */
export const findsClosed = ({ is }: Showing): boolean => is !== 'podium' && is !== 'running';

function revealNoted(shown: Shown, question: number, outcome: Outcome): Shown['questions'][string] {
  const before = shown.questions[question];
  // The message of the question did exist and still has its buttons.
  if (outcome.is === 'done' && before?.is === 'unsure') return { is: 'open', message: outcome.message };
  if (outcome.is === 'done') return { is: 'over', message: outcome.message };
  // If the message was deleted, the reveal is posted as a new message. If that post fails too, the reveal is given up.
  return outcome.is === 'gone' && before?.message !== undefined ? { is: 'lost' } : { is: 'givenUp' };
}

/** Forgets a note that could not be edited, so that the next note is posted as a new message. */
function withoutNote(shown: Shown, outcome: Outcome): Shown {
  if (outcome.is === 'done') return shown;
  const { note: _, ...rest } = shown;
  return rest;
}

const withQuestion = (shown: Shown, question: number, is: Shown['questions'][string]): Shown => ({
  ...shown,
  questions: { ...shown.questions, [question]: is },
});

/** Drops the pending "back again" note, because the round continues or ends without it. */
export function withoutResuming(shown: Shown): Shown {
  const { resuming: _, ...rest } = shown;
  return rest;
}

/** Index of the question that is being asked now, if any. Only the message of this question may have buttons. */
export const openQuestion = (phase: Phase): number | undefined =>
  phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused' ? phase.question : undefined;

/** Indexes, in ascending order, of questions that are over although their message still has buttons or was deleted. */
export const unrevealed = ({ phase, void: voided }: Quiz, { questions }: Shown): readonly number[] =>
  Object.entries(questions)
    .map(([index, { is }]) => ({ index: Number(index), is }))
    .filter(({ index, is }) => {
      if (index === openQuestion(phase)) return false;
      // A question interrupted by the end of the round has no reveal. If its message was deleted, there is nothing to
      // edit.
      const isCutShort = phase.name === 'ended' && voided.includes(index);
      return is === 'open' || is === 'unsure' || (is === 'lost' && !isCutShort);
    })
    .map(({ index }) => index)
    .toSorted((a, b) => a - b);
