/**
 * Tests that every fault (F1, F2, …) and every threat (T1, T2, …) has a test. The reporter numbered-tests.ts prints
 * tables of these tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lastNumbers } from '../support/numbered-tests.ts';

test.each(Object.entries(lastNumbers).map(([letter, last]) => [letter, letter, last] as const))(
  'for each number from %s1 to %s%d, a test name begins with the number, and no test name begins with another number',
  (letter, _, last) => {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.test.ts'),
    );
    const found = files.flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/['`]([FT])(\d+): /g)].flatMap(([, own, number]) =>
        own === letter ? [Number(number)] : [],
      ),
    );
    const all = Array.from({ length: last }, (_, index) => index + 1);
    expect(all.filter((number) => !found.includes(number))).toEqual([]);
    expect(found.filter((number) => !all.includes(number))).toEqual([]);
  },
);
