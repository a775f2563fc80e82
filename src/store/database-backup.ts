/** Makes and restores backups of a PostgreSQL database. A backup is an SQLite file, as in `backup.ts`. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupError, exists, NothingToCopy, type Restored, valuesIn, writeBackup } from './backup.ts';
import { databaseName } from './postgres-address.ts';
import { type DatabasePlace, readDatabase, replaceDatabase } from './postgres-rows.ts';
import { copyRows } from './row-copy.ts';
import { createFile, rowsOfFile, withDatabase } from './sqlite-rows.ts';

/**
 * Copies a snapshot of the database to the new file `copy`. The bot may be running. Returns the number of copied
 * values. Throws BackupError, ConnectionLost and DatabaseUnusable.
 */
export const backupDatabase = (place: DatabasePlace, copy: string): Promise<number> =>
  writeBackup(`the database ${databaseName(place.address)}`, copy, (file) =>
    createFile(file, (to) => readDatabase(place, (from) => copyRows(from, to))),
  );

/**
 * Checks the backup `copy` and then replaces all data of the database with the data of the backup, in one transaction.
 * This process must have locked the database. The replaced data is saved in the new file `before`. Throws BackupError,
 * ConnectionLost and DatabaseUnusable. After an error, the database is unchanged.
 */
export async function restoreDatabase(copy: string, place: DatabasePlace, before: string): Promise<Restored> {
  if (!(await exists(copy))) throw new BackupError(`There is no file ${copy}. Name one that npm run backup has made.`);
  // The check opens a copy of the backup and not the backup itself, because SQLite creates files next to every database
  // that it opens.
  const folder = await mkdtemp(join(tmpdir(), 'caspian-restore-'));
  try {
    const file = join(folder, 'copy.sqlite');
    await copyFile(copy, file);
    if ((await valuesIn(file)) === 0) throw new BackupError(`${copy} is empty. Name another file.`);
    const isKept = await backupDatabase(place, before).then(
      () => true,
      (error: unknown) => {
        if (error instanceof NothingToCopy) return false;
        throw error;
      },
    );
    const values = await withDatabase(file, (query) => replaceDatabase(place, (to) => copyRows(rowsOfFile(query), to)));
    return { values, before: isKept ? before : undefined };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
