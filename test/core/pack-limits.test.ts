/**
 * Tests that a pack cannot harm the bot. The time for reading a file grows only linearly with the size of the file,
 * even if the file is invalid. Names such as `__proto__` are treated like other names.
 */
import { expect, test } from 'vitest';
import { maxProblems, PackError } from '../../src/core/pack/pack-file.ts';
import { parsePack } from '../../src/core/pack/parse-pack.ts';
import { readYaml } from '../../src/formats/yaml.ts';
import { brokenPacks, entry, growth, lines, manifest, problemsOf, problemsInYaml } from '../support/broken-packs.ts';
import { seen } from '../support/seen.ts';

test.each(brokenPacks)('T6: reading %s takes time that grows linearly with the size', (_, size, read) => {
  // The second file is four times as large. If the time grew quadratically, it would be 16 times as long.
  const least = growth(size, read, 9);
  seen(`four times the size takes ${least.toFixed(1)} times as long`);
  expect(least).toBeLessThan(9);
});

test('T6: at most 200 mistakes of a pack are reported, followed by the number of the other mistakes', () => {
  const problems = problemsInYaml('- !foo x\n'.repeat(500));
  expect(problems).toHaveLength(maxProblems + 1);
  expect(problems.at(-1)).toBe('and 300 more mistakes; correct these first');
  // The worker thread sends the list to the main thread, which creates the error again. The list must stay the same.
  expect(new PackError(problems).problems).toEqual(problems);
});

test.each([
  ['too many fields', lines(2_001, (index) => `k${index}: v\n`), /2001 fields in one place; keep to 2000/],
  ['lists in lists', '- '.repeat(30), /within more than 20 others; write fewer levels/],
  ['brackets without end', '['.repeat(5_000), /lists in lists without end/],
  ['an alias bomb', `a: &a [x, x]\n${lines(30, (index) => `b${index}: [*a, *a]\n`)}`, /an alias.*write the value out/],
  ['a file that is too large', 'x'.repeat(8_388_609), /larger than 8 MiB; split the pack/],
])('T6: %s is refused with an error message that says what to write instead', (_, text, sentence) => {
  expect(problemsInYaml(text)[0]).toMatch(sentence);
});

test('T6: a list with more than 500 items is refused', () => {
  const value = [entry('a', { links: Array.from({ length: 501 }, (_, index) => `e${index}`) })];
  expect(problemsOf(() => parsePack([manifest, { name: 'organisations.yaml', value }]))).toEqual([
    'organisations.yaml, a, links: keep to 500 in one list',
  ]);
});

test('T6: fields called __proto__, constructor or toString are reported as unknown and change no object', () => {
  const file = readYaml('organisations.yaml', '- id: a\n  __proto__: { title: x }\n  constructor: y\n  toString: z\n');
  const problems = problemsOf(() => parsePack([manifest, file]));
  for (const [line, name] of ['__proto__', 'constructor', 'toString'].entries())
    expect(problems).toContain(
      `organisations.yaml:${line + 2}, a: there is no field "${name}"; take it out or check its spelling`,
    );
  expect(Object.hasOwn(Object.prototype, 'title')).toBe(false);
});

test('T6: an entry and a topic may have the id "constructor", and a link may contain this id', () => {
  const value = [entry('constructor', { links: ['other'] }), entry('other', { links: ['constructor'] })];
  const pack = parsePack([manifest, { name: 'organisations.yaml', value }]);
  expect(pack.entries.map(({ id, topics }) => [id, topics])).toEqual([
    ['constructor', ['constructor']],
    ['other', ['constructor']],
  ]);
});
