/** The events of a round, and the outcome of an event for the member who caused it. */
import type { Question } from '../questions/question.ts';
import type { Quiz } from './round.ts';

/** Fields of an event caused by a host control. Only the host and moderators may use host controls. */
interface Control {
  readonly user: string;
  readonly moderator: boolean;
  readonly at: number;
}

/** `at` is in ms since the epoch by Discord's clock, because button presses carry Discord's timestamps. */
export type QuizEvent =
  /** The lobby was posted. */
  | { readonly type: 'shown'; readonly message: string; readonly at: number }
  | { readonly type: 'join'; readonly user: string; readonly name: string; readonly at: number }
  /** The questions were drawn again to suit the members who have joined. Ignored unless the round is in its lobby. */
  | { readonly type: 'redrawn'; readonly questions: readonly Question[]; readonly at: number }
  | ({ readonly type: 'start' } & Control)
  | ({ readonly type: 'cancel' } & Control)
  /** A thread for the questions was created. */
  | { readonly type: 'threaded'; readonly channel: string; readonly at: number }
  /** The message of a question was posted. */
  | { readonly type: 'posted'; readonly question: number; readonly message: string; readonly at: number }
  /** The message of a question could not be posted. */
  | { readonly type: 'refused'; readonly why: 'forbidden' | 'failed'; readonly at: number }
  /** The channel of the round was deleted. */
  | { readonly type: 'lost'; readonly at: number }
  /**
   * Nobody has pressed a button for so long that the bot is about to lose the right to edit the only message of the
   * round.
   */
  | { readonly type: 'quiet'; readonly at: number }
  | {
      readonly type: 'answer';
      readonly user: string;
      readonly name: string;
      readonly question: number;
      readonly option: number;
      readonly at: number;
      /** Decides the order of presses with the same `at`. */
      readonly tie?: number;
    }
  | ({ readonly type: 'next'; readonly question: number } & Control)
  | ({ readonly type: 'pause'; readonly question: number } & Control)
  | ({ readonly type: 'skip'; readonly question: number } & Control)
  | ({ readonly type: 'extend'; readonly question: number } & Control)
  | ({ readonly type: 'stop' } & Control)
  /** The alarm set for `dueAt` has gone off. */
  | { readonly type: 'timeUp'; readonly at: number }
  /** The results of the first `questions` questions have been saved. */
  | { readonly type: 'settled'; readonly questions: number; readonly at: number }
  /** The process is about to stop. */
  | { readonly type: 'halt'; readonly at: number }
  /**
   * The process is back after an outage. `at` is the timestamp of the "back again" note. `downSince` is the time when
   * the process was last known to run.
   */
  | { readonly type: 'resumed'; readonly at: number; readonly downSince?: number }
  /** The message of the open question was deleted. */
  | { readonly type: 'removed'; readonly message: string; readonly at: number }
  /** A member has asked the bot to delete all data about them. */
  | { readonly type: 'forget'; readonly user: string; readonly at: number }
  /** The last message of the round was posted. */
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
  /** The answer was saved. `elapsed`: ms since the question opened; absent while the opening time is unknown. */
  | ({ readonly is: 'locked'; readonly elapsed?: number } & Answered)
  /** In a round of style `first`: the answer is right, and so far the earliest right answer. */
  | ({ readonly is: 'first'; readonly elapsed?: number } & Answered)
  /** In a round of style `first`: the answer is wrong, so the member cannot answer this question again. */
  | ({ readonly is: 'out' } & Answered)
  | ({ readonly is: 'changed'; readonly elapsed?: number } & Answered)
  | ({ readonly is: 'same' } & Answered)
  | ({ readonly is: 'final' } & Answered)
  /** The answer came `by` ms after the question closed. */
  | { readonly is: 'too-late'; readonly by: number }
  | { readonly is: 'closed' }
  /** A vote to stop the round. `votes`: votes of active players so far. `needed`: votes needed to stop the round. */
  | { readonly is: 'voted'; readonly votes: number; readonly needed: number }
  | { readonly is: 'not-host'; readonly host: string }
  | { readonly is: 'not-yours' }
  /** In a race, a member who is out cannot skip the question. */
  | { readonly is: 'may-not-skip' };

export interface Step {
  readonly quiz: Quiz;
  readonly outcome: Outcome;
}

export const stepDone = (quiz: Quiz): Step => stepWith(quiz, { is: 'done' });
export const stepWith = (quiz: Quiz, outcome: Outcome): Step => ({ quiz, outcome });
export const stepClosed = (quiz: Quiz): Step => stepWith(quiz, { is: 'closed' });

/** Sorts the answers among the events by time. All other events keep their positions in the list. */
export function orderAnswers(events: readonly QuizEvent[]): readonly QuizEvent[] {
  const answers = events
    .filter((event) => event.type === 'answer')
    .toSorted((a, b) => a.at - b.at || (a.tie ?? 0) - (b.tie ?? 0));
  return events.map((event) => (event.type === 'answer' ? (answers.shift() ?? event) : event));
}
