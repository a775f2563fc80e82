/** Tests the program `npm run pack:check`, and the JSON Schemas of pack files. */
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { moreCard } from '../../src/chat/cards/more-card.ts';
import { excessLength } from '../../src/chat/message/message-length.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { runCheckPack } from '../../src/bot/packs/check-pack-cli.ts';
import { checkPack, type PackReport } from '../../src/bot/packs/check-pack.ts';
import { schemaFiles } from '../../src/bot/packs/json-schema.ts';
import { readPack } from '../../src/bot/packs/read-pack.ts';

const data = new URL('../../data/', import.meta.url);
const shipped = new URL('russia-iran/', data);

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'caspian-check-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

const check = (path: string): Promise<PackReport> => checkPack(pathToFileURL(`${path}/`));

// ---- Mistakes in a copy of the shipped pack

/** A mistake in a file of the shipped pack: `to` replaces the first occurrence of `from`. */
type Mistake = readonly [file: string, from: string, to: string];

/**
 * Makes the mistakes in a copy of `files` (by default, all files of the shipped pack) and checks the copy. `lines` has
 * the line number of each mistake.
 */
async function checkWithMistakes(
  mistakes: readonly Mistake[],
  files?: readonly string[],
): Promise<{ report: PackReport; lines: readonly number[] }> {
  const path = await folder();
  for (const name of files ?? (await readdir(shipped))) await cp(new URL(name, shipped), join(path, name));
  const lines: number[] = [];
  for (const [name, from, to] of mistakes) {
    const before = await readFile(join(path, name), 'utf8');
    const at = before.indexOf(from);
    if (at < 0) throw new Error(`${name} has no ${from}`);
    await writeFile(join(path, name), before.slice(0, at) + to + before.slice(at + from.length));
    lines.push(before.slice(0, at).split('\n').length);
  }
  return { report: await check(path), lines };
}

/**
 * Each row replaces the text `from` in a shipped file by `to`. The report must contain the line number of the replaced
 * text, followed by `rest`, the rest of the error message. Rows with the same `copy` change the same copy of the pack.
 * Mistakes that would hide each other are in different copies.
 */
const mistakes: readonly (readonly [
  what: string,
  copy: string,
  file: string,
  from: string,
  to: string,
  rest: string,
])[] = [
  [
    'a misspelt link',
    'links',
    'events.yaml',
    'links: [ruhollah-khomeini, ',
    'links: [ruholah-khomeini, ',
    'khomeini-message, links: there is no entry "ruholah-khomeini"; did you mean "ruhollah-khomeini"?',
  ],
  [
    'a misspelt link on the second line of a list',
    'fields',
    'claims.yaml',
    'white-house, ukraine]',
    'white-house, ukrain]',
    'drones-received-by-russia, links: there is no entry "ukrain"; did you mean "ukraine"?',
  ],
  [
    'a misspelt field',
    'fields',
    'people.yaml',
    'role:',
    'rool:',
    'vladimir-putin: there is no field "rool"; did you mean "role"?',
  ],
  [
    'a missing field',
    'fields',
    'events.yaml',
    'id: khomeini-message\n  title:',
    'id: khomeini-message\n  neverAsk:',
    'khomeini-message, title: is missing; write a text',
  ],
  [
    'a figure with a word in its value',
    'fields',
    'figures.yaml',
    'value: ',
    'value: about ',
    'trade-2021-growth, value: write a number without its unit',
  ],
  [
    'a paragraph that does not exist',
    'fields',
    'disputes.yaml',
    'paragraphs: [',
    'paragraphs: [99, ',
    'russian-iranian-differences, paragraphs: the source has 18 paragraphs, not 99',
  ],
  [
    'a position of an unknown party',
    'links',
    'disputes.yaml',
    '    - party: mohammad-javad-zarif\n      position',
    '    - party: not-mohammad-javad-zarif\n      position',
    'among the parties',
  ],
  [
    'a note with an invalid address',
    'fields',
    'events.yaml',
    'url: http',
    'url: htp',
    'khomeini-message, notes [1] sources [1] url: write a full address',
  ],
  ['an unknown field of pack.yaml', 'manifest', 'pack.yaml', 'hoisted:', 'hoisting:', 'there is no field "hoisting"'],
  [
    'an id used twice',
    'ids',
    'places.yaml',
    'id: russia',
    'id: vladimir-putin',
    'vladimir-putin, id: "vladimir-putin" is already used in people.yaml:4; write another id',
  ],
  [
    'an unknown difficulty',
    'difficulty',
    'questions.yaml',
    'difficulty: 1',
    'difficulty: 9',
    'difficulty: write 1 (easy), 2 or 3 (hard)',
  ],
  [
    'a sentence that is written as a number',
    'difficulty',
    'questions.yaml',
    'sentences: [1/2]',
    'sentences: [1.2]',
    'restrained-why, sentences [1]: write paragraph/sentence, such as 7/3',
  ],
  [
    'a fourth question on one sentence',
    'questions',
    'questions.yaml',
    'sentences: [2/3, 3/2, 14/1]',
    'sentences: [2/3, 3/2, 15/1]',
    'order-talks-zarif-railway, sentences: more than 3 questions on the sentence 15/1; ask about another',
  ],
  [
    'a question whose wording depends on the current date',
    'wording',
    'questions.yaml',
    'ask: For what purpose did Moscow',
    'ask: Recently, for what purpose did Moscow',
    'bishkek-purpose, ask: "Recently" depends on the day it is read',
  ],
  [
    'a question about an unknown entry',
    'questions',
    'questions.yaml',
    'about: [bishkek-meeting, ',
    'about: [bishkek-meetin, ',
    'about: there is no entry "bishkek-meetin"; did you mean "bishkek-meeting"?',
  ],
  [
    'an unknown entry in the list askRecord',
    'questions',
    'questions.yaml',
    '- adoption-day',
    '- adoption-days',
    'askRecord [7]: there is no entry "adoption-days"; did you mean "adoption-day"?',
  ],
];

