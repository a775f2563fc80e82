/** Tests that seeded random numbers are reproducible and evenly distributed. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dice, seedOf } from '../../src/core/dice.ts';

const throws = (seed: number) => Array.from({ length: 5 }, dice(seed).next);

test('the same seed always gives the same numbers', () => {
  expect(throws(7)).toEqual(throws(7));
  expect(throws(7)).not.toEqual(throws(8));
  // The questions of a round are drawn again from its seed, so the numbers for a seed must never change.
  const chance = dice(2026);
  expect([1, 2, 3, 4].map(() => chance.below(1000))).toEqual([455, 308, 661, 618]);
});

test('next() returns a number of at least 0 and less than 1, and below(n) returns an integer from 0 to n − 1', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, n) => {
      const chance = dice(seed);
      const [share, whole] = [chance.next(), chance.below(n)];
      return share >= 0 && share < 1 && Number.isInteger(whole) && whole >= 0 && whole < n;
    }),
  );
});

test('a shuffle keeps every item and does not change the original list', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.array(fc.integer())), (seed, list) => {
      const before = [...list];
      const shuffled = dice(seed).shuffle(list);
      expect(shuffled).toHaveLength(list.length);
      expect(new Set(shuffled)).toEqual(new Set(list));
      expect(list).toEqual(before);
    }),
  );
});

test('in shuffles of three items, every item comes first about equally often', () => {
  const first = Array.from({ length: 6000 }, (_, seed) => dice(seed).shuffle(['a', 'b', 'c'])[0]);
  for (const letter of ['a', 'b', 'c']) {
    const share = first.filter((one) => one === letter).length / first.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.37);
  }
});

test('seedOf returns different seeds for different texts or different initial seeds', () => {
  const seeds = ['a', 'b', 'ab', 'ba', ''].flatMap((text) => [seedOf(text), seedOf(text, 1)]);
  expect(new Set(seeds).size).toBe(seeds.length);
});
