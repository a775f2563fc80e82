/** Checks that the memory of the bot does not grow: fits a straight line to the samples of one process. */

/** `at` is the time since the start of the process, in ms. `heapMb` is the used heap after garbage collection. */
export interface MemorySample {
  readonly at: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

/** The first ten minutes of a process are ignored, because caches are filled and code is compiled in this time. */
const warmUp = 10 * 60_000;
/** Minimum number of samples, so that no single sample decides the result. The soak takes one sample per minute. */
const minSamples = 10;
/**
 * Maximum growth per minute, in MB. The scores and the caches of players may grow by a few KB per round. If the bot
 * kept the whole context of each interaction (about 20 KB), its memory would grow faster than this maximum, because the
 * soak has 500 interactions per minute.
 */
const maxGrowth = { heapMb: 0.5, rssMb: 2 } as const;

/** Growth per minute, in MB. */
export interface MemoryTrend {
  readonly heapMb: number;
  readonly rssMb: number;
}

/** Returns the growth after the first ten minutes. Undefined if there are too few samples. */
export function memoryTrend(samples: readonly MemorySample[]): MemoryTrend | undefined {
  const settled = samples.filter(({ at }) => at >= warmUp);
  if (settled.length < minSamples) return undefined;
  const minutes = settled.map(({ at }) => at / 60_000);
  const slopeOf = (values: readonly number[]) => slope(minutes, values);
  return { heapMb: slopeOf(settled.map(({ heapMb }) => heapMb)), rssMb: slopeOf(settled.map(({ rssMb }) => rssMb)) };
}

/** Returns a description of each kind of memory that grows faster than allowed. */
export const growthProblems = (trend: MemoryTrend): readonly string[] =>
  (['heapMb', 'rssMb'] as const).flatMap((kind) =>
    trend[kind] > maxGrowth[kind]
      ? [`${kind} grows by ${trend[kind].toFixed(2)} a minute, at most ${maxGrowth[kind]} is allowed`]
      : [],
  );

/** The slope of the least-squares line. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const products = xs.map((x, index) => (x - x0) * ((ys[index] ?? y0) - y0));
  const squares = xs.map((x) => (x - x0) ** 2);
  return mean(products) / mean(squares);
}
