/** One running bot: store, rounds and commands joined to a Discord. Used by `main.ts`, and by tests on a loopback. */
import { commands } from '../commands/index.ts';
import { createApp } from './bot/dispatch.ts';
import type { Clock } from './clock.ts';
import { createBot } from './discord/client.ts';
import { type Registered, register } from './discord/registration.ts';
import type { Log } from './log.ts';
import type { Library } from './bot/packs/read-pack.ts';
import { createRounds } from './bot/rounds/rounds.ts';
import { createScores } from './bot/scores/score-store.ts';
import { createSettings } from './bot/settings-store.ts';
import { keepPictures } from './pictures/picture-cache.ts';
import { drawPng } from './pictures/resvg.ts';
import type { Pictures } from './bot/ports/pictures.ts';
import type { Book } from './store/store.ts';
import { createStudies } from './bot/packs/pack-by-guild.ts';

export interface Settings {
  /** The pack that is read everywhere but in `servers`. */
  readonly library: Library;
  /** Packs of single servers, by their ids. */
  readonly servers?: ReadonlyMap<string, Library>;
  readonly book: Book;
  readonly token: string;
  /** Another Discord-compatible server. */
  readonly api: string | undefined;
  readonly clock: Clock;
  /** Draws the pictures; with resvg when absent. */
  readonly pictures?: Pictures;
  readonly log: Log;
  readonly onEnd: (cause: string) => void;
}

export interface Running {
  readonly applicationId: string;
  /** The bot's name on Discord. */
  readonly name: string;
  readonly registered: boolean;
  /**
   * Saves and leaves; a round that is being played goes on at the next start. Running questions may first end, for at
   * most `patience` ms; 0 leaves at once. The book stays open.
   */
  stop(patience?: number): Promise<void>;
}

/**
 * Reads the saved rounds, registers the commands, logs in and lets the rounds go on. Rejects with TokenRefused when
 * Discord does not accept the token, and with StoreError when the saved rounds cannot be read.
 */
export async function run({
  library,
  servers,
  book,
  token,
  api,
  clock,
  pictures = keepPictures(drawPng),
  log,
  onEnd,
}: Settings): Promise<Running> {
  const studies = createStudies(library, servers);
  const settings = createSettings(book);
  const bot = createBot({ token, api, clock, log, onEnd });
  const scores = createScores({ book, settings, studies, people: bot.people, log });
  const rounds = createRounds({ book, clock, channels: bot.channels, studies, scores, log });
  await rounds.load();
  const registered = await tryRegistering(token, api, log);
  const mention = registered?.mention ?? ((line: string) => `\`/${line}\``);
  const app = createApp({ commands, studies, rounds, scores, settings, book, pictures, log, mention });
  const { applicationId, name } = await bot.join(app);
  await rounds.resume();
  return {
    applicationId,
    name,
    registered: registered?.changed ?? false,
    async stop(patience = 0) {
      if (patience > 0) await rounds.pause(patience);
      await rounds.close();
      await bot.leave();
    },
  };
}

/** Old commands are better than no bot: everything but a refused token is logged and start-up goes on. */
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
export interface Restartable {
  /** Running questions may first end, for at most `patience` ms. */
  restart(patience?: number): Promise<void>;
  /** For good: a restart that was asked for before comes first, one asked for later does nothing. */
  stop(): Promise<void>;
}

/** Starts a bot; stops and starts follow one another. A start that failed leaves no bot, until the next restart. */
export async function restartable(start: () => Promise<Running>): Promise<Restartable> {
  let live: Running | undefined = await start();
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
