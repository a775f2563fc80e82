/**
 * What `npm run pack:check` says of a pack: the mistakes for which the bot refuses it, and warnings of what it takes but
 * a reader would trip over. Values only; printing and exit codes are in `check-cli.ts`.
 */
import { entryCard, sourcesCard } from '../../chat/cards/entry-card.ts';
import { limits } from '../../chat/limits.ts';
import { excessLength } from '../../chat/message/message-length.ts';
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import { placeIn } from '../../core/pack/problem-words.ts';
import { type Entry, type Pack, kindOfFile } from '../../core/pack/pack.ts';
import { PackError, type PackFile } from '../../core/pack/pack-file.ts';
import { queryWords } from '../../core/search/normalise.ts';
import { isStopWord } from '../../core/search/stopwords.ts';
import { checkDraft, refusedBy } from '../../core/questions/bank.ts';
import { type Unasked, unasked } from '../../core/questions/unasked.ts';
import { bankIn, packIn, questionsIn, readFiles } from './read-pack.ts';

export interface Report {
  /** For each of these the bot refuses the pack. */
  readonly problems: readonly string[];
  /** Found once the entries are without mistakes. */
  readonly warnings: readonly string[];
  /** How many entries are listed, and how many questions came to be; absent where a mistake hides them. */
  readonly entries?: number;
  readonly questions?: number;
  /** What no question is about, and how many candidates each check refused; of a pack with sound questions. */
  readonly asking?: { readonly unasked: Unasked; readonly refused: ReadonlyMap<string, number> };
}

/** Longest quotation that is short beyond doubt, in characters. */
const shortQuotation = 100;

/** Checks the pack in `folder`. What the file system refuses is thrown as it comes. */
export async function checkPack(folder: URL): Promise<Report> {
  const files = await readFiles(folder).catch(mistakes);
  if (files instanceof PackError) return { problems: files.problems, warnings: [] };
  const entries = files.flatMap(idsIn).length;
  const pack = tried(() => packIn(files));
  if (pack instanceof PackError) return { problems: pack.problems, warnings: [], entries };
  const warnings = packWarnings(pack, files);
  const bank = tried(() => bankIn(files, pack));
  if (bank instanceof PackError) return { problems: bank.problems, warnings, entries };
  const questions = questionsIn(files);
  if (!questions) return { problems: [], warnings, entries, questions: 0 };
  const asking = { unasked: unasked(pack, bank), refused: refusedBy(checkDraft(pack, questions).judged) };
  return { problems: [], warnings, entries, questions: bank.questions.length, asking };
}

function tried<T>(read: () => T): T | PackError {
  try {
    return read();
  } catch (error) {
    return mistakes(error);
  }
}

function mistakes(error: unknown): PackError {
  if (error instanceof PackError) return error;
  throw error;
}

/** `events.yaml:12` for something in an entry. */
type PlaceOf = (entry: Entry, path: readonly PropertyKey[]) => string;
/** Puts file and line before a sentence about an entry or something in it. */
type Wording = (entry: Entry, path: readonly PropertyKey[], sentence: string) => string;

/** What the bot takes and a reader would trip over, in the order of the files. */
function packWarnings(pack: Pack, files: readonly PackFile[]): string[] {
  const locations = new Map(files.flatMap(idsIn));
  const placeOf: PlaceOf = (entry, path) => {
    const location = locations.get(entry.id);
    return location ? placeIn(location.file, [location.index, ...path]) : entry.id;
  };
  const word: Wording = (entry, path, sentence) =>
    `${placeOf(entry, path)}, ${[entry.id, ...path.slice(0, 1)].join(', ')}: ${sentence}`;
  const facts = createFacts(pack);
  const clashes = nameClashes(pack, word, placeOf);
  return pack.entries.flatMap((entry) => [
    ...(clashes.get(entry) ?? []),
    ...unlinked(entry, word),
    ...longQuotation(entry, word),
    ...overfullCards(entry, facts, word),
  ]);
}

