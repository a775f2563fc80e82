/** Broken packs of any size. Tests and the benchmark use them to measure how the time for reading grows. */
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

/** The mistakes in the file events.yaml with this text. */
export const yaml = (text: string) => problemsOf(() => readYaml('events.yaml', text));
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
  ['lines with tabs', 500, (size) => yaml(lines(size, (index) => `- id: a${index}\n\ttitle: b\n`))],
  ['wrong indents', 400, (size) => yaml(lines(size, (index) => `- id: a${index}\n   title: b: c\n  x\n`))],
  ['brackets without a partner', 1_000, (size) => yaml('- ]\n'.repeat(size))],
  ['fields of one part', 1_500, (size) => yaml(lines(size, (index) => `k${index}: v\n`))],
  ['a field written again and again', 1_000, (size) => yaml('k: v\n'.repeat(size))],
  ['unknown tags', 800, (size) => yaml('- !foo x\n'.repeat(size))],
  ['aliases', 1_000, (size) => yaml(`- &a x\n${'- *a\n'.repeat(size)}`)],
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
 * How many times as long it takes to read four times the size. The ratio is 4 for work that grows linearly with the
 * size, and 16 for work that grows with its square. Other programs and the garbage collector disturb the measurement, so
 * it is repeated up to six times, until a ratio is below `enough`. Returns the smallest ratio.
 */
export function growth(size: number, read: (size: number) => unknown, enough: number): number {
  let least = Infinity;
  for (let time = 0; time < 6 && least >= enough; time++) {
    // Less than 1 ms cannot be measured well.
    const small = Math.max(
      1,
      cpuTime(() => read(size)),
    );
    least = Math.min(least, cpuTime(() => read(4 * size)) / small);
  }
  return least;
}

/** CPU time of this process for `run`, in ms. */
export function cpuTime(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
