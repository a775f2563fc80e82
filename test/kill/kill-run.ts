/**
 * `npm run test:kill [-- KILLS [SEED] --store postgres]` plays games (see games.ts) and kills the bot during the games,
 * by default 200 times. With `--store postgres`, the store is the PostgreSQL database of TEST_DATABASE_URL. With
 * `--processes 2`, the bot has two processes on this database, and the test also cuts their connections. With
 * `--restart COMMAND`, this command restarts the database during each game.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleBot } from './bundle-bot.ts';
import { killsFor, killsOfProcesses, playAndCompare } from './series.ts';

/**
 * The number of games that are played at the same time. `npm test` plays the same number (see `maxConcurrency` in
 * vitest.config.ts).
 */
const concurrentGames = 3;

const { values, positionals } = parseArgs({
  options: { store: { type: 'string' }, processes: { type: 'string', default: '1' }, restart: { type: 'string' } },
  allowPositionals: true,
});
const processes = Number(values.processes);
if (![1, 2, 4, 8].includes(processes)) throw new Error('Write --processes 1, 2, 4 or 8.');
const store = values.store ?? (processes > 1 ? 'postgres' : 'sqlite');
const [kills = 200, seed = 1] = positionals.map(Number);
const address = store === 'postgres' ? process.env['TEST_DATABASE_URL'] : undefined;
if (store === 'postgres' ? address === undefined : store !== 'sqlite' || processes > 1)
  throw new Error('Write --store sqlite, or set TEST_DATABASE_URL and write --store postgres.');
const program = await bundleBot(fileURLToPath(new URL('../..', import.meta.url)));
const total = { kills: 0, pressed: 0, onPoints: 0, onMessages: 0 };
const games = (processes > 1 ? killsOfProcesses(kills, seed, values) : killsFor(kills, seed)).entries();

/** Plays one game after another until all games have been played. Several workers share the list of games. */
async function work(): Promise<void> {
  for (const [game, list] of games) {
    const { alive, pressed, acknowledged, onPoints, onMessages, ...played } = await playAndCompare({
      program,
      seed: seed + game,
      kills: list,
      address,
      processes,
    });
    total.kills += alive.length;
    total.pressed += pressed;
    total.onPoints += onPoints.length;
    total.onMessages += onMessages.length;
    const differences = [...onPoints, ...onMessages];
    process.stdout.write(
      `game ${game + 1}, seed ${played.seed}: killed ${alive.length} times with ${Math.min(...alive)} to ${Math.max(...alive)} rounds alive; ` +
        `${pressed} answers pressed, ${acknowledged} acknowledged; ${differences.length === 0 ? 'all agree' : 'DIFFERENT'}\n`,
    );
    for (const difference of differences) process.stdout.write(`  ${difference}\n`);
  }
}

await Promise.all(Array.from({ length: concurrentGames }, work));
process.stdout.write(
  `${total.kills} kills, ${total.pressed} answers pressed, ${total.onPoints} differences on points, ` +
    `${total.onMessages} differences on messages.\n`,
);
process.exitCode = total.onPoints + total.onMessages === 0 && total.kills >= kills ? 0 : 1;
