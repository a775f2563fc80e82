/** Tests the ranks on a leaderboard by comparing them with a plain sort of all entries. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRanking } from '../../src/core/scores/load-ranking.ts';
import type { RankingEntry } from '../../src/core/scores/entry-table.ts';
import { createRanking, type Ranking } from '../../src/core/scores/ranking.ts';

const entry = (user: string, value: number, right = 1, answered = 1): RankingEntry => ({
  user,
  name: user,
  value,
  right,
  answered,
});
const ranking = (...entries: readonly RankingEntry[]): Ranking => {
  const made = createRanking();
  for (const one of entries) made.put(one);
  return made;
};
const places = (made: Ranking, from = 0, count = 10) =>
  made.slice(from, count).map(({ name, place }) => `${place} ${name}`);

test('entries with equal values share a rank', () => {
  const made = ranking(entry('dora', 10), entry('cem', 30), entry('ana', 50), entry('ben', 50));
  expect(places(made)).toEqual(['1 ana', '1 ben', '3 cem', '4 dora']);
  expect(places(made, 1, 2)).toEqual(['1 ben', '3 cem']);
  expect(places(made, 3)).toEqual(['4 dora']);
  expect(places(made, 4)).toEqual([]);
});

test('entries with equal values are sorted by accuracy, then by number of answers', () => {
  const made = ranking(entry('ana', 20, 2, 5), entry('ben', 20, 2, 2), entry('cem', 20, 4, 4), entry('dora', 20, 0, 0));
  expect(places(made)).toEqual(['1 cem', '1 ben', '1 ana', '1 dora']);
});

test('a user who is added again is listed only once, with the new value', () => {
  const made = ranking(entry('ana', 10), entry('ben', 20), entry('cem', 30));
  made.put(entry('ana', 40));
  expect(places(made)).toEqual(['1 ana', '2 cem', '3 ben']);
  expect(made.indexOf('ben')).toBe(2);
  made.remove('cem');
  made.remove('nobody');
  expect(places(made)).toEqual(['1 ana', '2 ben']);
  expect(made.indexOf('cem')).toBeUndefined();
  expect(made.size).toBe(2);
  made.remove('ana');
  made.remove('ben');
  expect([made.size, places(made)]).toEqual([0, []]);
  made.put(entry('dora', 1));
  expect(places(made)).toEqual(['1 dora']);
});

test('an empty ranking has no entries', () => {
  expect(places(createRanking())).toEqual([]);
  expect(createRanking().indexOf('ana')).toBeUndefined();
});

/** The expected ranking, computed by sorting all entries. */
function sorted(entries: Iterable<RankingEntry>): readonly (RankingEntry & { place: number })[] {
  const share = ({ right, answered }: RankingEntry) => (answered === 0 ? 0 : right / answered);
  const rows = [...entries].toSorted(
    (a, b) => b.value - a.value || share(b) - share(a) || b.answered - a.answered || (a.user < b.user ? -1 : 1),
  );
  return rows.map((row) => ({ ...row, place: 1 + rows.filter(({ value }) => value > row.value).length }));
}

function expectAs(made: Ranking, wanted: readonly (RankingEntry & { place: number })[]): void {
  expect(made.size).toBe(wanted.length);
  expect(made.slice(0, wanted.length + 1)).toEqual(wanted);
  for (const [index, { user }] of wanted.entries()) expect(made.indexOf(user)).toBe(index);
}

test('after random changes a ranking has the same order as a plain sort of its entries', () => {
  const change = fc.record({
    user: fc.integer({ min: 0, max: 30 }).map(String),
    value: fc.integer({ min: 0, max: 6 }),
    right: fc.integer({ min: 0, max: 3 }),
    wrong: fc.integer({ min: 0, max: 3 }),
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const made = createRanking();
      const plain = new Map<string, RankingEntry>();
      for (const { user, value, right, wrong, gone } of changes) {
        if (gone) {
          made.remove(user);
          plain.delete(user);
        } else {
          const one = entry(user, value, right, right + wrong);
          made.put(one);
          plain.set(user, one);
        }
      }
      expectAs(made, sorted(plain.values()));
    }),
  );
});

