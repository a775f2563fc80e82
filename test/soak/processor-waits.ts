/**
 * Measures how long processes wait for a processor. If the machine is too busy, the bot cannot answer within three
 * seconds, which is not a mistake of the bot. The measurement needs Linux. On other systems, all waits are 0.
 */
import { readFileSync } from 'node:fs';

/** Time between two measurements, in ms. */
const measuredEvery = 250;

export interface ProcessorWaits {
  /**
   * The total time in ms for which the processes were ready to run but had to wait for a processor. Only the time after
   * `from` and before `until` (both in ms since the epoch) counts.
   */
  between(from: number, until: number): number;
  stop(): void;
}

/** @param pids returns the ids of the processes that are measured */
export function measureProcessorWaits(pids: () => readonly number[]): ProcessorWaits {
  const waits: { readonly at: number; readonly ms: number }[] = [];
  const before = new Map<number, number>();
  const timer = setInterval(() => {
    for (const pid of pids()) {
      const ms = waitedBy(pid);
      waits.push({ at: Date.now(), ms: Math.max(0, ms - (before.get(pid) ?? ms)) });
      before.set(pid, ms);
    }
  }, measuredEvery);
  return {
    between: (from, until) =>
      waits.filter(({ at }) => at >= from && at <= until + measuredEvery).reduce((sum, { ms }) => sum + ms, 0),
    stop: () => clearInterval(timer),
  };
}

/**
 * Returns how long the main thread has waited for a processor since its start, in ms. The second number in the file
 * schedstat is this time in ns.
 */
function waitedBy(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
