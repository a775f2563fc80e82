/** Places on a leaderboard. */
import { expect, test } from 'vitest';
import { standings } from '../../src/core/ranking.ts';
import type { Member, Tally } from '../../src/core/scoring.ts';

const member = (name: string, windows: Record<string, Tally>): readonly [string, Member] => [
  name.toLowerCase(),
  { v: 1, name, windows, applied: [], practised: { week: '2026-W48', questions: [] } },
];
const tally = (points: number, right: number, answered: number): Tally => ({ points, right, answered });
const inAll = (name: string, ...numbers: [number, number, number]) => member(name, { all: tally(...numbers) });
const places = (members: readonly (readonly [string, Member])[], window = 'all') =>
  standings(members, window).map(({ name, place }) => `${place} ${name}`);

test('equal points share a place, and the next one is skipped', () => {
  const members = [inAll('Dora', 10, 1, 9), inAll('Cem', 30, 3, 4), inAll('Ana', 50, 4, 4), inAll('Ben', 50, 4, 4)];
  expect(places(members)).toEqual(['1 Ana', '1 Ben', '3 Cem', '4 Dora']);
});

test('among equals the more accurate stands first, in the same place', () => {
  expect(places([inAll('Ana', 20, 2, 5), inAll('Ben', 20, 2, 2)])).toEqual(['1 Ben', '1 Ana']);
});

test('a window holds whoever answered in it, points or none', () => {
  const ana = member('Ana', { all: tally(90, 9, 9), '2026-W47': tally(90, 9, 9) });
  const ben = member('Ben', { all: tally(0, 0, 2), '2026-W48': tally(0, 0, 2) });
  expect(places([ana, ben], '2026-W48')).toEqual(['1 Ben']);
  expect(places([ana, ben], 'all')).toEqual(['1 Ana', '2 Ben']);
  expect(places([ana, ben], 'constructor')).toEqual([]);
  expect(places([])).toEqual([]);
});
