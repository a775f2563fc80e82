/**
 * `npm run soak [-- --minutes N --seed N]` runs the bot under random use and random faults, by default for an hour.
 * Ends with exit code 1 if a check fails, and prints the reasons and the seed.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 60);
const seed = Number(values.seed ?? randomInt(2 ** 31));
/** Maximum number of problems that are printed. One mistake usually causes many problems. */
const maxShown = 50;
const print = (line: string) => void process.stdout.write(`${line}\n`);

if (!(minutes > 0) || !Number.isInteger(seed)) {
  process.stderr.write('--minutes takes a number above 0, and --seed takes a whole number.\n');
  process.exitCode = 64;
} else {
  print(`soak: ${minutes} minute(s), seed ${seed}`);
  const problems = await soak({ minutes, seed, print });
  for (const problem of problems.slice(0, maxShown)) print(`  ${problem}`);
  const isGood = problems.length === 0;
  print(
    isGood ? 'soak: passed' : `soak: ${problems.length} problem(s); again with --seed ${seed} --minutes ${minutes}`,
  );
  process.exitCode = isGood ? 0 : 1;
}
