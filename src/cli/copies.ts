/** The commands backup, restore and move. They print what they have done. */
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../config.ts';
import type { Folder } from '../store/folder.ts';
import type { StorePlace } from '../store/move.ts';
import { isDatabaseAddress } from '../store/postgres-address.ts';
import type { LeaseOptions } from '../store/shard-lease.ts';
import { dataFile, type DataPlace } from './bot-data.ts';

/** The functions that the caller passes to the commands. They print a line or lock data. */
export interface CopyPorts {
  readonly print: (line: string) => void;
  /** Locks a folder until the process ends. */
  readonly lockFolder: (path: string) => Promise<Folder>;
  /** Locks a database until the process ends. */
  readonly lockDatabase: (place: Pick<LeaseOptions, 'address' | 'schema'>) => Promise<void>;
}

const counted = (values: number): string =>
  `${values.toLocaleString('en')} ${values === 1 ? 'value is' : 'values are'}`;

/**
 * Runs the command `mode` with its arguments. Paths are relative to `base`. Returns false if the arguments are wrong.
 * Throws BackupError, FolderError, DatabaseUnusable, ConnectionLost and ConfigError.
 */
export async function runCopyCommand(
  mode: string,
  args: readonly string[],
  base: string,
  place: DataPlace,
  ports: CopyPorts,
): Promise<boolean> {
  const [first, second, ...surplus] = args;
  if (first === undefined || (second !== undefined) !== (mode === 'move') || surplus.length > 0) return false;
  if (second !== undefined) await moveData(first, second, base, ports);
  else await (mode === 'backup' ? copyTo : restoreFrom)(resolve(base, first), place, ports);
  return true;
}

/** Copies the data of the bot to a new file. The bot may be running. Throws BackupError. */
async function copyTo(file: string, { folder, database }: DataPlace, { print }: CopyPorts): Promise<void> {
  const { backup } = await import('../store/backup.ts');
  const { backupDatabase } = await import('../store/database-backup.ts');
  const values = await (database ? backupDatabase(database, file) : backup(join(folder, dataFile), file));
  print(`${counted(values)} copied to ${file}. Put them back with: npm run restore ${file}`);
}

/** Replaces the data of the bot with a backup. The bot must be stopped. Throws BackupError. */
async function restoreFrom(file: string, place: DataPlace, ports: CopyPorts): Promise<void> {
  const { database } = place;
  const folder = await ports.lockFolder(place.folder);
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const { restore } = await import('../store/backup.ts');
  const { restoreDatabase } = await import('../store/database-backup.ts');
  if (database) await ports.lockDatabase(database);
  const { values, before } = await (database
    ? restoreDatabase(file, database, folder.file(`${dataFile}.before-${stamp}`))
    : restore(file, folder, dataFile, stamp));
  ports.print(`${counted(values)} put back from ${file}.`);
  if (before !== undefined) ports.print(`What was there before is kept as ${before}`);
}

/**
 * Copies all data from one place to another. A place is the address of a database, a file, or a data folder. The bot
 * must be stopped. Throws BackupError, FolderError, DatabaseUnusable and ConfigError.
 */
async function moveData(from: string, to: string, base: string, ports: CopyPorts): Promise<void> {
  const [source, target] = [await placeAt(from, base), await placeAt(to, base)];
  if (JSON.stringify(source) === JSON.stringify(target)) throw new ConfigError(['FROM and TO are the same place.']);
  const folders = new Set([source, target].flatMap((place) => (typeof place === 'string' ? [dirname(place)] : [])));
  const { move, nameOf } = await import('../store/move.ts');
  for (const folder of folders) await ports.lockFolder(folder);
  for (const place of [source, target]) if (typeof place !== 'string') await ports.lockDatabase(place);
  const values = await move(source, target);
  ports.print(
    `${counted(values)} copied from ${nameOf(source)} to ${nameOf(target)} and compared. The original is unchanged.`,
  );
}

async function placeAt(text: string, base: string): Promise<StorePlace> {
  if (isDatabaseAddress(text)) {
    if (!URL.canParse(text) || new URL(text).pathname.length < 2)
      throw new ConfigError(['Write the address of a database as postgres://user:password@host:5432/database.']);
    return { address: text, schema: undefined };
  }
  if (/^\w+:\/\//.test(text)) throw new ConfigError(['A place is a file, a data folder or a postgres:// address.']);
  const path = resolve(base, text);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, dataFile) : path;
}
