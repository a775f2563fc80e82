/** Scores in the store: one value per member and scope, so that totals and the results they hold change as one. */
import { z } from 'zod';
import { createBoardCache, type EntryPages } from './board-cache.ts';
import type { Scores, Settings } from '../../chat/command.ts';
import {
  entriesFromParts,
  boardEntry,
  memberPartsSchema,
  memberPathsFor,
  type RoundBoard,
  type ScopeBoard,
} from '../../core/scores/board.ts';
import type { Facts } from '../../core/pack/facts.ts';
import { type Member, memberSchema } from '../../core/scores/member.ts';
import { applyResult } from '../../core/scores/apply-result.ts';
import type { RankingEntry } from '../../core/scores/ranking.ts';
import type { AnswerResult } from '../../core/scores/scoring.ts';
import { dayNumber } from '../../core/scores/time-windows.ts';
import type { Log } from '../../log.ts';
import type { Membership } from '../ports/membership.ts';
import { type Store, isDamage, StoreError } from '../../store/store.ts';

export interface ScoreStore extends Scores {
  /**
   * Writes results of one scope, each once, however often it is called with them. Throws StoreError when some could not be
   * written; the others are.
   */
  apply(results: readonly AnswerResult[]): Promise<void>;
}

interface Ports {
  readonly store: Store;
  readonly settings: Settings;
  readonly packs: { at(scope: string): { readonly facts: Pick<Facts, 'entry'> } };
  readonly membership: Membership;
  readonly log: Log;
}

/** Whoever is shown on a board is looked up again after this long, in ms. */
const checkedFor = 7 * 86_400_000;

const someMember: z.ZodType<Member | undefined> = memberSchema.optional();
/** The latest round of a channel, and who answered in it. */
const lastSchema = z.object({ round: z.string(), at: z.number(), users: z.array(z.string()) });

