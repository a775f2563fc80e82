/** Keeping the world between runs: whole, a little after it changed, one save at a time, and always at the end. */
import type { Clock } from '../clock.ts';

export interface WorldStorage {
  /** What was saved last; undefined or null when there is nothing yet. */
  load(): Promise<unknown>;
  /** Stores a plain JSON value. A rejection is reported and the save is tried again with the next change. */
  save(world: unknown): Promise<void>;
}

/** Changes within this time are saved together. */
const gatherMs = 250;

interface WorldSaver {
  readonly changed: () => void;
  /** Resolves when what was changed last is saved, or has failed and was reported. */
  flush(): Promise<void>;
}

/** Alarms that are called off leave the rest to `finish`. */
export function createWorldSaver(
  world: () => unknown,
  keep: WorldStorage | undefined,
  clock: Clock,
  alarm: (at: number, run: () => void) => void,
  onError: (error: unknown) => void,
): WorldSaver {
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
    changed() {
      isDirty = true;
      if (!keep || isPlanned) return;
      isPlanned = true;
      alarm(clock.now() + gatherMs, () => void save());
    },
    flush: save,
  };
}
