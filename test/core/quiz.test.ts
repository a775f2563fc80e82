/** Tests the rules of a quiz round with examples: lobby, answers, time, outages and solo rounds. */
import { expect, test } from 'vitest';
import { answerTime, dueAt, owed, type Quiz, type QuizEvent } from '../../src/core/quiz/quiz.ts';
import { timing } from '../../src/core/quiz/timing.ts';
import { seen } from '../support/seen.ts';
import {
  start,
  question,
  opened,
  play,
  after,
  answer,
  onTime,
  posted,
  asking,
  ana,
  ben,
  cem,
} from './quiz-fixtures.ts';

test('a round starts 15 seconds after its lobby opens, or when the host presses "Start now"', () => {
  const lobby = opened('group');
  expect(dueAt(lobby)).toBe(start + 15_000);
  expect(onTime(lobby).phase).toMatchObject({ name: 'posting', question: 0 });
  expect(play(lobby, { type: 'start', user: ben, moderator: false, at: start })).toEqual({
    quiz: lobby,
    outcome: { is: 'not-host', host: ana },
  });
  expect(after(lobby, { type: 'start', user: ana, moderator: false, at: start + 1 }).phase).toMatchObject({
    name: 'posting',
    since: start + 1,
  });
});

test('a player who is not the host cannot cancel a lobby', () => {
  const lobby = opened('group');
  expect(play(lobby, { type: 'cancel', user: ben, moderator: false, at: start }).outcome).toEqual({
    is: 'not-host',
    host: ana,
  });
  const over = after(lobby, { type: 'cancel', user: ana, moderator: false, at: start });
  expect([over.phase, owed(over)]).toEqual([{ name: 'ended', why: 'cancelled', shown: false }, []]);
});

test('joining a round a second time has no effect', () => {
  const join: QuizEvent = { type: 'join', user: ben, name: 'Ben', at: start };
  const once = play(opened('group'), join);
  expect(once.outcome).toEqual({ is: 'joined', already: false });
  expect(play(once.quiz, join)).toEqual({ quiz: once.quiz, outcome: { is: 'joined', already: true } });
});

test('if no time limit is set, the time for answers depends on the number of words in the question and its options', () => {
  const words = (count: number): Quiz => ({
    ...opened('group'),
    questions: [{ ...question(0), ask: 'word '.repeat(count - 4).trim(), options: ['a', 'b', 'c', 'd'] }],
  });
  expect([10, 13, 14, 40, 300].map((count) => answerTime(words(count), 0))).toEqual([
    12_000, 12_000, 12_200, 20_000, 60_000,
  ]);
  expect(answerTime({ ...words(300), seconds: 10 }, 0)).toBe(10_000);
});

test('the first answer of a player is final', () => {
  const locked = play(asking([ben]), answer(ben, 0, start + 2_500, 1));
  expect(locked.outcome).toEqual({ is: 'locked', question: 0, option: 1, elapsed: 2_500 });
  expect(play(locked.quiz, answer(ben, 0, start + 3_000, 1)).outcome).toEqual({ is: 'same', question: 0, option: 1 });
  expect(play(locked.quiz, answer(ben, 0, start + 3_000, 2))).toEqual({
    quiz: locked.quiz,
    outcome: { is: 'final', question: 0, option: 1 },
  });
});

test.each([Number.NaN, 0.5, -1, 4, Infinity])('an answer with the invalid option %d is rejected', (option) => {
  const quiz = asking([ben]);
  expect(play(quiz, answer(ben, 0, start + 1, option))).toEqual({ quiz, outcome: { is: 'closed' } });
});

test('an answer that was pressed in time is accepted even if the event arrives late', () => {
  const quiz = asking([ben]);
  expect(dueAt(quiz)).toBe(start + 20_000 + timing.drain);
  expect(after(quiz, { type: 'timeUp', at: start + 20_500 })).toBe(quiz);
  expect(play(quiz, answer(ben, 0, start + 20_000)).outcome).toMatchObject({ is: 'locked' });
  expect(play(quiz, answer(ben, 0, start + 20_001)).outcome).toEqual({ is: 'too-late', by: 1 });
});

