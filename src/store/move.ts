/** Moves all data from a file to a database, or from a database to a file. The original data stays where it is. */
import { rename } from 'node:fs/promises';
import { BackupError, exists, NothingToCopy, removeDatabaseFile, valuesIn } from './backup.ts';
import { databaseName } from './postgres-address.ts';
import { type DatabasePlace, readDatabase, replaceDatabase } from './postgres-rows.ts';
import { copyRows, type RowSource, type RowTarget } from './row-copy.ts';
import { createFile, rowsOfFile, withDatabase } from './sqlite-rows.ts';
import { formatKey } from './format.ts';

/** The path of an SQLite file, or a PostgreSQL database. */
export type StorePlace = string | DatabasePlace;

const isFile = (place: StorePlace): place is string => typeof place === 'string';
export const nameOf = (place: StorePlace): string =>
  isFile(place) ? place : `the database ${databaseName(place.address)}`;

/**
 * Copies all values of one place to another place, and then checks that the two places have the same values. This
 * process must have locked both places. Returns the number of values. Throws BackupError if there is nothing to copy or
 * if the second place already has values. Also throws ConnectionLost and DatabaseUnusable. After an error, the second
 * place is unchanged.
 */
export async function move(from: StorePlace, to: StorePlace): Promise<number> {
  await refuseUnusableSource(from);
  if (await hasValues(to))
    throw new BackupError(`${nameOf(to)} is not empty and is left as it is. Name an empty database or a new file.`);
  const copy = async (source: RowSource, target: RowTarget) => {
    const values = await copyRows(source, target);
    if (values === 0) throw new NothingToCopy(`There is nothing to copy: ${nameOf(from)} has no scores and no rounds.`);
    return values;
  };
  return withSource(from, (source) => withTarget(to, (target) => copy(source, target)));
}

async function refuseUnusableSource(from: StorePlace): Promise<void> {
  if (!isFile(from)) return;
  if (!(await exists(from))) throw new BackupError(`There is no file ${from}. Name the file of the data.`);
  await valuesIn(from);
}

/**
 * Whether a place has values. False if the file does not exist. The row with the version of the data format does not
 * count as a value.
 */
async function hasValues(place: StorePlace): Promise<boolean> {
  if (isFile(place)) return (await exists(place)) && (await valuesIn(place)) > 0;
  return readDatabase(place, async (rows) => {
    for await (const page of rows.pages()) if (page.some(({ key }) => key !== formatKey)) return true;
    return false;
  });
}

const withSource = <T>(place: StorePlace, work: (rows: RowSource) => Promise<T>): Promise<T> =>
  isFile(place) ? withDatabase(place, (query) => work(rowsOfFile(query))) : readDatabase(place, work);

const withTarget = <T>(place: StorePlace, work: (rows: RowTarget) => Promise<T>): Promise<T> =>
  isFile(place) ? withNewFile(place, work) : replaceDatabase(place, work);

/** Creates a temporary file, calls `work` to write the rows, and then renames the temporary file to `file`. */
async function withNewFile<T>(file: string, work: (rows: RowTarget) => Promise<T>): Promise<T> {
  const half = `${file}.${process.pid}.half`;
  try {
    const result = await createFile(half, work);
    await removeDatabaseFile(file);
    await rename(half, file);
    return result;
  } finally {
    await removeDatabaseFile(half);
  }
}
