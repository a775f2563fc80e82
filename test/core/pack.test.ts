/** Tests the error messages for mistakes in packs. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parsePack } from '../../src/core/pack/parse-pack.ts';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { readPack } from '../../src/bot/packs/read-pack.ts';

type Fields = Readonly<Record<string, unknown>>;
const manifest: Fields = {
  id: 'small',
  title: 'Small',
  description: 'A small pack.',
  source: { title: 'An article', paragraphs: 18, note: 'None.' },
  topics: [{ id: 'trade', title: 'Trade' }],
  hoisted: [],
};
const entry = (id: string, more: Fields = {}): Fields => ({
  id,
  title: 'A title',
  summary: 'A summary.',
  voice: 'reported',
  paragraphs: [1],
  topics: ['trade'],
  aliases: ['another name'],
  ...more,
});
const place = (id: string, more: Fields = {}) => entry(id, { type: 'city', ...more });
const person = (id: string, more: Fields = {}) => entry(id, { role: 'envoy', ...more });
type Files = Readonly<Record<string, unknown>>;
const validPack: Files = {
  'pack.yaml': manifest,
  'places.yaml': [place('rasht', { links: ['railway'] }), place('iran'), place('russia')],
  'people.yaml': [person('zarif')],
  'events.yaml': [entry('railway', { links: ['rasht'], places: ['rasht'], people: ['zarif'], date: '2023-05' })],
};
const dispute = (more: Fields = {}): Files => ({
  'disputes.yaml': [entry('caspian-sea', { about: 'Its bed.', parties: ['iran', 'russia'], ...more })],
});

const said = { text: 'They met again.', asOf: '2024', sources: [{ title: 'A paper', url: 'https://paper.example/' }] };
const outside = { id: 'summit', title: 'Summit', date: '2024', statement: said, topics: ['trade'], links: ['railway'] };

/** Returns the error messages for a pack that was valid until `changed` added or replaced files. */
function problems(changed: Files): readonly string[] {
  const files = Object.entries({ ...validPack, ...changed }).map(([name, value]) => ({ name, value }));
  try {
    parsePack(files);
    return [];
  } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
}
const event = (more: Fields): Files => ({ 'events.yaml': [entry('railway', { links: ['rasht'], ...more })] });
const pack = (more: Fields): Files => ({ 'pack.yaml': { ...manifest, ...more } });

test('a valid pack gives no error messages', () => expect(problems({})).toEqual([]));

test('a pack is valid even if no entry links to an event from the public record, and even if a party with a position from the public record has no entry', () => {
  const { date, ...undated } = outside;
  expect(date).toBeDefined();
  expect(
    problems({
      'record-events.yaml': [outside],
      'glossary.yaml': [{ ...undated, id: 'tariff', words: ['tariff'] }],
      ...dispute({ recordPositions: [{ ...said, who: 'A speaker', said: '2023-05', party: 'The Coast League' }] }),
    }),
  ).toEqual([]);
});

