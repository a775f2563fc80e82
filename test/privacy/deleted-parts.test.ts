/**
 * Tests that /me delete deletes all cached pictures and the list of questions that the member was asked. Also tests
 * that it removes the member from the latest round.
 */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/log.ts';
import { lastRoundKey } from '../../src/bot/rounds/last-rounds.ts';
import { deleteMember } from '../../src/bot/privacy/delete-member.ts';
import { createUnseenFacts } from '../../src/bot/unseen-facts.ts';
import { noPacks } from '../../src/bot/packs/stored-packs.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { cachePictures } from '../../src/pictures/picture-cache.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { startWithFailingPorts } from '../faults/failing-ports.ts';
import type { Store } from '../../src/store/store.ts';
import { memoryStore } from '../support/memory-store.ts';

async function played(store: Store = memoryStore()) {
  const bot = await startWithFailingPorts(store);
  await bot.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await bot.press('ben', 'join');
  await bot.press('ana', 'start');
  await settled();
  await bot.answer('ana', true);
  await bot.answer('ben', true);
  await bot.clock.advance(8_000);
  await bot.typed('ana', 'quiz stop');
  await bot.clock.advance(10_000);
  return { ...bot, store };
}

test('/me delete deletes the list of questions that the member was asked, and keeps the lists of other members', async () => {
  const { app, discord, store } = await played();
  expect((await store.keys('asked/', '')).toSorted()).toEqual(['asked/ana', 'asked/ben']);
  await discord.interact('ana', {}, (context) => app.runComponent('me:delete', context, { sure: true }));
  expect(await store.keys('asked/', '')).toEqual(['asked/ben']);
});

test('/me delete deletes all cached pictures, because they may show the name of the member', async () => {
  const { rounds, scores, store } = await played();
  let drawings = 0;
  const pictures = cachePictures(async () => {
    drawings += 1;
    return Buffer.from('png');
  });
  const log = createLog('silent');
  await pictures.png('<svg>ana</svg>');
  await pictures.png('<svg>ana</svg>');
  expect(drawings).toBe(1);
  const settings = createSettingsStore(store);
  const unseenFacts = createUnseenFacts({ store, log, defaultPack: 'russia-iran' });
  const packs = { changeList: async () => noPacks, forgetLists: () => undefined };
  const library = { forgetMember: () => undefined };
  const reports = { forgetMember: async () => undefined };
  const ports = { rounds, scores, settings, pictures, unseenFacts, packs, library, reports, store, log };
  await deleteMember(ports, 'ana');
  await pictures.png('<svg>ana</svg>');
  expect(drawings).toBe(2);
});

test('/me delete replies only after the round that has just ended is stored without the member', async () => {
  const memory = memoryStore();
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const store: Store = {
    ...memory,
    // Simulates a slow database: reads have no delay, but writes wait until the test calls `open`.
    async change(key, schema, next, summary) {
      if (!key.startsWith('over/')) return memory.change(key, schema, next, summary);
      const value = next(await memory.get(key, schema));
      await gate;
      await memory.set(key, value);
      return value;
    },
  };
  const { app, discord } = await played(store);
  const deleted = discord.interact('ana', {}, (context) => app.runComponent('me:delete', context, { sure: true }));
  await settled();
  open();
  await deleted;
  const stored = JSON.stringify((await memory.get(lastRoundKey('general'), z.unknown())) ?? 'not yet stored');
  expect(stored).toContain('"ben"');
  expect(stored).not.toContain('"ana"');
});
