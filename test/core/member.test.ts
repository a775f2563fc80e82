/** Tests the stored scores of a member. A result that is added twice counts once, and the stored value stays small. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import { pointsOfWeeks, streakOf, tallyOfWindow, tallyOfRound, weakestOf } from '../../src/core/scores/member-stats.ts';
import { applyResult, isWindowKept } from '../../src/core/scores/apply-result.ts';
import { questionKinds } from '../../src/core/questions/question.ts';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { dayNumber, monthId, weekId } from '../../src/core/scores/time-windows.ts';

const hour = 3_600_000;
const dayMs = 24 * hour;
const monday = Date.UTC(2026, 10, 23, 12);
const today = dayNumber(monday, 'UTC');
/** A right answer. By default, each question of each round has a different id. */
const result = (changes: Partial<AnswerResult> = {}): AnswerResult => ({
  round: 'r',
  question: 0,
  questionId: `${changes.round ?? 'r'}-${changes.question ?? 0}`,
  kind: 'where',
  about: ['rasht'],
  scope: 'g',
  user: '100',
  name: 'Ana',
  right: true,
  points: 15,
  at: monday,
  ...changes,
});
const plus = (member: Member | undefined, one: AnswerResult, topics: readonly string[] = []): Member =>
  applyResult(member, one, { day: dayNumber(one.at, 'UTC'), topics });
function add(...results: readonly AnswerResult[]): Member {
  const member = results.reduce<Member | undefined>((before, one) => plus(before, one), undefined);
  if (!member) throw new Error('nothing to add');
  return member;
}
const all = (member: Member) => tallyOfWindow(member, 'all');
/** A right answer given `day` days after the time `monday`. */
const on = (day: number) => result({ round: `day-${day}`, at: monday + day * dayMs });

test('points per week are stored for the last twelve weeks, and complete scores per week for the last three weeks', () => {
  const week = (index: number) => result({ round: `w${index}`, points: index, at: monday + 7 * index * dayMs });
  const member = add(...Array.from({ length: 20 }, (_, index) => week(index)));
  expect(Object.keys(member.windows).filter((id) => id.includes('W'))).toHaveLength(3);
  expect(Object.keys(member.weeks ?? {})).toHaveLength(12);
  const shown = pointsOfWeeks(member, today + 7 * 20 + 3);
  expect(shown.map(({ points }) => points)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 0]);
  expect(shown.map(({ monday: day }) => day - today)).toEqual(
    Array.from({ length: 12 }, (_, index) => 7 * (index + 9)),
  );

  const late = plus(member, { ...week(18), round: 'late', questionId: 'late', points: 5 });
  expect(
    pointsOfWeeks(late, today + 7 * 19)
      .map(({ points }) => points)
      .slice(-2),
  ).toEqual([23, 19]);
});

test('if a stored member has no field `weeks`, the points per week are read from the field `windows`', () => {
  const week = (index: number) => result({ round: `w${index}`, points: index + 1, at: monday + 7 * index * dayMs });
  const { weeks: _, ...old } = add(week(0), week(1), week(2));
  expect(
    pointsOfWeeks(old, today + 14)
      .map(({ points }) => points)
      .slice(-4),
  ).toEqual([0, 1, 2, 3]);
  const now = plus(plus(old, week(3)), week(4));
  expect(
    pointsOfWeeks(now, today + 28)
      .map(({ points }) => points)
      .slice(-6),
  ).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a result is added to the total, to the current week and to the current month', () => {
  const member = add(
    result(),
    result({ question: 1, right: false, points: 0 }),
    result({ round: 's', at: monday + 8 * dayMs, points: 20 }),
  );
  expect(all(member)).toEqual({ points: 35, right: 2, answered: 3 });
  expect(tallyOfWindow(member, '2026-W48')).toEqual({ points: 15, right: 1, answered: 2 });
  expect(tallyOfWindow(member, '2026-W49')).toEqual({ points: 20, right: 1, answered: 1 });
  expect(tallyOfWindow(member, '2026-11')).toEqual({ points: 15, right: 1, answered: 2 });
  expect(tallyOfWindow(member, '2026-12')).toEqual({ points: 20, right: 1, answered: 1 });
  expect(tallyOfWindow(member, 'constructor')).toBeUndefined();
});

