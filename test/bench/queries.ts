/**
 * Generates queries from the names of entries, for example by misspelling, shortening, reordering, joining or splitting
 * the names. Therefore the right entry of each query is known. Only the first 1,000 entries are used, so the queries
 * are the same for every size of the index.
 */
import { dice, shuffled, SMALLEST, type Corpus, type CorpusEntry } from './corpus.ts';

export interface Query {
  readonly sort: string;
  readonly query: string;
  readonly prefer: readonly string[];
  /** The ids of the right entries. Empty if the index contains no right entry. */
  readonly expect: ReadonlySet<string>;
}

const PER_SORT = 20;
const ABSENT = 80;
const SEED = 4;

type Roll = () => number;
/**
 * Makes a query of one kind from an entry, for example by leaving out a letter of the title. Returns undefined if the
 * entry is not suitable for this kind of query.
 */
type Make = (entry: CorpusEntry, roll: Roll) => string | undefined;

const words = (text: string) => text.split(/[ -]/);
const whenLong =
  (least: number, make: (title: string, roll: Roll) => string): Make =>
  ({ title }, roll) =>
    title.length >= least ? make(title, roll) : undefined;
const whenSeveral =
  (make: (words: readonly string[], roll: Roll) => string): Make =>
  ({ title }, roll) =>
    words(title).length > 1 && words(title).every((word) => word.length > 2) ? make(words(title), roll) : undefined;
const pick = <T>(items: readonly T[], roll: Roll): T | undefined => items[Math.floor(roll() * items.length)];

/** Frequent letters. Typing errors insert or substitute these letters. */
const slipLetters = ['a', 'e', 'i', 'n', 'o', 'r', 's', 't'];

const sorts: Readonly<Record<string, Make>> = {
  title: ({ title }) => title,
  alias: ({ aliases }, roll) => pick(aliases, roll),
  'letter missing': whenLong(5, (title, roll) => edit(title, roll, (left, [, ...rest]) => left + rest.join(''))),
  'letter too many': whenLong(5, (title, roll) =>
    edit(title, roll, (left, right) => left + (pick(slipLetters, roll) ?? '') + right),
  ),
  'letter wrong': whenLong(5, (title, roll) =>
    edit(title, roll, (left, [, ...rest]) => left + (pick(slipLetters, roll) ?? '') + rest.join('')),
  ),
  'letters exchanged': whenLong(5, swap),
  'two slips': whenLong(9, (title, roll) =>
    swap(
      edit(title, roll, (left, [, ...rest]) => left + rest.join('')),
      roll,
    ),
  ),
  'not finished': whenLong(8, (title) => title.slice(0, Math.ceil(title.length * 0.75))),
  'order of words': whenSeveral((all) => all.toReversed().join(' ')),
  'order and a slip': whenSeveral((all, roll) => swap(all.toReversed().join(' '), roll)),
  'words joined': whenSeveral((all) => all.join('')),
  'word split': ({ title }) =>
    /^\p{L}{8,}$/u.test(title) ? `${title.slice(0, title.length >> 1)} ${title.slice(title.length >> 1)}` : undefined,
  'spelt by ear': ({ title }) => {
    const heard = title
      .replaceAll('ph', 'f')
      .replace(/([a-z])\1/g, '$1')
      .replace(/c(?=[aou])/g, 'k');
    return heard === title || title.length < 6 ? undefined : heard;
  },
  // For example, the town Chukhloma is spelt Tschuchloma in German and Tchoukhloma in French.
  'spelt as elsewhere': ({ title, kind }, roll) => {
    const abroad = roll() < 0.5 ? german(title) : french(title);
    return cyrillic.has(kind) && title.length > 4 && abroad !== title ? abroad : undefined;
  },
  'second spelling': ({ second }) => second,
  'town and country': ({ title, names: [country] }) => (country === undefined ? undefined : `${title} ${country}`),
  accents: whenLong(5, (title) => title.replace(/[aeo]/g, (vowel) => `${vowel}\u0301`)),
  question: ({ title }) => `What is the ${title}?`,
  'title and a word of its text': ({ title, text }) => {
    const [longest = ''] = text.match(/[a-z]{6,}/g)?.toSorted((a, b) => b.length - a.length) ?? [];
    return longest === '' || title.includes(longest) ? undefined : `${title} ${longest}`;
  },
  'words of its text': ({ text }) => {
    const long = text.match(/[a-z]{6,}/g) ?? [];
    return long.length < 4 ? undefined : long.slice(0, 4).join(' ');
  },
};

/**
 * In these countries, the names of towns are Cyrillic, and GeoNames always romanises them in the same way. Therefore
 * the German and French spellings can be derived from the names in GeoNames.
 */
const cyrillic = new Set(['RU', 'UA', 'BY', 'KZ', 'UZ', 'KG', 'TJ', 'BG']);

/**
 * Returns a function that replaces groups of letters in a name according to a table. The table must list longer groups
 * before shorter ones, because the first group that matches is replaced.
 */
