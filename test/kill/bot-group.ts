/**
 * Runs the processes of a bot during a game (see games.ts), kills them according to a list of kills, and starts them
 * again. If no ranges of shards are given, the bot has one process.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { Loopback } from '../../src/loopback/loopback.ts';
import type { VirtualClock } from '../../src/loopback/virtual-clock.ts';
import type { TemporaryStore } from '../support/temporary-store.ts';
import { type BotProcess, heard, startProcess } from './bot-process.ts';
import { isAtStart, type Kill } from './kills.ts';

export interface BotGroup {
  /** For each kill, the number of rounds that were running. */
  readonly alive: readonly number[];
  /** The number of running rounds in the last report of the processes. */
  rounds(): number;
  killsLeft(): number;
  isOneDead(): boolean;
  /** Resolves when a running process was killed. Rejects if a running process ended by itself. */
  oneDied(): Promise<undefined>;
  /** Sets the clock of each process to the time of the emulated Discord. Waits until all due alarms have fired. */
  setClocks(): Promise<void>;
  /**
   * Begins the next disturbance in the list of kills. A cut of connections, a restart of the database and a kill at
   * `stepAtStart` happen immediately. Any other kill happens later, at the planned step or after the planned number of
   * acknowledged answers. For a kill, the function `any` chooses the process.
   */
  disturb(any: <T>(list: readonly T[]) => T): Promise<void>;
  /** Must be called after each acknowledged answer. */
  acknowledged(): void;
  /** Starts the processes that were killed. */
  startDead(): Promise<void>;
  /** Stops all processes. Idempotent. */
  stop(): Promise<void>;
}

interface Options {
  readonly loopback: Loopback;
  readonly clock: VirtualClock;
  /** The path of the file that runs the bot. */
  readonly program: string;
  readonly store: TemporaryStore;
  /** The path of the file with the serialized pack. */
  readonly pack: string;
  /** The shards of each process. Undefined stands for all shards. */
  readonly ranges: readonly (string | undefined)[];
  readonly kills: readonly Kill[];
}

interface Group extends Options {
  readonly left: Kill[];
  readonly alive: number[];
  /** The processes, in the order of their ranges. */
  bots: readonly BotProcess[];
  rounds: number;
  /** The number of messages that were sent to the processes so far. It is used as the id of the next message. */
  messages: number;
}

export async function startGroup(options: Options): Promise<BotGroup> {
  const group: Group = { ...options, left: [...options.kills], alive: [], bots: [], rounds: 0, messages: 0 };
  group.bots = await Promise.all(group.ranges.map((range, index) => startOne(group, range, index === 0)));
  return {
    alive: group.alive,
    rounds: () => group.rounds,
    killsLeft: () => group.left.length,
    isOneDead: () => group.bots.some(({ dead }) => dead),
    oneDied: async () => void (await Promise.race(running(group).map(({ died }) => died))),
    async setClocks() {
      await Promise.all(running(group).map((bot) => setClock(group, bot)));
    },
    disturb: (any) => disturb(group, any),
    acknowledged: () => countAcknowledged(group),
    startDead: () => startDead(group),
    async stop() {
      await Promise.all(running(group).map(stop));
    },
  };
}

const running = ({ bots }: Group): readonly BotProcess[] => bots.filter(({ dead }) => !dead);

/**
 * @param mayKillAtStart whether the process may kill itself during its start. It does so if the next kill in the list
 * is at `stepAtStart`.
 */
function startOne(group: Group, range: string | undefined, mayKillAtStart: boolean): Promise<BotProcess> {
  const { loopback, clock, program, store, pack, left } = group;
  const [kill] = left;
  const settings = {
    api: loopback.api,
    token: loopback.world().botToken,
    store,
    pack,
    now: clock.now(),
    ...(range !== undefined && { shards: range }),
    ...(mayKillAtStart && kill && isAtStart(kill) && { killAt: kill }),
  };
  return whileTimePasses(clock, startProcess(program, settings));
}

/**
 * While a process is starting, the emulated time advances by `advance` each time this number of ms has passed in real
 * time.
 */
const usualStart = 3_000;
/** In ms of the emulated time. */
const advance = 1_000;

/**
 * Waits for the start of a process. Several starts together can reach a rate limit of Discord, which ends only when the
 * emulated time advances. Therefore this function advances the emulated time if a start takes long.
 */
async function whileTimePasses<T>(clock: VirtualClock, start: Promise<T>): Promise<T> {
  const passTime = setInterval(() => void clock.advance(advance), usualStart);
  try {
    return await start;
  } finally {
    clearInterval(passTime);
  }
}

async function setClock(group: Group, bot: BotProcess): Promise<void> {
  const id = ++group.messages;
  const answer = heard(bot.child, (told) => told.id === id);
  bot.child.send({ do: 'set-time', now: group.clock.now(), id }, () => undefined);
  const told = await Promise.race([answer, bot.died]);
  if ('rounds' in told) group.rounds = told.rounds ?? 0;
}

async function disturb(group: Group, any: <T>(list: readonly T[]) => T): Promise<void> {
  const [kill] = group.left;
  if (!kill || group.bots.some(({ isKillPlanned }) => isKillPlanned)) return;
  if ('cut' in kill || 'restart' in kill) {
    if ('restart' in kill) await promisify(execFile)('sh', ['-c', kill.restart]);
    else await cutConnections(group.store, kill.cut);
    group.left.shift();
    group.alive.push(group.rounds);
    return;
  }
  const bot = any(group.bots);
  bot.isKillPlanned = true;
  // This kill should have happened during the start of the bot, when the bot posts its "Back again" note. The bot has
  // started without posting this note, so it is killed now.
  if (isAtStart(kill)) bot.child.kill('SIGKILL');
  else if ('nth' in kill) bot.child.send({ do: 'plan-kill', at: kill }, () => undefined);
}

/**
 * Ends database connections of the bot: a random connection that holds a lease (`lease`), or every connection (`all`).
 */
async function cutConnections({ database }: TemporaryStore, which: 'lease' | 'all'): Promise<void> {
  if (!database) throw new Error('only a game on PostgreSQL has connections');
  const client = new Client({ connectionString: database.address });
  await client.connect();
  const pids = {
    lease: `SELECT pid FROM ${database.schema}.caspian_leases JOIN pg_stat_activity ON application_name = holder
      ORDER BY random() LIMIT 1`,
    // This statement ends all other connections to the database. All of them belong to this game, because a game with
    // several processes has its own database.
    all: 'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  };
  await client.query(`SELECT pg_terminate_backend(pid) FROM (${pids[which]}) AS found`);
  await client.end();
}

function countAcknowledged({ left, bots }: Group): void {
  const [kill] = left;
  const bot = bots.find(({ isKillPlanned }) => isKillPlanned);
  if (bot && kill && 'acknowledged' in kill && ++bot.acknowledged === kill.acknowledged) bot.child.kill('SIGKILL');
}

async function startDead(group: Group): Promise<void> {
  for (const bot of group.bots.filter(({ dead }) => dead)) {
    group.left.shift();
    group.alive.push(group.rounds);
    const index = group.bots.indexOf(bot);
    const next = await startOne(group, group.ranges[index], true);
    group.bots = group.bots.with(index, next);
  }
  await Promise.all(running(group).map((bot) => setClock(group, bot)));
}

async function stop({ child, died }: BotProcess): Promise<void> {
  child.send({ do: 'stop' }, () => undefined);
  await died;
}
