/** Adds results to the stored scores of the members who answered. */
import type { Settings } from '../../chat/command-context.ts';
import type { Facts } from '../../core/pack/facts.ts';
import { applyResult } from '../../core/scores/apply-result.ts';
import type { ReducedAnswer } from '../../core/scores/fair-points.ts';
import type { Member } from '../../core/scores/member.ts';
import type { AnswerResult } from '../../core/scores/scoring.ts';
import { type DayRule, dayOf } from '../../core/scores/time-windows.ts';
import { isDamage, type Store, StoreError } from '../../store/store.ts';
import type { BoardCache } from './board-cache.ts';
import type { Deletions } from './deletions.ts';
import { lastRoundPrefix, lastRoundSchema, memberKey, optionalMember } from './score-keys.ts';

export interface ApplyPorts {
  readonly store: Store;
  readonly settings: Settings;
  readonly packs: { at(scope: string): { readonly facts: Pick<Facts, 'entry'> } };
  readonly boards: BoardCache;
  readonly deletions: Deletions;
}

/** A write of results. Its number `began` shows which deletions came later (see {@link Deletions}). */
interface Write {
  readonly scope: string;
  readonly days: DayRule;
  readonly began: number;
}

/**
 * Adds results of a single server or private conversation to the scores. Adding a result again has no effect. Returns
 * the answers that earned less than their full points. If some results cannot be written, writes the other results and
 * throws StoreError.
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
  const write: Write = { scope, days, began };
  let reduced: readonly ReducedAnswer[] = [];
  try {
    reduced = await writeResults(ports, write, results);
  } catch (error) {
    // In this case the stored value of at least one member is unreadable. Each result is now written separately, so
    // that all other members get their points.
    if (!(error instanceof StoreError) || !(error.doing === 'reading' || isDamage(error.code))) throw error;
    const each = await Promise.allSettled(results.map((result) => writeResults(ports, write, [result])));
    reduced = each.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }
  if (channel !== undefined) await noteLastRound(ports, write, channel, results);
  return reduced;
}

/** Writes these results in one SQL statement. Returns the answers that earned less than their full points. */
async function writeResults(
  { store, packs, boards, deletions }: ApplyPorts,
  { scope, days, began }: Write,
  results: readonly AnswerResult[],
): Promise<readonly ReducedAnswer[]> {
  const { facts } = packs.at(scope);
  const topicsOf = ({ about }: AnswerResult) => [...new Set(about.flatMap((id) => facts.entry(id)?.topics ?? []))];
  const byUser = new Map<string, AnswerResult[]>();
  for (const result of results) byUser.set(result.user, [...(byUser.get(result.user) ?? []), result]);
  const users = [...byUser.keys()];
  const keys = users.map((user) => memberKey(scope, user));
  const members = await store.changeMany(keys, optionalMember, (old, index) => {
    const user = users[index] ?? '';
    if (deletions.isDeleted(user, began)) return old;
    return (byUser.get(user) ?? []).reduce<Member | undefined>(
      (member, result) => applyResult(member, result, { day: dayOf(result.at, days), topics: topicsOf(result) }),
      old,
    );
  });
  for (const [index, user] of users.entries())
    boards.changed(scope, user, deletions.isDeleted(user, began) ? undefined : members[index]);
  return results.flatMap((result) => reducedAnswer(members[users.indexOf(result.user)], result) ?? []);
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