const respelt = (table: Readonly<Record<string, string>>) => (name: string) =>
  name
    .toLowerCase()
    .replace(/[’‘'`]/g, '')
    .replace(new RegExp(Object.keys(table).join('|'), 'g'), (letters) => table[letters] ?? letters);
const german = respelt({
  shch: 'schtsch',
  ch: 'tsch',
  sh: 'sch',
  zh: 'sch',
  kh: 'ch',
  yy: 'i',
  iy: 'i',
  ya: 'ja',
  ye: 'je',
  yu: 'ju',
  v: 'w',
});
const french = respelt({ shch: 'chtch', ch: 'tch', sh: 'ch', zh: 'j', yy: 'y', iy: 'i', u: 'ou' });

/** Applies `change` at a random position inside a word of the title, but never before the first letter of the word. */
function edit(title: string, roll: Roll, change: (left: string, right: string) => string): string {
  const places = Array.from({ length: title.length }, (_, place) => place);
  const inside = places.filter((place) => place > 0 && /^\p{L}\p{L}$/u.test(title.slice(place - 1, place + 1)));
  const at = pick(inside, roll);
  return at === undefined ? title : change(title.slice(0, at), title.slice(at));
}

function swap(title: string, roll: Roll): string {
  return edit(title, roll, (left, [first = '', second = '', ...rest]) =>
    /\p{L}/u.test(second)
      ? left + second + first + rest.join('')
      : left.slice(0, -1) + first + left.slice(-1) + second + rest.join(''),
  );
}

const key = (name: string) => name.toLowerCase().replaceAll('-', ' ');

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
/** Returns the same key for all spellings that differ only in case, accents, spaces and hyphens. */
const bare = (name: string) => plain(name).replace(/[^\p{L}\p{N}]/gu, '');
const plainWords = (text: string) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Returns names that have no match in any index: no entry has the name, and no entry contains all words of the name.
 */
function withoutAnswer({ entries, absent }: Corpus): readonly string[] {
  const names = new Set(entries.flatMap(({ title, aliases }) => [title, ...aliases].map(bare)));
  const holders = new Map<string, Set<number>>();
  for (const [place, { title, aliases, names, text }] of entries.entries())
    for (const word of [title, ...aliases, ...names, text].flatMap(plainWords)) {
      const known = holders.get(word);
      if (known) known.add(place);
      else holders.set(word, new Set([place]));
    }
  const together = (words: readonly string[]) => {
    const [first = new Set<number>(), ...others] = words.map((word) => holders.get(word) ?? new Set<number>());
    return [...first].some((place) => others.every((set) => set.has(place)));
  };
  return absent
    .map(({ title }) => title)
    .filter((title) => title.length > 5 && !names.has(bare(title)) && !together(plainWords(title)));
}

/**
 * Generates the queries. The texts of the queries do not depend on `size`. The expected entries depend on `size`,
 * because the index contains only the first `size` entries. The search was not tuned with the queries of the default
 * seed.
 */
export function generated({ entries, absent }: Corpus, size: number, seed = SEED): readonly Query[] {
  const roll = dice(seed);
  const everywhere = new Set([...entries, ...absent].flatMap(({ title, aliases }) => [title, ...aliases].map(key)));
  const idsOf = new Map<string, string[]>();
  for (const { id, title, aliases } of entries.slice(0, size))
    for (const name of new Set([title, ...aliases].map(key))) idsOf.set(name, [...(idsOf.get(name) ?? []), id]);

  const asked: Query[] = [];
  for (const [sort, make] of Object.entries(sorts)) {
    let count = 0;
    for (const entry of shuffled(entries.slice(0, SMALLEST), roll)) {
      const query = make(entry, roll);
      const real = sort === 'title' || sort === 'alias';
      // A query that is an unchanged title or alias is never skipped. A query of another kind is skipped if it equals a
      // name of any entry, because that entry would also be right.
      if (count === PER_SORT || query === undefined || (!real && everywhere.has(key(query)))) continue;
      const meant = sort === 'alias' ? query : entry.title;
      const expect = new Set(sort === 'words of its text' ? [entry.id] : [entry.id, ...(idsOf.get(key(meant)) ?? [])]);
      asked.push({ sort, query, prefer: [], expect });
      count++;
    }
  }
  for (const query of shuffled(withoutAnswer({ entries, absent }), roll).slice(0, ABSENT))
    asked.push({ sort: 'absent', query, prefer: [], expect: new Set() });
  return asked;
}

const long = 'caspian railway '.repeat(400);

/** Input that might make a search slow. Some texts have 6,000 characters, which is Discord's maximum. */
export const hostile: readonly string[] = [
  long.slice(0, 6000),
  'a'.repeat(6000),
  'a b '.repeat(1500),
  'zqxjkvbp'.repeat(750),
  `e${'\u0301'.repeat(5999)}`,
  '\u202e\u2066caspian\u2069\u202c'.repeat(500),
  '\u200b\u200d\u00ad'.repeat(2000),
  '(a+)+$|.*[^\\]{9999}'.repeat(300),
  "'; drop table entries; --".repeat(200),
  '👨‍👩‍👧‍👦🇮🇷🇷🇺'.repeat(300),
  '\ufdfa'.repeat(6000),
  '\ud800'.repeat(6000),
  '17.05.2023 '.repeat(545),
  'سلام دنیا '.repeat(600),
  'railwya agreemnet corirdor parntership strategci coopreation minsiter presdient embassay republci finacne mitlary',
];
