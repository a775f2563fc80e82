/** Weeks as ISO 8601 counts them: Monday to Sunday, UTC, named after the year of their Thursday. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { weekOf } from '../../src/core/weeks.ts';

const day = 86_400_000;

test.each([
  ['2020-12-31T12:00Z', '2020-W53'],
  ['2021-01-03T23:59:59.999Z', '2020-W53'],
  ['2021-01-04T00:00Z', '2021-W01'],
  ['2024-12-29T12:00Z', '2024-W52'],
  ['2024-12-30T00:00Z', '2025-W01'],
  ['2026-01-01T00:00Z', '2026-W01'],
  ['2026-11-22T23:59:59.999Z', '2026-W47'],
  ['2026-11-23T00:00Z', '2026-W48'],
  ['2027-01-01T00:00Z', '2026-W53'],
  ['1969-12-31T23:59Z', '1970-W01'],
])('%s lies in %s', (moment, week) => expect(weekOf(Date.parse(moment))).toBe(week));

test('a week is seven days from Monday, and its id sorts after every earlier one', () => {
  const moment = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2199, 0) });
  fc.assert(
    fc.property(moment, (at) => {
      const midnight = at - (at % day);
      const monday = midnight - ((new Date(at).getUTCDay() + 6) % 7) * day;
      const week = weekOf(at);
      expect(week).toMatch(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
      expect([weekOf(monday), weekOf(monday + 7 * day - 1)]).toEqual([week, week]);
      expect(weekOf(monday - 1) < week && week < weekOf(monday + 7 * day)).toBe(true);
    }),
  );
});
