/**
 * The names of the twelve months, starting with January. Each month has its English name and all other spellings that
 * members may type in a search.
 */

/** Languages whose month names are read. `Intl` knows their full and short names. */
const languages = ['en', 'de', 'fr', 'tr', 'ru', 'fa-u-ca-gregory', 'ar', 'ar-SY'] as const;

/** Endings of Russian month names in the cases that follow a preposition, after the last letter of the name is removed. */
const russianEndings = ['я', 'ю', 'е', 'ем'] as const;
const russianEndingsOfHard = ['а', 'у', 'е', 'ом'] as const;

/** Spellings that `Intl` does not have. */
const others: readonly (readonly string[])[] = [
  ['jänner'],
  [],
  [],
  [],
  ['می'],
  [],
  ['جولای'],
  ['آگوست'],
  ['sept', 'sep'],
  [],
  [],
  [],
];

/** For each month, all spellings. They may contain capital letters and dots. */
export const monthSpellings: readonly (readonly string[])[] = Array.from({ length: 12 }, (_, month) => {
  const found = languages.flatMap((language) => namesIn(language, month));
  return [...new Set([...found, ...(others[month] ?? [])])];
});

export const monthNames: readonly string[] = Array.from({ length: 12 }, (_, month) => namesIn('en', month)[0] ?? '');

/** The full and short names of a month, alone and after a day, because some languages decline them. */
function namesIn(language: string, month: number): readonly string[] {
  const date = new Date(Date.UTC(2023, month, 15));
  const nameWith = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
      .formatToParts(date)
      .find(({ type }) => type === 'month')
      ?.value.replace(/\.$/, '') ?? '';
  const names = (['long', 'short'] as const).flatMap((style) => [
    nameWith({ month: style }),
    nameWith({ month: style, day: 'numeric' }),
  ]);
  return language === 'ru' ? [...names, ...declined(names[0] ?? '')] : names;
}

/** A Russian month name in other cases: июнь, июня, июню, июне, июнем. */
function declined(name: string): readonly string[] {
  const isSoft = /[ьй]$/.test(name);
  const stem = isSoft ? name.slice(0, -1) : name;
  return (isSoft ? russianEndings : russianEndingsOfHard).map((ending) => stem + ending);
}
