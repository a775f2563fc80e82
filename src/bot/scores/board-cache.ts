/**
 * A cache of leaderboards. A board is read from the store at the first request, and every result updates it from then
 * on. Boards that are not requested for a day are dropped; the next request reads them again.
 */
import { LRUCache } from 'lru-cache';
import { type Board, boardId, boardEntry, type RoundBoard, type ScopeBoard } from '../../core/scores/board.ts';
import type { Member } from '../../core/scores/member.ts';
import { createRanking, type Ranking, type RankingEntry } from '../../core/scores/ranking.ts';

/** Maximum number of entries in the cache, summed over all boards. */
const mostEntries = 500_000;
/** The size of an empty board, expressed in entries. */
const boardCost = 20;
/** Boards not requested for this long are dropped, in ms, so that boards of past weeks and rounds do not pile up. */
const keptFor = 24 * 3_600_000;

/** Pages of users. Each user comes with one entry per requested board; undefined: the user is not on that board. */
export type EntryPages = AsyncGenerator<
  readonly (readonly [user: string, entries: readonly (RankingEntry | undefined)[]])[]
>;

export interface BoardSource {
  entriesOf(scope: string, boards: readonly ScopeBoard[]): EntryPages;
  entriesOfRound(scope: string, board: RoundBoard): EntryPages;
}

export interface BoardCache {
  /** Resolves to these boards once all of them are read. Throws StoreError. */
  get(scope: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /** To be called after a member's value was written. `member` is undefined if the value was deleted. */
  changed(scope: string, user: string, member: Member | undefined): void;
}

interface CachedBoard {
  readonly scope: string;
  readonly board: Board;
  readonly ranking: Ranking;
  /** Users whose value changed while the board is being read. Their entries from the read may be outdated. */
  newer: Set<string> | undefined;
  filled: Promise<void>;
}

/** Wraps a board in a new object for each change of size, because lru-cache keeps the size if the value is the same. */
interface Sized {
  readonly cached: CachedBoard;
}

interface Cache {
  readonly boards: LRUCache<string, Sized>;
  readonly byScope: Map<string, Set<CachedBoard>>;
}

const keyOf = ({ scope, board }: Pick<CachedBoard, 'scope' | 'board'>): string => `${scope} ${boardId(board)}`;

/** `now`: a monotonic clock in ms, `performance.now` by default. `most`: the maximum number of entries. */
export function createBoardCache(
  source: BoardSource,
  { most = mostEntries, now = () => performance.now() }: { readonly most?: number; readonly now?: () => number } = {},
): BoardCache {
  const byScope = new Map<string, Set<CachedBoard>>();
  const boards = new LRUCache<string, Sized>({
    maxSize: most,
    ttl: keptFor,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
    noDisposeOnSet: true,
    dispose: ({ cached }) => removeFromScope(byScope, cached),
  });
  const cache: Cache = { boards, byScope };
  return {
    get: (scope, wanted) => getBoards(cache, source, scope, wanted),
    changed: (scope, user, member) => updateMember(cache, scope, user, member),
  };
}

function removeFromScope(byScope: Cache['byScope'], board: CachedBoard): void {
  const others = byScope.get(board.scope);
  others?.delete(board);
  if (others?.size === 0) byScope.delete(board.scope);
}

async function getBoards(
  { boards, byScope }: Cache,
  source: BoardSource,
  scope: string,
  wanted: readonly Board[],
): Promise<readonly Ranking[]> {
  const asked = wanted.map((board) => boards.get(keyOf({ scope, board }))?.cached ?? newBoard(scope, board));
  const fresh = asked.filter((one) => one.newer && !boards.has(keyOf(one)));
  for (const one of fresh) {
    byScope.set(scope, (byScope.get(scope) ?? new Set()).add(one));
    boards.set(keyOf(one), { cached: one }, { size: boardCost });
  }
  if (fresh.length > 0) startReading(boards, source, scope, fresh);
  await Promise.all(asked.map(({ filled }) => filled));
  // Limit the size of each requested board, so that none of them evicts another requested board, however large it is.
  const share = Math.floor(boards.maxSize / asked.length);
  for (const one of asked)
    if (boards.peek(keyOf(one))?.cached === one)
      boards.set(keyOf(one), { cached: one }, { size: Math.min(share, one.ranking.size + boardCost) });
  return asked.map(({ ranking }) => ranking);
}

const newBoard = (scope: string, board: Board): CachedBoard => ({
  scope,
  board,
  ranking: createRanking(),
  newer: new Set(),
  filled: Promise.resolve(),
});

/** Starts to fill new boards. Reads the scope's members once for all boards except round boards, which need few. */
function startReading(
  boards: Cache['boards'],
  source: BoardSource,
  scope: string,
  fresh: readonly CachedBoard[],
): void {
  const wide = fresh.flatMap(({ board }) => ('round' in board ? [] : [board]));
  const wideCached = fresh.filter(({ board }) => !('round' in board));
  const filled = wide.length === 0 ? Promise.resolve() : fill(boards, wideCached, source.entriesOf(scope, wide));
  for (const one of wideCached) one.filled = filled;
  for (const one of fresh)
    if ('round' in one.board) one.filled = fill(boards, [one], source.entriesOfRound(scope, one.board));
}

async function fill(boards: Cache['boards'], fresh: readonly CachedBoard[], pages: EntryPages): Promise<void> {
  try {
    for await (const page of pages)
      for (const [user, entries] of page)
        for (const [index, { ranking, newer }] of fresh.entries()) {
          const entry = newer?.has(user) ? undefined : entries[index];
          if (entry) ranking.put(entry);
        }
  } catch (error) {
    for (const one of fresh) boards.delete(keyOf(one));
    throw error;
  }
  for (const one of fresh) one.newer = undefined;
}

function updateMember({ boards, byScope }: Cache, scope: string, user: string, member: Member | undefined): void {
  for (const one of byScope.get(scope) ?? []) {
    // `has` is false once a board has expired.
    if (!boards.has(keyOf(one))) {
      boards.delete(keyOf(one));
      continue;
    }
    one.newer?.add(user);
    const entry = member && boardEntry(one.board, user, member);
    if (entry) one.ranking.put(entry);
    else one.ranking.remove(user);
  }
}
