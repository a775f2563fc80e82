/** These tests must pass for every implementation of Store. Add a new implementation to `stores` below. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type Store, StoreError, type Summary } from '../../src/store/store.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { memoryStore } from '../support/memory-store.ts';
import { newStoreFile } from '../support/store-file.ts';
import { sharedPostgres, testDatabase } from '../support/test-database.ts';

interface OpenStore {
  readonly store: Store;
  /** Makes every write fail until the returned function is called. */
  readonly breakWrites: () => Promise<() => Promise<void>>;
}

const emptyPostgres = sharedPostgres();
const stores: Readonly<Record<string, () => Promise<OpenStore>>> = {
  async memory() {
    const store = memoryStore();
    return {
      store,
      async breakWrites() {
        store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
        return async () => void (store.fail = undefined);
      },
    };
  },
  async sqlite() {
    const store = await openSqlite(await newStoreFile());
    onTestFinished(() => store.close());
    return {
      store,
      async breakWrites() {
        await store.query('PRAGMA query_only = ON');
        return async () => void (await store.query('PRAGMA query_only = OFF'));
      },
    };
  },
  async postgres() {
    const store = await emptyPostgres();
    return {
      store,
      async breakWrites() {
        await store.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''pretended'' USING ERRCODE = ''53100''; END'`);
        await store.query('CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON keyv EXECUTE FUNCTION refuse()');
        return async () => void (await store.query('DROP FUNCTION refuse CASCADE'));
      },
    };
  },
};

/** All stores that the tests can use. Without a PostgreSQL server, the tests of the PostgreSQL store are skipped. */
const tested = Object.entries(stores).filter(([name]) => name !== 'postgres' || testDatabase !== '');

const any = z.unknown();
const count = z.number();

