/**
 * Bundles the bot under test into one file. A killed bot is started again many times, and loading a thousand modules
 * would take more than half of each start.
 */
import { join } from 'node:path';
import { build } from 'rolldown';

/** Packages that are not bundled, because they have native code or worker threads or are not installed. */
const external = [/^@resvg\//, /^sqlite3/, /^pino/, /^pg-native$/, /^zlib-sync$/, /^bufferutil$/, /^utf-8-validate$/];

const minify = { compress: true, codegen: true, mangle: false } as const;

/** Bundles test/kill/killed-bot.js of the built project in the folder `built`. Returns the path of the bundle. */
export async function bundleBot(built: string): Promise<string> {
  // Node looks for native packages in the folders above the bundle, so the bundle must be in the project folder.
  const file = join(built, 'test/kill/bundled-bot.js');
  await build({
    input: join(built, 'test/kill/killed-bot.js'),
    platform: 'node',
    external,
    output: { file, format: 'esm', codeSplitting: false, minify },
    logLevel: 'silent',
  });
  return file;
}

/** Bundles the program of the built project in the folder `built`. The result is `main.js` in the folder `dir`. */
export async function bundleProgram(built: string, dir: string): Promise<void> {
  await build({
    input: {
      main: join(built, 'src/main.js'),
      // The program starts this file as a worker thread, and expects the file in the same folder as `main.js`.
      'pack-worker': join(built, 'src/bot/packs/pack-worker.js'),
    },
    platform: 'node',
    external,
    output: { dir, format: 'esm', minify },
    logLevel: 'silent',
  });
}
