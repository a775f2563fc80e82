/** Tests backups that are made while the bot writes, damaged backups, and files that a restore replaces. */
import fsPromises, { chmod, open, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { backup, BackupError, restore } from '../../src/store/backup.ts';
import { type Folder, lockFolder } from '../../src/store/folder.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { seen } from '../support/seen.ts';

const name = 'caspian.sqlite';

async function newFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'caspian-backup-'));
  const folder = await lockFolder(path);
  onTestFinished(async () => {
    await folder.unlock();
    await rm(path, { recursive: true });
  });
  return folder;
}
async function filled(folder: Folder, values: number): Promise<void> {
  const store = await openSqlite(folder.file(name));
  const keys = Array.from({ length: values }, (_, index) => `member/${String(index).padStart(4, '0')}`);
  await store.changeMany(keys, z.unknown(), (_, index) => ({ index }));
  await store.close();
}
async function keysIn(folder: Folder): Promise<string[]> {
  const store = await openSqlite(folder.file(name));
  const keys: string[] = [];
  for await (const [key] of store.range('', z.unknown())) keys.push(key);
  await store.close();
  return keys;
}
/**
 * Overwrites 4,096 bytes of a file. `at` is the position as a fraction of the file size: 0 is the start of the file, and
 * 0.5 is the middle.
 */
async function damage(file: string, at = 0.5): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(4_096, 0xa5), 0, 4_096, Math.floor((size * at) / 4_096) * 4_096);
  await handle.close();
}
const files = (folder: Folder) => readdir(folder.file('.')).then((all) => all.filter((one) => !one.startsWith('lock')));
const refusal = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BackupError);
  return String(error);
};

test('a backup made while the bot writes is a consistent snapshot', async () => {
  const folder = await newFolder();
  const store = await openSqlite(folder.file(name));
  const numbers = Array.from({ length: 3_000 }, (_, index) => index);
  let begun: Promise<number> | undefined;
  for (const number of numbers) {
    await store.set(`n/${String(number).padStart(6, '0')}`, number);
    if (number === 200) begun = backup(folder.file(name), folder.file('copy'));
  }
  const values = (await begun) ?? 0;
  await store.close();

  await restore(folder.file('copy'), folder, name, 'now');
  const keys = await keysIn(folder);
  expect(keys).toHaveLength(values);
  expect(values).toBeGreaterThan(200);
  // The values are written in order, so a consistent snapshot has no gap between its first and its last key.
  expect(keys.at(-1)).toBe(`n/${String(values - 1).padStart(6, '0')}`);
});

test('restoring a backup keeps the replaced database as a file, which can be restored like a backup', async () => {
  const folder = await newFolder();
  await filled(folder, 3);
  expect(await backup(folder.file(name), folder.file('copy'))).toBe(3);
  // The store stays open, so that the newest write is still in the write-ahead log.
  const store = await openSqlite(folder.file(name));
  onTestFinished(() => store.close());
  await store.set('member/later', {});
  const { values, before } = await restore(folder.file('copy'), folder, name, '20260102');
  expect({ values, before }).toEqual({ values: 3, before: folder.file(`${name}.before-20260102`) });
  expect(await keysIn(folder)).toEqual(['member/0000', 'member/0001', 'member/0002']);

  await restore(before ?? '', folder, name, '20260103');
  expect(await keysIn(folder)).toContain('member/later');
});

test('if a backup replaces a damaged database, the damaged database is kept as a file', async () => {
  const folder = await newFolder();
  await filled(folder, 1_000);
  await backup(folder.file(name), folder.file('copy'));
  await damage(folder.file(name), 0);
  const damaged = await readFile(folder.file(name));
  const { before = '' } = await restore(folder.file('copy'), folder, name, 'now');
  expect(await readFile(before)).toEqual(damaged);
  expect(await keysIn(folder)).toHaveLength(1_000);
});

test('restoring a damaged backup fails and leaves the database unchanged', async () => {
  const folder = await newFolder();
  await filled(folder, 2_000);
  await backup(folder.file(name), folder.file('copy'));
  await damage(folder.file('copy'));
  const before = await readFile(folder.file(name));
  expect(await refusal(restore(folder.file('copy'), folder, name, 'now'))).toContain("no whole copy of Caspian's data");
  expect(await readFile(folder.file(name))).toEqual(before);
  expect((await files(folder)).toSorted()).toEqual([name, 'copy']);
});

