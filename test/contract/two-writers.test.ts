/** Two stores write to the same data, as two processes would. No change may be lost. */
import { expect, onTestFinished, describe, test } from 'vitest';
import { z } from 'zod';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { newStoreFile } from '../support/store-file.ts';
import { newPostgresStore, newSchema, testDatabase } from '../support/test-database.ts';

/** Each function opens two stores with the same data. */
const pairs: Readonly<Record<string, () => Promise<readonly [Store, Store]>>> = {
  async sqlite() {
    const file = await newStoreFile();
    const retries = createRetries(realClock, createLog('silent'));
    const stores = [await openSqlite(file, retries.repeat), await openSqlite(file, retries.repeat)] as const;
    onTestFinished(async () => {
      for (const store of stores) await store.close();
      retries.close();
    });
    return stores;
  },
  async postgres() {
    const schema = newSchema();
    return [await newPostgresStore({ schema }), await newPostgresStore({ schema })];
  },
};
const tested = Object.entries(pairs).filter(([name]) => name !== 'postgres' || testDatabase !== '');

const count = z.number();
const up = (old = 0) => old + 1;
const times = 20;

describe.each(tested)('two stores in %s', (_, open) => {
  test('if both stores change one key at the same time, no change is lost', async () => {
    const [one, other] = await open();
    await Promise.all(
      Array.from({ length: times }, () => [one, other].map((store) => store.change('n', count, up))).flat(),
    );
    expect(await one.get('n', count)).toBe(2 * times);
  });

  test('if both stores change several keys at the same time, no change is lost, whatever the order of the keys', async () => {
    const [one, other] = await open();
    const keys = Array.from({ length: 20 }, (_, index) => `k/${index}`);
    await one.set('k/3', 100);
    await Promise.all(
      Array.from({ length: times }, () => [
        one.changeMany(keys, count, up),
        other.changeMany(keys.toReversed(), count, up),
      ]).flat(),
    );
    const values = await Promise.all(keys.map((key) => other.get(key, count)));
    expect(values).toEqual(keys.map((key) => (key === 'k/3' ? 100 : 0) + 2 * times));
  });

  test('if another store deletes a key while this store changes it, the change does not bring the deleted value back', async () => {
    const [one, other] = await open();
    await one.set('n', 5);
    let calls = 0;
    const seen: (number | undefined)[] = [];
    const deleted: Promise<void>[] = [];
    // The other store starts to delete the key between the read and the write. The deletion may end before or after the
    // write.
    await one.change('n', count, (old) => {
      seen.push(old);
      if (++calls === 1) deleted.push(other.delete('n'));
      return (old ?? 0) + 1;
    });
    await Promise.all(deleted);
    expect(seen).toEqual(calls === 1 ? [5] : [5, undefined]);
    expect(await one.get('n', count)).toBe(calls === 1 ? undefined : 1);
  });
});
