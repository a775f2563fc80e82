/**
 * Tests that the progress in a pack is deleted together with the pack, and that the packs of a server are deleted
 * together with the server.
 */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { deleteServer, storedServers } from '../../src/bot/privacy/delete-server.ts';
import { memberKey } from '../../src/bot/scores/score-keys.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import { type Reported, retired } from '../../src/core/reports/reported-items.ts';
import { addedPackId, storedId } from '../../src/core/scores/stored-ids.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { type MemoryStore, memoryStore } from '../support/memory-store.ts';
import { fakePacks } from './fake-packs.ts';

const day = 86_400_000;
const rivers = addedPackId('guild', 'rivers');

/** Adds answers of a member to two questions of this pack: a wrong answer and a right answer. */
function answersIn(pack: string, before?: Member): Member {
  const result = (id: string, right: boolean) => ({
    round: `${pack} ${id}`,
    question: 0,
    questionId: storedId(pack, `q-${id}`),
    kind: 'who' as const,
    about: [storedId(pack, id)],
    scope: 'guild',
    user: 'ana',
    name: 'Ana',
    right,
    points: right ? 10 : 0,
    at: day,
  });
  const on = { day: 1, topics: [storedId(pack, 'water')] };
  return applyResult(applyResult(before, result('rhine', false), on), result('volga', true), on);
}

async function played(store: MemoryStore): Promise<void> {
  await store.set(memberKey('guild', 'ana'), answersIn(rivers, answersIn('shipped')));
  await store.set('asked/ana', [
    ['shipped', ['q-volga']],
    [rivers, ['q-volga']],
  ]);
  await store.set('seen/ana', { shipped: ['volga'], [rivers]: ['volga'] });
}

const memberIn = (store: MemoryStore) => store.get(memberKey('guild', 'ana'), memberSchema);
const valueAt = (store: MemoryStore, key: string) => store.get(key, z.unknown());

test('ids in an added pack are stored with the prefix of the pack, and ids in shipped packs are stored unchanged', () => {
  expect(storedId('shipped', 'volga')).toBe('volga');
  expect(storedId(rivers, 'volga')).toBe('rivers/volga');
});

test('30 days after a pack was removed, the progress in the pack is deleted, even if the bot was restarted, but total points are kept', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  await packs.install('abc');
  await played(store);
  const all = await memberIn(store);
  expect(all?.missed.map(([id]) => id)).toEqual(['rhine', 'rivers/rhine']);
  await packs.library.at('guild').remove('rivers', packs.clock.now());
  await packs.clock.advance(29 * day);
  packs.close();
  expect(await memberIn(store)).toEqual(all);
  const again = fakePacks(store, packs.clock);
  again.cleanup.start();
  await settled();
  await again.clock.advance(day + 1_000);
  const rest = await memberIn(store);
  expect(rest?.missed.map(([id]) => id)).toEqual(['rhine']);
  expect(rest?.rightAnswers.map(([id]) => id)).toEqual(['q-volga']);
  expect(Object.keys(rest?.windows['all']?.topics ?? {})).toEqual(['water']);
  expect(rest?.windows['all']?.all).toEqual([20, 2, 4]);
  expect(await valueAt(store, 'asked/ana')).toEqual([['shipped', ['q-volga']]]);
  expect(await valueAt(store, 'seen/ana')).toEqual({ shipped: ['volga'] });
  expect(await store.keys('pack-pieces/', '')).toEqual([]);
});

test('if a removed pack is installed again under the same name within 30 days, the progress in the pack is kept', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  await packs.install('abc');
  await played(store);
  const all = await memberIn(store);
  await packs.library.at('guild').remove('rivers', packs.clock.now());
  await packs.clock.advance(20 * day);
  await packs.install('abcd', 'RIVERS');
  await packs.clock.advance(40 * day);
  expect(await memberIn(store)).toEqual(all);
  expect((await packs.packs.list('guild')).packs.map(({ key }) => key)).toEqual(['rivers']);
});

const retire = (old: Reported): Reported => retired(old, { kind: 'entry', id: 'rivers/volga' });
const shippedToo = (old: Reported): Reported => retired(old, { kind: 'entry', id: 'volga' });

test('30 days after a pack was removed, its retired items and statistics are deleted, but the retired items and statistics of other packs are kept', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  await packs.install('abc');
  await packs.reported.change('guild', retire);
  await packs.reported.change('guild', shippedToo);
  for (const key of ['rivers/q', 'rivers-2/q', 'q']) await store.set(`sums/guild/${key}`, 0);
  await packs.library.at('guild').remove('rivers', packs.clock.now());
  await packs.clock.advance(29 * day);
  expect((await packs.reported.read('guild')).items).toHaveLength(2);
  await packs.clock.advance(2 * day);
  expect((await packs.reported.read('guild')).items.map(({ id }) => id)).toEqual(['volga']);
  expect((await store.keys('sums/', '')).toSorted()).toEqual(['sums/guild/q', 'sums/guild/rivers-2/q']);
});

test('deleting a server’s data deletes its packs and the lists of questions that members were asked from these packs, and keeps the data of other servers', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  await packs.install('abc');
  await packs.install('abc', 'Rivers', 'guild2');
  await store.set('asked/ana', [
    [rivers, ['q-volga']],
    [addedPackId('guild2', 'rivers'), ['q-volga']],
  ]);
  expect(await storedServers(store)).toEqual(new Set(['guild', 'guild2']));
  // These values are deleted: the server's list of packs, the three pieces of its pack, and the list of the questions
  // that Ana was asked from this pack.
  expect(await deleteServer(store, 'guild')).toBe(5);
  expect(await storedServers(store)).toEqual(new Set(['guild2']));
  expect(await valueAt(store, 'asked/ana')).toEqual([[addedPackId('guild2', 'rivers'), ['q-volga']]]);
  expect(await store.keys('pack-pieces/', '')).toHaveLength(3);
});
