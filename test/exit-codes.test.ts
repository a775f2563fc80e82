/** Tests the table of exit codes in the README, and the exit code of the program after an unexpected error. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exitCodeMeanings, exitCodes } from '../src/cli/exit-codes.ts';
import { exitCodeOf } from '../src/cli/start-errors.ts';

test('the README contains a table of all exit codes, with the same meanings as in the source code', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, table = ''] = /\| code \| meaning \|\n\|---\|---\|\n([^]*?)\n\n/.exec(readme) ?? [];
  const rows = Object.entries(exitCodes).map(
    ([name, code]) => `| ${code} | ${exitCodeMeanings[name as keyof typeof exitCodes]} |`,
  );
  expect(table.split('\n')).toEqual(rows);
});

test('after an unexpected error, the exit code is the code for a bug in the bot', () => {
  expect(exitCodeOf(new TypeError('pretended'))).toBe(exitCodes.software);
});
