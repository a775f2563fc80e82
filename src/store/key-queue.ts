/**
 * Runs tasks with the same key one after the other. Tasks with different keys run concurrently. A task with several
 * keys enters the queues of all its keys in one step, so there is no deadlock. Such a task runs when it is first in
 * each of these queues.
 */
export interface KeyQueue {
  <T>(keys: string | readonly string[], run: () => Promise<T>): Promise<T>;
  /** Resolves when no task is queued or running. */
  idle(): Promise<void>;
}

export function keyQueue(): KeyQueue {
  const last = new Map<string, Promise<unknown>>();
  const take = <T>(keys: string | readonly string[], run: () => Promise<T>): Promise<T> => {
    const all = [keys].flat();
    const mine = Promise.all(all.map((key) => last.get(key) ?? Promise.resolve())).then(run);
    // If a task fails, only its caller gets the error. The next task still runs.
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
