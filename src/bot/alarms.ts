/** Alarms that are identified by keys. Setting an alarm replaces the earlier alarm with the same key. */
import type { Clock } from '../clock.ts';
import { outsideLogContext } from '../log.ts';

export interface Alarms {
  /** Calls `run` when the clock reaches `at` (ms since the epoch). */
  set(key: string, at: number, run: () => void): void;
  clear(key: string): void;
  isSet(key: string): boolean;
  /** Clears all alarms. Later calls of `set` do nothing. */
  close(): void;
}

export function createAlarms(clock: Clock): Alarms {
  const cancels = new Map<string, () => void>();
  let isClosed = false;
  const clear = (key: string) => {
    cancels.get(key)?.();
    cancels.delete(key);
  };
  return {
    set(key, at, run) {
      clear(key);
      if (isClosed) return;
      const cancel = clock.alarm(at, () => {
        cancels.delete(key);
        outsideLogContext(run);
      });
      cancels.set(key, cancel);
    },
    clear,
    isSet: (key) => cancels.has(key),
    close() {
      isClosed = true;
      for (const key of cancels.keys()) clear(key);
    },
  };
}
