/**
 * A quiz round as a value: what happened so far, and what each event makes of it. Time rides in on the events, the
 * questions were drawn beforehand, and nothing here knows where the round is shown. Deliberately absent: clocks, dice,
 * storage, sentences.
 */
import type { Question } from '../questions/question.ts';
import { takeAnswer } from './answering.ts';
import {
  askSolo,
  afterControl,
  halt,
  lastAsked,
  afterPosted,
  afterPostFailed,
  afterRemoved,
  resume,
  afterTimeUp,
} from './transitions.ts';
import { stepClosed, stepDone, type QuizEvent, type Step, stepWith } from './events.ts';
import { anonymise, mayControl, stop, addPlayer } from './participants.ts';
import { endRound, type Pace, postQuestion, type Quiz, type Style, timing, voidOpenQuestion } from './round.ts';

export { dueAt } from './transitions.ts';
export type { Outcome, QuizEvent, Step } from './events.ts';
export { answerTime, type Phase, type Quiz, quizSchema, timing } from './round.ts';

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
  /** Whether answers may be changed until time is up. */
  readonly changes?: boolean | undefined;
  /** A solo round against a clock: what its time is multiplied by. */
  readonly clock?: number | undefined;
  /** Whether to make a thread for the questions. */
  readonly thread?: boolean | undefined;
  readonly shownIn?: Quiz['shownIn'] | undefined;
  readonly questions: readonly Question[];
  readonly at: number;
}

/** A new round: a group's begins with a lobby, a solo one with its first question. */
export function begin(opening: RoundSetup): Quiz {
  const { id, mode, scope, channel, host, topic, seconds, questions, at } = opening;
  const {
    style = 'study',
    pace = 'auto',
    changes = false,
    clock,
    thread = false,
    shownIn = 'channel',
    pack = '',
  } = opening;
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
    idle: 0,
    votes: [],
    hold: false,
    at,
    phase: { name: 'lobby', endsAt: at + timing.lobby },
  };
  return mode === 'group' ? quiz : askSolo(quiz, 0, at);
}

/** Questions whose answers are final and whose results are not written yet, oldest first. */
export function owed(quiz: Quiz): readonly number[] {
  const { phase } = quiz;
  const open = phase.name === 'ended' ? lastAsked(quiz) + 1 : phase.name === 'lobby' ? 0 : phase.question;
  const over = phase.name === 'reveal' ? open + 1 : open;
  return Array.from({ length: Math.max(0, over - quiz.settled) }, (_, index) => quiz.settled + index);
}

/** The round after `event`, and what to tell whoever caused it. An event that does not fit changes nothing. */
export function step(quiz: Quiz, event: QuizEvent): Step {
  const next = react(quiz, event);
  return next.quiz === quiz ? next : { ...next, quiz: { ...next.quiz, at: Math.max(quiz.at, event.at) } };
}

function react(quiz: Quiz, event: QuizEvent): Step {
  const { phase } = quiz;
  switch (event.type) {
    case 'shown':
      return stepDone({ ...quiz, lobby: event.message });
    case 'join': {
      if (phase.name === 'ended') return stepClosed(quiz);
      const already = Object.hasOwn(quiz.players, event.user);
      return stepWith(already ? quiz : addPlayer(quiz, event.user, event.name), { is: 'joined', already });
    }
    case 'redrawn': {
      if (phase.name !== 'lobby' || event.questions.length === 0) return stepClosed(quiz);
      const questions = event.questions.map((question) => ({ ...question }));
      return stepDone({ ...quiz, questions, answers: questions.map(() => ({})) });
    }
    case 'start':
    case 'cancel':
      if (phase.name !== 'lobby') return stepClosed(quiz);
      if (!mayControl(quiz, event)) return stepWith(quiz, { is: 'not-host', host: quiz.host });
      return stepDone(event.type === 'start' ? postQuestion(quiz, 0, event.at) : endRound(quiz, 'cancelled'));
    case 'threaded':
      return stepDone(quiz.thread ? { ...quiz, thread: false, parent: quiz.channel, channel: event.channel } : quiz);
    case 'posted':
      return stepDone(afterPosted(quiz, event));
    case 'refused':
      return stepDone(afterPostFailed(quiz, event.at));
    case 'lost':
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
      return stepDone(event.questions > quiz.settled ? { ...quiz, settled: event.questions } : quiz);
    case 'halt':
      return stepDone(halt(quiz, event.at));
    case 'resumed':
      return stepDone(resume(quiz, event.at));
    case 'removed':
      return stepDone(afterRemoved(quiz, event));
    case 'forget':
      return stepDone(anonymise(quiz, event.user));
    case 'told':
      return stepDone(phase.name === 'ended' && !phase.shown ? { ...quiz, phase: { ...phase, shown: true } } : quiz);
  }
}
