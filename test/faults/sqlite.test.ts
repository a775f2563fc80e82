/** Tests the SQLite store and its data folder on a full or read-only disk, and with a damaged or locked database. */
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { createLog } from '../../src/log.ts';
import { createScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { StoreError } from '../../src/store/store.ts';
import { FolderError, lockFolder } from '../../src/store/folder.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import { library } from '../support/caspian.ts';
import { patiently } from '../support/patiently.ts';
import { seen } from '../support/seen.ts';
import { startWithFailingPorts, until } from './failing-ports.ts';

const packs = createPackByGuild(library);

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-fault-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
async function newStore(): Promise<SqliteStore> {
  const store = await openSqlite(join(await newFolder(), 'store.sqlite'));
  onTestFinished(() => store.close());
  return store;
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const resultOf = (user: string): AnswerResult => ({
  round: 'earlier',
  question: 0,
  questionId: 'q',
  kind: 'who',
  about: [],
  scope: 'guild',
  user,
  name: user,
  right: true,
  points: 10,
  at: Date.UTC(2026, 0, 5),
});

const pageSize = 4_096;
/**
 * Returns the numbers of the database pages that contain the beginning of a member's stored value. `words` is the
 * member's name.
 */
async function pagesOf(file: string, words: string): Promise<number[]> {
  const bytes = await readFile(file);
  return Array.from({ length: bytes.length / pageSize }, (_, page) => page).filter((page) =>
    bytes.subarray(page * pageSize, (page + 1) * pageSize).includes(`"value":{"v":2,"name":"${words}"`),
  );
}
async function overwrite(file: string, page: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(pageSize, 0xa5), 0, pageSize, page * pageSize);
  await handle.close();
}

/** Limits the database to its current size, as if the disk were full. */
async function fill(store: SqliteStore): Promise<void> {
  const pages = z.array(z.object({ page_count: z.number() })).parse(await store.query('PRAGMA page_count'));
  await store.query(`PRAGMA max_page_count = ${pages[0]?.page_count}`);
}

test('F19: an answer is refused while the disk is full, and can be given again when there is space', async () => {
  const store = await newStore();
  const channel = await startWithFailingPorts(store);
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('ben', 'join');
  await channel.press('ana', 'start');
  await until('the first question is open', () => channel.quiz().phase.name === 'asking');
  await fill(store);

  // The name of this member fills several pages. With the member's answer, the round no longer fits into the database.
  const wordy = 'x'.repeat(40_000);
  expect(await channel.answer(wordy, true)).toContain('could not be saved just now, so it does not count');
  expect(channel.quiz().answers[0]).toEqual({});

  await store.query('PRAGMA max_page_count = 1000000');
  expect(await channel.answer(wordy, true)).toMatch(/^Locked/);
  await channel.answer('ana', true);
  await channel.answer('ben', false);
  await channel.clock.advance(6_000);
  await until('the answers are scored', () => channel.quiz().settled === 1);
  expect(channel.paid.map(({ user, right }) => `${user.slice(0, 3)} ${right}`).toSorted()).toEqual([
    'ana true',
    'ben false',
    'xxx true',
  ]);
  seen('refused, then locked and paid once there is space');
});

test('F19: while the disk is read-only, members can look up facts, and scores are written when the disk can be written again', async () => {
  const store = await newStore();
  const channel = await startWithFailingPorts(store);
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('ana', 'start');
  await until('the first question is open', () => channel.quiz().phase.name === 'asking');
  await channel.answer('ana', true);
  await store.query('PRAGMA query_only = ON');
  await channel.clock.advance(10_000);
  expect(await channel.typed('ben', 'fact', { about: 'id:rasht' })).toContain('Rasht');
  // /fact still works, although the bot cannot store that the member has seen the fact. A new round is refused,
  // because the round cannot be saved.
  expect(await channel.typed('ben', 'fact')).toContain('Source:');
  expect(await channel.typed('ben', 'quiz solo', { questions: 3 })).toContain('could not be saved');
  expect(channel.paid).toEqual([]);
  await store.query('PRAGMA query_only = OFF');
  for (let seconds = 0; seconds < 30 && channel.paid.length === 0; seconds++) {
    await channel.clock.advance(1_000);
    await store.get('nothing', z.unknown());
  }
  await until('the answer is scored', () => channel.paid.length > 0);
  expect((await channel.scores.member('guild', 'ana'))?.windows['all']).toMatchObject({
    all: [expect.any(Number), 1, 1],
  });
  seen('look-ups work, the answer is paid when writes work again');
});

test('a damaged database page affects only the members whose scores are on that page', async () => {
  const folder = await newFolder();
  const file = join(folder, 'store.sqlite');
  const before = await openSqlite(file);
  const settings = createSettingsStore(before);
  const membership = { isMember: async () => true };
  const scores = createScoreStore({
    store: before,
    settings,
    packs: { at: async (scope) => packs.at(scope) },
    membership,
    log: createLog('silent'),
  });
  const names = Array.from({ length: 400 }, (_, index) => `member-${String(index).padStart(3, '0')}`);
  for (const name of names) await scores.apply([resultOf(name)]);
  await before.close();
  const [bad] = await pagesOf(file, 'member-200');
  await overwrite(file, bad ?? 0);

  const store = await openSqlite(file);
  onTestFinished(() => store.close());
  const channel = await startWithFailingPorts(store);
  expect(await channel.typed('member-000', 'profile')).toContain('10 points');
  expect(await channel.typed('member-200', 'profile')).toMatch(/data file is damaged.*a backup can be put back/);
  expect(await failure(channel.scores.apply([resultOf('member-200')]))).toMatchObject({ code: 'SQLITE_CORRUPT' });
  expect(await channel.typed('member-200', 'event', { about: 'id:bishkek-meeting' })).not.toContain('damaged');
  // The round continues, although the scores of member-200, whose database page is damaged, cannot be written.
  // The round has many questions, so that it does not end while the clock advances.
  await channel.typed('member-000', 'quiz group', { questions: 10, seconds: 20 });
  await channel.press('member-000', 'start');
  await until('the first question is open', () => channel.quiz().phase.name === 'asking');
  expect(await channel.answer('member-200', true)).toMatch(/^Locked/);
  expect(await channel.answer('member-000', true)).toMatch(/^Locked/);
  await channel.clock.advance(8_000);
  const answers = async () => (await channel.scores.member('guild', 'member-000'))?.windows['all']?.all[2];
  await vi.waitFor(async () => expect(await answers()).toBe(2), patiently);
  // member-000, whose database page is intact, also gets a score for the next question.
  await channel.clock.advance(7_000);
  await until('the second question is open', () => channel.quiz().phase.name === 'asking');
  expect(await channel.answer('member-000', true)).toMatch(/^Locked/);
  await channel.answer('ana', true);
  await vi.waitFor(async () => {
    await channel.clock.advance(1_000);
    expect(await answers()).toBe(3);
  }, patiently);
  expect(channel.quiz().settled).toBe(0);
});

test('F19: an answer waits while the database is locked, and is refused if the lock lasts too long', async () => {
  const file = join(await newFolder(), 'store.sqlite');
  const store = await openSqlite(file);
  onTestFinished(() => store.close());
  const channel = await startWithFailingPorts(store);
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('ana', 'start');
  await until('the first question is open', () => channel.quiz().phase.name === 'asking');
  const other = await openSqlite(file);
  onTestFinished(() => other.close());

  await other.query('BEGIN IMMEDIATE');
  let told = '';
  const waiting = channel.answer('ana', true).then((words) => (told = words));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe('');
  await other.query('COMMIT');
  await waiting;
  expect(told).toMatch(/^Locked/);

  await other.query('BEGIN IMMEDIATE');
  await store.query('PRAGMA busy_timeout = 1');
  expect(await channel.answer('ben', true)).toContain('could not be saved just now, so it does not count');
  expect(Object.keys(channel.quiz().answers[0] ?? {})).toEqual(['ana']);
  await other.query('COMMIT');
  expect(await channel.answer('ben', true)).toMatch(/^Locked/);
  seen('a short lock is waited for, a long one refuses the answer');
});

test('the write-ahead log is copied into the database while the store is open, and is then overwritten from its beginning', async () => {
  const folder = await newFolder();
  const store = await openSqlite(join(folder, 'store.sqlite'));
  onTestFinished(() => store.close());
  const keys = Array.from({ length: 1_000 }, (_, index) => `key ${index}`);
  // The checkpoint sequence number in the header of the log (https://sqlite.org/fileformat2.html, section 4.1). It
  // increases when the log is overwritten from its beginning.
  const logNumber = async () => (await readFile(join(folder, 'store.sqlite-wal'))).readUInt32BE(12);
  const first = await logNumber();
  await store.changeMany(keys, z.string(), () => 'x'.repeat(3_000));
  await vi.waitFor(
    async () => expect((await stat(join(folder, 'store.sqlite'))).size).toBeGreaterThan(1_000 * 3_000),
    patiently,
  );
  await vi.waitFor(async () => {
    await store.set('key', 'x');
    expect(await logNumber()).toBeGreaterThan(first);
  }, patiently);
});

test('the write-ahead log can be emptied while values are written', async () => {
  const store = await newStore();
  const keys = Array.from({ length: 600 }, (_, index) => `key ${index}`);
  const stop = new AbortController();
  const write = async (ending: string) => {
    while (!stop.signal.aborted) await store.changeMany(keys, z.string(), (old = '') => old.slice(0, 10) + ending);
  };
  const writing = [write('a'), write('b')];
  try {
    for (let purges = 0; purges < 20; purges++) await store.purge();
  } finally {
    stop.abort();
    await Promise.all(writing);
  }
});

test('a write to a full disk throws an error with SQLite’s error code and keeps the old value', async () => {
  const store = await newStore();
  await store.set('a', 'small');
  await fill(store);
  const error = await failure(store.set('a', 'x'.repeat(100_000)));
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ doing: 'writing', code: 'SQLITE_FULL' });
  expect(await store.get('a', z.string())).toBe('small');
});