async function pairs(store: Store, prefix: string): Promise<readonly (readonly [string, unknown])[]> {
  const found: (readonly [string, unknown])[] = [];
  for await (const pair of store.range(prefix, any)) found.push(pair);
  return found;
}
const keys = async (store: Store, prefix: string) => (await pairs(store, prefix)).map(([key]) => key);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(tested)('a store in %s', (_, open) => {
  test('get returns a value until the value is overwritten or deleted', async () => {
    const { store } = await open();
    expect(await store.get('a', any)).toBeUndefined();
    await store.set('a', { points: 1 });
    expect(await store.get('a', any)).toEqual({ points: 1 });
    await store.set('a', { points: 2 });
    expect(await store.get('a', any)).toEqual({ points: 2 });
    await store.delete('a');
    expect(await store.get('a', any)).toBeUndefined();
    await store.delete('a');
  });

  test.each([
    ['texts in several scripts', 'Каспийское море · دریای خزر · 里海 · 🇮🇷👩‍👩‍👧‍👦 · a\u0000b · \ud83d'],
    [
      'texts that look like the internal escapes of the store',
      [':', ':)', ':base64:AAAA', '::', '"', "'; DROP TABLE keyv; --"],
    ],
    ['numbers, null and empty values', [0, -1.5, Number.MAX_SAFE_INTEGER, '', [], {}, false, null]],
    [
      'fields named like JavaScript properties',
      JSON.parse('{"constructor": 1, "toString": {"value": 2}, "expires": 3}'),
    ],
    ['a long text', 'x'.repeat(200_000)],
  ])('stored values are read back unchanged: %s', async (_, value) => {
    const { store } = await open();
    await store.set('k', value);
    expect(await store.get('k', any)).toEqual(value);
    expect(await pairs(store, '')).toEqual([['k', value]]);
  });

  test.each(['constructor', '__proto__', 'toString', 'member/1/100', 'a b', "o'hara", '%', '_', 'ключ', 'keyv:x'])(
    'a value can be stored under the key %s',
    async (key) => {
      const { store } = await open();
      expect(await store.get(key, any)).toBeUndefined();
      await store.set(key, [key]);
      expect(await store.get(key, any)).toEqual([key]);
      expect(await keys(store, key.slice(0, -1))).toEqual([key]);
      expect(await store.change(key, any, (old) => [old, 1])).toEqual([[key], 1]);
      await store.delete(key);
      expect(await store.get(key, any)).toBeUndefined();
    },
  );

  test('nextKey returns the first key that has the given prefix and comes after the given key', async () => {
    const { store } = await open();
    for (const key of ['a/1/x', 'a/1/y', 'a/2/x', 'b/1']) await store.set(key, 1);
    expect(await store.nextKey('a/', 'a/')).toBe('a/1/x');
    expect(await store.nextKey('a/', 'a/1/x')).toBe('a/1/y');
    expect(await store.nextKey('a/', 'a/1/\uffff')).toBe('a/2/x');
    expect(await store.nextKey('a/', 'a/2/x')).toBeUndefined();
  });

  test('keysContaining finds a key with the given prefix if the key or its value contains the given text', async () => {
    const { store } = await open();
    for (const [key, value] of [
      ['broken/asked/17', []],
      ['broken/round/a', { players: { 17: 'Ana' } }],
      ['broken/round/b', { players: { 18: '%_' } }],
      ['round/c', { players: { 17: 'Ana' } }],
    ] as const)
      await store.set(key, value);
    expect((await store.keysContaining('broken/', '17')).toSorted()).toEqual(['broken/asked/17', 'broken/round/a']);
    expect(await store.keysContaining('broken/', '%_')).toEqual(['broken/round/b']);
    expect(await store.keysContaining('broken/', '19')).toEqual([]);
    await store.purge();
    expect((await store.keysContaining('', 'Ana')).toSorted()).toEqual(['broken/round/a', 'round/c']);
  });

  test('a range returns all keys with the given prefix in ascending order', async () => {
    const { store } = await open();
    const all = ['a', 'a_', 'a_1', 'ab', 'ab1', 'A_2', 'a%3', 'a/1', 'a/10', 'a/2', 'b'];
    for (const key of all.toReversed()) await store.set(key, key);
    expect(await keys(store, 'a_')).toEqual(['a_1']);
    expect(await keys(store, 'a%')).toEqual(['a%3']);
    expect(await keys(store, 'a/')).toEqual(['a/1', 'a/10', 'a/2']);
    expect(await keys(store, 'A')).toEqual(['A_2']);
    expect(await keys(store, 'none')).toEqual([]);
    expect(await keys(store, '')).toEqual(all.toSorted());
  });

  test.each([500, 501, 1_203])('a range of %d key-value pairs is read completely and in order', async (size) => {
    const { store } = await open();
    const wanted = Array.from({ length: size }, (_, index) => `member/7/${String(index).padStart(5, '0')}`);
    await Promise.all([...wanted.toReversed(), 'member/6/x', 'member/70/x'].map((key) => store.set(key, 1)));
    expect(await keys(store, 'member/7/')).toEqual(wanted);
  });

  test('if values are written while a range is read, no key is skipped and no key is returned twice', async () => {
    const { store } = await open();
    const there = Array.from({ length: 700 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
    await Promise.all(there.map((key) => store.set(key, 0)));
    const seen: string[] = [];
    let writes: Promise<unknown>[] = [];
    for await (const [key] of store.range('k/', any)) {
      seen.push(key);
      if (seen.length % 100 === 0)
        writes = [...writes, store.set(`${key}-new`, 1), store.set(key, 2), store.delete(`k/gone-${key}`)];
    }
    await Promise.all(writes);
    expect(seen.filter((key) => there.includes(key))).toEqual(there);
    expect(new Set(seen).size).toBe(seen.length);
    expect(await store.get('k/0099', any)).toBe(2);
  });

  test('concurrent changes of one key are applied one after another', async () => {
    const { store } = await open();
    const increment = () => store.change('n', count, (old = 0) => old + 1);
    const seen = await Promise.all(Array.from({ length: 200 }, increment));
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(await store.get('n', count)).toBe(200);
  });

  test('changeMany and concurrent changes of the same keys are applied one after another', async () => {
    const { store } = await open();
    const all = ['a', 'b', 'c', "o'hara", 'ключ'];
    const up = (old = 0) => old + 1;
    await Promise.all([
      store.set('a', 10),
      store.changeMany(all, count, up),
      store.change('b', count, up),
      store.changeMany(all.toReversed(), count, up),
      store.change('c', count, up),
      store.changeMany(['c', 'a'], count, up),
    ]);
    expect(await Promise.all(all.map((key) => store.get(key, count)))).toEqual([13, 3, 4, 2, 2]);
    const given = await store.changeMany(['b', 'new'], any, (old, index) => [old, index]);
    expect(given).toEqual([
      [3, 0],
      [undefined, 1],
    ]);
    expect(await store.get('b', any)).toEqual([3, 0]);
    expect(await store.changeMany([], any, () => 1)).toEqual([]);
  });

  test('changeMany stores texts with any characters unchanged', async () => {
    const { store } = await open();
    const texts = [
      'Каспийское море · دریای خزر',
      'a\u0000b',
      '\ud83d',
      "'; DROP TABLE keyv; --",
      ':base64:AAAA',
      '"',
      '\\',
    ];
    await store.changeMany(
      texts.map((_, index) => `k/${index}`),
      any,
      (_, index) => ({ text: texts[index] }),
    );
    expect(await pairs(store, 'k/')).toEqual(texts.map((text, index) => [`k/${index}`, { text }]));
  });

  test('if changeMany of at most 50 keys fails, none of the changes is written', async () => {
    const { store, breakWrites } = await open();
    await store.set('a', 1);
    await store.set('b', 'not a number');
    const up = (old = 0) => old + 1;
    expect(await failure(store.changeMany(['a', 'b', 'c'], count, up))).toMatchObject({ doing: 'reading' });
    const repair = await breakWrites();
    expect(await failure(store.changeMany(['a', 'c'], count, up))).toMatchObject({ doing: 'writing' });
    await repair();
    await expect(store.changeMany(['a'], count, () => 1n as never)).rejects.toThrow(StoreError);
    expect(await pairs(store, '')).toEqual([
      ['a', 1],
      ['b', 'not a number'],
    ]);
    expect(await store.changeMany(['a', 'c'], count, up)).toEqual([2, 1]);
  });

  test('changeMany writes the keys in groups of 50; if a group contains an unreadable value, the groups before it are still written', async () => {
    const { store } = await open();
    const all = Array.from({ length: 120 }, (_, index) => `k/${String(index).padStart(3, '0')}`);
    await store.set('k/070', 'not a number');
    const error = await failure(store.changeMany(all, count, (old = 0) => old + 1));
    expect(error).toMatchObject({ doing: 'reading', unreadable: 'k/070' });
    expect(await keys(store, 'k/')).toEqual([...all.slice(0, 50), 'k/070']);
    await store.set('k/070', 5);
    expect(await store.changeMany(all, count, (old = 0) => old + 1)).toEqual(
      all.map((_, index) => (index === 70 ? 6 : index < 50 ? 2 : 1)),
    );
  });

  test('a change that returns the old value writes nothing', async () => {
    const { store, breakWrites } = await open();
    await store.set('a', { points: 1 });
    const repair = await breakWrites();
    expect(await store.change('a', any, (old) => old)).toEqual({ points: 1 });
    expect(await store.change('b', any, (old) => old)).toBeUndefined();
    expect(await store.changeMany(['a', 'b'], any, (old) => old)).toEqual([{ points: 1 }, undefined]);
    await repair();
    expect(await keys(store, '')).toEqual(['a']);
  });

  test.each([3, 500, 1_203])(
    'parts() returns only the requested parts of %d values, in the order of the keys',
    async (size) => {
      const { store } = await open();
      const value = (index: number) => ({ name: `n${index}`, tally: { all: [index, 1], '2026-W47': [2] }, more: 'x' });
      const all = Array.from({ length: size }, (_, index) => `p/${String(index).padStart(5, '0')}`);
      await store.changeMany([...all, 'q/1'], any, (_, index) => (index === 1 ? { name: ':)' } : value(index)));
      const found: (readonly [string, unknown])[] = [];
      for await (const page of store.parts('p/', [['name'], ['tally', '2026-W47'], ['tally', 'none', 'x']], any)) {
        expect(page.length).toBeLessThanOrEqual(100);
        found.push(...page);
      }
      expect(found.map(([key]) => key)).toEqual(all);
      expect(found.map(([, parts]) => parts)).toEqual(
        all.map((_, index) => (index === 1 ? [':)', null, null] : [`n${index}`, [2], null])),
      );
    },
  );

  test('parts of values with any characters are read unchanged', async () => {
    const { store } = await open();
    const names = ['a\u0000b', 'Ana', '\ud83d', '👩‍👩‍👧 "x" \\u0000', 'دریای خزر'];
    await store.changeMany(
      names.map((_, index) => `p/${index}`),
      any,
      (_, index) => ({ name: names[index], tally: { all: [index, { at: 1 }] }, other: names[0] }),
    );
    const found: unknown[] = [];
    for await (const page of store.parts('p/', [['name'], ['tally', 'all']], any)) found.push(...page);
    expect(found).toEqual(names.map((name, index) => [`p/${index}`, [name, [index, { at: 1 }]]]));
    for await (const page of store.parts('none/', [['name'], ['other']], any)) expect(page).toEqual([]);
  });

  test.each([0, 3, 1_000, 2_100])(
    'for each of %d values, summaries() returns the summary, or parts of the value if no summary is stored',
    async (size) => {
      const { store } = await open();
      const names = ['Ana', 'a\u0000b', '👩‍👩‍👧 ,"value":', '\ud83d', 'دریای خزر'];
      const all = Array.from({ length: size }, (_, index) => `p/${String(index).padStart(5, '0')}`);
      const value = (index: number) => ({ name: names[index % names.length], tally: { all: [index] }, more: 'x' });
      await store.changeMany(
        [...all, 'q/1'],
        z.object({ name: z.string().optional(), tally: z.object({ all: z.array(z.number()) }) }).optional(),
        (_, index) => value(index),
        (made) =>
          made && made.tally.all[0] !== 1 ? { n: [made.name, 'a\nb'], all: made.tally.all, "o'h": [] } : undefined,
      );
      const found: unknown[] = [];
      for await (const page of store.summaries('p/', ['all', 'none', 'n', "o'h"], any, [['name'], ['none']], any)) {
        expect(page.length).toBeLessThanOrEqual(100);
        found.push(...page);
      }
      const wanted = (index: number) => {
        const { name, tally } = value(index);
        return index === 1 ? [undefined, [name, null]] : [[tally.all, null, [name, 'a\nb'], []], undefined];
      };
      expect(found).toEqual(all.map((key, index) => [key, ...wanted(index)]));
      expect(await store.keys('p/', '')).toHaveLength(size);
    },
  );

  test('a summary that is stored with a value does not change what get and range return; a write without a summary removes the stored summary', async () => {
    const { store } = await open();
    const summaries = async () => {
      const found: unknown[] = [];
      for await (const page of store.summaries('p/', ['x', 'y'], any, [['a'], ['b']], any)) found.push(...page);
      return found;
    };
    const set = (summary: Summary) =>
      store.change(
        'p/1',
        any,
        () => ({ a: 1, b: ',"value":' }),
        () => summary,
      );
    await set({ x: [1, 'two'] });
    expect(await store.get('p/1', any)).toEqual({ a: 1, b: ',"value":' });
    expect(await pairs(store, 'p/')).toEqual([['p/1', { a: 1, b: ',"value":' }]]);
    expect(await summaries()).toEqual([['p/1', [[1, 'two'], null], undefined]]);
    await set({ x: [{ first: 1, value: 2 }] });
    expect(await summaries()).toEqual([['p/1', undefined, [1, ',"value":']]]);
    await set({});
    expect(await summaries()).toEqual([['p/1', [null, null], undefined]]);
    await store.set('p/1', { a: 2 });
    expect(await summaries()).toEqual([['p/1', undefined, [2, null]]]);
  });

  test('reading a summary that does not match its schema throws a read error', async () => {
    const { store } = await open();
    await store.change(
      'p/1',
      any,
      () => 1,
      () => ({ x: ['two'] }),
    );
    const read = async () => {
      for await (const _ of store.summaries('p/', ['x'], z.tuple([z.number()]), [['a'], ['b']], any))
        expect.unreachable();
    };
    const error = await failure(read());
    expect(error).toMatchObject({ doing: 'reading' });
    expect(String(error)).toContain('"p/1"');
  });

  test('reading parts that do not match the schema throws a read error with the key', async () => {
    const { store } = await open();
    await store.set('p/1', { name: 1, other: 2 });
    const read = async () => {
      for await (const _ of store.parts('p/', [['name'], ['other']], z.tuple([z.string(), z.number()])))
        expect.unreachable();
    };
    const error = await failure(read());
    expect(error).toMatchObject({ doing: 'reading' });
    expect(String(error)).toContain('"p/1"');
  });

  test('keys can be searched by prefix and suffix', async () => {
    const { store } = await open();
    for (const key of ['member/1/7', 'member/2/7', 'member/dm:7/7', 'member/1/77', 'seen/7', 'member/7/1'])
      await store.set(key, 1);
    expect((await store.keys('member/', '/7')).toSorted()).toEqual(['member/1/7', 'member/2/7', 'member/dm:7/7']);
    expect(await store.keys('member/', '/%')).toEqual([]);
    expect(await store.keys('none', '7')).toEqual([]);
    expect((await store.keys('member/1/', '')).toSorted()).toEqual(['member/1/7', 'member/1/77']);
    expect(await store.keys('seen/', 'xx/7')).toEqual([]);
  });

  test('after concurrent writes to a key, the value of the last write is stored', async () => {
    const { store } = await open();
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.set('last', index)));
    expect(await store.get('last', any)).toBe(49);
    await Promise.all([store.set('gone', 1), store.change('gone', count, (old = 0) => old + 1), store.delete('gone')]);
    expect(await store.get('gone', any)).toBeUndefined();
    await Promise.all([store.change('n', count, (old = 0) => old + 1), store.set('n', 100)]);
    expect(await store.get('n', any)).toBe(100);
    await Promise.all([store.change('n', count, (old = 0) => old + 1), store.delete('n')]);
    expect(await store.get('n', any)).toBeUndefined();
  });

  test('reading a value that does not match the schema throws a read error', async () => {
    const { store } = await open();
    await store.set('n', 'not a number');
    const reads = [
      () => store.get('n', count),
      () => store.change('n', count, (old = 0) => old + 1),
      async () => {
        for await (const _ of store.range('', count)) expect.unreachable();
      },
    ];
    for (const read of reads) {
      const error = await failure(read());
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ doing: 'reading' });
      expect(String(error)).toContain('"n"');
    }
    expect(await store.get('n', any)).toBe('not a number');
  });

  test('a change that throws an error writes nothing and does not block later changes', async () => {
    const { store } = await open();
    await store.set('n', 1);
    const broken = store.change('n', count, () => {
      throw new RangeError('no');
    });
    const next = store.change('n', count, (old = 0) => old + 1);
    await expect(broken).rejects.toThrow(RangeError);
    expect(await next).toBe(2);
  });

  test('a failed write rejects with a StoreError and keeps the old value', async () => {
    const { store, breakWrites } = await open();
    await store.set('n', 1);
    const repair = await breakWrites();
    const writes = [
      store.set('n', 2),
      store.set('new', 2),
      store.delete('n'),
      store.change('n', count, (old = 0) => old + 1),
    ];
    for (const failed of writes.map(failure)) {
      const error = await failed;
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({
        doing: 'writing',
        code: expect.stringMatching(/^(SQLITE_FULL|SQLITE_READONLY|53100)$/),
      });
    }
    expect(await pairs(store, '')).toEqual([['n', 1]]);
    await repair();
    expect(await store.change('n', count, (old = 0) => old + 1)).toBe(2);
  });
});

