/**
 * If a member has left a server, the server's leaderboards no longer show this member. The scores are kept, because the
 * member may come back.
 */
import { memberSchema } from '../../core/scores/member.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Membership } from '../ports/membership.ts';
import type { BoardCache } from './board-cache.ts';
import type { Deletions } from './deletions.ts';
import { memberKey, optionalMember, summaryOf } from './score-keys.ts';

/** Minimum time between two checks of the same member, in ms. */
const checkedFor = 7 * 86_400_000;

interface Ports {
  readonly store: Store;
  readonly membership: Membership;
  readonly boards: BoardCache;
  readonly deletions: Deletions;
  readonly log: Log;
}

/**
 * Checks which of these users have left the server. Skips users who were checked within the last week. If the check of
 * one user fails, the other users are still checked. Never rejects.
 */
export async function noteDepartedMembers(
  ports: Ports,
  guild: string,
  users: readonly string[],
  at: number,
): Promise<void> {
  const began = ports.deletions.begin();
  for (const user of users)
    try {
      await lookUp(ports, guild, user, at, began);
    } catch (error) {
      // If the check of a member fails, the member stays on the leaderboards. The check is repeated when a leaderboard
      // with this member is shown again.
      ports.log.warn({ err: error, server: guild }, 'whether somebody is still a member could not be looked up');
    }
}

async function lookUp(
  { store, membership, boards, deletions }: Ports,
  guild: string,
  user: string,
  at: number,
  began: number,
): Promise<void> {
  const key = memberKey(guild, user);
  const { checked = 0 } = (await store.get(key, memberSchema)) ?? { checked: at };
  if (at - checked < checkedFor) return;
  const isHere = await membership.isMember(guild, user);
  const member = await store.change(
    key,
    optionalMember,
    (old) => {
      if (!old) return old;
      const { left: _, ...stays } = old;
      return { ...stays, checked: at, ...(!isHere && { left: true as const }) };
    },
    summaryOf,
  );
  boards.changed(guild, user, deletions.isDeleted(user, began) ? undefined : member);
}
