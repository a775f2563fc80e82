/**
 * The functions that `start-emulated.ts`, `start-on-discord.ts` and `single-commands.ts` share. A function that starts
 * a part of the program also tells `shutdown` how to stop this part.
 */
import { createRetries } from '../bot/retries.ts';
import type { Metrics } from '../bot/ports/metrics.ts';
import { type BotData, type OpenOptions, openBotData, placeOf } from '../cli/bot-data.ts';
import type { Shutdown } from '../cli/shutdown.ts';
import { exitCodeOf, startErrorMessage } from '../cli/start-errors.ts';
import { realClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { type Folder, lockFolder } from '../store/folder.ts';

export interface Program {
  readonly config: Config;
  readonly log: Log;
  readonly shutdown: Shutdown;
  readonly print: (line: string) => void;
}

/** Returns a function that prints an error, stops all parts and ends the process with the exit code of the error. */
export const endWith =
  ({ log, shutdown }: Pick<Program, 'log' | 'shutdown'>) =>
  (error: Error): void => {
    process.stderr.write(`${startErrorMessage(error)}\n`);
    void shutdown.end(log, exitCodeOf(error));
  };

export async function lockDataFolder({ shutdown }: Pick<Program, 'shutdown'>, path: string): Promise<Folder> {
  const folder = await lockFolder(path);
  shutdown.add(() => folder.unlock());
  return folder;
}

/** Maximum time for operations of the store while the process stops, in ms. */
const storePatience = 3_000;

interface DataOptions extends Pick<OpenOptions, 'shards' | 'standby' | 'onLost' | 'fresh'> {
  /** A data folder that is already locked. If absent, `openData` locks the data folder. */
  readonly folder?: Folder;
  readonly metrics?: Metrics | undefined;
}

/**
 * Opens the data of the bot: a file in the data folder, or a database. Call the function `hurry` of the result when the
 * process stops. `hurry` limits how long the process waits for a database that cannot be reached.
 */
export async function openData(
  program: Program,
  { folder, metrics, ...options }: DataOptions,
): Promise<BotData & { readonly hurry: () => void }> {
  const { config, log, shutdown } = program;
  const repetition = createRetries(realClock, log, { metrics });
  shutdown.add(async () => repetition.close());
  const data = await openBotData(placeOf(config), {
    ...options,
    log,
    clock: realClock,
    repetition,
    shutdown,
    lockFolder: async (path) => folder ?? lockDataFolder(program, path),
  });
  return { ...data, hurry: () => repetition.hurry(storePatience) };
}

/**
 * The folders of the packs, found through `imports` in package.json. In the playground, the second server uses the
 * second pack.
 */
export const packs = {
  common: () => new URL('.', import.meta.resolve('#pack/pack.yaml')),
  second: () => new URL('.', import.meta.resolve('#second-pack/pack.yaml')),
};

export async function loadPacks<Name extends string>(folders: Readonly<Record<Name, URL>>) {
  const { loadPacksInWorker } = await import('../bot/packs/load-in-worker.ts');
  return loadPacksInWorker(folders);
}
