/** Uses random sequences of events to test rules that must hold in every quiz round. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAt, owed, type Quiz, type QuizEvent, quizSchema, step } from '../../src/core/quiz/quiz.ts';
import { cutShortQuestion, openQuestion } from '../../src/core/quiz/round.ts';
import { timing } from '../../src/core/quiz/timing.ts';
import { start, opened, answer, ana, ben, cem } from './quiz-fixtures.ts';

const users = fc.constantFrom(ana, ben, cem, '400');
/**
 * A step of a random script: a number of milliseconds to wait, and a function that creates the next event for the
 * round.
 */
type ScriptStep = readonly [wait: number, make: (quiz: Quiz, at: number) => QuizEvent];
const of = <T>(arbitrary: fc.Arbitrary<T>, make: (value: T, quiz: Quiz, at: number) => QuizEvent) =>
  arbitrary.map(
    (value) =>
      (quiz: Quiz, at: number): QuizEvent =>
        make(value, quiz, at),
  );
/** The index of the current question plus `shift`. */
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
  of(fc.constant(0), (_, __, at) => ({ type: 'refused', why: 'failed', at })),
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

test('the random scripts reach every phase of a round and most reasons for its end', () => {
  const seen = new Set<string>();
  everyStep((_, __, { phase }) => seen.add(phase.name === 'ended' ? phase.why : phase.name), {
    seed: 1,
    numRuns: 1_000,
  });
  for (const name of ['lobby', 'posting', 'asking', 'reveal', 'paused', 'halted']) expect(seen).toContain(name);
  for (const why of ['finished', 'stopped', 'idle', 'removed', 'away']) expect(seen).toContain(why);
});

test('a round is unchanged after it is saved as JSON and read again', () => {
  everyStep((_, __, after) => expect(quizSchema.parse(JSON.parse(stringify(after)))).toEqual(after));
});

test('a saved round with old field names can still be read', () => {
  const quiz = opened('group', 3, 10);
  const { scope, shownIn, ...rest } = quiz;
  expect(quizSchema.parse({ ...rest, home: scope, stage: shownIn })).toEqual(quiz);
});

test('an answer is replaced only if another press of the same member arrives later but was made earlier', () => {
  everyStep((before, _, after) => {
    for (const [index, answers] of before.answers.entries())
      for (const [user, answer] of Object.entries(answers)) {
        const now = after.answers[index]?.[user];
        if (now?.at === answer.at) expect(now).toMatchObject(answer);
        else expect(now?.at).toBeLessThan(answer.at);
      }
  });
});

test('an answer is accepted only if the member pressed in time and did not press another option before', () => {
  everyStep((before, event, after, outcome) => {
    if (event.type !== 'answer') {
      // A solo round may repeat missed questions at its end, so `answers` may have become longer. Only the answers to
      // the earlier questions are compared.
      return expect(after.answers.slice(0, before.answers.length)).toMatchObject(before.answers);
    }
    const { phase } = before;
    const given = before.answers[event.question]?.[event.user];
    const isOpen = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
    const closesAt = phase.name === 'asking' ? (phase.closesAt ?? Infinity) : Infinity;
    const counts =
      isOpen &&
      phase.question === event.question &&
      [0, 1, 2, 3].includes(event.option) &&
      (before.mode === 'group' || event.user === before.host) &&
      (given === undefined || (event.at < given.at && event.option !== given.option)) &&
      event.at <= closesAt;
    expect(['locked', 'first', 'out'].includes(outcome.is)).toBe(counts);
    const added = after.answers[event.question]?.[event.user];
    if (counts) expect(added).toMatchObject({ option: event.option, at: event.at });
    else expect(after).toBe(before);
  });
});

test('owed() returns only closed questions whose points have not been stored yet', () => {
  everyStep((before, _, after) => {
    expect(after.settled).toBeGreaterThanOrEqual(before.settled);
    const { phase } = after;
    const owes = owed(after);
    expect(owes).toEqual([...owes].toSorted((a, b) => a - b));
    for (const index of owes) {
      expect(index).toBeGreaterThanOrEqual(after.settled);
      expect(index).toBeLessThan(after.questions.length);
      // `owed` returns neither the open question nor questions that were never asked.
      if ('question' in phase)
        expect(index).toBeLessThan(phase.name === 'reveal' ? phase.question + 1 : phase.question);
      if (phase.name === 'lobby') throw new Error('a lobby owes nothing');
    }
    if (phase.name === 'ended')
      for (const [index, answers] of after.answers.entries())
        if (Object.keys(answers).length > 0 && index >= after.settled) expect(owes).toContain(index);
  });
});

test('a round that has ended is changed only by the events "settled", "told" and "shown"', () => {
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

test('an alarm that fires too early or twice has no effect', () => {
  everyStep((before, event, after) => {
    if (event.type !== 'timeUp') return;
    const due = dueAt(before);
    if (due === undefined || event.at < due) expect(after).toBe(before);
    else expect(step(after, event).quiz).toBe(after);
  });
});

test('events for a question other than the current one, and control events of members other than the host, have no effect', () => {
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

test('questions are asked in order, and every running group round has an alarm', () => {
  everyStep((before, _, after) => {
    const from = 'question' in before.phase ? before.phase.question : before.phase.name === 'lobby' ? 0 : undefined;
    if ('question' in after.phase && from !== undefined) expect([from, from + 1]).toContain(after.phase.question);
    const waits = after.phase.name === 'halted' && after.phase.by === 'restart';
    if (after.mode === 'group' && after.phase.name !== 'ended' && !waits) expect(dueAt(after)).toBeTypeOf('number');
    if (after.mode === 'solo' && after.phase.name !== 'ended') {
      const answers = after.answers.flatMap((all) => Object.values(all));
      expect(dueAt(after)).toBe(Math.min(after.at, ...answers.map(({ at }) => at)) + 86_400_000);
    }
    expect(after.at).toBeGreaterThanOrEqual(before.at);
  });
});

test('after a short outage, the open question stays open for at least eight seconds, and a long outage ends the round', () => {
  everyStep((before, event, after) => {
    if (event.type !== 'resumed' || before.mode === 'solo' || before.phase.name === 'ended') return;
    const { phase } = before;
    if (event.at - before.at > timing.longestOutage) {
      expect(after.phase).toMatchObject({ name: 'ended', why: 'away', shown: false });
      expect(cutShortQuestion(after)).toBe(openQuestion(phase));
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
