/** Tests the rules of a quiz round with examples: scoring styles, host controls, votes and deleted members. */
import { expect, test } from 'vitest';
import { dueAt, type RoundSetup, owed, type Quiz, type QuizEvent } from '../../src/core/quiz/quiz.ts';
import { orderAnswers } from '../../src/core/quiz/events.ts';
import { resultsOf } from '../../src/core/scores/scoring.ts';
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

const control = (type: 'next' | 'pause' | 'skip' | 'extend', question: number, at: number, user: string = ana) =>
  ({ type, user, moderator: false, question, at }) as const;
const vote = (user: string, at = start): QuizEvent => ({ type: 'stop', user, moderator: false, at });
/** A group round with the given settings. The first question has just opened and stays open for 20 s. */
function played(more: Partial<RoundSetup>, users: readonly string[] = [ben, cem], count = 3): Quiz {
  const joins = users.map((user): QuizEvent => ({ type: 'join', user, name: user, at: start }));
  const begun = after(opened('group', count, 20, more), ...joins, {
    type: 'start',
    user: ana,
    moderator: false,
    at: start,
  });
  return posted(begun, start);
}

test('in style "first" the earliest right press wins, even if the press arrives late', () => {
  const quiz = played({ style: 'first' });
  const right = play(quiz, answer(ben, 0, start + 3_000));
  expect(right.outcome).toEqual({ is: 'first', question: 0, option: 0, elapsed: 3_000 });
  expect(right.quiz.phase).toMatchObject({ closesAt: start + 3_000 });
  expect(dueAt(right.quiz)).toBe(start + 4_000);
  expect(play(right.quiz, answer(cem, 0, start + 3_001)).outcome).toEqual({ is: 'too-late', by: 1 });
  const earlier = play(right.quiz, answer(ana, 0, start + 2_900));
  expect(earlier.outcome).toMatchObject({ is: 'first' });
  expect(resultsOf(onTime(earlier.quiz), 0).map(({ user, points }) => [user, points])).toEqual([
    [ana, 15],
    [ben, 0],
  ]);
});

test('in style "first" players cannot change a wrong answer', () => {
  const wrong = play(played({ style: 'first', changes: true }), answer(ben, 0, start + 1_000, 2));
  expect(wrong.outcome).toMatchObject({ is: 'out', option: 2 });
  expect(wrong.quiz.phase).toMatchObject({ closesAt: start + 20_000 });
  expect(play(wrong.quiz, answer(ben, 0, start + 2_000))).toEqual({
    quiz: wrong.quiz,
    outcome: { is: 'final', question: 0, option: 2 },
  });
});

test('in style "first" a right answer is accepted even before Discord has confirmed the message of the question', () => {
  const begun = after(opened('group', 3, 20, { style: 'first' }), {
    type: 'start',
    user: ana,
    moderator: false,
    at: start,
  });
  const quiz = posted(after(begun, answer(ben, 0, start + 800)), start + 500);
  expect(quiz.phase).toMatchObject({ closesAt: start + 800 });
});

test('in style "speed" a fast right answer earns a bonus of up to half of the normal points', () => {
  const quiz = played({ style: 'speed' }, [ben, cem, '400']);
  const given = after(
    quiz,
    answer(ana, 0, start + 1_400),
    answer(ben, 0, start + 10_000),
    answer(cem, 0, start + 20_000),
    answer('400', 0, start, 1),
  );
  expect(resultsOf(given, 0).map(({ points }) => points)).toEqual([15 + 7, 15 + 4, 15, 0]);
  expect(resultsOf({ ...given, style: 'study' }, 0).map(({ points }) => points)).toEqual([15, 15, 15, 0]);
});

test('in style "speed" an outage of the bot does not count as time that a member took to answer', () => {
  const begun = after(opened('group', 3, 20, { style: 'speed' }), {
    type: 'start',
    user: ana,
    moderator: false,
    at: start,
  });
  const early = posted(after(begun, answer(ana, 0, start + 2_500)), start + 500);
  expect(early.answers[0]?.[ana]).toEqual({ option: 0, at: start + 2_500, took: 2_000 });
  const away = after(played({ style: 'speed' }), { type: 'join', user: '400', name: 'D', at: start + 4_000 });
  const back = after(away, { type: 'resumed', at: start + 64_000 }, answer(ben, 0, start + 65_000));
  expect(back.answers[0]?.[ben]).toMatchObject({ took: 5_000 });
});