test.each<readonly [string, Files, string]>([
  [
    'a misspelt field',
    event({ summery: 'x' }),
    'events.yaml, railway: there is no field "summery"; did you mean "summary"?',
  ],
  [
    'an unknown field',
    event({ colour: 'red' }),
    'events.yaml, railway: there is no field "colour"; take it out or check its spelling',
  ],
  [
    'an unknown field of a note',
    event({ notes: [{ text: 'x', by: 'me' }] }),
    'events.yaml, railway, notes [1]: there is no field "by"; take it out or check its spelling',
  ],
  ['a missing text', event({ summary: undefined }), 'events.yaml, railway, summary: is missing; write a text'],
  ['a missing list', event({ aliases: undefined }), 'events.yaml, railway, aliases: is missing; write a list'],
  ['an empty list', event({ topics: [] }), 'events.yaml, railway, topics: name at least one topic of pack.yaml'],
  [
    'a number instead of a text',
    event({ title: 5 }),
    'events.yaml, railway, title: write a text here; put it in quotation marks: "5"',
  ],
  [
    'a boolean in a list of texts',
    event({ aliases: ['rail', true] }),
    'events.yaml, railway, aliases [2]: write a text here; put it in quotation marks: "true"',
  ],
  [
    'a position from other sources that names an unknown party',
    dispute({ recordPositions: [{ ...said, party: 'irann' }] }),
    'disputes.yaml, caspian-sea, recordPositions[1], party: there is no entry "irann"; did you mean "iran"?',
  ],
  [
    'a statement without a source',
    event({ sinceThen: [{ ...said, sources: [] }] }),
    'events.yaml, railway, sinceThen [1] sources: name at least one source that you have read',
  ],
  [
    'a statement without its date',
    event({ sinceThen: [{ ...said, asOf: undefined }] }),
    "events.yaml, railway, sinceThen [1] asOf: write a year ('2013'), a month ('2015-08') or a day ('2013-09-13')",
  ],
  [
    'an event from other sources with the field voice',
    { 'record-events.yaml': [{ ...outside, voice: 'reported' }] },
    'record-events.yaml, summit: there is no field "voice"; take it out or check its spelling',
  ],
  [
    'a glossary term without words',
    { 'glossary.yaml': [{ ...outside, date: undefined, words: [] }] },
    'glossary.yaml, summit, words: give the term as texts write it',
  ],
  ['a text instead of a list', event({ aliases: 'rail' }), 'events.yaml, railway, aliases: write a list here'],
  [
    'a text instead of true or false',
    event({ hedged: 'yes' }),
    'events.yaml, railway, hedged: write true or false here',
  ],
  ['an empty field', event({ title: null }), 'events.yaml, railway, title: write a text here'],
  ['an empty text', event({ title: '  ' }), 'events.yaml, railway, title: write at least a word'],
  [
    'a title that is too long',
    event({ title: 'x'.repeat(81) }),
    'events.yaml, railway, title: shorten it to 80 characters',
  ],
  [
    'a date in the format day.month.year',
    event({ date: '13.09.2013' }),
    "events.yaml, railway, date: write a year ('2013'), a month ('2015-08') or a day ('2013-09-13'), in quotation marks",
  ],
  [
    'a boolean instead of a date',
    event({ date: true }),
    "events.yaml, railway, date: write a year ('2013'), a month ('2015-08') or a day ('2013-09-13')",
  ],
  [
    'a day that does not exist',
    event({ date: '2023-02-29' }),
    'events.yaml, railway, date: there is no such day in the calendar',
  ],
  [
    'an id with a capital letter',
    { 'figures.yaml': [entry('Trade_2021', { value: 4, unit: 'USD', of: 'trade' })] },
    'figures.yaml, Trade_2021, id: write a short name in lower-case letters, digits and hyphens, such as harbour-treaty',
  ],
  [
    'a figure whose value contains the unit',
    { 'figures.yaml': [entry('trade', { value: '4 bn', unit: 'USD', of: 'trade' })] },
    'figures.yaml, trade, value: write a number without its unit',
  ],
  [
    'an unknown value in the field voice',
    event({ voice: 'rumoured' }),
    "events.yaml, railway, voice: write reported, author's view, author's speculation, or claimed by ID (the id of a person or organisation, or: claimed by unnamed observers)",
  ],
  [
    'a claim by an unknown speaker',
    event({ voice: 'claimed by zarrif' }),
    'events.yaml, railway, voice: there is no entry "zarrif"; did you mean "zarif"?',
  ],
  [
    'a claim whose speaker is an event',
    { 'claims.yaml': [entry('a-claim', { voice: 'claimed by railway' })] },
    'claims.yaml, a-claim, voice: "railway" is an event; name a person or organisation or place',
  ],
  [
    'a link to an unknown entry',
    event({ links: ['rasht', 'tehran'] }),
    'events.yaml, railway, links: there is no entry "tehran"',
  ],
  [
    'a misspelt link',
    event({ links: ['rasht', 'iram'] }),
    'events.yaml, railway, links: there is no entry "iram"; did you mean "iran"?',
  ],
  [
    'a link that is a title instead of an id',
    { ...event({ links: ['rasht', 'envoy Zarif'] }), 'people.yaml': [person('zarif', { title: 'Envoy Zarif' })] },
    'events.yaml, railway, links: there is no entry "envoy Zarif"; write its id, "zarif"',
  ],
  [
    'a speaker that is an alias instead of an id',
    { ...event({ voice: 'claimed by Mr Z' }), 'people.yaml': [person('zarif', { aliases: ['Z', 'Mr Z'] })] },
    'events.yaml, railway, voice: there is no entry "Mr Z"; write its id, "zarif"',
  ],
  [
    'a topic that is a title instead of an id',
    event({ topics: ['Trade'] }),
    'events.yaml, railway, topics: there is no topic "Trade" in pack.yaml; write its id, "trade"',
  ],
  [
    'an alias that contains a colon and has no quotation marks',
    event({ aliases: [{ Rasht: 'the railway' }] }),
    'events.yaml, railway, aliases [1]: write a text here; one that contains a colon and a space goes in quotation marks',
  ],
  [
    'a link to an entry that does not link back',
    event({ links: ['rasht', 'iran'] }),
    'events.yaml, railway, links: "iran" does not link back; add "railway" to its links',
  ],
  [
    'an entry that links to itself',
    event({ links: ['rasht', 'railway'] }),
    'events.yaml, railway, links: an entry cannot link to itself; take "railway" out',
  ],
  [
    'a repeated link',
    event({ links: ['rasht', 'rasht'] }),
    'events.yaml, railway, links: "rasht" stands there more than once; keep one',
  ],
  [
    'a misspelt topic',
    event({ topics: ['trades'] }),
    'events.yaml, railway, topics: there is no topic "trades" in pack.yaml; did you mean "trade"?',
  ],
  [
    'a paragraph that does not exist',
    event({ paragraphs: [1, 19] }),
    'events.yaml, railway, paragraphs: the source has 18 paragraphs, not 19',
  ],
  [
    'a quotation from a paragraph that does not exist',
    event({ quote: { text: 'x', paragraph: 20 } }),
    'events.yaml, railway, paragraphs: the source has 18 paragraphs, not 20',
  ],
  [
    'a paragraph with the number 0',
    event({ paragraphs: [0] }),
    'events.yaml, railway, paragraphs [1]: paragraphs are counted from 1',
  ],
  [
    'a place in a list of people',
    event({ people: ['iran'] }),
    'events.yaml, railway, people: "iran" is a place; name a person',
  ],
  [
    'an id that is used twice',
    { 'people.yaml': [person('zarif'), person('iran')] },
    'people.yaml, iran, id: "iran" is already used in places.yaml; write another id',
  ],
  [
    'a source with an incomplete web address',
    event({ notes: [{ text: 'x', sources: [{ title: 'A paper', url: 'paper.example' }] }] }),
    'events.yaml, railway, notes [1] sources [1] url: write a full address that begins with http:// or https://',
  ],
  [
    'a dispute with one party',
    dispute({ parties: ['iran'] }),
    'disputes.yaml, caspian-sea, parties: a dispute has at least two parties',
  ],
  [
    'a position of an entry that is not a party of the dispute',
    dispute({ positions: [{ party: 'rasht', position: 'Ours.', voice: 'reported', paragraphs: [1] }] }),
    'disputes.yaml, caspian-sea, positions[1], party: "rasht" is not among the parties; add it there or name one of them',
  ],
  [
    'a position that is claimed by an unknown speaker',
    dispute({ positions: [{ party: 'iran', position: 'Ours.', voice: 'claimed by lavrov', paragraphs: [1] }] }),
    'disputes.yaml, caspian-sea, positions[1], voice: there is no entry "lavrov"',
  ],
  [
    'a file that is not a list',
    { 'events.yaml': { railway: {} }, 'places.yaml': [] },
    'events.yaml: write a list of entries, each beginning with "- id:"',
  ],
  ['an entry that is a text', { 'claims.yaml': ['oops'] }, 'claims.yaml, entry 1: write fields below it here'],
  [
    'a hoisted entry that is speculation',
    { ...event({ voice: "author's speculation" }), ...pack({ hoisted: ['railway'] }) },
    'pack.yaml, hoisted: "railway" is speculation; it is never offered unasked, so take it out',
  ],
  [
    'an unknown hoisted entry',
    pack({ hoisted: ['rascht'] }),
    'pack.yaml, hoisted: there is no entry "rascht"; did you mean "rasht"?',
  ],
  ['a pack without topics', pack({ topics: undefined }), 'pack.yaml, topics: is missing; write a list'],
  [
    'a source without its number of paragraphs',
    pack({ source: { title: 'x', note: 'x' } }),
    'pack.yaml, source paragraphs: is missing; write a number',
  ],
])('parsing a pack reports %s', (_, changed, problem) => expect(problems(changed)).toContain(problem));

