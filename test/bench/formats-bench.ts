/**
 * Measures how long it takes to read a file of 10,000 cards in each format, and how much memory the result uses. The
 * reader of the bot returns a checked pack with its questions. For comparison, the library for the format is measured
 * too. It does less work, because it only parses the text into rows or values.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'csv-parse/sync';
import { parseDocument } from 'yaml';
import { exportPack } from '../../src/formats/export-pack.ts';
import { readMaterial } from '../../src/formats/read-material.ts';
import { hostileTables } from '../support/hostile-tables.ts';
import { cpuTime } from '../support/broken-packs.ts';

const count = 10_000;

/** Returns a word for a number. Different numbers have different words. The words have different lengths. */
const word = (number: number): string =>
  number.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '') + 'en'.repeat(number % 4);

const cells = Array.from({ length: count }, (_, index) => [
  `der ${word(index)}`,
  word(index * 7 + 3),
  `unit ${index % 20}`,
]);
const joined = (separator: string) => cells.map((row) => `${row.join(separator)}\n`).join('');

const split = (delimiter: string) => (text: string) => parse(text, { delimiter, relax_column_count: true });

const csv = `front,back,topic\n${joined(',')}`;
const formats: readonly (readonly [
  name: string,
  fileName: string,
  text: () => string,
  bare: (text: string) => unknown,
])[] = [
  ['CSV', 'cards.csv', () => csv, split(',')],
  [
    'Anki, HTML',
    'cards.txt',
    () =>
      `#separator:tab\n#html:true\n#tags column:3\n${cells.map(([a, b, c]) => `<b>${a}</b>&nbsp;\t<div>${b}</div>\t${c}\n`).join('')}`,
    split('\t'),
  ],
  ['Quizlet, tabs', 'cards.txt', () => cells.map(([a, b]) => `${a}\t${b}\n`).join(''), split('\t')],
  [
    'YAML',
    'pack.yaml',
    () => {
      const result = readMaterial(Buffer.from(csv), { fileName: 'cards.csv', packName: 'Deck' });
      return result.kind === 'pack' ? exportPack(result.files, 'yaml').text : '';
    },
    (text) => parseDocument(text).toJS(),
  ],
];

/**
 * Returns two Markdown tables. The first shows the time and the memory for each format. The second shows how the time
 * for reading a hostile table (see hostile-tables.ts) grows with the size of that table.
 */
export function benchFormats(): string {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const measured = (run: () => unknown): readonly [ms: number, mib: number] => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const kept = [run()];
    const ms = performance.now() - start;
    collect();
    const mib = (process.memoryUsage().heapUsed - before) / 1_048_576;
    return [ms, kept.length * mib];
  };
  const rows = formats.map(([name, fileName, text, bare]) => {
    const given = text();
    const bytes = Buffer.from(given);
    const [bareMs, bareMib] = measured(() => bare(given));
    const [ms, mib] = measured(() => readMaterial(bytes, { fileName, packName: 'Deck' }));
    const size = (bytes.length / 1_024).toFixed(0);
    return `| ${[name, size, bareMs.toFixed(0), ms.toFixed(0), bareMib.toFixed(1), mib.toFixed(1)].join(' | ')} |`;
  });
  const steps = [1, 4, 16] as const;
  const hostile = hostileTables.map(([what, size, read]) => {
    const times = steps.map((step) => cpuTime(() => read(step * size)));
    const growth = (times.at(-1) ?? 0) / Math.max(1, times.at(-2) ?? 1);
    return `| ${[what, size * 16, ...times.map((time) => time.toFixed(0)), growth.toFixed(1)].join(' | ')} |`;
  });
  return [
    `## Reading ${count.toLocaleString('en')} cards\n\nMemory is the memory of the result. The library only splits the text.\n`,
    '| format | KiB | library ms | reader ms | library MiB | reader MiB |',
    '|---|--:|--:|--:|--:|--:|',
    ...rows,
    `\n## Hostile tables\n\nCPU time in ms. Each size is four times the one before, so linear work takes four times as long.\n`,
    '| what | largest size | small | medium | large | growth |',
    '|---|--:|--:|--:|--:|--:|',
    ...hostile,
  ].join('\n');
}
