/**
 * Checks that the code does not depend on the subject of a pack. The code must not contain a name of a person, place or
 * organisation from the two shipped packs. Only the bot's own name and the names of time zones are allowed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { library, polarFirsts } from './support/caspian.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const named = new Set(['person', 'place', 'organisation']);
/** Minimum length of the names that are searched for. Shorter names (UN, RF) would also match unrelated text. */
const shortest = 4;

const names = [library, polarFirsts]
  .flatMap(({ pack }) => pack.entries.filter(({ kind }) => named.has(kind)))
  .flatMap(({ title, aliases }) => [title, ...aliases])
  .filter((name) => name.length >= shortest)
  .map((name) => name.toLowerCase());

const firstLetter = (text: string): number => Math.max(0, text.search(/\p{L}/u));
/** The names by their first word. A search with one pattern that contains all names would take ten seconds. */
const byFirstWord = new Map<string, string[]>();
for (const name of names) {
  const word = /\p{L}+/u.exec(name)?.[0] ?? '';
  byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), name]);
}

/** Returns the names from packs that occur in a text, in lower case. Leaves out "Caspian" and time zones. */
function namesIn(text: string): readonly string[] {
  const searched = text.replaceAll(/\b(?:Africa|America|Asia|Atlantic|Europe|Pacific)\/[\w/]+/gi, '').toLowerCase();
  const found: string[] = [];
  let end = 0;
  for (const { 0: word, index } of searched.matchAll(/\p{L}+/gu)) {
    if (index < end) continue;
    const [name] = (byFirstWord.get(word) ?? [])
      .filter((one) => searched.startsWith(one, index - firstLetter(one)))
      .filter((one) => !/^\p{L}/u.test(searched.slice(index - firstLetter(one) + one.length)))
      .toSorted((one, other) => other.length - one.length);
    if (name === undefined) continue;
    end = index - firstLetter(name) + name.length;
    if (name !== 'caspian') found.push(name);
  }
  return found;
}

test('no file of src or commands contains the name of a person, place or organisation from a pack', () => {
  const files = ['src', 'commands']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.(ts|js|html|css)$/.test(path));
  expect(names.length).toBeGreaterThan(400);
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((path) =>
    namesIn(readFileSync(join(root, path), 'utf8')).map((name) => `${path}: ${name}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ["if (query === 'rasht') return", ['rasht']],
  ['// as Vladimir Putin says', ['vladimir putin']],
  ['Решт', ['решт']],
  ['bay-of-whales, Bay of Whales', ['bay of whales']],
  ['new RegExp(/russia|iran/)', ['russia', 'iran']],
  ["application: 'Caspian', zone: 'Asia/Tehran'", []],
  ['Iranology', []],
])('in the text %s, namesIn finds the names from the packs, but only as whole words', (text, found) =>
  expect(namesIn(text)).toEqual(found),
);