test('results are also added up for each topic, each kind of question and each round', () => {
  const member = [
    [result(), ['trade', 'islands']],
    [result({ question: 1, kind: 'who', right: false, points: 0 }), ['trade']],
    [result({ round: 's' }), []],
  ].reduce<Member | undefined>(
    (before, [one, topics]) => plus(before, one as AnswerResult, topics as string[]),
    undefined,
  );
  if (!member) throw new Error('nobody');
  expect(tallyOfWindow(member, 'all', 'trade')).toEqual({ points: 15, right: 1, answered: 2 });
  expect(tallyOfWindow(member, '2026-W48', 'islands')).toEqual({ points: 15, right: 1, answered: 1 });
  expect(tallyOfWindow(member, 'all', 'syria')).toBeUndefined();
  expect(tallyOfWindow(member, 'all', 'constructor')).toBeUndefined();
  expect(member.kinds).toEqual({ where: [2, 2], who: [0, 1] });
  expect(tallyOfRound(member, 'r')).toEqual({ points: 15, right: 1, answered: 2 });
  expect(tallyOfRound(member, 'other')).toBeUndefined();
});

test('a result that is applied a second time changes nothing', () => {
  const once = add(result(), result({ question: 1 }));
  expect(plus(once, result({ name: 'Anna' }))).toBe(once);
});

test('of several right answers to a question within 30 days, the first earns full points, the second earns half, the third earns a quarter, and the others earn nothing', () => {
  const again = (round: string, days: number) =>
    result({ round, questionId: 'where-rasht', at: monday + days * dayMs });
  const member = add(again('a', 0), again('b', 1), again('c', 1), again('d', 20), again('e', 29));
  expect(member.rounds.map(({ points }) => points)).toEqual([15, 8, 4, 0, 0]);
  expect(member.rounds.map(({ reduced }) => reduced?.[0]?.[1])).toEqual([
    undefined,
    'half',
    'quarter',
    'repeated',
    'repeated',
  ]);
  expect(all(member)).toEqual({ points: 27, right: 5, answered: 5 });
  // Only the latest three answers are stored: the answers on days 1, 20 and 29. On day 49, two of them are less than 30
  // days old, so a third answer earns a quarter. On day 80, all of them are older, so an answer earns full points.
  expect(all(plus(member, again('f', 49)))?.points).toBe(27 + 4);
  expect(all(plus(member, again('f', 80)))?.points).toBe(27 + 15);
});

test('of two right answers to the same question, the answer that is stored second earns half, even if it was given first', () => {
  const again = (round: string, days: number) =>
    result({ round, questionId: 'where-rasht', at: monday + days * dayMs });
  expect(all(add(again('a', 2), again('late', 0)))?.points).toBe(15 + 8);
});

test('if a member first earns points for a year that is close to the right year, a later right answer to the same question earns only half', () => {
  const near = result({ round: 'a', questionId: 'year', right: false, points: 7 });
  expect(all(add(near, result({ round: 'b', questionId: 'year', points: 10 })))?.points).toBe(7 + 5);
});

test('a right answer earns points even if the same question was answered wrongly before', () => {
  const missed = result({ round: 'a', questionId: 'x', right: false, points: 0 });
  const known = result({ round: 'b', questionId: 'x' });
  expect(all(add(missed, known))?.points).toBe(15);
  expect(all(add(known, result({ round: 'c' }), result({ round: 'd' })))?.points).toBe(45);
});

test('scores are stored for the latest three weeks, for the latest two months and in total', () => {
  const results = Array.from({ length: 15 }, (_, index) =>
    result({ round: `r${index}`, at: monday + index * 7 * dayMs }),
  );
  const member = add(...results);
  const weeks = results.slice(-3).map(({ at }) => weekId(dayNumber(at, 'UTC')));
  expect(Object.keys(member.windows).toSorted()).toEqual([...weeks, '2027-02', '2027-03', 'all'].toSorted());
  expect(all(member)).toEqual({ points: 225, right: 15, answered: 15 });
});

