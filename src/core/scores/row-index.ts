/**
 * A hash table from user ids to rows of an entry table. The table is stored in typed arrays, which need no work by the
 * garbage collector. A large table consists of many small tables, because enlarging one large table would block the
 * event loop for a long time.
 */

export interface RowIndex {
  /** The row with this hash for which `fits` returns true. */
  find(hash: number, fits: (row: number) => boolean): number | undefined;
  add(hash: number, row: number): void;
  /** Removes a row that was added with this hash. */
  remove(hash: number, row: number): void;
}

/** A slot contains `empty`, `removed`, or the index of a row plus one. */
const empty = 0;
const removed = -1;
/** If the table has more rows than this, it is split into small tables. Splitting takes about a millisecond. */
const maxInOne = 8_192;
/** Number of small tables. It must be a power of two, because a bit mask selects the table. */
const parts = 128;

interface Part {
  slots: Int32Array;
  /** Number of slots that are not empty, including the slots of removed rows. */
  used: number;
}
const newPart = (slots = 8): Part => ({ slots: new Int32Array(slots), used: 0 });

/** @param hashOf returns the hash of a row that has been added */
export function createRowIndex(hashOf: (row: number) => number): RowIndex {
  let all = [newPart()];
  let size = 0;
  // The small table is chosen by high bits of the hash, because the low bits choose the slot.
  const partOf = (hash: number): Part => {
    const part = all[(hash >>> 25) & (all.length - 1)];
    if (!part) throw new RangeError('an index is outside of the list of parts');
    return part;
  };
  function insert(part: Part, hash: number, row: number): void {
    if (2 * (part.used + 1) > part.slots.length) enlarge(part);
    const { slots } = part;
    let at = hash & (slots.length - 1);
    while (slots[at] !== empty) at = (at + 1) & (slots.length - 1);
    slots[at] = row + 1;
    part.used++;
  }
  function enlarge(part: Part): void {
    const rows = part.slots.filter((slot) => slot > 0);
    let length = 8;
    while (length < 4 * (rows.length + 1)) length *= 2;
    part.slots = new Int32Array(length);
    part.used = 0;
    for (const slot of rows) insert(part, hashOf(slot - 1), slot - 1);
  }
  function split(): void {
    const rows = all.flatMap(({ slots }) => [...slots].filter((slot) => slot > 0));
    all = Array.from({ length: parts }, () => newPart(256));
    for (const slot of rows) insert(partOf(hashOf(slot - 1)), hashOf(slot - 1), slot - 1);
  }
  return {
    find(hash, fits) {
      const { slots } = partOf(hash);
      for (let at = hash & (slots.length - 1); ; at = (at + 1) & (slots.length - 1)) {
        const slot = slots[at] ?? empty;
        if (slot === empty) return undefined;
        if (slot !== removed && fits(slot - 1)) return slot - 1;
      }
    },
    add(hash, row) {
      insert(partOf(hash), hash, row);
      if (++size > maxInOne && all.length === 1) split();
    },
    remove(hash, row) {
      const { slots } = partOf(hash);
      let at = hash & (slots.length - 1);
      while (slots[at] !== row + 1) {
        if (slots[at] === empty) throw new RangeError(`row ${row} is not in the table`);
        at = (at + 1) & (slots.length - 1);
      }
      slots[at] = removed;
      size--;
    },
  };
}
