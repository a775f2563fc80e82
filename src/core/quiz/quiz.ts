/**
 * A quiz round as a value: what happened so far, and what each event makes of it. Time rides in on the events, the
 * questions were drawn beforehand, and nothing here knows where the round is shown. Deliberately absent: clocks, dice,
 * storage, sentences.
 */
import type { Question } from '../questions/question.ts';
import { answer } from './answering.ts';
import { askedAlone, controlled, halted, lastAsked, posted, refused, removed, resumed, timeUp } from './transitions.ts';
import { closed, done, type QuizEvent, type Step, told } from './events.ts';
import { forgotten, mayControl, stop, withPlayer } from './participants.ts';
import { ended, type Pace, posting, type Quiz, type Style, timing, voidOpen } from './round.ts';

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
  return mode === 'group' ? quiz : askedAlone(quiz, 0, at);
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
      return done({ ...quiz, lobby: event.message });
    case 'join': {
      if (phase.name === 'ended') return closed(quiz);
      const already = Object.hasOwn(quiz.players, event.user);
      return told(already ? quiz : withPlayer(quiz, event.user, event.name), { is: 'joined', already });
    }
    case 'redrawn': {
      if (phase.name !== 'lobby' || event.questions.length === 0) return closed(quiz);
      const questions = event.questions.map((question) => ({ ...question }));
      return done({ ...quiz, questions, answers: questions.map(() => ({})) });
    }
    case 'start':
    case 'cancel':
      if (phase.name !== 'lobby') return closed(quiz);
      if (!mayControl(quiz, event)) return told(quiz, { is: 'not-host', host: quiz.host });
      return done(event.type === 'start' ? posting(quiz, 0, event.at) : ended(quiz, 'cancelled'));
    case 'threaded':
      return done(quiz.thread ? { ...quiz, thread: false, parent: quiz.channel, channel: event.channel } : quiz);
    case 'posted':
      return done(posted(quiz, event));
    case 'refused':
      return done(refused(quiz, event.at));
    case 'lost':
    case 'quiet':
      return phase.name === 'ended' ? closed(quiz) : done(ended(voidOpen(quiz), event.type));
    case 'answer':
      return answer(quiz, event);
    case 'next':
    case 'pause':
    case 'skip':
    case 'extend':
      return controlled(quiz, event);
    case 'stop':
      return stop(quiz, event);
    case 'timeUp':
      return done(timeUp(quiz, event.at));
    case 'settled':
      return done(event.questions > quiz.settled ? { ...quiz, settled: event.questions } : quiz);
    case 'halt':
      return done(halted(quiz, event.at));
    case 'resumed':
      return done(resumed(quiz, event.at));
    case 'removed':
      return done(removed(quiz, event));
    case 'forget':
      return done(forgotten(quiz, event.user));
    case 'told':
      return done(phase.name === 'ended' && !phase.shown ? { ...quiz, phase: { ...phase, shown: true } } : quiz);
  }
}
