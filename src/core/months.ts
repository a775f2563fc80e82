/**
 * The names of the twelve months, starting with January. For each month, this file has the English name and all other
 * spellings that members may type in a search.
 */

/**
 * Languages in which a search can contain month names. English must be the first item. `Intl` provides the full and the
 * short names.
 */
const languages = ['en', 'de', 'fr', 'tr', 'ru', 'fa-u-ca-gregory', 'ar', 'ar-SY'] as const;

/** Case endings of Russian month names that end with ь or й. The case ending replaces this letter. */
const russianEndings = ['я', 'ю', 'е', 'ем'] as const;
/** Case endings of all other Russian month names. The case ending is added to the name. */
const russianEndingsOfHard = ['а', 'у', 'е', 'ом'] as const;

/** Additional spellings that `Intl` does not have. The first list is for January. */
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

/**
 * The full and short names of all months in one language. Some languages use one form for a month that stands alone and
 * another form for a month after a day. Both forms are listed.
 */
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

/** The case forms of a Russian month name, without the nominative. For июнь: июня, июню, июне, июнем. */
function declined(name: string): readonly string[] {
  const isSoft = /[ьй]$/.test(name);
  const stem = isSoft ? name.slice(0, -1) : name;
  return (isSoft ? russianEndings : russianEndingsOfHard).map((ending) => stem + ending);
}

const namesByLanguage = languages.map(namesIn);

/** All spellings of each month. The first list is for January. A spelling may contain capital letters and dots. */
export const monthSpellings: readonly (readonly string[])[] = others.map((more, month) => [
  ...new Set([...namesByLanguage.flatMap((names) => names[month] ?? []), ...more]),
]);

/** The full English month names. The first name is January. */
export const monthNames: readonly string[] = (namesByLanguage[0] ?? []).map(([name]) => name ?? '');
