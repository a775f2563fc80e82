/** Tests the data structures of the search index, and searches among 2,000 entries. */
import { array, assert, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { confidenceLimitsFor } from '../../src/core/search/confidence-limits.ts';
import { buildVocabulary } from '../../src/core/search/build-vocabulary.ts';
import { collectPairs, keyedLists, listAt, flatLists } from '../../src/core/search/flat-lists.ts';
import { buildIndex } from '../../src/core/search/search.ts';
import { type SearchEntry } from '../../src/core/search/search-entry.ts';
import { holds, nameText, NO_TERM, termOf, titleOf } from '../../src/core/search/vocabulary.ts';

function entry(id: string, title: string, more: Partial<SearchEntry> = {}): SearchEntry {
  return { id, kind: 'place', title, aliases: [], names: [], text: '', dates: [], ...more };
}

test('lists that are stored in one flat array have the same values in the same order as separate lists', () => {
  const pairs = array(tuple(nat(9), nat(1000)));
  assert(
    property(pairs, (given) => {
      const flat = flatLists(
        10,
        given.map(([owner]) => owner),
        given.map(([, value]) => value),
      );
      for (let list = 0; list < 10; list++)
        expect([...listAt(flat, list)]).toEqual(given.flatMap(([owner, value]) => (owner === list ? [value] : [])));
    }),
  );
});

test('collectPairs(2) compares each value with the previous value of the same word, without the two lowest bits, and drops the value if both are equal', () => {
  const gathered = collectPairs(2);
  for (const value of [4, 5, 7, 8, 8]) gathered.add('rasht', value);
  gathered.add('astara', 4);
  const lists = keyedLists(gathered);
  expect([...listAt(lists, lists.numberOf.get('rasht'))]).toEqual([4, 8]);
  expect([...listAt(lists, lists.numberOf.get('astara'))]).toEqual([4]);
  expect([...listAt(lists, lists.numberOf.get('qom'))]).toEqual([]);
});

test('a vocabulary contains the words of all names, and each pair of neighbouring words as one joined word', () => {
  const vocabulary = buildVocabulary([
    entry('musa', 'Abu Musa', { aliases: ['The Island (Bu Musa)'], text: 'Near the strait.' }),
    entry('rasht', 'Rasht'),
  ]);
  const names = [...listAt(vocabulary.namesOf, 0)].map((name) => nameText(vocabulary, name));
  expect(names).toEqual(['abu musa', 'island bu musa', 'island', 'bu musa']);
  expect(nameText(vocabulary, titleOf(vocabulary, 1))).toBe('rasht');
  const joined = [...vocabulary.joined].map((term) => (term === NO_TERM ? '' : vocabulary.terms[term]));
  expect(joined).toEqual(['abumusa', '', 'islandbu', 'bumusa', '', '', 'bumusa', '', '']);
  const has = (number: number, word: string) => holds(vocabulary, number, termOf(vocabulary, word) ?? NO_TERM);
  expect([has(0, 'strait'), has(1, 'strait'), has(1, 'rasht'), has(0, 'rasht'), has(0, 'abumusa')]).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(termOf(vocabulary, 'moscow')).toBeUndefined();
});

/** The names of the entries in `many` (below) are built from these syllables. */
const syllables = ['bar', 'chel', 'dom', 'fir', 'gul', 'hesh', 'kan', 'lod', 'mur', 'nif', 'pol', 'rust', 'sev', 'tam'];
const word = (number: number) =>
  [number, number / 14, number / 196].map((part) => syllables[Math.floor(part) % 14]).join('');
/** Entries with 2,000 different names. Each name has two words of three syllables. */
const many = Array.from({ length: 2000 }, (_, number) =>
  entry(`e${number}`, `${word(number)} ${word((number * 37 + 5) % 2744)}`),
);
const large = buildIndex(many);

test('among 2,000 entries, a name is found if its words are misspelt, incomplete, swapped or joined', () => {
  const lost = many
    .filter((_, number) => number % 100 === 0)
    .flatMap(({ id, title }) => {
      const [left = '', right = ''] = title.split(' ');
      const ways = [
        title,
        `${right} ${left}`,
        `${left}${right}`,
        `${left.slice(0, 3)}${left.slice(4)} ${right}`,
        `${left} ${right.slice(0, 2)}${right.charAt(3)}${right.charAt(2)}${right.slice(4)}`,
      ];
      return ways
        .filter((way) => large.rank(way, 1)[0]?.id !== id)
        .concat(large.suggest(title.slice(0, -2)).includes(id) ? [] : [title]);
    });
  expect(lost).toEqual([]);
});

test('a search does not affect the results of later searches', () => {
  const asked = ['barbarbar', 'fir', many[17]?.title ?? '', 'nothing of the kind', many[1321]?.title ?? ''];
  const fresh = asked.map((query) => buildIndex(many).rank(query, 20));
  expect(asked.map((query) => large.rank(query, 20))).toEqual(fresh);
  expect(asked.toReversed().map((query) => large.rank(query, 20))).toEqual(fresh.toReversed());
});

test('the minimum confidence of an answer grows with the number of entries in the index', () => {
  const limits = [100, 1000, 10_000, 100_000].map(confidenceLimitsFor);
  const rising = (values: readonly number[]) =>
    values.every((value, index) => index === 0 || value > (values[index - 1] ?? 1));
  expect(rising(limits.map(({ sure }) => sure))).toBe(true);
  expect(rising(limits.map(({ possible }) => possible))).toBe(true);
  expect(limits.every(({ sure, possible }) => sure > possible)).toBe(true);
});