test('if answers may be changed, the latest press is the answer, even if an earlier press arrives afterwards', () => {
  const quiz = after(played({ changes: true }), answer(ben, 0, start + 1_000, 1));
  const changed = play(quiz, answer(ben, 0, start + 4_000, 2));
  expect(changed.outcome).toEqual({ is: 'changed', question: 0, option: 2, elapsed: 4_000 });
  expect(changed.quiz.answers[0]?.[ben]).toEqual({ option: 2, at: start + 4_000 });
  expect(play(changed.quiz, answer(ben, 0, start + 3_000, 0))).toEqual({
    quiz: changed.quiz,
    outcome: { is: 'same', question: 0, option: 2 },
  });
  expect(play(changed.quiz, answer(ben, 0, start + 20_001, 0)).outcome).toEqual({ is: 'too-late', by: 1 });
});

test('with pace "host", the next question is posted when the host presses "Next", or after five minutes', () => {
  const quiz = onTime(played({ pace: 'host' }));
  expect(quiz.phase).toMatchObject({ name: 'reveal', until: start + 21_000 + 5 * 60_000 });
  expect(play(quiz, control('next', 0, start + 30_000, ben)).outcome).toEqual({ is: 'not-host', host: ana });
  expect(after(quiz, control('next', 0, start + 30_000)).phase).toMatchObject({ name: 'posting', question: 1 });
  expect(onTime(quiz).phase).toMatchObject({ name: 'posting', question: 1 });
});

test('the host’s button "Extend" adds 15 seconds to the open question', () => {
  const quiz = played({ pace: 'host' });
  const longer = after(quiz, control('extend', 0, start + 19_000));
  expect(longer.phase).toMatchObject({ closesAt: start + 35_000 });
  expect(play(longer, answer(ben, 0, start + 34_000)).outcome).toMatchObject({ is: 'locked' });
  expect(play(quiz, control('extend', 0, start + 20_001))).toEqual({ quiz, outcome: { is: 'closed' } });
});

test('a skipped question gives no points, and does not count as unanswered for any player', () => {
  const quiz = after(played({ pace: 'host' }), answer(ben, 0, start + 1_000), control('skip', 0, start + 2_000));
  expect([quiz.phase.name, quiz.void, quiz.idle, quiz.players[cem]?.misses]).toEqual(['reveal', [0], 0, 0]);
  expect(resultsOf(quiz, 0)).toEqual([]);
});

test('after the host presses "Pause", the round waits before the next question until the host presses "Next"', () => {
  const held = after(played({ pace: 'host' }), control('pause', 0, start + 1_000));
  expect(held.hold).toBe(true);
  expect(after(held, control('pause', 0, start + 2_000)).hold).toBe(false);
  const reveal = onTime(held);
  const paused = onTime(reveal);
  expect(paused.phase).toEqual({ name: 'halted', question: 1, by: 'host', until: paused.at + 30 * 60_000 });
  expect(after(paused, control('next', 1, paused.at + 1)).phase).toMatchObject({ name: 'posting', question: 1 });
  expect(onTime(paused).phase).toMatchObject({ name: 'ended', why: 'halted' });
  expect(after(onTime(played({})), control('pause', 0, start + 22_000)).phase).toMatchObject({ name: 'halted' });
});

test('if the bot stops between two questions, the round waits and posts the next question after the event "resumed"', () => {
  const asked = played({});
  expect(after(asked, { type: 'halt', at: start + 1 })).toBe(asked);
  const halted = after(onTime(asked), { type: 'halt', at: start + 22_000 });
  expect(halted.phase).toEqual({ name: 'halted', question: 1, by: 'restart' });
  expect(dueAt(halted)).toBeUndefined();
  expect(after(halted, { type: 'resumed', at: start + 60_000 }).phase).toMatchObject({ name: 'posting', question: 1 });
  const last = after(onTime(played({}, [ben], 1)), { type: 'halt', at: start + 22_000 });
  expect(last.phase).toMatchObject({ name: 'ended', why: 'finished' });
});

