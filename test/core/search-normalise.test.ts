/** Tests the normalisation of text for the search, and malicious queries. */
import { assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, allowedEdits } from '../../src/core/search/edit-distance.ts';
import { fold, LONGEST_QUERY, MOST_WORDS, readQuery, queryWords } from '../../src/core/search/normalise.ts';
import { buildIndex } from '../../src/core/search/search.ts';
import { skeletonOf, soundOf } from '../../src/core/search/sounds.ts';

test.each([
  ['Ašgabat', 'asgabat'],
  ['РЕШТ', 'resht'],
  ['Горбачёв', 'gorbachev'],
  ['Шойгу', 'shoigu'],
  ['رشت', 'rsht'],
  ['ایران', 'iran'],
  ['روسیه', 'rusie'],
  ['كيش', 'kish'],
  ['کیش', 'kish'],
  ['۱۳۹۲ ٢٠١٣', '1392 2013'],
  ["Khomeini's", 'khomeini'],
  ['Khomeini’s', 'khomeini'],
  ['1,000,000', '1000000'],
  ['P5+1', 'p5plus1'],
  ['P5 plus 1', 'p5plus1'],
  ['a\u200fb\u202ec\u200c', 'abc'],
  ["l'Iran", 'iran'],
  ['d’octobre', 'octobre'],
  ["Putin'in", 'putin'],
  ["Moskova'ya", 'moskova'],
  ["İran'daki", 'iran'],
  ["Sana'a", 'sanaa'],
  ["Shi'a", 'shia'],
  ["O'Brien", 'obrien'],
  ["don't", 'dont'],
])('the search normalises "%s" to "%s"', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test.each([
  ['13 September 2013', 'd20130913'],
  ['13th of September, 2013', 'd20130913'],
  ['September 13, 2013', 'd20130913'],
  ['Sept. 13th 2013', 'd20130913'],
  ['2013-09-13', 'd20130913'],
  ['2013/9/13', 'd20130913'],
  ['13.09.2013', 'd20130913'],
  ['9/13/2013', 'd20130913'],
  ['13 сентября 2013', 'd20130913'],
  ['۱۳ سپتامبر ۲۰۱۳', 'd20130913'],
  ['August 2015', 'd201508'],
  ['2015-08', 'd201508'],
  ['08.2015', 'd201508'],
  ['2015', 'd2015'],
  ['22 September', 'm0922'],
  ['September 22nd', 'm0922'],
  ['September', 'm09'],
  ['сентябрь', 'm09'],
])('the date "%s" is normalised to %s', (text, word) => {
  expect(queryWords(text)).toEqual([word]);
});

test.each(['20 billion', '81', '12345', 'Su-35', 'march', 'may'])('the query "%s" is not read as a date', (text) => {
  expect(queryWords(text).join(' ')).not.toMatch(/\b[dm]\d{2,}/);
});

test('a long query is truncated to 100 characters and 12 words', () => {
  expect(LONGEST_QUERY).toBe(100);
  expect(MOST_WORDS).toBe(12);
  const letters = readQuery('x'.repeat(6000)).typed;
  expect(letters).toEqual(['x'.repeat(100)]);
  expect(readQuery('ab '.repeat(2000)).typed).toHaveLength(12);
});

test('only the first 100 characters of a query are searched', () => {
  expect(readQuery(`${'\u0301'.repeat(LONGEST_QUERY)}rasht`).typed).toEqual([]);
});

test('a query has at most 100 letters after normalisation, even if characters become several letters', () => {
  // Unicode normalisation (NFKD) turns the single character U+FB03 into three letters.
  expect(readQuery('\ufb03'.repeat(100)).typed.join('')).toHaveLength(LONGEST_QUERY);
});

test('question words and other stop words are removed from a query', () => {
  expect(readQuery('What happened in Bishkek?').words).toEqual(['bishkek']);
  expect(readQuery('who was the one that did it').words).toEqual(['one']);
});

test('an Arabic conjunction or preposition that is joined to the definite article is removed', () => {
  expect(fold('والنفط')).toBe(fold('النفط'));
  expect(fold('للنفط')).toBe(fold('النفط'));
});

test.each([
  ['could you please tell me when Putin visited Tehran', 'putin visited tehran'],
  ['Können Sie mir bitte sagen, wann Rohani gewählt wurde?', 'rohani gewahlt'],
  ['s’il vous plaît, dites-moi qui est Sadatian', 'sadatian'],
  ['подскажите пожалуйста, кто такой Шойгу', 'shoigu'],
  ['lütfen bana Zarif hakkında bilgi verir misiniz', 'zarif'],
  ['لطفا درباره ظریف توضیح بدهید', 'zrif'],
  ['من فضلك أخبرني من هو ظريف', 'zrif'],
  ['Seyyed Jalal Sadatian', 'jalal sadatian'],
  ['wat is dat, plz', ''],
])('polite phrases, forms of address and grammar words are removed from the query "%s"', (query, words) => {
  expect(readQuery(query).words.join(' ')).toBe(words);
});

test('the German stop word "war", which is also an English word, is removed only if the query contains another German stop word', () => {
  expect(readQuery('wann war Putin in Wien').words).toEqual(['putin', 'wien']);
  expect(readQuery('war Ukraine').words).toEqual(['war', 'ukraine']);
});

test('the Persian stop word "را" is removed, but is kept if it is typed in Latin letters ("ra")', () => {
  expect(readQuery('را').words).toEqual([]);
  expect(readQuery('ra').words).toEqual(['ra']);
});

test('stop words do not count towards the maximum number of words of a query', () => {
  expect(readQuery(`${'the '.repeat(MOST_WORDS)} rasht`).words).toEqual(['rasht']);
});

test('a word is recognised even if one letter has 80 accents', () => {
  expect(readQuery(`ra${'\u0301'.repeat(80)}sht`).typed).toEqual(['rasht']);
});

const index = buildIndex([
  { id: 'rasht', kind: 'place', title: 'Rasht', aliases: ['Resht'], names: [], text: '', dates: [] },
  { id: 'gap', kind: 'event', title: '', aliases: ['!!!'], names: [''], text: '', dates: [] },
]);

test.each(['', ' ', '\n', '???', '😀', '\u202e', '\u0301\u0301', 'the of and', '\ud800', '\u0000'])(
  'the query %j finds nothing',
  (query) => {
    expect(index.find(query)).toEqual({ kind: 'none', related: [] });
    expect(index.suggest(query)).toEqual([]);
  },
);

test.each(['.*', '^(a+)+$', '[', '(?<x>', '\\', '=rasht', "'rasht", '!rasht', '^rasht', '| rasht', '{"$path":"id"}'])(
  '%s is searched for as plain text, not as a regular expression or query syntax',
  (query) => {
    const found = index.find(query);
    expect(found).toEqual(
      query.includes('rasht') ? { kind: 'one', id: 'rasht', others: [] } : { kind: 'none', related: [] },
    );
  },
);

test('names of JavaScript object properties, such as __proto__, are searched for like other words', () => {
  for (const query of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
    expect(index.find(query)).toEqual({ kind: 'none', related: [] });
});

test('a search for any text returns existing entries without duplicates', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), constantFrom([], ['event']), (query, prefer) => {
      const ranked = index.rank(query, 10, prefer);
      const ids = ranked.map(({ id }) => id);
      expect(['rasht', 'gap']).toEqual(expect.arrayContaining(ids));
      expect(new Set(ids).size).toBe(ids.length);
      for (const { confidence } of ranked) {
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1 + Number.EPSILON);
      }
      expect(index.rank(query, 10, prefer)).toEqual(ranked);
    }),
  );
});

