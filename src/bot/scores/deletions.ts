/**
 * Keeps deletions and writes of scores in the order in which they began: a write that began before a member was deleted
 * must not bring the member back.
 */
export interface Deletions {
  /** Begins a write; gives its number. */
  begin(): number;
  /** Whether this member was deleted after the write with this number began. */
  isDeleted(user: string, began: number): boolean;
  /** Counts a write as under way until it ends, however it ends. */
  track<T>(write: Promise<T>): Promise<T>;
  /** Marks a member as deleted; resolves when no write that began before can still be under way. */
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
