/** A quiz round as a value: properties over random events, and each rule by example. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Question } from '../../src/core/questions/question.ts';
import {
  answerTime,
  begin,
  dueAt,
  type RoundSetup,
  owed,
  type Quiz,
  type QuizEvent,
  quizSchema,
  step,
  timing,
} from '../../src/core/quiz/quiz.ts';
import { orderAnswers } from '../../src/core/quiz/events.ts';
import { resultsOf } from '../../src/core/scores/scoring.ts';

const start = Date.UTC(2026, 10, 23, 12);
const question = (index: number): Question => ({
  id: `q${index}`,
  kind: 'where',
  about: ['rasht'],
  ask: `Where does line ${index} end?`,
  options: ['Rasht', 'Astara', 'Tehran', 'Baku'],
  right: index % 4,
  explanation: 'The article says so.',
  voice: 'reported',
  label: 'reported in the article',
  paragraphs: [1],
  notes: [],
  difficulty: 2,
});
const questions = (count: number) => Array.from({ length: count }, (_, index) => question(index));
const host = { id: '100', name: 'Ana' };
const [ana, ben, cem] = ['100', '200', '300'] as const;

function opened(mode: 'group' | 'solo', count = 3, seconds?: number, more: Partial<RoundSetup> = {}): Quiz {
  const agreed = { id: 'r', mode, scope: 'g', channel: 'c', host, seconds, questions: questions(count), at: start };
  return begin({ ...agreed, ...more });
}

/** Applies the events in order; `outcome` is that of the last. */
function play(quiz: Quiz, ...events: readonly QuizEvent[]) {
  let outcome: unknown;
  for (const event of events) ({ quiz, outcome } = step(quiz, event));
  return { quiz, outcome };
}
const after = (quiz: Quiz, ...events: readonly QuizEvent[]): Quiz => play(quiz, ...events).quiz;
const answer = (user: string, question: number, at: number, option = 0): QuizEvent => ({
  type: 'answer',
  user,
  name: `<${user}>`,
  question,
  option,
  at,
});
/** Lets the alarm of the round go off when it is due. */
function onTime(quiz: Quiz): Quiz {
  const at = dueAt(quiz);
  if (at === undefined) throw new Error(`nothing is due while ${quiz.phase.name}`);
  return after(quiz, { type: 'timeUp', at });
}
const posted = (quiz: Quiz, at: number): Quiz => {
  if (!('question' in quiz.phase)) throw new Error(`no question while ${quiz.phase.name}`);
  const { question } = quiz.phase;
  return after(quiz, { type: 'posted', question, message: `m${question}`, at });
};
/** A group round of `users` whose first question is open for 20 s. */
function asking(users: readonly string[], count = 3): Quiz {
  const joins = users.map((user): QuizEvent => ({ type: 'join', user, name: user, at: start }));
  return posted(
    after(opened('group', count, 20), ...joins, { type: 'start', user: ana, moderator: false, at: start }),
    start,
  );
}

// ---- Properties

const users = fc.constantFrom(ana, ben, cem, '400');
/** A step of a script: how long it waits, and a function that makes the event from the round at that time. */
type ScriptStep = readonly [wait: number, make: (quiz: Quiz, at: number) => QuizEvent];
const of = <T>(arbitrary: fc.Arbitrary<T>, make: (value: T, quiz: Quiz, at: number) => QuizEvent) =>
  arbitrary.map(
    (value) =>
      (quiz: Quiz, at: number): QuizEvent =>
        make(value, quiz, at),
  );
