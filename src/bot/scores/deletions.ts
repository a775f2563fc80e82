/**
 * Orders deletions and writes of scores. A write that started before a member was deleted must not store the member's
 * scores again.
 */
export interface Deletions {
  /** Starts a write and returns its number. Later writes and deletions have larger numbers. */
  begin(): number;
  /** Whether the member was deleted after the write with this number started. */
  isDeleted(user: string, began: number): boolean;
  /** Registers a running write until it succeeds or fails. Returns the same promise. */
  track<T>(write: Promise<T>): Promise<T>;
  /** Marks a member as deleted. Resolves once all writes that started before have ended. */
  mark(user: string): Promise<void>;
}

export function createDeletions(): Deletions {
  let latest = 0;
  const deletedAt = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  return {
    begin: () => ++latest,
    isDeleted: (user, began) => (deletedAt.get(user) ?? 0) > began,
    track(write) {
      const ended: Promise<void> = write.then(
        () => void underWay.delete(ended),
        () => void underWay.delete(ended),
      );
      underWay.add(ended);
      return write;
    },
    async mark(user) {
      deletedAt.set(user, ++latest);
      await Promise.all(underWay);
    },
  };
}
