/**
 * What of a round has been shown: plain data beside the quiz and saved with it, so that a restart goes on where the
 * process stopped. `noted` says what is shown after a post or an edit; what is still to be shown is decided by
 * `render` in chat. Deliberately absent: messages, Discord, retries.
 */
import { z } from 'zod';
import type { Phase, Quiz } from './round.ts';

/** Within this time of the last "back again" note a restart edits that note instead of posting another, in ms. */
export const noteReused = 10 * 60_000;

const questionShown = z.object({
  /**
   * unsure: the response to its post got lost, so it may stand; open: the message has buttons; over: it shows the reveal,
   * or that the question was cut short; lost: the message is gone; givenUp: it could not be shown.
   */
  is: z.enum(['unsure', 'open', 'over', 'lost', 'givenUp']),
  /** Absent where the message is gone. */
  message: z.string().optional(),
  /** Discord's timestamp of the message, in ms since the epoch. */
  at: z.number().optional(),
});

export const shownSchema = z.object({
  /** The lobby's message says that the round has begun, or was cancelled. */
  lobbyClosed: z.boolean(),
  /** Why no thread was made, so that the round plays in the channel; `told`: the host knows. */
  noThread: z.enum(['forbidden', 'failed', 'told']).optional(),
  /** Index of a question → its message. */
  questions: z.record(z.string(), questionShown),
  /** What the running card said when it was last drawn (see `runningKey`). */
  running: z.string(),
  /** Where the podium stands. */
  podium: z.array(z.enum(['round', 'parent'])),
  /** Start of the halt that the channel was told of. */
  halt: z.number().optional(),
  /** Start of the pause that the host was told of. */
  hostTold: z.number().optional(),
  /** Requests in a row that Discord refused for want of a permission. */
  refused: z.number(),
  /** The channel or its server is gone: there is nothing to show any more. */
  gone: z.boolean(),
  /** The bot is about to stop and says so. */
  stopping: z.boolean(),
  /**
   * The bot is back after a restart and says so before the round goes on: when the process was last known to run, by
   * Discord's time in ms.
   */
  resuming: z.number().optional(),
  /** The latest "back again" note, and when it was posted. */
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

/** What is shown of a round that was saved before this was noted: its open question, or its reveal. */
export function shownBefore({ phase, lobby }: Quiz): Shown {
  const isBegun = phase.name !== 'lobby';
  const message = 'message' in phase ? phase.message : undefined;
  const open: Shown['questions'] =
    'message' in phase && message !== undefined ? { [phase.question]: { is: 'open', message } } : {};
  return { ...nothingShown, lobbyClosed: isBegun && lobby !== undefined, questions: open };
}

/** What came of a request. `at`: Discord's timestamp, in ms since the epoch. */
export type Outcome =
  | { readonly is: 'done'; readonly message: string; readonly at: number }
  /** forbidden: a permission is missing; gone: the message is not there; closed: nor is the channel; failed: the rest. */
  | { readonly is: 'forbidden' | 'gone' | 'closed' | 'failed' };

/** What was to be shown. */
export type Showing =
  | { readonly is: 'lobbyOver' | 'thread' | 'noThreadTold' | 'finished' }
  | { readonly is: 'question' | 'reveal'; readonly question: number }
  | { readonly is: 'running'; readonly key: string; readonly question?: number }
  | { readonly is: 'halted'; readonly since: number }
  | { readonly is: 'podium'; readonly place: 'round' | 'parent' }
  | { readonly is: 'hostTold'; readonly since: number }
  | { readonly is: 'stopping' }
  | { readonly is: 'resuming'; readonly channel: string };

/** What is shown after `outcome`. A failed request is not tried again here: `failed` gives up. */
export function noted(shown: Shown, showing: Showing, outcome: Outcome): Shown {
  if (outcome.is === 'closed' && findsClosed(showing)) return { ...shown, gone: true };
  const isRequest = showing.is !== 'hostTold' && showing.is !== 'noThreadTold' && showing.is !== 'finished';
  const isForbidden = outcome.is === 'forbidden' && showing.is !== 'thread';
  const next = isForbidden
    ? { ...shown, refused: shown.refused + 1 }
    : outcome.is === 'done' && isRequest
      ? { ...shown, refused: 0 }
      : shown;
  // What may not be shown now is shown once the permission is back; the notes of a restart are not.
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

/** A running card is only redrawn; what has to be shown next finds out for certain that the channel is closed. */
export const findsClosed = ({ is }: Showing): boolean => is !== 'podium' && is !== 'running';

function revealNoted(shown: Shown, question: number, outcome: Outcome): Shown['questions'][string] {
  const before = shown.questions[question];
  // The post found the message of the question, which still has its buttons.
  if (outcome.is === 'done' && before?.is === 'unsure') return { is: 'open', message: outcome.message };
  if (outcome.is === 'done') return { is: 'over', message: outcome.message };
  // A message that is gone is posted anew; if that fails as well, there is no message to lose.
  return outcome.is === 'gone' && before?.message !== undefined ? { is: 'lost' } : { is: 'givenUp' };
}

/** A note that could not be edited is forgotten, so that the next one is posted. */
function withoutNote(shown: Shown, outcome: Outcome): Shown {
  if (outcome.is === 'done') return shown;
  const { note: _, ...rest } = shown;
  return rest;
}

const withQuestion = (shown: Shown, question: number, is: Shown['questions'][string]): Shown => ({
  ...shown,
  questions: { ...shown.questions, [question]: is },
});

/** The round goes on, or ends, without a note. */
export function withoutResuming(shown: Shown): Shown {
  const { resuming: _, ...rest } = shown;
  return rest;
}

/** The question that is being asked at this moment, if any: the only one whose message may have buttons. */
export const openQuestion = (phase: Phase): number | undefined =>
  phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused' ? phase.question : undefined;

/** Indexes of questions whose message still has buttons or is gone, though their time is over, oldest first. */
export const unrevealed = ({ phase, void: voided }: Quiz, { questions }: Shown): readonly number[] =>
  Object.entries(questions)
    .map(([index, { is }]) => ({ index: Number(index), is }))
    .filter(({ index, is }) => {
      if (index === openQuestion(phase)) return false;
      // A question that was cut short tells its answer nowhere, so without its message there is nothing to show.
      const isCutShort = phase.name === 'ended' && voided.includes(index);
      return is === 'open' || is === 'unsure' || (is === 'lost' && !isCutShort);
    })
    .map(({ index }) => index)
    .toSorted((a, b) => a - b);
