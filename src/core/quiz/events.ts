/** The events that change a round. Every event has an outcome. The reply to the member is made from the outcome. */
import type { Question } from '../questions/question.ts';
import type { ReducedAnswer } from '../scores/fair-points.ts';
import type { Quiz } from './round.ts';

/**
 * Fields of an event that is caused by a host control. Host controls are the buttons that only the host and moderators
 * may use.
 */
interface Control {
  readonly user: string;
  readonly moderator: boolean;
  readonly at: number;
}

/**
 * `at` is a timestamp in ms since the epoch. It comes from Discord's clock, because button presses carry timestamps
 * from that clock.
 */
export type QuizEvent =
  /** The message of the lobby was posted. Ignored if the round knows the message already. */
  | { readonly type: 'shown'; readonly message: string; readonly at: number }
  | { readonly type: 'join'; readonly user: string; readonly name: string; readonly at: number }
  /** New questions were drawn because other members have joined. The round ignores this event after the lobby phase. */
  | { readonly type: 'redrawn'; readonly questions: readonly Question[]; readonly at: number }
  | ({ readonly type: 'start' } & Control)
  | ({ readonly type: 'cancel' } & Control)
  /** A thread for the questions was created. */
  | { readonly type: 'threaded'; readonly channel: string; readonly at: number }
  /** The message of a question was posted. */
  | { readonly type: 'posted'; readonly question: number; readonly message: string; readonly at: number }
  /** The message of a question could not be posted. */
  | { readonly type: 'refused'; readonly why: 'forbidden' | 'blocked' | 'failed'; readonly at: number }
  /**
   * The bot may no longer post in the thread of the round. The round goes on in the channel in which its command was
   * used.
   */
  | { readonly type: 'moved'; readonly to: 'channel'; readonly at: number }
  /**
   * The bot may no longer post in the channel of the round. From now on, the round shows everything in a single
   * message, which the bot edits. `message` is the id of this message.
   */
  | { readonly type: 'moved'; readonly to: 'reply'; readonly message: string; readonly at: number }
  /** The channel of the round was deleted. */
  | { readonly type: 'lost'; readonly at: number }
  /** The thread of the round was locked. */
  | { readonly type: 'locked'; readonly at: number }
  /**
   * Nobody has pressed a button for a long time. The round ends now, because the token with which the bot edits the
   * message of the round expires soon. This event occurs only in a round that shows everything in a single message.
   */
  | { readonly type: 'quiet'; readonly at: number }
  | {
      readonly type: 'answer';
      readonly user: string;
      readonly name: string;
      readonly question: number;
      readonly option: number;
      readonly at: number;
      /** Decides the order of two presses whose `at` is equal. */
      readonly tie?: number | undefined;
    }
  | ({ readonly type: 'next'; readonly question: number } & Control)
  | ({ readonly type: 'pause'; readonly question: number } & Control)
  | ({ readonly type: 'skip'; readonly question: number } & Control)
  | ({ readonly type: 'extend'; readonly question: number } & Control)
  | ({ readonly type: 'stop' } & Control)
  /** The time that `dueAt` returned has been reached. */
  | { readonly type: 'timeUp'; readonly at: number }
  /**
   * Results were saved. `questions` is the number of questions whose results are now saved, counted from the beginning
   * of the round. `reduced` lists the newly saved answers that earned less than their full points.
   */
  | {
      readonly type: 'settled';
      readonly questions: number;
      readonly reduced?: readonly ReducedAnswer[];
      readonly at: number;
    }
  /** The process is about to stop. */
  | { readonly type: 'halt'; readonly at: number }
  /**
   * The process runs again after an outage. `at` is the timestamp of the message that announces the restart.
   * `downSince` is the last time at which the process is known to have run.
   */
  | { readonly type: 'resumed'; readonly at: number; readonly downSince?: number }
  /** The message of the open question was deleted. */
  | { readonly type: 'removed'; readonly message: string; readonly at: number }
  /** A member has asked the bot to delete all data about this member. */
  | { readonly type: 'forget'; readonly user: string; readonly at: number }
  /** The message that shows the end of the round was posted. */
  | { readonly type: 'told'; readonly at: number };

export type EventOf<Type extends QuizEvent['type']> = Extract<QuizEvent, { readonly type: Type }>;

interface Answered {
  readonly question: number;
  readonly option: number;
}

/** The outcome of an event for the member who caused it. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'joined'; readonly already: boolean }
  /**
   * The answer was saved. `elapsed` is the time from the opening of the question to the answer, in ms. `elapsed` is
   * absent if the opening time is not known yet.
   */
  | ({ readonly is: 'locked'; readonly elapsed?: number } & Answered)
  /** The answer is right, and no earlier right answer is known. This outcome occurs only in rounds of style `first`. */
  | ({ readonly is: 'first'; readonly elapsed?: number } & Answered)
  /**
   * The answer is wrong, and the member cannot answer this question again. This outcome occurs only in rounds of style
   * `first`.
   */
  | ({ readonly is: 'out' } & Answered)
  | ({ readonly is: 'changed'; readonly elapsed?: number } & Answered)
  | ({ readonly is: 'same' } & Answered)
  | ({ readonly is: 'final' } & Answered)
  /**
   * The answer was not accepted, because the member pressed the button after the question had closed. `by` is the time
   * from the closing to the press, in ms.
   */
  | { readonly is: 'too-late'; readonly by: number }
  | { readonly is: 'closed' }
  /**
   * A vote to stop the round was counted. `votes`: number of votes so far. `needed`: number of votes that are needed to
   * stop the round. Only the votes of active players are counted.
   */
  | { readonly is: 'voted'; readonly votes: number; readonly needed: number }
  | { readonly is: 'not-host'; readonly host: string }
  | { readonly is: 'not-yours' }
  /** The member answered wrong in a round of style `first` and therefore may not skip this question. */
  | { readonly is: 'may-not-skip' };

export interface Step {
  readonly quiz: Quiz;
  readonly outcome: Outcome;
}

export const stepDone = (quiz: Quiz): Step => stepWith(quiz, { is: 'done' });
export const stepWith = (quiz: Quiz, outcome: Outcome): Step => ({ quiz, outcome });
export const stepClosed = (quiz: Quiz): Step => stepWith(quiz, { is: 'closed' });

interface PressTime {
  readonly at: number;
  readonly tie?: number | undefined;
}

/** Whether the press `a` was made before the press `b`. If the timestamps are equal, `tie` decides. */
export const isEarlier = (a: PressTime, b: PressTime): boolean =>
  a.at < b.at || (a.at === b.at && (a.tie ?? 0) < (b.tie ?? 0));

/** Sorts the answers in a list of events by their timestamps. All other events stay at their index in the list. */
export function orderAnswers(events: readonly QuizEvent[]): readonly QuizEvent[] {
  const answers = events
    .filter((event) => event.type === 'answer')
    .toSorted((a, b) => (isEarlier(a, b) ? -1 : isEarlier(b, a) ? 1 : 0));
  return events.map((event) => (event.type === 'answer' ? (answers.shift() ?? event) : event));
}
