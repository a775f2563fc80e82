/** Tests that the shipped pack contains the fact checks of the editor and does not repeat errors of the article. */
import { describe, expect, test } from 'vitest';
import { entryCard } from '../../src/chat/cards/entry-card.ts';
import { formatDate } from '../../src/chat/cards/format-dates.ts';
import { moreCard, sideCard } from '../../src/chat/cards/more-card.ts';
import { firstSentences } from '../../src/chat/cards/short-texts.ts';
import { createFacts, datesOf } from '../../src/core/pack/facts.ts';
import { type Entry, isFromRecord } from '../../src/core/pack/pack.ts';
import { textOf } from '../chat/discord.ts';
import { sidesOf } from '../../src/core/pack/sides.ts';
import { library } from '../support/caspian.ts';

const { pack, bank } = library;
const { entries } = pack;
const facts = createFacts(pack);
function entry(id: string): Entry {
  const found = facts.entry(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}
/**
 * The numbers of all fact checks except C46, which is about headings and links of the web page and not about an entry.
 */
const checks = [
  ...Array.from({ length: 52 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`).filter((id) => id !== 'C46'),
  'C13b',
];
/** These fact checks need no source, because the editor only compared statements of the article with each other. */
const ownReading = ['C14', 'C16', 'C20', 'C34', 'C37', 'C42', 'C47', 'C50', 'C51'];

test('the pack contains a note for every fact check, and the note has a source if the fact check needs a source', () => {
  const notes = entries.flatMap((one) => one.notes);
  expect(new Set(notes.flatMap(({ check }) => check ?? []))).toEqual(new Set(checks));
  for (const check of checks) {
    const sourced = notes.some((note) => note.check === check && note.sources.length > 0);
    expect(sourced, check).toBe(!ownReading.includes(check));
  }
});

test.each([
  ['putin-tehran-visit-2022', '2022-06-21', '2022-07-19'],
  ['white-house-drone-release', '2023-07-09', '2023-06-09'],
  ['samarkand-sco-approval', undefined, '2022-09'],
  ['zarif-recording-leak', '2021-04-28', '2021-04-25'],
  ['sixth-russia-gulf-meeting', '2022-07-10', '2023-07-10'],
  ['nuclear-agreement', undefined, '2015-07-14'],
  ['strategic-cooperation-treaty', undefined, '2025-01-17'],
  ['kharrazi-japanese-ambassador', undefined, '2023-07-17'],
  ['shoigu-tehran-visit', undefined, '2023-09-19'],
  ['khomeini-message', undefined, '1989-01'],
])('the card of the entry %s shows the date from the public record', (id, article, record) => {
  const { article: told, record: noted } = datesOf(entry(id));
  expect([told, noted]).toEqual([article, record]);
  expect(textOf(entryCard(entry(id), facts))).toContain(formatDate(record));
});

test('a note that corrects the article begins with the correction, because some cards show only the first sentence of a note', () => {
  const corrections = entries.flatMap(({ notes }) => notes.filter(({ corrects }) => corrects));
  expect(corrections.length).toBeGreaterThan(5);
  const saysOnlyTheMistake = /^The (?:article|sentence) [^,;]*\.$/;
  expect(
    corrections.map(({ text }) => firstSentences(text, 0)).filter((text) => saysOnlyTheMistake.test(text)),
  ).toEqual([]);
});

test('the timeline is sorted by the corrected dates from other sources, not by the dates in the article', () => {
  const order = facts
    .timeline({ from: 2022, to: 2023 })
    .filter((one) => !isFromRecord(one))
    .map(({ id }) => id);
  expect(order).toEqual([
    'putin-tehran-visit-2022',
    'samarkand-sco-approval',
    'rasht-astara-railway-agreement',
    'white-house-drone-release',
    'sixth-russia-gulf-meeting',
    'iranian-reaction-islands',
    'kharrazi-japanese-ambassador',
    'shoigu-tehran-visit',
    'al-aqsa-flood',
  ]);
});

describe('contradictions in the article', () => {
  test('the article gives two different years for the improvement of relations, and the pack contains both years', () => {
    for (const [id, other] of [
      ['rouhani-turn', '2014'],
      ['improvement-after-2014', '2013'],
    ] as const) {
      expect(entry(id).voice).toBe("author's view");
      expect(entry(id).summary).toContain(other);
      expect(entry(id).neverAsk).toBeDefined();
    }
    expect(facts.related(entry('rouhani-turn'))).toContain(entry('improvement-after-2014'));
  });

  test('the card about Moscow’s role in the nuclear agreement shows both contradictory statements', () => {
    const card = textOf(entryCard(entry('nuclear-agreement-role'), facts));
    for (const said of [
      'did much to give the agreement its final form',
      'The author’s view, paragraph 4:',
      'Moscow was against',
    ])
      expect(card.replaceAll("'", '’')).toContain(said);
    expect(card).toContain('Claimed by Mohammad Javad Zarif');
    expect(card.indexOf('did much')).toBeLessThan(card.indexOf('was against'));
  });
});

test('the speculation about Putin is labelled as speculation and has no links or questions', async () => {
  const guess = entry('putin-committed-to-message');
  expect(entries.filter(({ voice }) => voice === "author's speculation")).toEqual([guess]);
  expect(guess.hedged).toBe(true);
  expect(guess.title).toMatch(/^Speculation/);
  expect(facts.showable).not.toContain(guess);
  expect(entries.filter(({ links }) => links.includes(guess.id))).toEqual([]);
  expect(pack.hoisted).not.toContain(guess.id);
  expect(await facts.suggest('', ['claim'])).not.toContain(guess);
  expect(bank.questions.filter(({ about }) => about.includes(guess.id))).toEqual([]);
  expect(textOf(entryCard(guess, facts))).toContain('the author’s speculation, put cautiously');
});

test('translation errors of the article do not appear in titles, aliases, topics or questions', () => {
  const names = [
    ...entries.flatMap(({ title, aliases }) => [title, ...aliases]),
    ...pack.topics.map(({ title }) => title),
  ];
  const garbled =
    /russian.american|support from russia|through the second|north-?eastern iran|riyal(?!s and)|our readers|gradual détente/i;
  // The alias “Iranian riyal” is allowed, because people may search with this wrong spelling.
  expect(names.filter((name) => garbled.test(name))).toEqual(['Iranian riyal']);
  expect(bank.questions.filter(({ ask, options }) => garbled.test([ask, ...options].join(' ')))).toEqual([]);
  for (const id of ['early-oscillations', 'improvement-after-2014', 'us-unsettled-by-drones', 'eu-irritated-by-drones'])
    expect(entry(id).neverAsk, id).toBeDefined();
});

test('every paragraph of the article has an entry, and quotations have at most 100 characters', () => {
  const told = new Set(entries.flatMap(({ paragraphs }) => paragraphs));
  expect([...told].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  for (const { id, quote, paragraphs } of entries) {
    if (!quote) continue;
    expect(quote.text.length, id).toBeLessThanOrEqual(100);
    expect(paragraphs, id).toContain(quote.paragraph);
  }
});

test('the summary of an opinion or claim says whose opinion or claim it is', () => {
  const owned =
    /\b(author|article|according|said|says|view|reported|urged|stressed|reminded|pointed|suggests|recording)\b/i;
  const bare = entries.filter((one) => !isFromRecord(one) && one.voice !== 'reported' && !owned.test(one.summary));
  expect(bare.map(({ id }) => id)).toEqual([]);
});

test('every dispute has positions of at least two parties; the card of a dispute and the card behind the button "More" together show all positions and sources', () => {
  const disputes = entries.filter((one) => one.kind === 'dispute');
  expect(disputes).toHaveLength(11);
  for (const dispute of disputes) {
    const held = sidesOf(dispute).filter((side) => side.positions.length + side.recordPositions.length > 0);
    expect(held.length, dispute.id).toBeGreaterThanOrEqual(2);
    const cards = [entryCard(dispute, facts), moreCard(dispute, facts)].map((card) =>
      textOf(card).split('From the public record, not from the article'),
    );
    const article = cards.map(([above]) => above).join('\n');
    const record = cards.map(([, below]) => below).join('\n');
    for (const { position } of dispute.positions) expect(article, dispute.id).toContain(position.slice(0, 30));
    for (const { text, sources } of dispute.recordPositions) {
      expect(record, dispute.id).toContain(text.slice(0, 30));
      expect(record, dispute.id).toContain(`(<${sources[0]?.url}>)`);
    }
  }
});

test('if neither the article nor other sources contain a statement of a party of a dispute, the card about this party says so', () => {
  const dispute = entry('guard-foreign-policy-influence');
  if (dispute.kind !== 'dispute') throw new Error('this is no dispute');
  const card = textOf(sideCard(dispute, 'revolutionary-guard', facts, {}));
  expect(card).toContain('The article does not say what this side’s own position is.');
  expect(card).toContain('No statement of this side was found in the public record.');
});

test.each([
  ['syrian-issue', 'R19', 'he denied having accused Russia'],
  ['russian-iranian-differences', 'R52', 'Both governments reject this'],
  ['drone-deliveries', 'R43', 'Geran-2'],
  ['iranian-nuclear-programme', 'R11', 'does not say that Iran builds a weapon'],
  ['caspian-sea-division', 'R04', 'No source was found that says whether the summit took place.'],
])('the card of the dispute %s shows the position %s only together with its caveat', (id, check, caveat) => {
  const dispute = entry(id);
  if (dispute.kind !== 'dispute') throw new Error('this is no dispute');
  const said = dispute.recordPositions.find((one) => one.check === check);
  if (!said) throw new Error(`no ${check}`);
  expect(said.caveat).toContain(caveat);
  const cards = [entryCard(dispute, facts), moreCard(dispute, facts), sideCard(dispute, said.party, facts, {})]
    .map(textOf)
    .filter((card) => card.includes(said.text.slice(0, 30)));
  expect(cards).toHaveLength(2);
  for (const card of cards) {
    expect(card).toMatch(/\*Editor’s note: [^*]+\*/);
    expect(card).toContain(caveat);
  }
});

test('statements from sources other than the article contain no partisan words such as "occupied", and do not say how the editor found the source', () => {
  const statements = entries.flatMap((one) => [
    ...(isFromRecord(one) ? [one.statement] : []),
    ...one.sinceThen,
    ...one.notes,
  ]);
  for (const { text } of statements) {
    expect(text).not.toMatch(/occupied|annexed|Iranian islands|illegal|terrorist|martyr|murder/i);
    expect(text).not.toMatch(/excerpt|search engine|stored page|not looked up/i);
  }
});
