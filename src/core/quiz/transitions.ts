/** The course of a round: from one phase to the next, by time, by the host, by what became of a post, and after an outage. */
import { closeEarly } from './early-close.ts';
import { stepClosed, stepDone, type EventOf, type Step, stepWith } from './events.ts';
import { resetHostIdle, mayControl, replaceIdleHost } from './participants.ts';
import {
  answerBy,
  answersTo,
  answerTime,
  endRound,
  idleQuestionsUntilEnd,
  type Phase,
  postQuestion,
  type Quiz,
  timing,
  voidOpenQuestion,
} from './round.ts';

type PhaseOf<Name extends Phase['name']> = Extract<Phase, { name: Name }>;

/** A private question; its clock, if there is one, begins when the card can be there. */
export function askSolo(quiz: Quiz, question: number, at: number): Quiz {
  const opensAt = quiz.clock === undefined ? at : at + timing.privateStart;
  const closesAt = quiz.clock === undefined ? {} : { closesAt: opensAt + answerTime(quiz, question) };
  return { ...quiz, phase: { name: 'asking', question, opensAt, ...closesAt } };
}

// ---- What became of a post

export function afterPosted(quiz: Quiz, event: EventOf<'posted'>): Quiz {
  const { phase } = quiz;
  if (phase.name === 'asking' && phase.question === event.question && phase.lostAt !== undefined && !phase.message) {
    const left = Math.max(timing.afterRestart, (phase.closesAt ?? event.at) - phase.lostAt);
    return { ...quiz, phase: { ...phase, message: event.message, closesAt: event.at + left } };
  }
  const awaited = phase.name === 'posting' || phase.name === 'paused';
  if (!awaited || phase.question !== event.question) return quiz;
  const { question } = phase;
  // An edit has no stamp of its own.
  const opensAt = quiz.shownIn === 'reply' ? event.at + timing.privateStart : event.at;
  const closesAt = opensAt + answerTime(quiz, question);
  const asking = { name: 'asking', question, message: event.message, opensAt, closesAt } as const;
  return closeEarly({ ...addAnswerTimes(quiz, question, opensAt), phase: asking }, opensAt);
}

/** Answers that came before the opening was known get their times. */
function addAnswerTimes(quiz: Quiz, question: number, opensAt: number): Quiz {
  if (quiz.style !== 'speed') return quiz;
  const timed = Object.entries(answersTo(quiz, question)).map(([user, given]) => [
    user,
    { ...given, took: Math.max(0, given.at - opensAt) },
  ]);
  return {
    ...quiz,
    answers: quiz.answers.map((all, index) => (index === question ? Object.fromEntries(timed) : all)),
  };
}

export function afterPostFailed(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'posting') return quiz;
  const since = phase.stuckSince ?? phase.since;
  if (at - since >= timing.longestPause) return endRound(voidOpenQuestion(quiz), 'refused');
  return { ...quiz, phase: { name: 'paused', question: phase.question, since, retryAt: at + timing.retryPost } };
}

export function afterRemoved(quiz: Quiz, event: EventOf<'removed'>): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.message !== event.message) return quiz;
  if (phase.lostAt !== undefined) return endRound(voidOpenQuestion(quiz), 'removed');
  const { message: _, ...open } = phase;
  return { ...quiz, phase: { ...open, lostAt: event.at } };
}

// ---- Time

/** When the round next wants a `timeUp`, in ms since the epoch; undefined when it waits for people alone. */
export function dueAt({ phase }: Quiz): number | undefined {
  switch (phase.name) {
    case 'lobby':
      return phase.endsAt;
    case 'posting':
      return phase.since + timing.postAnswer;
    case 'asking':
      return phase.closesAt === undefined ? undefined : phase.closesAt + timing.drain;
    case 'reveal':
    case 'halted':
      return phase.until;
    case 'paused':
      return phase.retryAt;
    case 'ended':
      return undefined;
  }
}

export function afterTimeUp(quiz: Quiz, at: number): Quiz {
  const due = dueAt(quiz);
  if (due === undefined || at < due) return quiz;
  const { phase } = quiz;
  switch (phase.name) {
    case 'lobby':
      return postQuestion(quiz, 0, at);
    case 'posting':
      return afterPostFailed(quiz, at);
    case 'paused':
      return { ...quiz, phase: { name: 'posting', question: phase.question, since: at, stuckSince: phase.since } };
    case 'asking':
      return reveal(quiz, phase, at);
    case 'reveal':
      return afterReveal(quiz, phase.question, at);
    case 'halted':
      return endRound(quiz, 'halted');
    case 'ended':
      return quiz;
  }
}

/** The question closed and its answer shown; who let it pass is noted. */
export function reveal(quiz: Quiz, { question, message }: PhaseOf<'asking'>, at: number): Quiz {
  if (quiz.mode === 'solo') return { ...quiz, phase: { name: 'reveal', question } };
  const answers = answersTo(quiz, question);
  const isVoid = quiz.void.includes(question);
  const players = Object.fromEntries(
    Object.entries(quiz.players).map(([user, { name, misses }]) => [
      user,
      { name, misses: Object.hasOwn(answers, user) ? 0 : misses + (isVoid ? 0 : 1) },
    ]),
  );
  const idle = Object.keys(answers).length > 0 ? 0 : quiz.idle + (isVoid ? 0 : 1);
  const hostIdle = Object.hasOwn(answers, quiz.host) ? 0 : quiz.hostIdle + (isVoid ? 0 : 1);
  const after = replaceIdleHost({ ...quiz, players, idle, hostIdle }, question);
  return {
    ...after,
    phase: {
      name: 'reveal',
      question,
      until: at + (quiz.pace === 'host' ? timing.hostPatience : timing.reveal),
      ...(message !== undefined && { message }),
      ...(after.host !== quiz.host && { newHost: true }),
    },
  };
}

