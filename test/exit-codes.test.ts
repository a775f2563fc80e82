/** The exit codes in the README are the exit codes of the program. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exitCodeMeanings, exitCodes } from '../src/cli/exit-codes.ts';
import { exitCodeOf } from '../src/cli/start-errors.ts';

test('the README has one table of all exit codes with the meanings in the source', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, table = ''] = /\| code \| meaning \|\n\|---\|---\|\n([^]*?)\n\n/.exec(readme) ?? [];
  const rows = Object.entries(exitCodes).map(
    ([name, code]) => `| ${code} | ${exitCodeMeanings[name as keyof typeof exitCodes]} |`,
  );
  expect(table.split('\n')).toEqual(rows);
});

test('an error that nobody expected ends the program with the code for a mistake in the bot', () => {
  expect(exitCodeOf(new TypeError('pretended'))).toBe(exitCodes.software);
});
