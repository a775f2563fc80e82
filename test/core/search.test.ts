/** Tests the rules of the search with a few test entries. */
import { expect, test } from 'vitest';
import { asksForAmount, hasAmount } from '../../src/core/search/amount-question.ts';
import { buildIndex } from '../../src/core/search/search.ts';
import { type SearchEntry } from '../../src/core/search/search-entry.ts';

function entry(id: string, title: string, more: Partial<SearchEntry> = {}): SearchEntry {
  return { id, kind: 'place', title, aliases: [], names: [], text: '', dates: [], ...more };
}

const rasht = entry('rasht', 'Rasht');
const astara = entry('astara', 'Astara');
const railway = entry('railway', 'Rasht–Astara railway agreement', {
  kind: 'event',
  aliases: ['Caspian railway'],
  names: ['Rasht', 'Astara', 'Vladimir Putin'],
  text: 'Signed after years of talks, it closes a gap in the corridor.',
  dates: ['2023-05-17'],
});
const meeting = entry('meeting', 'Bishkek meeting', { kind: 'event', dates: ['2013-09-13'] });
const election = entry('election', 'Election of Hassan Rouhani', { kind: 'event', dates: ['2013'] });
const abuMusa = entry('abu-musa', 'Abu Musa');
const kuril = entry('kuril', 'Kuril Islands');
const three = entry('three', 'The three disputed islands', { kind: 'dispute', names: ['Abu Musa'] });
const fighters = entry('fighters', 'Su-35 fighter agreement', { kind: 'agreement' });
const khomeini = entry('khomeini', 'Ruhollah Khomeini', { kind: 'person', aliases: ['Imam Khomeini'] });
const islam = entry('islam', 'Call to Islam', { kind: 'claim' });
const treaty = entry('treaty', 'Nuclear agreement (Joint Comprehensive Plan of Action)', { kind: 'agreement' });
const effect = entry('effect', 'Nuclear agreement and trade', { kind: 'claim' });
const samarkand = entry('samarkand', 'Samarkand');
const qom = entry('qom', 'Qom');
const places = [rasht, astara, abuMusa, kuril, samarkand, qom];
const all = [...places, railway, meeting, election, three, fighters, khomeini, islam, effect, treaty];
const index = buildIndex(all);
const first = (query: string, prefer?: readonly string[]) => index.rank(query, 1, prefer)[0]?.id;

test('a query that is the whole title of an entry is answered with this entry, and other matches are offered as alternatives', () => {
  expect(index.find('Rasht')).toEqual({ kind: 'one', id: 'rasht', others: ['railway'] });
});

test('an entry of the preferred kind comes first if it matches nearly as well as another entry', () => {
  expect(index.find('rasht', ['event'])).toEqual({ kind: 'one', id: 'railway', others: ['rasht'] });
});

test('if no entry of the preferred kind matches the query, an entry of another kind with exactly this name is the answer', () => {
  expect(index.find('abu musa', ['event'])).toMatchObject({ id: 'abu-musa' });
});

test('a weak match of the preferred kind does not replace a good match of another kind', () => {
  const port = entry('port', 'Astara', { text: 'A harbour, a quay and a mooring.' });
  const hint = entry('hint', 'Harbour festival', { kind: 'event', text: 'Dancing on the quay.' });
  const coast = buildIndex([hint, port, entry('town', 'Rasht', { text: 'No mooring.' })]);
  expect(coast.find('harbour quay mooring', ['event'])).toMatchObject({
    kind: 'some',
    ids: ['port', 'hint'],
  });
});

test('if few entries match well, entries that match less well are also offered, and one of the first three is of the preferred kind', () => {
  const oil = [
    entry('first', 'Oil pipeline and oil market', { kind: 'claim' }),
    entry('second', 'Oil pipeline and gas market', { kind: 'claim' }),
    entry('third', 'Oil pipeline and coal market', { kind: 'claim' }),
    entry('event', 'Pipeline', { kind: 'event', text: 'Opened at noon.' }),
    entry('other', 'Harbour', { kind: 'event' }),
  ];
  expect(buildIndex(oil).find('oil pipeline', ['event'])).toEqual({
    kind: 'some',
    ids: ['first', 'second', 'event', 'third'],
  });
  const two = [entry('whole', 'Oil pipeline and coal market'), entry('half', 'Coal pipeline')];
  expect(buildIndex(two).find('oil coal pipeline tariffs')).toEqual({ kind: 'some', ids: ['whole', 'half'] });
});