const reports = new Map<string, ReturnType<typeof checkWithMistakes>>();
/** The report on the copy with this name. Each copy is checked only once. */
function reportOn(copy: string): ReturnType<typeof checkWithMistakes> {
  const rows = mistakes.filter((row) => row[1] === copy);
  const report = reports.get(copy) ?? checkWithMistakes(rows.map(([, , file, from, to]) => [file, from, to]));
  reports.set(copy, report);
  return report;
}

test.each(mistakes)('pack:check reports %s with its line number', async (what, copy, file, _, __, rest) => {
  const { report, lines } = await reportOn(copy);
  const line = lines[mistakes.filter((row) => row[1] === copy).findIndex(([name]) => name === what)];
  const reported = report.problems.filter((problem) => problem.includes(rest));
  expect(reported, report.problems.join('\n')).toHaveLength(1);
  expect(reported[0]).toMatch(new RegExp(`^${file.replace('.', '\\.')}:${line}[:,]`));
  for (const problem of report.problems) expect(problem).toMatch(/^[a-z]+\.yaml:\d+[,:] /);
});

test('if a file cannot be parsed, pack:check reports only the syntax error', async () => {
  for (const [from, to] of [
    ['  title: ', '\ttitle: '],
    ['  voice: ', 'voice: '],
    ['title: ', "title: 'it's "],
  ] as const)
    expect((await checkWithMistakes([['events.yaml', from, to]])).report.problems, to).toHaveLength(1);
});

