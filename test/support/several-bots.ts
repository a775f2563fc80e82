/**
 * Starts several bots with ranges of shards on one emulated Discord and one PostgreSQL schema. The bots behave like
 * separate processes: each has its own lease, store, caches and client. The server with the index i belongs to shard i
 * of 16.
 */
import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { type RunningBot, startBot } from '../../src/compose.ts';
import { createLog } from '../../src/log.ts';
import { type Loopback, type LoopbackOptions, startLoopback } from '../../src/loopback/loopback.ts';
import { joinAs, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { type VirtualClock, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { parseShardRange } from '../../src/core/shard-range.ts';
import { prometheusMetrics } from '../../src/operation/prometheus.ts';
import type { RunningParts } from '../../src/operation/running-parts.ts';
import { identifyLocks } from '../../src/store/identify-locks.ts';
import { type Lease, type LeaseOptions, takeLease } from '../../src/store/shard-lease.ts';
import { fourOptionPack } from './caspian.ts';
import { newPostgresStore, newSchema, testDatabase } from './test-database.ts';

const servers = 16;

export interface ShardedBot {
  readonly range: string;
  readonly running: RunningBot;
  readonly lease: Lease;
  /** The errors that were passed to `onLost`. */
  readonly lost: Error[];
  readonly lines: string[];
  /** The number of rounds of the bot that have not ended. */
  liveRounds(): ReturnType<RunningParts['liveRounds']>;
  /** If true, `isHeld` of the bot's lease returns false, although `onLost` has not been called. */
  isReplaced: boolean;
  readonly isStopped: boolean;
  /** Stops the bot and releases its shards. */
  stop(): Promise<void>;
}

export interface BotOptions extends Partial<Pick<LeaseOptions, 'standby' | 'times'>> {
  /** The database address that the bot uses, for example that of a proxy. By default, the database itself is used. */
  readonly address?: string;
}

export interface SeveralBots {
  readonly loopback: Loopback;
  readonly clock: VirtualClock;
  readonly schema: string;
  /** Starts a bot with these shards. Resolves when it has connected. */
  bot(range: string, options?: BotOptions): Promise<ShardedBot>;
  /** Returns the running bot with these shards. */
  running(range: string): ShardedBot;
  /** Stops all bots and starts them again with the same shards. */
  restartAll(): Promise<void>;
  /** Returns Discord's response to GET /gateway/bot. */
  gateway(): Promise<APIGatewayBotInfo>;
  /** Connects a member. For this member, `general` means the channel of the server with the index `server`. */
  member(name: string, server: number): Promise<LoopbackMember>;
}

const leaseTimes = { grace: 100, retry: 20, patience: 150 } as const;

interface Options extends Pick<LoopbackOptions, 'gateway'> {
  /**
   * Registers a function that stops the bots. By default `onTestFinished`, so that the bots are stopped after the test.
   */
  readonly finished?: (end: () => Promise<void>) => void;
}

/** @param options `gateway` overrides some of the gateway limits of the emulated Discord */
export async function severalBots({ gateway, finished = onTestFinished }: Options = {}): Promise<SeveralBots> {
  const clock = virtualClock();
  const schema = newSchema(finished);
  const loopback = await startLoopback({
    port: 0,
    clock,
    rateLimits: 'off',
    gateway: { concurrencyMs: 0, maxConcurrency: servers, ...gateway },
    seed: {
      bots: [{ name: 'Caspian' }],
      servers: Array.from({ length: servers }, (_, index) => ({ name: `Server ${index}`, channels: ['general'] })),
      members: ['ana', 'ben', 'cem'].map((name) => ({ username: name, name })),
    },
  });
  let bots: ShardedBot[] = [];
  finished(async () => {
    await Promise.all(bots.map(({ stop }) => stop()));
    await loopback.stop();
  });
  const start: SeveralBots['bot'] = async (range, options) => {
    const bot = await startOne({ loopback, clock, schema, finished }, range, options);
    bots.push(bot);
    return bot;
  };
  return {
    loopback,
    clock,
    schema,
    bot: start,
    running(range) {
      const bot = bots.find((one) => one.range === range && !one.isStopped);
      if (!bot) throw new Error(`no bot has the shards ${range}`);
      return bot;
    },
    async restartAll() {
      const all = bots.filter(({ isStopped }) => !isStopped);
      bots = [];
      await Promise.all(all.map(({ stop }) => stop()));
      await Promise.all(all.map(({ range }) => start(range)));
    },
    async gateway() {
      const headers = { authorization: `Bot ${loopback.world().botToken}` };
      return (await (await fetch(`${loopback.api}/v10/gateway/bot`, { headers })).json()) as APIGatewayBotInfo;
    },
    async member(name, server) {
      const member = await joinAs(loopback, name, loopback.world().guilds[server]?.id);
      onTestFinished(() => member.close());
      return member;
    },
  };
}

async function startOne(
  {
    loopback,
    clock,
    schema,
    finished,
  }: Pick<SeveralBots, 'loopback' | 'clock' | 'schema'> & Required<Pick<Options, 'finished'>>,
  range: string,
  { address = testDatabase, times, standby = 'refuse' }: BotOptions = {},
): Promise<ShardedBot> {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const shards = parseShardRange(range);
  const lost: Error[] = [];
  let abandon = async () => {};
  let lease: Lease | undefined;
  const store = await newPostgresStore({ schema, address, log, finished, lease: () => lease });
  lease = await takeLease({
    address,
    schema,
    shards,
    standby,
    clock: realClock,
    log,
    times: { ...leaseTimes, ...times },
    onLost(error) {
      lost.push(error);
      void abandon();
    },
  });
  const { isHeld, release } = lease;
  const state = { isReplaced: false, isStopped: false };
  const locks = identifyLocks({ address, schema, clock: realClock, log });
  let parts: RunningParts | undefined;
  const end = async () => {
    await release();
    await locks.close();
  };
  const running = await startBot({
    library: fourOptionPack,
    store,
    token: loopback.world().botToken,
    api: loopback.api,
    shards,
    shared: { ...lease, isHeld: () => !state.isReplaced && isHeld(), identifyTurns: locks },
    clock,
    log,
    onEnd: (error) => {
      throw error;
    },
    onStarting: (bot) => ({ abandon } = bot),
    operation: {
      metrics: prometheusMetrics(new Registry()),
      url: '',
      running: (all) => void (parts = all),
      stopping: () => undefined,
      close: async () => undefined,
    },
  }).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return Object.assign(state, {
    range,
    running,
    lease,
    lost,
    lines,
    liveRounds: () => parts?.liveRounds() ?? { group: 0, solo: 0 },
    async stop() {
      state.isStopped = true;
      await running.stop();
      await end();
    },
  });
}
