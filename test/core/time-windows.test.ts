/** Tests day numbers in a time zone, and ISO 8601 weeks. A week belongs to the year that contains its Thursday. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, isoDate, monthId, weekId } from '../../src/core/scores/time-windows.ts';

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
])('%s is in the ISO week %s', (moment, week) => expect(weekId(dayNumber(Date.parse(moment), 'UTC'))).toBe(week));

test('a week lasts from Monday to Sunday, and an earlier week has a smaller id', () => {
  const someDay = fc.integer({ min: 400, max: 84_000 });
  fc.assert(
    fc.property(someDay, (at) => {
      const monday = at - ((new Date(at * day).getUTCDay() + 6) % 7);
      const week = weekId(at);
      expect(week).toMatch(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
      expect([weekId(monday), weekId(monday + 6)]).toEqual([week, week]);
      expect(weekId(monday - 1) < week && week < weekId(monday + 7)).toBe(true);
    }),
  );
});

test.each([
  // Half an hour before midnight and half an hour after midnight in Tehran (UTC+3:30).
  ['2026-11-22T20:00Z', 'Asia/Tehran', '2026-11-22'],
  ['2026-11-22T21:00Z', 'Asia/Tehran', '2026-11-23'],
  ['2026-11-23T04:59Z', 'America/New_York', '2026-11-22'],
  ['2026-11-23T05:00Z', 'America/New_York', '2026-11-23'],
  // Days on which daylight saving time begins or ends.
  ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29'],
  ['2026-03-29T21:59:59Z', 'Europe/Berlin', '2026-03-29'],
  ['2026-03-29T22:00Z', 'Europe/Berlin', '2026-03-30'],
  ['2026-10-25T22:59:59Z', 'Europe/Berlin', '2026-10-25'],
  ['2026-10-25T23:00Z', 'Europe/Berlin', '2026-10-26'],
  ['2026-12-31T10:00Z', 'Pacific/Kiritimati', '2027-01-01'],
])('%s in the time zone %s falls on the date %s', (moment, zone, date) => {
  const number = dayNumber(Date.parse(moment), zone);
  expect(new Date(number * day).toISOString().slice(0, 10)).toBe(date);
  expect(monthId(number)).toBe(date.slice(0, 7));
});

test('the result of dayNumber does not depend on earlier calls', () => {
  const lastOfDay = Date.parse('2026-11-22T20:29:59.999Z');
  const moments = [lastOfDay, lastOfDay + 1, lastOfDay - 59_999, lastOfDay + 60_000, lastOfDay];
  const dates = moments.map((at) => isoDate(dayNumber(at, 'Asia/Tehran')));
  expect(dates).toEqual(['2026-11-22', '2026-11-23', '2026-11-22', '2026-11-23', '2026-11-22']);
});
