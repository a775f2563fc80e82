/** Finds the row of a user, and the user of a row. */
import { createRowIndex } from './row-index.ts';
import { firstCode, secondCode, userOfCodes } from './user-codes.ts';

export interface UserRows {
  /** The row of a user. Undefined if the user has no row. */
  rowOf(user: string): number | undefined;
  /**
   * Records that `row` is the row of `user`. The row must already contain the codes of this user, and the user must not
   * have a row yet.
   */
  add(user: string, row: number): void;
  remove(row: number): void;
  userOf(row: number): string;
  /** Compares the ids of the users of two rows. */
  compare(a: number, b: number): number;
}

/**
 * `firstIn` and `secondIn` return the two codes of the user id of a row (see `user-codes.ts`). The first code is
 * negative if the id is not a decimal number.
 */
export function createUserRows(firstIn: (row: number) => number, secondIn: (row: number) => number): UserRows {
  /** The rows of users whose ids are not decimal numbers. */
  const others = new Map<string, number>();
  const textOf = new Map<number, string>();
  const hashIn = (row: number) => hash(firstIn(row), secondIn(row));
  const index = createRowIndex(hashIn);
  const userOf = (row: number): string => textOf.get(row) ?? userOfCodes(firstIn(row), secondIn(row));
  return {
    rowOf(user) {
      const first = firstCode(user);
      if (first < 0) return others.get(user);
      const second = secondCode(user);
      return index.find(hash(first, second), (row) => secondIn(row) === second && firstIn(row) === first);
    },
    add(user, row) {
      if (firstCode(user) >= 0) return index.add(hashIn(row), row);
      others.set(user, row);
      textOf.set(row, user);
    },
    remove(row) {
      const text = textOf.get(row);
      if (text === undefined) return index.remove(hashIn(row), row);
      others.delete(text);
      textOf.delete(row);
    },
    userOf,
    compare(a, b) {
      if (firstIn(a) >= 0 && firstIn(b) >= 0) return firstIn(a) - firstIn(b) || secondIn(a) - secondIn(b);
      const [one, other] = [userOf(a), userOf(b)];
      return one < other ? -1 : one > other ? 1 : 0;
    },
  };
}

/** The hash of a user id. Every digit of the id influences all bits of the hash. */
function hash(first: number, second: number): number {
  let mixed = Math.imul((second >>> 0) ^ Math.imul(first >>> 0, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
