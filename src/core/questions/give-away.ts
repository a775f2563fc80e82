/**
 * Finds pairs of questions in which one gives away the answer to the other: its stem or one of its options contains the
 * answer and speaks of the same matter. A draw never puts such a pair into one round. The meaning of the texts is not
 * compared: a question that tells an answer in other words is not found, and its pack must list it under `apart`.
 */
import type { Bank } from './bank.ts';
import { type PackIndex, namesOf } from './question-candidate.ts';
import { type Question, answerOf } from './question.ts';
import { contentWords, hasPhrase, normaliseText, sameStem, wordOverlap } from './text-comparison.ts';

/** Whether one of two questions gives away the answer to the other. `explained`: also by its explanation. */
export type GivesAway = (one: Question, other: Question, explained?: boolean) => boolean;

/** What the comparison needs of a question. Computed once per question, because each is compared with all others. */
interface Compared {
  readonly question: Question;
  readonly answer: string;
  /** The answer and all other names of the entry that it names. */
  readonly names: readonly string[];
  readonly words: readonly string[];
  /** All texts that a draw may show as options. */
  readonly options: readonly string[];
}

/** Minimum fraction of an answer's content words that tell the answer. */
const tellingShare = 0.75;

/** Minimum similarity of two stems that speak of the same matter. */
const relatedOverlap = 0.25;

/** Creates the comparison for the questions of a bank. It keeps what it has computed for each question. */
export function giveAwayCheck({ spares, apart = [] }: Bank, packIndex: PackIndex): GivesAway {
  const known = new Map<Question, Compared>();
  const compared = (question: Question): Compared => {
    const before = known.get(question);
    if (before) return before;
    const answer = answerOf(question);
    const entry = packIndex.named(answer);
    const made: Compared = {
      question,
      answer,
      names: entry ? [answer, ...namesOf(entry)] : [answer],
      words: contentWords(answer),
      options: lacksChoices(question) ? [] : [...question.options, ...(spares?.get(question.id) ?? [])],
    };
    known.set(question, made);
    return made;
  };
  const listed = new Map<string, Set<string>>();
  for (const ids of apart)
    for (const id of ids) listed.set(id, new Set([...(listed.get(id) ?? []), ...ids.filter((other) => other !== id)]));
  return (one, other, explained = false) => {
    if (listed.get(one.id)?.has(other.id)) return true;
    const [left, right] = [compared(one), compared(other)];
    return tells(left, right, explained) || tells(right, left, explained);
  };
}

/** All pairs of a bank that give away an answer, as pairs of ids. */
export function giveAwayPairs(bank: Bank, packIndex: PackIndex): (readonly [string, string])[] {
  const givesAway = giveAwayCheck(bank, packIndex);
  return bank.questions.flatMap((one, index) =>
    bank.questions.slice(index + 1).flatMap((other) => (givesAway(one, other) ? [[one.id, other.id] as const] : [])),
  );
}

const lacksChoices = ({ kind }: Question): boolean => kind === 'true-false' || kind === 'closest-year';

/** Whether `other` tells the answer to `one`. */
function tells(one: Compared, other: Compared, explained: boolean): boolean {
  const stem = explained ? `${other.question.ask} ${other.question.explanation}` : other.question.ask;
  const { kind, about, ask } = one.question;
  if (kind === 'true-false')
    return about.some((id) => other.question.about.includes(id)) || wordOverlap(ask, stem) >= 0.5;
  if (kind === 'closest-year') return hasPhrase(`${stem} ${other.answer}`, one.answer);
  // The answer of such a question is what the article does not say, so no other question can tell it.
  if (kind === 'not-said') return false;
  if (!areRelated(one.question, other.question)) return false;
  return contains(stem, one) || other.options.some((option) => optionTells(option, one, other));
}

/**
 * Whether two questions speak of the same matter: they share an entry or a paragraph, or their stems share many words.
 * Entries that a whole article is about stand in many paragraphs, so only short lists of paragraphs are compared.
 */
function areRelated(one: Question, other: Question): boolean {
  if (one.about.some((id) => other.about.includes(id))) return true;
  const few = (question: Question) => (question.paragraphs.length <= 3 ? question.paragraphs : []);
  return few(one).some((number) => few(other).includes(number)) || wordOverlap(one.ask, other.ask) >= relatedOverlap;
}

/** Whether a text contains a name of the answer, or nearly all content words of an answer of several words. */
function contains(text: string, { names, words }: Compared): boolean {
  if (names.some((name) => hasPhrase(text, name))) return true;
  if (words.length < 2) return false;
  const there = contentWords(text);
  const told = words.filter((word) => there.some((other) => sameStem(word, other)));
  return told.length / words.length >= tellingShare;
}

/**
 * Whether an option tells an answer. Questions of one family share their options, so an option that is the answer and
 * nothing more tells nothing. In a question about what the article does not say, every wrong option is true.
 */
function optionTells(option: string, one: Compared, { question, answer }: Compared): boolean {
  const isSame = normaliseText(option) === normaliseText(one.answer);
  if (question.kind === 'not-said') return option !== answer && contains(option, one);
  if (isSame || !contains(option, one)) return false;
  const asked = contentWords(one.question.ask).filter((word) => !one.words.includes(word));
  return contentWords(option).some((word) => !one.words.includes(word) && asked.some((other) => sameStem(word, other)));
}
