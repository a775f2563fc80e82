/** The data folder of the bot. A lock ensures that only one process uses the folder at a time. */
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFile } from './sqlite.ts';
import { codeOf, StoreError } from './store.ts';

export interface Folder {
  /** Returns the path of a file in the folder. */
  file(name: string): string;
  /** Deletes a database in the folder, including SQLite's `-wal` and `-shm` files. */
  remove(name: string): Promise<void>;
  /** Releases the lock. */
  unlock(): Promise<void>;
}

/**
 * Thrown if the folder cannot be created or written, or if another process has locked it. The message says what the
 * user can do.
 */
export class FolderError extends Error {}

/**
 * Creates the folder and locks it for this process. Sets the file modes of the folder and its databases so that only
 * the owner can access them. Throws FolderError.
 */
export async function lockFolder(path: string): Promise<Folder> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await restrictToOwner(path);
  } catch (error) {
    throw new FolderError(
      `The data folder ${path} cannot be made (${error instanceof Error ? error.message : String(error)}). Set DATA_DIR to a folder that can be written.`,
      { cause: error },
    );
  }
  try {
    const unlock = await lockFile(join(path, 'lock.sqlite'));
    return {
      file: (name) => join(path, name),
      async remove(name) {
        for (const ending of ['', '-wal', '-shm']) await rm(join(path, name + ending), { force: true });
      },
      unlock,
    };
  } catch (error) {
    const busy = error instanceof StoreError && error.code === 'SQLITE_BUSY';
    throw new FolderError(
      busy
        ? `Another Caspian is running with the data folder ${path}. Stop that one first, or set DATA_DIR to another folder.`
        : `The data folder ${path} cannot be written. Set DATA_DIR to a folder that can be.`,
      { cause: error },
    );
  }
}

/**
 * Sets the mode of the folder to 0700. Sets the mode of its databases, and of the files that SQLite creates next to
 * them, to 0600.
 */
async function restrictToOwner(path: string): Promise<void> {
  const names = (await readdir(path)).filter((name) => name.includes('.sqlite'));
  try {
    await chmod(path, 0o700);
    await Promise.all(names.map((name) => chmod(join(path, name), 0o600)));
  } catch (error) {
    // These errors mean that the folder belongs to another user, or that its file system has no file modes.
    if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'ENOTSUP') throw error;
  }
}