test('inserting, deleting or replacing a letter is one edit, and swapping two neighbouring letters is one edit', () => {
  expect(editDistance('rasht', 'rasht', 2)).toBe(0);
  expect(editDistance('rahst', 'rasht', 2)).toBe(1);
  expect(editDistance('rsht', 'rasht', 2)).toBe(1);
  expect(editDistance('bishkkek', 'bishkek', 2)).toBe(1);
  expect(editDistance('tehran', 'vienna', 2)).toBe(3);
  expect(editDistance('samrk', 'samarkand', 1)).toBe(2);
  expect(editDistance('samrk', 'samarkand', 1, true)).toBe(1);
  expect([3, 5, 6, 7, 9, 10].map(allowedEdits)).toEqual([0, 1, 1, 2, 2, 3]);
});

test('editDistance returns the edit distance of two words; if this distance exceeds the given bound, it returns the bound plus one', () => {
  // Words of only the letters a and b have many letters in common. Words of the letters a to h have only a few in common.
  const word = oneof(
    string({ unit: constantFrom('a', 'b'), maxLength: 12, size: 'max' }),
    string({ unit: constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), maxLength: 12, size: 'max' }),
  );
  assert(
    property(word, word, nat({ max: 4 }), (typed, other, bound) => {
      // editDistance reuses the rows of its distance table. This call leaves small numbers in the rows. The test fails
      // if a later call uses these numbers.
      expect(editDistance('a'.repeat(12), 'a'.repeat(12), 20)).toBe(0);
      expect(editDistance(typed, other, bound)).toBe(Math.min(editDistance(typed, other, 20), bound + 1));
      expect(editDistance(typed, other, 20)).toBe(editDistance(other, typed, 20));
      const toBeginnings = Array.from({ length: other.length + 1 }, (_, length) =>
        editDistance(typed, other.slice(0, length), 20),
      );
      expect(editDistance(typed, other, bound, true)).toBe(Math.min(...toBeginnings, bound + 1));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['khomeini', 'khomeyni'],
  ['rouhani', 'ruhani'],
  ['samarkand', 'samarqand'],
  ['schoigu', 'shoigu'],
  ['drones', 'drone'],
  ['raisi', 'raeesi'],
])('%s and %s sound alike', (one, other) => {
  expect(soundOf(one)).toBe(soundOf(other));
});

test('soundOf does not drop the s sound of an x at the end of a word', () => {
  expect(soundOf('instex')).not.toBe(soundOf('instc'));
});

test('the consonant skeleton of a word contains no vowels, except that a vowel at the beginning becomes the letter a', () => {
  expect(skeletonOf(soundOf('rasht'))).toBe(skeletonOf(soundOf('resht')));
  expect(skeletonOf(soundOf('gorbachev'))).toBe(skeletonOf(soundOf('gurbachf')));
  expect(skeletonOf(soundOf('islam'))).not.toBe(skeletonOf(soundOf('slam')));
});
