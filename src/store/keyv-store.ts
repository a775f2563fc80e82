/**
 * Implements Store with Keyv. Keyv's namespaces, `clear()` and `iterator()` are not used. The SQLite adapter implements
 * them with LIKE and OFFSET, which can skip rows. Ranges of keys are read with `page` instead.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { Backend, PartsPage } from './backend.ts';
import { createChange, LostRace } from './compare-and-write.ts';
import { keyQueue } from './key-queue.ts';
import { codeOf, type Repeat, type Store, StoreError, type Summary } from './store.ts';
import { guarded, readAs, valueOf } from './stored-values.ts';
import { fieldsOf } from './summary.ts';

const pageSize = 500;
/**
 * The page size of summaries. Summaries are short, so a page of 1,000 summaries blocks the event loop only for a few
 * ms.
 */
const summariesPageSize = 1_000;
/** Maximum number of rows that are yielded as a group. Between two groups, the caller can let other events run. */
const rowsPerYield = 100;
/**
 * A character that sorts after all characters in keys. All keys with a prefix are between `prefix` and `prefix +
 * highestCharacter`.
 */
const highestCharacter = '\uffff';

/** Runs an operation once. This is sufficient for a store that is used by only one process and needs no network. */
const once: Repeat = (_, run) => run();

/**
 * @param repeat repeats an operation after a race with another writer, and after an error that the backend calls
 * temporary
 */
export function keyvStore(backend: Backend, repeat: Repeat = once): Store {
  const { keyv } = backend;
  const queue = keyQueue();
  const isTemporary = (error: unknown) => error instanceof LostRace || backend.isTemporary(codeOf(error));
  const withRetries = <T>(doing: StoreError['doing'], what: string, run: () => Promise<T>): Promise<T> =>
    repeat(`${doing} "${what}" failed`, () => guarded(doing, what, run), isTemporary);
  const reading: Reading = { backend, withRetries };
  const store: Store = {
    async get(key, schema) {
      const value = await withRetries('reading', key, () => keyv.get<unknown>(key));
      return value === undefined ? undefined : readAs(schema, key, value);
    },
    async *parts(prefix, paths, schema) {
      const read = (after: string) => backend.parts(after, prefix + highestCharacter, pageSize, paths);
      for await (const pairs of pagesOf<readonly [string, unknown]>(reading, prefix, pageSize, read))
        yield pairs.map(([key, parts]) => [key, readAs(schema, key, parts)] as const);
    },
    async *summaries(prefix, fields, schema, paths, partsSchema) {
      const read = (after: string) =>
        backend.summaries(after, prefix + highestCharacter, summariesPageSize, fields, paths);
      for await (const rows of pagesOf<readonly [string, Summary | null, unknown]>(
        reading,
        prefix,
        summariesPageSize,
        read,
      ))
        yield rows.map(([key, summary, parts]) =>
          summary
            ? ([key, readAs(schema, key, fieldsOf(summary, fields)), undefined] as const)
            : ([key, undefined, readAs(partsSchema, key, parts)] as const),
        );
    },
    keys: (prefix, ending) =>
      withRetries('reading', `${prefix}…${ending}`, () => backend.keys(prefix, prefix + highestCharacter, ending)),
    nextKey: (prefix, after) =>
      withRetries(
        'reading',
        `${after}…`,
        async () => (await backend.page(after, prefix + highestCharacter, 1))[0]?.key,
      ),
    keysContaining: (prefix, text) =>
      withRetries('reading', `${prefix}…`, () => backend.keysContaining(prefix, prefix + highestCharacter, text)),
    set: (key, value) =>
      queue(key, () =>
        withRetries('writing', key, async () => {
          if (!(await keyv.set(key, value))) throw new Error('the store refused the value');
        }),
      ),
    delete: (key) => queue(key, () => withRetries('writing', key, async () => void (await keyv.delete(key)))),
    range: (prefix, schema, onUnreadable) => rangeOf(reading, prefix, schema, onUnreadable),
    async change(key, schema, next, summary) {
      const [value] = await store.changeMany([key], schema, next, summary);
      return value as ReturnType<typeof next>;
    },
    changeMany: (keys, schema, next, summary) =>
      queue(keys, () => {
        const change = createChange(backend, keys, schema, next, summary);
        const what = keys.length === 1 ? `${keys[0]}` : `${keys[0]} and ${keys.length - 1} more`;
        return repeat(`writing "${what}" failed`, () => change(what), isTemporary);
      }),
    setAside: (key) => queue(key, () => withRetries('writing', key, () => setAside(backend, key))),
    purge: () => withRetries('writing', 'the space of deleted values', backend.purge),
    async close() {
      await queue.idle();
      await guarded('writing', 'the end of the file', backend.close);
    },
  };
  return store;
}

interface Reading {
  readonly backend: Backend;
  /** Runs an operation and repeats it after temporary errors. In messages, `what` says which keys are read. */
  withRetries<T>(doing: 'reading', what: string, run: () => Promise<T>): Promise<T>;
}

/** Reads pages and yields their rows in small groups. Reads the next page while the caller uses the current one. */
async function* pagesOf<T>(
  { withRetries }: Reading,
  prefix: string,
  size: number,
  read: (after: string) => Promise<PartsPage>,
): AsyncGenerator<readonly T[]> {
  const readPage = (after: string) => {
    const page = withRetries('reading', `${after}…`, () => read(after));
    // If the caller stops iterating early, nothing awaits this promise. Without this handler, a failed read would
    // then become an unhandled rejection.
    page.catch(() => undefined);
    return page;
  };
  for (let nextPage: Promise<PartsPage> | undefined = readPage(prefix); nextPage;) {
    const page: PartsPage = await nextPage;
    nextPage = page.last !== null && page.size === size ? readPage(page.last) : undefined;
    // Lets the request for the next page start before this page blocks the event loop.
    if (nextPage) await nextTurn();
    const pairs: readonly T[] = JSON.parse(page.pairs);
    for (let first = 0; first < pairs.length; first += rowsPerYield) yield pairs.slice(first, first + rowsPerYield);
  }
}

/** Implements `range` of the store. */
async function* rangeOf<T>(
  { backend, withRetries }: Reading,
  prefix: string,
  schema: z.ZodType<T>,
  onUnreadable?: (key: string, error: StoreError) => Promise<void>,
): AsyncGenerator<readonly [key: string, value: T]> {
  const end = prefix + highestCharacter;
  for (let after = prefix; ;) {
    const rows = await withRetries('reading', `${after}…`, () => backend.page(after, end, pageSize));
    for (const row of rows) {
      try {
        const value = valueOf(row);
        if (value !== undefined) yield [row.key, readAs(schema, row.key, value)] as const;
      } catch (error) {
        if (!onUnreadable || !(error instanceof StoreError) || error.unreadable === undefined) throw error;
        await onUnreadable(error.unreadable, error);
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.key;
  }
}

/** Moves a value to a key with the prefix `broken/`. */
async function setAside({ keyv, many, compareAndWrite }: Backend, key: string): Promise<void> {
  const rows = await many([key, `broken/${key}`]);
  const [row, before] = [key, `broken/${key}`].map((each) => rows.find((one) => one.key === each));
  if (!row) return;
  const copy = { key: `broken/${key}`, old: before?.value, value: row.value };
  if ((await compareAndWrite([copy])).length === 0) throw new LostRace(key);
  await keyv.delete(key);
}