test.each<readonly [what: string, from: string, to: string, words: RegExp]>([
  [
    'a colon in a text without quotation marks',
    'title: ',
    'title: UPI: ',
    /two fields in one line.*put a text that contains ": " in quotation marks/,
  ],
  ['a quotation mark that is not closed', 'title: ', 'title: "', /quotation mark was opened and is not closed/],
  [
    'a bracket that is not closed',
    'paragraphs: [1]',
    'paragraphs: [1',
    /a bracket was opened and is not closed.*write \]/,
  ],
  [
    'an apostrophe in a text in single quotation marks',
    'title: ',
    "title: 'it's ",
    /cannot stand here.*write '' for an apostrophe/,
  ],
  ['a field without a colon', 'voice: ', 'voice ', /write "field: value"/],
  ['a line that begins with a tab', '  title: ', '\ttitle: ', /begins with a tab; write spaces instead$/],
  [
    'a line with too little indentation',
    '  voice: ',
    'voice: ',
    /further left than its entry; put the same number of spaces/,
  ],
  [
    'a value that begins with an asterisk',
    'voice: reported',
    'voice: *reported',
    /begins with \*.*write the value out/,
  ],
  ['a field written twice', 'voice: ', 'title: x\n  voice: ', /a field is written twice; keep one/],
  ['a second YAML document', '- id', '- id: a\n---\n- id', /a second document begins.*take the line --- out/],
  ['deeply nested lists', 'voice: reported', `voice: ${'['.repeat(20_000)}`, /lists in lists without end/],
])('the error message for %s says what to write instead', async (_, from, to, words) => {
  const { report } = await checkWithMistakes([['events.yaml', from, to]], ['events.yaml']);
  expect(report.problems[0]).toMatch(/^events\.yaml:\d+, column \d+: .*; /);
  expect(report.problems.join('\n')).toMatch(words);
  expect(report.warnings).toEqual([]);
});

// ---- Warnings

const entry = (id: string, more: object = {}) => ({
  id,
  title: `Title of ${id}`,
  summary: 'A summary.',
  voice: 'reported',
  paragraphs: [1],
  topics: ['trade'],
  aliases: [`name of ${id}`],
  links: [],
  ...more,
});
const linked = [
  entry('rasht', { type: 'city', links: ['astara'] }),
  entry('astara', { type: 'city', links: ['rasht'] }),
];

const smallManifest = {
  id: 'small',
  title: 'Small',
  description: 'A small pack.',
  source: { title: 'An article', paragraphs: 18, note: 'None.' },
  topics: [{ id: 'trade', title: 'Trade' }],
};

/** Checks a small pack of two places that link to each other. `files` adds or replaces files of this pack. */
async function small(files: Readonly<Record<string, unknown>> = {}): Promise<{ report: PackReport; path: string }> {
  const path = await folder();
  for (const [name, value] of Object.entries({ 'pack.yaml': smallManifest, 'places.yaml': linked, ...files }))
    await writeFile(join(path, name), stringify(value, { lineWidth: 0 }));
  return { report: await check(path), path };
}
const event = (more: object) => ({
  'events.yaml': [entry('railway', { links: ['rasht'], ...more })],
  'places.yaml': [{ ...linked[0], links: ['astara', 'railway'] }, linked[1]],
});

test('pack:check reports no mistakes and no warnings for a valid pack', async () => {
  expect((await small()).report).toEqual({ problems: [], warnings: [], entries: 2, questions: 0 });
});

test('pack:check warns about an entry without links, unless the entry is speculation', async () => {
  const { report } = await small({
    'events.yaml': [entry('railway'), entry('guess', { voice: "author's speculation" })],
  });
  expect(report.problems).toEqual([]);
  expect(report.warnings).toEqual([
    'events.yaml:11, railway, links: nothing leads on from its card; name at least one related entry',
  ]);
});

test.each([
  ['is an alias of another entry', 'NAME OF RASHT', true],
  ['is a title of another entry', 'title of astara', true],
  ['is another spelling of an alias', 'náme of the Rasht', true],
  ['is another name of the same entry', 'name of railway', false],
  ['belongs to no other entry', 'iron road', false],
])(
  'pack:check warns about an alias only if it is also a name of another entry (this alias %s)',
  async (_, alias, clashes) => {
    const { report } = await small(event({ aliases: ['name of railway', alias] }));
    expect(report.problems).toEqual([]);
    // If two entries have the same name, the warning is about the entry that is read later. places.yaml is read after
    // events.yaml.
    expect(report.warnings.length).toBe(clashes ? 1 : 0);
    if (clashes) expect(report.warnings[0]).toMatch(/^places\.yaml:\d+, (rasht|astara), (aliases|title): /);
    if (clashes) expect(report.warnings[0]).toContain(`the same as "${alias}" of railway (events.yaml:`);
  },
);

test('pack:check warns about a quotation of more than 100 characters', async () => {
  const of = async (length: number) =>
    (await small(event({ quote: { text: 'x'.repeat(length), paragraph: 1 } }))).report.warnings;
  expect(await of(100)).toEqual([]);
  expect(await of(103)).toEqual([
    expect.stringMatching(
      /^events\.yaml:\d+, railway, quote: the quotation has 103 characters, 3 more than a short one/,
    ),
  ]);
});