test('F3: of two presses with the same timestamp, the press with the lower id is the answer, even if it arrives later', () => {
  const press = (option: number, tie: number): QuizEvent => ({
    type: 'answer',
    user: ben,
    name: 'Ben',
    question: 0,
    option,
    at: start + 3_000,
    tie,
  });
  const swapped = after(asking([ben]), press(1, 2), press(0, 1));
  expect(swapped.answers[0]?.[ben]).toMatchObject({ option: 0 });
  expect(play(swapped, press(1, 2)).outcome).toMatchObject({ is: 'final', option: 0 });
  seen('the press with the lower id counts');
});

test('a question closes early when all players have answered, but not within the first five seconds', () => {
  const quiz = asking([ben]);
  const one = after(quiz, answer(ana, 0, start + 1_000));
  expect(one.phase).toMatchObject({ closesAt: start + 20_000 });
  expect(after(one, answer(ben, 0, start + 2_000)).phase).toMatchObject({ closesAt: start + 5_000 });
  expect(after(one, answer(ben, 0, start + 9_000)).phase).toMatchObject({ closesAt: start + 9_000 });
  // Until the question closes, a new player may still join and answer.
  const closing = after(one, answer(ben, 0, start + 2_000));
  expect(play(closing, answer(cem, 0, start + 4_900)).outcome).toMatchObject({ is: 'locked' });
});

test('a question closes without waiting for players who did not answer the last two questions', () => {
  let quiz = asking([ben], 5);
  for (const index of [0, 1]) {
    quiz = after(quiz, answer(ana, index, quiz.at + 1_000));
    expect(quiz.phase).toMatchObject({ closesAt: quiz.at - 1_000 + 20_000 });
    quiz = onTime(onTime(quiz));
    quiz = posted(quiz, quiz.at);
  }
  expect(quiz.players[ben]?.misses).toBe(2);
  const opens = quiz.at;
  const alone = after(quiz, answer(ana, 2, opens + 6_000));
  expect(alone.phase).toMatchObject({ closesAt: opens + 6_000 });
  const both = after(quiz, answer(ben, 2, opens + 1_000));
  const revealed = onTime(both);
  expect(revealed.players[ben]?.misses).toBe(0);
});

test('a round ends after three questions in a row without an answer', () => {
  let quiz = asking([], 9);
  const pass = () => {
    quiz = onTime(onTime(quiz));
    if (quiz.phase.name === 'posting') quiz = posted(quiz, quiz.at);
  };
  pass();
  pass();
  expect(quiz.idle).toBe(2);
  quiz = after(quiz, answer(ana, 2, quiz.at));
  pass();
  expect(quiz.idle).toBe(0);
  pass();
  pass();
  pass();
  expect(quiz.phase).toEqual({ name: 'ended', why: 'idle', shown: false });
  expect(owed(quiz)).toEqual([0, 1, 2]);
});

test('owed() returns a question until the event "settled" says that the points of the question are stored', () => {
  let quiz = asking([ben], 2);
  for (const index of [0, 1]) {
    quiz = after(quiz, answer(ben, index, quiz.at + 1_000));
    quiz = onTime(quiz);
    expect(owed(quiz)).toEqual(index === 0 ? [0] : [0, 1]);
    quiz = onTime(quiz);
    if (index === 0) quiz = posted(quiz, quiz.at);
  }
  expect(quiz.phase).toEqual({ name: 'ended', why: 'finished', shown: false });
  expect(owed(quiz)).toEqual([0, 1]);
  const half = after(quiz, { type: 'settled', questions: 1, at: quiz.at });
  expect(owed(half)).toEqual([1]);
  expect(after(half, { type: 'settled', questions: 1, at: quiz.at })).toBe(half);
  expect(owed(after(half, { type: 'settled', questions: 2, at: quiz.at }))).toEqual([]);
});