test('a ranking of thousands of entries stays sorted while entries are added, changed and removed', () => {
  const made = createRanking();
  const plain = new Map<string, RankingEntry>();
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const check = () => {
    const rows = [...plain.values()].toSorted((a, b) => b.value - a.value || (a.user < b.user ? -1 : 1));
    for (let tries = 0; tries < 60; tries++) {
      const index = random(rows.length);
      expect(made.indexOf(rows[index]?.user ?? '')).toBe(index);
      expect(made.slice(index, 3).map(({ user }) => user)).toEqual(
        rows.slice(index, index + 3).map(({ user }) => user),
      );
      const place = 1 + rows.findIndex(({ value }) => value === rows[index]?.value);
      expect(made.slice(index, 1)[0]?.place).toBe(place);
    }
  };
  for (let step = 0; step < 12_000; step++) {
    const one = entry(String(random(6_000)), random(900));
    made.put(one);
    plain.set(one.user, one);
    if (step % 2_000 === 1_999) check();
  }
  for (const user of plain.keys()) {
    if (plain.size <= 700) break;
    made.remove(user);
    plain.delete(user);
    if (plain.size % 1_000 === 0) check();
  }
  check();
});

const shuffledEntries = (count: number): readonly RankingEntry[] =>
  Array.from({ length: count }, (_, index) => {
    const user = String((index * 7_919) % count);
    return entry(user, (Number(user) * 37) % 1_009, Number(user) % 7, 7);
  });
function loaded(entries: readonly RankingEntry[]): { readonly made: Ranking; readonly steps: number } {
  const load = loadRanking();
  for (const one of entries) load.add(one);
  const finish = load.finish();
  let steps = 1;
  let step = finish.next();
  for (; !step.done; step = finish.next()) steps++;
  return { made: step.value, steps };
}

test.each([0, 1, 255, 1_024, 1_025, 20_000])(
  'a ranking that was loaded with %d entries has the same order as a plain sort',
  (count) => {
    const entries = shuffledEntries(count);
    const { made } = loaded(entries);
    const wanted = [...entries].toSorted(
      (a, b) => b.value - a.value || b.right / b.answered - a.right / a.answered || (a.user < b.user ? -1 : 1),
    );
    expect(made.size).toBe(count);
    expect(made.slice(0, count).map(({ user }) => user)).toEqual(wanted.map(({ user }) => user));
    for (const index of [0, count >> 1, count - 1])
      if (wanted[index]) expect(made.indexOf(wanted[index].user)).toBe(index);
  },
);

test.each([
  ['equal values', () => 5],
  ['values of two kinds', (user: number) => user % 2],
  ['fractions', (user: number) => (user % 97) / 97],
  ['values up to a trillion', (user: number) => (user * 7_919 * 104_729) % 1e12],
  ['negative values', (user: number) => 500 - (user % 1_009)],
])('a ranking that was loaded with %s has the same order as a plain sort', (_, valueOf) => {
  const entries = shuffledEntries(10_000).map((one) => ({ ...one, value: valueOf(Number(one.user)) }));
  const { made } = loaded(entries);
  const wanted = entries.toSorted(
    (a, b) => b.value - a.value || b.right / b.answered - a.right / a.answered || (a.user < b.user ? -1 : 1),
  );
  expect(made.slice(0, 10_000).map(({ user }) => user)).toEqual(wanted.map(({ user }) => user));
});

test('a loaded ranking stays sorted when its entries change', () => {
  const entries = shuffledEntries(10_000);
  const { made } = loaded(entries);
  const now = new Map(entries.map((one) => [one.user, one]));
  for (let user = 0; user < 10_000; user += 9) {
    const changed = entry(String(user), (user * 11) % 2_000, 1, 7);
    if (user % 2 === 0) made.put(changed);
    else made.remove(changed.user);
    if (user % 2 === 0) now.set(changed.user, changed);
    else now.delete(changed.user);
  }
  const values = [...now.values()].map(({ value }) => value).toSorted((a, b) => b - a);
  expect(made.slice(0, 10_000).map(({ value }) => value)).toEqual(values);
});

test('a large ranking is loaded in several steps, so that other work can run between the steps', () => {
  expect(loaded(shuffledEntries(20_000)).steps).toBeGreaterThan(16);
  expect(loaded(shuffledEntries(100)).steps).toBe(1);
});
