/** Saves the whole world shortly after each change and when the loopback stops. Saves never run concurrently. */
import type { Clock } from '../clock.ts';

export interface WorldStorage {
  load(): Promise<unknown>;
  /** Stores a plain JSON value. After an error, the world is saved again at its next change. */
  save(world: unknown): Promise<void>;
}

/** Debounce time in ms: all changes within this time are saved together. */
const gatherMs = 250;

/** Sets an alarm for each save. If the alarm is cancelled, nothing is saved until the caller calls `flush`. */
export function createWorldSaver(
  world: () => unknown,
  keep: WorldStorage | undefined,
  clock: Clock,
  alarm: (at: number, run: () => void) => void,
  onError: (error: unknown) => void,
) {
  let isDirty = false;
  let isPlanned = false;
  let last = Promise.resolve();

  async function saveAfter(earlier: Promise<void>): Promise<void> {
    await earlier;
    if (!keep || !isDirty) return;
    isDirty = false;
    try {
      await keep.save(structuredClone(world()));
    } catch (error) {
      isDirty = true;
      onError(error);
    }
  }

  function save(): Promise<void> {
    isPlanned = false;
    return (last = saveAfter(last));
  }

  return {
    changed(): void {
      isDirty = true;
      if (!keep || isPlanned) return;
      isPlanned = true;
      alarm(clock.now() + gatherMs, () => void save());
    },
    flush: save,
  };
}
