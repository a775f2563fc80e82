/** Tests that cards of the shipped pack are within Discord's limits and show the sources of entries. */
import { expect, test } from 'vitest';
import { boardCard } from '../../src/chat/boards/board-card.ts';
import { profileCard } from '../../src/chat/boards/profile-card.ts';
import { entryCard } from '../../src/chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../../src/chat/cards/more-card.ts';
import { didYouMean, nothingAbout } from '../../src/chat/cards/offered-entries.ts';
import { helpCard } from '../../src/chat/cards/help-card.ts';
import { timelineCard } from '../../src/chat/cards/timeline-card.ts';
import { button, type Message } from '../../src/chat/message/message-components.ts';
import { shortenMessage } from '../../src/chat/message/message-length.ts';
import { packCode } from '../../src/core/pack/pack-code.ts';
import { createFacts, type Facts } from '../../src/core/pack/facts.ts';
import { sidesOf } from '../../src/core/pack/sides.ts';
import { type Entry, isFromRecord } from '../../src/core/pack/pack.ts';
import { measures } from '../../src/core/scores/board.ts';
import { type Member } from '../../src/core/scores/member.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { questionKinds } from '../../src/core/questions/question.ts';
import { createRanking } from '../../src/core/scores/ranking.ts';
import { library } from '../support/caspian.ts';
import { partsOf, refusals, textOf } from './discord.ts';
import { paragraphList, percent } from '../../src/chat/words/labels.ts';

const facts = createFacts(library.pack);
const { entries } = library.pack;
/** The text with straight apostrophes and quotation marks. */
const straight = (text: string) => text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"');
const nasty = '**<@1> [x](https://y.example) '.repeat(10).slice(0, 200);

test('the card of every entry is within Discord’s limits', () => {
  for (const entry of entries) {
    const card = entryCard(entry, facts, { canAsk: true, owner: '1'.repeat(19) });
    expect(refusals(card), entry.id).toEqual([]);
    expect(refusals(moreCard(entry, facts)), entry.id).toEqual([]);
    expect(textOf(card), entry.id).toContain(isFromRecord(entry) ? 'This is not from the article.' : 'paragraph');
  }
});

test('the card of a dispute names the parties whose positions it does not show in full, and has no section component, because sections are narrow on a phone', () => {
  const shipped = entries.filter((entry) => entry.kind === 'dispute');
  // The card of every shipped dispute shortens some position, so the last dispute here has only one short position.
  const short = shipped.slice(0, 1).map((dispute) => ({
    ...dispute,
    positions: dispute.positions.slice(0, 1).map((one) => ({ ...one, position: 'It denies this.' })),
    recordPositions: [],
  }));
  const disputes = [...shipped, ...short];
  const cards = disputes.map((dispute) => entryCard(dispute, facts));
  for (const card of cards) expect(partsOf(card).filter(({ type }) => type === 9)).toEqual([]);
  const lastLines = disputes.map((dispute, index) => {
    const card = straight(cards[index] ? textOf(cards[index]).replaceAll('\\', '') : '');
    const shortened = sidesOf(dispute).filter(({ positions, recordPositions }) =>
      [...positions.map(({ position }) => position), ...recordPositions.map(({ text }) => text)].some(
        (text) => !card.includes(straight(text)),
      ),
    );
    const names = new Intl.ListFormat('en').format(shortened.map(({ party }) => facts.nameOf(party)));
    if (shortened.length === 0) expect(card, dispute.id).not.toContain('press More');
    else if (shortened.length === sidesOf(dispute).length)
      expect(card, dispute.id).toContain('More from all sides: press More.');
    else expect(card, dispute.id).toContain(straight(`More from ${names}: press More.`));
    return shortened.length;
  });
  expect(lastLines.some((count) => count > 0)).toBe(true);
  expect(lastLines.at(-1)).toBe(0);
});

test('the select menu of /help has the same order of options on every page', () => {
  const lines = ['event', 'quiz group', 'profile', 'me settings'].map((name) => ({
    command: name.split(' ')[0] ?? name,
    mention: `/${name}`,
    description: name,
  }));
  const optionsOf = (page?: string) =>
    partsOf(helpCard(lines, facts, page))
      .flatMap(({ options }) => options ?? [])
      .map(({ label }) => label);
  expect(optionsOf('rounds').slice(0, optionsOf().length)).toEqual(optionsOf());
});

test('the sources card of every entry is within Discord’s limits and shows every URL in full', () => {
  for (const entry of entries) {
    const card = sourcesCard(entry, facts);
    expect(refusals(card), entry.id).toEqual([]);
    for (const { url } of entry.notes.flatMap(({ sources }) => sources)) expect(textOf(card)).toContain(`(<${url}>)`);
  }
});

