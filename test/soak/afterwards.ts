/**
 * Ends the soak (see soak.ts): stops all rounds, and compares the scores and the channels with what the members have
 * recorded.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import { roundPrefix, savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { RefusedRequest } from '../../src/loopback/member-client.js';
import { flat, type SeenMessage } from '../../src/loopback/seen-message.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { channelDifferences, cutShortQuestions, liveButtons } from '../tally/channel-check.ts';
import { isPublic, publicStates, readServer, type ServerHistory } from '../tally/channel-history.ts';
import { differences } from '../tally/tally.ts';
import type { StudyServer } from './study-servers.ts';

/**
 * Maximum time until all rounds have ended, in ms. It is long, because the bot can be offline for half of this time
 * after a connection breaks.
 */
const endTimeout = 180_000;

/**
 * The owner of each server stops its group rounds, and each member stops their solo round. Waits until no message has a
 * working button of a round and no group round is stored. The servers are handled one after another, so that the bot
 * does not get hundreds of commands at the same time. `file` is the database of the bot.
 */
export async function stopRounds(servers: readonly StudyServer[], file: string): Promise<void> {
  const until = Date.now() + endTimeout;
  for (const { members, channels } of servers)
    for (const member of members) if (hasSoloRound(member)) await stop(member, channels[0] ?? '');
  // If the bot was removed from a server, the messages of its ended rounds keep their buttons. A message with buttons
  // then does not prove that a round is running, so rounds are stopped in every channel.
  for (const { owner, purpose, channels } of servers)
    if (purpose === 'kicks')
      for (const channel of new Set([...channels, ...openMessages(owner).map(({ channel_id }) => channel_id)]))
        await stop(owner, channel);
  while (Date.now() < until) {
    const left = servers.filter(({ owner, purpose }) => purpose !== 'kicks' && openMessages(owner).length > 0);
    // The stored rounds are checked, too, because a paused round has no message with buttons until its next question is
    // posted.
    if (left.length === 0 && (await withStore(file, unfinished)).length === 0) break;
    for (const { owner } of left) {
      for (const channel of new Set(openMessages(owner).map(({ channel_id }) => channel_id)))
        await stop(owner, channel);
      // If the bot's process ended before Discord confirmed the message of a lobby, the bot does not know the id of
      // this message. A press on a button of the message tells the bot the id.
      for (const lobby of openMessages(owner))
        for (const { custom_id = '' } of flat(lobby.components))
          if (custom_id.startsWith('quiz:cancel:')) await owner.press(lobby, custom_id).catch(ignoreRefusal);
    }
    // The bot needs a moment to remove the buttons of a stopped round.
    await sleep(2_000);
  }
  // The bot posts the podiums and saves the scores after it removes the buttons.
  await sleep(5_000);
}

/** Whether an ephemeral message of this member has a button of a round. The round may already be over. */
const hasSoloRound = (member: LoopbackMember): boolean =>
  member
    .seen()
    .some(
      (message) =>
        !isPublic(message) && flat(message.components).some(({ custom_id = '' }) => custom_id.startsWith('quiz:')),
    );

/** Stops the rounds that the member can stop. If there are two, the bot shows a button for each, and both are pressed. */
async function stop(member: LoopbackMember, channel: string): Promise<void> {
  const outcome = await member.command(channel, '/quiz stop').catch(ignoreRefusal);
  if (outcome.kind !== 'answered' || !outcome.message) return;
  for (const { custom_id = '' } of flat(outcome.message.components))
    if (custom_id.startsWith('quiz:stop:')) await member.press(outcome.message, custom_id).catch(ignoreRefusal);
}

/**
 * Ignores the error if Discord refused a request: the channel or the message may have been deleted. Throws all other
 * errors again.
 */
function ignoreRefusal(error: unknown): { readonly kind: 'refused' } {
  if (error instanceof RefusedRequest) return { kind: 'refused' };
  throw error;
}

/** The public messages on which a button of a round still works. */
const openMessages = (member: LoopbackMember): readonly SeenMessage[] =>
  member.seen().filter((message) => isPublic(message) && liveButtons([message]).length > 0);

/**
 * Returns descriptions of the group rounds that have not ended. Also returns descriptions of all scores and messages
 * that differ from what the members have recorded. `file` is the database of the bot. The bot must have stopped.
 */
export async function differencesAfterwards(servers: readonly StudyServer[], file: string): Promise<readonly string[]> {
  return withStore(file, async (store) => {
    const problems = [...(await unfinished(store))];
    for (const server of servers)
      problems.push(...(await serverDifferences(server, store)).map((words) => `${server.name}: ${words}`));
    return problems;
  });
}

async function withStore<T>(file: string, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqlite(file);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/**
 * Returns descriptions of the group rounds that have not ended. Solo rounds are ignored, because a solo round that its
 * player does not continue stays open for a week.
 */
async function unfinished(store: Store): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [key, { quiz }] of store.range(roundPrefix, savedRoundSchema))
    if (quiz.mode === 'group')
      found.push(`${key} of server ${quiz.scope} was not finished: ${JSON.stringify(quiz.phase)}`);
  return found;
}

async function serverDifferences(server: StudyServer, store: Store): Promise<readonly string[]> {
  const { id, purpose, owner, channels, pressed, forgotten, unseenLobbies } = server;
  const prefix = `member/${id}/`;
  const members: (readonly [string, Member])[] = [];
  for await (const [key, member] of store.range(prefix, memberSchema)) members.push([key.slice(prefix.length), member]);
  const isWhole = purpose !== 'removals' && purpose !== 'kicks';
  const history = isWhole ? await readServer(owner, channels) : seenHistory(owner);
  const onMessages = isWhole
    ? channelDifferences(history, unseenLobbies)
    : purpose === 'removals'
      ? liveButtons(owner.seen().filter(isPublic))
      : [];
  const counted = new Set(
    members.flatMap(([user, { rounds }]) =>
      rounds.flatMap(({ round, questions }) => questions.map((question) => `${user} ${round} ${question}`)),
    ),
  );
  const kept = forgotten.filter(({ user, round, question }) => counted.has(`${user} ${round} ${question}`));
  return [
    ...differences(pressed, members, cutShortQuestions(history)),
    ...kept.map(({ user, round }) => `an answer of ${user} in round ${round} counts, though it was deleted`),
    ...onMessages,
  ];
}

/**
 * Returns all public messages that a member has received, as if they were in a single channel. This is used for servers
 * in which channels or threads were deleted.
 */
const seenHistory = (member: LoopbackMember): ServerHistory => ({
  channels: [{ id: 'all', messages: member.seen().filter(isPublic) }],
  states: publicStates(member),
});
