/**
 * Tests the forms for reporting an item, for mending a question, and for the note that a server can add to an entry.
 * Also tests that the cards of /pack reports are within Discord's limits, even with long and hostile texts.
 */
import { expect, test } from 'vitest';
import { mendModal, reportForm } from '../../src/chat/reports/report-form.ts';
import type { ReviewedItem } from '../../src/chat/reports/reports.ts';
import { formMistakesCard, reviewedItemCard, reviewListCard } from '../../src/chat/reports/review-cards.ts';
import { partsOf, refusals, textOf } from './discord.ts';

const nasty = '||*<@1>_[x](https://y.example)`\u202e'.repeat(20).slice(0, 320);
const report = { name: nasty, at: 1_795_435_200_000, mistake: 'several', words: nasty, answer: nasty } as const;
const item: ReviewedItem = {
  kind: 'question',
  id: `described-as-${'a'.repeat(60)}-1`,
  pack: 'p1y2p0ij',
  title: nasty,
  isOwnPack: true,
  answer: nasty.slice(0, 120),
  reports: Array.from({ length: 25 }, () => report),
  isRetired: false,
  state: 'aside',
  mend: 'outdated',
  sums: {
    of: 1,
    asked: 9_999,
    answered: 99_999,
    right: 12_345,
    wrong: Array.from({ length: 24 }, (_, index) => [nasty.slice(index, index + 120), index] as [string, number]),
    members: 'enough',
    rounds: [],
  },
};

test('the card of a reported item and every page of the list of items are valid messages without mentions', () => {
  const items = Array.from({ length: 25 }, (_, index) => ({ ...item, id: `q-${index}` }));
  const list = { packTitle: nasty, items, elsewhere: 1_000 };
  for (const card of [
    reviewedItemCard(item, 'News.'),
    reviewedItemCard({
      ...item,
      kind: 'entry',
      text: nasty.repeat(3),
      isRetired: true,
      state: 'retired',
      note: nasty.slice(0, 300),
    }),
    ...[0, 1, 2, 99].map((page) => reviewListCard(list, page)),
    formMistakesCard(Array.from({ length: 30 }, () => nasty.repeat(3))),
  ]) {
    expect(refusals(card)).toEqual([]);
    expect(textOf(card)).not.toMatch(/(?<!\\)<@|(?<!\\)\[x/);
  }
});

test('the card of a reported entry shows at most 300 characters of the text of the entry', () => {
  const entry = { ...item, kind: 'entry', title: 'T', text: 'tale '.repeat(180), reports: [] } as const;
  expect(textOf(reviewedItemCard(entry)).match(/tale/g)).toHaveLength(60);
});

test('a page of the list shows ten items; the button "Earlier" is disabled on the first page, and the button "Later" is disabled on the last page', () => {
  const items = Array.from({ length: 25 }, (_, index) => ({ ...item, id: `q-${index}`, title: `Question ${index}?` }));
  const page = (at: number) => reviewListCard({ packTitle: 'P', items, elsewhere: 0 }, at);
  expect(textOf(page(0))).toContain('page 1 of 3');
  expect(textOf(page(2))).toContain('Question 24?');
  expect(textOf(page(0))).not.toContain('Question 10?');
  const disabled = (at: number) =>
    partsOf(page(at))
      .filter((part) => 'disabled' in part && part.disabled === true)
      .map(({ label }) => label);
  expect([disabled(0), disabled(1), disabled(2)]).toEqual([['Earlier'], [], ['Later']]);
});

test('if an entry has no note, the form for a note requires a text; if the entry has a note, an empty text is allowed and removes the note', () => {
  const isRequired = (note: string) =>
    !JSON.stringify(mendModal({ pack: 'example', kind: 'entry', id: 'rasht' }, { note })).includes('"required":false');
  expect(isRequired('')).toBe(true);
  expect(isRequired('Work began in May.')).toBe(false);
});

test('the report form for a question offers the answers of the question in alphabetical order; the report form for an entry does not offer “Several answers are right, or none is”', () => {
  const form = (kind: 'question' | 'entry', more: Partial<ReviewedItem> = {}) =>
    JSON.stringify(reportForm({ kind, id: 'x', pack: 'example' }, { ...item, title: 'T', ...more }));
  const question = form('question', { answer: 'Moscow', wrong: ['Vienna', 'Baku', 'B'.repeat(120)] });
  expect(question).toContain('Several answers are right');
  const labels = ['Baku', `${'B'.repeat(99)}…`, 'Moscow', 'Vienna'];
  expect(question).toContain(JSON.stringify(labels.map((value) => ({ value, label: value }))));
  expect(form('question', { answer: '1987', wrong: [] })).not.toContain('1987');
  expect(form('entry')).not.toContain('Several answers are right');
  expect(form('entry')).not.toContain('Which answer');
  expect(form('entry')).toContain('It is out of date');
});

test('in the form for mending a question, the wrong answers may be left out only if the right answer is a year', () => {
  const isRequired = (answer: string) => {
    const form = { ask: 'A?', answer, wrong: '', explanation: 'E.', difficulty: '1' };
    const modal = JSON.stringify(mendModal({ pack: 'example', kind: 'question', id: 'q' }, form));
    return !modal.includes('"required":false');
  };
  expect(isRequired('the Caspian Sea')).toBe(true);
  expect(isRequired('1921')).toBe(false);
});

test('the button for adding a note to an entry is not highlighted, because a note does not settle the reports on the entry', () => {
  const styles = (kind: 'question' | 'entry') =>
    partsOf(reviewedItemCard({ ...item, kind, title: 'T' })).flatMap((part) =>
      'style' in part && part.style === 1 ? [part.label] : [],
    );
  expect(styles('question')).toEqual(['Mend and delete reports']);
  expect(styles('entry')).toEqual([]);
});
