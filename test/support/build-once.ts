/**
 * Builds the project once for all tests that start the bot as a separate process. Vitest runs this file before the
 * tests.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built project, with src/main.js, test/kill/killed-bot.js and so on. */
    readonly built: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @throws {Error} The project cannot be built. The error contains the output of the compiler. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // The folder must be inside the project folder, because the program finds its data through the nearest package.json.
  await mkdir(join(root, 'dist'), { recursive: true });
  const built = await mkdtemp(join(root, 'dist', 'test-'));
  const remove = () => rm(built, { recursive: true, force: true });
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    await promisify(execFile)(process.execPath, [compiler, '--project', root, '--outDir', built]);
  } catch (error) {
    await remove();
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new Error(`The project cannot be built:\n${said}`, { cause: error });
  }
  provide('built', built);
  return remove;
}