/** The current question, or one `shift` away. */
const near = (quiz: Quiz, shift: number) => ('question' in quiz.phase ? quiz.phase.question : 0) + shift;
const shift = fc.constantFrom(0, 0, 0, 0, 1, -1);
const anything = fc.oneof(
  {
    weight: 8,
    arbitrary: of(
      fc.record({
        user: users,
        shift,
        option: fc.integer({ min: -1, max: 5 }),
        late: fc.integer({ min: 0, max: 3_000 }),
      }),
      ({ user, shift, option, late }, quiz, at) => answer(user, near(quiz, shift), at - late, option),
    ),
  },
  {
    weight: 6,
    arbitrary: of(fc.integer({ min: -2_000, max: 2_000 }), (by, quiz, at) => ({
      type: 'timeUp',
      at: (dueAt(quiz) ?? at) + by,
    })),
  },
  {
    weight: 4,
    arbitrary: of(shift, (shift, quiz, at) => ({
      type: 'posted',
      question: near(quiz, shift),
      message: `m${near(quiz, shift)}-${at}`,
      at,
    })),
  },
  of(users, (user, _, at) => ({ type: 'join', user, name: user, at })),
  of(users, (user, _, at) => ({ type: 'start', user, moderator: false, at })),
  of(fc.constantFrom(ben, cem), (user, _, at) => ({ type: 'cancel', user, moderator: false, at })),
  of(fc.tuple(users, shift), ([user, shift], quiz, at) => ({
    type: 'next',
    user,
    moderator: false,
    question: near(quiz, shift),
    at,
  })),
  of(
    fc.tuple(fc.constantFrom(ana, ben, ben, ben, cem, cem, cem), fc.integer({ max: 15, min: 0 })),
    ([user, dice], _, at) => ({
      type: 'stop',
      user,
      moderator: dice === 0,
      at,
    }),
  ),
  of(
    fc.record({ type: fc.constantFrom('pause' as const, 'skip' as const, 'extend' as const), user: users, shift }),
    ({ type, user, shift }, quiz, at) => ({ type, user, moderator: false, question: near(quiz, shift), at }),
  ),
  of(fc.constant(0), (_, __, at) => ({ type: 'halt', at })),
  of(fc.constant(0), (_, __, at) => ({ type: 'refused', at })),
  of(fc.constantFrom(0, 1, 1, 2, 3, 5, 20, 29, 30, 31), (minutes, quiz) => ({
    type: 'resumed',
    at: quiz.at + minutes * 20_000,
  })),
  of(fc.boolean(), (known, { phase }, at) => ({
    type: 'removed',
    message: known && 'message' in phase ? (phase.message ?? '') : 'another',
    at,
  })),
  of(fc.integer({ min: -2, max: 3 }), (more, quiz, at) => ({
    type: 'settled',
    questions: Math.min(quiz.settled + more, quiz.settled + owed(quiz).length),
    at,
  })),
  of(fc.constant(0), (_, __, at) => ({ type: 'told', at })),
  of(fc.constant(0), (_, __, at) => ({ type: 'shown', message: 'lobby', at })),
);
const script: fc.Arbitrary<readonly ScriptStep[]> = fc.array(
  fc.tuple(fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 30_000 })), anything),
  { minLength: 15, maxLength: 80, size: 'max' },
);
const round = fc.record({
  mode: fc.constantFrom('group' as const, 'group' as const, 'solo' as const),
  count: fc.integer({ min: 1, max: 4 }),
  style: fc.constantFrom('study' as const, 'speed' as const, 'first' as const),
  pace: fc.constantFrom('auto' as const, 'auto' as const, 'host' as const),
});

/** Plays random scripts and calls `check` after every step. */
function everyStep(
  check: (before: Quiz, event: QuizEvent, after: Quiz, outcome: { readonly is: string }) => void,
  settings: { readonly seed?: number; readonly numRuns?: number } = {},
): void {
  const property = fc.property(round, script, ({ mode, count, style, pace }, steps) => {
    let quiz = opened(mode, count, undefined, { style, pace });
    let at = start;
    for (const [wait, make] of steps) {
      at = Math.max(at + wait, quiz.at);
      const event = make(quiz, at);
      const next = step(quiz, event);
      check(quiz, event, next.quiz, next.outcome);
      quiz = next.quiz;
    }
  });
  fc.assert(property, { numRuns: 300, ...settings });
}
const { stringify } = JSON;

test('the random scripts reach every phase and the common ways to end', () => {
  const seen = new Set<string>();
  everyStep((_, __, { phase }) => seen.add(phase.name === 'ended' ? phase.why : phase.name), {
    seed: 1,
    numRuns: 1_000,
  });
  for (const name of ['lobby', 'posting', 'asking', 'reveal', 'paused', 'halted']) expect(seen).toContain(name);
  for (const why of ['finished', 'stopped', 'idle', 'removed', 'away']) expect(seen).toContain(why);
});

