/**
 * A quiz round as a pure state machine. `begin` returns the first state. `step` takes a state and an event and returns
 * the next state. Events carry their own timestamps, and the questions are drawn before the round begins.
 *
 * The state machine uses no clock, no random numbers and no storage, and contains no texts for members. `shown.ts`
 * records which messages were posted.
 */
import type { Question } from '../questions/question.ts';
import { takeAnswer } from './answering.ts';
import { type EventOf, type QuizEvent, type Step, stepClosed, stepDone } from './events.ts';
import { afterControl } from './host-controls.ts';
import { join, replaceQuestions, startOrCancel } from './lobby.ts';
import { move } from './moving.ts';
import { halt, resume } from './outages.ts';
import { anonymise, stop } from './participants.ts';
import { endRound, type Pace, type Quiz, type Style, voidOpenQuestion } from './round.ts';
import { timing } from './timing.ts';
import { lastAnswered } from './shown-questions.ts';
import { afterPosted, afterPostFailed, afterRemoved, afterTimeUp, askSolo } from './transitions.ts';

export { dueAt } from './transitions.ts';
export type { Outcome, QuizEvent, Step } from './events.ts';
export { answerTime, type Phase, type Quiz, quizSchema } from './round.ts';

export interface RoundSetup {
  readonly id: string;
  readonly mode: 'group' | 'solo';
  readonly scope: string;
  readonly pack?: string | undefined;
  readonly channel: string;
  readonly host: { readonly id: string; readonly name: string };
  readonly topic?: string | undefined;
  readonly seconds?: number | undefined;
  readonly style?: Style | undefined;
  readonly pace?: Pace | undefined;
  /** Whether a player may change an answer until time is up. */
  readonly changes?: boolean | undefined;
  /**
   * Factor by which the answer time is multiplied in a solo round. A solo round without this factor has no time limit.
   */
  readonly clock?: number | undefined;
  /** Whether the bot creates a thread and posts the questions there. */
  readonly thread?: boolean | undefined;
  readonly shownIn?: Quiz['shownIn'] | undefined;
  readonly questions: readonly Question[];
  readonly at: number;
}

/** Creates a round. A group round begins with a lobby. A solo round begins with its first question. */
export function begin(setup: RoundSetup): Quiz {
  const { id, mode, scope, channel, host, topic, seconds, questions, at } = setup;
  const {
    style = 'study',
    pace = 'auto',
    changes = false,
    clock,
    thread = false,
    shownIn = 'channel',
    pack = '',
  } = setup;
  const quiz: Quiz = {
    v: 1,
    id,
    mode,
    style,
    pace,
    changes,
    ...(clock !== undefined && { clock }),
    scope,
    pack,
    channel,
    shownIn,
    thread,
    host: host.id,
    hostIdle: 0,
    ...(topic !== undefined && { topic }),
    ...(seconds !== undefined && { seconds }),
    questions: questions.map((question) => ({ ...question })),
    repeats: 0,
    players: { [host.id]: { name: host.name, misses: 0 } },
    answers: questions.map(() => ({})),
    void: [],
    settled: 0,
    reduced: [],
    idle: 0,
    blocked: 0,
    votes: [],
    hold: false,
    at,
    phase: { name: 'lobby', endsAt: at + timing.lobby },
  };
  return mode === 'group' ? quiz : askSolo(quiz, 0, at);
}

/**
 * Indexes, in ascending order, of the questions whose answers can no longer change but whose results have not been
 * saved.
 */
export function owed(quiz: Quiz): readonly number[] {
  const { phase } = quiz;
  const open = phase.name === 'ended' ? lastAnswered(quiz) + 1 : phase.name === 'lobby' ? 0 : phase.question;
  const over = phase.name === 'reveal' ? open + 1 : open;
  return Array.from({ length: Math.max(0, over - quiz.settled) }, (_, index) => quiz.settled + index);
}

/**
 * Applies an event to a round. Returns the next state of the round and the outcome for the member who caused the event.
 * If the event is not possible in the current phase, the round stays unchanged.
 */
export function step(quiz: Quiz, event: QuizEvent): Step {
  const next = react(quiz, event);
  return next.quiz === quiz ? next : { ...next, quiz: { ...next.quiz, at: Math.max(quiz.at, event.at) } };
}

const settle = (quiz: Quiz, { questions, reduced = [] }: EventOf<'settled'>): Quiz => ({
  ...quiz,
  settled: questions,
  // Leaves out members whose data was deleted while the results were being saved.
  reduced: [...quiz.reduced, ...reduced.filter(({ user }) => Object.hasOwn(quiz.players, user))],
});

function react(quiz: Quiz, event: QuizEvent): Step {
  const { phase } = quiz;
  switch (event.type) {
    case 'shown':
      return quiz.lobby === undefined ? stepDone({ ...quiz, lobby: event.message }) : stepClosed(quiz);
    case 'join':
      return join(quiz, event);
    case 'redrawn':
      return replaceQuestions(quiz, event.questions);
    case 'start':
    case 'cancel':
      return startOrCancel(quiz, event);
    case 'threaded':
      return stepDone(quiz.thread ? { ...quiz, thread: false, parent: quiz.channel, channel: event.channel } : quiz);
    case 'posted':
      return stepDone(afterPosted(quiz, event));
    case 'refused':
      return stepDone(afterPostFailed(quiz, event.at, event.why));
    case 'moved':
      return stepDone(move(quiz, event));
    case 'lost':
    case 'locked':
    case 'quiet':
      return phase.name === 'ended' ? stepClosed(quiz) : stepDone(endRound(voidOpenQuestion(quiz), event.type));
    case 'answer':
      return takeAnswer(quiz, event);
    case 'next':
    case 'pause':
    case 'skip':
    case 'extend':
      return afterControl(quiz, event);
    case 'stop':
      return stop(quiz, event);
    case 'timeUp':
      return stepDone(afterTimeUp(quiz, event.at));
    case 'settled':
      return stepDone(event.questions > quiz.settled ? settle(quiz, event) : quiz);
    case 'halt':
      return stepDone(halt(quiz, event.at));
    case 'resumed':
      return stepDone(resume(quiz, event.at, event.downSince));
    case 'removed':
      return stepDone(afterRemoved(quiz, event));
    case 'forget':
      return stepDone(anonymise(quiz, event.user));
    case 'told':
      return stepDone(phase.name === 'ended' && !phase.shown ? { ...quiz, phase: { ...phase, shown: true } } : quiz);
  }
}
