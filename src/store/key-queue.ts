/**
 * Runs tasks of one key one after the other, and tasks of different keys beside each other. A task with several keys
 * waits for all of them. It enters all their queues at once, so there is no deadlock.
 */
export interface KeyQueue {
  <T>(keys: string | readonly string[], run: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
}

export function keyQueue(): KeyQueue {
  const last = new Map<string, Promise<unknown>>();
  const take = <T>(keys: string | readonly string[], run: () => Promise<T>): Promise<T> => {
    const all = [keys].flat();
    const mine = Promise.all(all.map((key) => last.get(key) ?? Promise.resolve())).then(run);
    // The caller handles the error of a task; the next task runs all the same.
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    for (const key of all) last.set(key, over);
    void over.then(() => {
      for (const key of all) if (last.get(key) === over) last.delete(key);
    });
    return mine;
  };
  return Object.assign(take, {
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  });
}
