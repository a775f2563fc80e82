/** One turn at a time per key: what is queued under a key runs in order, and different keys do not wait for each other. */
export interface Turns {
  <T>(key: string, run: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is queued any more. */
  idle(): Promise<void>;
}

export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  const take = <T>(key: string, run: () => Promise<T>): Promise<T> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(run);
    // A failed turn is its caller's to handle; the next one runs all the same.
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, over);
    void over.then(() => {
      if (last.get(key) === over) last.delete(key);
    });
    return mine;
  };
  return Object.assign(take, {
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  });
}