function afterReveal(quiz: Quiz, question: number, at: number): Quiz {
  if (quiz.idle >= idleQuestionsUntilEnd) return endRound(quiz, 'idle');
  const next = question + 1;
  if (quiz.mode === 'solo') {
    const course = next === quiz.questions.length ? addRepeats(quiz) : quiz;
    return next < course.questions.length ? askSolo(course, next, at) : endRound(quiz, 'finished');
  }
  if (next >= quiz.questions.length) return endRound(quiz, 'finished');
  if (!quiz.hold) return postQuestion(quiz, next, at);
  return {
    ...quiz,
    hold: false,
    phase: { name: 'halted', question: next, by: 'host', until: at + timing.longestHalt },
  };
}

/** What a solo player missed comes once more at the end. */
function addRepeats(quiz: Quiz): Quiz {
  if (quiz.repeats > 0) return quiz;
  const missed = missedBy(quiz, quiz.host).flatMap((index) => quiz.questions[index] ?? []);
  return {
    ...quiz,
    questions: [...quiz.questions, ...missed],
    answers: [...quiz.answers, ...missed.map(() => ({}))],
    repeats: missed.length,
  };
}

/** Indexes of the questions whose answers have been shown and that count; an ended round has shown all it asked. */
export function shownQuestions(quiz: Quiz): readonly number[] {
  const { phase } = quiz;
  const before = phase.name === 'ended' ? lastAsked(quiz) + 1 : 'question' in phase ? phase.question : 0;
  const shown = phase.name === 'reveal' ? before + 1 : before;
  return Array.from({ length: shown }, (_, index) => index).filter((index) => !quiz.void.includes(index));
}

/** Of the shown questions those that `user` did not answer right; repeats are left out. */
export function missedBy(quiz: Quiz, user: string): readonly number[] {
  const asked = quiz.questions.length - quiz.repeats;
  return shownQuestions(quiz).filter(
    (index) => index < asked && answerBy(quiz, index, user)?.option !== quiz.questions[index]?.right,
  );
}

/** Index of the last question anybody answered, −1 when none. */
export function lastAsked({ answers }: Quiz): number {
  return answers.findLastIndex((all) => Object.keys(all).length > 0);
}

// ---- The host's controls

/** Next, Pause, Skip and Extend. What does not fit the moment changes nothing. */
export function afterControl(quiz: Quiz, event: EventOf<'next' | 'pause' | 'skip' | 'extend'>): Step {
  if (!mayControl(quiz, event))
    return stepWith(quiz, quiz.mode === 'solo' ? { is: 'not-yours' } : { is: 'not-host', host: quiz.host });
  const { phase } = quiz;
  if (!('question' in phase) || phase.question !== event.question) return stepClosed(quiz);
  const after = applyControl(quiz, event);
  return after ? stepDone(resetHostIdle(after, event.user)) : stepClosed(quiz);
}

function applyControl(quiz: Quiz, { type, at }: EventOf<'next' | 'pause' | 'skip' | 'extend'>): Quiz | undefined {
  const { phase } = quiz;
  if (type === 'next') {
    if (phase.name === 'reveal') return afterReveal(quiz, phase.question, at);
    return phase.name === 'halted' ? postQuestion(quiz, phase.question, at) : undefined;
  }
  if (quiz.mode === 'solo') return undefined;
  if (type === 'pause') {
    if (phase.name === 'reveal') return afterReveal({ ...quiz, hold: true }, phase.question, at);
    return phase.name === 'asking' || phase.name === 'posting' ? { ...quiz, hold: !quiz.hold } : undefined;
  }
  if (phase.name !== 'asking' || phase.closesAt === undefined || at > phase.closesAt) return undefined;
  if (type === 'extend') return { ...quiz, phase: { ...phase, closesAt: phase.closesAt + timing.extension } };
  return reveal({ ...quiz, void: [...quiz.void, phase.question] }, phase, at);
}

// ---- Stopping and coming back

/** Between two questions a round waits for the next start; a running one is taken up where it stood. */
export function halt(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (quiz.mode === 'solo' || phase.name !== 'reveal') return quiz;
  const after = afterReveal({ ...quiz, hold: false }, phase.question, at);
  return after.phase.name === 'posting'
    ? {
        ...after,
        phase: {
          name: 'halted',
          question: after.phase.question,
          by: quiz.hold ? 'host' : 'restart',
          ...(quiz.hold && { until: at + timing.longestHalt }),
        },
      }
    : after;
}

export function resume(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name === 'ended') return quiz;
  if (quiz.mode === 'group' && at - quiz.at > timing.longestOutage) return endRound(voidOpenQuestion(quiz), 'away');
  switch (phase.name) {
    case 'lobby':
      return { ...quiz, phase: { ...phase, endsAt: Math.max(phase.endsAt, at + timing.afterRestart) } };
    case 'posting':
      return postQuestion(quiz, phase.question, at);
    case 'asking': {
      if (phase.closesAt === undefined) return quiz;
      const left = Math.max(timing.afterRestart, phase.closesAt - quiz.at);
      // The outage is taken out of everybody's time: the clock goes on where it stood when last saved.
      return { ...quiz, phase: { ...phase, opensAt: phase.opensAt + Math.max(0, at - quiz.at), closesAt: at + left } };
    }
    case 'halted':
      return phase.by === 'restart' ? postQuestion(quiz, phase.question, at) : quiz;
    case 'reveal':
    case 'paused':
      return quiz;
  }
}