const dispute = (summary: string) => ({
  'disputes.yaml': [
    entry('sea', {
      summary,
      about: 'Its bed.',
      parties: ['rasht', 'astara'],
      links: ['rasht'],
      positions: Array.from({ length: 10 }, (_, index) => ({
        party: index % 2 === 0 ? 'rasht' : 'astara',
        position: 'p'.repeat(395),
        voice: 'reported',
        paragraphs: [1],
      })),
    }),
  ],
  'places.yaml': [{ ...linked[0], links: ['astara', 'sea'] }, linked[1]],
});

/**
 * A text of two sentences. The card in a channel shows only the first sentence. The card behind the button "More" shows
 * the second sentence.
 */
const twoSentences = (length: number) => `Is it? ${'S'.repeat(length - 7)}`;

test('pack:check warns if the card behind the button "More" is too long, and says by how many characters', async () => {
  const { report, path } = await small(dispute(twoSentences(900)));
  const { pack } = await readPack(pathToFileURL(`${path}/`));
  const sea = pack.entries.find(({ id }) => id === 'sea');
  if (!sea) throw new Error('the dispute was not read');
  const over = excessLength(moreCard(sea, createFacts(pack)));
  expect(over).toBeGreaterThan(0);
  expect(over).toBeLessThan(690);
  const tooLong = ({ warnings }: typeof report) => warnings.filter((warning) => warning.includes('too long'));
  expect(tooLong(report)).toEqual([
    expect.stringMatching(new RegExp(`^disputes\\.yaml:3, sea, summary: its card is ${over} characters? too long`)),
  ]);
  expect(tooLong((await small(dispute(twoSentences(900 - over)))).report)).toEqual([]);
  expect(tooLong((await small(dispute(twoSentences(901 - over)))).report)[0]).toContain('is 1 character too long');
});

test('pack:check warns if the card of an entry is too long for a channel', async () => {
  const place = (words: number) => ({
    'places.yaml': [{ ...linked[0], summary: 'word '.repeat(words) }, linked[1]],
  });
  expect((await small(place(100))).report.warnings).toEqual([]);
  expect((await small(place(179))).report.warnings[0]).toMatch(/in a channel is \d+ characters longer than the 900/);
});

test('pack:check accepts an entry with 20 notes, but reports an entry with 37 notes, because Discord would refuse its card', async () => {
  const notes = (count: number) => Array.from({ length: count }, () => ({ text: 'x' }));
  expect((await small(event({ notes: notes(20) }))).report.problems).toEqual([]);
  const { report, path } = await small(event({ notes: notes(37) }));
  expect(report.problems).toEqual([
    expect.stringMatching(/^events\.yaml:\d+, railway, notes: its card would have \d+ parts, and Discord shows 40/),
  ]);
  await expect(readPack(pathToFileURL(`${path}/`))).rejects.toThrow('its card would have');
});

test('pack:check reports a dispute with too many parties for a card', async () => {
  const many = Array.from({ length: 40 }, (_, index) => entry(`place-${index}`, { type: 'city', links: ['sea'] }));
  const ids = many.map(({ id }) => id);
  const positions = ids.map((party) => ({ party, position: 'It is ours.', voice: 'reported', paragraphs: [1] }));
  const sea = entry('sea', { about: 'Its bed.', parties: [...ids], positions, links: ids });
  const { report } = await small({ 'disputes.yaml': [sea], 'places.yaml': many });
  expect(report.problems).toEqual([
    expect.stringMatching(/^disputes\.yaml:\d+, sea, parties: its card would have \d+ parts/),
  ]);
});

test('pack:check warns about an entry with too many sources for a card', async () => {
  const sources = Array.from({ length: 6 }, (_, index) => ({
    title: `Source ${index}`,
    url: `https://long.example/${index}${'x'.repeat(800)}`,
  }));
  const { report } = await small(event({ notes: [{ text: 'x', sources }] }));
  expect(report.warnings).toEqual([
    expect.stringMatching(/^events\.yaml:\d+, railway, notes: the card of its sources is \d+ characters too long/),
  ]);
});

