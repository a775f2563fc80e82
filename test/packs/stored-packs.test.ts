/** Tests how the packs that servers have installed are stored, loaded, replaced and removed. */
import { expect, test } from 'vitest';
import { soleOwner } from '../../src/bot/ports/shard-owner.ts';
import { forgetInstaller } from '../../src/bot/packs/forget-installer.ts';
import { PackUnavailable } from '../../src/bot/packs/pack-unavailable.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { type Store, StoreError } from '../../src/store/store.ts';
import { memoryStore } from '../support/memory-store.ts';
import { fakePacks, manager } from './fake-packs.ts';

/** Simulates a process that is killed after this number of writes. All later writes fail. */
function killedAfter(store: Store, writes: number): Store & { readonly isKilled: () => boolean } {
  let left = writes;
  const write = () => {
    if (left-- <= 0) throw new StoreError('killed', 'writing');
  };
  return {
    ...store,
    async set(key, value) {
      write();
      await store.set(key, value);
    },
    async delete(key) {
      write();
      await store.delete(key);
    },
    async change(key, schema, next) {
      write();
      return store.change(key, schema, next);
    },
    isKilled: () => left < 0,
  };
}

test('if the process is killed at any write of an installation, the server has either the complete old pack or the complete new pack', async () => {
  const outcomes: string[] = [];
  for (let writes = 0; ; writes++) {
    const store = memoryStore();
    const before = fakePacks(store);
    expect(await before.install('old')).toBe('installed');
    await before.library.at('guild').use('rivers');
    const dying = killedAfter(store, writes);
    await fakePacks(dying)
      .install('newer')
      .catch(() => undefined);
    const after = fakePacks(store);
    after.cleanup.start();
    await settled();
    outcomes.push(await after.used());
    // At the next start, the process deletes all pieces except the pieces of the installed version.
    expect(await store.keys('pack-pieces/', '')).toHaveLength(outcomes.at(-1) === 'Rivers: old' ? 3 : 5);
    if (!dying.isKilled()) break;
  }
  expect(new Set(outcomes)).toEqual(new Set(['Rivers: old', 'Rivers: newer']));
  // The server uses the new pack as soon as its list of packs is written. The five new pieces are written before the
  // list, so the server has the old pack if the process is killed after zero to five writes. The three old pieces are
  // deleted after the list is written.
  expect(outcomes.filter((one) => one === 'Rivers: old')).toHaveLength(6);
  expect(outcomes).toHaveLength(10);
});

test('when a process starts, it deletes pieces without a pack if they belong to its own servers, and keeps the pieces of other servers', async () => {
  const store = memoryStore();
  const pieces = ['pack-pieces/other/new/000', 'pack-pieces/own/new/000'];
  for (const piece of pieces) await store.set(piece, 'x');
  const owner = { ...soleOwner, isAlone: false, owns: (scope: string) => scope === 'own' };
  fakePacks(store, undefined, owner).cleanup.start();
  await settled();
  expect(await store.keys('pack-pieces/', '')).toEqual(pieces.slice(0, 1));
});

test('after two processes have deleted the data of a member, neither of them has a cached list of packs that contains the member', async () => {
  const store = memoryStore();
  const processes = [fakePacks(store), fakePacks(store)];
  await processes[0]?.install('abc');
  const listed = () => Promise.all(processes.map(({ packs }) => packs.list('guild')));
  expect(JSON.stringify(await listed()).split(manager.id)).toHaveLength(3);
  for (const { packs } of processes) await forgetInstaller(store, packs, manager.id);
  expect(JSON.stringify(await listed())).not.toContain(manager.id);
});