test('if the host is inactive for two questions, a player who answered becomes host', () => {
  let quiz = played({}, [ben, cem], 5);
  for (const index of [0, 1]) {
    quiz = onTime(after(quiz, answer(cem, index, quiz.at + 1_000)));
    expect(quiz.host).toBe(index === 0 ? ana : cem);
    if (index === 0) quiz = posted(onTime(quiz), quiz.at + 8_000);
  }
  expect(quiz.phase).toMatchObject({ name: 'reveal', newHost: true });
  let busy = played({ pace: 'host' }, [ben], 5);
  for (const index of [0, 1, 2]) {
    busy = onTime(after(busy, answer(ben, index, busy.at + 1_000)));
    busy = after(busy, control('next', index, busy.at + 1_000));
    busy = posted(busy, busy.at + 100);
  }
  expect(busy.host).toBe(ana);
});

test('an inactive host stays host if no other player answers', () => {
  let quiz = played({}, [ben]);
  for (let index = 0; index < 2; index++) quiz = posted(onTime(onTime(quiz)), quiz.at + 40_000);
  expect(quiz.host).toBe(ana);
});

test('a round stops if more than half of the active players vote to stop it', () => {
  const quiz = played({}, [ben, cem]);
  const once = play(quiz, vote(ben));
  expect(once.outcome).toEqual({ is: 'voted', votes: 1, needed: 2 });
  expect(play(once.quiz, vote(ben))).toEqual({ quiz: once.quiz, outcome: { is: 'voted', votes: 1, needed: 2 } });
  expect(play(once.quiz, vote('400')).outcome).toEqual({ is: 'not-host', host: ana });
  expect(after(once.quiz, vote(cem)).phase).toMatchObject({ name: 'ended', why: 'stopped' });
});

test('moderators can start and cancel the lobby of another host', () => {
  const lobby = opened('group');
  expect(after(lobby, { type: 'start', user: ben, moderator: true, at: start }).phase.name).toBe('posting');
  expect(after(lobby, { type: 'cancel', user: ben, moderator: true, at: start }).phase).toMatchObject({
    why: 'cancelled',
  });
});

test('the questions of a round can be replaced only while the lobby is open', () => {
  const drawn = { type: 'redrawn', questions: [question(7)], at: start } as const;
  const lobby = after(opened('group'), drawn);
  expect([lobby.questions.map(({ id }) => id), lobby.answers]).toEqual([['q7'], [{}]]);
  const quiz = asking([ben]);
  expect(after(quiz, drawn)).toBe(quiz);
});

test('a round can move to a thread only once, and keeps the id of the parent channel', () => {
  const threaded = { type: 'threaded', channel: 't', at: start } as const;
  const quiz = after(opened('group', 3, 20, { thread: true }), threaded);
  expect([quiz.channel, quiz.parent, quiz.thread]).toEqual(['t', 'c', false]);
  expect(after(quiz, threaded)).toBe(quiz);
});

test('a round ends if its channel is deleted, and players keep the points for earlier questions', () => {
  const first = onTime(after(asking([ben]), answer(ben, 0, start + 1_000)));
  const lost = after(onTime(first), { type: 'lost', at: start + 40_000 });
  expect([lost.phase, owed(lost)]).toEqual([{ name: 'ended', why: 'lost', shown: false, cutShort: 1 }, [0]]);
});

test('if a host’s data is deleted, another player becomes host', () => {
  const quiz = after(played({}), answer(ana, 0, start + 1_000), answer(ben, 0, start + 2_000));
  const without = after(quiz, { type: 'forget', user: ana, at: start + 3_000 });
  expect(JSON.stringify(without)).not.toMatch(/"100"|Ana/);
  expect([without.host, Object.keys(without.answers[0] ?? {})]).toEqual([ben, [ben, 'deleted:1']]);
  expect(resultsOf(onTime(without), 0).map(({ user }) => user)).toEqual([ben]);
  expect(after(quiz, { type: 'forget', user: '900', at: start })).toBe(quiz);
});

