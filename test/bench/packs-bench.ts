/**
 * Measures how long it takes to read packs in all formats, and how the time for reading a broken pack grows with the
 * size of the pack.
 */
import { brokenPacks, cpuTime } from '../support/broken-packs.ts';
import { benchFormats } from './formats-bench.ts';

const steps = [1, 4, 16] as const;

/** Returns the tables of all formats, and a table with the CPU time for each kind of broken pack at three sizes. */
export async function benchPacks(): Promise<string> {
  const rows = brokenPacks.map(([what, size, read]) => {
    const times = steps.map((step) => cpuTime(() => read(step * size)));
    const growth = (times.at(-1) ?? 0) / Math.max(1, times.at(-2) ?? 1);
    return `| ${[what, size * 16, ...times.map((time) => time.toFixed(0)), growth.toFixed(1)].join(' | ')} |`;
  });
  return [
    `## Broken packs\n\nCPU time in ms. Each size is four times the one before, so linear work takes four times as long.\n`,
    '| what | largest size | small | medium | large | growth |',
    '|---|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    benchFormats(),
  ].join('\n');
}
