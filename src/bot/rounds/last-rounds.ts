/**
 * Stores the latest finished group round of each channel, so that its results can be shown. The bot keeps the answers
 * of players for at most a day, so the round is deleted a day after its first answer.
 */
import { answersKeptUntil } from '../../core/quiz/answer-retention.ts';
import { type Quiz, quizSchema, step } from '../../core/quiz/quiz.ts';
import type { Store } from '../../store/store.ts';
import type { Alarms } from '../alarms.ts';
import type { ShardOwner } from '../ports/shard-owner.ts';
import type { DiscordTime } from '../ports/discord-time.ts';
import type { Retries } from '../retries.ts';

export interface LastRoundPorts {
  readonly store: Store;
  readonly alarms: Alarms;
  readonly retries: Retries;
  readonly time: DiscordTime;
}

const prefix = 'over/';
export const lastRoundKey = (channel: string): string => prefix + channel;

/**
 * Stores a finished round. Stores nothing if the answers of the round are too old to be kept, or if the store already
 * contains a newer round of this channel. Throws StoreError.
 */
export async function keepLastRound(ports: LastRoundPorts, round: Quiz, latest: () => Quiz): Promise<void> {
  const { store, time } = ports;
  if (answersKeptUntil(round) <= time.now()) return;
  const key = lastRoundKey(round.parent ?? round.channel);
  const kept = await store.change(key, quizSchema, (newer = round) =>
    newer.id !== round.id && newer.at > round.at ? newer : latest(),
  );
  deleteInTime(ports, key, kept);
}

/** Reads the latest finished round of a channel. Throws StoreError. */
export async function lastRoundOf({ store, time }: LastRoundPorts, channel: string): Promise<Quiz | undefined> {
  const quiz = await store.get(lastRoundKey(channel), quizSchema);
  return quiz && answersKeptUntil(quiz) > time.now() ? quiz : undefined;
}

/**
 * Reads the stored rounds of this process and sets the alarms that delete them. Call this once, at the start. Throws
 * StoreError.
 */
export async function loadLastRounds(ports: LastRoundPorts & { readonly owner: ShardOwner }): Promise<void> {
  for await (const [key, quiz] of ports.store.range(prefix, quizSchema))
    if (ports.owner.owns(quiz.scope)) deleteInTime(ports, key, quiz);
}

/** Removes a member from the stored latest round of every channel. Throws StoreError. */
export async function forgetInLastRounds({ store }: LastRoundPorts, user: string, at: number): Promise<void> {
  for await (const [key, quiz] of store.range(prefix, quizSchema))
    if (step(quiz, { type: 'forget', user, at }).quiz !== quiz)
      await store.change(key, quizSchema, (latest = quiz) => step(latest, { type: 'forget', user, at }).quiz);
}

function deleteInTime({ store, alarms, retries, time }: LastRoundPorts, key: string, quiz: Quiz): void {
  const remove = async () => {
    await store.delete(key);
    await store.purge();
  };
  alarms.set(key, time.onClock(answersKeptUntil(quiz)), () =>
    retries.run(key, { what: 'an old round could not be deleted', tries: Infinity, run: remove }),
  );
}
