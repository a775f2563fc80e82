/** Every fault of the table that `npm run test:faults` prints has a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lastFault } from '../support/faults-table.ts';

test('each fault from F1 to F30 has a test whose name begins with its number', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  const found = files.flatMap((name) =>
    [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/['`]F(\d+): /g)].map(([, number]) => Number(number)),
  );
  const all = Array.from({ length: lastFault }, (_, index) => index + 1);
  expect(all.filter((number) => !found.includes(number))).toEqual([]);
  expect(found.filter((number) => !all.includes(number))).toEqual([]);
});
