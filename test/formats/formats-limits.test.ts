/** Tests that no file can harm the bot: mutated files, hostile tables and files above the limits. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { readMaterial } from '../../src/formats/read-material.ts';
import { template } from '../../src/formats/templates.ts';
import { growth, lines } from '../support/broken-packs.ts';
import { hostileTables } from '../support/hostile-tables.ts';
import { seen } from '../support/seen.ts';

const folder = fileURLToPath(new URL('files/', import.meta.url));
const samples = [
  ...readdirSync(folder).map((name) => readFileSync(`${folder}${name}`)),
  Buffer.from(template('yaml').text),
];

/** Texts that have a special meaning in at least one file format. */
const pieces = [
  '"',
  '""',
  ';',
  ',',
  '\t',
  '\r',
  '\n',
  '|',
  '\0',
  '\uFEFF',
  '{{c1::',
  '}}',
  '<br>',
  '&#0;',
  '#',
  'sep=;\n',
];

const change = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'repeat', 'flip', 'cut'),
  at: fc.nat(9_999),
  length: fc.integer({ min: 1, max: 200 }),
  piece: fc.constantFrom(...pieces),
});

function changed(bytes: Buffer, { kind, at, length, piece }: typeof change extends fc.Arbitrary<infer T> ? T : never) {
  const start = Math.floor((at / 10_000) * bytes.length);
  const [before, part, after] = [
    bytes.subarray(0, start),
    bytes.subarray(start, start + length),
    bytes.subarray(start + length),
  ];
  switch (kind) {
    case 'insert':
      return Buffer.concat([before, Buffer.from(piece), part, after]);
    case 'delete':
      return Buffer.concat([before, after]);
    case 'repeat':
      return Buffer.concat([before, part, part, part, after]);
    case 'flip':
      return Buffer.concat([before, part.map((byte) => byte ^ (length & 0xff)), after]);
    default:
      return before;
  }
}

test('a mutated file is either read or refused with a message for the member, and causes no other error', () => {
  const runs = Number(process.env['FUZZ_RUNS'] ?? 80);
  let readable = 0;
  fc.assert(
    fc.property(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 4 }), (bytes, changes) => {
      const text = changes.reduce<Buffer>((made, one) => changed(made, one), bytes);
      try {
        const result = readMaterial(text, { packName: 'Deck' });
        readable++;
        if (result.kind === 'pack')
          for (const { line, reason, instead } of result.leftOut)
            expect(line > 0 && reason !== '' && instead !== '').toBe(true);
      } catch (error) {
        if (!(error instanceof PackError)) throw error;
        for (const problem of error.problems) expect(problem).toMatch(/^the text/);
      }
    }),
    { numRuns: runs, seed: 18 },
  );
  seen(`${readable} of ${runs} mutated files were read, the others were refused`);
  expect(readable).toBeGreaterThan(runs / 4);
});

test.each(hostileTables)('reading %s takes time that grows linearly with the size', (_, size, read) => {
  // If the time grew with the square of the size, four times the size would take 16 times as long.
  const least = growth(size, read, 9);
  seen(`four times the size takes ${least.toFixed(1)} times as long`);
  expect(least).toBeLessThan(9);
});

test('a file that is too large or has too many cards is refused with a message that names the limit', () => {
  const read = (text: string, limits: { size: number; entries: number }) => () =>
    readMaterial(Buffer.from(text), { fileName: 'cards.csv', packName: 'Deck', limits });
  const cards = lines(40, (index) => `front ${index};back ${index}\n`);
  expect(read(cards, { size: 100, entries: 40 })).toThrow('in two packs if need be');
  expect(read(cards, { size: 10_000, entries: 39 })).toThrow('has 40 cards; keep to 39');
  expect(read(template('yaml').text, { size: 10_000, entries: 4 })).toThrow('has 5 entries; keep to 4');
  expect(read(cards, { size: 10_000, entries: 40 })()).toMatchObject({ kind: 'pack' });
});