test('a pack is loaded when it is first used, and is dropped from memory after 30 minutes without use', async () => {
  const packs = fakePacks(memoryStore());
  await packs.install('abc');
  await packs.library.at('guild').use('rivers');
  expect(packs.loads()).toBe(0);
  expect(await packs.used()).toBe('Rivers: abc');
  for (let minute = 0; minute < 60; minute += 20) {
    await packs.clock.advance(20 * 60_000);
    expect(await packs.used()).toBe('Rivers: abc');
  }
  expect(packs.loads()).toBe(1);
  await packs.clock.advance(41 * 60_000);
  expect(packs.packs.loadedPacks()).toBe(0);
  await packs.used();
  expect(packs.loads()).toBe(2);
});

test('if the loaded packs have too many entries, the least recently used packs are dropped from memory', async () => {
  const packs = fakePacks(memoryStore());
  for (const server of ['one', 'two', 'three']) {
    await packs.install('abc', 'Rivers', server);
    await packs.library.at(server).use('rivers');
    await packs.used(server);
  }
  // Each pack has 20,000 entries, and at most 50,000 entries may be loaded.
  expect(packs.packs.loadedPacks()).toBe(2);
  await packs.used('three');
  expect(packs.loads()).toBe(3);
  await packs.used('one');
  expect(packs.loads()).toBe(4);
});

test('if a piece of a pack is missing, using the pack throws PackUnavailable, and another pack can be chosen', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  await packs.install('abc');
  const [piece = ''] = await store.keys('pack-pieces/', '');
  await packs.library.at('guild').use('rivers');
  await store.delete(piece);
  await expect(packs.used()).rejects.toThrow(PackUnavailable);
  expect(await packs.library.at('guild').use(undefined)).toMatchObject({ name: 'shipped' });
  expect(await packs.used()).toBe('shipped');
});

test('if the store fails while a pack is read, the next use of the pack reads it again', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  await packs.install('abc');
  await packs.library.at('guild').use('rivers');
  store.fail = { doing: 'reading', code: 'SQLITE_IOERR' };
  await expect(packs.used()).rejects.toThrow(StoreError);
  store.fail = undefined;
  expect(await packs.used()).toBe('Rivers: abc');
});

test('a preview is dropped after 15 minutes or when the same member creates another preview', async () => {
  const packs = fakePacks(memoryStore());
  const library = packs.library.at('guild');
  const preview = async () => {
    const result = await library.preview({ text: 'abc' }, manager.id);
    return result.is === 'preview' ? result.preview.id : result.is;
  };
  const first = await preview();
  await packs.clock.advance(14 * 60_000);
  expect(library.previewed(first, manager.id)).toBeDefined();
  expect(library.previewed(first, 'id-ana')).toBeUndefined();
  expect(packs.library.at('other').previewed(first, manager.id)).toBeUndefined();
  const second = await preview();
  expect(library.previewed(first, manager.id)).toBeUndefined();
  await packs.clock.advance(15 * 60_000);
  expect(await library.install(second, manager, 0)).toEqual({ is: 'expired' });
});

test('if the button "Install" is pressed twice, the pack is installed only once', async () => {
  const packs = fakePacks(memoryStore());
  const library = packs.library.at('guild');
  const result = await library.preview({ text: 'abc' }, manager.id);
  const id = result.is === 'preview' ? result.preview.id : '';
  const both = await Promise.all([1, 2].map(() => library.install(id, manager, 0)));
  expect(both.map(({ is }) => is).toSorted()).toEqual(['expired', 'installed']);
  expect((await library.list()).packs.map(({ added }) => added?.version)).toEqual([undefined, 1]);
});

test('if an installation fails because the disk is full, the preview is kept and can be installed later', async () => {
  const store = memoryStore();
  const packs = fakePacks(store);
  const library = packs.library.at('guild');
  const result = await library.preview({ text: 'abc' }, manager.id);
  const id = result.is === 'preview' ? result.preview.id : '';
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  await expect(library.install(id, manager, 0)).rejects.toThrow(StoreError);
  store.fail = undefined;
  expect(await library.install(id, manager, 0)).toMatchObject({ is: 'installed' });
});