const statement = (more: object = {}) => ({
  text: 'They met again.',
  asOf: '2024',
  sources: [{ title: 'A paper', url: 'https://paper.example/' }],
  ...more,
});

test('pack:check warns about a source on a site that the pack lists under copySites (sites that copy other sites)', async () => {
  const copied = statement({ sources: [{ title: 'A copy', url: 'https://en.copies.example/x' }] });
  const manifest = { ...smallManifest, copySites: ['copies.example'] };
  const { report } = await small({ ...event({ sinceThen: [copied] }), 'pack.yaml': manifest });
  expect(report.warnings).toEqual([
    expect.stringMatching(
      /^events\.yaml:\d+, railway, sinceThen: the source en\.copies\.example is on the list of sites/,
    ),
  ]);
  expect((await small(event({ sinceThen: [copied] }))).report.warnings).toEqual([]);
});

test('pack:check warns if a text for members contains the number of a fact check, such as C07; a word such as G20 gives no warning', async () => {
  const of = async (summary: string) =>
    (await small(event({ summary, notes: [{ check: 'C07', text: 'A note.' }] }))).report.warnings;
  expect(await of('See C07 on this.')).toEqual([
    expect.stringMatching(/^events\.yaml:\d+, railway, summary: members would read "C07"/),
  ]);
  expect(await of('The G20 met.')).toEqual([]);
});

test('pack:check warns if a position is from other sources than the article and does not name its speaker', async () => {
  const sea = (more: object) => ({
    ...dispute('A summary.'),
    'disputes.yaml': [
      entry('sea', {
        about: 'Its bed.',
        parties: ['rasht', 'astara'],
        links: ['rasht'],
        recordPositions: [statement({ party: 'rasht', ...more })],
      }),
    ],
  });
  expect((await small(sea({ who: 'Its mayor', said: '2023' }))).report.warnings).toEqual([]);
  expect((await small(sea({}))).report.warnings).toEqual([
    expect.stringMatching(/^disputes\.yaml:\d+, sea, recordPositions: the position does not say whose words/),
  ]);
});

