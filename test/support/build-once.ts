/**
 * Builds the project once for all tests that start the bot as a separate process. Vitest runs this file before the
 * tests.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { bundleBot, bundleProgram } from '../kill/bundle-bot.ts';
import { hasTest, isProgramTest } from './needed-by.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built project, with src/main.js and so on. */
    readonly built: string;
    /** The path of the bundled bot for tests that kill the bot. */
    readonly killedBot: string;
    /**
     * The folder of a bundled program with small packs and without tests. This program starts faster than the program
     * in `built`.
     */
    readonly builtWithSmallPacks: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @throws {Error} The project cannot be built. The error contains the output of the compiler. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!hasTest(project, isProgramTest)) return undefined;
  // The folder must be inside the project folder, because the program finds its data through the nearest package.json.
  await mkdir(join(root, 'dist'), { recursive: true });
  const built = await mkdtemp(join(root, 'dist', 'test-'));
  const remove = () => rm(built, { recursive: true, force: true });
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    // `npm run check` checks the types. Checking them here would delay all tests.
    await promisify(execFile)(process.execPath, [compiler, '--project', root, '--outDir', built, '--noCheck']);
    await bundleWithSmallPacks(built, join(built, 'small-packs'));
    project.provide('killedBot', await bundleBot(built));
  } catch (error) {
    await remove();
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new Error(`The project cannot be built:\n${said}`, { cause: error });
  }
  project.provide('built', built);
  project.provide('builtWithSmallPacks', join(built, 'small-packs'));
  return remove;
}

/** Bundles the built program. In the bundle's package.json, `#pack` and `#second-pack` both refer to a small pack. */
async function bundleWithSmallPacks(from: string, to: string): Promise<void> {
  await bundleProgram(from, join(to, 'src'));
  await symlink(join(root, 'data'), join(to, 'data'));
  await symlink(join(root, 'src/playground/page'), join(to, 'page'));
  const smallPack = './data/polar-firsts/*';
  const imports = { '#data/*': './data/*', '#pack/*': smallPack, '#second-pack/*': smallPack, '#page/*': './page/*' };
  await writeFile(join(to, 'package.json'), JSON.stringify({ type: 'module', imports }));
}
