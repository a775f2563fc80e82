/** Opens the data of the bot. The data is in a file in the data folder, or in a PostgreSQL database. */
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { noteFormat } from '../store/format.ts';
import type { ShardRange } from '../core/shard-range.ts';
import type { Folder } from '../store/folder.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { Lease } from '../store/shard-lease.ts';
import type { Repetition, Store } from '../store/store.ts';
import type { Shutdown } from './shutdown.ts';

export const dataFile = 'caspian.sqlite';

export interface DataPlace {
  readonly folder: string;
  /** Undefined if the data is in the data folder. */
  readonly database: { readonly address: string; readonly schema: string | undefined } | undefined;
}

/**
 * Returns the place of the data. The playground (the bot without a token, on an emulated Discord) has separate data, so
 * that its members are never mixed with those of a real bot.
 */
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
  /** Locks the data folder. Not called if the data is in a database. */
  readonly lockFolder: (path: string) => Promise<Folder>;
  /** The shards of this process. Undefined if it has all shards. */
  readonly shards?: ShardRange | undefined;
  readonly standby?: Config['standby'];
  /** Called at most once, when this process no longer owns its shards. */
  readonly onLost: (error: Error) => void;
  /** If true, all existing data is deleted first. */
  readonly fresh?: boolean;
}

/** Number of tries to reach the database at a start. The last try is about five minutes after the first. */
const contactTries = 10;
const contactDelay = 60_000;

export interface BotData {
  readonly store: Store;
  /** The lease of the shards. Undefined if the data is in the folder, which only one process can use. */
  readonly lease: Lease | undefined;
}

/**
 * Opens the data, takes the lease of the shards of this process, and checks the data format. Throws StoreError,
 * FolderError, FormatError and DatabaseUnusable. Throws ConnectionLost if the database cannot be reached for five
 * minutes.
 */
export async function openBotData({ folder, database }: DataPlace, options: OpenOptions): Promise<BotData> {
  const data = database
    ? await openDatabase(database, options)
    : { store: await openFile(folder, options), lease: undefined };
  await noteFormat(data.store);
  return data;
}

async function openFile(path: string, options: OpenOptions): Promise<Store> {
  const { lockFolder, shutdown, repetition, fresh = false } = options;
  const folder = await lockFolder(path);
  if (fresh) await folder.remove(dataFile);
  const store = await openSqlite(folder.file(dataFile), repetition.repeat);
  shutdown.add(() => store.close());
  return store;
}

async function openDatabase(database: NonNullable<DataPlace['database']>, options: OpenOptions): Promise<BotData> {
  const { log, repetition, shutdown, fresh = false } = options;
  const [{ openPostgres }, { ConnectionLost }, { takeLease }] = await Promise.all([
    import('../store/postgres.ts'),
    import('../store/postgres-errors.ts'),
    import('../store/shard-lease.ts'),
  ]);
  const reached = <T>(reach: () => Promise<T>): Promise<T> =>
    repetition.until(
      { what: 'the database could not be reached', tries: contactTries, longestDelay: contactDelay },
      reach,
      (error) => error instanceof ConnectionLost,
    );
  let lease: Lease | undefined;
  const store = await reached(() => openPostgres({ ...database, repeat: repetition.repeat, log, lease: () => lease }));
  shutdown.add(() => store.close());
  const stopping = new AbortController();
  shutdown.add(async () => stopping.abort(new Error('the process was stopped')));
  lease = await reached(() => takeLease({ ...options, ...database, signal: stopping.signal }));
  const { release } = lease;
  shutdown.add(release);
  if (fresh) await store.query('TRUNCATE keyv');
  return { store, lease };
}
