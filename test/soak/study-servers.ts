/**
 * The 50 servers of the soak and their members. Each member is in only one server and therefore receives only the
 * events of this server. Each server has three members. Removals, for example of a member's data, happen only in some
 * of the servers, because they change which points and messages the checks expect.
 */
import { worldOfSeed } from '../../src/loopback/seed-file.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { joinAs, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import type { World } from '../../src/loopback/world.ts';
import type { RecordedAnswer } from '../tally/answers.ts';

const servers = 50;
const channels = ['one', 'two'] as const;
const roles = ['owner', 'ben', 'cem'] as const;

/**
 * What happens in a server in addition to the usual moves.
 *
 * - `removals`: messages, threads and channels are deleted.
 * - `kicks`: the bot is removed and added again.
 * - `leaving`: a member leaves.
 * - `forgetting`: a member deletes their data.
 */
export type Purpose = 'usual' | 'removals' | 'kicks' | 'leaving' | 'forgetting';
const purposes: readonly Purpose[] = ['usual', 'removals', 'usual', 'kicks', 'usual', 'leaving', 'usual', 'forgetting'];

export interface StudyServer {
  readonly id: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly owner: LoopbackMember;
  /** All members, including those who have left. */
  readonly everybody: readonly LoopbackMember[];
  /** The members who are in the server now. The owner is the first. */
  members: readonly LoopbackMember[];
  /** The ids of the channels, without threads. */
  channels: readonly string[];
  readonly pressed: RecordedAnswer[];
  /** Answers that members gave before they deleted their data. These answers must not count any more. */
  readonly forgotten: RecordedAnswer[];
  /** Number of `/quiz group` commands without a response. The bot may have opened a round that no member saw. */
  unseenLobbies: number;
}

const nameOf = (index: number): string => `server-${String(index).padStart(2, '0')}`;
const usernameOf = (index: number, role: string): string => `${nameOf(index)}-${role}`;

/** The state of the emulated Discord at the start of the soak. */
export function soakWorld(): World {
  const indexes = Array.from({ length: servers }, (_, index) => index);
  const seed = {
    bots: [{ name: 'Caspian' }],
    members: indexes.flatMap((index) => roles.map((role) => ({ username: usernameOf(index, role) }))),
    servers: indexes.map((index) => ({
      name: nameOf(index),
      members: roles.map((role) => usernameOf(index, role)),
      channels,
    })),
  };
  return worldOfSeed(JSON.stringify(seed), 'the seed of the soak');
}

/** Connects all members. */
export async function joinServers(loopback: Loopback): Promise<readonly StudyServer[]> {
  const joined: StudyServer[] = [];
  for (const [index, guild] of loopback.world().guilds.entries()) {
    const [owner, ...others] = await Promise.all(
      roles.map((role) => joinAs(loopback, usernameOf(index, role), guild.id)),
    );
    if (!owner) throw new Error(`${guild.name} has no owner`);
    joined.push({
      id: guild.id,
      name: guild.name,
      purpose: purposes[index % purposes.length] ?? 'usual',
      owner,
      everybody: [owner, ...others],
      members: [owner, ...others],
      channels: guild.channels.map(({ id }) => id),
      pressed: [],
      forgotten: [],
      unseenLobbies: 0,
    });
  }
  return joined;
}