test('a saved round is read back unchanged', () => {
  everyStep((_, __, after) => expect(quizSchema.parse(JSON.parse(stringify(after)))).toEqual(after));
});

test('a round saved with earlier field names is read with the current ones', () => {
  const quiz = opened('group', 3, 10);
  const { scope, shownIn, ...rest } = quiz;
  expect(quizSchema.parse({ ...rest, home: scope, stage: shownIn })).toEqual(quiz);
});

test('a first answer never changes', () => {
  everyStep((before, _, after) => {
    for (const [index, answers] of before.answers.entries()) expect(after.answers[index]).toMatchObject(answers);
  });
});

test('an answer counts if it is the first of its member and was given before the question closed', () => {
  everyStep((before, event, after, outcome) => {
    if (event.type !== 'answer') {
      // A solo round may add its missed questions at the end, so only the first answers are compared.
      return expect(after.answers.slice(0, before.answers.length)).toMatchObject(before.answers);
    }
    const { phase } = before;
    const isOpen = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
    const closesAt = phase.name === 'asking' ? (phase.closesAt ?? Infinity) : Infinity;
    const counts =
      isOpen &&
      phase.question === event.question &&
      [0, 1, 2, 3].includes(event.option) &&
      (before.mode === 'group' || event.user === before.host) &&
      before.answers[event.question]?.[event.user] === undefined &&
      event.at <= closesAt;
    expect(['locked', 'first', 'out'].includes(outcome.is)).toBe(counts);
    const added = after.answers[event.question]?.[event.user];
    if (counts) expect(added).toMatchObject({ option: event.option, at: event.at });
    else expect(after).toBe(before);
  });
});

test('settled questions stay settled, and only questions with final answers are owed', () => {
  everyStep((before, _, after) => {
    expect(after.settled).toBeGreaterThanOrEqual(before.settled);
    const { phase } = after;
    const owes = owed(after);
    expect(owes).toEqual([...owes].toSorted((a, b) => a - b));
    for (const index of owes) {
      expect(index).toBeGreaterThanOrEqual(after.settled);
      expect(index).toBeLessThan(after.questions.length);
      // An open question is not owed, nor is one that was never asked.
      if ('question' in phase)
        expect(index).toBeLessThan(phase.name === 'reveal' ? phase.question + 1 : phase.question);
      if (phase.name === 'lobby') throw new Error('a lobby owes nothing');
    }
    if (phase.name === 'ended')
      for (const [index, answers] of after.answers.entries())
        if (Object.keys(answers).length > 0 && index >= after.settled) expect(owes).toContain(index);
  });
});

test('an ended round changes only by settled, told and shown events', () => {
  everyStep((before, event, after) => {
    if (before.phase.name !== 'ended') return;
    expect(after.phase).toMatchObject({ name: 'ended', why: before.phase.why });
    expect({ ...after, phase: 0, settled: 0, at: 0, lobby: 0 }).toEqual({
      ...before,
      phase: 0,
      settled: 0,
      at: 0,
      lobby: 0,
    });
    if (!['settled', 'told', 'shown'].includes(event.type)) expect(after).toBe(before);
    expect(dueAt(after)).toBeUndefined();
  });
});

test('an early or a repeated alarm changes nothing', () => {
  everyStep((before, event, after) => {
    if (event.type !== 'timeUp') return;
    const due = dueAt(before);
    if (due === undefined || event.at < due) expect(after).toBe(before);
    else expect(step(after, event).quiz).toBe(after);
  });
});

test('events for another question or message, or from a member without the right, change nothing', () => {
  everyStep((before, event, after) => {
    const { phase } = before;
    const question = 'question' in phase ? phase.question : -1;
    const strange =
      (['posted', 'next', 'pause', 'skip', 'extend'].includes(event.type) &&
        'question' in event &&
        event.question !== question) ||
      (event.type === 'removed' && event.message === 'another') ||
      (['start', 'cancel', 'next', 'pause', 'skip', 'extend'].includes(event.type) &&
        'user' in event &&
        event.user !== before.host) ||
      (event.type === 'stop' && !event.moderator && !Object.hasOwn(before.players, event.user));
    if (strange) expect(after).toBe(before);
  });
});

