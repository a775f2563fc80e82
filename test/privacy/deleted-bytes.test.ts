/** Tests that the bytes of the database files contain neither the id nor the name of a member after /me delete. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { startWithFailingPorts, until } from '../faults/failing-ports.ts';
import { fakeDiscord } from '../support/fake-discord.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-privacy-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Counts the occurrences of a text in each file of a folder. Leaves out files without the text. */
async function occurrences(folder: string, text: string): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  for (const name of await readdir(folder)) {
    const count = (await readFile(join(folder, name), 'latin1')).split(text).length - 1;
    if (count > 0) found[name] = count;
  }
  return found;
}

const idOf = (name: string): string => `4711${name.length}0815-${name.slice(0, 3)}`;
const host = 'Hossein-of-Rasht';
const player = 'Parvin-of-Anzali';
const other = 'Other-of-Astrakhan';

/** Starts the bot on a new database. A host and two players play a round up to its second question. */
async function playing(store: SqliteStore) {
  const clock = virtualClock();
  const channel = await startWithFailingPorts(
    store,
    clock,
    fakeDiscord(clock, () => undefined, idOf),
  );
  for (const name of [host, player, other]) {
    await channel.typed(name, 'fact');
    await channel.typed(name, 'me settings', { 'time-zone': 'Asia/Tehran' });
  }
  await channel.typed(host, 'quiz group', { questions: 3, seconds: 20 });
  for (const name of [player, other]) await channel.press(name, 'join');
  await channel.press(host, 'start');
  await until('the first question is asked', () => channel.quiz().phase.name === 'asking');
  for (const name of [host, player, other]) await channel.answer(name, name !== player);
  const isSecondOpen = () => {
    const { phase, settled } = channel.quiz();
    return settled === 1 && phase.name === 'asking' && phase.question === 1;
  };
  for (let seconds = 0; seconds < 60 && !isSecondOpen(); seconds++) {
    await clock.advance(1_000);
    await store.get('nothing', z.unknown());
  }
  expect(isSecondOpen()).toBe(true);
  for (const name of [host, player]) await channel.answer(name, true);
  await channel.typed(player, 'quiz solo', { questions: 3 });
  const deletes = (name: string) =>
    channel.discord.interact(name, {}, (context) => channel.app.runComponent('me:delete', context, { sure: true }));
  return { ...channel, deletes };
}

test.each([
  ['a player', player],
  ['the host', host],
])(
  'after %s of a running round has used /me delete, neither the id nor the name of the member is in the database files',
  async (_, name) => {
    const folder = await newFolder();
    const store = await openSqlite(join(folder, 'store.sqlite'));
    onTestFinished(() => store.close());
    // The bot purges the file at each start. Only the first purge of a file rebuilds the file. In this test, the first
    // purge runs before the deletion, so the deletion must remove the bytes without a rebuild.
    await store.purge();
    // The bot keeps unreadable values under `broken/`. The deletion must remove these values, too.
    await store.set(`broken/round/x`, { players: { [idOf(name)]: { name } } });
    const { deletes, clock, rounds } = await playing(store);
    expect(await occurrences(folder, idOf(name))).not.toEqual({});
    expect(await occurrences(folder, name)).not.toEqual({});
    const response = await deletes(name);
    expect(JSON.stringify(response)).toContain('Deleted: your scores in 1 place');
    expect(await occurrences(folder, idOf(name))).toEqual({});
    expect(await occurrences(folder, name)).toEqual({});
    expect(await occurrences(folder, idOf(other))).not.toEqual({});

    // The rest of the round must not store the id or name of the member again.
    await clock.advance(120_000);
    await rounds.close();
    await store.purge();
    expect(await occurrences(folder, idOf(name))).toEqual({});
    expect(await occurrences(folder, name)).toEqual({});
  },
);

test('the first purge of a file removes the bytes that an earlier version of the bot left in the file after deletions', async () => {
  const folder = await newFolder();
  const file = join(folder, 'store.sqlite');
  // Earlier versions opened the database without secure_delete, so the test writes the old file without it, too.
  const old = new KeyvSqlite({ uri: `sqlite://${file}` });
  await old.query('PRAGMA journal_mode = WAL');
  for (let index = 0; index < 60; index++) await old.set(`asked/${index}`, `${player} `.repeat(99));
  await old.query('DELETE FROM keyv');
  await old.close();
  expect((await occurrences(folder, player))['store.sqlite']).toBeGreaterThan(0);
  const store = await openSqlite(file);
  onTestFinished(() => store.close());
  await store.purge();
  expect(await occurrences(folder, player)).toEqual({});
});
