import { expect, test } from 'vitest';
import { isCommonWord } from '../../src/core/search/common-words.ts';
import { inOtherLayouts } from '../../src/core/search/keyboard-layouts.ts';
import { buildIndex } from '../../src/core/search/search.ts';
import type { SearchEntry } from '../../src/core/search/search-entry.ts';

const entry = (id: string, title: string, more: Partial<SearchEntry> = {}): SearchEntry => ({
  id,
  kind: 'event',
  title,
  aliases: [],
  names: [],
  text: '',
  dates: [],
  ...more,
});

const entries = [
  entry('harbour-treaty', 'Treaty about the harbour'),
  entry('harbour-festival', 'Festival in the harbour'),
  entry('island-dispute', 'Dispute about the island', { kind: 'dispute' }),
  entry('ferry', 'Northern ferry', { kind: 'organisation' }),
  entry('иванов', 'Ivanov in Narva', { aliases: ['Иванов в Нарве'], text: 'паром' }),
];
const synonyms = [
  ['treaty', 'agreement', 'Vertrag', 'договор'],
  ['dispute', 'Streit'],
  ['island', 'Insel', 'île'],
  ['ferry', 'car boat'],
];
const index = buildIndex(entries, synonyms);

test.each([
  ['agreement harbour', 'harbour-treaty'],
  ['agreements about the harbour', 'harbour-treaty'],
  ['harbour Vertrag', 'harbour-treaty'],
  ['договор harbour', 'harbour-treaty'],
  ['договора harbour', 'harbour-treaty'],
  ['Inselstreit', 'island-dispute'],
  ['northern car boat', 'ferry'],
])('the query "%s" finds an entry that contains only synonyms of its words', (query, id) => {
  expect(index.find(query)).toMatchObject({ kind: 'one', id });
});

test('an index without synonyms does not find an entry by a synonym', () => {
  expect(buildIndex(entries).find('Inselstreit').kind).toBe('none');
});

test('a query that was typed with the wrong keyboard layout is also read in the intended layout', () => {
  expect(inOtherLayouts('ghbdtn')).toContain('привет');
  expect(inOtherLayouts('руддщ')).toContain('hello');
  expect(inOtherLayouts('ghbdtn 2')).toEqual([]);
  expect(inOtherLayouts('aaaa')).toEqual([]);
  expect(index.find('bdfyjd d yfhdt')).toMatchObject({ kind: 'one', id: 'иванов' });
  expect(index.find('bdfyjd yfhdt gfhjv')).toMatchObject({ kind: 'one', id: 'иванов' });
});

test.each([
  'never',
  'started',
  'stopped',
  'tries',
  'making',
  'quickly',
  'bigger',
  'comming',
  'gehort',
  'skolko',
  'combien',
])('"%s" is a common word', (word) => {
  expect(isCommonWord(word)).toBe(true);
});

test.each(['harbour', 'treaty', 'ivanov', 'sing-sing', 'mooring', ''])('%j is not a common word', (word) => {
  expect(isCommonWord(word)).toBe(false);
});

test('a sentence finds the right entry even if it has common words that no entry contains', () => {
  expect(index.find('who suddenly started a treaty about the harbour')).toMatchObject({
    kind: 'one',
    id: 'harbour-treaty',
  });
});

test('an entry whose kind is not preferred is the answer if the query is its whole name, but not if the query is only a part of its name; the whole name may be misspelt if no other entry matches nearly as well', () => {
  expect(index.find('northern ferry', ['event'])).toMatchObject({ kind: 'one', id: 'ferry' });
  expect(index.find('northern fery', ['event'])).toMatchObject({ kind: 'one', id: 'ferry' });
  expect(index.find('ferry', ['event'])).toMatchObject({ kind: 'some', ids: ['ferry'] });
  const ports = buildIndex([...entries, entry('port', 'Port of the northern ferry', { kind: 'place' })], synonyms);
  expect(ports.find('northern fery', ['event'])).toMatchObject({ kind: 'some' });
  expect(index.find('northern fery', ['organisation'])).toMatchObject({ kind: 'one', id: 'ferry' });
});

test('a synonym is recognised if it is typed with a short ending, such as "tours" for "tour", but not in a longer word such as "tourism"', () => {
  const tours = buildIndex([entry('ride', 'Ride to Narva'), entry('night', 'Night in Narva')], [['ride', 'tour']]);
  expect(tours.find('tours narva')).toMatchObject({ kind: 'one', id: 'ride' });
  expect(tours.find('tourism narva')).not.toMatchObject({ kind: 'one' });
});