test('the error message for a pack without pack.yaml says what to write', () => {
  expect(() => parsePack([])).toThrow('pack.yaml is missing: write one with id, title, description, source and topics');
});

test('parsing a pack reports the mistakes of all files together', () => {
  const found = problems({
    ...event({ title: '', summery: 'x' }),
    ...pack({ hoisted: ['railway'] }),
    'people.yaml': [person('zarif', { links: ['nobody'] })],
  });
  expect(found.map((line) => line.split(/[,:]/, 3).join())).toEqual([
    'events.yaml, railway, title',
    'events.yaml, railway, there is no field "summery"; did you mean "summary"?',
    'people.yaml, zarif, links',
  ]);
  expect(new PackError(found).message).toMatch(/^The pack has 3 mistakes:\n- events\.yaml/);
});

test('a pack is invalid if all its files together have more than 10,000 entries', () => {
  const without = (count: number) => Array.from({ length: count }, () => ({}));
  const listed = Object.values(validPack).flatMap((value) => (Array.isArray(value) ? value : [])).length;
  const [half, rest] = [without(5000), without(5000 - listed)];
  expect(problems({ 'claims.yaml': half, 'figures.yaml': [...rest, {}] })).toEqual([
    'pack.yaml: the pack has 10001 entries; keep to 10000, in two packs if need be',
  ]);
  expect(problems({ 'claims.yaml': half, 'figures.yaml': rest })[0]).toContain('claims.yaml, entry 1, id: is missing');
});

