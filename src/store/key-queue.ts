/**
 * One turn at a time per key: what is queued under a key runs in order, and different keys do not wait for each other. A
 * turn under several keys waits for all of them; since it takes its place in all their queues at once, no two turns can
 * wait for each other.
 */
export interface KeyQueue {
  <T>(keys: string | readonly string[], run: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is queued any more. */
  idle(): Promise<void>;
}

export function keyQueue(): KeyQueue {
  const last = new Map<string, Promise<unknown>>();
  const take = <T>(keys: string | readonly string[], run: () => Promise<T>): Promise<T> => {
    const all = [keys].flat();
    const mine = Promise.all(all.map((key) => last.get(key) ?? Promise.resolve())).then(run);
    // A failed turn is its caller's to handle; the next one runs all the same.
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