test('the entry that matches best is not the answer if it lacks a name that the query contains', () => {
  const corridor = entry('corridor', 'North–South Transport Corridor', { kind: 'agreement' });
  const trade = buildIndex([corridor, rasht, entry('metro', 'Shiraz metro')]);
  expect(trade.find('north south transport corridor')).toMatchObject({ kind: 'one', id: 'corridor' });
  expect(trade.find('north south transport corridor finally')).toMatchObject({ kind: 'one', id: 'corridor' });
  expect(trade.find('north south transport corridor zangezur')).toMatchObject({ kind: 'some' });
});

test('the name of a state or a large city is not taken for a misspelt name of another place', () => {
  const iran = buildIndex([entry('iran', 'Trade of Iran', { kind: 'event' }), entry('town', 'Taschkent'), rasht]);
  expect(iran.find('trade iram')).toMatchObject({ kind: 'one', id: 'iran' });
  for (const query of ['trade iraq', 'trade Irak', 'торговля Ирак'])
    expect(iran.find(query).kind, query).not.toBe('one');
  expect(buildIndex([entry('kg', 'Kyrgyzstan'), rasht]).find('Kirgisistan')).toMatchObject({ kind: 'one', id: 'kg' });
  expect(buildIndex([entry('tabriz', 'Tabilisa'), rasht]).find('tbilisi').kind).toBe('none');
});

test('if a query consists of a name and a common word, the entry of that name is the answer; if it consists only of common words, there is no single answer', () => {
  const talks = ['Khomeini on trade', 'Khomeini on oil', 'Khomeini on war'].map((title) => entry(title, title));
  const leader = entry('leader', 'Khomeini');
  expect(buildIndex([leader, ...talks]).find('general khomeini')).toMatchObject({ kind: 'one', id: 'leader' });
  const wide = buildIndex([entry('wide', 'Bolshoi'), rasht]);
  expect(wide.find('bolshoi')).toMatchObject({ kind: 'one', id: 'wide' });
  expect(wide.find('спасибо большое').kind).not.toBe('one');
});

test('an Arabic word is found with and without its definite article', () => {
  const [with_, without] = [entry('with', 'النفط'), entry('without', 'حقل غاز')];
  expect(buildIndex([with_, rasht]).find('نفط')).toMatchObject({ kind: 'one', id: 'with' });
  expect(buildIndex([without, rasht]).find('حقل الغاز')).toMatchObject({ kind: 'one', id: 'without' });
});

test('an Iranian year or month overlaps with two Gregorian years or months, and a query that contains it finds the entries of both', () => {
  for (const query of ['رشت ۱۴۰۲', 'Rasht Ordibehesht 1402', 'رشت خرداد ۱۴۰۲'])
    expect(index.find(query, ['event']), query).toMatchObject({ id: 'railway' });
});

test('autocomplete returns at most 25 entries', () => {
  const many = buildIndex(Array.from({ length: 40 }, (_, number) => entry(`e${number}`, `Region ${number}`)));
  expect(many.suggest('reg')).toHaveLength(25);
});

test('if several entries match equally well, all of them are offered', () => {
  expect(index.find('2013', ['event'])).toMatchObject({
    kind: 'some',
    ids: expect.arrayContaining(['meeting', 'election']),
  });
});

