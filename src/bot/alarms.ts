/** Alarms by key: setting one replaces the one before, so that no two wait for the same thing. */
import type { Clock } from '../clock.ts';

export interface Alarms {
  /** Calls `run` at `at`, in ms since the epoch by the clock. */
  set(key: string, at: number, run: () => void): void;
  clear(key: string): void;
  isSet(key: string): boolean;
  /** Clears all alarms. None is set any more. */
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
        run();
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
