/**
 * Collects everything that the store holds about one member. Values that also concern other members are reduced to the
 * part that concerns this member.
 */
import { z } from 'zod';
import type { StoredKind, StoredPart } from '../../chat/member-data.ts';
import { answerBy, type Quiz } from '../../core/quiz/round.ts';
import { quizSchema } from '../../core/quiz/quiz.ts';
import type { Store } from '../../store/store.ts';
import { privateScope } from '../ports/shard-owner.ts';
import { packListPrefix, packListSchema } from '../packs/stored-packs.ts';
import { reportedSchema } from '../../core/reports/reported-items.ts';
import { reportsPrefix } from '../reports/report-store.ts';
import { readRound } from '../rounds/save-round.ts';
import { recentAnswersPrefix, roundKey, roundPrefix } from '../rounds/saved-round.ts';
import { lastRoundSchema } from '../scores/score-keys.ts';

/** One stored value. `key` is the key in the store. */
interface StoredValue {
  readonly key: string;
  readonly value: unknown;
}

/** Returns one part for each kind of data that the store holds about the member. Throws StoreError. */
export async function storedAbout(store: Store, user: string): Promise<readonly StoredPart[]> {
  const found: readonly (readonly [StoredKind, readonly StoredValue[]])[] = [
    ['scores', await valuesOf(store, await store.keys('member/', `/${user}`))],
    ['settings', await valuesOf(store, [`settings/member/${user}`])],
    ['asked', await valuesOf(store, [`asked/${user}`])],
    ['seen', await valuesOf(store, [`seen/${user}`])],
    ['packs', await addedPacks(store, user)],
    ['reports', await ownReports(store, user)],
    ['rounds', await ownRounds(store, user)],
    ['lastPlayers', await lastRounds(store, user)],
    ['unreadable', (await store.keysContaining('broken/', user)).map((key) => ({ key, value: null }))],
  ];
  return found.flatMap(([kind, values]) =>
    values.length === 0 ? [] : [{ kind, count: countOf(kind, values), inPrivate: countInPrivate(values), values }],
  );
}

const countInPrivate = (values: readonly StoredValue[]): number =>
  values.filter(({ key }) => key.startsWith(`member/${privateScope}`)).length;

async function valuesOf(store: Store, keys: readonly string[]): Promise<readonly StoredValue[]> {
  const values: StoredValue[] = [];
  for (const key of keys) {
    const value = await store.get(key, z.unknown());
    if (value !== undefined) values.push({ key, value });
  }
  return values;
}

/** The packs that the member added. The packs of other members are left out. */
async function addedPacks(store: Store, user: string): Promise<readonly StoredValue[]> {
  const values: StoredValue[] = [];
  for (const key of await store.keysContaining(packListPrefix, user)) {
    const { packs = [] } = (await store.get(key, packListSchema)) ?? {};
    const own = packs.filter(({ by }) => by?.id === user);
    if (own.length > 0) values.push({ key, value: own.map(({ name, at, by }) => ({ pack: name, at, by })) });
  }
  return values;
}

/** The member's reports. Reports of other members and changes of the server are left out. */
async function ownReports(store: Store, user: string): Promise<readonly StoredValue[]> {
  const values: StoredValue[] = [];
  for (const key of await store.keysContaining(reportsPrefix, user)) {
    const { items = [] } = (await store.get(key, reportedSchema)) ?? {};
    const own = items.flatMap(({ kind, id, reports, dismissed }) => {
      const reported = reports.filter((report) => report.user === user);
      const wasDismissed = dismissed.includes(user);
      return reported.length > 0 || wasDismissed ? [{ kind, id, reports: reported, wasDismissed }] : [];
    });
    if (own.length > 0) values.push({ key, value: own });
  }
  return values;
}

async function ownRounds(store: Store, user: string): Promise<readonly StoredValue[]> {
  const values: StoredValue[] = [];
  // Recent answers are saved under a separate key (see save-round.ts). If a member joins the round by answering, the
  // saved round does not contain the member until the whole round is saved again. Until then, only the recent answers
  // contain the member. Therefore both kinds of keys are searched.
  const inRounds = [roundPrefix, recentAnswersPrefix].map(async (prefix) =>
    (await store.keysContaining(prefix, user)).map((key) => key.slice(prefix.length)),
  );
  for (const id of new Set((await Promise.all(inRounds)).flat())) {
    const saved = await readRound(store, id);
    if (saved && isIn(saved.quiz, user)) values.push({ key: roundKey(id), value: ownPart(saved.quiz, user) });
  }
  for (const key of await store.keysContaining('over/', user)) {
    const quiz = await store.get(key, quizSchema);
    if (quiz && isIn(quiz, user)) values.push({ key, value: ownPart(quiz, user) });
  }
  return values;
}

const isIn = ({ players, host }: Quiz, user: string): boolean => Object.hasOwn(players, user) || host === user;

/** The part of a round that concerns this member. The answers of other players are left out. */
function ownPart(quiz: Quiz, user: string): object {
  const { id, scope, channel, questions, players, host, votes } = quiz;
  return {
    round: id,
    place: scope,
    channel,
    name: players[user]?.name,
    isHost: host === user,
    votedToStop: votes.includes(user),
    answers: questions.flatMap(({ ask, options }, index) => {
      const given = answerBy(quiz, index, user);
      return given ? [{ question: ask, answer: options[given.option] ?? given.option, at: given.at }] : [];
    }),
  };
}

async function lastRounds(store: Store, user: string): Promise<readonly StoredValue[]> {
  const values: StoredValue[] = [];
  for (const key of await store.keysContaining('last/', user)) {
    const last = await store.get(key, lastRoundSchema);
    if (last?.users.includes(user)) values.push({ key, value: { round: last.round, at: last.at } });
  }
  return values;
}

/**
 * Returns the number of stored values of a kind. The kinds `asked` and `seen` have at most one value each, which
 * contains lists of ids. For these two kinds, returns the number of questions or entries in the lists.
 */
function countOf(kind: StoredKind, values: readonly StoredValue[]): number {
  if (kind !== 'asked' && kind !== 'seen') return values.length;
  const texts = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, part) => sum + texts(part), 0)
      : 1;
  const ids = values.reduce((sum, { value }) => sum + texts(value), 0);
  // `ids` also counts the pack ids in the lists of asked questions. Pack ids are not questions, so their number is
  // subtracted.
  const packs = kind === 'asked' && Array.isArray(values[0]?.value) ? values[0].value.length : 0;
  return ids - packs;
}