// ---- Reading pack folders

/** A copy of the shipped pack with one file changed. */
async function copied(name: string, change: (text: string) => string): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-pack-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(new URL('../../data/russia-iran', import.meta.url), folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, change(await readFile(file, 'utf8').catch(() => '')));
  return pathToFileURL(`${folder}/`);
}

test.each([
  ['a bracket that is not closed', 'people.yaml', '- id: [a\n', /^people\.yaml:\d+, column \d+: a bracket/],
  [
    'a field written twice',
    'people.yaml',
    '- id: a\n  id: b\n',
    /^people\.yaml:2, column 3: a field is written twice; keep one$/,
  ],
  [
    'a YAML alias',
    'figures.yaml',
    '- id: &one a\n  title: *one\n',
    /^figures\.yaml:2, column 10: an alias.*; write the value out$/,
  ],
  ['a YAML tag', 'figures.yaml', '- !secret x\n', /^figures\.yaml:1, column 3: a text begins with !/],
  [
    'a file that is too large',
    'events.yaml',
    `# ${'x'.repeat(8_388_608)}\n`,
    /^events\.yaml: is larger than 8 MiB; split the pack$/,
  ],
  [
    'an unknown file',
    'evnets.yaml',
    '',
    /^evnets\.yaml: a pack has no such file; its files are pack\.yaml, questions\.yaml, events\.yaml/,
  ],
])('reading a pack folder with %s throws a PackError that names the file', async (_, name, before, problem) => {
  const folder = await copied(name, (text) => before + text);
  const error: unknown = await readPack(folder).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(PackError);
  expect(error instanceof PackError && error.problems[0]).toMatch(problem);
});

test('the shipped pack is valid', async () => {
  const { pack, bank } = await readPack(new URL('../../data/russia-iran/', import.meta.url));
  expect(pack.entries.length).toBeGreaterThan(50);
  expect(bank.questions.length).toBeGreaterThan(50);
});