test('when a round is stopped, players keep the points for earlier questions, but get no points for the open question', () => {
  const first = after(asking([ben]), answer(ben, 0, start + 1_000));
  const second = posted(onTime(onTime(first)), start + 40_000);
  const stopped = after(second, answer(ben, 1, start + 41_000), {
    type: 'stop',
    user: ana,
    moderator: false,
    at: start + 42_000,
  });
  expect(stopped.phase).toMatchObject({ name: 'ended', why: 'stopped', cutShort: 1 });
  expect(stopped.void).toEqual([1]);
  expect(play(stopped, answer(cem, 1, start + 42_000)).outcome).toEqual({ is: 'closed' });
});

test('a moderator can stop a round, but a member who is not a player cannot', () => {
  const quiz = asking([ben]);
  expect(play(quiz, { type: 'stop', user: cem, moderator: false, at: start })).toEqual({
    quiz,
    outcome: { is: 'not-host', host: ana },
  });
  expect(after(quiz, { type: 'stop', user: cem, moderator: true, at: start }).phase).toMatchObject({ why: 'stopped' });
});

test('if the message of a question is deleted, the question is posted again, and players then have at least eight seconds to answer; if the second message is also deleted, the round ends', () => {
  const quiz = after(asking([ben]), answer(ben, 0, start + 1_000));
  const lost = after(quiz, { type: 'removed', message: 'm0', at: start + 17_000 });
  expect(lost.phase).not.toHaveProperty('message');
  expect(dueAt(lost)).toBe(dueAt(quiz));
  const again = after(lost, { type: 'posted', question: 0, message: 'm0b', at: start + 18_000 });
  expect(again.phase).toMatchObject({ name: 'asking', message: 'm0b', closesAt: start + 26_000 });
  expect(again.answers[0]).toEqual(quiz.answers[0]);
  expect(after(again, { type: 'removed', message: 'm0', at: start + 19_000 })).toBe(again);
  const gone = after(again, { type: 'removed', message: 'm0b', at: start + 20_000 });
  expect([gone.phase, gone.void]).toEqual([{ name: 'ended', why: 'removed', shown: false, cutShort: 0 }, [0]]);
});

test('if more than eight seconds remain when the message of a question is deleted, the question keeps its remaining time', () => {
  const lost = after(asking([ben]), { type: 'removed', message: 'm0', at: start + 4_000 });
  const again = after(lost, { type: 'posted', question: 0, message: 'm0b', at: start + 5_000 });
  expect(again.phase).toMatchObject({ closesAt: start + 5_000 + 16_000 });
});

test('if posting a question fails, the round retries with growing delays and ends after five minutes', () => {
  let quiz = after(opened('group', 3, 20), { type: 'start', user: ana, moderator: false, at: start });
  const tries: number[] = [];
  let at = start;
  while (quiz.phase.name !== 'ended') {
    quiz = after(quiz, { type: 'refused', why: 'failed', at });
    tries.push((at - start) / 1_000);
    if (quiz.phase.name !== 'paused') break;
    expect(quiz.phase.since).toBe(start);
    at = dueAt(quiz) ?? 0;
    expect(after(quiz, { type: 'timeUp', at: at - 1 })).toBe(quiz);
    quiz = onTime(quiz);
  }
  expect(at - start).toBe(5 * 60_000);
  expect(tries).toEqual([0, 20, 40, 80, 160]);
  expect([quiz.phase, quiz.void]).toEqual([{ name: 'ended', why: 'refused', shown: false, cutShort: 0 }, [0]]);
});

test('without permission to post, a round makes only three attempts to post before it ends', () => {
  let quiz = after(opened('group', 3, 20), { type: 'start', user: ana, moderator: false, at: start });
  const tries: number[] = [];
  while (quiz.phase.name === 'posting') {
    const at = quiz.phase.since;
    tries.push((at - start) / 1_000);
    quiz = onTime(after(quiz, { type: 'refused', why: 'forbidden', at }));
  }
  expect(tries).toEqual([0, 20, 80]);
  expect(quiz.phase).toEqual({ name: 'ended', why: 'refused', shown: false, cutShort: 0 });
});

