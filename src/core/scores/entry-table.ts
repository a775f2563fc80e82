/**
 * The entries of a leaderboard in typed arrays, one row for each user. Typed arrays are used because a million objects
 * would make each garbage collection block the event loop for tens of milliseconds.
 */
import { createNumberRows } from './number-rows.ts';
import { createPackedTexts } from './packed-texts.ts';
import { firstCode, secondCode } from './user-codes.ts';
import { createUserRows } from './user-rows.ts';

export interface RankingEntry {
  readonly user: string;
  readonly name: string;
  /**
   * The value by which the board is sorted: the points, the fraction of right answers, or the length of a streak in
   * days.
   */
  readonly value: number;
  readonly right: number;
  readonly answered: number;
}

export interface EntryTable {
  /** Number of users. */
  readonly size: number;
  /** The row of a user. Undefined if the user has no row. */
  rowOf(user: string): number | undefined;
  /** Adds an entry and returns its row. The user must not have a row yet. */
  add(entry: RankingEntry): number;
  /** Replaces the entry in a row. The new entry must belong to the same user as the old entry. */
  set(row: number, entry: RankingEntry): void;
  /** Removes a row. Its index may be used again for another user. */
  remove(row: number): void;
  entry(row: number): RankingEntry;
  value(row: number): number;
  /** Whether the row already contains exactly this entry. `entry` must be an entry of the row's user. */
  isSame(row: number, entry: RankingEntry): boolean;
  /**
   * Compares two rows by value, then by fraction of right answers, then by number of answers. Higher numbers come
   * first. If all three numbers are equal, the user ids are compared, so two different rows are never equal.
   */
  compare(a: number, b: number): number;
}

/** The columns of a row: value, right answers, all answers, and the two codes of the user id (see `user-codes.ts`). */
const width = 5;

export function createEntryTable(): EntryTable {
  const numbers = createNumberRows(width);
  const { at, blockOf, offsetOf } = numbers;
  const names = createPackedTexts();
  const users = createUserRows(
    (row) => at(row, 3),
    (row) => at(row, 4),
  );

  function write(row: number, { user, name, value, right, answered }: RankingEntry): void {
    const block = blockOf(row);
    const from = offsetOf(row);
    const first = firstCode(user);
    block[from] = value;
    block[from + 1] = right;
    block[from + 2] = answered;
    block[from + 3] = first;
    block[from + 4] = first < 0 ? 0 : secondCode(user);
    names.set(row, name);
  }
  return {
    get size() {
      return numbers.size;
    },
    rowOf: users.rowOf,
    add(entry) {
      const row = numbers.newRow();
      write(row, entry);
      users.add(entry.user, row);
      return row;
    },
    set: write,
    remove(row) {
      users.remove(row);
      names.set(row, '');
      numbers.free(row);
    },
    entry: (row) => ({
      user: users.userOf(row),
      name: names.get(row),
      value: at(row, 0),
      right: at(row, 1),
      answered: at(row, 2),
    }),
    value: (row) => at(row, 0),
    compare(a, b) {
      const left = blockOf(a);
      const right = blockOf(b);
      const i = offsetOf(a);
      const j = offsetOf(b);
      const answered = (right[j + 2] ?? 0) - (left[i + 2] ?? 0);
      return (
        (right[j] ?? 0) - (left[i] ?? 0) ||
        share(right[j + 1] ?? 0, right[j + 2] ?? 0) - share(left[i + 1] ?? 0, left[i + 2] ?? 0) ||
        answered ||
        users.compare(a, b)
      );
    },
    isSame: (row, { value, right, answered, name }) =>
      at(row, 0) === value && at(row, 1) === right && at(row, 2) === answered && names.get(row) === name,
  };
}

const share = (right: number, answered: number): number => (answered === 0 ? 0 : right / answered);