test.each([
  ['missing letters', 'rasht astra railwy', 'railway'],
  ['two letters swapped', 'bihskek', 'meeting'],
  ['two words written as one', 'abumusa', 'abu-musa'],
  ['one word written as two', 'ra sht', 'rasht'],
  ['two words written as one in reverse order', 'islandskuril', 'kuril'],
  ['a missing hyphen', 'su35', 'fighters'],
  ['a space instead of a hyphen', 'SU 35', 'fighters'],
  ['an alias', 'caspian railway', 'railway'],
  ['part of a title in brackets', 'joint comprehensive plan of action', 'treaty'],
  ['the title without its brackets', 'nuclear agreement', 'treaty'],
  ['another transliteration', 'Khomeyni', 'khomeini'],
  ['different vowels', 'Resht', 'rasht'],
  ['Cyrillic', 'Решт', 'rasht'],
  ['Persian', 'رشت', 'rasht'],
  ['Persian without its short vowels', 'سمرقند', 'samarkand'],
  ['a short name in another transliteration', 'Kom', 'qom'],
  ['Persian with an Arabic yeh', 'خميني', 'khomeini'],
  ['an added accent', 'Astará', 'astara'],
  ['a full question', 'What happened in Bishkek?', 'meeting'],
  ['a possessive', "khomeini's call", 'khomeini'],
  ['words from the text of the entry', 'gap in the corridor', 'railway'],
])('an entry is found by a query with %s: %s', (_, query, id) => {
  expect(first(query)).toBe(id);
});

test.each([
  '17 May 2023',
  'May 17, 2023',
  '17.05.2023',
  '2023-05-17',
  '2023-05',
  'may 2023',
  '17 мая 2023',
  '۱۷ مه ۲۰۲۳',
])('an event is found by its date in any format: %s', (query) => {
  expect(index.find(query)).toMatchObject({ kind: 'one', id: 'railway' });
});

test('for a date without events, the events of that month are offered', () => {
  expect(index.find('18 May 2023')).toEqual({ kind: 'some', ids: ['railway'] });
  expect(index.find('18 May 1999').kind).toBe('none');
});

test('for a query without a match, the most similar entry is suggested, or no entry if none is similar', () => {
  expect(index.find('pizza recipe')).toEqual({ kind: 'none', related: [] });
  expect(index.find('railway timetable of london')).toEqual({ kind: 'none', related: ['railway'] });
});

test('if a query has no answer, entries whose names are among its first twelve words are offered, but entries whose names come later are not', () => {
  const unknown = 'one two three four five six seven eight nine ten eleven twelve';
  expect(index.find(`samarkand qom ${unknown}`)).toEqual({ kind: 'none', related: ['samarkand', 'qom'] });
  expect(index.find(`${unknown} samarkand qom`)).toEqual({ kind: 'none', related: [] });
});

test('a name of two words that is typed as one word has nearly the same confidence as the exact name', () => {
  const confidenceOf = (query: string) => index.rank(query, 1)[0]?.confidence ?? 0;
  expect(confidenceOf('abumusa')).toBeGreaterThan(0.99);
  expect(confidenceOf('kurilislands')).toBeGreaterThan(0.99);
});

test('an entry that matches only half of the words of a query is not given as the answer', () => {
  expect(index.find('bishkek pizza')).toEqual({ kind: 'none', related: ['meeting'] });
});

test('the query سلام does not match Islam, although both words have the same consonants', () => {
  expect(index.find('سلام').kind).toBe('none');
  expect(first('اسلام')).toBe('islam');
});

test('autocomplete finds entries by the first letters of their words', () => {
  expect(index.suggest('r')[0]).toBe('rasht');
  expect(index.suggest('the th')[0]).toBe('three');
  expect(index.suggest('rasht ast')[0]).toBe('railway');
  expect(index.suggest('bihsk')[0]).toBe('meeting');
  expect(index.suggest('201')).toEqual(expect.arrayContaining(['meeting', 'election']));
  expect(index.suggest('ras', { prefer: ['event'] })[0]).toBe('railway');
  expect(index.suggest('ras', { limit: 1 })).toHaveLength(1);
});

