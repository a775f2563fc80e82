/**
 * Changes stored values without transactions: reads the texts, calculates the new texts, and writes each new text only
 * if the old text is still stored. If another writer has changed a key in the meantime, the change of this key can be
 * tried again.
 */
import type { z } from 'zod';
import type { Backend, Change } from './backend.ts';
import { guarded, readAs, textOf, valueOf } from './stored-values.ts';
import { StoreError, type Summary } from './store.ts';

/** Thrown if another writer changed a value between the read and the write. The change can be tried again. */
export class LostRace extends StoreError {
  constructor(what: string) {
    super(`writing "${what}" failed: another process changes it all the time`, 'writing', { code: 'LOST_RACE' });
  }
}

/**
 * Returns a function that tries to change all keys and can be called again after an error. Keys that were written are
 * not changed again.
 */
export function createChange<T>(
  backend: Backend,
  keys: readonly string[],
  schema: z.ZodType<T>,
  next: (old: T | undefined, index: number) => T,
  summary?: (value: T) => Summary | undefined,
): (what: string) => Promise<readonly T[]> {
  const changed = new Map<string, T>();
  /**
   * The writes to which the server has not replied. If the connection was lost, it is unknown whether the server has
   * carried out these writes. The next try finds out by comparing the stored text with the text of the write.
   */
  const sent = new Map<string, { readonly text: string; readonly value: T }>();

  async function readChanges(what: string): Promise<readonly Change[]> {
    const left = keys.filter((key) => !changed.has(key));
    const rows = await guarded('reading', what, () => backend.many(left));
    const known = new Map(rows.map((row) => [row.key, row]));
    const changes: (Change | undefined)[] = [];
    for (const [index, key] of keys.entries()) {
      if (changed.has(key)) continue;
      const row = known.get(key);
      const before = sent.get(key);
      if (before !== undefined && before.text === row?.value) changed.set(key, before.value);
      else changes.push(changeOf(key, index, row?.value));
    }
    return changes.flatMap((change) => change ?? []);
  }

  /** Calculates the change of a key. Returns undefined if `next` does not change the value. */
  function changeOf(key: string, index: number, text: string | undefined): Change | undefined {
    const stored = text === undefined ? undefined : valueOf({ key, value: text });
    const old = stored === undefined ? undefined : readAs(schema, key, stored);
    const value = next(old, index);
    if (value === old) {
      changed.set(key, value);
      return undefined;
    }
    const written = textOf(key, value, summary?.(value));
    sent.set(key, { text: written, value });
    return { key, old: text, value: written };
  }

  return async (what) => {
    const changes = await readChanges(what);
    if (changes.length > 0) {
      const written = await guarded('writing', what, () => backend.compareAndWrite(changes));
      for (const key of written) {
        const write = sent.get(key);
        if (write) changed.set(key, write.value);
      }
      // The server has replied, so the writes whose keys are not in `written` were not carried out. If their texts are
      // stored later, another writer has stored them.
      sent.clear();
      if (written.length < changes.length) throw new LostRace(what);
    }
    return keys.map((key) => changed.get(key) as T);
  };
}
