/** Runs the test that the README of src/loopback shows as a first test for another bot. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client } from 'discord.js';
import { expect, test } from 'vitest';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { startLoopback } from '../../src/loopback/loopback.ts';

const readme = readFileSync(new URL('../../src/loopback/README.md', import.meta.url), 'utf8');

test('the first test in the README has ten lines and passes without changes', async () => {
  const [, code = ''] = /<!-- first test[^>]*-->\n+```js\n([^]*?)\n```/.exec(readme) ?? [];
  expect(code.split('\n')).toHaveLength(10);
  const names = { assert, Client, joinAs, startLoopback };
  // The code is part of a document, so it is compiled at run time.
  const AsyncFunction = (async () => undefined).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>;
  await new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
  const broken = code
    .replace("'Hello Ana'", "'Hello Ben'")
    .replace('assert.equal', 'await client.destroy(); await loopback.stop(); assert.equal');
  await expect(new AsyncFunction(...Object.keys(names), broken)(...Object.values(names))).rejects.toThrow('Hello Ana');
});
