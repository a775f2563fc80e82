/**
 * Changes stored values without transactions: reads the texts, calculates the new texts, and writes each new text only
 * if the old text is still stored. If another writer has changed a key in the meantime, the change of this key can be
 * tried again.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { Backend, Change, Row } from './backend.ts';
import { guarded, readAs, textOf, valueOf } from './stored-values.ts';
import { StoreError, type Summary } from './store.ts';

/** Thrown if another writer changed a value between the read and the write. The change can be tried again. */
export class LostRace extends StoreError {
  constructor(what: string) {
    super(`writing "${what}" failed: another process changes it all the time`, 'writing', { code: 'LOST_RACE' });
  }
}

/**
 * Maximum number of keys that are written with one statement. While the database carries out the statement, the new
 * texts of the next keys are calculated.
 */
const keysAtOnce = 50;

/**
 * Waits until the driver has started a statement. The driver of SQLite needs two turns of the event loop: it prepares
 * the statement in the first, and runs it in the second.
 */
async function statementStarted(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

interface IndexedKey {
  readonly key: string;
  readonly index: number;
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

  /**
   * Calculates the changes of some keys. `known` contains the stored rows. Keys that an earlier try has written are left
   * out.
   */
  function changesOf(part: readonly IndexedKey[], known: ReadonlyMap<string, Row>): readonly Change[] {
    return part.flatMap(({ key, index }) => {
      const text = known.get(key)?.value;
      const before = sent.get(key);
      if (before === undefined || before.text !== text) return changeOf(key, index, text) ?? [];
      changed.set(key, before.value);
      return [];
    });
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

  async function write(what: string, changes: readonly Change[]): Promise<void> {
    const written = new Set(await guarded('writing', what, () => backend.compareAndWrite(changes)));
    for (const { key } of changes) {
      const one = sent.get(key);
      // `sent` contains only writes whose outcome is unknown, and the server has replied to this write. If a refused
      // write stayed in `sent` and another writer stored the same text, the next try would take that text for its own.
      sent.delete(key);
      if (one && written.has(key)) changed.set(key, one.value);
    }
    if (written.size < changes.length) throw new LostRace(what);
  }

  return async (what) => {
    const left = keys.map((key, index) => ({ key, index })).filter(({ key }) => !changed.has(key));
    const rows = await guarded('reading', what, () => backend.many(left.map(({ key }) => key)));
    const known = new Map(rows.map((row) => [row.key, row]));
    // `allSettled` prevents an unhandled rejection if a write fails while the changes of later keys are calculated.
    const writes: Promise<readonly [PromiseSettledResult<void>]>[] = [];
    try {
      for (let first = 0; first < left.length; first += keysAtOnce) {
        if (first > 0) await statementStarted();
        const changes = changesOf(left.slice(first, first + keysAtOnce), known);
        if (changes.length > 0) writes.push(Promise.allSettled([write(what, changes)]));
      }
    } finally {
      // The caller may try again only after all writes have ended.
      await Promise.all(writes);
    }
    for (const [result] of await Promise.all(writes)) if (result.status === 'rejected') throw result.reason;
    return keys.map((key) => changed.get(key) as T);
  };
}
