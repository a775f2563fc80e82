/**
 * Moves a round from one phase to the next when a question has been posted, when posting a question has failed, or when
 * time is up. Host controls are handled in `host-controls.ts`, and outages in `outages.ts`.
 */
import { answersKeptUntil } from './answer-retention.ts';
import { closeEarly } from './early-close.ts';
import type { EventOf } from './events.ts';
import { replaceIdleHost } from './participants.ts';
import { answersTo, answerTime, endRound, type Phase, postQuestion, type Quiz, voidOpenQuestion } from './round.ts';
import { idleQuestionsUntilEnd, timing } from './timing.ts';
import { missedBy } from './shown-questions.ts';

type PhaseOf<Name extends Phase['name']> = Extract<Phase, { name: Name }>;

/**
 * Asks a question in a solo round. If the round has a time limit, the answer time starts after the estimated time that
 * the message needs to reach the player.
 */
export function askSolo(quiz: Quiz, question: number, at: number): Quiz {
  const opensAt = quiz.clock === undefined ? at : at + timing.privateStart;
  const closesAt = quiz.clock === undefined ? {} : { closesAt: opensAt + answerTime(quiz, question) };
  return { ...quiz, phase: { name: 'asking', question, opensAt, ...closesAt } };
}

/** Called when the message of a question was posted. Starts the answer time of this question. */
export function afterPosted(quiz: Quiz, event: EventOf<'posted'>): Quiz {
  const { phase } = quiz;
  if (phase.name === 'asking' && phase.question === event.question && phase.lostAt !== undefined && !phase.message) {
    const left = Math.max(timing.afterRestart, (phase.closesAt ?? event.at) - phase.lostAt);
    return { ...quiz, phase: { ...phase, message: event.message, closesAt: event.at + left } };
  }
  const awaited = phase.name === 'posting' || phase.name === 'paused';
  if (!awaited || phase.question !== event.question) return quiz;
  const { question } = phase;
  // Discord gives no timestamp for an edited reply. The opening time is therefore estimated.
  const opensAt = quiz.shownIn === 'reply' ? event.at + timing.privateStart : event.at;
  const closesAt = opensAt + answerTime(quiz, question);
  const asking = { name: 'asking', question, message: event.message, opensAt, closesAt } as const;
  return closeEarly({ ...addAnswerTimes(quiz, question, opensAt), phase: asking }, opensAt);
}

/** Sets `took` in the answers that were saved before the opening time of the question was known. */
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

/**
 * Called when a question could not be posted. The round pauses, and the bot tries to post the question again. After
 * five minutes of failed attempts, the round ends. A question that AutoMod has blocked is not posted again.
 */
export function afterPostFailed(quiz: Quiz, at: number, why: EventOf<'refused'>['why'] = 'failed'): Quiz {
  const { phase } = quiz;
  if (why === 'blocked') return afterBlocked(quiz, at);
  // An open question of a group round lacks a message only if the message was deleted. The attempt to post this
  // question again has failed, so the round ends.
  if (phase.name === 'asking' && phase.message === undefined && quiz.mode === 'group')
    return endRound(voidOpenQuestion(quiz), 'removed');
  if (phase.name !== 'posting') return quiz;
  const since = phase.stuckSince ?? phase.since;
  if (at - since >= timing.longestPause) return endRound(voidOpenQuestion(quiz), 'refused');
  const retryAt = Math.min(since + timing.longestPause, at + retryDelay(at - since, why));
  return { ...quiz, phase: { name: 'paused', question: phase.question, since, retryAt } };
}

/**
 * Called when the AutoMod of the server has blocked a question. The first blocked question is left out. If a second
 * question is blocked, the round ends, because AutoMod would probably block the remaining questions, too.
 */
function afterBlocked(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  const isOpen = phase.name === 'posting' || (phase.name === 'asking' && phase.message === undefined);
  if (!isOpen || quiz.mode === 'solo') return quiz;
  const without = { ...voidOpenQuestion(quiz), blocked: quiz.blocked + 1 };
  return without.blocked > 1 ? endRound(without, 'blocked') : afterReveal(without, phase.question, at);
}

/**
 * The delay before the next attempt to post a question. The delay equals the time since the first attempt, but is at
 * least `retryPost` (exponential backoff). If the bot lacks a permission, there are only three attempts, because
 * Discord blocks bots after too many rejected requests (Discord documentation,
 * topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 */
function retryDelay(elapsed: number, why: 'forbidden' | 'failed'): number {
  if (why === 'failed') return Math.max(timing.retryPost, elapsed);
  if (elapsed < timing.retryPost) return timing.retryPost;
  return elapsed < 3 * timing.retryPost ? 3 * timing.retryPost : timing.longestPause;
}

/**
 * Called when the message of the open question was deleted. The question is posted a second time. If the second message
 * is also deleted, the round ends.
 */
export function afterRemoved(quiz: Quiz, event: EventOf<'removed'>): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.message !== event.message) return quiz;
  if (phase.lostAt !== undefined) return endRound(voidOpenQuestion(quiz), 'removed');
  const { message: _, ...open } = phase;
  return { ...quiz, phase: { ...open, lostAt: event.at } };
}

/**
 * The time at which the round needs its next `timeUp` event, in ms since the epoch. Undefined if the round has ended.
 */
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

/** The time at which an abandoned solo round ends. Undefined for a group round. */
const abandonedAt = (quiz: Quiz): number | undefined => (quiz.mode === 'solo' ? answersKeptUntil(quiz) : undefined);

/**
 * Called when a `timeUp` event arrives. If the event arrives too early or was already handled, the round does not
 * change.
 */
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

/**
 * Closes the question and shows the answer. `misses` grows by one for every player who did not answer, unless the
 * question is void.
 */
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

/**
 * Called when the answer to a question has been shown long enough. The round continues with the next question or ends.
 * If the host has asked for a pause, the round halts.
 */
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

/**
 * Appends the questions that the solo player missed to the end of the round. If the round already has repetitions,
 * nothing changes.
 */
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
