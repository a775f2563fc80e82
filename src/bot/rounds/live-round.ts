/** A round in this process: the saved value, and what is only worth remembering while it runs. */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Question } from '../../core/questions/question.ts';
import type { Quiz, QuizEvent, Step } from '../../core/quiz/quiz.ts';

/** An event that waits for its turn, and whom to tell of it. */
export interface QueuedEvent {
  readonly event: QuizEvent;
  readonly resolve: (result: Step) => void;
  readonly reject: (error: unknown) => void;
}

export interface LiveRound {
  quiz: Quiz;
  readonly queue: QueuedEvent[];
  /** The turns under way. */
  turning: Promise<void> | undefined;
  /** Waiting for the note that says the bot is back. */
  resuming: boolean;
  stopAlarm: () => void;
  stopRefresh: (() => void) | undefined;
  lastEdit: number;
  /** Discord's clock minus ours, in ms, from the last message posted. */
  skew: number;
  /** One showing at a time, in order. */
  showing: Promise<void>;
  /** The last attempt to show that was begun, so that a repeated "show" does nothing. */
  attempted: string;
  /** There is to be no thread, because none could be made. */
  threadRefused: boolean;
  /** The lobby has lost its buttons. */
  lobbyClosed: boolean;
  /** The question message that still carries buttons. */
  open: { readonly question: number; readonly message: string } | undefined;
  paying: Promise<void> | undefined;
  /** Being written down as over. */
  retiring: Promise<void> | undefined;
  /** Told after every change. */
  readonly watchers: Set<() => void>;
  /** Draws the round's questions again for players who know some of them; only while this process opened the round. */
  draw: ((known: ReadonlySet<string>) => readonly Question[]) | undefined;
  /** The questions are being drawn again. */
  drawing: Promise<void> | undefined;
  /** How to reach the host privately, from the newest use of a button or command. */
  followUp: CommandContext['followUp'] | undefined;
  /** Where the card of a solo round stands, or of one in a single message: the answer to the newest use that counts. */
  editReply: CommandContext['editReply'] | undefined;
  /** From this time on a press on the one message is answered with its card, so that its token takes over; our clock. */
  renewAt: number;
  /** Takes back the end that comes when nobody presses. */
  stopQuiet: () => void;
  /** Start of the pause the host has been told of. */
  toldPause: number | undefined;
}

/** A round that nothing of has been shown by this process; `now` in ms since the epoch. */
export function newLiveRound(quiz: Quiz, resuming: boolean, now: number): LiveRound {
  return {
    quiz,
    queue: [],
    turning: undefined,
    resuming,
    stopAlarm: () => undefined,
    stopRefresh: undefined,
    lastEdit: now,
    skew: 0,
    showing: Promise.resolve(),
    attempted: '',
    threadRefused: false,
    lobbyClosed: false,
    open: undefined,
    paying: undefined,
    retiring: undefined,
    watchers: new Set(),
    draw: undefined,
    drawing: undefined,
    followUp: undefined,
    editReply: undefined,
    renewAt: 0,
    stopQuiet: () => undefined,
    toldPause: undefined,
  };
}