test('the card of every entry shows the source label; if the label names a speaker, it contains the speaker’s name and not the speaker’s id', () => {
  for (const entry of entries) {
    const label = facts.label(entry);
    expect(textOf(entryCard(entry, facts)), entry.id).toContain(label.replaceAll(/([\\*_~`|[\]<>#])/g, '\\$1'));
    expect(label, entry.id).not.toMatch(/claimed by [a-z0-9]+(-[a-z0-9]+)+/);
  }
});

test('the card of a dispute shows all parties, even parties without a statement', () => {
  const disputes = entries.filter((entry) => entry.kind === 'dispute');
  expect(disputes.length).toBeGreaterThan(2);
  for (const dispute of disputes)
    for (const party of dispute.parties)
      expect(textOf(entryCard(dispute, facts)), dispute.id).toContain(facts.nameOf(party));
});

test('every position in a dispute is in full either on the card of the dispute or behind its button "More"', () => {
  for (const dispute of entries.filter((entry) => entry.kind === 'dispute')) {
    const cards = [entryCard(dispute, facts), moreCard(dispute, facts)].map((card) =>
      straight(textOf(card).replaceAll('\\', '')),
    );
    for (const { positions, recordPositions } of sidesOf(dispute))
      for (const position of [...positions.map((one) => one.position), ...recordPositions.map(({ text }) => text)])
        expect(
          cards.filter((card) => card.includes(straight(position))),
          `${dispute.id}: ${position}`,
        ).toHaveLength(1);
  }
});

test('the card of an entry has a button "Quiz me" only if there are questions about the entry', () => {
  const [entry] = entries;
  if (!entry) throw new Error('the pack is empty');
  const labels = (canAsk: boolean) => partsOf(entryCard(entry, facts, { canAsk })).flatMap(({ label }) => label ?? []);
  expect(labels(true)).toContain('Quiz me');
  expect(labels(false)).not.toContain('Quiz me');
});

test('only the public card of an entry has a button "Remove for all"', () => {
  const [entry] = entries;
  if (!entry) throw new Error('the pack is empty');
  const labels = (card: Message) => partsOf(card).flatMap(({ label }) => label ?? []);
  expect(labels(entryCard(entry, facts, { owner: '1' }))).toContain('Remove for all');
  for (const card of [entryCard(entry, facts), moreCard(entry, facts), sourcesCard(entry, facts)])
    expect(labels(card)).not.toContain('Remove for all');
});

test('every text of an entry is in full either on the card of the entry or behind its button "More"', () => {
  for (const entry of entries) {
    const first = entryCard(entry, facts);
    const hasMore = partsOf(first).some(({ label }) => label === 'More');
    const [shown, more] = [textOf(first), hasMore ? textOf(moreCard(entry, facts)) : ''].map((card) =>
      straight(card.replaceAll('\\', '')),
    );
    const texts = [
      isFromRecord(entry) ? entry.statement.text : entry.summary,
      ...(entry.quote ? [`> “${entry.quote.text}”`] : []),
      ...entry.notes.map(({ text }) => text),
      ...entry.sinceThen.map(({ text }) => text),
    ];
    for (const text of texts) {
      const places = [shown, more].filter((card) => card?.includes(straight(text)));
      expect(places, `${entry.id}: ${text}`).toHaveLength(1);
    }
    const correction = entry.notes.find(({ corrects, text }) => corrects && shown?.includes(straight(text)));
    expect(more?.includes('> ') && more.includes('mistaken here, as the first card says'), entry.id).toBe(
      entry.kind !== 'dispute' && entry.quote !== undefined && correction !== undefined,
    );
    expect(more).not.toContain('Source:');
    const offered = partsOf(first).flatMap(({ options }) => options ?? []);
    expect(offered.map(({ value }) => value)).toEqual(expect.arrayContaining([...entry.links]));
  }
});

test('more than 20 entries, but not all entries, have a card with the button "More"', () => {
  const labels = (entry: Entry) => partsOf(entryCard(entry, facts)).flatMap(({ label }) => label ?? []);
  const withMore = entries.filter((entry) => labels(entry).includes('More'));
  expect(withMore.length).toBeGreaterThan(20);
  expect(withMore.length).toBeLessThan(entries.length);
});

test('if a note of an entry corrects the article, the card of the entry shows the whole text of this note', () => {
  const corrected = entries.filter(({ notes }) => notes.some(({ corrects }) => corrects));
  expect(corrected.length).toBeGreaterThan(4);
  for (const entry of corrected)
    expect(straight(textOf(entryCard(entry, facts))), entry.id).toContain(
      straight(entry.notes.find(({ corrects }) => corrects)?.text ?? ''),
    );
});

test('the card of the largest valid entry is shortened to Discord’s limits', () => {
  const parties = entries
    .filter(({ kind }) => kind === 'place')
    .slice(0, 10)
    .map(({ id }) => id);
  const note = { text: 'ن'.repeat(500), sources: [{ title: '海'.repeat(200), url: 'https://a.example/' }] };
  const largest = {
    kind: 'dispute' as const,
    id: 'x'.repeat(60),
    title: '*'.repeat(80),
    summary: '里'.repeat(900),
    voice: 'reported',
    hedged: true,
    paragraphs: Array.from({ length: 18 }, (_, index) => index + 1),
    topics: [],
    aliases: [],
    links: entries.slice(0, 9).map(({ id }) => id),
    quote: { text: '_'.repeat(160), paragraph: 1 },
    notes: Array.from({ length: 6 }, () => note),
    sinceThen: [],
    recordPositions: parties.map((party) => ({ party, text: '里'.repeat(500), asOf: '2023', sources: note.sources })),
    about: '海'.repeat(300),
    parties,
    positions: parties.map((party) => ({
      party,
      position: '里'.repeat(500),
      voice: 'reported',
      hedged: false,
      paragraphs: [1],
    })),
  };
  for (const card of [
    entryCard(largest, facts, { canAsk: true, canReport: true, owner: '1' }),
    moreCard(largest, facts, { canReport: true }),
    sourcesCard(largest, facts, { canReport: true }),
  ])
    expect(refusals(shortenMessage(card))).toEqual([]);
});

test('if a search has no clear result, the reply contains the query, shortened and with its markdown escaped', () => {
  for (const card of [
    didYouMean(nasty, entries.slice(0, 9), 'p'),
    nothingAbout(nasty, entries.slice(0, 3), 'p'),
    nothingAbout(nasty, [], 'p'),
  ]) {
    expect(refusals(card)).toEqual([]);
    expect(textOf(card)).not.toMatch(/(?<!\\)<@|(?<!\\)\[x/);
  }
});

test('every page of a timeline is within Discord’s limits and shows the page number', () => {
  const spans = [
    {},
    { from: 2013, to: 2015 },
    ...library.pack.topics.map(({ id }) => ({ from: 1900, to: 2100, topic: id })),
  ];
  for (const span of spans) {
    const found = facts.timeline(span);
    for (let page = 0; page * 10 < found.length; page++) {
      const card = timelineCard(span, found, { page, owner: '1'.repeat(19), isPublic: true }, facts);
      expect(refusals(card)).toEqual([]);
      expect(textOf(card)).toContain(`page ${page + 1} of ${Math.ceil(found.length / 10)}`);
    }
  }
});

test('if a timeline is limited to the article, its buttons open pages that are also limited to the article', () => {
  const found = facts.timeline({});
  const card = timelineCard({ articleOnly: true }, found, { page: 1, owner: '1', isPublic: true }, facts);
  const ids = partsOf(card).flatMap(({ label, custom_id }) => (label && label !== 'Remove for all' ? [custom_id] : []));
  const pack = packCode(facts.pack.id);
  expect(ids).toEqual([`timeline:page:1::::0:article:${pack}`, `timeline:page:1::::2:article:${pack}`]);
});

test('if the page number of a timeline is too high, the last page is shown', () => {
  const found = facts.timeline({});
  expect(textOf(timelineCard({}, found, { page: 99, owner: '1', isPublic: true }, facts))).toBe(
    textOf(timelineCard({}, found, { page: Math.ceil(found.length / 10) - 1, owner: '1', isPublic: true }, facts)),
  );
});

test('the help card with 12 long commands is within Discord’s limits', () => {
  const lines = Array.from({ length: 12 }, (_, index) => ({
    command: 'quiz',
    mention: `</quiz group:${10n ** 18n + BigInt(index)}>`,
    description: 'x'.repeat(100),
  }));
  for (const page of [undefined, 'rounds']) expect(refusals(helpCard(lines, facts, page))).toEqual([]);
});

test('percentages are rounded to the nearest whole number, but 100 % is shown only if all answers are right', () => {
  expect([percent(2, 3), percent(1, 3), percent(299, 300), percent(300, 300), percent(0, 0)]).toEqual([
    '67 %',
    '33 %',
    '99 %',
    '100 %',
    '0 %',
  ]);
});

test('a leaderboard of 200 members with long names is within Discord’s limits', () => {
  const ranking = createRanking();
  const before = createRanking();
  for (let index = 0; index < 200; index++) {
    const entry = {
      user: `1${String(index).padStart(18, '0')}`,
      name: nasty,
      value: 1_000 - index,
      right: 1,
      answered: 2,
    };
    ranking.put(entry);
    before.put(entry);
  }
  const me = ranking.slice(150, 1)[0]?.user ?? '';
  const buttons = ['Previous 10', 'Next 10', 'My place', 'Last week'].map((label) => button(label, label));
  for (const by of measures) {
    const card = boardCard({
      by,
      heading: nasty,
      ranking,
      emptyText: nasty,
      from: 0,
      me,
      isPublic: false,
      note: nasty,
      before,
      buttons,
    });
    expect(refusals(card)).toEqual([]);
    expect(textOf(card).match(/^\u200e\d+\\\./gm)).toHaveLength(13);
    expect(textOf(card).match(/\(you\)/g)).toHaveLength(1);
    const empty = boardCard({
      by,
      heading: '',
      ranking: createRanking(),
      emptyText: nasty,
      from: 0,
      me,
      isPublic: true,
      buttons: [],
    });
    expect(refusals(empty)).toEqual([]);
  }
});

/** The result of a wrong answer to a question about an entry. */
const resultOn = (entry: string, question: number): AnswerResult => ({
  round: 'r',
  question,
  questionId: entry,
  kind: questionKinds[question % questionKinds.length] ?? 'who',
  about: [entry],
  scope: 'g',
  user: '1',
  name: nasty,
  right: false,
  points: 0,
  at: 0,
});

test('in a profile, a right-to-left title does not change the direction of its line', () => {
  const title = 'پایتخت ایران کدام است؟';
  const [entry] = entries;
  if (!entry) throw new Error('the pack has no entries');
  const topics = [{ id: 'geography', title: 'جغرافیا' }];
  const persian: Facts = { ...facts, pack: { ...facts.pack, topics }, entry: () => ({ ...entry, title }) };
  const member = applyResult(undefined, resultOn(entry.id, 0), { day: 20_000, topics: ['geography'] });
  const lines = textOf(profileCard(member, 20_000, persian, true)).split('\n');
  expect(lines).toContain(`- \u2068${title}\u2069: missed once, not right since`);
  expect(lines).toContain('**\u2068جغرافیا\u2069** 0 points · 0 of 1 answer right (0 %)');
});

test('a right-to-left title that is alone in its line sets the direction of the line', () => {
  const title = 'پایتخت ایران کدام است؟';
  const [entry] = entries;
  if (!entry) throw new Error('the pack has no entries');
  const card = entryCard({ ...entry, title }, facts, { canAsk: false, canReport: false });
  expect(textOf(card)).toContain(`### ${title}\n`);
});

test('a profile with all topics, all kinds of questions and long titles is within Discord’s limits', () => {
  const longest = entries.toSorted((a, b) => b.title.length - a.title.length);
  let member: Member | undefined;
  for (const [index, entry] of longest.slice(0, 40).entries())
    member = applyResult(member, resultOn(entry.id, index), {
      day: 20_000,
      topics: library.pack.topics.map(({ id }) => id),
    });
  if (!member) throw new Error('nobody');
  const card = profileCard(member, 20_000, facts, true);
  expect(refusals(card)).toEqual([]);
  for (const { title } of library.pack.topics) expect(textOf(card)).toContain(title);
  expect(textOf(card)).toContain('What you get wrong most');
});

test('the cards of an entry have a button "Report" only if the option canReport is set', () => {
  const [entry] = entries;
  if (!entry) throw new Error('there is no entry');
  const reportsOn = (options: { readonly canReport?: boolean }) =>
    [entryCard, moreCard, sourcesCard].map(
      (card) =>
        partsOf(card(entry, facts, options)).filter(({ custom_id }) => custom_id?.startsWith('pack:report:')).length,
    );
  expect(reportsOn({ canReport: true })).toEqual([1, 1, 1]);
  expect(reportsOn({})).toEqual([0, 0, 0]);
});

test.each([
  [[3], 'paragraph 3'],
  [[3, 7], 'paragraphs 3 and 7'],
  [[14, 15], 'paragraphs 14 and 15'],
  [[1, 2, 3, 4], 'paragraphs 1 to 4'],
  [[1, 3, 4, 5, 9, 10], 'paragraphs 1, 3 to 5, 9 and 10'],
])('the paragraphs %j are written as "%s"', (numbers, words) => expect(paragraphList(numbers)).toBe(words));