test('a repeated result is ignored if its round is among the latest 24 rounds or was played in the last three days', () => {
  const busy = add(...Array.from({ length: 40 }, (_, index) => result({ round: `r${index}` })));
  expect(busy.rounds).toHaveLength(40);
  expect(plus(busy, result({ round: 'r0' }))).toBe(busy);
  const later = add(...Array.from({ length: 40 }, (_, index) => result({ round: `r${index}` })), on(3));
  expect(later.rounds).toHaveLength(24);
  expect(plus(later, result({ round: 'r17' }))).toBe(later);
});

test('a streak is 0 if the member has answered neither today nor yesterday', () => {
  const member = add(on(0), on(1), on(2));
  expect([2, 3, 4].map((day) => streakOf(member, today + day))).toEqual([3, 3, 0]);
  expect(member.days.longest).toBe(3);
  const again = plus(member, on(5));
  expect(streakOf(again, today + 5)).toBe(1);
  expect(again.days.longest).toBe(3);
});

test('several answers on one day add only one day to a streak', () => {
  const member = add(on(0), { ...on(0), round: 'same' }, on(1), on(3), on(4));
  expect(streakOf(member, today + 4)).toBe(2);
  expect(streakOf(plus(member, on(2)), today + 4)).toBe(5);
});

test('a streak does not depend on the order in which the results are stored', () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1 });
  const inAnyOrder = days.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(inAnyOrder, ([list, order]) => {
      const inOrder = add(...list.toSorted((a, b) => a - b).map(on));
      const member = add(...order.map(on));
      expect(streakOf(member, today + 12)).toEqual(streakOf(inOrder, today + 12));
      const last = Math.max(...list);
      let length = 1;
      while (list.includes(last - length)) length++;
      expect(streakOf(member, today + last)).toBe(length);
    }),
  );
});

test('a fact is weak from its first wrong answer until there are two more right answers than wrong answers, counted from this first wrong answer', () => {
  const of = (fact: string, round: string, right: boolean) => result({ round, about: [fact, 'other'], right });
  const member = add(
    of('rasht', 'a', true),
    of('rasht', 'b', false),
    of('baku', 'c', false),
    of('baku', 'd', false),
    of('known', 'e', true),
  );
  expect(weakestOf(member)).toEqual([
    { id: 'baku', right: 0, wrong: 2 },
    { id: 'rasht', right: 0, wrong: 1 },
  ]);
  const better = [of('rasht', 'f', true), of('rasht', 'g', true), of('baku', 'h', true)].reduce<Member>(
    (before, one) => plus(before, one),
    member,
  );
  expect(weakestOf(better).map(({ id }) => id)).toEqual(['baku', 'rasht']);
  expect(weakestOf(plus(better, of('rasht', 'i', true))).map(({ id }) => id)).toEqual(['baku']);
});

test('only the 48 most recently missed facts are stored, even if one of them has a number as its id', () => {
  const miss = (id: string, question: number) => result({ question, right: false, about: [id] });
  // JavaScript lists keys that consist of digits first. If the facts were stored in an object, "1921" would be removed
  // as the oldest fact, although it was missed after the others.
  const member = add(...Array.from({ length: 48 }, (_, index) => miss(`fact-${index}`, index)), miss('1921', 48));
  const kept = weakestOf(plus(member, miss('one-more', 49))).map(({ id }) => id);
  expect(kept).toHaveLength(48);
  expect(kept).toContain('1921');
  expect(kept).not.toContain('fact-1');
  expect(kept).toContain('fact-2');
});

test('missed facts in the old format, an object, can be read and keep their order', () => {
  const member = add(result({ right: false }));
  const old = { ...member, missed: { rasht: [0, 1], astara: [1, 2] } };
  expect(memberSchema.parse(old)).toEqual({
    ...member,
    missed: [
      ['rasht', 0, 1],
      ['astara', 1, 2],
    ],
  });
});

