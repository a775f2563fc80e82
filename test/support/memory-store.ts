/** A store in memory. It can simulate disk failures. */
import { type Store, StoreError } from '../../src/store/store.ts';
import { type Backend, plainKeyv } from '../../src/store/backend.ts';
import { pageOfParts } from '../../src/store/parts.ts';
import { pageOfSummaries } from '../../src/store/summary.ts';
import { keyvStore } from '../../src/store/keyv-store.ts';

export interface MemoryStore extends Store {
  /** While this is set, all reads or all writes (see `doing`) fail with this SQLite error code. */
  fail: { readonly doing: StoreError['doing']; readonly code: string } | undefined;
  /** Returns how often keys with this prefix were read. */
  reads(prefix: string): number;
}

/** @param beforeChange is awaited before each write of `change` and `changeMany` */
export function memoryStore(beforeChange?: () => Promise<unknown>): MemoryStore {
  const map = new Map<string, string>();
  /** Returns the map, or throws while `fail` is set. */
  const disk = (doing: StoreError['doing']) => {
    if (store.fail?.doing === doing)
      throw new StoreError(`pretended: ${store.fail.code}`, doing, { code: store.fail.code });
    return map;
  };
  const reads: string[] = [];
  const adapter = {
    get(key: string) {
      reads.push(key);
      return disk('reading').get(key);
    },
    set: (key: string, value: string) => void disk('writing').set(key, value),
    delete: (key: string) => disk('writing').delete(key),
    clear: () => disk('writing').clear(),
  };
  const keyv = plainKeyv(adapter);
  const page: Backend['page'] = async (after, before, most) =>
    [...disk('reading')]
      .filter(([key]) => key > after && key < before)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, most)
      .map(([key, value]) => ({ key, value }));
  const inner = keyvStore({
    keyv,
    page,
    parts: async (after, before, most, paths) => pageOfParts(await page(after, before, most), paths),
    summaries: async (after, before, most, _fields, paths) => pageOfSummaries(await page(after, before, most), paths),
    keys: async (after, before, ending) =>
      [...disk('reading').keys()].filter((key) => key > after && key < before && key.endsWith(ending)),
    keysContaining: async (after, before, text) =>
      [...disk('reading')]
        .filter(([key, value]) => key > after && key < before && (key.includes(text) || value.includes(text)))
        .map(([key]) => key),
    many: async (keys) =>
      keys.flatMap((key) => {
        const value = disk('reading').get(key);
        return value === undefined ? [] : [{ key, value }];
      }),
    async compareAndWrite(changes) {
      await beforeChange?.();
      const map = disk('writing');
      const fitting = changes.filter(({ key, old }) => map.get(key) === old);
      for (const { key, value } of fitting) map.set(key, value);
      return fitting.map(({ key }) => key);
    },
    isTemporary: () => false,
    purge: async () => void disk('writing'),
    close: async () => undefined,
  });
  const store: MemoryStore = {
    ...inner,
    fail: undefined,
    reads: (prefix) => reads.filter((key) => key.startsWith(prefix)).length,
  };
  return store;
}
