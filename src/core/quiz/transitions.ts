/**
 * Moves a round from phase to phase: when its time is up, when a question was posted, and when a post failed. The host's
 * controls and outages are in files of their own.
 */
import { closeEarly } from './early-close.ts';
import type { EventOf } from './events.ts';
import { replaceIdleHost } from './participants.ts';
import {
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
import { missedBy } from './shown-questions.ts';

type PhaseOf<Name extends Phase['name']> = Extract<Phase, { name: Name }>;

/** Asks a question of a solo round. Its clock, if it has one, begins when the card should have arrived. */
export function askSolo(quiz: Quiz, question: number, at: number): Quiz {
  const opensAt = quiz.clock === undefined ? at : at + timing.privateStart;
  const closesAt = quiz.clock === undefined ? {} : { closesAt: opensAt + answerTime(quiz, question) };
  return { ...quiz, phase: { name: 'asking', question, opensAt, ...closesAt } };
}

/** The message of a question was posted: its clock begins. */
export function afterPosted(quiz: Quiz, event: EventOf<'posted'>): Quiz {
  const { phase } = quiz;
  if (phase.name === 'asking' && phase.question === event.question && phase.lostAt !== undefined && !phase.message) {
    const left = Math.max(timing.afterRestart, (phase.closesAt ?? event.at) - phase.lostAt);
    return { ...quiz, phase: { ...phase, message: event.message, closesAt: event.at + left } };
  }
  const awaited = phase.name === 'posting' || phase.name === 'paused';
  if (!awaited || phase.question !== event.question) return quiz;
  const { question } = phase;
  // The edit of a reply has no timestamp of its own.
  const opensAt = quiz.shownIn === 'reply' ? event.at + timing.privateStart : event.at;
  const closesAt = opensAt + answerTime(quiz, question);
  const asking = { name: 'asking', question, message: event.message, opensAt, closesAt } as const;
  return closeEarly({ ...addAnswerTimes(quiz, question, opensAt), phase: asking }, opensAt);
}

/** Sets the time of answers that came before the opening was known. */
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

/** The question could not be posted: the round pauses and tries again, or ends after five minutes. */
export function afterPostFailed(quiz: Quiz, at: number, why: 'forbidden' | 'failed' = 'failed'): Quiz {
  const { phase } = quiz;
  // A question that was removed and cannot be posted again.
  if (phase.name === 'asking' && phase.message === undefined && quiz.mode === 'group')
    return endRound(voidOpenQuestion(quiz), 'removed');
  if (phase.name !== 'posting') return quiz;
  const since = phase.stuckSince ?? phase.since;
  if (at - since >= timing.longestPause) return endRound(voidOpenQuestion(quiz), 'refused');
  const retryAt = Math.min(since + timing.longestPause, at + retryDelay(at - since, why));
  return { ...quiz, phase: { name: 'paused', question: phase.question, since, retryAt } };
}

/**
 * Each wait is as long as all before it. A missing permission is asked for three times in all: Discord counts refused
 * requests (docs, topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 */
function retryDelay(elapsed: number, why: 'forbidden' | 'failed'): number {
  if (why === 'failed') return Math.max(timing.retryPost, elapsed);
  if (elapsed < timing.retryPost) return timing.retryPost;
  return elapsed < 3 * timing.retryPost ? 3 * timing.retryPost : timing.longestPause;
}

/** The message of the open question was deleted: it is posted again once, then the round ends. */
export function afterRemoved(quiz: Quiz, event: EventOf<'removed'>): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.message !== event.message) return quiz;
  if (phase.lostAt !== undefined) return endRound(voidOpenQuestion(quiz), 'removed');
  const { message: _, ...open } = phase;
  return { ...quiz, phase: { ...open, lostAt: event.at } };
}

/** When the round next needs a `timeUp` event, in ms since the epoch; undefined when it is over. */
export function dueAt(quiz: Quiz): number | undefined {
  const { phase } = quiz;
  switch (phase.name) {
    case 'lobby':
      return phase.endsAt;
    case 'posting':
      return phase.since + timing.postAnswer;
    case 'asking':
      return phase.closesAt === undefined ? abandonedAt(quiz) : phase.closesAt + timing.drain;
    case 'reveal':
    case 'halted':
      return phase.until ?? abandonedAt(quiz);
    case 'paused':
      return phase.retryAt;
    case 'ended':
      return undefined;
  }
}

/** A round that waits for its player alone ends after a week without a press. */
const abandonedAt = ({ mode, at }: Quiz): number | undefined => (mode === 'solo' ? at + timing.soloKept : undefined);

/** The alarm went off. One that is early or repeated changes nothing. */
export function afterTimeUp(quiz: Quiz, at: number): Quiz {
  const due = dueAt(quiz);
  if (due === undefined || at < due) return quiz;
  const { phase } = quiz;
  if (due === abandonedAt(quiz)) return endRound(quiz, 'idle');
  switch (phase.name) {
    case 'lobby':
      return postQuestion(quiz, 0, at);
    case 'posting':
      return afterPostFailed(quiz, at);
    case 'paused':
      if (at - phase.since >= timing.longestPause) return endRound(voidOpenQuestion(quiz), 'refused');
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

/** Closes the question, shows its answer, and counts it as missed by every player who did not answer. */
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

/** The next question, the end of the round, or a halt that the host asked for. */
export function afterReveal(quiz: Quiz, question: number, at: number): Quiz {
  if (quiz.idle >= idleQuestionsUntilEnd) return endRound(quiz, 'idle');
  const next = question + 1;
  if (quiz.mode === 'solo') {
    const repeated = next === quiz.questions.length ? addRepeats(quiz) : quiz;
    return next < repeated.questions.length ? askSolo(repeated, next, at) : endRound(quiz, 'finished');
  }
  if (next >= quiz.questions.length) return endRound(quiz, 'finished');
  if (!quiz.hold) return postQuestion(quiz, next, at);
  return {
    ...quiz,
    hold: false,
    phase: { name: 'halted', question: next, by: 'host', until: at + timing.longestHalt },
  };
}

/** Adds the questions that the solo player missed to the end of the round, once. */
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
