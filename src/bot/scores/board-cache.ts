/**
 * Boards in memory, each filled from the book when somebody first asks for it and kept up by every result from then on.
 * Never the truth: what is in memory can be dropped at any time, and the boards nobody asked for longest are.
 */
import { type Board, boardId, entryIn, type RoundBoard, type WideBoard } from '../../core/scores/board.ts';
import type { Member } from '../../core/scores/member.ts';
import { createRanking, type Entry, type Ranking } from '../../core/scores/ranking.ts';

/** Entries in memory, of all boards together. */
const entriesKept = 500_000;
/** What an empty board takes, in entries. */
const boardCost = 20;

/** In pages: a user, and their place on each of the boards asked for. */
export type EntryPages = AsyncGenerator<readonly (readonly [user: string, entries: readonly (Entry | undefined)[]])[]>;

export interface Source {
  entriesOf(home: string, boards: readonly WideBoard[]): EntryPages;
  entriesOfRound(home: string, board: RoundBoard): EntryPages;
}

export interface Boards {
  /** These boards, as they stand when all of them are filled. Throws StoreError. */
  get(home: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /** A member's value was written; undefined: it is gone. */
  changed(home: string, user: string, member: Member | undefined): void;
}

interface Kept {
  readonly home: string;
  readonly board: Board;
  readonly ranking: Ranking;
  /** Who changed while the board is being filled: what is read of them may be older. */
  newer: Set<string> | undefined;
  filled: Promise<void>;
}

export function createBoards(source: Source, most = entriesKept): Boards {
  /** The board that was asked for longest ago comes first. */
  const kept = new Map<string, Kept>();
  const byHome = new Map<string, Set<Kept>>();
  const keyOf = ({ home, board }: Pick<Kept, 'home' | 'board'>) => `${home} ${boardId(board)}`;

  function drop(one: Kept): void {
    if (kept.get(keyOf(one)) === one) kept.delete(keyOf(one));
    const others = byHome.get(one.home);
    others?.delete(one);
    if (others?.size === 0) byHome.delete(one.home);
  }

  function makeRoom(inUse: ReadonlySet<Kept>): void {
    let entries = 0;
    for (const { ranking } of kept.values()) entries += ranking.size + boardCost;
    for (const one of kept.values()) {
      if (entries <= most) return;
      if (inUse.has(one)) continue;
      entries -= one.ranking.size + boardCost;
      drop(one);
    }
  }

  async function fill(fresh: readonly Kept[], pages: EntryPages): Promise<void> {
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
  function begin(home: string, fresh: readonly Kept[]): void {
    const wide = fresh.filter(({ board }) => !('round' in board));
    const boards = wide.flatMap(({ board }) => ('round' in board ? [] : [board]));
    const filled = wide.length === 0 ? Promise.resolve() : fill(wide, source.entriesOf(home, boards));
    for (const one of wide) one.filled = filled;
    for (const one of fresh) if ('round' in one.board) one.filled = fill([one], source.entriesOfRound(home, one.board));
  }

  return {
    async get(home, boards) {
      const fresh: Kept[] = [];
      const asked = boards.map((board) => {
        const key = keyOf({ home, board });
        const known = kept.get(key);
        const one: Kept = known ?? {
          home,
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
        const ofHome = byHome.get(home) ?? new Set();
        byHome.set(home, ofHome);
        for (const one of fresh) ofHome.add(one);
        begin(home, fresh);
      }
      await Promise.all(asked.map(({ filled }) => filled));
      if (fresh.length > 0) makeRoom(new Set(asked));
      return asked.map(({ ranking }) => ranking);
    },
    changed(home, user, member) {
      for (const { board, ranking, newer } of byHome.get(home) ?? []) {
        newer?.add(user);
        const entry = member && entryIn(board, user, member);
        if (entry) ranking.put(entry);
        else ranking.remove(user);
      }
    },
  };
}
