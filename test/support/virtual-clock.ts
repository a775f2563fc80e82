import type { Clock } from '../../src/clock.ts';

export interface VirtualClock extends Clock {
  /** Moves time forward by `ms` and rings all due alarms in order. Promises settle in between. */
  advance(ms: number): Promise<void>;
}

/** A clock that moves only when told to. */
export function virtualClock(start = Date.UTC(2026, 10, 23, 12)): VirtualClock {
  let now = start;
  const alarms = new Set<{ at: number; run: () => void }>();
  return {
    now: () => now,
    alarm(at, run) {
      const alarm = { at, run };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        const next = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        alarms.delete(next);
        next.run();
      }
      now = end;
      await settled();
    },
  };
}

/**
 * Moves the clock on until `wanted` resolves, which may need network input. Not while somebody waits for an answer to an
 * interaction, because its deadline would pass first.
 */
export async function passing<T>({ advance }: VirtualClock, wanted: Promise<T>): Promise<T> {
  const waiting = Symbol('still waiting');
  // Network input arrives in real time, so wait for it in real time.
  const next = () => new Promise<typeof waiting>((resolve) => setTimeout(resolve, 5, waiting));
  for (;;) {
    const came = await Promise.race([wanted, next()]);
    if (came !== waiting) return came;
    await advance(100);
  }
}

/** Lets all promises settle that do not wait for input. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
