/** Broken packs of any size. Tests and the benchmark measure how the time for reading them grows with the size. */
import { PackError, type PackFile } from '../../src/core/pack/pack-file.ts';
import { parsePack } from '../../src/core/pack/parse-pack.ts';
import { readYaml } from '../../src/formats/yaml.ts';

export const manifest: PackFile = {
  name: 'pack.yaml',
  value: {
    id: 'p',
    title: 'P',
    description: 'D.',
    source: { title: 'S', paragraphs: 3, note: 'N.' },
    topics: [{ id: 'constructor', title: 'T' }],
  },
};
export const entry = (id: string, more: object = {}) => ({
  id,
  title: `Title of ${id}`,
  summary: 'S.',
  voice: 'reported',
  paragraphs: [1],
  topics: ['constructor'],
  aliases: [`name of ${id}`],
  ...more,
});

/** The mistakes that `read` reports. Empty if it succeeds. */
export function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
}

/** The mistakes that the parser reports for a file with this text. */
export const problemsInYaml = (text: string) => problemsOf(() => readYaml('events.yaml', text));
export const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
/**
 * Kinds of broken packs. `size` is a number of lines or entries that is large enough for a test to measure the time.
 * `read` reads a pack of any size and returns its mistakes.
 */
export const brokenPacks: readonly (readonly [
  what: string,
  size: number,
  read: (size: number) => readonly string[],
])[] = [
  ['lines with tabs', 500, (size) => problemsInYaml(lines(size, (index) => `- id: a${index}\n\ttitle: b\n`))],
  ['wrong indents', 400, (size) => problemsInYaml(lines(size, (index) => `- id: a${index}\n   title: b: c\n  x\n`))],
  ['unmatched brackets', 1_000, (size) => problemsInYaml('- ]\n'.repeat(size))],
  ['many fields in one map', 1_500, (size) => problemsInYaml(lines(size, (index) => `k${index}: v\n`))],
  ['a field that is repeated many times', 1_000, (size) => problemsInYaml('k: v\n'.repeat(size))],
  ['unknown tags', 800, (size) => problemsInYaml('- !foo x\n'.repeat(size))],
  ['aliases', 1_000, (size) => problemsInYaml(`- &a x\n${'- *a\n'.repeat(size)}`)],
  [
    'wrong references',
    600,
    (size) => {
      const value = Array.from({ length: size }, (_, index) =>
        entry(`entry-of-the-pack-${index}`, { links: [`entry-of-the-pakc-${index}`] }),
      );
      return problemsOf(() => parsePack([manifest, { name: 'organisations.yaml', value }]));
    },
  ],
];

/**
 * Measures the time for reading a pack of the size `size` and of four times this size. Returns the ratio of the two
 * times. The ratio is 4 if the time grows linearly with the size, and 16 if the time grows with the square of the size.
 * Other programs and the garbage collector disturb the measurement. Therefore the measurement is repeated until a ratio
 * is below `enough`, up to six times, and the smallest ratio is returned.
 */
export function growth(size: number, read: (size: number) => unknown, enough: number): number {
  let least = Infinity;
  for (let time = 0; time < 6 && least >= enough; time++) {
    // Times of less than 1 ms are not precise enough.
    const small = Math.max(
      1,
      cpuTime(() => read(size)),
    );
    least = Math.min(least, cpuTime(() => read(4 * size)) / small);
  }
  return least;
}

/** Returns the CPU time that this process uses for `run`, in ms. */
export function cpuTime(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
