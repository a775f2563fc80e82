/**
 * A candidate is a question that has not been checked yet, with all data that the checks need. An answer option is
 * matched to an entry by id, title or alias, so "the Red Cross" and `red-cross` are the same option.
 */
import { type Entry, isFromRecord, type Kind, type Pack } from '../pack/pack.ts';
import { speakerOf } from '../pack/voice.ts';
import type { Question, QuestionKind, QuestionNote } from './question.ts';
import type { DenyRule } from './question-schema.ts';
import { contentWords, hasPhrase, normaliseText } from './text-comparison.ts';

export interface AnswerOption {
  readonly text: string;
  /** The entry that this option names, if the pack has such an entry. */
  readonly entry?: Entry;
}

/**
 * The statement of a true-false question. The candidate's `answer` is the decisive part of the true statement. In a
 * false statement, this part is replaced by the text in `wrong`.
 */
export interface Statement {
  /** The true statement, including its source. */
  readonly says: string;
  /** True if the statement is shown unchanged. False if a part of the statement was replaced. */
  readonly holds: boolean;
}

export interface QuestionCandidate {
  readonly id: string;
  readonly kind: QuestionKind;
  /**
   * The entries that the question is about. There is at least one entry. If a member answers wrong, only the first
   * entry is added to the member's list of missed facts.
   */
  readonly about: readonly Entry[];
  /**
   * The sentences of the source that give the answer, such as `7/3` (paragraph 7, sentence 3). Absent in generated
   * questions.
   */
  readonly sentences?: readonly string[];
  readonly ask: string;
  readonly answer: AnswerOption;
  readonly wrong: readonly AnswerOption[];
  /** Set only in true-false questions. `ask` then contains the true or false statement that members see. */
  readonly statement?: Statement | undefined;
  readonly explanation: string;
  readonly difficulty: 1 | 2 | 3;
  /**
   * Who makes the statement that the question is about. `hedged` is true if the source itself expresses doubt about
   * this statement.
   */
  readonly voice: string;
  readonly hedged: boolean;
  readonly paragraphs: readonly number[];
  readonly label: string;
  readonly notes: readonly QuestionNote[];
  readonly origin: 'written' | 'generated';
}

/** The pack with functions that find an entry by id or by name. The checks use this index. */
export interface PackIndex {
  readonly pack: Pack;
  readonly deny: readonly DenyRule[];
  /** Ids of the entries that questions about the public record may ask about. */
  readonly askRecord: readonly string[];
  readonly entry: (id: string) => Entry | undefined;
  /** Returns the person, organisation, place or agreement with this title or alias. Case and accents are ignored. */
  readonly named: (name: string) => Entry | undefined;
}

export function packIndexOf(
  pack: Pack,
  { deny, askRecord }: Pick<PackIndex, 'deny' | 'askRecord'> = { deny: [], askRecord: [] },
): PackIndex {
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  const byName = new Map<string, Entry>();
  for (const entry of pack.entries.filter(({ kind }) => nameable.has(kind)))
    for (const name of namesOf(entry).map(normaliseText)) if (!byName.has(name)) byName.set(name, entry);
  return { pack, deny, askRecord, entry: (id) => byId.get(id), named: (name) => byName.get(normaliseText(name)) };
}

/** Kinds of entries whose aliases are real names. The aliases of all other kinds are only search terms. */
const nameable: ReadonlySet<Kind> = new Set<Kind>(['person', 'organisation', 'place', 'agreement']);

/**
 * Creates an option from the id of an entry or from any text. If the text is the name of an entry, the option refers to
 * that entry.
 */
export function optionFrom(written: string, packIndex: PackIndex): AnswerOption {
  const entry = packIndex.entry(written);
  if (entry) return { text: entry.title, entry };
  const named = packIndex.named(written);
  return named ? { text: written, entry: named } : { text: written };
}

export function namesOf(entry: Entry): string[] {
  return [entry.title, ...entry.aliases];
}

/** All ids in the fields of an entry: its links, people, places, parties, subjects and speaker. */
function relatedIds(entry: Entry): Set<string> {
  const speaker = speakerOf(entry.voice);
  const ids = [...entry.links, ...(speaker ? [speaker] : [])];
  if (entry.kind === 'event') ids.push(...entry.people, ...entry.places);
  if (entry.kind === 'dispute') {
    ids.push(...entry.parties);
    for (const { voice } of entry.positions) ids.push(speakerOf(voice) ?? entry.id);
  }
  if (entry.kind === 'agreement') ids.push(...entry.parties, ...entry.places);
  if (entry.kind === 'claim') ids.push(...entry.on);
  if (entry.kind === 'place' && entry.in) ids.push(entry.in);
  return new Set(ids);
}

/** The main texts of an entry without its notes, joined into one text. */
export function proseOf(entry: Entry): string {
  const more: string[] = [];
  if (entry.kind === 'dispute') more.push(entry.about, ...entry.positions.map(({ position }) => position));
  if (entry.kind === 'agreement') more.push(entry.state);
  if (entry.kind === 'person') more.push(entry.role);
  if (entry.kind === 'figure') more.push(entry.of);
  return [entry.title, entry.summary, entry.quote?.text, entry.when, ...more].filter(Boolean).join(' · ');
}

/** Whether an entry mentions an option, either in a field that links to other entries or in a text. */
export function mentions(entry: Entry, option: AnswerOption): boolean {
  if (option.entry && (option.entry.id === entry.id || relatedIds(entry).has(option.entry.id))) return true;
  const names = option.entry ? [option.text, ...namesOf(option.entry)] : [option.text];
  return names.some((name) => hasPhrase(proseOf(entry), name));
}

/**
 * Of the editor's notes on these entries, returns the two with the highest weight. The weight is the number of words
 * that a note shares with `text`. Notes with a date get a higher weight. Notes on other entries than the first get a
 * lower weight.
 */
export function notesFor(about: readonly Entry[], text: string): QuestionNote[] {
  const asked = new Set(contentWords(text));
  return about
    .flatMap(({ notes }, place) => notes.map((note) => ({ note, place })))
    .map(({ note, place }) => ({
      note,
      weight: contentWords(note.text).filter((word) => asked.has(word)).length + (note.date ? 3 : 0) - 2 * place,
    }))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, 2)
    .map(({ note: { text, sources } }) => ({ text, sources }));
}

/**
 * The source of a right answer from the public record. If the question is about an event of the public record, the
 * first source of the event is returned. Otherwise the function searches the editor's notes on the first entry for a
 * note with a date, and returns the first source of this note. Undefined for questions that are not about the public
 * record.
 */
export function recordSourceOf({ kind, about: [first] }: QuestionCandidate): Question['recordSource'] {
  if (!first || (kind !== 'record' && kind !== 'article-or-record')) return undefined;
  const dated = first.notes.find(({ date }) => date !== undefined);
  return (isFromRecord(first) ? first.statement : dated)?.sources[0];
}
