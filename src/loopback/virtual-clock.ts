/** A clock that a test advances, so that the test does not wait in real time. */
import type { Clock } from '../clock.ts';

export interface VirtualClock extends Clock {
  /** Advances the time by `ms` and runs all due alarms in order. Lets pending promises settle before each alarm. */
  advance(ms: number): Promise<void>;
}

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
 * Until `wanted` resolves, repeatedly waits for the network and then advances the clock by `step` ms. Do not call this
 * function while an interaction is unanswered, because the deadline of the interaction would pass.
 */
export async function passing<T>({ advance }: VirtualClock, wanted: Promise<T>, step = 100): Promise<T> {
  const waiting = Symbol('still waiting');
  // Network input arrives in real time, so this function waits 5 ms of real time before each advance.
  const next = () => new Promise<typeof waiting>((resolve) => setTimeout(resolve, 5, waiting));
  for (;;) {
    const came = await Promise.race([wanted, next()]);
    if (came !== waiting) return came;
    await advance(step);
  }
}

/** Waits until all promises that depend neither on network input nor on the clock have settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