test.each([
  ['a text file', 'Dear diary, '.repeat(100)],
  ['a database with another header', `SQLite format 9\0${'x'.repeat(4_000)}`],
])('opening a file that is not a database (%s) throws an error and keeps the file', async (_, content) => {
  const file = join(await newFolder(), 'caspian.sqlite');
  await writeFile(file, content);
  const error = await failure(openSqlite(file));
  expect(error).toBeInstanceOf(StoreError);
  expect(String(error)).toContain(file);
  expect(String(error)).toMatch(/not a database/);
  expect((await stat(file)).size).toBe(content.length);
});

test('opening a folder as a database throws an error with the path', async () => {
  const file = join(await newFolder(), 'caspian.sqlite');
  await mkdir(file);
  const error = await failure(openSqlite(file));
  expect(error).toBeInstanceOf(StoreError);
  expect(String(error)).toContain(file);
});

test('reading a row with broken JSON throws a read error', async () => {
  const store = await newStore();
  await store.set('a', 1);
  await store.query('UPDATE keyv SET value = ? WHERE key = ?', '{"value":', 'a');
  const error = await failure(store.get('a', z.unknown()));
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ doing: 'reading' });
  const all = async () => {
    for await (const _ of store.range('', z.unknown())) expect.unreachable();
  };
  expect(await failure(all())).toMatchObject({ doing: 'reading' });
});