test('entries with the same words are ranked by their fuse.js score, which depends on the word order', () => {
  const [backwards, forwards] = [entry('backwards', 'Sea, Caspian'), entry('forwards', 'Caspian Sea')];
  const either = [buildIndex([backwards, forwards]), buildIndex([forwards, backwards])];
  expect(either.map((sea) => sea.rank('caspian sea', 1)[0]?.id)).toEqual(['forwards', 'forwards']);
});

test('if an entry lacks a word of the query, it is offered but is not the answer', () => {
  const ayatollah = buildIndex([
    entry('khomeini', 'Ruhollah Khomeini', { aliases: ['Ayatollah Khomeini'] }),
    entry('factory', 'Drone factory', { aliases: ['Making drones'] }),
    rasht,
  ]);
  expect(ayatollah.find('ayatollah khamenei')).toEqual({ kind: 'some', ids: ['khomeini'] });
  expect(ayatollah.find('ayatollah khomeyni')).toMatchObject({ kind: 'one', id: 'khomeini' });
  expect(ayatollah.find('drone racing')).toEqual({ kind: 'none', related: ['factory'] });
  expect(ayatollah.find('drone factroy')).toMatchObject({ kind: 'one', id: 'factory' });
});

test('a query that is a full name is answered with the entry of that name', () => {
  const force = entry('force', 'Quds Force');
  const claim = entry('claim', 'Zarif: Russia and the Quds Force', { aliases: ['The force of Quds'] });
  const corps = entry('corps', 'Quds Corps', { aliases: ['Quds Force'] });
  expect(buildIndex([claim, force]).find('quds force')).toEqual({ kind: 'one', id: 'force', others: ['claim'] });
  expect(buildIndex([claim, force, corps]).find('quds force')).toMatchObject({ kind: 'some' });
});

test('repeating a word in a query does not change which entry comes first', () => {
  expect(first('bihskek bihskek bishkek')).toBe('meeting');
});

test('an entry with several matching names is suggested only once', () => {
  const ids = index.suggest('khomeini');
  expect(new Set(ids).size).toBe(ids.length);
});

test('a search in an index without entries finds nothing', () => {
  const empty = buildIndex([]);
  expect(empty.find('rasht')).toEqual({ kind: 'none', related: [] });
  expect(empty.suggest('r')).toEqual([]);
});

test.each([
  ['A spider has 8 legs.', true],
  ['A spider has eight legs.', true],
  ['It was described on 3 May 1958.', false],
  ['The Su-35 and the S-300 fly.', false],
  ['It has legs.', false],
])('whether “%s” contains an amount: %s', (text, has) => {
  expect(hasAmount(text)).toBe(has);
});

test.each(['how many legs', 'wie viele Beine', 'сколько ног', 'kaç bacak'])('“%s” asks for an amount', (query) => {
  expect(asksForAmount(query)).toBe(true);
  expect(asksForAmount('legs of a spider')).toBe(false);
});

test('a query has the same result whatever was searched before', () => {
  const searched = buildIndex(all);
  // In this query, the words `ku` and `ril` together match the Kuril Islands. The later query contains only `ku`.
  searched.find('ku ril railway');
  const query = 'ku harbour';
  expect(searched.find(query)).toEqual(buildIndex(all).find(query));
});

test('an entry whose name equals the query comes first in a list of several entries, whatever its kind is', () => {
  const visits = ['Putin', 'Shoigu', 'Raisi', 'Zarif'].map((who) =>
    entry(who.toLowerCase(), `Visit of ${who} to Tehran`, { kind: 'event' }),
  );
  const capital = buildIndex([...visits, entry('tehran', 'Tehran')]);
  const found = capital.find('tehran', ['event']);
  expect(found).toMatchObject({ kind: 'some' });
  expect(found.kind === 'some' && found.ids[0]).toBe('tehran');
});

test('autocomplete leaves out entries that match much worse than the best entry', () => {
  const sea = entry('sea', 'Caspian Sea', { text: 'The railway from Rasht to Astara ends beside it.' });
  const coast = buildIndex([...all, sea]);
  expect(coast.suggest('caspian')).toContain('sea');
  expect(coast.suggest('rasht')).not.toContain('sea');
});
