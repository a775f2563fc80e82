/** What can happen to a round, and what it comes to for whoever caused it. */
import type { Question } from '../questions/question.ts';
import type { Quiz } from './round.ts';

/** Somebody who presses a control: the host of the round may, and so may moderators. */
interface Control {
  readonly user: string;
  readonly moderator: boolean;
  readonly at: number;
}

/** `at` is in ms since the epoch, by the clock that stamps the presses. */
export type QuizEvent =
  | { readonly type: 'shown'; readonly message: string; readonly at: number }
  | { readonly type: 'join'; readonly user: string; readonly name: string; readonly at: number }
  /** The questions are drawn again for whoever has joined; only a lobby takes them. */
  | { readonly type: 'redrawn'; readonly questions: readonly Question[]; readonly at: number }
  | ({ readonly type: 'start' } & Control)
  | ({ readonly type: 'cancel' } & Control)
  /** The thread in which the questions will be posted. */
  | { readonly type: 'threaded'; readonly channel: string; readonly at: number }
  | { readonly type: 'posted'; readonly question: number; readonly message: string; readonly at: number }
  | { readonly type: 'refused'; readonly at: number }
  /** The channel is gone, or closed for good. */
  | { readonly type: 'lost'; readonly at: number }
  /** Nobody has pressed anything for so long that the one message of the round can soon be drawn no more. */
  | { readonly type: 'quiet'; readonly at: number }
  | {
      readonly type: 'answer';
      readonly user: string;
      readonly name: string;
      readonly question: number;
      readonly option: number;
      readonly at: number;
      /** Orders presses of the same millisecond. */
      readonly tie?: number;
    }
  | ({ readonly type: 'next'; readonly question: number } & Control)
  | ({ readonly type: 'pause'; readonly question: number } & Control)
  | ({ readonly type: 'skip'; readonly question: number } & Control)
  | ({ readonly type: 'extend'; readonly question: number } & Control)
  | ({ readonly type: 'stop' } & Control)
  | { readonly type: 'timeUp'; readonly at: number }
  | { readonly type: 'settled'; readonly questions: number; readonly at: number }
  /** The process is about to stop: a round between two questions waits for the next start. */
  | { readonly type: 'halt'; readonly at: number }
  /** The process is back after an outage; `at` is the stamp of the note that says so. */
  | { readonly type: 'resumed'; readonly at: number }
  /** The message of the running question is gone. */
  | { readonly type: 'removed'; readonly message: string; readonly at: number }
  /** A member has asked that everything about them be deleted. */
  | { readonly type: 'forget'; readonly user: string; readonly at: number }
  | { readonly type: 'told'; readonly at: number };

export type EventOf<Type extends QuizEvent['type']> = Extract<QuizEvent, { readonly type: Type }>;

interface Given {
  readonly question: number;
  readonly option: number;
}

/** What an event came to, for the member behind it. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'joined'; readonly already: boolean }
  /** `elapsed` in ms; unknown while the question's own stamp is. */
  | ({ readonly is: 'locked'; readonly elapsed?: number } & Given)
  /** In a race: right, and nobody has been earlier yet. */
  | ({ readonly is: 'first'; readonly elapsed?: number } & Given)
  /** In a race: wrong, and out until the next question. */
  | ({ readonly is: 'out' } & Given)
  | ({ readonly is: 'changed'; readonly elapsed?: number } & Given)
  | ({ readonly is: 'same' } & Given)
  | ({ readonly is: 'final' } & Given)
  | { readonly is: 'too-late'; readonly by: number }
  | { readonly is: 'closed' }
  /** So many of the active players want to stop, and so many must. */
  | { readonly is: 'voted'; readonly votes: number; readonly needed: number }
  | { readonly is: 'not-host'; readonly host: string }
  | { readonly is: 'not-yours' };

export interface Step {
  readonly quiz: Quiz;
  readonly outcome: Outcome;
}

export const stepDone = (quiz: Quiz): Step => ({ quiz, outcome: { is: 'done' } });
export const stepWith = (quiz: Quiz, outcome: Outcome): Step => ({ quiz, outcome });
export const stepClosed = (quiz: Quiz): Step => stepWith(quiz, { is: 'closed' });

/** The same events, answers among them by their stamps: of two presses that wait together the earlier one is first. */
export function orderAnswers(events: readonly QuizEvent[]): readonly QuizEvent[] {
  const answers = events
    .filter((event) => event.type === 'answer')
    .toSorted((a, b) => a.at - b.at || (a.tie ?? 0) - (b.tie ?? 0));
  return events.map((event) => (event.type === 'answer' ? (answers.shift() ?? event) : event));
}
