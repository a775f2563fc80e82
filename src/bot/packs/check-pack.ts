/**
 * Checks a pack for `npm run pack:check`. The report contains mistakes and warnings. The bot does not start with a pack
 * that has mistakes. A pack with warnings can be used, but parts of it could confuse members. `check-pack-cli.ts`
 * prints the report and determines the exit code.
 */
import { entryCard } from '../../chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../../chat/cards/more-card.ts';
import { cardSize } from '../../chat/cards/short-texts.ts';
import { excessLength, visibleTextLength } from '../../chat/message/message-length.ts';
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Entry, Pack } from '../../core/pack/pack.ts';
import { PackError, type PackFile } from '../../core/pack/pack-file.ts';
import { isSpeculation } from '../../core/pack/voice.ts';
import { queryWords } from '../../core/search/normalise.ts';
import { isOtherScript, isStopWord } from '../../core/search/stopwords.ts';
import { checkQuestions, choicesIn, failureCounts } from '../../core/questions/bank.ts';
import { giveAwayPairs } from '../../core/questions/give-away.ts';
import { type StrategyScore, strategyScores } from '../../core/questions/naive-strategies.ts';
import { packIndexOf } from '../../core/questions/question-candidate.ts';
import { type Unasked, unasked } from '../../core/questions/unasked.ts';
import { entryWording, idsIn, type PlaceOf, type Wording } from './entry-wording.ts';
import { createRecordWarnings } from './record-warnings.ts';
import { parseBank, parsePackFiles, questionsFileIn, readPackFiles } from './read-pack.ts';

export interface PackReport {
  /** Messages about mistakes. If there is at least one mistake, the bot does not start with this pack. */
  readonly problems: readonly string[];
  /**
   * Warnings. The bot starts with a pack that has only warnings. If the entries have mistakes, the check ends before it
   * looks for warnings, and the list is empty.
   */
  readonly warnings: readonly string[];
  /** Number of entries in the files. Absent if the files cannot be read. */
  readonly entries?: number;
  /** Number of questions. Absent if the pack has mistakes. */
  readonly questions?: number;
  /**
   * `unasked`: the entries without questions. `refused`: for each check, the number of questions and answer options
   * that failed it. `coverage` is absent if the pack has mistakes or no questions file.
   */
  readonly coverage?: {
    readonly unasked: Unasked;
    readonly refused: ReadonlyMap<string, number>;
    /**
     * The results of simple guessing strategies, such as choosing the longest option. A strategy does not read the
     * question. Each result contains the fraction of questions that the strategy answers right.
     */
    readonly strategies: readonly StrategyScore[];
    /** Pairs of question ids. One question of each pair gives away the answer to the other question. */
    readonly pairs: readonly (readonly [string, string])[];
  };
}

/** Maximum number of characters in a quotation. A longer quotation gets a warning. */
const shortQuotation = 100;

/** Checks the pack in `folder`. Rejects with the error of the file system if a file cannot be read. */
export async function checkPack(folder: URL): Promise<PackReport> {
  const files = await readPackFiles(folder).catch(mistakes);
  if (files instanceof PackError) return { problems: files.problems, warnings: [] };
  const entries = files.flatMap(idsIn).length;
  const pack = resultOrError(() => parsePackFiles(files));
  if (pack instanceof PackError) return { problems: pack.problems, warnings: [], entries };
  const warnings = packWarnings(pack, files);
  const bank = resultOrError(() => parseBank(files, pack));
  if (bank instanceof PackError) return { problems: bank.problems, warnings, entries };
  const questions = questionsFileIn(files);
  if (!questions) return { problems: [], warnings, entries, questions: 0 };
  const coverage = {
    unasked: unasked(pack, bank),
    refused: failureCounts(checkQuestions(pack, questions).checked),
    strategies: strategyScores(choicesIn(bank), packIndexOf(pack)),
    pairs: giveAwayPairs(bank, packIndexOf(pack)),
  };
  return { problems: [], warnings, entries, questions: bank.questions.length, coverage };
}

function resultOrError<T>(read: () => T): T | PackError {
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

/**
 * Returns all warnings: first the warnings about the files, then the warnings about the entries in the order of the
 * pack.
 */
function packWarnings(pack: Pack, files: readonly PackFile[]): string[] {
  const { placeOf, word } = entryWording(files);
  const facts = createFacts(pack);
  const clashes = nameClashes(pack, word, placeOf);
  const recordWarnings = createRecordWarnings(pack);
  const ofEntries = pack.entries.flatMap((entry) => [
    ...(clashes.get(entry) ?? []),
    ...missingLinks(entry, word),
    ...recordWarnings(entry).map(({ path, sentence }) => word(entry, path, sentence)),
    ...longQuotation(entry, word),
    ...tooLongCards(entry, facts, word),
  ]);
  return [...files.flatMap(({ warnings = [] }) => warnings), ...ofEntries];
}

/** Returns warnings about pairs of entries with names that the search cannot tell apart. */
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

/**
 * Converts a name to the form in which the search compares names: normalised and without stop words. If a name consists
 * only of stop words, it keeps them.
 */
function searchedAs(name: string): string {
  const words = queryWords(name);
  const content = words.filter((one) => !isStopWord(one, isOtherScript(name)));
  return (content.length > 0 ? content : words).join(' ');
}

function missingLinks(entry: Entry, word: Wording): string[] {
  // Entries with speculation need no links. The bot shows them only to members who ask for them, so no other entry
  // should link to them. Links go both ways, so entries with speculation should not link to other entries either.
  if (entry.links.length > 0 || isSpeculation(entry)) return [];
  return [word(entry, ['links'], 'nothing leads on from its card; name at least one related entry')];
}

function longQuotation(entry: Entry, word: Wording): string[] {
  const length = entry.quote?.text.length ?? 0;
  if (length <= shortQuotation) return [];
  const sentence = `the quotation has ${length} characters, ${length - shortQuotation} more than a short one; keep the words that matter`;
  return [word(entry, ['quote', 'text'], sentence)];
}

/**
 * Returns warnings about cards with too many characters: cards that take too much space in a channel, and cards whose
 * texts the bot must cut to fit into a message. Cards with too many components are mistakes (see `card-problems.ts`).
 */
function tooLongCards(entry: Entry, facts: Facts, word: Wording): string[] {
  const card = entryCard(entry, facts, { canAsk: true, owner: '1', canReport: true });
  const whole = moreCard(entry, facts, { canReport: true });
  const warnings: string[] = [];
  const most = entry.kind === 'dispute' ? cardSize.charactersOfDispute : cardSize.characters;
  const overChannel = visibleTextLength(card) - most;
  if (overChannel > 0) {
    const sentence = `its card in a channel is ${characters(overChannel)} longer than the ${most} that read well; shorten the first sentences of its texts`;
    warnings.push(word(entry, ['summary'], sentence));
  }
  const over = excessLength(whole);
  if (over > 0) {
    const others = entry.kind === 'dispute' ? 'its positions or its notes' : 'its notes';
    const sentence = `its card is ${characters(over)} too long, and texts would end in "…"; shorten the summary, ${others} by as many`;
    warnings.push(word(entry, ['summary'], sentence));
  }
  const overSources = excessLength(sourcesCard(entry, facts, { canReport: true }));
  if (overSources > 0) {
    const sentence = `the card of its sources is ${characters(overSources)} too long, and texts and addresses would end in "…"; shorten the notes by as many, or name fewer sources`;
    warnings.push(word(entry, ['notes'], sentence));
  }
  return warnings;
}

const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);
