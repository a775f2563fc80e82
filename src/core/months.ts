/**
 * The names of the twelve months, starting with January. Each month has its English name and all other spellings that
 * members may type in a search.
 */

/** Languages whose month names are read, English first. `Intl` knows their full and short names. */
const languages = ['en', 'de', 'fr', 'tr', 'ru', 'fa-u-ca-gregory', 'ar', 'ar-SY'] as const;

/** Endings of Russian month names in the cases that follow a preposition. They replace a last ь or й. */
const russianEndings = ['я', 'ю', 'е', 'ем'] as const;
/** The same for names without such a last letter: the endings are added. */
const russianEndingsOfHard = ['а', 'у', 'е', 'ом'] as const;

/** For each month, spellings that `Intl` does not have. */
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

const styles: readonly Intl.DateTimeFormatOptions[] = (['long', 'short'] as const).flatMap((month) => [
  { month },
  { month, day: 'numeric' },
]);

/** The full and short names of all months, alone and after a day, because some languages decline them. */
function namesIn(language: string): readonly (readonly string[])[] {
  const formats = styles.map((style) => new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }));
  return others.map((_, month) => {
    const date = Date.UTC(2023, month, 15);
    const names = formats.map((format) => {
      const part = format.formatToParts(date).find(({ type }) => type === 'month');
      return part?.value.replace(/\.$/, '') ?? '';
    });
    return language === 'ru' ? [...names, ...declined(names[0] ?? '')] : names;
  });
}

/** A Russian month name in other cases: июнь, июня, июню, июне, июнем. */
function declined(name: string): readonly string[] {
  const isSoft = /[ьй]$/.test(name);
  const stem = isSoft ? name.slice(0, -1) : name;
  return (isSoft ? russianEndings : russianEndingsOfHard).map((ending) => stem + ending);
}

const namesByLanguage = languages.map(namesIn);

/** For each month, all spellings. They may contain capital letters and dots. */
export const monthSpellings: readonly (readonly string[])[] = others.map((more, month) => [
  ...new Set([...namesByLanguage.flatMap((names) => names[month] ?? []), ...more]),
]);

/** The full English names. */
export const monthNames: readonly string[] = (namesByLanguage[0] ?? []).map(([name]) => name ?? '');