/** The entries a file lists, by id, also where they have mistakes. */
function idsIn(file: PackFile): (readonly [id: unknown, location: { file: PackFile; index: number }])[] {
  if (!kindOfFile[file.name] || !Array.isArray(file.value)) return [];
  return file.value.map((entry: { id?: unknown } | null, index) => [entry?.id, { file, index }]);
}

/** Names of two entries that the search cannot tell apart: to it they are the same words, however written. */
function nameClashes(pack: Pack, word: Wording, placeOf: PlaceOf): Map<Entry, string[]> {
  const firstOf = new Map<string, { readonly entry: Entry; readonly name: string; readonly path: PropertyKey[] }>();
  const clashesOf = (entry: Entry) =>
    [entry.title, ...entry.aliases].flatMap((name, index) => {
      const path = index === 0 ? ['title'] : ['aliases', index - 1];
      const first = firstOf.get(soughtAs(name));
      if (!first) firstOf.set(soughtAs(name), { entry, name, path });
      if (!first || first.entry === entry) return [];
      const other = `"${first.name}" of ${first.entry.id} (${placeOf(first.entry, first.path)})`;
      const sentence = `to the search "${name}" is the same as ${other}, and it has to ask which is meant; change one of them or take it out`;
      return [word(entry, path, sentence)];
    });
  return new Map(pack.entries.map((entry) => [entry, clashesOf(entry)]));
}

/** A name as the search compares it: folded, and without stop words unless nothing else is left. */
function soughtAs(name: string): string {
  const words = queryWords(name);
  const telling = words.filter((one) => !isStopWord(one));
  return (telling.length > 0 ? telling : words).join(' ');
}

function unlinked(entry: Entry, word: Wording): string[] {
  // Speculation is never offered unasked, so nothing links to it and it links to nothing.
  if (entry.links.length > 0 || entry.voice === "author's speculation") return [];
  return [word(entry, ['links'], 'nothing leads on from its card; name at least one related entry')];
}

function longQuotation(entry: Entry, word: Wording): string[] {
  const length = entry.quote?.text.length ?? 0;
  if (length <= shortQuotation) return [];
  const sentence = `the quotation has ${length} characters, ${length - shortQuotation} more than a short one; keep the words that matter`;
  return [word(entry, ['quote', 'text'], sentence)];
}

/** What a card cannot hold: Discord would refuse it, so the bot cuts its longest texts. */
function overfullCards(entry: Entry, facts: Facts, word: Wording): string[] {
  const card = entryCard(entry, facts, true);
  const warnings: string[] = [];
  const over = excessLength(card);
  if (over > 0) {
    const others = entry.kind === 'dispute' ? 'its positions or its notes' : 'its notes';
    const sentence = `its card is ${characters(over)} too long, and texts would end in "…"; shorten the summary, ${others} by as many`;
    warnings.push(word(entry, ['summary'], sentence));
  }
  const parts = partsOf(card.components);
  if (parts > limits.components) {
    const sentence = `its card would have ${parts} parts, and Discord shows ${limits.components}; name ${parts - limits.components} parties fewer`;
    warnings.push(word(entry, ['parties'], sentence));
  }
  const overSources = excessLength(sourcesCard(entry, facts));
  if (overSources > 0) {
    const sentence = `the card of its sources is ${characters(overSources)} too long, and texts and addresses would end in "…"; shorten the notes by as many, or name fewer sources`;
    warnings.push(word(entry, ['notes'], sentence));
  }
  return warnings;
}

const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);

/** Everything Discord counts in a message: what contains others, and what is contained. */
function partsOf(components: readonly object[]): number {
  return components.reduce(
    (sum, part) => sum + 1 + ('components' in part && Array.isArray(part.components) ? partsOf(part.components) : 0),
    0,
  );
}