test.each([
  ['cut short', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 20_000))],
  ['broken in its header', (file: string) => damage(file, 0)],
  ['empty', (file: string) => writeFile(file, '')],
  ['a text file', (file: string) => writeFile(file, 'my scores '.repeat(1_000))],
  [
    'valid except for a value that is broken JSON',
    async (file: string) => {
      const store = await openSqlite(file);
      await store.query('UPDATE keyv SET value = ? WHERE key = ?', '{"value":', 'member/0100');
      await store.close();
    },
  ],
  [
    'the database of another program',
    async (file: string) => {
      const store = await openSqlite(file);
      await store.query('CREATE TABLE bookmarks (url TEXT)');
      await store.close();
    },
  ],
])('restoring a backup fails if the backup file is %s', async (_, spoil) => {
  const folder = await newFolder();
  await filled(folder, 1_000);
  await backup(folder.file(name), folder.file('copy'));
  await spoil(folder.file('copy'));
  expect(await refusal(restore(folder.file('copy'), folder, name, 'now'))).toContain("no whole copy of Caspian's data");
  expect(await keysIn(folder)).toHaveLength(1_000);
});

test('a backup of a damaged database fails, and the error message says how to restore an older backup', async () => {
  const folder = await newFolder();
  await filled(folder, 2_000);
  await damage(folder.file(name));
  expect(await refusal(backup(folder.file(name), folder.file('copy')))).toMatch(/damaged .* npm run restore FILE/);
  expect(await files(folder)).toEqual([name]);
});

test('backup and restore fail with an explanation if a file is missing or would be overwritten', async () => {
  const folder = await newFolder();
  expect(await refusal(backup(folder.file(name), folder.file('copy')))).toContain('There is no data to copy');
  await filled(folder, 1);
  await writeFile(folder.file('precious'), 'mine');
  expect(await refusal(backup(folder.file(name), folder.file('precious')))).toContain('exists already');
  expect(await readFile(folder.file('precious'), 'utf8')).toBe('mine');
  expect(await refusal(backup(folder.file(name), join(folder.file('nowhere'), 'copy')))).toContain(
    'Name a file in a folder that can be written',
  );
  expect(await refusal(restore(folder.file('nowhere'), folder, name, 'now'))).toContain('There is no file');
});

test('F19: a backup can be made on a file system without hard links', async () => {
  const folder = await newFolder();
  await filled(folder, 3);
  const { link } = fsPromises;
  onTestFinished(() => {
    fsPromises.link = link;
    syncBuiltinESMExports();
  });
  fsPromises.link = () => Promise.reject(Object.assign(new Error('EPERM: no hard links here'), { code: 'EPERM' }));
  syncBuiltinESMExports();
  expect(await backup(folder.file(name), folder.file('copy'))).toBe(3);
  expect(await files(folder)).toEqual([name, 'copy'].toSorted());
  seen('the copy is made without hard links');
});

test('F19: if the database is empty, the error of a backup says that there is nothing to copy, not that the database is damaged', async () => {
  const folder = await newFolder();
  await filled(folder, 0);
  const words = await refusal(backup(folder.file(name), folder.file('copy')));
  expect(words).toContain('There is nothing to copy yet');
  expect(words).not.toContain('damaged');
  expect(await files(folder)).toEqual([name]);
  seen('nothing to copy yet');
});

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('F19: only the owner can read backups and restored data, regardless of the earlier file modes', async () => {
  const folder = await newFolder();
  await filled(folder, 3);
  await chmod(folder.file(name), 0o644);
  await backup(folder.file(name), folder.file('copy'));
  expect(await modeOf(folder.file('copy'))).toBe('600');
  await chmod(folder.file('copy'), 0o644);
  await restore(folder.file('copy'), folder, name, 'now');
  expect(await modeOf(folder.file(name))).toBe('600');
  seen('copies and restored data have the mode 600');
});

test('F19: when the bot starts, it removes the permissions of other users for the data folder and for the databases in it', async () => {
  const path = await mkdtemp(join(tmpdir(), 'caspian-modes-'));
  onTestFinished(() => rm(path, { recursive: true }));
  await writeFile(join(path, name), '');
  await chmod(path, 0o755);
  await chmod(join(path, name), 0o644);
  const folder = await lockFolder(path);
  onTestFinished(() => folder.unlock());
  expect([await modeOf(path), await modeOf(join(path, name))]).toEqual(['700', '600']);
  seen('the folder has the mode 700, the database 600');
});
