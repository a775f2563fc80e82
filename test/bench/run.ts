/** `npm run bench [name]`: runs the named benchmark, or all of them, and prints Markdown. */
import { benchSearch } from './search.ts';

const benches: Readonly<Record<string, () => Promise<string>>> = { search: benchSearch };

const [wanted] = process.argv.slice(2);
const chosen = Object.entries(benches).filter(([name]) => wanted === undefined || name === wanted);
if (chosen.length === 0) {
  process.stderr.write(`There is no benchmark "${wanted}". There are: ${Object.keys(benches).join(', ')}.\n`);
  process.exitCode = 1;
}
for (const [, bench] of chosen) process.stdout.write(`${await bench()}\n`);
