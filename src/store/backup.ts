/**
 * Makes and restores backups of the database. A backup can be made while the bot is running. A backup gets its final
 * name only after it has been checked. A restore keeps a copy of the data that it replaces. There are no schedules,
 * uploads or compression.
 */
import { chmod, constants, copyFile, rename, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Folder } from './folder.ts';
import { dataFormat, FormatError, formatKey } from './format.ts';
import { ConnectionLost, DatabaseUnusable } from './postgres-errors.ts';
import { withDatabase } from './sqlite-rows.ts';
import { codeOf, isDamage } from './store.ts';

/**
 * Thrown if a backup or restore failed. No data was changed. The message gives the reason and says what the user can
 * do.
 */
export class BackupError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BackupError';
  }
}

/** Thrown if the database is intact but has no values. */
export class NothingToCopy extends BackupError {}

/** Suffixes of the files that SQLite creates next to a database. */
const companionSuffixes = ['-wal', '-shm'] as const;
/**
 * Every copy gets this file mode, so that only the owner can access it. Otherwise a copy would have the mode of the
 * original.
 */
const ownerOnly = 0o600;

/**
 * Copies `database` to the new file `copy`. A running bot may be using the database. Returns the number of copied
 * values. Throws BackupError.
 */
export async function backup(database: string, copy: string): Promise<number> {
  if (!(await exists(database)))
    throw new BackupError(`There is no data to copy: ${database} does not exist. Start the bot once, or set DATA_DIR.`);
  return writeBackup(database, copy, (file) => withDatabase(database, (query) => query('VACUUM INTO ?', file)));
}

/**
 * Creates the new file `copy`. `write` must write all values of `database` to the given file. Returns the number of
 * copied values. Throws BackupError.
 */
export async function writeBackup(
  database: string,
  copy: string,
  write: (file: string) => Promise<unknown>,
): Promise<number> {
  const taken = () => new BackupError(`${copy} exists already and is left as it is. Name a file that does not exist.`);
  if (await exists(copy)) throw taken();
  const half = `${copy}.${process.pid}.half`;
  try {
    await write(half);
    const values = await valuesIn(half);
    if (values === 0) throw new NothingToCopy(`There is nothing to copy yet: ${database} has no scores and no rounds.`);
    // The file is copied, because a rename would overwrite an existing file, and some file systems do not support hard
    // links.
    await copyFile(half, copy, constants.COPYFILE_EXCL);
    await chmod(copy, ownerOnly);
    return values;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken();
    if (error instanceof NothingToCopy || error instanceof FormatError || isAboutServer(error)) throw error;
    if (isDamage(codeOf(error)) || error instanceof BackupError)
      throw new BackupError(
        `${database} is damaged and cannot be copied whole (${reason(error)}). Put an earlier copy back with: npm run restore FILE`,
        error,
      );
    throw new BackupError(
      `No copy was made at ${copy}: ${reason(error)}. Name a file in a folder that can be written.`,
      error,
    );
  } finally {
    await removeDatabaseFile(half);
  }
}

export interface Restored {
  readonly values: number;
  /** The path where the replaced data was saved. Undefined if there was no data to replace. */
  readonly before: string | undefined;
}

/**
 * Checks the backup `copy` and then replaces the database `name` with it. This process must have locked the folder.
 * @param stamp becomes part of the name of the file in which the replaced data is saved. It must be different for each
 * restore.
 * @throws {BackupError} After an error, the database is unchanged.
 */
export async function restore(copy: string, folder: Folder, name: string, stamp: string): Promise<Restored> {
  if (!(await exists(copy))) throw new BackupError(`There is no file ${copy}. Name one that npm run backup has made.`);
  const database = folder.file(name);
  const next = `${database}.restoring`;
  await folder.remove(`${name}.restoring`);
  try {
    // The check opens a copy of the backup and not the backup itself, because SQLite creates files next to every
    // database that it opens.
    await copyFile(copy, next);
    await chmod(next, ownerOnly);
    const values = await valuesIn(next);
    if (values === 0) throw unusable('it is empty');
    const before = (await exists(database)) ? `${database}.before-${stamp}` : undefined;
    if (before !== undefined) await keep(database, before);
    // The write-ahead log of the old database must be deleted. Otherwise SQLite would apply it to the new database.
    for (const ending of companionSuffixes) await rm(database + ending, { force: true });
    await rename(next, database);
    return { values, before };
  } catch (error) {
    if (error instanceof BackupError || error instanceof FormatError) throw error;
    throw new BackupError(`${copy} was not put back: ${reason(error)}.`, error);
  } finally {
    await removeDatabaseFile(next);
  }
}

/**
 * Copies a database to the path `as`. The copy of an intact database is a single file. If the database is damaged, the
 * database file and SQLite's companion files are copied.
 */
async function keep(database: string, as: string): Promise<void> {
  try {
    await withDatabase(database, (query) => query('VACUUM INTO ?', as));
  } catch (error) {
    if (!isDamage(codeOf(error))) throw error;
    for (const ending of ['', ...companionSuffixes])
      if (await exists(database + ending)) await copyFile(database + ending, as + ending);
  }
}

const unusable = (why: string, cause?: unknown) =>
  new BackupError(
    `It is no whole copy of Caspian's data: ${why}. Name another file that npm run backup has made.`,
    cause,
  );

/**
 * Checks a database and returns the number of its values. Throws BackupError if the database is damaged or belongs to
 * another program.
 */
export async function valuesIn(file: string): Promise<number> {
  try {
    return await withDatabase(file, async (query) => {
      const checks = z.array(z.object({ integrity_check: z.string() })).parse(await query('PRAGMA integrity_check'));
      const found = checks.map(({ integrity_check: said }) => said);
      if (found[0] !== 'ok') throw unusable(found[0] ?? 'it cannot be checked');
      // The adapter creates the table `keyv` in any database that it opens. A database with other tables belongs to
      // another program.
      const others = z.array(z.unknown()).parse(await query("SELECT 1 FROM sqlite_schema WHERE tbl_name <> 'keyv'"));
      if (others.length > 0) throw unusable('it is the database of another program');
      const [sums] = z
        .array(z.object({ kept: z.number(), readable: z.number() }))
        .parse(
          await query('SELECT count(*) kept, total(json_valid(value)) readable FROM keyv WHERE key <> ?', formatKey),
        );
      if (!sums) throw unusable('its values cannot be counted');
      if (sums.readable < sums.kept)
        throw unusable(`${sums.kept - sums.readable} of its ${sums.kept} values cannot be read`);
      const [format] = z
        .array(z.object({ version: z.number().nullable() }))
        .parse(await query("SELECT value ->> '$.value' AS version FROM keyv WHERE key = ?", formatKey));
      if ((format?.version ?? 0) > dataFormat) throw new FormatError(format?.version ?? 0);
      return sums.kept;
    });
  } catch (error) {
    if (error instanceof BackupError || error instanceof FormatError) throw error;
    throw unusable(reason(error), error);
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw new BackupError(`${file} cannot be looked at: ${reason(error)}.`, error);
  }
}

export async function removeDatabaseFile(file: string): Promise<void> {
  for (const ending of ['', ...companionSuffixes]) await rm(file + ending, { force: true });
}

/** Whether an error is about a database server. Such errors have their own messages for the user. */
const isAboutServer = (error: unknown): boolean => error instanceof DatabaseUnusable || error instanceof ConnectionLost;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
