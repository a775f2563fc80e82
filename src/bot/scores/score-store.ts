/**
 * Stores scores. There is one value per member and scope (a server or private conversation). The value contains both
 * the total points and the list of counted results, so they always change together.
 */
import type { Scores, Settings } from '../../chat/command-context.ts';
import type { DeletedScores } from '../../chat/member-data.ts';
import type { ReducedAnswer } from '../../core/scores/fair-points.ts';
import { memberSchema, newMember } from '../../core/scores/member.ts';
import type { AnswerResult } from '../../core/scores/scoring.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Membership } from '../ports/membership.ts';
import { type ShardOwner, soleOwner } from '../ports/shard-owner.ts';
import { applyResults, type ApplyPorts } from './apply-results.ts';
import { type BoardCache, createBoardCache } from './board-cache.ts';
import { createBoardSource } from './board-source.ts';
import { createDeletions, type Deletions } from './deletions.ts';
import { createGroupProgressCache } from './group-progress-cache.ts';
import { noteDepartedMembers } from './departed-members.ts';
import { lastRoundPrefix, lastRoundSchema, memberKey, memberPrefix, optionalMember, summaryOf } from './score-keys.ts';

export interface ScoreStore extends Scores {
  /**
   * Adds results of a single scope to the scores. Adding a result again has no effect on the scores. Returns the
   * answers in `results` that earned less than their full points, including answers that an earlier call has added. If
   * some results cannot be written, writes the other results and throws StoreError.
   */
  apply(results: readonly AnswerResult[]): Promise<readonly ReducedAnswer[]>;
}

interface Ports {
  readonly store: Store;
  readonly settings: Settings;
  readonly packs: ApplyPorts['packs'];
  readonly membership: Membership;
  readonly owner?: Pick<ShardOwner, 'owns'>;
  readonly log: Log;
}

export function createScoreStore(ports: Ports): ScoreStore {
  const { store, settings, packs, membership, owner = soleOwner, log } = ports;
  const source = createBoardSource(store);
  const boards = createBoardCache(source, log);
  const deletions = createDeletions();
  const groups = createGroupProgressCache(store);
  return {
    member: (scope, user) => store.get(memberKey(scope, user), memberSchema),
    // Only the process that owns a scope caches the leaderboards of this scope. In another process, a cached
    // leaderboard would become outdated.
    boards: (scope, wanted) => (owner.owns(scope) ? boards : createBoardCache(source, log)).get(scope, wanted),
    groupProgress: (scope, today, at) => groups.get(scope, today, at),
    lastRound: async (scope, channel) => (await store.get(lastRoundPrefix(scope) + channel, lastRoundSchema))?.round,
    apply: (results) => deletions.track(applyResults({ store, settings, packs, boards, deletions }, results)),
    removeMembersWhoLeft: (guild, users, at) =>
      noteDepartedMembers({ store, membership, boards, deletions, log }, guild, users, at),
    exclude: (scope, user, isExcluded) => exclude(store, boards, scope, user, isExcluded),
    reset: (scope) => resetScores(store, boards, scope).finally(() => groups.forget()),
    forget: (user) => deleteScores(store, boards, deletions, user).finally(() => groups.forget()),
  };
}

/**
 * Deletes a member's scores in all scopes. If a server has excluded the member from its leaderboards, only the
 * exclusion is kept, without the member's name. If the exclusion were deleted, a member could end an exclusion by
 * deleting their data. Throws StoreError.
 */
async function deleteScores(
  store: Store,
  boards: BoardCache,
  deletions: Deletions,
  user: string,
): Promise<DeletedScores> {
  await deletions.mark(user);
  let places = 0;
  let exclusions = 0;
  for (const key of await store.keys('member/', `/${user}`)) {
    const { excluded, rounds = [] } = (await store.get(key, memberSchema)) ?? {};
    if (excluded) {
      await store.set(key, { ...newMember(''), excluded });
      exclusions++;
    } else await store.delete(key);
    if (!excluded || rounds.length > 0) places++;
    boards.changed(key.split('/')[1] ?? '', user, undefined);
  }
  for await (const [key, last] of store.range('last/', lastRoundSchema))
    if (last.users.includes(user))
      await store.change(key, lastRoundSchema, (old = last) => ({
        ...old,
        users: old.users.filter((other) => other !== user),
      }));
  return { places, exclusions };
}

async function exclude(
  store: Store,
  boards: BoardCache,
  scope: string,
  { id, name }: { readonly id: string; readonly name: string },
  isExcluded: boolean,
): Promise<void> {
  const member = await store.change(
    memberKey(scope, id),
    optionalMember,
    (old) => {
      if (isExcluded) return { ...(old ?? newMember(name)), excluded: true as const };
      if (!old?.excluded) return old;
      const { excluded: _, ...included } = old;
      return included;
    },
    summaryOf,
  );
  boards.changed(scope, id, member);
}

/**
 * Deletes the scores of all members of a scope. Excluded members stay excluded. Returns the number of members who had
 * results.
 */
async function resetScores(store: Store, boards: BoardCache, scope: string): Promise<number> {
  let members = 0;
  for (const key of await store.keys(memberPrefix(scope), '')) {
    const before = await store.get(key, memberSchema);
    if (before && before.rounds.length > 0) members++;
    if (before?.excluded) await store.set(key, { ...newMember(before.name), excluded: true });
    else await store.delete(key);
    boards.changed(scope, key.slice(memberPrefix(scope).length), undefined);
  }
  for (const key of await store.keys(lastRoundPrefix(scope), '')) await store.delete(key);
  await store.purge();
  return members;
}
