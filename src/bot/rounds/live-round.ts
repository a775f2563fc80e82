/** A round in memory: its saved state, its queue of events and its latest interaction. */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Quiz, QuizEvent, Step } from '../../core/quiz/quiz.ts';
import type { Shown } from '../../core/quiz/shown.ts';
import type { AnswerEvent, Drawing, SavedRound } from './saved-round.ts';

/** An event in the queue of a round. `turns.ts` processes the queue. */
export interface QueuedEvent {
  readonly event: QuizEvent;
  readonly resolve: (result: Step) => void;
  readonly reject: (error: unknown) => void;
}

/** Functions of a round's latest interaction. They work for 15 minutes, until the token of the interaction expires. */
export interface LatestInteraction {
  /** Sends the host an ephemeral message. */
  readonly followUp?: CommandContext['followUp'];
  /** Edits the reply that contains the round. Only solo rounds and single-message rounds are in a reply. */
  readonly editReply?: CommandContext['editReply'];
  /** Deletes the reply that contains the round. Present only if `editReply` is present. */
  readonly deleteReply?: CommandContext['deleteReply'];
  /** Id of the message whose button was pressed in the interaction of `editReply`. Absent for a command. */
  readonly messageId?: string | undefined;
  /** When the interaction of `editReply` arrived, in ms on the bot's clock. */
  readonly editReplySince?: number;
}

export interface LiveRound {
  quiz: Quiz;
  shown: Shown;
  readonly drawing: Drawing | undefined;
  /**
   * Number of times that the bot has tried to save the whole round. Most answers are saved without the whole round (see
   * `save-round.ts`).
   */
  saves: number;
  /**
   * What the store contains. `shown` is the value that {@link LiveRound.shown} had when the whole round was last saved.
   * `answers` are the answers that were saved afterwards. Undefined if the next save must save the whole round.
   */
  saved: { readonly shown: Shown; readonly answers: readonly AnswerEvent[] } | undefined;
  readonly queue: QueuedEvent[];
  /** A promise that resolves when the queue is empty. Undefined if no event is being processed. */
  turning: Promise<void> | undefined;
  /** True if the round has ended and is being deleted from the store. It must not be saved again. */
  isArchived: boolean;
  interaction: LatestInteraction;
  /**
   * Called after each saved change. Set only during a shutdown, while the bot waits until the open question has ended.
   */
  onChanged: (() => void) | undefined;
  /** When the bot last posted or edited the current card, in ms on the bot's clock. */
  lastEdit: number;
  /**
   * The phase and the shown messages at the time when an edit of the card was last planned. While both stay the same,
   * only the number of members or answers on the card can change. Undefined if no edit was planned yet.
   */
  planned: { readonly phase: Quiz['phase']; readonly shown: Shown } | undefined;
}

export function newLiveRound({ quiz, shown, drawing, saves }: SavedRound, now: number): LiveRound {
  return {
    quiz,
    shown,
    drawing,
    saves,
    saved: undefined,
    queue: [],
    turning: undefined,
    isArchived: false,
    interaction: {},
    onChanged: undefined,
    lastEdit: now,
    planned: undefined,
  };
}
