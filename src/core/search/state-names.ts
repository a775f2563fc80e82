/**
 * Finds the names of states in the languages of the search. Packs do not contain these names, because `Intl` provides
 * them.
 */
const languages = ['de', 'fr', 'tr', 'ru', 'fa', 'ar'] as const;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const codes = letters.flatMap((first) => letters.map((second) => first + second));

const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

let namesByEnglish: ReadonlyMap<string, readonly string[]> | undefined;

/** The names of a state in the other languages of the search. Empty if `title` is not the English name of a state. */
export function stateNames(title: string): readonly string[] {
  namesByEnglish ??= allNames();
  return namesByEnglish.get(title.toLowerCase()) ?? [];
}

function allNames(): ReadonlyMap<string, readonly string[]> {
  const others = languages.map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }));
  return new Map(
    codes.flatMap((code) => {
      const name = english.of(code);
      return name === undefined ? [] : [[name.toLowerCase(), others.flatMap((each) => each.of(code) ?? [])] as const];
    }),
  );
}
