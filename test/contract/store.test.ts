/** What every Book keeps, whatever it is kept in. A new backend is added to the list below. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type Book, StoreError } from '../../src/store/store.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { memoryBook } from '../support/memory-store.ts';

interface Kept {
  readonly book: Book;
  /** From now on every write fails, until the answer is called. */
  readonly breakWrites: () => Promise<() => Promise<void>>;
}

async function fileOfItsOwn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-book-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'book.sqlite');
}

const books: Readonly<Record<string, () => Promise<Kept>>> = {
  async memory() {
    const book = memoryBook();
    return {
      book,
      async breakWrites() {
        book.fail = { doing: 'writing', code: 'SQLITE_FULL' };
        return async () => void (book.fail = undefined);
      },
    };
  },
  async sqlite() {
    const book = await openSqlite(await fileOfItsOwn());
    onTestFinished(() => book.close());
    return {
      book,
      async breakWrites() {
        await book.query('PRAGMA query_only = ON');
        return async () => void (await book.query('PRAGMA query_only = OFF'));
      },
    };
  },
};

const any = z.unknown();
const count = z.number();

async function pairs(book: Book, prefix: string): Promise<readonly (readonly [string, unknown])[]> {
  const found: (readonly [string, unknown])[] = [];
  for await (const pair of book.range(prefix, any)) found.push(pair);
  return found;
}
const keys = async (book: Book, prefix: string) => (await pairs(book, prefix)).map(([key]) => key);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(Object.entries(books))('a book in %s', (_, open) => {
  test('holds what was set until it is set anew or deleted', async () => {
    const { book } = await open();
    expect(await book.get('a', any)).toBeUndefined();
    await book.set('a', { points: 1 });
    expect(await book.get('a', any)).toEqual({ points: 1 });
    await book.set('a', { points: 2 });
    expect(await book.get('a', any)).toEqual({ points: 2 });
    await book.delete('a');
    expect(await book.get('a', any)).toBeUndefined();
    await book.delete('a');
  });

  test.each([
    ['words of many scripts', 'Каспийское море · دریای خزر · 里海 · 🇮🇷👩‍👩‍👧‍👦 · a\u0000b · \ud83d'],
    ['what looks like the store’s own marks', [':', ':)', ':base64:AAAA', '::', '"', "'; DROP TABLE keyv; --"]],
    ['numbers and empty things', [0, -1.5, Number.MAX_SAFE_INTEGER, '', [], {}, false, null]],
    ['fields with the names of the language', JSON.parse('{"constructor": 1, "toString": {"value": 2}, "expires": 3}')],
    ['a long text', 'x'.repeat(200_000)],
  ])('gives back %s as they were', async (_, value) => {
    const { book } = await open();
    await book.set('k', value);
    expect(await book.get('k', any)).toEqual(value);
    expect(await pairs(book, '')).toEqual([['k', value]]);
  });

  test.each(['constructor', '__proto__', 'toString', 'member/1/100', 'a b', "o'hara", '%', '_', 'ключ', 'keyv:x'])(
    'takes %s for a key like any other',
    async (key) => {
      const { book } = await open();
      expect(await book.get(key, any)).toBeUndefined();
      await book.set(key, [key]);
      expect(await book.get(key, any)).toEqual([key]);
      expect(await keys(book, key.slice(0, -1))).toEqual([key]);
      expect(await book.change(key, any, (old) => [old, 1])).toEqual([[key], 1]);
      await book.delete(key);
      expect(await book.get(key, any)).toBeUndefined();
    },
  );

  test('a range holds exactly the keys with its prefix, in order', async () => {
    const { book } = await open();
    const all = ['a', 'a_', 'a_1', 'ab', 'ab1', 'A_2', 'a%3', 'a/1', 'a/10', 'a/2', 'b'];
    for (const key of all.toReversed()) await book.set(key, key);
    expect(await keys(book, 'a_')).toEqual(['a_1']);
    expect(await keys(book, 'a%')).toEqual(['a%3']);
    expect(await keys(book, 'a/')).toEqual(['a/1', 'a/10', 'a/2']);
    expect(await keys(book, 'A')).toEqual(['A_2']);
    expect(await keys(book, 'none')).toEqual([]);
    expect(await keys(book, '')).toEqual(all.toSorted());
  });

  test.each([500, 501, 1_203])('a range of %d pairs is read whole and in order', async (size) => {
    const { book } = await open();
    const wanted = Array.from({ length: size }, (_, index) => `member/7/${String(index).padStart(5, '0')}`);
    await Promise.all([...wanted.toReversed(), 'member/6/x', 'member/70/x'].map((key) => book.set(key, 1)));
    expect(await keys(book, 'member/7/')).toEqual(wanted);
  });

  test('a range that is read while others write misses nothing that was there all along', async () => {
    const { book } = await open();
    const there = Array.from({ length: 700 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
    await Promise.all(there.map((key) => book.set(key, 0)));
    const seen: string[] = [];
    let writes: Promise<unknown>[] = [];
    for await (const [key] of book.range('k/', any)) {
      seen.push(key);
      if (seen.length % 100 === 0)
        writes = [...writes, book.set(`${key}-new`, 1), book.set(key, 2), book.delete(`k/gone-${key}`)];
    }
    await Promise.all(writes);
    expect(seen.filter((key) => there.includes(key))).toEqual(there);
    expect(new Set(seen).size).toBe(seen.length);
    expect(await book.get('k/0099', any)).toBe(2);
  });

  test('changes of one key wait for each other', async () => {
    const { book } = await open();
    const increment = () => book.change('n', count, (old = 0) => old + 1);
    const seen = await Promise.all(Array.from({ length: 200 }, increment));
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(await book.get('n', count)).toBe(200);
  });

  test('changes of many keys at once are one turn for each of them', async () => {
    const { book } = await open();
    const all = ['a', 'b', 'c', "o'hara", 'ключ'];
    const up = (old = 0) => old + 1;
    await Promise.all([
      book.set('a', 10),
      book.changeMany(all, count, up),
      book.change('b', count, up),
      book.changeMany(all.toReversed(), count, up),
      book.change('c', count, up),
      book.changeMany(['c', 'a'], count, up),
    ]);
    expect(await Promise.all(all.map((key) => book.get(key, count)))).toEqual([13, 3, 4, 2, 2]);
    const given = await book.changeMany(['b', 'new'], any, (old, index) => [old, index]);
    expect(given).toEqual([
      [3, 0],
      [undefined, 1],
    ]);
    expect(await book.get('b', any)).toEqual([3, 0]);
    expect(await book.changeMany([], any, () => 1)).toEqual([]);
  });

  test('changes of many keys hold whatever text a value may', async () => {
    const { book } = await open();
    const texts = [
      'Каспийское море · دریای خزر',
      'a\u0000b',
      '\ud83d',
      "'; DROP TABLE keyv; --",
      ':base64:AAAA',
      '"',
      '\\',
    ];
    await book.changeMany(
      texts.map((_, index) => `k/${index}`),
      any,
      (_, index) => ({ text: texts[index] }),
    );
    expect(await pairs(book, 'k/')).toEqual(texts.map((text, index) => [`k/${index}`, { text }]));
  });

  test('of changes of many keys all are written or none', async () => {
    const { book, breakWrites } = await open();
    await book.set('a', 1);
    await book.set('b', 'not a number');
    const up = (old = 0) => old + 1;
    expect(await failure(book.changeMany(['a', 'b', 'c'], count, up))).toMatchObject({ doing: 'reading' });
    const repair = await breakWrites();
    expect(await failure(book.changeMany(['a', 'c'], count, up))).toMatchObject({ doing: 'writing' });
    await repair();
    await expect(book.changeMany(['a'], count, () => 1n as never)).rejects.toThrow(StoreError);
    expect(await pairs(book, '')).toEqual([
      ['a', 1],
      ['b', 'not a number'],
    ]);
    expect(await book.changeMany(['a', 'c'], count, up)).toEqual([2, 1]);
  });

  test('a change that gives back what it was given writes nothing', async () => {
    const { book, breakWrites } = await open();
    await book.set('a', { points: 1 });
    const repair = await breakWrites();
    expect(await book.change('a', any, (old) => old)).toEqual({ points: 1 });
    expect(await book.change('b', any, (old) => old)).toBeUndefined();
    expect(await book.changeMany(['a', 'b'], any, (old) => old)).toEqual([{ points: 1 }, undefined]);
    await repair();
    expect(await keys(book, '')).toEqual(['a']);
  });

  test.each([3, 500, 1_203])('parts of %d values come in order, and null where there is none', async (size) => {
    const { book } = await open();
    const value = (index: number) => ({ name: `n${index}`, tally: { all: [index, 1], '2026-W47': [2] }, more: 'x' });
    const all = Array.from({ length: size }, (_, index) => `p/${String(index).padStart(5, '0')}`);
    await book.changeMany([...all, 'q/1'], any, (_, index) => (index === 1 ? { name: ':)' } : value(index)));
    const found: (readonly [string, unknown])[] = [];
    for await (const page of book.parts('p/', [['name'], ['tally', '2026-W47'], ['tally', 'none', 'x']], any)) {
      expect(page.length).toBeLessThanOrEqual(500);
      found.push(...page);
    }
    expect(found.map(([key]) => key)).toEqual(all);
    expect(found.map(([, parts]) => parts)).toEqual(
      all.map((_, index) => (index === 1 ? [':)', null, null] : [`n${index}`, [2], null])),
    );
  });

  test('parts that are not of the form wanted are an error of reading that names the key', async () => {
    const { book } = await open();
    await book.set('p/1', { name: 1, other: 2 });
    const read = async () => {
      for await (const _ of book.parts('p/', [['name'], ['other']], z.tuple([z.string(), z.number()])))
        expect.unreachable();
    };
    const error = await failure(read());
    expect(error).toMatchObject({ doing: 'reading' });
    expect(String(error)).toContain('"p/1"');
  });

  test('keys are found by how they begin and end', async () => {
    const { book } = await open();
    for (const key of ['member/1/7', 'member/2/7', 'member/dm:7/7', 'member/1/77', 'seen/7', 'member/7/1'])
      await book.set(key, 1);
    expect((await book.keys('member/', '/7')).toSorted()).toEqual(['member/1/7', 'member/2/7', 'member/dm:7/7']);
    expect(await book.keys('member/', '/%')).toEqual([]);
    expect(await book.keys('none', '7')).toEqual([]);
  });

  test('of many sets to one key the last one stays', async () => {
    const { book } = await open();
    await Promise.all(Array.from({ length: 50 }, (_, index) => book.set('last', index)));
    expect(await book.get('last', any)).toBe(49);
    await Promise.all([book.set('gone', 1), book.change('gone', count, (old = 0) => old + 1), book.delete('gone')]);
    expect(await book.get('gone', any)).toBeUndefined();
    await Promise.all([book.change('n', count, (old = 0) => old + 1), book.set('n', 100)]);
    expect(await book.get('n', any)).toBe(100);
    await Promise.all([book.change('n', count, (old = 0) => old + 1), book.delete('n')]);
    expect(await book.get('n', any)).toBeUndefined();
  });

  test('a value of an unknown form is an error of reading, never an absence', async () => {
    const { book } = await open();
    await book.set('n', 'not a number');
    const reads = [
      () => book.get('n', count),
      () => book.change('n', count, (old = 0) => old + 1),
      async () => {
        for await (const _ of book.range('', count)) expect.unreachable();
      },
    ];
    for (const read of reads) {
      const error = await failure(read());
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ doing: 'reading' });
      expect(String(error)).toContain('"n"');
    }
    expect(await book.get('n', any)).toBe('not a number');
  });

  test('a change that throws writes nothing, and the next one goes on', async () => {
    const { book } = await open();
    await book.set('n', 1);
    const broken = book.change('n', count, () => {
      throw new RangeError('no');
    });
    const next = book.change('n', count, (old = 0) => old + 1);
    await expect(broken).rejects.toThrow(RangeError);
    expect(await next).toBe(2);
  });

  test('a write that fails says so and leaves what was there', async () => {
    const { book, breakWrites } = await open();
    await book.set('n', 1);
    const repair = await breakWrites();
    for (const write of [
      book.set('n', 2),
      book.set('new', 2),
      book.delete('n'),
      book.change('n', count, (old = 0) => old + 1),
    ]) {
      const error = await failure(write);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ doing: 'writing', code: expect.stringMatching(/^SQLITE_/) });
    }
    expect(await pairs(book, '')).toEqual([['n', 1]]);
    await repair();
    expect(await book.change('n', count, (old = 0) => old + 1)).toBe(2);
  });
});

test('sqlite: what was saved is there after closing and opening again', async () => {
  const file = await fileOfItsOwn();
  const first = await openSqlite(file);
  // Not awaited: closing waits for what is under way.
  const saving = Promise.all(Array.from({ length: 20 }, (_, index) => first.set(`k/${index}`, { index })));
  await first.close();
  await saving;
  const second = await openSqlite(file);
  onTestFinished(() => second.close());
  expect(await keys(second, 'k/')).toHaveLength(20);
  expect(await second.get('k/7', any)).toEqual({ index: 7 });
});

test('sqlite: the file is kept so that a killed process loses no acknowledged write', async () => {
  const book = await openSqlite(await fileOfItsOwn());
  onTestFinished(() => book.close());
  expect(await book.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await book.query('PRAGMA synchronous')).toEqual([{ synchronous: 1 }]);
});

test('sqlite: what another connection sees is what was acknowledged', async () => {
  const file = await fileOfItsOwn();
  const [writer, reader] = [await openSqlite(file), await openSqlite(file)];
  onTestFinished(async () => void (await Promise.all([writer.close(), reader.close()])));
  await writer.set('a', 1);
  expect(await reader.get('a', any)).toBe(1);
});
