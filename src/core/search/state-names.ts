/**
 * Finds the names of states in the languages that members type. Also knows the names of large cities. `Intl` provides
 * these names, so packs do not list them.
 */
import { fold } from './normalise.ts';

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

/**
 * The names of one state in all languages of the search, or the name of one city. Each name is normalised and consists
 * of one word.
 */
type Place = ReadonlySet<string>;

let placeByWord: ReadonlyMap<string, Place> | undefined;

/**
 * If a normalised word is the name of a state, returns the names of this state in all languages. If the word is the
 * name of a city, returns only this name. A city is known only if a time zone is named after the city. Undefined for
 * any other word. Names that consist of several words are not included.
 */
export function namesOfPlace(word: string): Place | undefined {
  return placesByWord().get(word);
}

/** Reads the names for `namesOfPlace`, which takes about 30 ms. Without this call, the first search reads the names. */
export function readPlaceNames(): void {
  placesByWord();
}

function placesByWord(): ReadonlyMap<string, Place> {
  placeByWord ??= allPlaces();
  return placeByWord;
}

function allPlaces(): ReadonlyMap<string, Place> {
  const places = new Map<string, Set<string>>();
  const put = (names: readonly string[]) => {
    const words = names.map(fold).filter((name) => /^\p{L}{3,}$/u.test(name));
    const place = new Set(words.flatMap((word) => [...(places.get(word) ?? []), word]));
    for (const word of place) places.set(word, place);
  };
  for (const [name, others] of allNames()) put([name, ...others]);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const city = zone.split('/').at(-1) ?? '';
    if (!places.has(fold(city))) put([city]);
  }
  return places;
}