test('a new result removes the mark that the member has left the server', () => {
  const member: Member = { ...add(result()), checked: monday, left: true };
  const back = plus(member, result({ question: 1 }));
  expect(back.left).toBeUndefined();
  expect(back.checked).toBe(monday);
});

test('the totals do not depend on the order of the results, and repeated results change nothing', () => {
  const single = fc
    .record({
      round: fc.constantFrom('a', 'b', 'c', 'd'),
      question: fc.integer({ min: 0, max: 4 }),
      right: fc.boolean(),
      day: fc.integer({ min: 0, max: 13 }),
    })
    .map(({ day, ...one }) =>
      // Each result is about a different question, because the points of repeated answers to a question depend on their
      // order.
      result({
        ...one,
        questionId: `${one.round}${one.question}`,
        points: one.right ? 15 : 0,
        at: monday + day * dayMs,
      }),
    );
  const set = fc.uniqueArray(single, { minLength: 1, selector: ({ round, question }) => `${round} ${question}` });
  const shuffled = set.chain((results) =>
    fc.tuple(
      fc.constant(results),
      fc.shuffledSubarray([...results, ...results, ...results], { minLength: 0 }).map((some) => [...some, ...results]),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([results, repeated]) => {
      const member = add(...repeated);
      const once = add(...results);
      expect(member.windows).toEqual(once.windows);
      expect(member.kinds).toEqual(once.kinds);
      expect(member.days).toEqual(once.days);
      expect(all(once)).toEqual({
        points: results.reduce((sum, { points }) => sum + points, 0),
        right: results.filter(({ right }) => right).length,
        answered: results.length,
      });
      expect(memberSchema.parse(JSON.parse(JSON.stringify(member)))).toEqual(member);
    }),
  );
});

test('a stored member is shorter than 32,000 characters after 3,000 results', () => {
  const questions = Array.from({ length: 300 }, (_, index) => `written-question-with-a-long-name-${index}`);
  let member: Member | undefined;
  for (let step = 0; step < 3_000; step++) {
    const at = monday + Math.floor(step / 40) * dayMs;
    const right = step % 3 > 0;
    member = plus(
      member,
      result({
        round: `round-${Math.floor(step / 10)}`,
        question: step % 10,
        questionId: questions[step % 300] ?? '',
        kind: questionKinds[step % questionKinds.length] ?? 'who',
        about: [`an-entry-of-the-pack-with-a-name-${step % 157}`],
        right,
        points: right ? 15 : 0,
        at,
      }),
      ['diplomacy', 'nuclear', 'islands', 'syria', 'trade', 'corridor', 'arms'],
    );
  }
  expect(JSON.stringify(member).length).toBeLessThan(32_000);
});

test('a stored member of version 1 can still be read', () => {
  const old = {
    v: 1,
    name: 'Ana',
    windows: { all: { points: 30, right: 2, answered: 3 }, '2026-W48': { points: 15, right: 1, answered: 1 } },
    applied: [{ round: 'r', questions: [0, 2] }],
    practised: { week: '2026-W48', questions: ['where-rasht'] },
  };
  const member = memberSchema.parse(old);
  expect(all(member)).toEqual({ points: 30, right: 2, answered: 3 });
  expect(plus(member, result())).toBe(member);
  const again = { questionId: 'where-rasht' };
  expect(all(plus(member, result({ round: 's', ...again })))).toEqual({ points: 38, right: 3, answered: 4 });
  expect(all(plus(member, result({ question: 1 })))).toEqual({ points: 45, right: 3, answered: 4 });
  expect(() => memberSchema.parse({ ...old, v: 3 })).toThrow();
});

