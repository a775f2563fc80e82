/** A round in this process: the saved value, the events that wait, and the newest interaction. */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Quiz, QuizEvent, Step } from '../../core/quiz/quiz.ts';
import type { Shown } from '../../core/quiz/shown.ts';
import type { Drawing, SavedRound } from './saved-round.ts';

/** An event that waits for its turn. */
export interface QueuedEvent {
  readonly event: QuizEvent;
  readonly resolve: (result: Step) => void;
  readonly reject: (error: unknown) => void;
}

/** What an interaction gives a round: 15 minutes in which its reply can be edited and followed up. */
export interface LatestInteraction {
  /** Tells the host something privately. */
  readonly followUp?: CommandContext['followUp'];
  /** Edits the reply in which the round is shown: a solo round, or a round in one message. */
  readonly editReply?: CommandContext['editReply'];
}

export interface LiveRound {
  quiz: Quiz;
  shown: Shown;
  readonly drawing: Drawing | undefined;
  readonly queue: QueuedEvent[];
  /** The turn under way. */
  turning: Promise<void> | undefined;
  /** Deleted from the store, or about to be: nothing is saved any more. */
  isPutAway: boolean;
  interaction: LatestInteraction;
  /** Called after each change, while somebody waits for one. */
  onChanged: (() => void) | undefined;
  /** The last edit of the running card, by the clock in ms. */
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
