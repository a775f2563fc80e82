import type { Clock } from '../../src/clock.ts';

export interface VirtualClock extends Clock {
  /** Moves time forward, ringing every alarm that falls due, in order, letting promises settle in between. */
  advance(ms: number): Promise<void>;
}

/** A clock that stands still until it is told to move. */
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
 * Lets time pass until what a bot on the network does in the end has come. Nobody may be waiting for an answer: for them
 * it would pass too fast.
 */
export async function passing<T>({ advance }: VirtualClock, wanted: Promise<T>): Promise<T> {
  const waiting = Symbol('still waiting');
  // The network has no part in this clock.
  const next = () => new Promise<typeof waiting>((resolve) => setTimeout(resolve, 5, waiting));
  for (;;) {
    const came = await Promise.race([wanted, next()]);
    if (came !== waiting) return came;
    await advance(100);
  }
}

/** Lets every promise that can settle without waiting for input do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
