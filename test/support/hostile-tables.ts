/**
 * Tables of any size that could be slow to read. Tests and the benchmark measure how the reading time grows with the
 * size.
 */
import { readMaterial } from '../../src/formats/read-material.ts';
import { lines, problemsOf } from './broken-packs.ts';

const limits = { size: 64 * 1_048_576, entries: 1_000_000 };

const read = (text: string) =>
  problemsOf(() => readMaterial(Buffer.from(text), { fileName: 'cards.csv', packName: 'Deck', limits }));

const articles = ['der', 'die', 'das'];

/** `size` is a number of lines or characters that is large enough for a test to measure the time. */
export const hostileTables: readonly (readonly [
  what: string,
  size: number,
  read: (size: number) => readonly string[],
])[] = [
  ['cards', 60, (size) => read(lines(size, (index) => `front ${index},back ${index} of this card\n`))],
  ['quotation marks that are not closed', 2_000, (size) => read(`a,b\n${'"x,y\n'.repeat(size)}`)],
  ['quotation marks everywhere', 8_000, (size) => read(`a,b\n${'"",""x"'.repeat(size)}`)],
  ['one long line', 4_000, (size) => read('x,'.repeat(size))],
  ['tags that are not closed', 20_000, (size) => read(`#separator:tab\n#html:true\na\t${'<b <a'.repeat(size)}`)],
  ['gaps that are not closed', 20_000, (size) => read(`#separator:tab\n{{c1::a}}\t\n${'{{c1::'.repeat(size)}\tb`)],
  ['equal fronts', 200, (size) => read(lines(size, (index) => `front,back ${index}\n`))],
  ['a few equal backs', 700, (size) => read(lines(size, (index) => `front ${index},${articles[index % 3]}\n`))],
  ['many columns', 6_000, (size) => read(`front,back${',x'.repeat(size)}\na,b${',y'.repeat(size)}\n`)],
  ['bytes that are not valid UTF-8', 2_500, (size) => problemsOf(() => readBytes(size))],
];

function readBytes(size: number): unknown {
  const bytes = Buffer.alloc(size, Buffer.from([0xc3, 0x28, 0x0a, 0x81, 0xfe, 0x09, 0x41]));
  return readMaterial(bytes, { fileName: 'cards.txt', packName: 'Deck', limits });
}
