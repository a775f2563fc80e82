/**
 * Caches leaderboards. At the first request, a leaderboard is read from the store. After that, every result updates the
 * cached leaderboard. If nobody requests a leaderboard for a day, it is dropped, and the next request reads it again.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type Board, boardId, boardEntry, type RoundBoard, type ScopeBoard } from '../../core/scores/board.ts';
import type { Member } from '../../core/scores/member.ts';
import { loadRanking, type RankingLoad } from '../../core/scores/load-ranking.ts';
import type { RankingEntry } from '../../core/scores/entry-table.ts';
import { createRanking, type Ranking } from '../../core/scores/ranking.ts';
import type { Log } from '../../log.ts';

/**
 * Maximum total number of entries of all cached leaderboards. An entry takes about 200 bytes. The limit is high enough
 * for a leaderboard of a million members together with leaderboards of other servers.
 */
const maxEntries = 1_500_000;
/** The size of an empty leaderboard in lru-cache. Each entry adds 1 to the size of its leaderboard. */
const boardCost = 20;
/**
 * A leaderboard that was not requested for this long (ms) is dropped. Without this limit, leaderboards of past weeks
 * and rounds would fill the cache.
 */
const keptFor = 24 * 3_600_000;

/**
 * Maximum time for which reading a leaderboard blocks the event loop, in ms. Processing a page of users takes longer,
 * so it is interrupted. During the interruption, the database can start to read the next page.
 */
const turnMs = 2;
/** Number of users between two checks of the elapsed time. */
const rowsAtOnce = 64;

/**
 * Pages of users. Each user has a list with one entry per requested leaderboard. An entry is undefined if the user is
 * not on that leaderboard.
 */
export type EntryPages = AsyncGenerator<
  readonly (readonly [user: string, entries: readonly (RankingEntry | undefined)[]])[]
>;

export interface BoardSource {
  entriesOf(scope: string, boards: readonly ScopeBoard[]): EntryPages;
  entriesOfRound(scope: string, board: RoundBoard): EntryPages;
}

export interface BoardCache {
  /** Resolves to the rankings of these leaderboards when all of them have been read. Throws StoreError. */
  get(scope: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /** Must be called after the scores of a member were written. `member` is undefined if the scores were deleted. */
  changed(scope: string, user: string, member: Member | undefined): void;
}

interface CachedBoard {
  /**
   * The key of this leaderboard in the cache. It is stored here so that it is not computed again for each new result.
   */
  readonly key: string;
  readonly scope: string;
  readonly board: Board;
  /** Empty until the leaderboard has been read. */
  ranking: Ranking;
  /**
   * The users whose scores have changed, with their latest entries. These entries are not yet in `ranking`. An entry is
   * undefined if the user is no longer on the leaderboard.
   */
  readonly changes: Map<string, RankingEntry | undefined>;
  isRead: boolean;
  filled: Promise<void>;
}

/**
 * Wraps a leaderboard for lru-cache. When the size of a leaderboard changes, a new wrapper is created, because
 * lru-cache ignores a new size for the same object.
 */
interface Sized {
  readonly cached: CachedBoard;
}

interface Cache {
  readonly boards: LRUCache<string, Sized>;
  readonly byScope: Map<string, Set<CachedBoard>>;
  /** Leaderboards that have been read but whose latest changes are not yet in their rankings. */
  readonly changed: Set<CachedBoard>;
  readonly log: Log;
}

const keyOf = (scope: string, board: Board): string => `${scope} ${boardId(board)}`;

/**
 * `most` is the maximum total number of entries. `now` is a monotonic clock in ms. The default is `performance.now`.
 */
export function createBoardCache(
  source: BoardSource,
  log: Log,
  { most = maxEntries, now = () => performance.now() }: { readonly most?: number; readonly now?: () => number } = {},
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
  const cache: Cache = { boards, byScope, changed: new Set(), log };
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
  cache: Cache,
  source: BoardSource,
  scope: string,
  wanted: readonly Board[],
): Promise<readonly Ranking[]> {
  const { boards, byScope } = cache;
  const asked = wanted.map((board) => boards.get(keyOf(scope, board))?.cached ?? newBoard(scope, board));
  const fresh = asked.filter((one) => !one.isRead && !boards.has(one.key));
  for (const one of fresh) {
    byScope.set(scope, (byScope.get(scope) ?? new Set()).add(one));
    boards.set(one.key, { cached: one }, { size: boardCost });
  }
  if (fresh.length > 0) startReading(boards, source, scope, fresh);
  await Promise.all(asked.map(({ filled }) => filled));
  for (const one of asked) addChanges(cache, one);
  // A very large leaderboard could remove the other requested leaderboards from the cache. Therefore the maximum size
  // is divided equally among the requested leaderboards. The size that lru-cache gets for a leaderboard is at most this
  // share, even if the leaderboard has more entries.
  const share = Math.floor(boards.maxSize / asked.length);
  for (const one of asked)
    if (boards.peek(one.key)?.cached === one)
      boards.set(one.key, { cached: one }, { size: Math.min(share, one.ranking.size + boardCost) });
  return asked.map(({ ranking }) => ranking);
}

const newBoard = (scope: string, board: Board): CachedBoard => ({
  key: keyOf(scope, board),
  scope,
  board,
  ranking: createRanking(),
  changes: new Map(),
  isRead: false,
  filled: Promise.resolve(),
});

/**
 * Starts to read the entries of new leaderboards. Most leaderboards need all members of the server or private
 * conversation. These leaderboards are read together, so that each member is read only once. The leaderboard of a
 * single round is read separately, because it needs only the few members who played the round.
 */
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
    const loads = fresh.map((one) => ({ one, load: loadRanking() }));
    let turnEnds = performance.now() + turnMs;
    let read = 0;
    for await (const page of pages)
      for (const [, entries] of page) {
        for (const [index, { load }] of loads.entries()) {
          const entry = entries[index];
          if (entry) load.add(entry);
        }
        if (++read % rowsAtOnce !== 0 || performance.now() < turnEnds) continue;
        await nextTurn();
        turnEnds = performance.now() + turnMs;
      }
    for (const { one, load } of loads) await finish(one, load);
  } catch (error) {
    for (const one of fresh) boards.delete(one.key);
    throw error;
  }
}

