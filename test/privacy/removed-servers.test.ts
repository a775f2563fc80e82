/** Tests when the bot deletes the data of a server that has removed the bot. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import { deleteServer } from '../../src/bot/privacy/delete-server.ts';
import { lastRoundKey } from '../../src/bot/rounds/last-rounds.ts';
import { roundKey } from '../../src/bot/rounds/saved-round.ts';
import { nothingShown } from '../../src/core/quiz/shown.ts';
import { retired } from '../../src/core/reports/reported-items.ts';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { settled, virtualClock, type VirtualClock } from '../../src/loopback/virtual-clock.ts';
import { opened } from '../core/quiz-fixtures.ts';
import { library } from '../support/caspian.ts';
import { memoryStore, type MemoryStore } from '../support/memory-store.ts';
import { fakeDiscord } from '../support/fake-discord.ts';
import { startApp } from '../support/start-app.ts';

const day = 86_400_000;

const resultIn = (scope: string): AnswerResult => ({
  round: `r-${scope}`,
  question: 0,
  questionId: 'q',
  kind: 'who',
  about: [],
  scope,
  channel: `c-${scope}`,
  user: 'ana',
  name: 'Ana',
  right: true,
  points: 10,
  at: Date.UTC(2026, 10, 23),
});

/** The keys of all pairs whose key or value contains the id of the server `guild`. */
async function keysOfServer(store: MemoryStore): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [key, value] of store.range('', z.unknown()))
    if (key.split('/').includes('guild') || JSON.stringify(value).includes('"guild"')) found.push(key);
  return found;
}

const packs = createPackByGuild(library);

/**
 * Starts the app, but does not resume rounds. After resuming rounds, the app would save the current time every minute.
 * The tests let many days pass, so there would be thousands of writes.
 */
async function start(store: MemoryStore, clock: VirtualClock) {
  const discord = fakeDiscord(clock, () => undefined);
  const membership = { isMember: async () => true };
  const started = await startApp({ store, clock, channels: discord.channels, packs, membership });
  const typed = (who: string, command: string, subcommand?: string, values: Record<string, string> = {}) =>
    discord.interact(who, {}, (context) =>
      started.app.runCommand({ command, ...(subcommand !== undefined && { subcommand }), values }, context),
    );
  return { ...started, typed };
}

/** Stores scores, settings and rounds of `guild`, and scores of another server and of direct messages. */
async function played(store: MemoryStore, clock: VirtualClock) {
  const app = await start(store, clock);
  for (const scope of ['guild', 'other', 'dm:ana']) await app.scores.apply([resultIn(scope)]);
  await app.typed('manager', 'setup', 'board', { 'time-zone': 'Asia/Tehran' });
  const quiz = opened('group', 3, 20, { scope: 'guild' });
  await store.set(roundKey(quiz.id), { quiz, shown: nothingShown });
  await store.set(lastRoundKey('general'), quiz);
  for (const server of ['guild', 'other']) {
    await app.added.reported.change(server, (old) => retired(old, { kind: 'entry', id: 'rasht' }));
    await store.set(`sums/${server}/q`, 0);
  }
  await store.set('broken/round/x', { scope: 'guild' });
  return app;
}

test('30 days after the bot was removed from a server, all data of the server is deleted, even if the bot is restarted', async () => {
  const store = memoryStore();
  const clock = virtualClock();
  const { app, removedServers } = await played(store, clock);
  app.serverRemoved('guild');
  await clock.advance(29 * day);
  removedServers.close();
  const again = await start(store, clock);
  again.app.serversKnown(new Set(['other']));
  await settled();
  expect(await keysOfServer(store)).toEqual(
    expect.arrayContaining([
      'broken/round/x',
      'last/guild/c-guild',
      'member/guild/ana',
      'over/general',
      'reports/guild',
      'round/r',
      'settings/server/guild',
      'sums/guild/q',
    ]),
  );
  await clock.advance(day + 1_000);
  expect(await keysOfServer(store)).toEqual([]);
  expect((await again.added.reported.read('guild')).items).toEqual([]);
  expect((await again.added.reported.read('other')).items).toHaveLength(1);
  expect((await again.scores.member('other', 'ana'))?.name).toBe('Ana');
  expect((await again.scores.member('dm:ana', 'ana'))?.name).toBe('Ana');
  // The settings were also deleted from the cache.
  expect(JSON.stringify(await again.typed('manager', 'setup', 'show'))).toContain('time zone UTC');
});

test('deleteServer deletes all values of a server, and keeps those of other servers', async () => {
  const store = memoryStore();
  await played(store, virtualClock());
  await settled();
  const before = await keysOfServer(store);
  expect(before.length).toBeGreaterThan(5);
  expect(await deleteServer(store, 'guild')).toBe(before.length);
  expect(await keysOfServer(store)).toEqual([]);
  expect((await store.keys('member/', '')).toSorted()).toEqual(['member/dm:ana/ana', 'member/other/ana']);
  expect((await store.keys('sums/', '')).concat(await store.keys('reports/', ''))).toEqual([
    'sums/other/q',
    'reports/other',
  ]);
  expect(await deleteServer(store, 'guild')).toBe(0);
});

test('if the bot comes back to a server within 30 days, the data is kept', async () => {
  const store = memoryStore();
  const clock = virtualClock();
  const { app, scores } = await played(store, clock);
  app.serverRemoved('guild');
  await clock.advance(29 * day);
  app.serverAdded('guild');
  await clock.advance(60 * day);
  expect((await scores.member('guild', 'ana'))?.name).toBe('Ana');
  expect(await store.keys('removed/', '')).toEqual([]);
});

test('if a server removes the bot while the bot is not running, the data is deleted 30 days after the next start', async () => {
  const store = memoryStore();
  const clock = virtualClock();
  const { app, scores } = await played(store, clock);
  app.serversKnown(new Set(['other']));
  await settled();
  expect(await store.keys('removed/', '')).toEqual(['removed/guild']);
  await clock.advance(29 * day);
  expect(await scores.member('guild', 'ana')).toBeDefined();
  await clock.advance(day + 1_000);
  expect(await scores.member('guild', 'ana')).toBeUndefined();
  expect(await scores.member('other', 'ana')).toBeDefined();
});

test('the data of a server without the bot is kept if its members still use the commands', async () => {
  const store = memoryStore();
  const clock = virtualClock();
  const { app, scores, typed } = await played(store, clock);
  app.serversKnown(new Set());
  await clock.advance(20 * day);
  await typed('ana', 'help');
  await clock.advance(20 * day);
  expect(await scores.member('guild', 'ana')).toBeDefined();
  expect(await scores.member('other', 'ana')).toBeUndefined();
});

test('if the store fails 30 days after the bot was removed, the data of the server is deleted as soon as the store works again', async () => {
  const store = memoryStore();
  const clock = virtualClock();
  const { app, scores } = await played(store, clock);
  app.serverRemoved('guild');
  await clock.advance(29 * day);
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  await clock.advance(day + 1_000);
  expect(await scores.member('guild', 'ana')).toBeDefined();
  store.fail = undefined;
  await clock.advance(10 * 60_000);
  expect(await keysOfServer(store)).toEqual([]);
});
