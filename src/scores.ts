/** Scores in the book: one value per member and home, so that totals and the results they hold change as one. */
import type { Scores } from './chat/command.ts';
import { type Member, memberSchema, type Result, withResult } from './core/scoring.ts';
import type { Book } from './store/book.ts';

export interface ScoreKeeping extends Scores {
  /** Writes a result once, however often it is called with it. Throws StoreError. */
  apply(result: Result): Promise<Member>;
}

export function createScores(book: Book): ScoreKeeping {
  const prefix = (home: string) => `member/${home}/`;
  return {
    async members(home) {
      const found: (readonly [string, Member])[] = [];
      for await (const [key, member] of book.range(prefix(home), memberSchema))
        found.push([key.slice(prefix(home).length), member]);
      return found;
    },
    member: (home, user) => book.get(prefix(home) + user, memberSchema),
    apply: (result) => book.change(prefix(result.home) + result.user, memberSchema, (old) => withResult(old, result)),
  };
}
