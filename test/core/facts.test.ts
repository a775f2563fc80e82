/** Tests look-ups in the fact base with a small pack. */
import { expect, test } from 'vitest';
import { createFacts, datesOf, sortDate } from '../../src/core/pack/facts.ts';
import { parsePack } from '../../src/core/pack/parse-pack.ts';

const entry = (id: string, more: object = {}) => ({
  id,
  title: `The ${id.replaceAll('-', ' ')}`,
  summary: `All about it.`,
  voice: 'reported',
  paragraphs: [1],
  topics: ['trade'],
  aliases: [`${id} alias`],
  ...more,
});
const note = (date?: string) => ({ text: 'The record says so.', ...(date && { date }) });
const said = (text: string) => ({ text, asOf: '2015', sources: [{ title: 'A paper', url: 'https://paper.example/' }] });
const facts = createFacts(
  parsePack([
    {
      name: 'pack.yaml',
      value: {
        id: 'small',
        title: 'Small',
        description: 'A small pack.',
        source: { title: 'An article', paragraphs: 3, note: 'None.' },
        topics: [
          { id: 'trade', title: 'Trade' },
          { id: 'war', title: 'War' },
        ],
        hoisted: ['grain-deal', 'rasht'],
      },
    },
    {
      name: 'events.yaml',
      value: [
        entry('grain-deal', { date: '2015', links: ['rasht', 'ana-petrova'], title: 'Grain deal' }),
        entry('harbour-talks', {
          date: '2015-08',
          notes: [note('2013-02-01')],
          topics: ['war'],
          title: 'Harbour talks',
        }),
        entry('quiet-spring', { when: 'early 2014', title: 'Quiet spring' }),
        entry('old-guess', { voice: "author's speculation", date: '2014', title: 'Old guess' }),
      ],
    },
    {
      name: 'agreements.yaml',
      value: [
        entry('customs-pact', {
          date: '2015-07-30',
          state: 'in force',
          title: 'Customs pact',
          summary: 'A pact on customs, PCTs aside.',
        }),
      ],
    },
    {
      name: 'record-events.yaml',
      value: [{ id: 'summit', title: 'Summit', date: '2015-08-02', statement: said('They met.'), topics: ['war'] }],
    },
    {
      name: 'glossary.yaml',
      value: [
        {
          id: 'term-pact',
          title: 'Pact explained',
          words: ['pact', 'PCT'],
          statement: said('A kind of deal.'),
          topics: ['trade'],
        },
      ],
    },
    { name: 'places.yaml', value: [entry('rasht', { type: 'city', links: ['grain-deal'], title: 'Rasht' })] },
    {
      name: 'people.yaml',
      value: [entry('ana-petrova', { role: 'envoy', links: ['grain-deal'], title: 'Ana Petrova' })],
    },
  ]),
);
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

test('a query finds an entry by its id if the id has a hyphen or is written after "id:"; any other query is searched as words', async () => {
  expect(await facts.find('grain-deal')).toMatchObject({ kind: 'one', entry: { id: 'grain-deal' }, others: [] });
  expect(await facts.find('id:rasht')).toMatchObject({ kind: 'one', entry: { id: 'rasht' }, others: [] });
  expect(await facts.find('rasht')).toMatchObject({ kind: 'one', entry: { id: 'rasht' } });
  expect(await facts.find('id:nothing-here')).toMatchObject({ kind: 'none' });
});

test('a timeline contains all events and agreements that have a date, sorted by the corrected date if there is one', () => {
  expect(ids(facts.timeline({}))).toEqual(['harbour-talks', 'old-guess', 'grain-deal', 'customs-pact', 'summit']);
});

test('a timeline can be limited to a topic and to a range of years', () => {
  expect(ids(facts.timeline({ from: 2013, to: 2013 }))).toEqual(['harbour-talks']);
  expect(ids(facts.timeline({ from: 2014 }))).toEqual(['old-guess', 'grain-deal', 'customs-pact', 'summit']);
  expect(ids(facts.timeline({ topic: 'war' }))).toEqual(['harbour-talks', 'summit']);
  expect(facts.timeline({ from: 2016 })).toEqual([]);
});

test('with the option articleOnly, a timeline contains only entries whose date is in the article, and is sorted by that date', () => {
  expect(ids(facts.timeline({ articleOnly: true }))).toEqual([
    'old-guess',
    'grain-deal',
    'customs-pact',
    'harbour-talks',
  ]);
  expect(ids(facts.timeline({ articleOnly: true, to: 2014 }))).toEqual(['old-guess']);
});

