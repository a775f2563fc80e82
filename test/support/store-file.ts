/** Gives each test its own database file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Returns the path of a database in a new folder, which is removed after the test. */
export async function newStoreFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'store.sqlite');
}