test('a solo round ends without points when the data of its player is deleted', () => {
  const quiz = after(opened('solo'), answer(ana, 0, start), { type: 'forget', user: ana, at: start });
  expect(quiz.phase).toEqual({ name: 'ended', why: 'stopped', shown: true });
  expect(owed(quiz).flatMap((index) => resultsOf(quiz, index))).toEqual([]);
});

test('a solo round asks wrongly answered questions again at the end', () => {
  let quiz = opened('solo', 3);
  for (const [index, option] of [3, 1, 3].entries())
    quiz = after(quiz, answer(ana, index, start, option), control('next', index, start));
  expect([quiz.repeats, quiz.questions.map(({ id }) => id)]).toEqual([2, ['q0', 'q1', 'q2', 'q0', 'q2']]);
  expect(quiz.phase).toMatchObject({ name: 'asking', question: 3 });
  for (const index of [3, 4]) quiz = after(quiz, answer(ana, index, start, 3), control('next', index, start));
  expect(quiz.phase).toMatchObject({ name: 'ended', why: 'finished' });
  expect(owed(quiz)).toEqual([0, 1, 2, 3, 4]);
});

test('the time limit in a solo round is multiplied by the time factor of the player', () => {
  const quiz = opened('solo', 3, undefined, { clock: 1.5 });
  expect(quiz.phase).toMatchObject({ opensAt: start + 2_000, closesAt: start + 2_000 + 18_000 });
  expect(onTime(quiz).phase).toEqual({ name: 'reveal', question: 0 });
  const late = play(quiz, answer(ana, 0, start + 20_001));
  expect([late.outcome, late.quiz.phase]).toEqual([
    { is: 'too-late', by: 1 },
    { name: 'reveal', question: 0 },
  ]);
  expect(late.quiz.answers[0]).toEqual({});
  const next = after(late.quiz, control('next', 0, start + 30_000));
  expect(next.phase).toMatchObject({ question: 1, closesAt: start + 50_000 });
});

test('in a round that runs in a single message, the time for answers starts 2 s after the message shows the question', () => {
  const shownIn = 'reply';
  const lobby = opened('group', 3, 10, { shownIn, style: 'speed' });
  const begun = { type: 'start', user: ana, moderator: false, at: start } as const;
  const early = after(lobby, begun, answer(ana, 0, start + 1_000, 0));
  const posted = { type: 'posted', question: 0, message: 'm', at: start + 500 } as const;
  const asking = after(early, posted, answer(ben, 0, start + 4_500, 0));
  expect(asking.phase).toMatchObject({ opensAt: start + 2_500, closesAt: start + 7_500 });
  expect(asking.answers[0]).toMatchObject({ [ana]: { took: 0 }, [ben]: { took: 2_000 } });
  expect(after(lobby, begun, posted).phase).toMatchObject({ closesAt: start + 12_500 });
  const quiet = after(asking, { type: 'quiet', at: start + 9_000 });
  expect([quiet.phase, quiet.void]).toEqual([{ name: 'ended', why: 'quiet', shown: false, cutShort: 0 }, [0]]);
  expect(play(quiet, { type: 'quiet', at: start + 9_001 })).toEqual({ quiz: quiet, outcome: { is: 'closed' } });
});

test('orderAnswers sorts queued answers by the time of the press, and does not move other events', () => {
  const events = [answer(ben, 0, 5), { type: 'told', at: 9 }, answer(ben, 0, 3), answer(cem, 0, 3)] as const;
  const tied = [
    { ...events[2], tie: 2 },
    { ...events[3], tie: 1 },
  ];
  expect(orderAnswers([events[0], events[1], ...tied] as readonly QuizEvent[])).toEqual([
    tied[1],
    events[1],
    tied[0],
    events[0],
  ]);
});
