/**
 * Checks a pack for `npm run pack:check`: mistakes, with which the bot does not start, and warnings about what readers
 * would stumble over. Returns values; printing and exit codes are in `check-pack-cli.ts`.
 */
import { entryCard, sourcesCard } from '../../chat/cards/entry-card.ts';
import { limits } from '../../chat/limits.ts';
import { excessLength } from '../../chat/message/message-length.ts';
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import { locationIn } from '../../core/pack/problem-messages.ts';
import { type Entry, type Pack, kindOfFile } from '../../core/pack/pack.ts';
import { PackError, type PackFile } from '../../core/pack/pack-file.ts';
import { isSpeculation } from '../../core/pack/voice.ts';
import { queryWords } from '../../core/search/normalise.ts';
import { isStopWord } from '../../core/search/stopwords.ts';
import { checkQuestions, failureCounts } from '../../core/questions/bank.ts';
import { type Unasked, unasked } from '../../core/questions/unasked.ts';
import { parseBank, parsePackFiles, questionsFileIn, readPackFiles } from './read-pack.ts';

export interface PackReport {
  /** Mistakes. With any of them the bot does not start. */
  readonly problems: readonly string[];
  /** Looked for only when the entries have no mistakes. */
  readonly warnings: readonly string[];
  /** Number of listed entries; absent when the files cannot be read. */
  readonly entries?: number;
  /** Number of questions; absent when there are mistakes. */
  readonly questions?: number;
  /** Entries without questions, and how many candidates failed each check; only when the questions have no mistakes. */
  readonly coverage?: { readonly unasked: Unasked; readonly refused: ReadonlyMap<string, number> };
}

/** Longest quotation without a warning, in characters. */
const shortQuotation = 100;

/** Checks the pack in `folder`. Errors of the file system are thrown. */
export async function checkPack(folder: URL): Promise<PackReport> {
  const files = await readPackFiles(folder).catch(mistakes);
  if (files instanceof PackError) return { problems: files.problems, warnings: [] };
  const entries = files.flatMap(idsIn).length;
  const pack = tried(() => parsePackFiles(files));
  if (pack instanceof PackError) return { problems: pack.problems, warnings: [], entries };
  const warnings = packWarnings(pack, files);
  const bank = tried(() => parseBank(files, pack));
  if (bank instanceof PackError) return { problems: bank.problems, warnings, entries };
  const questions = questionsFileIn(files);
  if (!questions) return { problems: [], warnings, entries, questions: 0 };
  const coverage = { unasked: unasked(pack, bank), refused: failureCounts(checkQuestions(pack, questions).checked) };
  return { problems: [], warnings, entries, questions: bank.questions.length, coverage };
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
/** Adds file, line, entry and field to a sentence. */
type Wording = (entry: Entry, path: readonly PropertyKey[], sentence: string) => string;

/** All warnings, in the order of the entries. */
function packWarnings(pack: Pack, files: readonly PackFile[]): string[] {
  const locations = new Map(files.flatMap(idsIn));
  const placeOf: PlaceOf = (entry, path) => {
    const location = locations.get(entry.id);
    return location ? locationIn(location.file, [location.index, ...path]) : entry.id;
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

/** The ids that a file lists with their places, even of entries with mistakes. */
function idsIn(file: PackFile): (readonly [id: unknown, location: { file: PackFile; index: number }])[] {
  if (!kindOfFile[file.name] || !Array.isArray(file.value)) return [];
  return file.value.map((entry: { id?: unknown } | null, index) => [entry?.id, { file, index }]);
}

/** Names of two entries that are the same to the search. */
function nameClashes(pack: Pack, word: Wording, placeOf: PlaceOf): Map<Entry, string[]> {
  const firstOf = new Map<string, { readonly entry: Entry; readonly name: string; readonly path: PropertyKey[] }>();
  const clashesOf = (entry: Entry) =>
    [entry.title, ...entry.aliases].flatMap((name, index) => {
      const path = index === 0 ? ['title'] : ['aliases', index - 1];
      const first = firstOf.get(searchedAs(name));
      if (!first) firstOf.set(searchedAs(name), { entry, name, path });
      if (!first || first.entry === entry) return [];
      const other = `"${first.name}" of ${first.entry.id} (${placeOf(first.entry, first.path)})`;
      const sentence = `to the search "${name}" is the same as ${other}, and it has to ask which is meant; change one of them or take it out`;
      return [word(entry, path, sentence)];
    });
  return new Map(pack.entries.map((entry) => [entry, clashesOf(entry)]));
}

/** A name as the search compares it: folded, and without stop words unless it has no other words. */
function searchedAs(name: string): string {
  const words = queryWords(name);
  const content = words.filter((one) => !isStopWord(one));
  return (content.length > 0 ? content : words).join(' ');
}

function unlinked(entry: Entry, word: Wording): string[] {
  // Speculation is never offered unasked, so it has no links.
  if (entry.links.length > 0 || isSpeculation(entry)) return [];
  return [word(entry, ['links'], 'nothing leads on from its card; name at least one related entry')];
}

function longQuotation(entry: Entry, word: Wording): string[] {
  const length = entry.quote?.text.length ?? 0;
  if (length <= shortQuotation) return [];
  const sentence = `the quotation has ${length} characters, ${length - shortQuotation} more than a short one; keep the words that matter`;
  return [word(entry, ['quote', 'text'], sentence)];
}

/** Cards that are too long for Discord, so that the bot has to cut their longest texts. */
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

/** Number of components as Discord counts them: containers and everything in them. */
function partsOf(components: readonly object[]): number {
  return components.reduce(
    (sum, part) => sum + 1 + ('components' in part && Array.isArray(part.components) ? partsOf(part.components) : 0),
    0,
  );
}
