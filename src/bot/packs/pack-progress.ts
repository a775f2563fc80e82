/**
 * Deletes the progress of members in a pack that a server removed: scores by topic, missed facts, right answers, and
 * the lists of questions and entries that members have seen. Total points are kept.
 */
import { z } from 'zod';
import type { Member } from '../../core/scores/member.ts';
import { addedPackId, idInPack } from '../../core/scores/stored-ids.ts';
import type { Store } from '../../store/store.ts';
import { askedSchema } from '../rounds/question-history.ts';
import { memberPrefix, optionalMember } from '../scores/score-keys.ts';

const seenSchema = z.record(z.string(), z.unknown());

/** Returns the number of changed values. Throws StoreError. After an error, the call can be repeated. */
export async function deletePackProgress(store: Store, server: string, key: string): Promise<number> {
  const pack = addedPackId(server, key);
  const members = await store.keysContaining(memberPrefix(server), `"${key}/`);
  for (const member of members) await store.change(member, optionalMember, (old) => old && memberWithout(old, pack));
  const shown = await deleteAskedAndSeen(store, (id) => id === pack, pack);
  return members.length + shown;
}

/**
 * Deletes the lists of questions and entries that members have seen, for all packs that a server added. Returns the
 * number of changed values. Throws StoreError.
 */
export const deleteAskedAndSeenOfServer = (store: Store, server: string): Promise<number> =>
  deleteAskedAndSeen(store, (id) => id.startsWith(addedPackId(server, '')), addedPackId(server, ''));

/**
 * Deletes the lists of questions and entries that members have seen, for all packs for which `isGone` returns true.
 * The ids of all these packs must begin with `text`. A value is changed only if its JSON contains a string that begins
 * with `text`.
 */
async function deleteAskedAndSeen(store: Store, isGone: (pack: string) => boolean, text: string): Promise<number> {
  const asked = await store.keysContaining('asked/', `"${text}`);
  for (const key of asked) await store.change(key, askedSchema, (old = []) => old.filter(([pack]) => !isGone(pack)));
  const seen = await store.keysContaining('seen/', `"${text}`);
  for (const key of seen)
    await store.change(key, seenSchema, (old = {}) =>
      Object.fromEntries(Object.entries(old).filter(([pack]) => !isGone(pack))),
    );
  return asked.length + seen.length;
}

function memberWithout(member: Member, pack: string): Member {
  const isKept = (id: string) => idInPack(pack, id) === undefined;
  return {
    ...member,
    windows: Object.fromEntries(
      Object.entries(member.windows).map(([id, { all, topics }]) => [
        id,
        { all, topics: Object.fromEntries(Object.entries(topics).filter(([topic]) => isKept(topic))) },
      ]),
    ),
    missed: member.missed.filter(([id]) => isKept(id)),
    rightAnswers: member.rightAnswers.filter(([id]) => isKept(id)),
  };
}
