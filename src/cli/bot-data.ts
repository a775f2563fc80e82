/** Decides where the data of the bot is, and opens it: a file in the data folder, or a PostgreSQL database. */
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { noteFormat } from '../store/format.ts';
import type { Folder } from '../store/folder.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { Repetition, Store } from '../store/store.ts';
import type { Shutdown } from './shutdown.ts';

export const dataFile = 'caspian.sqlite';

export interface DataPlace {
  readonly folder: string;
  /** Undefined if the data is in the folder. */
  readonly database: { readonly address: string; readonly schema: string | undefined } | undefined;
}

/** The playground has data of its own, so that its members never get among those of a real bot. */
export function placeOf({ token, dataDir, databaseUrl }: Config): DataPlace {
  const isPlayground = token === undefined;
  return {
    folder: isPlayground ? `${dataDir}/playground` : dataDir,
    database:
      databaseUrl === undefined
        ? undefined
        : { address: databaseUrl, schema: isPlayground ? 'caspian_playground' : undefined },
  };
}

export interface OpenOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly repetition: Repetition;
  readonly shutdown: Pick<Shutdown, 'add'>;
  /** Takes the data folder. Called only if the data is in the folder. */
  readonly takeFolder: (path: string) => Promise<Folder>;
  /** Called if another process has taken the database while this process had lost it. */
  readonly onTaken: (error: Error) => void;
  /** Whether all data is deleted first. */
  readonly fresh?: boolean;
}

/** Number of tries to reach the database at a start. The last try is about five minutes after the first. */
const contactTries = 10;
const contactDelay = 60_000;

/**
 * Opens the data for this process alone, and checks its format. Throws StoreError, FolderError, FormatError,
 * DatabaseUnusable, and ConnectionLost if the server cannot be reached for five minutes.
 */
export async function openBotData({ folder, database }: DataPlace, options: OpenOptions): Promise<Store> {
  const store = database ? await openDatabase(database, options) : await openFile(folder, options);
  await noteFormat(store);
  return store;
}

async function openFile(path: string, options: OpenOptions): Promise<Store> {
  const { takeFolder, shutdown, repetition, fresh = false } = options;
  const folder = await takeFolder(path);
  if (fresh) await folder.remove(dataFile);
  const store = await openSqlite(folder.file(dataFile), repetition.repeat);
  shutdown.add(() => store.close());
  return store;
}

async function openDatabase(database: NonNullable<DataPlace['database']>, options: OpenOptions): Promise<Store> {
  const { log, clock, repetition, shutdown, onTaken, fresh = false } = options;
  const [{ openPostgres }, { ConnectionLost }, { lockDatabase }] = await Promise.all([
    import('../store/postgres.ts'),
    import('../store/postgres-errors.ts'),
    import('../store/postgres-lock.ts'),
  ]);
  const reached = <T>(reach: () => Promise<T>): Promise<T> =>
    repetition.until(
      { what: 'the database could not be reached', tries: contactTries, longestDelay: contactDelay },
      reach,
      (error) => error instanceof ConnectionLost,
    );
  const store = await reached(() => openPostgres({ ...database, repeat: repetition.repeat, log }));
  shutdown.add(() => store.close());
  shutdown.add(await reached(() => lockDatabase({ ...database, clock, log, repetition, onTaken })));
  if (fresh) await store.query('TRUNCATE keyv');
  return store;
}