// ---- Tests of the data folder

test('two bots cannot use the same data folder at the same time', async () => {
  const path = join(await newFolder(), 'deep', 'data');
  const first = await lockFolder(path);
  const error = await failure(lockFolder(path));
  expect(error).toBeInstanceOf(FolderError);
  expect(String(error)).toContain(`Another Caspian is running with the data folder ${path}`);
  await first.unlock();
  const second = await lockFolder(path);
  await second.unlock();
});

test('T11: only the owner has permissions for a new data folder', async () => {
  const path = join(await newFolder(), 'data');
  const folder = await lockFolder(path);
  onTestFinished(() => folder.unlock());
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('if the data folder cannot be created, the error says how to choose another folder', async () => {
  const file = join(await newFolder(), 'a-file');
  await writeFile(file, '');
  const error = await failure(lockFolder(join(file, 'data')));
  expect(error).toBeInstanceOf(FolderError);
  expect(String(error)).toMatch(
    /The data folder .*a-file\/data cannot be made .*Set DATA_DIR to a folder that can be written/,
  );
});

test('if the data folder cannot be locked, the error says that the folder cannot be written', async () => {
  const path = await newFolder();
  await mkdir(join(path, 'lock.sqlite'));
  const error = await failure(lockFolder(path));
  expect(error).toBeInstanceOf(FolderError);
  expect(String(error)).toContain(`The data folder ${path} cannot be written`);
});

test('removing a database also removes its -wal and -shm files, but no other file', async () => {
  const path = await newFolder();
  const folder = await lockFolder(path);
  onTestFinished(() => folder.unlock());
  for (const name of ['a.sqlite', 'a.sqlite-wal', 'a.sqlite-shm', 'b.sqlite']) await writeFile(folder.file(name), '');
  await folder.remove('a.sqlite');
  expect((await readdir(path)).filter((name) => !name.startsWith('lock'))).toEqual(['b.sqlite']);
});