test('questions come in order, and a running group round always has a next alarm', () => {
  everyStep((before, _, after) => {
    const from = 'question' in before.phase ? before.phase.question : before.phase.name === 'lobby' ? 0 : undefined;
    if ('question' in after.phase && from !== undefined) expect([from, from + 1]).toContain(after.phase.question);
    const waits = after.phase.name === 'halted' && after.phase.by === 'restart';
    if (after.mode === 'group' && after.phase.name !== 'ended' && !waits) expect(dueAt(after)).toBeTypeOf('number');
    if (after.mode === 'solo') expect(dueAt(after)).toBeUndefined();
    expect(after.at).toBeGreaterThanOrEqual(before.at);
  });
});

test('after an outage the open question has at least eight seconds left, after ten minutes it is void', () => {
  everyStep((before, event, after) => {
    if (event.type !== 'resumed' || before.mode === 'solo' || before.phase.name === 'ended') return;
    const { phase } = before;
    if (event.at - before.at > timing.longestOutage) {
      expect(after.phase).toEqual({ name: 'ended', why: 'away', shown: false });
      if (phase.name === 'asking') expect(after.void).toContain(phase.question);
      if (phase.name === 'reveal') expect(after.void).toEqual(before.void);
      expect(owed(after)).toEqual(
        expect.arrayContaining(owed(before).filter((index) => Object.keys(before.answers[index] ?? {}).length > 0)),
      );
    } else if (phase.name === 'asking' && phase.closesAt !== undefined) {
      expect(after.phase).toMatchObject({ name: 'asking', closesAt: expect.any(Number) });
      if (after.phase.name !== 'asking') return;
      expect((after.phase.closesAt ?? 0) - event.at).toBe(Math.max(timing.afterRestart, phase.closesAt - before.at));
    }
  });
});

// ---- Rules

