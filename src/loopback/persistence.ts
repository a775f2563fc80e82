/** Saves the whole world shortly after it changed, and when the loopback stops. One save at a time. */
import type { Clock } from '../clock.ts';

export interface WorldStorage {
  /** The world that was saved last; undefined or null if there is none. */
  load(): Promise<unknown>;
  /** Stores a plain JSON value. A rejection is reported; the next change tries again. */
  save(world: unknown): Promise<void>;
}

/** Changes within this time are saved together, in ms. */
const gatherMs = 250;

interface WorldSaver {
  readonly changed: () => void;
  /** Saves now. Resolves when the save is done, or has failed and was reported. */
  flush(): Promise<void>;
}

/** When alarms are cancelled, `flush` saves what is left. */
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
