/** Tests /me delete while answers, deletions and the end of a round are under way, with the real discord.js client. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { passing } from '../../src/loopback/virtual-clock.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import type { Store } from '../../src/store/store.ts';
import { emulatedBot, wordsOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

async function deleteData(member: LoopbackMember, channel = 'general'): Promise<string> {
  const opened = await member.command(channel, '/me delete');
  if (opened.kind !== 'modal') throw new Error(JSON.stringify(opened));
  return wordsOf(await member.submit(opened.modal, { sure: true }));
}

/** The keys under which something about the member is stored. */
async function keysAbout(store: Store, { id }: LoopbackMember, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [key, value] of store.range('', z.unknown()))
    if (key.includes(id) || [id, `"${name}"`].some((text) => JSON.stringify(value).includes(text))) found.push(key);
  return found;
}

test('F27: after /me delete during a question, the reveal and the podium do not name the member, and nothing about the member is stored', async () => {
  const { ana, begin, member, press, shows, store } = await emulatedBot();
  const ben = await member('ben');
  const question = await begin();
  for (const name of ['ana', 'ben', 'cem']) expect(await press(name, question, 'A')).toContain('Locked A');
  expect(await deleteData(ben)).toContain('Deleted:');
  const answer = await shows('3 (100 %)', question.id);
  await shows('Question 2 of 3');
  await ana.command('general', '/quiz stop');
  const podium = await shows('Podium');
  for (const message of [answer, podium]) expect(textOf(message)).not.toContain('Ben');
  await expect.poll(() => store.keys('round/', ''), { interval: 5 }).toEqual([]);
  expect(await keysAbout(store, ben, 'Ben')).toEqual([]);
  seen('the answer counts without a name; no stored value has the id or the name');
});

test('F8: if the first post after a restart fails because the channel of the round is deleted, the round is removed from the store', async () => {
  const { begin, clock, loopback, restart, store } = await emulatedBot();
  await begin();
  expect(await store.keys('round/', '')).toHaveLength(1);
  loopback.faults.next({
    method: 'POST',
    route: '/channels/:channel/messages',
    status: 404,
    code: 10_003,
    times: Infinity,
  });
  await restart();
  await passing(clock, expect.poll(() => store.keys('round/', ''), { interval: 5 }).toEqual([]));
  seen('the round has ended and is not stored any more');
});

test('F8: if members delete their data while answers arrive and the server removes the bot, no data about these members remains', async () => {
  const { ana, begin, loopback, logged, member, press, store } = await emulatedBot();
  const [ben, cem] = [await member('ben'), await member('cem')];
  const question = await begin();
  expect(await press('ben', question, 'A')).toContain('Locked A');
  const [guild] = loopback.world().guilds;
  // At the same time, Ben deletes his data twice, Cem and Ana answer, and Cem deletes his data.
  const outcomes = await Promise.all([
    deleteData(ben),
    press('cem', question, 'B'),
    deleteData(ben),
    press('ana', question, 'A'),
    deleteData(cem),
  ]);
  for (const at of [0, 2, 4]) expect(outcomes[at]).toContain('Deleted:');
  await ana.request('DELETE', `/guilds/${guild?.id}/members/${loopback.world().application.id}`);
  await expect.poll(() => store.keys('round/', ''), { interval: 5 }).toEqual([]);
  expect(await keysAbout(store, ben, 'Ben')).toEqual([]);
  expect(await keysAbout(store, cem, 'Cem')).toEqual([]);
  expect((await keysAbout(store, ana, 'Ana')).length).toBeGreaterThan(0);
  expect(logged('"level":50')).toBe(0);
  seen('the answers and deletions are all acknowledged, and no stored value has an id or a name');
});
