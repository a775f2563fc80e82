/**
 * `npm run test:kill [-- KILLS [SEED] --store postgres]` plays games and kills the bot during the games, by default 200
 * times. With `--store postgres`, the store is the PostgreSQL database of TEST_DATABASE_URL.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { killsFor, playAndCompare } from './series.ts';

/** The number of concurrent games. `npm test` uses the same number. */
const beside = 3;

const { values, positionals } = parseArgs({ options: { store: { type: 'string' } }, allowPositionals: true });
const [kills = 200, seed = 1] = positionals.map(Number);
const address = values.store === 'postgres' ? process.env['TEST_DATABASE_URL'] : undefined;
if (values.store === 'postgres' ? address === undefined : (values.store ?? 'sqlite') !== 'sqlite')
  throw new Error('Write --store sqlite, or set TEST_DATABASE_URL and write --store postgres.');
const program = fileURLToPath(new URL('killed-bot.js', import.meta.url));
const total = { kills: 0, pressed: 0, onPoints: 0, onMessages: 0 };
const games = killsFor(kills, seed).entries();

/** Plays one game after another until all games have been played. Several workers share the list of games. */
async function work(): Promise<void> {
  for (const [game, list] of games) {
    const { alive, pressed, acknowledged, onPoints, onMessages, ...played } = await playAndCompare(
      program,
      seed + game,
      list,
      address,
    );
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

await Promise.all(Array.from({ length: beside }, work));
process.stdout.write(
  `${total.kills} kills, ${total.pressed} answers pressed, ${total.onPoints} differences on points, ` +
    `${total.onMessages} differences on messages.\n`,
);
process.exitCode = total.onPoints + total.onMessages === 0 && total.kills >= kills ? 0 : 1;
