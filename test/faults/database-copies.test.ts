/** Tests backups and moves between SQLite files and PostgreSQL databases. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { backup, BackupError } from '../../src/store/backup.ts';
import { backupDatabase, restoreDatabase } from '../../src/store/database-backup.ts';
import { dataFormat, FormatError, formatKey, noteFormat } from '../../src/store/format.ts';
import { move, type StorePlace } from '../../src/store/move.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { newPostgresStore, newSchema, testDatabase } from '../support/test-database.ts';

const any = z.unknown();
/** Texts that a database could change: several writing systems, a NUL character and half a surrogate pair. */
const texts = ['Каспийское море · دریای خزر', 'a\u0000b', '\ud83d', "'; DROP TABLE keyv; --", '\\u0041'];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-move-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function pairsOf(store: Store): Promise<readonly (readonly [string, unknown])[]> {
  const found: (readonly [string, unknown])[] = [];
  for await (const pair of store.range('', any)) found.push(pair);
  return found;
}

/** Writes 1,100 values, so that they are copied in several pages. Returns all pairs of keys and values. */
async function fill(store: Store): Promise<readonly (readonly [string, unknown])[]> {
  await noteFormat(store);
  const keys = Array.from({ length: 1_100 }, (_, index) => `member/${index}/ключ`);
  await store.changeMany(keys, any, (_, index) => ({ index, text: texts[index % texts.length] }));
  return pairsOf(store);
}

/** Opens a store and runs `work` on it. A file is closed as soon as `work` ends, and a database after the test. */
async function opened<T>(place: StorePlace, work: (store: Store) => Promise<T>): Promise<T> {
  if (typeof place === 'string') {
    const store = await openSqlite(place);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
  return work(await newPostgresStore({ schema: place.schema ?? '' }));
}

const kinds: Readonly<Record<string, () => Promise<StorePlace>>> = {
  file: async () => join(await newFolder(), 'data.sqlite'),
  database: async () => ({ address: testDatabase, schema: newSchema() }),
};
const pairsOfKinds = [
  ['file', 'database'],
  ['database', 'file'],
].filter((pair) => testDatabase !== '' || !pair.includes('database'));
const placeOf = (kind: string): Promise<StorePlace> => kinds[kind]?.() ?? Promise.reject(new Error(kind));

describe.each(pairsOfKinds)('a move from a %s to a %s', (fromKind = '', toKind = '') => {
  test('the move copies every value unchanged and does not change the original', async () => {
    const [from, to] = [await placeOf(fromKind), await placeOf(toKind)];
    const before = await opened(from, fill);
    // The target of a move may contain the version of the data format, which a bot stores when it starts.
    await opened(to, noteFormat);
    expect(await move(from, to)).toBe(1_100);
    expect(await opened(to, pairsOf)).toEqual(before);
    expect(await opened(from, pairsOf)).toEqual(before);
  });

  test('the move is refused if the target is not empty, and does not change the target', async () => {
    const [from, to] = [await placeOf(fromKind), await placeOf(toKind)];
    await opened(from, fill);
    await opened(to, (store) => store.set('member/1', 1));
    await expect(move(from, to)).rejects.toThrow(/is not empty and is left as it is/);
    expect(await opened(to, pairsOf)).toEqual([['member/1', 1]]);
  });

  test('the move is refused if there is nothing to copy, and leaves no incomplete target', async () => {
    const [from, to] = [await placeOf(fromKind), await placeOf(toKind)];
    await opened(from, noteFormat);
    await expect(move(from, to)).rejects.toThrow(/There is nothing to copy/);
    if (typeof to === 'string') expect(await readdir(join(to, '..'))).toEqual([]);
    else expect(await opened(to, pairsOf)).toEqual([]);
  });
});

test('a move is refused if the source file does not exist or was written by a newer version of the bot', async () => {
  const folder = await newFolder();
  const [from, to] = [join(folder, 'from.sqlite'), join(folder, 'to.sqlite')];
  await expect(move(from, to)).rejects.toThrow(BackupError);
  await opened(from, async (store) => {
    await store.set(formatKey, dataFormat + 1);
    await store.set('member/1', 1);
  });
  await expect(move(from, to)).rejects.toThrow(FormatError);
  expect(await readdir(folder)).toEqual(['from.sqlite']);
});

describe.skipIf(testDatabase === '')('backups of a database', () => {
  const newDatabase = () => ({ address: testDatabase, schema: newSchema() });

  test('a backup of a database can be restored to a file, and a backup of a file to a database', async () => {
    const folder = await newFolder();
    const [place, file] = [newDatabase(), join(folder, 'data.sqlite')];
    const all = await opened(file, fill);
    expect(await backup(file, join(folder, 'of-file'))).toBe(1_100);
    expect(await restoreDatabase(join(folder, 'of-file'), place, join(folder, 'before'))).toEqual({
      values: 1_100,
      before: undefined,
    });
    expect(await opened(place, pairsOf)).toEqual(all);
    expect(await backupDatabase(place, join(folder, 'of-database'))).toBe(1_100);
    expect(await opened(join(folder, 'of-database'), pairsOf)).toEqual(all);
    expect((await stat(join(folder, 'of-database'))).mode & 0o777).toBe(0o600);
  });

  test('a backup that is made while the bot writes is a consistent snapshot', async () => {
    const folder = await newFolder();
    const place = newDatabase();
    const store = await newPostgresStore({ schema: place.schema });
    await fill(store);
    const over = new AbortController();
    // The two values are written by one statement, so they are always equal.
    const writing = (async () => {
      for (let round = 1; !over.signal.aborted; round++) await store.changeMany(['a', 'z'], any, () => round);
    })();
    try {
      await backupDatabase(place, join(folder, 'copy'));
    } finally {
      over.abort();
      await writing;
    }
    await opened(join(folder, 'copy'), async (copy) => expect(await copy.get('a', any)).toBe(await copy.get('z', any)));
  });

  test('a restore keeps the replaced data as a file, and a damaged backup is refused and changes nothing', async () => {
    const folder = await newFolder();
    const place = newDatabase();
    await opened(place, (store) => store.set('member/1', 'first'));
    await backupDatabase(place, join(folder, 'copy'));
    await opened(place, (store) => store.set('member/1', 'second'));
    const { before = '' } = await restoreDatabase(join(folder, 'copy'), place, join(folder, 'before'));
    expect(await opened(place, pairsOf)).toEqual([['member/1', 'first']]);
    expect(await opened(before, pairsOf)).toEqual([['member/1', 'second']]);
    const copy = await openSqlite(join(folder, 'copy'));
    await copy.query('UPDATE keyv SET value = ?', '{"value":');
    await copy.close();
    await expect(restoreDatabase(join(folder, 'copy'), place, join(folder, 'other'))).rejects.toThrow(BackupError);
    expect(await opened(place, pairsOf)).toEqual([['member/1', 'first']]);
  });
});
