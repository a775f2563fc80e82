/**
 * Connects the store, the rounds, the commands and Discord to a running bot. Used by `main.ts`, and by tests with an
 * emulated Discord.
 */
import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { measureTime } from './discord/measure-time.ts';
import { createApp } from './bot/dispatch.ts';
import type { Clock } from './clock.ts';
import { createDiscordClient, type DiscordClient } from './discord/client.ts';
import type { ConnectionEnded } from './discord/login-errors.ts';
import type { IdentifyTimes } from './discord/identify-budget.ts';
import { register } from './discord/registration.ts';
import type { Log } from './log.ts';
import type { LoadedPack } from './bot/packs/read-pack.ts';
import { createRetries } from './bot/retries.ts';
import { createStarting, type Starting } from './bot/starting.ts';
import { createRounds, type RoundRuntime } from './bot/rounds/rounds.ts';
import { createScoreStore } from './bot/scores/score-store.ts';
import { createSettingsStore } from './bot/settings-store.ts';
import { cachePictures } from './pictures/picture-cache.ts';
import { drawPng } from './pictures/resvg.ts';
import type { Pictures } from './bot/ports/pictures.ts';
import { nameSetAside, settingAside } from './store/set-aside.ts';
import type { Store } from './store/store.ts';
import { createPackByGuild } from './bot/packs/pack-by-guild.ts';

export interface BotSettings {
  /** The pack of all servers that are not in `servers`, and of all private conversations. */
  readonly library: LoadedPack;
  /** Server id → the server's own pack. */
  readonly servers?: ReadonlyMap<string, LoadedPack>;
  readonly store: Store;
  readonly token: string;
  /** Base URL of a server that emulates Discord's API. If undefined, the bot connects to Discord. */
  readonly api: string | undefined;
  readonly clock: Clock;
  /** Draws pictures. If absent, resvg draws them and they are cached. */
  readonly pictures?: Pictures;
  readonly log: Log;
  /** Called when the connection of the running bot has ended for good. */
  readonly onEnd: (error: ConnectionEnded) => void;
  /** Called with the bot's stop function before the bot connects, so that a signal can also stop a bot that starts. */
  readonly onStarting?: (stop: RunningBot['stop']) => void;
}

export interface RunningBot {
  readonly applicationId: string;
  /** The bot's name on Discord. */
  readonly name: string;
  /**
   * Stops the rounds and logs out. Rounds continue at the next start. Waits at most `patience` ms (default 0) until
   * open questions have ended. Does not close the store. Idempotent: later calls return the same promise.
   */
  stop(patience?: number): Promise<void>;
}

/**
 * Reads the saved rounds, logs in and continues the rounds. The commands are registered at the same time. If Discord
 * cannot be reached, tries again for about five minutes. Rejects with TokenRefused, Unreachable or ConnectionEnded (see
 * discord/login-errors.ts), and with StoreError if the saved rounds cannot be read. After a rejection nothing is left
 * running.
 */
export async function startBot({
  library,
  servers,
  store: rawStore,
  token,
  api,
  clock,
  pictures = cachePictures(drawPng),
  log,
  onEnd,
  onStarting,
}: BotSettings): Promise<RunningBot> {
  const store = settingAside(rawStore, log);
  await nameSetAside(store, log);
  const packs = createPackByGuild(library, servers);
  const settings = createSettingsStore(store);
  const time = measureTime(clock);
  const bot = createDiscordClient({ token, api, clock, time, log, identifies: identifyTimes(store), onEnd });
  const scores = createScoreStore({ store, settings, packs, membership: bot.membership, log });
  const rounds = createRounds({ store, clock, time, channels: bot.channels, packs, scores, log });
  const starting = createStarting(createRetries(clock, log), clock, log);
  const stop = stopOnce(rounds, bot, starting);
  onStarting?.(stop);
  try {
    await rounds.load();
    await starting.untilReached(bot);
    const registration = starting.registering(() => register(token, api, commands, log));
    const app = createApp({ commands, packs, rounds, scores, settings, store, pictures, log, ...registration });
    const { applicationId, name } = await bot.join(app);
    await registration.settled;
    await rounds.resume();
    return { applicationId, name, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function stopOnce(rounds: RoundRuntime, bot: DiscordClient, starting: Starting): RunningBot['stop'] {
  let stopping: Promise<void> | undefined;
  const stop = async (patience: number) => {
    starting.close();
    // The remaining time is for requests to Discord that are still being sent.
    if (patience > 0) await rounds.pause(Math.max(0, patience - 1_500));
    await rounds.close();
    await bot.leave();
  };
  return (patience = 0) => (stopping ??= stop(patience));
}

const identifyKey = (shard: number): string => `identifies/${shard}`;

const identifyTimes = (store: Store): IdentifyTimes => ({
  load: async (shard) => (await store.get(identifyKey(shard), z.array(z.number()))) ?? [],
  save: (shard, times) =>
    times.length === 0 ? store.delete(identifyKey(shard)) : store.set(identifyKey(shard), times),
});

/** A bot that can be stopped and started again. */
export interface RestartableBot {
  /**
   * Stops the bot and starts it again. Before that, waits until open questions have ended, but at most `patience` ms.
   */
  restart(patience?: number): Promise<void>;
  /** Stops the bot permanently. If a restart is in progress, waits for its end. Later calls of `restart` do nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a bot. Starting and stopping never run concurrently. If a restart fails, no bot runs until the next call of
 * `restart`.
 */
export async function restartable(start: () => Promise<RunningBot>): Promise<RestartableBot> {
  let live: RunningBot | undefined = await start();
  let isOver = false;
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };
  const leave = async (patience?: number): Promise<void> => {
    await live?.stop(patience);
    live = undefined;
  };
  return {
    restart: (patience) =>
      inTurn(async () => {
        if (isOver) return;
        await leave(patience);
        live = await start();
      }),
    stop() {
      isOver = true;
      return inTurn(() => leave());
    },
  };
}