/** Sorts the entries of a leaderboard in short steps. */
async function finish(board: CachedBoard, load: RankingLoad): Promise<void> {
  const steps = load.finish();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      board.ranking = step.value;
      board.isRead = true;
      return;
    }
    await nextTurn();
  }
}

/**
 * Adds changes to the ranking until none is left or until `ends` (a time of `performance.now`). If a change cannot be
 * added, the ranking is no longer correct, and the leaderboard is removed from the cache.
 */
function addChanges({ boards }: Cache, board: CachedBoard, ends = Number.POSITIVE_INFINITY): void {
  const { ranking, changes } = board;
  try {
    for (const [user, entry] of changes) {
      changes.delete(user);
      if (entry) ranking.put(entry);
      else ranking.remove(user);
      if (performance.now() > ends) return;
    }
  } catch (error) {
    boards.delete(board.key);
    changes.clear();
    throw error;
  }
}

function updateMember(cache: Cache, scope: string, user: string, member: Member | undefined): void {
  const { boards, byScope, changed } = cache;
  for (const one of byScope.get(scope) ?? []) {
    // `has` returns false if the leaderboard has expired.
    if (!boards.has(one.key)) {
      boards.delete(one.key);
      continue;
    }
    one.changes.set(user, member && boardEntry(one.board, user, member));
    if (!one.isRead) continue;
    if (!member) {
      // Deleted scores are removed from the ranking at once.
      one.changes.delete(user);
      one.ranking.remove(user);
      continue;
    }
    if (changed.size === 0) setImmediate(addSomeChanges, cache);
    changed.add(one);
  }
}

/**
 * For a short time, adds changes to the rankings. If changes are left, calls itself again later. The results of one
 * question can change hundreds of entries of each leaderboard, and the players must not wait until all changes are
 * added.
 */
function addSomeChanges(cache: Cache): void {
  const { changed, log } = cache;
  const ends = performance.now() + turnMs;
  for (const board of changed) {
    try {
      addChanges(cache, board, ends);
    } catch (error) {
      log.error({ err: error }, 'a leaderboard could not be updated; it will be read again');
    }
    if (board.changes.size === 0) changed.delete(board);
    if (performance.now() > ends) break;
  }
  if (changed.size > 0) setImmediate(addSomeChanges, cache);
}
