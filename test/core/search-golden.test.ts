/** Tests the search quality with the golden list, which is a list of queries with the expected entries. */
import { describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/core/search/search.ts';
import { searchEntries } from '../golden/entries.ts';
import { goldenList, outcomeOf, type GoldenQuery } from '../golden/golden.ts';

const [{ entries, synonyms }, list] = await Promise.all([searchEntries(), goldenList('russia-iran.yaml')]);
const index = buildIndex(entries, synonyms);
const ask = ({ query, prefer }: GoldenQuery) => ({
  ranked: index.rank(query, 10, prefer).map(({ id }) => id),
  found: index.find(query, prefer),
});

test('every entry that the golden list expects is in the pack', () => {
  const ids = new Set(entries.map(({ id }) => id));
  expect(list.flatMap(({ expect }) => expect).filter((id) => !ids.has(id))).toEqual([]);
});

test('the golden list has at least 200 queries; at least 30 have no answer, and at least a fifth are held out (not used for tuning the search)', () => {
  expect(list.length).toBeGreaterThanOrEqual(200);
  expect(list.filter(({ expect }) => expect.length === 0).length).toBeGreaterThanOrEqual(30);
  expect(list.filter(({ heldOut }) => heldOut).length).toBeGreaterThanOrEqual(list.length / 5);
});

describe.each([
  ['the whole list', list],
  ['the queries used for tuning the search', list.filter(({ heldOut }) => !heldOut)],
])('search quality on the golden list, %s', (_, asked) => {
  const { misses, ...outcome } = outcomeOf(asked, ask);
  const seen = `\n${misses.join('\n')}`;
  test('the right entry comes first for nearly all queries', () =>
    expect(outcome.first, seen).toBeGreaterThanOrEqual(0.97));
  test('the right entry is among the first three for nearly all queries', () =>
    expect(outcome.amongThree, seen).toBeGreaterThanOrEqual(0.985));
  test('nearly all queries that the pack cannot answer get no answer', () =>
    expect(outcome.refusedRightly, seen).toBeGreaterThanOrEqual(0.94));
  test('nearly all queries that the pack can answer get an answer', () =>
    expect(outcome.refusedWrongly, seen).toBeLessThanOrEqual(0.05));
  test('a wrong entry is never given as the only answer', () => expect(outcome.wronglySure, seen).toBe(0));
});

test('the right entry comes first for most of the held-out queries', () => {
  const { misses, ...outcome } = outcomeOf(
    list.filter(({ heldOut }) => heldOut),
    ask,
  );
  process.stdout.write(`Held out: ${JSON.stringify(outcome)}\n`);
  // The measured fraction is far above 0.85. A fraction below 0.85 would mean that the search is overfitted to the
  // queries that are not held out.
  expect(outcome.first, misses.join('\n')).toBeGreaterThanOrEqual(0.85);
});

test.each([
  ['rasht', ['event'], 'rasht-astara-railway-agreement'],
  ['rasht astra railwy', ['event'], 'rasht-astara-railway-agreement'],
  ['three islands', ['dispute'], 'three-islands'],
  ['17 may 2023', [], 'rasht-astara-railway-agreement'],
  ['2023-05', [], 'rasht-astara-railway-agreement'],
  ['Решт', [], 'rasht'],
  ['رشت', [], 'rasht'],
  ['tehran', [], 'tehran'],
])('the query %s (preferred kinds: %s) is answered with %s', (query, prefer, id) => {
  expect(index.find(query, prefer)).toMatchObject({ kind: 'one', id });
});

test('a query that is the whole title of an entry finds that entry first', () => {
  const lost = entries.filter(({ id, title }) => index.rank(title, 1)[0]?.id !== id);
  expect(lost.map(({ title }) => title)).toEqual([]);
});

test('a query that is an alias finds its entry among the first five results', () => {
  const lost = entries.flatMap(({ id, aliases }) =>
    aliases
      .filter((alias) => !index.rank(alias, 5).some((ranked) => ranked.id === id))
      .map((alias) => `${id}: ${alias}`),
  );
  expect(lost).toEqual([]);
});

test('autocomplete suggests an entry when half of its title is typed', () => {
  const late = entries.filter(
    ({ id, kind, title }) =>
      !index
        .suggest(title.slice(0, Math.max(4, Math.ceil(title.length / 2))), { prefer: [kind], limit: 10 })
        .includes(id),
  );
  expect(late.map(({ title }) => title)).toEqual([]);
});

test('a query that has nothing to do with the pack finds nothing', () => {
  expect(index.find('pizza recipe').kind).toBe('none');
});
