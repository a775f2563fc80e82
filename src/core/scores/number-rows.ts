/**
 * Rows of numbers in typed arrays. The rows are divided into blocks, and each block is a typed array of its own. When
 * the table grows, a new block is added, so a large table is never copied.
 */

export interface NumberRows {
  /** Number of rows in use. */
  readonly size: number;
  /** Returns the index of an unused row. If the row was freed earlier, it still contains its old numbers. */
  newRow(): number;
  /** Frees a row. A later call of `newRow` may return its index again. */
  free(row: number): void;
  at(row: number, column: number): number;
  /** The block that contains a row. The row begins in this block at `offsetOf(row)`. */
  blockOf(row: number): Float64Array;
  offsetOf(row: number): number;
}

const blockBits = 12;
/** Number of rows in a full block. The first block starts with fewer rows and grows, because most tables are small. */
const blockRows = 1 << blockBits;
const minRows = 16;

/** @param width the number of columns */
export function createNumberRows(width: number): NumberRows {
  const blocks: Float64Array[] = [];
  const unused: number[] = [];
  let rows = 0;

  const offsetOf = (row: number): number => (row & (blockRows - 1)) * width;
  function blockOf(row: number): Float64Array {
    const block = blocks[row >>> blockBits];
    if (!block) throw new RangeError(`there is no row ${row}`);
    return block;
  }
  return {
    get size() {
      return rows - unused.length;
    },
    newRow() {
      const reused = unused.pop();
      if (reused !== undefined) return reused;
      const row = rows++;
      const block = row >>> blockBits;
      const old = blocks[block];
      if (!old || old.length <= offsetOf(row)) {
        const fewest = block > 0 ? blockRows : minRows;
        const larger = new Float64Array(Math.max(fewest * width, old ? 2 * old.length : 0));
        if (old) larger.set(old);
        blocks[block] = larger;
      }
      return row;
    },
    free: (row) => void unused.push(row),
    at: (row, column) => blockOf(row)[offsetOf(row) + column] ?? 0,
    blockOf,
    offsetOf,
  };
}