test('sqlite: saved values are still there after the file is closed and opened again', async () => {
  const file = await newStoreFile();
  const first = await openSqlite(file);
  // The writes are not awaited here, because close() must wait for pending writes.
  const saving = Promise.all(Array.from({ length: 20 }, (_, index) => first.set(`k/${index}`, { index })));
  await first.close();
  await saving;
  const second = await openSqlite(file);
  onTestFinished(() => second.close());
  expect(await keys(second, 'k/')).toHaveLength(20);
  expect(await second.get('k/7', any)).toEqual({ index: 7 });
});

test('sqlite: the file uses a write-ahead log, so that a killed process loses no acknowledged write', async () => {
  const store = await openSqlite(await newStoreFile());
  onTestFinished(() => store.close());
  expect(await store.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await store.query('PRAGMA synchronous')).toEqual([{ synchronous: 1 }]);
});

test('sqlite: a second connection sees every acknowledged write', async () => {
  const file = await newStoreFile();
  const [writer, reader] = [await openSqlite(file), await openSqlite(file)];
  onTestFinished(async () => void (await Promise.all([writer.close(), reader.close()])));
  await writer.set('a', 1);
  expect(await reader.get('a', any)).toBe(1);
});

test('if changeMany fails, it throws only after its other writes have ended', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const store = memoryStore(() => released);
  const all = Array.from({ length: 51 }, (_, index) => `k/${index}`);
  await store.set('k/50', 'not a number');
  let hasFailed = false;
  const failed = failure(store.changeMany(all, count, () => 1)).finally(() => (hasFailed = true));
  await settled();
  expect(hasFailed).toBe(false);
  release();
  await failed;
  expect(await keys(store, 'k/')).toHaveLength(51);
});
