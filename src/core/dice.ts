/**
 * A seeded random number generator. The same seed gives the same numbers on every machine. The code in `src/core` has
 * no other source of randomness, so a round can be reproduced exactly. The numbers are predictable and must not be used
 * for secrets.
 */

export interface Dice {
  /** The next random number, at least 0 and below 1. */
  readonly next: () => number;
  /** A random whole number from 0 to n − 1. */
  readonly below: (n: number) => number;
  /** A new list with the same items in random order. */
  readonly shuffle: <T>(list: readonly T[]) => T[];
}

/**
 * Creates a generator from the lower 32 bits of `seed`. Algorithm: mulberry32 by Tommy Ettinger, public domain, period
 * 2^32.
 */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    shuffle<T>(list: readonly T[]) {
      const pile = [...list];
      return list.map(() => pile.splice(below(pile.length), 1)).flat();
    },
  };
}

/**
 * Computes a new seed from a text and another seed (FNV-1a hash). With the id of a question as the text, every question
 * gets different random numbers.
 */
export function seedOf(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