test('facts.terms returns the glossary terms that occur as whole words in the texts of an entry; for the entry of a term, it does not return this term', () => {
  const terms = (id: string) => {
    const found = facts.entry(id);
    return found && ids(facts.terms(found));
  };
  expect(terms('customs-pact')).toEqual(['term-pact']);
  expect(terms('grain-deal')).toEqual([]);
  expect(terms('term-pact')).toEqual([]);
});

test('a search also finds an event that is not in the article, and the label of the event says that it is not from the article', async () => {
  const found = await facts.find('summit');
  expect(found.kind === 'one' && facts.label(found.entry)).toBe('from the public record, not from the article');
});

test('if the public record (sources other than the article) corrects the date in the article, the entry is sorted by the corrected date', () => {
  const dates = (id: string) => {
    const found = facts.entry(id);
    return found && [datesOf(found), sortDate(found)];
  };
  expect(dates('harbour-talks')).toEqual([{ article: '2015-08', record: '2013-02-01' }, '2013-02-01']);
  expect(dates('quiet-spring')).toEqual([{ when: 'early 2014' }, undefined]);
  expect(dates('grain-deal')).toEqual([{ article: '2015' }, '2015']);
});

test('a source label says who made a statement and whether the statement is hedged', () => {
  const label = (voice: string, hedged = false) => facts.label({ voice, hedged });
  expect(label('reported')).toBe('reported in the article');
  expect(label("author's view", true)).toBe('the author’s view, put cautiously');
  expect(label('claimed by ana-petrova')).toBe('claimed by Ana Petrova');
  expect(label('claimed by unnamed observers', true)).toBe('claimed by unnamed observers, put cautiously');
});

test('a search finds speculative entries, but an empty query does not suggest them', async () => {
  expect(ids(facts.showable)).not.toContain('old-guess');
  expect(ids(await facts.suggest('', ['event']))).not.toContain('old-guess');
  expect(await facts.find('old-guess')).toMatchObject({ kind: 'one', entry: { id: 'old-guess' } });
});

test('for an empty query, autocomplete suggests the entries that the pack lists under "hoisted"', async () => {
  expect(ids(await facts.suggest('')).slice(0, 2)).toEqual(['grain-deal', 'rasht']);
  const places = ids(await facts.suggest('  ', ['place']));
  expect(places[0]).toBe('rasht');
  expect(new Set(places).size).toBe(places.length);
});

test('related entries have the same order as the links of the entry', () => {
  const deal = facts.entry('grain-deal');
  expect(deal && ids(facts.related(deal))).toEqual(['rasht', 'ana-petrova']);
});

test.each(['grain deal', 'august 2015'])('only the first 100 characters of a query are read: %s', async (query) => {
  const found = await facts.find(query);
  expect(found.kind).not.toBe('none');
  expect(await facts.find(`${query.padEnd(100)}2014 quiet spring`)).toEqual(found);
});

test('if an event and an agreement both have the date that was searched for, the event is the answer and the agreement is among the other matches', async () => {
  const onDay = (id: string, title: string) => entry(id, { date: '2015-07-30', title });
  const customs = { ...onDay('customs-pact', 'Customs pact'), state: 'in force' };
  const source = { title: 'An article', paragraphs: 3, note: 'None.' };
  const packOf = (events: readonly object[]) =>
    createFacts(
      parsePack([
        {
          name: 'pack.yaml',
          value: {
            id: 'days',
            title: 'Days',
            description: 'A pack.',
            source,
            topics: [{ id: 'trade', title: 'Trade' }],
            hoisted: ['customs-pact', 'signing'],
          },
        },
        { name: 'agreements.yaml', value: [customs] },
        { name: 'events.yaml', value: events },
      ]),
    );
  const signing = onDay('signing', 'Signing');
  const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
  const found = await packOf([signing]).find('30 july 2015');
  expect(found).toMatchObject({ kind: 'one', entry: { id: 'signing' } });
  expect(found.kind === 'one' && ids(found.others)).toEqual(['customs-pact']);
  expect((await packOf([signing]).find('july 2015')).kind).toBe('period');
  expect(await packOf([signing]).find('july 2015', ['agreement'])).toMatchObject({ kind: 'period', entries: [{}, {}] });
  expect(await packOf([signing]).find('30 july 2015', ['agreement'])).toMatchObject({ kind: 'one' });
  expect((await packOf([signing, onDay('parade', 'Parade')]).find('30 july 2015')).kind).toBe('period');
});
