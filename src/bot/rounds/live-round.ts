/** A round in memory: the saved state, the queue of events, and the newest interaction. */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Quiz, QuizEvent, Step } from '../../core/quiz/quiz.ts';
import type { Shown } from '../../core/quiz/shown.ts';
import type { Drawing, SavedRound } from './saved-round.ts';

/** An event that waits to be processed (see `turns.ts`). */
export interface QueuedEvent {
  readonly event: QuizEvent;
  readonly resolve: (result: Step) => void;
  readonly reject: (error: unknown) => void;
}

/** Functions of a round's newest interaction. They work for 15 minutes, the lifetime of the interaction token. */
export interface LatestInteraction {
  /** Sends the host an ephemeral message. */
  readonly followUp?: CommandContext['followUp'];
  /** Edits the reply that shows a solo round or a round in a single message. */
  readonly editReply?: CommandContext['editReply'];
}

export interface LiveRound {
  quiz: Quiz;
  shown: Shown;
  readonly drawing: Drawing | undefined;
  readonly queue: QueuedEvent[];
  /** Resolves when the queue is empty; undefined while no event is being processed. */
  turning: Promise<void> | undefined;
  /** True once the round is over and is being deleted from the store. It must not be saved again. */
  isPutAway: boolean;
  interaction: LatestInteraction;
  /** Called after each saved change. Set only while a stop waits for the open question to end. */
  onChanged: (() => void) | undefined;
  /** When the current card was last edited or posted, in ms of the clock. */
  lastEdit: number;
}

export function newLiveRound({ quiz, shown, drawing }: SavedRound, now: number): LiveRound {
  return {
    quiz,
    shown,
    drawing,
    queue: [],
    turning: undefined,
    isPutAway: false,
    interaction: {},
    onChanged: undefined,
    lastEdit: now,
  };
}
