import { expect, test } from 'vitest';
import { gregorianDay } from '../../src/core/search/other-calendars.ts';
import { liesIn, readPeriods } from '../../src/core/search/periods.ts';
import { stateNames } from '../../src/core/search/state-names.ts';

test.each([
  ['2022', '2022-01-01', '2022-12-31'],
  ['events in 2023', '2023-01-01', '2023-12-31'],
  ['july 2022', '2022-07-01', '2022-07-31'],
  ['Juli 2022', '2022-07-01', '2022-07-31'],
  ['juillet 2022', '2022-07-01', '2022-07-31'],
  ['в июле 2022 года', '2022-07-01', '2022-07-31'],
  ['Temmuz 2022', '2022-07-01', '2022-07-31'],
  ['يوليو ٢٠٢٢', '2022-07-01', '2022-07-31'],
  ['ژوئیه ۲۰۲۲', '2022-07-01', '2022-07-31'],
  ['تموز 2022', '2022-07-01', '2022-07-31'],
  ['february 2024', '2024-02-01', '2024-02-29'],
  ['summer 2023', '2023-06-01', '2023-08-31'],
  ['summer 23', '2023-06-01', '2023-08-31'],
  ['Winter 22', '2022-12-01', '2023-02-28'],
  ['winter 2023', '2023-12-01', '2024-02-29'],
  ['лето 2023', '2023-06-01', '2023-08-31'],
  ['last week of april 2021', '2021-04-24', '2021-04-30'],
  ['first week of april 2021', '2021-04-01', '2021-04-07'],
  ['beginning of 2014', '2014-01-01', '2014-04-30'],
  ['Anfang 2014', '2014-01-01', '2014-04-30'],
  ['end of may 2023', '2023-05-21', '2023-05-31'],
  ['after 2014', '2015-01-01', '9999-12-31'],
  ['before may 2023', '0000-01-01', '2023-04-30'],
  ['between 2013 and 2015', '2013-01-01', '2015-12-31'],
  ['17 May 2023', '2023-05-17', '2023-05-17'],
  ['17.05.23', '2023-05-17', '2023-05-17'],
  ['17/5/2023', '2023-05-17', '2023-05-17'],
  ['17‑05‑2023', '2023-05-17', '2023-05-17'],
  ['2023 – 05 – 17', '2023-05-17', '2023-05-17'],
  ['21. Juni 2022', '2022-06-21', '2022-06-21'],
  ['28 avril 2021', '2021-04-28', '2021-04-28'],
  ['28 апреля 2021 г.', '2021-04-28', '2021-04-28'],
  ['17-го мая 2023', '2023-05-17', '2023-05-17'],
  ['17 mayıs 2023’te', '2023-05-17', '2023-05-17'],
  ['28 Apr 21', '2021-04-28', '2021-04-28'],
  ['everything from 2023', '2023-01-01', '2023-12-31'],
  ['seit 2022', '2022-01-01', '9999-12-31'],
  ['first half of 2023', '2023-01-01', '2023-06-30'],
  ['вторая половина 2022 года', '2022-07-01', '2022-12-31'],
  ['Q3 2022', '2022-07-01', '2022-09-30'],
  ['last quarter of 2022', '2022-10-01', '2022-12-31'],
  ['2010s', '2010-01-01', '2019-12-31'],
  ['28 Nisan 2021', '2021-04-28', '2021-04-28'],
  ['۲۷ اردیبهشت ۱۴۰۲', '2023-05-17', '2023-05-17'],
  ['27 Ordibehesht 1402', '2023-05-17', '2023-05-17'],
  ['٢٧ ارديبهشت ١٤٠٢', '2023-05-17', '2023-05-17'],
  ['1402/02/27', '2023-05-17', '2023-05-17'],
  ['۲۷-۲-۱۴۰۲', '2023-05-17', '2023-05-17'],
  ['1402 Ordibehesht 27', '2023-05-17', '2023-05-17'],
  ['30 Esfand 1399', '2021-03-20', '2021-03-20'],
  ['اردیبهشت ۱۴۰۲', '2023-04-21', '2023-05-21'],
  ['اسفند ۱۳۹۹', '2021-02-19', '2021-03-20'],
  ['سال ۱۴۰۲', '2023-03-21', '2024-03-19'],
  ['1402', '2023-03-21', '2024-03-19'],
  ['١١ ذو الحجة ١٤٤٣', '2022-07-10', '2022-07-10'],
  ['11 Zilhicce 1443', '2022-07-10', '2022-07-10'],
  ['1443', '2021-08-09', '2022-07-29'],
])('the query "%s" is read as the period from %s to %s', (query, from, to) => {
  expect(readPeriods(query)).toEqual([{ from, to }]);
});

test('the query "22 sept" is read as 22 September of any year and as September 2022', () => {
  const periods = readPeriods('22 sept') ?? [];
  expect(periods).toContainEqual({ from: '2010-09-22', to: '2010-09-22' });
  expect(periods).toContainEqual({ from: '2022-09-01', to: '2022-09-30' });
});

test('a day of the Iranian calendar without a year is read as that day of any year', () => {
  expect(readPeriods('۲۷ اردیبهشت')).toContainEqual({ from: '2015-05-17', to: '2015-05-17' });
});

test.each(['31 Esfand 1402', '30 Esfand 1402', '7 mehr', '1250', '1500', '1402 Rasht'])(
  'the query "%s" is not read as an Iranian or Islamic date',
  (query) => {
    expect(readPeriods(query)).toBeUndefined();
  },
);

test('gregorianDay converts an Iranian or Islamic date to the Gregorian day for which Intl gives this date', () => {
  for (const calendar of ['persian', 'islamic-umalqura'] as const) {
    const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
    for (let time = Date.UTC(1990, 0, 1); time < Date.UTC(2030, 0, 1); time += 17 * 86_400_000) {
      const [month = 0, day = 0, year = 0] = (format.format(time).match(/\d+/g) ?? []).map(Number);
      expect(gregorianDay(calendar, year, month, day)).toBe(new Date(time).toISOString().slice(0, 10));
    }
  }
});

test.each(['putin 2022', 'trade 2021', 'rasht', 'the agreement of may 2023', ''])(
  'the query "%s" is not read as a period',
  (query) => {
    expect(readPeriods(query)).toBeUndefined();
  },
);

test.each([
  ['2013-09-13', '2013-01-01', '2013-12-31', true],
  ['2013-09', '2013-09-01', '2013-09-30', true],
  ['2013-09', '2013-09-01', '2013-09-10', false],
  ['2013', '2013-09-01', '2013-09-30', false],
])('liesIn says whether all days of the date %s are in the period from %s to %s: %s', (date, from, to, lies) => {
  expect(liesIn(date, { from, to })).toBe(lies);
});

test('stateNames returns the names of a state in other languages, and an empty list if there is no such state', () => {
  expect(stateNames('Austria')).toEqual(expect.arrayContaining(['Österreich', 'Autriche', 'Avusturya', 'Австрия']));
  expect(stateNames('Atlantis')).toEqual([]);
});
