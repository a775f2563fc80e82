/**
 * Prevents deleted scores from being written again. If a member is deleted while a write is running, the write must not
 * store the member's scores.
 */
export interface Deletions {
  /** Starts a write and returns its number. Numbers increase with each write and each deletion. */
  begin(): number;
  /** Whether the member was deleted after the write with the number `began` started. */
  isDeleted(user: string, began: number): boolean;
  /** Registers a write as running until its promise settles. Returns the same promise. */
  track<T>(write: Promise<T>): Promise<T>;
  /** Marks a member as deleted. Resolves when all writes that started earlier have ended. */
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