test('a lobby starts the round after 15 seconds, or when its host presses Start', () => {
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

test('only the host can cancel a lobby, and a cancelled round owes nothing', () => {
  const lobby = opened('group');
  expect(play(lobby, { type: 'cancel', user: ben, moderator: false, at: start }).outcome).toEqual({
    is: 'not-host',
    host: ana,
  });
  const over = after(lobby, { type: 'cancel', user: ana, moderator: false, at: start });
  expect([over.phase, owed(over)]).toEqual([{ name: 'ended', why: 'cancelled', shown: false }, []]);
});

test('joining a second time changes nothing and is reported as such', () => {
  const join: QuizEvent = { type: 'join', user: ben, name: 'Ben', at: start };
  const once = play(opened('group'), join);
  expect(once.outcome).toEqual({ is: 'joined', already: false });
  expect(play(once.quiz, join)).toEqual({ quiz: once.quiz, outcome: { is: 'joined', already: true } });
});

test('the time for a question grows with its words from 12 to 60 seconds, unless the round sets it', () => {
  const words = (count: number): Quiz => ({
    ...opened('group'),
    questions: [{ ...question(0), ask: 'word '.repeat(count - 4).trim(), options: ['a', 'b', 'c', 'd'] }],
  });
  expect([10, 13, 14, 40, 300].map((count) => answerTime(words(count), 0))).toEqual([
    12_000, 12_000, 12_200, 20_000, 60_000,
  ]);
  expect(answerTime({ ...words(300), seconds: 10 }, 0)).toBe(10_000);
});

test('the first answer is final, and pressing it again is reported differently from pressing another', () => {
  const locked = play(asking([ben]), answer(ben, 0, start + 2_500, 1));
  expect(locked.outcome).toEqual({ is: 'locked', question: 0, option: 1, elapsed: 2_500 });
  expect(play(locked.quiz, answer(ben, 0, start + 3_000, 1)).outcome).toEqual({ is: 'same', question: 0, option: 1 });
  expect(play(locked.quiz, answer(ben, 0, start + 3_000, 2))).toEqual({
    quiz: locked.quiz,
    outcome: { is: 'final', question: 0, option: 1 },
  });
});

test.each([Number.NaN, 0.5, -1, 4, Infinity])('option %d does not exist, so it is no answer', (option) => {
  const quiz = asking([ben]);
  expect(play(quiz, answer(ben, 0, start + 1, option))).toEqual({ quiz, outcome: { is: 'closed' } });
});

test('an answer given in time counts even if it arrives late; one given a millisecond late does not', () => {
  const quiz = asking([ben]);
  expect(dueAt(quiz)).toBe(start + 20_000 + timing.drain);
  expect(after(quiz, { type: 'timeUp', at: start + 20_500 })).toBe(quiz);
  expect(play(quiz, answer(ben, 0, start + 20_000)).outcome).toMatchObject({ is: 'locked' });
  expect(play(quiz, answer(ben, 0, start + 20_001)).outcome).toEqual({ is: 'too-late', by: 1 });
});

test('the question closes when all players have answered, but not in its first five seconds', () => {
  const quiz = asking([ben]);
  const one = after(quiz, answer(ana, 0, start + 1_000));
  expect(one.phase).toMatchObject({ closesAt: start + 20_000 });
  expect(after(one, answer(ben, 0, start + 2_000)).phase).toMatchObject({ closesAt: start + 5_000 });
  expect(after(one, answer(ben, 0, start + 9_000)).phase).toMatchObject({ closesAt: start + 9_000 });
  // Somebody may still join and answer until it closes.
  const closing = after(one, answer(ben, 0, start + 2_000));
  expect(play(closing, answer(cem, 0, start + 4_900)).outcome).toMatchObject({ is: 'locked' });
});

test('the round does not wait for a player who missed two questions in a row, until they answer again', () => {
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

test('three questions in a row without any answer end the round; an answer resets the count', () => {
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

test('a round ends after its last question, and its questions are owed until they are settled', () => {
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

test('when a round is stopped, earlier answers count and the open question is void', () => {
  const first = after(asking([ben]), answer(ben, 0, start + 1_000));
  const second = posted(onTime(onTime(first)), start + 40_000);
  const stopped = after(second, answer(ben, 1, start + 41_000), {
    type: 'stop',
    user: ana,
    moderator: false,
    at: start + 42_000,
  });
  expect(stopped.phase).toMatchObject({ name: 'ended', why: 'stopped' });
  expect(stopped.void).toEqual([1]);
  expect(play(stopped, answer(cem, 1, start + 42_000)).outcome).toEqual({ is: 'closed' });
});

test('a moderator can stop a round of another host, other members cannot', () => {
  const quiz = asking([ben]);
  expect(play(quiz, { type: 'stop', user: cem, moderator: false, at: start })).toEqual({
    quiz,
    outcome: { is: 'not-host', host: ana },
  });
  expect(after(quiz, { type: 'stop', user: cem, moderator: true, at: start }).phase).toMatchObject({ why: 'stopped' });
});

test('a deleted question is posted again with at least eight seconds left; deleted again, it ends the round', () => {
  const quiz = after(asking([ben]), answer(ben, 0, start + 1_000));
  const lost = after(quiz, { type: 'removed', message: 'm0', at: start + 17_000 });
  expect(lost.phase).not.toHaveProperty('message');
  expect(dueAt(lost)).toBe(dueAt(quiz));
  const again = after(lost, { type: 'posted', question: 0, message: 'm0b', at: start + 18_000 });
  expect(again.phase).toMatchObject({ name: 'asking', message: 'm0b', closesAt: start + 26_000 });
  expect(again.answers[0]).toEqual(quiz.answers[0]);
  expect(after(again, { type: 'removed', message: 'm0', at: start + 19_000 })).toBe(again);
  const gone = after(again, { type: 'removed', message: 'm0b', at: start + 20_000 });
  expect([gone.phase, gone.void]).toEqual([{ name: 'ended', why: 'removed', shown: false }, [0]]);
});

test('a question that was deleted early keeps the time it had left', () => {
  const lost = after(asking([ben]), { type: 'removed', message: 'm0', at: start + 4_000 });
  const again = after(lost, { type: 'posted', question: 0, message: 'm0b', at: start + 5_000 });
  expect(again.phase).toMatchObject({ closesAt: start + 5_000 + 16_000 });
});

test('a round that cannot post pauses, tries again every 20 seconds and ends after five minutes', () => {
  let quiz = after(opened('group', 3, 20), { type: 'start', user: ana, moderator: false, at: start });
  let tries = 0;
  let at = start;
  while (quiz.phase.name !== 'ended') {
    quiz = after(quiz, { type: 'refused', at });
    tries += 1;
    if (quiz.phase.name !== 'paused') break;
    expect(quiz.phase.since).toBe(start);
    at = dueAt(quiz) ?? 0;
    expect(at - quiz.at).toBe(20_000);
    expect(after(quiz, { type: 'timeUp', at: at - 1 })).toBe(quiz);
    quiz = onTime(quiz);
  }
  expect(at - start).toBe(5 * 60_000);
  expect(tries).toBe(16);
  expect([quiz.phase, quiz.void]).toEqual([{ name: 'ended', why: 'refused', shown: false }, [0]]);
});

test('the pause ends as soon as the question is posted', () => {
  const paused = after(after(opened('group', 3, 20), { type: 'start', user: ana, moderator: false, at: start }), {
    type: 'refused',
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

test('a post that Discord does not confirm is tried again after 15 seconds', () => {
  const posting = after(opened('group'), { type: 'start', user: ana, moderator: false, at: start });
  expect(dueAt(posting)).toBe(start + 15_000);
  expect(onTime(posting).phase).toMatchObject({ name: 'paused', since: start, retryAt: start + 35_000 });
});

test('a short outage does not count as time used', () => {
  const quiz = after(asking([ben]), answer(ben, 0, start + 4_000));
  const back = after(quiz, { type: 'resumed', at: start + 64_000 });
  expect(back.phase).toMatchObject({ opensAt: start + 60_000, closesAt: start + 80_000 });
});

test('after an outage at the end of a question eight seconds are left', () => {
  const quiz = after(asking([ben]), answer(ben, 0, start + 19_000));
  expect(after(quiz, { type: 'resumed', at: start + 30_000 }).phase).toMatchObject({ closesAt: start + 38_000 });
});

test('after an outage of more than ten minutes the open question is void, and earlier ones are still owed', () => {
  const first = after(asking([ben]), answer(ben, 0, start + 1_000));
  const second = after(posted(onTime(onTime(first)), start + 40_000), answer(ben, 1, start + 41_000));
  const tenMinutes = after(second, { type: 'resumed', at: second.at + timing.longestOutage });
  expect(tenMinutes.phase.name).toBe('asking');
  const back = after(second, { type: 'resumed', at: second.at + timing.longestOutage + 1 });
  expect([back.phase, back.void]).toEqual([{ name: 'ended', why: 'away', shown: false }, [1]]);
  expect(owed(back)).toContain(0);
});

test('a solo round moves on by presses only, never by a clock', () => {
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
  // The same button pressed again on the old card.
  expect(play(quiz, { type: 'next', user: ana, moderator: false, question: 0, at: start })).toEqual({
    quiz,
    outcome: { is: 'closed' },
  });
  quiz = after(quiz, answer(ana, 1, start, 1), { type: 'next', user: ana, moderator: false, question: 1, at: start });
  expect(quiz.phase).toEqual({ name: 'ended', why: 'finished', shown: true });
  expect(owed(quiz)).toEqual([0, 1]);
});

test('a solo round that its player stops keeps all answers', () => {
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

// ---- Styles, host controls and members

const control = (type: 'next' | 'pause' | 'skip' | 'extend', question: number, at: number, user: string = ana) =>
  ({ type, user, moderator: false, question, at }) as const;
const vote = (user: string, at = start): QuizEvent => ({ type: 'stop', user, moderator: false, at });
/** A group round with some settings whose first question is open for 20 s. */
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

test('a race closes at the first right answer; an earlier one that arrives shortly after wins', () => {
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

test('in a race a wrong answer is final even when answers may be changed, and the question stays open', () => {
  const wrong = play(played({ style: 'first', changes: true }), answer(ben, 0, start + 1_000, 2));
  expect(wrong.outcome).toMatchObject({ is: 'out', option: 2 });
  expect(wrong.quiz.phase).toMatchObject({ closesAt: start + 20_000 });
  expect(play(wrong.quiz, answer(ben, 0, start + 2_000))).toEqual({
    quiz: wrong.quiz,
    outcome: { is: 'final', question: 0, option: 2 },
  });
});

test('a race that is answered before its message is confirmed closes at the first right answer, too', () => {
  const begun = after(opened('group', 3, 20, { style: 'first' }), {
    type: 'start',
    user: ana,
    moderator: false,
    at: start,
  });
  const quiz = posted(after(begun, answer(ben, 0, start + 800)), start + 500);
  expect(quiz.phase).toMatchObject({ closesAt: start + 800 });
});

test('in speed style a right answer earns up to half as much more, by its time from the opening', () => {
  const quiz = played({ style: 'speed' }, [ben, cem, '400']);
  const given = after(
    quiz,
    answer(ana, 0, start),
    answer(ben, 0, start + 10_000),
    answer(cem, 0, start + 20_000),
    answer('400', 0, start, 1),
  );
  expect(resultsOf(given, 0).map(({ points }) => points)).toEqual([15 + 8, 15 + 4, 15, 0]);
  expect(resultsOf({ ...given, style: 'study' }, 0).map(({ points }) => points)).toEqual([15, 15, 15, 0]);
});

test('in speed style an answer before the message is confirmed gets its time later, and an outage costs no time', () => {
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

test('where answers may be changed, the one pressed last counts, even if it arrives first', () => {
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

test('at the host’s pace the answer stays until Next, and after five minutes the round goes on by itself', () => {
  const quiz = onTime(played({ pace: 'host' }));
  expect(quiz.phase).toMatchObject({ name: 'reveal', until: start + 21_000 + 5 * 60_000 });
  expect(play(quiz, control('next', 0, start + 30_000, ben)).outcome).toEqual({ is: 'not-host', host: ana });
  expect(after(quiz, control('next', 0, start + 30_000)).phase).toMatchObject({ name: 'posting', question: 1 });
  expect(onTime(quiz).phase).toMatchObject({ name: 'posting', question: 1 });
});

test('Extend adds 15 seconds while the question is open', () => {
  const quiz = played({ pace: 'host' });
  const longer = after(quiz, control('extend', 0, start + 19_000));
  expect(longer.phase).toMatchObject({ closesAt: start + 35_000 });
  expect(play(longer, answer(ben, 0, start + 34_000)).outcome).toMatchObject({ is: 'locked' });
  expect(play(quiz, control('extend', 0, start + 20_001))).toEqual({ quiz, outcome: { is: 'closed' } });
});

test('a skipped question earns nothing and is not counted as missed', () => {
  const quiz = after(played({ pace: 'host' }), answer(ben, 0, start + 1_000), control('skip', 0, start + 2_000));
  expect([quiz.phase.name, quiz.void, quiz.idle, quiz.players[cem]?.misses]).toEqual(['reveal', [0], 0, 0]);
  expect(resultsOf(quiz, 0)).toEqual([]);
});

test('Pause halts the round after the question; Next continues it; after half an hour it ends', () => {
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

test('when the process stops, a round between two questions halts, and it continues after the next start', () => {
  const asked = played({});
  expect(after(asked, { type: 'halt', at: start + 1 })).toBe(asked);
  const halted = after(onTime(asked), { type: 'halt', at: start + 22_000 });
  expect(halted.phase).toEqual({ name: 'halted', question: 1, by: 'restart' });
  expect(dueAt(halted)).toBeUndefined();
  expect(after(halted, { type: 'resumed', at: start + 60_000 }).phase).toMatchObject({ name: 'posting', question: 1 });
  const last = after(onTime(played({}, [ben], 1)), { type: 'halt', at: start + 22_000 });
  expect(last.phase).toMatchObject({ name: 'ended', why: 'finished' });
});

test('a host who misses two questions is replaced by the first player who answered; using a control counts as active', () => {
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

test('the host stays if no other player answers', () => {
  let quiz = played({}, [ben]);
  for (let index = 0; index < 2; index++) quiz = posted(onTime(onTime(quiz)), quiz.at + 40_000);
  expect(quiz.host).toBe(ana);
});

test('more than half of the active players can stop a round; others have no vote', () => {
  const quiz = played({}, [ben, cem]);
  const once = play(quiz, vote(ben));
  expect(once.outcome).toEqual({ is: 'voted', votes: 1, needed: 2 });
  expect(play(once.quiz, vote(ben))).toEqual({ quiz: once.quiz, outcome: { is: 'voted', votes: 1, needed: 2 } });
  expect(play(once.quiz, vote('400')).outcome).toEqual({ is: 'not-host', host: ana });
  expect(after(once.quiz, vote(cem)).phase).toMatchObject({ name: 'ended', why: 'stopped' });
});

test('moderators can start and cancel a lobby, too', () => {
  const lobby = opened('group');
  expect(after(lobby, { type: 'start', user: ben, moderator: true, at: start }).phase.name).toBe('posting');
  expect(after(lobby, { type: 'cancel', user: ben, moderator: true, at: start }).phase).toMatchObject({
    why: 'cancelled',
  });
});

test('a lobby accepts new questions; a round that has begun does not', () => {
  const drawn = { type: 'redrawn', questions: [question(7)], at: start } as const;
  const lobby = after(opened('group'), drawn);
  expect([lobby.questions.map(({ id }) => id), lobby.answers]).toEqual([['q7'], [{}]]);
  const quiz = asking([ben]);
  expect(after(quiz, drawn)).toBe(quiz);
});

test('a thread becomes the channel of the round once, and its parent channel is kept', () => {
  const threaded = { type: 'threaded', channel: 't', at: start } as const;
  const quiz = after(opened('group', 3, 20, { thread: true }), threaded);
  expect([quiz.channel, quiz.parent, quiz.thread]).toEqual(['t', 'c', false]);
  expect(after(quiz, threaded)).toBe(quiz);
});

test('a channel that is gone ends the round, and earlier answers count', () => {
  const first = onTime(after(asking([ben]), answer(ben, 0, start + 1_000)));
  const lost = after(onTime(first), { type: 'lost', at: start + 40_000 });
  expect([lost.phase, owed(lost)]).toEqual([{ name: 'ended', why: 'lost', shown: false }, [0]]);
});

test('a deleted member is replaced by an id without a name: answers stay, nobody gets their results, another player becomes host', () => {
  const quiz = after(played({}), answer(ana, 0, start + 1_000), answer(ben, 0, start + 2_000));
  const without = after(quiz, { type: 'forget', user: ana, at: start + 3_000 });
  expect(stringify(without)).not.toMatch(/"100"|Ana/);
  expect([without.host, Object.keys(without.answers[0] ?? {})]).toEqual([ben, [ben, 'deleted:1']]);
  expect(resultsOf(onTime(without), 0).map(({ user, practice }) => [user, practice])).toEqual([[ben, false]]);
  expect(after(quiz, { type: 'forget', user: '900', at: start })).toBe(quiz);
});

test('a solo round of a deleted member ends and earns nothing', () => {
  const quiz = after(opened('solo'), answer(ana, 0, start), { type: 'forget', user: ana, at: start });
  expect(quiz.phase).toEqual({ name: 'ended', why: 'stopped', shown: true });
  expect(owed(quiz).flatMap((index) => resultsOf(quiz, index))).toEqual([]);
});

test('a solo round repeats its missed questions once at the end', () => {
  let quiz = opened('solo', 3);
  for (const [index, option] of [3, 1, 3].entries())
    quiz = after(quiz, answer(ana, index, start, option), control('next', index, start));
  expect([quiz.repeats, quiz.questions.map(({ id }) => id)]).toEqual([2, ['q0', 'q1', 'q2', 'q0', 'q2']]);
  expect(quiz.phase).toMatchObject({ name: 'asking', question: 3 });
  for (const index of [3, 4]) quiz = after(quiz, answer(ana, index, start, 3), control('next', index, start));
  expect(quiz.phase).toMatchObject({ name: 'ended', why: 'finished' });
  expect(owed(quiz)).toEqual([0, 1, 2, 3, 4]);
});

test('a solo round with a clock uses the player’s factor, starts two seconds after the press, and reveals by itself', () => {
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

test('a round in one message starts its clock two seconds after the edit, and ends when nobody presses a button', () => {
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
  expect([quiet.phase, quiet.void]).toEqual([{ name: 'ended', why: 'quiet', shown: false }, [0]]);
  expect(play(quiet, { type: 'quiet', at: start + 9_001 })).toEqual({ quiz: quiet, outcome: { is: 'closed' } });
});

test('answers that wait together are sorted by time, other events keep their places', () => {
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