test('the old field `practised` lists the questions that earned points in each week; a stored member with this field can be read, and new right answers to these questions earn only part of the points', () => {
  const { rightAnswers: _, dayPoints: __, ...rest } = add(result({ questionId: 'x' }));
  const old = { ...rest, practised: { '2026-W48': ['where-rasht', 'who'], '2026-W47': ['who'], week: ['lost'] } };
  const member = memberSchema.parse(old);
  expect(member.rightAnswers).toEqual([
    ['who', [today - 7, today]],
    ['where-rasht', [today]],
  ]);
  expect(memberSchema.parse(JSON.parse(JSON.stringify(member)))).toEqual(member);
  expect(all(plus(member, result({ round: 's', questionId: 'where-rasht' })))?.points).toBe(15 + 8);
  expect(all(plus(member, result({ round: 's', questionId: 'who' })))?.points).toBe(15 + 4);
  expect(all(plus(member, result({ round: 's', questionId: 'lost' })))?.points).toBe(15 + 15);
});

test.each<readonly [string, unknown]>([
  ['v', 3],
  ['name', 5],
  ['name', undefined],
  ['windows', []],
  ['windows', { all: null }],
  ['windows', { all: { all: [1, 2], topics: {} } }],
  ['windows', { all: { all: [1, 2, '3'], topics: {} } }],
  ['windows', { all: { all: [1, 2, 3] } }],
  ['windows', { all: { all: [1, 2, 3], topics: { trade: [1, 2, null] } } }],
  ['rounds', {}],
  ['rounds', [null]],
  ['rounds', [{ round: 1, questions: [], points: 0, right: 0 }]],
  ['rounds', [{ round: 'r', questions: ['0'], points: 0, right: 0 }]],
  ['rounds', [{ round: 'r', questions: [], points: null, right: 0 }]],
  ['rounds', [{ round: 'r', questions: [], points: 0 }]],
  ['rounds', [{ round: 'r', questions: [], points: 0, right: 0, reduced: [[0, 'third']] }]],
  ['rightAnswers', { 'where-rasht': [20_000] }],
  ['rightAnswers', [['where-rasht', ['20000']]]],
  ['rightAnswers', [['where-rasht']]],
  ['dayPoints', [[20_000]]],
  ['dayPoints', null],
  ['kinds', { where: [1, 2, 3] }],
  ['missed', null],
  ['missed', { rasht: [1, Number.NaN] }],
  ['missed', [['rasht', 1]]],
  ['missed', [['rasht', 1, Number.NaN]]],
  ['days', { runs: [[1]], longest: 1 }],
  ['days', { runs: [[1, 2]] }],
  ['days', 1],
  ['checked', 'yesterday'],
  ['left', false],
])('a stored member is invalid if the field %s has the value %j', (part, wrong) => {
  const value = { ...add(result({ right: false })), checked: 1, left: true as const };
  expect(memberSchema.parse(value)).toEqual(value);
  expect(memberSchema.safeParse({ ...value, [part]: wrong }).success).toBe(false);
});

test.each([
  ['2026-W46', true],
  ['2026-W45', false],
  ['2026-10', true],
  ['2026-09', false],
  ['all', true],
])('on 23 November 2026, isWindowKept(%s) is %s', (window, isKept) => expect(isWindowKept(window, today)).toBe(isKept));

test('in January, the last weeks and the last month of the previous year are still stored', () => {
  const january = dayNumber(Date.UTC(2027, 0, 5), 'UTC');
  const windows = ['2027-W01', '2026-W53', '2026-W52', '2026-W51', '2027-01', '2026-12', '2026-11'];
  expect(windows.filter((window) => isWindowKept(window, january))).toEqual([
    '2027-W01',
    '2026-W53',
    '2026-W52',
    '2027-01',
    '2026-12',
  ]);
});

test('the results of a week or month are stored as long as isWindowKept returns true for that week or month', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(120), { minLength: 1, maxLength: 30 }), (ages) => {
      let member: Member | undefined;
      for (const [index, age] of ages.entries())
        member = applyResult(member, result({ round: `r${index}` }), { day: today - age, topics: [] });
      const answered = (id: string) => ages.filter((age) => [weekId(today - age), monthId(today - age)].includes(id));
      for (const age of ages)
        for (const id of [weekId(today - age), monthId(today - age)])
          if (member && isWindowKept(id, today)) expect(tallyOfWindow(member, id)?.answered).toBe(answered(id).length);
    }),
  );
});
