/**
 * Boards in memory, each filled from the store when somebody first asks for it and kept up by every result from then on.
 * Never the truth: what is in memory can be dropped at any time, and the boards nobody asked for longest are.
 */
import { type Board, boardId, boardEntry, type RoundBoard, type ScopeBoard } from '../../core/scores/board.ts';
import type { Member } from '../../core/scores/member.ts';
import { createRanking, type RankingEntry, type Ranking } from '../../core/scores/ranking.ts';

/** Entries in memory, of all boards together. */
const entriesKept = 500_000;
/** What an empty board takes, in entries. */
const boardCost = 20;

/** In pages: a user, and their place on each of the boards asked for. */
export type EntryPages = AsyncGenerator<
  readonly (readonly [user: string, entries: readonly (RankingEntry | undefined)[]])[]
>;

export interface BoardSource {
  entriesOf(scope: string, boards: readonly ScopeBoard[]): EntryPages;
  entriesOfRound(scope: string, board: RoundBoard): EntryPages;
}

export interface BoardCache {
  /** These boards, as they stand when all of them are filled. Throws StoreError. */
  get(scope: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /** A member's value was written; undefined: it is gone. */
  changed(scope: string, user: string, member: Member | undefined): void;
}

interface CachedBoard {
  readonly scope: string;
  readonly board: Board;
  readonly ranking: Ranking;
  /** Who changed while the board is being filled: what is read of them may be older. */
  newer: Set<string> | undefined;
  filled: Promise<void>;
}

export function createBoardCache(source: BoardSource, most = entriesKept): BoardCache {
  /** The board that was asked for longest ago comes first. */
  const kept = new Map<string, CachedBoard>();
  const byScope = new Map<string, Set<CachedBoard>>();
  const keyOf = ({ scope, board }: Pick<CachedBoard, 'scope' | 'board'>) => `${scope} ${boardId(board)}`;

  function drop(one: CachedBoard): void {
    if (kept.get(keyOf(one)) === one) kept.delete(keyOf(one));
    const others = byScope.get(one.scope);
    others?.delete(one);
    if (others?.size === 0) byScope.delete(one.scope);
  }

  function makeRoom(inUse: ReadonlySet<CachedBoard>): void {
    let entries = 0;
    for (const { ranking } of kept.values()) entries += ranking.size + boardCost;
    for (const one of kept.values()) {
      if (entries <= most) return;
      if (inUse.has(one)) continue;
      entries -= one.ranking.size + boardCost;
      drop(one);
    }
  }

  async function fill(fresh: readonly CachedBoard[], pages: EntryPages): Promise<void> {
    try {
      for await (const page of pages)
        for (const [user, entries] of page)
          for (const [index, { ranking, newer }] of fresh.entries()) {
            const entry = newer?.has(user) ? undefined : entries[index];
            if (entry) ranking.put(entry);
          }
    } catch (error) {
      for (const one of fresh) drop(one);
      throw error;
    }
    for (const one of fresh) one.newer = undefined;
  }

  /** Boards of everybody are filled in one reading. */
  function begin(scope: string, fresh: readonly CachedBoard[]): void {
    const wide = fresh.filter(({ board }) => !('round' in board));
    const boards = wide.flatMap(({ board }) => ('round' in board ? [] : [board]));
    const filled = wide.length === 0 ? Promise.resolve() : fill(wide, source.entriesOf(scope, boards));
    for (const one of wide) one.filled = filled;
    for (const one of fresh)
      if ('round' in one.board) one.filled = fill([one], source.entriesOfRound(scope, one.board));
  }

  return {
    async get(scope, boards) {
      const fresh: CachedBoard[] = [];
      const asked = boards.map((board) => {
        const key = keyOf({ scope, board });
        const known = kept.get(key);
        const one: CachedBoard = known ?? {
          scope,
          board,
          ranking: createRanking(),
          newer: new Set(),
          filled: Promise.resolve(),
        };
        kept.delete(key);
        kept.set(key, one);
        if (!known) fresh.push(one);
        return one;
      });
      if (fresh.length > 0) {
        const ofScope = byScope.get(scope) ?? new Set();
        byScope.set(scope, ofScope);
        for (const one of fresh) ofScope.add(one);
        begin(scope, fresh);
      }
      await Promise.all(asked.map(({ filled }) => filled));
      if (fresh.length > 0) makeRoom(new Set(asked));
      return asked.map(({ ranking }) => ranking);
    },
    changed(scope, user, member) {
      for (const { board, ranking, newer } of byScope.get(scope) ?? []) {
        newer?.add(user);
        const entry = member && boardEntry(board, user, member);
        if (entry) ranking.put(entry);
        else ranking.remove(user);
      }
    },
  };
}
