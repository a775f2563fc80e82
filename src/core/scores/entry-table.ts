/**
 * The entries of a leaderboard in typed arrays, one row for each user. With a million objects instead, each garbage
 * collection would block the event loop for tens of milliseconds.
 */
import { createPackedTexts } from './packed-texts.ts';
import { createRowIndex } from './row-index.ts';
import { firstCode, secondCode, userOfCodes } from './user-codes.ts';

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
  /** Replaces the entry in the row of its user. */
  set(row: number, entry: RankingEntry): void;
  /** Removes a row. The number of the row may be used again for another user. */
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

/** The numbers of a row: value, right answers, all answers, and the two codes of the user id (see `user-codes.ts`). */
const width = 5;
const blockBits = 12;
/**
 * Number of rows in a full block. The first block starts with fewer rows and grows, because most leaderboards are
 * small.
 */
const blockRows = 1 << blockBits;
const fewestRows = 16;

export function createEntryTable(): EntryTable {
  const blocks: Float64Array[] = [];
  const names = createPackedTexts();
  /** The rows of users whose ids are not decimal numbers. */
  const others = new Map<string, number>();
  const textOf = new Map<number, string>();
  const free: number[] = [];
  let rows = 0;

  const blockOf = (row: number): Float64Array => {
    const block = blocks[row >>> blockBits];
    if (!block) throw new RangeError(`there is no row ${row}`);
    return block;
  };
  const offsetOf = (row: number): number => (row & (blockRows - 1)) * width;
  const at = (row: number, column: number): number => blockOf(row)[offsetOf(row) + column] ?? 0;
  const userOf = (row: number): string => textOf.get(row) ?? userOfCodes(at(row, 3), at(row, 4));
  const index = createRowIndex((row) => hash(at(row, 3), at(row, 4)));

  /** Returns an unused row. */
  function newRow(): number {
    const reused = free.pop();
    if (reused !== undefined) return reused;
    const row = rows++;
    const block = row >>> blockBits;
    const old = blocks[block];
    if (!old || old.length <= offsetOf(row)) {
      const larger = new Float64Array(
        Math.max(fewestRows * width, old ? 2 * old.length : 0, block > 0 ? blockRows * width : 0),
      );
      if (old) larger.set(old);
      blocks[block] = larger;
    }
    return row;
  }
  function write(row: number, { user, name, value, right, answered }: RankingEntry, first: number): void {
    const block = blockOf(row);
    const from = offsetOf(row);
    block[from] = value;
    block[from + 1] = right;
    block[from + 2] = answered;
    block[from + 3] = first;
    block[from + 4] = first < 0 ? 0 : secondCode(user);
    names.set(row, name);
  }
  function compareUsers(a: number, b: number): number {
    if (at(a, 3) >= 0 && at(b, 3) >= 0) return at(a, 3) - at(b, 3) || at(a, 4) - at(b, 4);
    return userOf(a) < userOf(b) ? -1 : userOf(a) > userOf(b) ? 1 : 0;
  }
  return {
    get size() {
      return rows - free.length;
    },
    rowOf(user) {
      const first = firstCode(user);
      if (first < 0) return others.get(user);
      const second = secondCode(user);
      return index.find(hash(first, second), (row) => at(row, 4) === second && at(row, 3) === first);
    },
    add(entry) {
      const row = newRow();
      const first = firstCode(entry.user);
      write(row, entry, first);
      if (first >= 0) index.add(hash(first, at(row, 4)), row);
      else {
        others.set(entry.user, row);
        textOf.set(row, entry.user);
      }
      return row;
    },
    set: (row, entry) => write(row, entry, at(row, 3)),
    remove(row) {
      const text = textOf.get(row);
      if (text === undefined) index.remove(hash(at(row, 3), at(row, 4)), row);
      else {
        others.delete(text);
        textOf.delete(row);
      }
      names.set(row, '');
      free.push(row);
    },
    entry: (row) => ({
      user: userOf(row),
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
        compareUsers(a, b)
      );
    },
    isSame: (row, { value, right, answered, name }) =>
      at(row, 0) === value && at(row, 1) === right && at(row, 2) === answered && names.get(row) === name,
  };
}

const share = (right: number, answered: number): number => (answered === 0 ? 0 : right / answered);

/** The hash of a user id. Every digit of the id influences all bits of the hash. */
function hash(first: number, second: number): number {
  let mixed = Math.imul((second >>> 0) ^ Math.imul(first >>> 0, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
