/**
 * `npm run bench [name] [-- --full]` runs the benchmark with this name and prints Markdown tables. Without a name, it
 * runs all benchmarks.
 */
import { benchInteractions, benchLoopback } from './interactions-bench.ts';
import { benchPacks } from './packs-bench.ts';
import { benchRounds } from './rounds-bench.ts';
import { benchScale } from './scale-bench.ts';
import { benchScores } from './scores-bench.ts';
import { benchServerPacks } from './server-packs-bench.ts';
import { benchSearch } from './search-bench.ts';

/**
 * Runs a benchmark and resolves with its tables in Markdown. A long benchmark prints its first tables with `print` as
 * soon as they are ready, and resolves only with the other tables.
 */
type Bench = (options: readonly string[], print: (markdown: string) => void) => Promise<string>;

const benches: Readonly<Record<string, Bench>> = {
  search: benchSearch,
  scores: benchScores,
  interactions: benchInteractions,
  loopback: benchLoopback,
  rounds: benchRounds,
  packs: benchPacks,
  scale: benchScale,
  'server-packs': benchServerPacks,
};

const given = process.argv.slice(2);
const options = given.filter((text) => text.startsWith('--'));
const [wanted] = given.filter((text) => !text.startsWith('--'));
const chosen = Object.entries(benches).filter(([name]) => wanted === undefined || name === wanted);
if (chosen.length === 0) {
  process.stderr.write(`There is no benchmark "${wanted}". There are: ${Object.keys(benches).join(', ')}.\n`);
  process.exitCode = 1;
}
const print = (markdown: string) => process.stdout.write(`${markdown}\n`);
for (const [, bench] of chosen) print(await bench(options, print));
