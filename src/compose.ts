/** Joins store, rounds, commands and Discord into one running bot, for `main.ts` and for tests on the loopback. */
import { commands } from '../commands/index.ts';
import { measureTime } from './discord/measure-time.ts';
import { createApp } from './bot/dispatch.ts';
import type { Clock } from './clock.ts';
import { createDiscordClient } from './discord/client.ts';
import { type Registered, register } from './discord/registration.ts';
import type { Log } from './log.ts';
import type { LoadedPack } from './bot/packs/read-pack.ts';
import { createRounds } from './bot/rounds/rounds.ts';
import { createScoreStore } from './bot/scores/score-store.ts';
import { createSettingsStore } from './bot/settings-store.ts';
import { cachePictures } from './pictures/picture-cache.ts';
import { drawPng } from './pictures/resvg.ts';
import type { Pictures } from './bot/ports/pictures.ts';
import { nameSetAside, settingAside } from './store/set-aside.ts';
import type { Store } from './store/store.ts';
import { createPackByGuild } from './bot/packs/pack-by-guild.ts';

export interface BotSettings {
  /** The pack of every server that is not in `servers`. */
  readonly library: LoadedPack;
  /** Guild id → the pack of that server. */
  readonly servers?: ReadonlyMap<string, LoadedPack>;
  readonly store: Store;
  readonly token: string;
  /** Address of another server with Discord's API; undefined: Discord. */
  readonly api: string | undefined;
  readonly clock: Clock;
  /** Draws pictures; resvg by default. */
  readonly pictures?: Pictures;
  readonly log: Log;
  readonly onEnd: (cause: string) => void;
}

export interface RunningBot {
  readonly applicationId: string;
  /** The bot's name on Discord. */
  readonly name: string;
  readonly registered: boolean;
  /**
   * Saves and logs out; rounds continue at the next start. Open questions may end first, for at most `patience` ms; 0
   * stops at once. The store stays open.
   */
  stop(patience?: number): Promise<void>;
}

/**
 * Reads the saved rounds, registers the commands, logs in and continues the rounds. Rejects with TokenRefused when
 * Discord does not accept the token, with StoreError when the saved rounds cannot be read.
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
}: BotSettings): Promise<RunningBot> {
  const store = settingAside(rawStore, log);
  await nameSetAside(store, log);
  const packs = createPackByGuild(library, servers);
  const settings = createSettingsStore(store);
  const time = measureTime(clock);
  const bot = createDiscordClient({ token, api, clock, time, log, onEnd });
  const scores = createScoreStore({ store, settings, packs, membership: bot.membership, log });
  const rounds = createRounds({ store, clock, time, channels: bot.channels, packs, scores, log });
  await rounds.load();
  const registered = await tryRegistering(token, api, log);
  const mention = registered?.mention ?? ((line: string) => `\`/${line}\``);
  const app = createApp({ commands, packs, rounds, scores, settings, store, pictures, log, mention });
  const { applicationId, name } = await bot.join(app);
  await rounds.resume();
  return {
    applicationId,
    name,
    registered: registered?.changed ?? false,
    async stop(patience = 0) {
      // The rest of the time is for what is still being sent.
      if (patience > 0) await rounds.pause(Math.max(0, patience - 1_500));
      await rounds.close();
      await bot.leave();
    },
  };
}

/** A bot with old commands is better than none: every error but a refused token is logged, and start-up goes on. */
async function tryRegistering(token: string, api: string | undefined, log: Log): Promise<Registered | undefined> {
  try {
    return await register(token, api, commands);
  } catch (error) {
    if (error instanceof Error && error.name === 'TokenRefused') throw error;
    log.error(
      { err: error },
      'the commands could not be registered; the ones Discord knows stay. Try: npm run register',
    );
    return undefined;
  }
}

/** A bot that can be stopped and started again. */
export interface RestartableBot {
  /** Open questions may end first, for at most `patience` ms. */
  restart(patience?: number): Promise<void>;
  /** Stops for good, after restarts that were asked for before. Later restarts do nothing. */
  stop(): Promise<void>;
}

/** Starts a bot. Stops and starts run one after the other. After a failed start there is no bot until the next restart. */
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
