/**
 * A Book over Keyv. Keyv's own namespaces, `clear()` and `iterator()` are never used: the SQLite adapter matches keys
 * with LIKE and pages by OFFSET, which loses rows. Ranges are read by key instead, through `page`, which each backend
 * brings.
 */
import type Keyv from 'keyv';
import type { z } from 'zod';
import { type Book, codeOf, StoreError } from './book.ts';
import { turns } from './turns.ts';

/** Pairs with `after < key < before` in order of the key, at most `most` of them; the value as the backend keeps it. */
export type Page = (
  after: string,
  before: string,
  most: number,
) => Promise<readonly { readonly key: string; readonly value: string }[]>;

const pageSize = 500;

export function keyvBook(backend: { keyv: Keyv; page: Page; close: () => Promise<void> }): Book {
  const { keyv, page } = backend;
  const inTurn = turns();
  const book: Book = {
    async get(key, schema) {
      const value = await guarded('reading', key, () => keyv.get<unknown>(key));
      return value === undefined ? undefined : readAs(schema, key, value);
    },
    set: (key, value) => inTurn(key, () => write(key, value)),
    delete: (key) => inTurn(key, () => guarded('writing', key, async () => void (await keyv.delete(key)))),
    async *range(prefix, schema) {
      // U+FFFF sorts behind every key in use, so this is "begins with prefix" as a range that an index can serve.
      const end = `${prefix}\uffff`;
      for (let after = prefix; ;) {
        const rows = await guarded('reading', `${after}…`, () => page(after, end, pageSize));
        for (const { key, value } of rows) {
          const kept = await guarded('reading', key, () => keyv.deserializeData(value));
          if (kept?.value !== undefined) yield [key, readAs(schema, key, kept.value)] as const;
        }
        const last = rows.at(-1);
        if (!last || rows.length < pageSize) return;
        after = last.key;
      }
    },
    change: (key, schema, next) =>
      inTurn(key, async () => {
        const value = next(await book.get(key, schema));
        await write(key, value);
        return value;
      }),
    async close() {
      await inTurn.idle();
      await guarded('writing', 'the end of the file', backend.close);
    },
  };
  const write = (key: string, value: unknown) =>
    guarded('writing', key, async () => {
      if (!(await keyv.set(key, value))) throw new Error('the store refused the value');
    });
  return book;
}

function readAs<T>(schema: z.ZodType<T>, key: string, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new StoreError(
    `"${key}" is stored in a form this version does not know: ${read.error.issues[0]?.message}`,
    'reading',
    {
      cause: read.error,
    },
  );
}

async function guarded<T>(doing: StoreError['doing'], what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`${doing} "${what}" failed: ${reason}`, doing, { cause: error, code: codeOf(error) });
  }
}