test('a paused round continues as soon as its question is posted', () => {
  const paused = after(after(opened('group', 3, 20), { type: 'start', user: ana, moderator: false, at: start }), {
    type: 'refused',
    why: 'failed',
    at: start,
  });
  const resumed = posted(onTime(paused), start + 21_000);
  expect(resumed.phase).toEqual({
    name: 'asking',
    question: 0,
    message: 'm0',
    opensAt: start + 21_000,
    closesAt: start + 41_000,
  });
});

test('a round pauses if Discord does not confirm the message of a question within 15 seconds', () => {
  const posting = after(opened('group'), { type: 'start', user: ana, moderator: false, at: start });
  expect(dueAt(posting)).toBe(start + 15_000);
  expect(onTime(posting).phase).toMatchObject({ name: 'paused', since: start, retryAt: start + 35_000 });
});

test('the duration of a short outage is added to the time for answers', () => {
  const quiz = after(asking([ben]), answer(ben, 0, start + 4_000));
  const back = after(quiz, { type: 'resumed', at: start + 64_000 });
  expect(back.phase).toMatchObject({ opensAt: start + 60_000, closesAt: start + 80_000 });
});

test('after an outage, players have at least eight seconds to answer', () => {
  const quiz = after(asking([ben]), answer(ben, 0, start + 19_000));
  expect(after(quiz, { type: 'resumed', at: start + 30_000 }).phase).toMatchObject({ closesAt: start + 38_000 });
});

test('an outage of more than ten minutes ends the round, and the open question gives no points', () => {
  const first = after(asking([ben]), answer(ben, 0, start + 1_000));
  const second = after(posted(onTime(onTime(first)), start + 40_000), answer(ben, 1, start + 41_000));
  const tenMinutes = after(second, { type: 'resumed', at: second.at + timing.longestOutage });
  expect(tenMinutes.phase.name).toBe('asking');
  const back = after(second, { type: 'resumed', at: second.at + timing.longestOutage + 1 });
  expect([back.phase, back.void]).toEqual([{ name: 'ended', why: 'away', shown: false, cutShort: 1 }, [1]]);
  expect(owed(back)).toContain(0);
});

test('a solo round without a time limit continues only when its player presses a button', () => {
  let { quiz, outcome } = play(opened('solo', 2), answer(ben, 0, start + 1));
  expect(outcome).toEqual({ is: 'not-yours' });
  ({ quiz, outcome } = play(quiz, answer(ana, 0, start + 86_400_000)));
  expect(outcome).toMatchObject({ is: 'locked' });
  expect([quiz.phase, owed(quiz)]).toEqual([{ name: 'reveal', question: 0 }, [0]]);
  expect(play(quiz, { type: 'next', user: ben, moderator: false, question: 0, at: start }).outcome).toEqual({
    is: 'not-yours',
  });
  quiz = after(quiz, { type: 'next', user: ana, moderator: false, question: 0, at: start });
  expect(quiz.phase).toMatchObject({ name: 'asking', question: 1 });
  // The player presses "Next" a second time on the card of the previous question.
  expect(play(quiz, { type: 'next', user: ana, moderator: false, question: 0, at: start })).toEqual({
    quiz,
    outcome: { is: 'closed' },
  });
  quiz = after(quiz, answer(ana, 1, start, 1), { type: 'next', user: ana, moderator: false, question: 1, at: start });
  expect(quiz.phase).toEqual({ name: 'ended', why: 'finished', shown: true });
  expect(owed(quiz)).toEqual([0, 1]);
});

test('when a player stops a solo round, the answers so far are kept', () => {
  const quiz = after(opened('solo'), answer(ana, 0, start), {
    type: 'next',
    user: ana,
    moderator: false,
    question: 0,
    at: start,
  });
  const over = after(quiz, { type: 'stop', user: ana, moderator: false, at: start });
  expect([over.phase, over.void, owed(over)]).toEqual([{ name: 'ended', why: 'stopped', shown: true }, [], [0]]);
  expect(after(quiz, { type: 'resumed', at: start + 86_400_000 })).toBe(quiz);
});
