/** `npm run test:kill [-- KILLS [SEED]]`: kills the bot under its players, 200 times unless told otherwise. */
import { fileURLToPath } from 'node:url';
import { killsFor, playAndCompare } from './series.ts';

const [kills = 200, seed = 1] = process.argv.slice(2).map(Number);
const program = fileURLToPath(new URL('killed-bot.js', import.meta.url));
let [killed, pressed, wrong] = [0, 0, 0];
for (const [game, list] of killsFor(kills, seed).entries()) {
  const played = await playAndCompare(program, seed + game, list);
  killed += played.alive.length;
  pressed += played.pressed;
  wrong += played.differences.length;
  const { alive, acknowledged, differences } = played;
  process.stdout.write(
    `game ${game + 1}, seed ${played.seed}: killed ${alive.length} times with ${Math.min(...alive)} to ${Math.max(...alive)} rounds alive; ` +
      `${played.pressed} answers pressed, ${acknowledged} acknowledged; ${differences.length === 0 ? 'all agree' : 'DIFFERENT'}\n`,
  );
  for (const difference of differences) process.stdout.write(`  ${difference}\n`);
}
process.stdout.write(`${killed} kills, ${pressed} answers pressed, ${wrong} differences.\n`);
process.exitCode = wrong === 0 && killed >= kills ? 0 : 1;
