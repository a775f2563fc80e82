/** A book in memory, over Keyv's own Map store, with switches for what a disk can do to a bot. */
import { Keyv } from 'keyv';
import { type Book, StoreError } from '../../src/store/book.ts';
import { keyvBook } from '../../src/store/keyv-book.ts';

export interface MemoryBook extends Book {
  /** While set, every write (or read) fails with this code, as SQLite would say it. */
  fail: { readonly doing: StoreError['doing']; readonly code: string } | undefined;
}

export function memoryBook(): MemoryBook {
  const map = new Map<string, string>();
  const keyv = new Keyv({ store: map, throwOnErrors: true, useKeyPrefix: false });
  const inner = keyvBook({
    keyv,
    page: async (after, before, most) =>
      [...map]
        .filter(([key]) => key > after && key < before)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, most)
        .map(([key, value]) => ({ key, value })),
    close: async () => undefined,
  });
  const check = (doing: StoreError['doing']) => {
    if (book.fail?.doing === doing)
      throw new StoreError(`pretended: ${book.fail.code}`, doing, { code: book.fail.code });
  };
  const book: MemoryBook = {
    fail: undefined,
    async get(key, schema) {
      check('reading');
      return inner.get(key, schema);
    },
    async set(key, value) {
      check('writing');
      return inner.set(key, value);
    },
    async delete(key) {
      check('writing');
      return inner.delete(key);
    },
    async *range(prefix, schema) {
      check('reading');
      yield* inner.range(prefix, schema);
    },
    async change(key, schema, next) {
      check('writing');
      return inner.change(key, schema, next);
    },
    close: () => inner.close(),
  };
  return book;
}
