/** Adds results to the stored scores of the members who answered. */
import type { Settings } from '../../chat/command-context.ts';
import { applyResult } from '../../core/scores/apply-result.ts';
import type { ReducedAnswer } from '../../core/scores/fair-points.ts';
import type { Member } from '../../core/scores/member.ts';
import type { AnswerResult } from '../../core/scores/scoring.ts';
import { idInPack, storedId } from '../../core/scores/stored-ids.ts';
import { type DayRule, dayOf } from '../../core/scores/time-windows.ts';
import { PackUnavailable } from '../packs/pack-unavailable.ts';
import { isDamage, type Store, StoreError } from '../../store/store.ts';
import type { BoardCache } from './board-cache.ts';
import type { Deletions } from './deletions.ts';
import { lastRoundPrefix, lastRoundSchema, memberKey, optionalMember, summaryOf } from './score-keys.ts';

/** The parts of a pack that are needed to find the topics of a question. */
interface ScoredFacts {
  readonly pack: { readonly id: string };
  entry(id: string): { readonly topics: readonly string[] } | undefined;
}

export interface ApplyPorts {
  readonly store: Store;
  readonly settings: Settings;
  readonly packs: { at(scope: string): Promise<{ readonly facts: ScoredFacts }> };
  readonly boards: BoardCache;
  readonly deletions: Deletions;
}

/**
 * The values that are the same for all writes in one call of `applyResults`. `began` is the number of this call, which
 * comes from {@link Deletions.begin}.
 */
interface Write {
  readonly scope: string;
  readonly days: DayRule;
  /**
   * The pack that the server uses now. Undefined if the pack cannot be read. In this case, the answers add no points to
   * topics.
   */
  readonly facts: ScoredFacts | undefined;
  readonly began: number;
}

/**
 * Adds results of a single server or private conversation to the scores. Adding a result again has no effect on the
 * scores. Returns the answers in `results` that earned less than their full points. If some results cannot be written,
 * writes the other results and throws StoreError.
 */
export async function applyResults(
  ports: ApplyPorts,
  results: readonly AnswerResult[],
): Promise<readonly ReducedAnswer[]> {
  const [first] = results;
  if (!first) return [];
  const began = ports.deletions.begin();
  const { scope, channel } = first;
  const days = await ports.settings.days(scope);
  const facts = await usedFacts(ports, scope);
  const write: Write = { scope, days, facts, began };
  // If one of the two writes fails, the other continues, because it does not depend on the failed write. The promise of
  // this function must not settle before both writes have ended, because a deletion waits for this promise (see
  // `Deletions`).
  const [reduced, noted] = await Promise.allSettled([
    writeReadable(ports, write, results),
    channel === undefined ? undefined : noteLastRound(ports, write, channel, results),
  ]);
  if (reduced.status === 'rejected') throw reduced.reason;
  if (noted.status === 'rejected') throw noted.reason;
  return reduced.value;
}

/**
 * Writes all results. If the stored scores of one member are unreadable, writes the results of all other members and
 * throws StoreError.
 */
async function writeReadable(
  ports: ApplyPorts,
  write: Write,
  results: readonly AnswerResult[],
): Promise<readonly ReducedAnswer[]> {
  try {
    return await writeResults(ports, write, results);
  } catch (error) {
    // If the stored scores of one member are unreadable, the write of all results fails. Therefore each result is now
    // written by a call of its own, and only the results of that member fail.
    if (!(error instanceof StoreError) || !(error.doing === 'reading' || isDamage(error.code))) throw error;
    return valuesOf(await Promise.allSettled(results.map((result) => writeResults(ports, write, [result]))));
  }
}

/** Joins the lists that the writes returned. If a write failed, throws the error of the first failed write. */
const valuesOf = (writes: readonly PromiseSettledResult<readonly ReducedAnswer[]>[]): readonly ReducedAnswer[] =>
  writes.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });

/** Writes `results` with one call of the store. Returns the answers that earned less than their full points. */
async function writeResults(
  { store, boards, deletions }: ApplyPorts,
  { scope, days, facts, began }: Write,
  results: readonly AnswerResult[],
): Promise<readonly ReducedAnswer[]> {
  const byUser = new Map<string, AnswerResult[]>();
  for (const result of results) byUser.set(result.user, [...(byUser.get(result.user) ?? []), result]);
  const users = [...byUser.keys()];
  const keys = users.map((user) => memberKey(scope, user));
  const members = await store.changeMany(
    keys,
    optionalMember,
    (old, index) => {
      const user = users[index] ?? '';
      if (deletions.isDeleted(user, began)) return old;
      return (byUser.get(user) ?? []).reduce<Member | undefined>(
        (member, result) =>
          applyResult(member, result, { day: dayOf(result.at, days), topics: topicsOf(result, facts) }),
        old,
      );
    },
    summaryOf,
  );
  for (const [index, user] of users.entries())
    boards.changed(scope, user, deletions.isDeleted(user, began) ? undefined : members[index]);
  return results.flatMap((result) => reducedAnswer(members[users.indexOf(result.user)], result) ?? []);
}

async function usedFacts({ packs }: ApplyPorts, scope: string): Promise<Write['facts']> {
  try {
    return (await packs.at(scope)).facts;
  } catch (error) {
    if (error instanceof PackUnavailable) return undefined;
    throw error;
  }
}

/** Returns the stored ids of the topics of a question. Empty if the server now uses another pack than the round. */
function topicsOf({ about }: AnswerResult, facts: Write['facts']): readonly string[] {
  if (!facts) return [];
  const { pack } = facts;
  const entries = about.map((id) => facts.entry(idInPack(pack.id, id) ?? ''));
  return [...new Set(entries.flatMap((entry) => entry?.topics ?? []))].map((topic) => storedId(pack.id, topic));
}

function reducedAnswer(member: Member | undefined, { round, question, user }: AnswerResult): ReducedAnswer | undefined {
  const reduced = member?.rounds.find((one) => one.round === round)?.reduced ?? [];
  const [, reduction] = reduced.find(([index]) => index === question) ?? [];
  return reduction && { question, user, reduction };
}

/** Stores this round as the latest round of its channel, together with the ids of its players. */
async function noteLastRound(
  { store, deletions }: ApplyPorts,
  { scope, began }: Write,
  channel: string,
  results: readonly AnswerResult[],
): Promise<void> {
  const [first] = results;
  if (!first) return;
  const { round, at } = first;
  const users = results.map(({ user }) => user).filter((user) => !deletions.isDeleted(user, began));
  await store.change(lastRoundPrefix(scope) + channel, lastRoundSchema, (old) => {
    if (old && old.round !== round) return old.at > at ? old : { round, at, users };
    const added = users.filter((user) => !old?.users.includes(user));
    return old && added.length === 0 ? old : { round, at, users: [...(old?.users ?? []), ...added] };
  });
}