test('pack:check warns if a # cuts off the end of a title, unless the title is in quotation marks', async () => {
  const titled = async (title: string) => {
    const { path } = await small(event({ title: 'TITLE' }));
    const file = join(path, 'events.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('TITLE', title));
    return (await check(path)).warnings;
  };
  expect(await titled('Meeting of berth #3')).toEqual([
    'events.yaml:2, title: the text ends before "#", which begins a comment; put the whole text in quotation marks',
  ]);
  expect(await titled('"Meeting of berth #3"')).toEqual([]);
});

test('pack:check reports the name of a file that is not UTF-8', async () => {
  const { path } = await small();
  await writeFile(join(path, 'events.yaml'), Buffer.from('- id: caf\u00e9', 'latin1'));
  expect((await check(path)).problems).toEqual(['events.yaml: is not UTF-8; save it again with the encoding UTF-8']);
});

// ---- The command line program

const run = (...args: readonly string[]) => runCheckPack(args, fileURLToPath(new URL('..', data)));
/** The output of pack:check for each of the two shipped packs, without options. */
const shippedReports = { 'russia-iran': await run('data/russia-iran'), 'polar-firsts': await run('data/polar-firsts') };

test('for a shipped pack, pack:check prints a summary and exits with code 0', () => {
  const { code, words } = shippedReports['russia-iran'];
  expect(code).toBe(0);
  expect(words).toMatch(/The pack is sound: 0 mistakes, \d+ warnings?; \d+ entries, \d+ questions\.$/);
  expect(words).toMatch(/^Never asked: \d+ facts; not asked yet: \d+\. --never-asked lists them\.$/m);
  expect(shippedReports['polar-firsts'].words).toMatch(/Left out by the checks, .*two-right \d+/);
});

test('for each shipped pack, pack:check prints how many questions are answered right by a simple rule such as “the longest option”', () => {
  for (const { words } of Object.values(shippedReports)) {
    expect(words).toMatch(/^  the longest option +\d+\.\d % {2}of \d+ questions$/m);
    expect(words).toMatch(/^  an option that is right somewhere +\d+\.\d % {2}of \d+ questions$/m);
  }
});

test('the option --pairs lists the pairs of questions in which one question gives away the answer of the other', async () => {
  expect(shippedReports['russia-iran'].words).toMatch(/^Never in one round, .*: \d+ pairs\. --pairs lists them\.$/m);
  const { code, words } = await run('data/russia-iran', '--pairs');
  expect(code).toBe(0);
  expect(words).toMatch(/^Never in one round: kharrazi-received, dialogue-side$/m);
});

test('the option --never-asked lists all entries without questions', async () => {
  const { code, words } = await run('data/russia-iran', '--never-asked');
  expect(code).toBe(0);
  expect(words).toMatch(/^Never asked: crimea: Questions on the legal status of a territory are not asked\.$/m);
  expect(words).toMatch(/^Never asked: ukraine-war: The war itself is never made a quiz item, .+$/m);
  expect(words).not.toMatch(/^(Never asked|Not asked yet): bishkek\b/m);
  expect((await run('data/polar-firsts', '--never-asked')).words).toMatch(/^Not asked yet: north-pole$/m);
  expect((await run('data/russia-iran', '--other')).code).toBe(64);
});

test('pack:check prints the mistakes of an invalid pack and exits with code 1', async () => {
  const { path } = await small({ 'events.yaml': [entry('railway', { titel: 'x', links: ['rash'] })] });
  expect(await run(path)).toEqual({
    code: 1,
    words: [
      'Mistake: events.yaml:13, railway: there is no field "titel"; did you mean "title"?',
      'The bot does not start with this pack: 1 mistake, 0 warnings; 3 entries.',
    ].join('\n'),
  });
});

test.each([
  ['no folder', [], 64, /^Usage: npm run pack:check PATH/],
  ['two packs', ['a', 'b'], 64, /^Usage/],
  ['an unknown option', ['--all'], 64, /^Usage/],
  ['a folder that does not exist', ['data/atlantis'], 66, /^data\/atlantis: there is no such folder/],
  [
    'a file instead of a folder',
    ['data/russia-iran/pack.yaml'],
    66,
    /^data\/russia-iran\/pack\.yaml: is a file; name the folder it is in/,
  ],
  ['a folder without a pack', ['data'], 66, /^data: holds no pack\.yaml, so it is no pack/],
] as const)(
  'pack:check called with %s prints an error message and exits with an error code',
  async (_, args, code, words) => {
    const said = await run(...args);
    expect(said.code).toBe(code);
    expect(said.words).toMatch(words);
  },
);

test('pack:check prints an error message if a folder has the name of a pack file', async () => {
  const { path } = await small();
  await mkdir(join(path, 'events.yaml'));
  expect(await run(path)).toEqual({ code: 66, words: expect.stringContaining('cannot be read') });
});

// ---- The JSON Schemas for text editors

const written = async (name: string) => readFile(new URL(`schema/${name}`, data), 'utf8').catch(() => 'is missing');

test('the files in data/schema are up to date', async () => {
  const advice = 'is not current; write it anew with: npm run pack:check -- --write-schema';
  const files = schemaFiles();
  expect((await readdir(new URL('schema/', data))).toSorted(), `data/schema ${advice}`).toEqual(
    [...files.keys()].toSorted(),
  );
  for (const [name, text] of files) expect(await written(name), `data/schema/${name} ${advice}`).toBe(text);
});

test.each(await readdir(shipped))(
  'the file %s contains the path of its JSON Schema and matches the schema',
  async (name) => {
    const text = await readFile(new URL(name, shipped), 'utf8');
    const schema = name.replace('.yaml', '.schema.json');
    expect(text.split('\n', 1)[0]).toBe(`# yaml-language-server: $schema=../schema/${schema}`);
    const shape = z.fromJSONSchema(JSON.parse(await written(schema)));
    const value: unknown = parse(text);
    expect(shape.safeParse(value).error?.issues).toBeUndefined();
    const misspelt = text.replace(/\b(title|deny):/, 'tittle:');
    expect(misspelt).not.toBe(text);
    expect(shape.safeParse(parse(misspelt)).success).toBe(false);
  },
);
