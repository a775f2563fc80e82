/** Finds IANA time zones by name. */
import { ownValue } from './own-value.ts';

/**
 * Former name → current name of renamed time zones. Node still returns the former names. The list comes from the file
 * `backward` of the IANA time zone database.
 */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/**
 * Well-known time zones, sorted by their difference from UTC. A select menu can have 25 options. The list has only 24
 * items, so that there is space for the current time zone.
 */
export const commonTimeZones: readonly string[] = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Halifax',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Kyiv',
  'Europe/Istanbul',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Noumea',
  'Pacific/Auckland',
];

/** The current name of a time zone that may have been saved under its former name. */
export const currentTimeZone = (zone: string): string => ownValue(renamed, zone) ?? zone;

/**
 * The current name of a time zone. Case is ignored, so `asia/tehran` gives `Asia/Tehran`. Undefined for an unknown
 * name.
 */
export function findTimeZone(typed: string): string | undefined {
  const name = typed.trim().replaceAll(' ', '_');
  // Rejects offsets such as +03:30. Newer versions of Node accept offsets, but an older version could not read the
  // saved setting.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return currentTimeZone(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return undefined;
  }
}

/**
 * Time zones that match a typed text. If the text is the name of a zone, this zone is first. Then come the zones in
 * which a word begins with the text. The zones that contain the text elsewhere are last.
 */
export function suggestTimeZones(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(/[ _]/g, '/');
  const all = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((listed) => {
    const zone = currentTimeZone(listed);
    // Former names are searched, too.
    return { zone, words: `/${zone}/${listed}`.toLowerCase().replaceAll('_', '/') };
  });
  const begin = all.filter(({ words }) => words.includes(`/${wanted}`));
  const hold = all.filter(({ words }) => words.includes(wanted));
  // `Intl.supportedValuesOf` does not list alternative names of a zone, such as Asia/Katmandu for Asia/Kathmandu. Only
  // `findTimeZone` recognises these names.
  const exact = findTimeZone(typed);
  return [...new Set([...(exact === undefined ? [] : [exact]), ...[...begin, ...hold].map(({ zone }) => zone)])];
}