export function createScoreStore({ store, settings, packs, membership, log }: Ports): ScoreStore {
  const scopePrefix = (scope: string) => `member/${scope}/`;
  const keyOf = (scope: string, user: string) => scopePrefix(scope) + user;
  const lastPrefix = (scope: string) => `last/${scope}/`;
  const boards = createBoardCache({ entriesOf, entriesOfRound });
  /** Applications and deletions in the order in which they began: what was under way brings nobody back. */
  let begun = 0;
  const forgotten = new Map<string, number>();
  const underWay = new Set<Promise<void>>();

  async function* entriesOf(scope: string, boards: readonly ScopeBoard[]): EntryPages {
    const { length } = scopePrefix(scope);
    for await (const page of store.parts(scopePrefix(scope), memberPathsFor(boards), memberPartsSchema)) {
      const found: (readonly [string, readonly (RankingEntry | undefined)[]])[] = [];
      for (const [key, glimpse] of page) {
        const user = key.slice(length);
        const entries = entriesFromParts(boards, user, glimpse);
        // Values of the first version are read whole; a result makes them one of the latest.
        const member = entries ? undefined : await store.get(key, memberSchema);
        found.push([user, entries ?? boards.map((board) => member && boardEntry(board, user, member))]);
      }
      yield found;
    }
  }

  /** A round has few players, and the note of it knows them. */
  async function* entriesOfRound(scope: string, board: RoundBoard): EntryPages {
    for await (const [, { round, users }] of store.range(lastPrefix(scope), lastSchema)) {
      if (round !== board.round) continue;
      for (const user of users) {
        const member = await store.get(keyOf(scope, user), memberSchema);
        yield [[user, [member && boardEntry(board, user, member)]]];
      }
    }
  }

  const topicsOf = ({ scope, about }: AnswerResult) => {
    const { facts } = packs.at(scope);
    return [...new Set(about.flatMap((id) => facts.entry(id)?.topics ?? []))];
  };

  const isForgotten = (user: string, began: number) => (forgotten.get(user) ?? 0) > began;

  /** Writes what `results` bring, in one go. */
  async function write(scope: string, results: readonly AnswerResult[], zone: string, began: number): Promise<void> {
    const byUser = new Map<string, AnswerResult[]>();
    for (const result of results) byUser.set(result.user, [...(byUser.get(result.user) ?? []), result]);
    const users = [...byUser.keys()];
    const keys = users.map((user) => keyOf(scope, user));
    const members = await store.changeMany(keys, someMember, (old, index) => {
      const user = users[index] ?? '';
      if (isForgotten(user, began)) return old;
      return (byUser.get(user) ?? []).reduce<Member | undefined>(
        (member, result) => applyResult(member, result, { day: dayNumber(result.at, zone), topics: topicsOf(result) }),
        old,
      );
    });
    for (const [index, user] of users.entries())
      boards.changed(scope, user, isForgotten(user, began) ? undefined : members[index]);
  }

  /** Notes that this is the channel's latest round, and who played in it. */
  async function note(
    scope: string,
    channel: string,
    [first, ...more]: readonly AnswerResult[],
    began: number,
  ): Promise<void> {
    if (!first) return;
    const users = [first, ...more].map(({ user }) => user).filter((user) => !isForgotten(user, began));
    await store.change(lastPrefix(scope) + channel, lastSchema, (old) => {
      const { round, at } = first;
      if (old && old.round !== round) return old.at > at ? old : { round, at, users };
      const fresh = users.filter((user) => !old?.users.includes(user));
      return old && fresh.length === 0 ? old : { round, at, users: [...(old?.users ?? []), ...fresh] };
    });
  }

  async function applyAll(results: readonly AnswerResult[]): Promise<void> {
    const [first] = results;
    if (!first) return;
    const began = ++begun;
    const { scope, channel } = first;
    const { timeZone } = await settings.server(scope);
    try {
      await write(scope, results, timeZone, began);
    } catch (error) {
      // One value that cannot be read, or lies on a bad page, must not keep the others from what they earned.
      if (!(error instanceof StoreError) || !(error.doing === 'reading' || isDamage(error.code))) throw error;
      const each = await Promise.allSettled(results.map((result) => write(scope, [result], timeZone, began)));
      for (const one of each) if (one.status === 'rejected') throw one.reason;
    }
    if (channel !== undefined) await note(scope, channel, results, began);
  }

  return {
    member: (scope, user) => store.get(keyOf(scope, user), memberSchema),
    boards: (scope, wanted) => boards.get(scope, wanted),
    async lastRound(scope, channel) {
      const last = await store.get(lastPrefix(scope) + channel, lastSchema);
      return last?.round;
    },
    apply(results) {
      const applied = applyAll(results);
      const over = applied.catch(() => undefined).then(() => void underWay.delete(over));
      underWay.add(over);
      return applied;
    },
    async noteWhoLeft(guild, users, at) {
      const began = ++begun;
      for (const user of users)
        try {
          const { checked = 0 } = (await store.get(keyOf(guild, user), memberSchema)) ?? { checked: at };
          if (at - checked < checkedFor) continue;
          const isHere = await membership.isMember(guild, user);
          const member = await store.change(keyOf(guild, user), someMember, (old) => {
            if (!old) return old;
            const { left: _, ...stays } = old;
            return { ...stays, checked: at, ...(!isHere && { left: true as const }) };
          });
          boards.changed(guild, user, isForgotten(user, began) ? undefined : member);
        } catch (error) {
          // The board shows them as before, and the next one asks again.
          log.warn({ err: error, guild }, 'whether somebody is still a member could not be looked up');
          return;
        }
    },
    async forget(user) {
      forgotten.set(user, ++begun);
      // What has read before now may still write; what is there to delete is known once it has.
      await Promise.all(underWay);
      const keys = await store.keys('member/', `/${user}`);
      for (const key of keys) {
        await store.delete(key);
        boards.changed(key.split('/')[1] ?? '', user, undefined);
      }
      for await (const [key, last] of store.range('last/', lastSchema))
        if (last.users.includes(user))
          await store.change(key, lastSchema, (old = last) => ({
            ...old,
            users: old.users.filter((other) => other !== user),
          }));
      return keys.length;
    },
  };
}
