/**
 * Tests how reports of members and decisions of managers change the items that a server stores. An item is a question
 * or an entry of a pack. An item that is set aside is not asked or shown until a manager has decided.
 */
import { expect, test } from 'vitest';
import {
  broughtBack,
  dismissed,
  itemOf,
  mayMend,
  type Mend,
  mended,
  nothingReported,
  noted,
  type Reported,
  reportRefusal,
  retired,
  unmended,
  withoutItems,
  withoutMember,
  withReport,
} from '../../src/core/reports/reported-items.ts';

const rome = { kind: 'entry', id: 'rome' } as const;
const question = { kind: 'question', id: 'rome' } as const;
const mend: Mend = { ask: 'a', answer: 'b', wrong: ['c', 'd', 'e'], explanation: 'f', difficulty: 1, of: 7 };
const by = (user: string, words = 'x') => ({ user, name: user, at: 1, mistake: 'wrong', words }) as const;
const reportedBy = (...users: readonly string[]): Reported =>
  users.reduce((value, user) => withReport(value, rome, by(user)), nothingReported);

test('a question and an entry with the same id are different items', () => {
  const value = withReport(reportedBy('ana'), question, by('ben'));
  expect(itemOf(value, rome)?.reports).toMatchObject([{ user: 'ana' }]);
  expect(itemOf(value, question)?.reports).toMatchObject([{ user: 'ben' }]);
});

test('an item is set aside after reports by three members, but not after three reports by one member', () => {
  expect(itemOf(reportedBy('ana', 'ana', 'ana'), rome)).toMatchObject({ isSetAside: false, reports: [{}] });
  expect(itemOf(reportedBy('ana', 'ben'), rome)?.isSetAside).toBe(false);
  expect(itemOf(reportedBy('ana', 'ben', 'carl'), rome)?.isSetAside).toBe(true);
});

test('if a member deletes their data, their report is deleted, but the reported item is still set aside', () => {
  const value = withoutMember(reportedBy('ana', 'ben', 'carl'), 'ben');
  expect(JSON.stringify(value)).not.toContain('ben');
  expect(itemOf(value, rome)).toMatchObject({ isSetAside: true, reports: [{ user: 'ana' }, { user: 'carl' }] });
});

test('if a member deletes their data, the member is also removed from the list of members whose reports were dismissed', () => {
  expect(withoutMember(dismissed(reportedBy('ana'), rome), 'ana')).toEqual(nothingReported);
});

test('after a member’s report on an item is dismissed, new reports by this member do not count towards setting the item aside; they count again once the item is mended', () => {
  const again = ['ana', 'ben', 'carl', 'dora', 'ed'].reduce(
    (value, user) => withReport(value, rome, by(user)),
    dismissed(reportedBy('ana', 'ben', 'carl'), rome),
  );
  expect(itemOf(again, rome)).toMatchObject({ isSetAside: false, dismissed: ['ana', 'ben', 'carl'] });
  expect(itemOf(again, rome)?.reports).toHaveLength(5);
  expect(itemOf(withReport(again, rome, by('fay')), rome)?.isSetAside).toBe(true);
  const anew = ['ana', 'ben', 'carl'].reduce(
    (value, user) => withReport(value, rome, by(user)),
    mended(again, rome, mend),
  );
  expect(itemOf(anew, rome)?.isSetAside).toBe(true);
});

test('adding a note to an item changes nothing else about the item', () => {
  const setAside = reportedBy('ana', 'ben', 'carl');
  expect(itemOf(noted(setAside, rome, 'note'), rome)).toEqual({ ...itemOf(setAside, rome), note: 'note' });
});

test('retiring an item deletes its reports; if the retirement is undone and nothing else is stored about the item, the item is no longer stored', () => {
  const value = retired(reportedBy('ana', 'ben', 'carl'), rome);
  expect(itemOf(value, rome)).toMatchObject({ isRetired: true, isSetAside: false, reports: [] });
  expect(broughtBack(value, rome)).toEqual(nothingReported);
});

test('mending an item deletes its reports; if the mending is undone or a note is removed, and nothing else is stored about the item, the item is no longer stored', () => {
  const value = mended(withReport(nothingReported, question, by('ana')), question, mend);
  expect(itemOf(value, question)).toMatchObject({ mend, reports: [] });
  expect(unmended(value, question)).toEqual(nothingReported);
  expect(unmended(noted(nothingReported, rome, 'note'), rome)).toEqual(nothingReported);
  expect(noted(noted(nothingReported, rome, 'note'), rome, '')).toEqual(nothingReported);
});

test('a member with 20 open reports in a server can replace one of them, but cannot add another', () => {
  const entry = (id: number) => ({ kind: 'entry', id: `e${id}` }) as const;
  const value = Array.from({ length: 25 }, (_, id) => entry(id)).reduce(
    (all, item) => withReport(all, item, by('ana')),
    nothingReported,
  );
  expect(value.items).toHaveLength(20);
  expect(reportRefusal(value, entry(22), 'ana')).toBe('own-full');
  expect(reportRefusal(value, entry(22), 'ben')).toBeUndefined();
  expect(itemOf(withReport(value, entry(3), by('ana', 'new')), entry(3))?.reports).toMatchObject([{ words: 'new' }]);
});

test('an item has at most 25 open reports, and a server has at most 1,000 stored items, of which at most 200 are mended', () => {
  const members = Array.from({ length: 30 }, (_, index) => `m${index}`);
  expect(itemOf(reportedBy(...members), rome)?.reports).toHaveLength(25);
  expect(reportRefusal(reportedBy(...members), rome, 'm29')).toBe('enough');
  const items = Array.from({ length: 1_000 }, (_, id) => ({
    ...itemOf(retired(nothingReported, rome), rome),
    kind: 'question' as const,
    id: `q${id}`,
    reports: [],
    dismissed: [],
    isSetAside: false,
    isRetired: true,
    ...(id < 200 && { mend }),
  }));
  const full: Reported = { v: 1, items };
  expect(reportRefusal(full, rome, 'ana')).toBe('full');
  expect(withReport(full, rome, by('ana'))).toBe(full);
  expect(mayMend(full, rome)).toBe(false);
  expect(mayMend(full, { kind: 'question', id: 'q3' })).toBe(true);
});

test('withoutItems removes the items of a pack and keeps the items of other packs', () => {
  const value = withReport(reportedBy('ana'), { kind: 'entry', id: 'latin/amo' }, by('ana'));
  const left = withoutItems(value, (id) => id.startsWith('latin/'));
  expect(left.items.map(({ id }) => id)).toEqual(['rome']);
});
