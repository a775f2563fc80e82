/**
 * Finds pairs of questions in which one question gives away the answer to the other. This is the case if the text or an
 * option of one question contains the answer to the other, and both questions are about the same subject. A round never
 * contains such a pair. Only words are compared, not meanings. If a question gives away an answer in different words,
 * the author must list both questions under `apart` in questions.yaml.
 */
import type { Bank } from './bank.ts';
import { type PackIndex, namesOf } from './question-candidate.ts';
import { type Question, answerOf } from './question.ts';
import { contentWords, hasPhrase, normaliseText, sameStem, wordOverlap } from './text-comparison.ts';

/**
 * Whether one of two questions gives away the answer to the other. If `explained` is true, the explanations of both
 * questions are also searched.
 */
export type GivesAway = (one: Question, other: Question, explained?: boolean) => boolean;

/**
 * The parts of a question that are compared. They are computed only once for each question, because every question is
 * compared with all others.
 */
interface Compared {
  readonly question: Question;
  readonly answer: string;
  /** The answer and, if it is the name of an entry, all other names of this entry. */
  readonly names: readonly string[];
  readonly words: readonly string[];
  /** All texts that a draw may show as options. */
  readonly options: readonly string[];
}

/** A text gives away an answer if it contains at least this fraction of the answer's content words. */
const tellingShare = 0.75;

/** Two questions are about the same subject if the word overlap of their texts is at least this value. */
const relatedOverlap = 0.25;

/** Creates the function that compares two questions of a bank. The parts of each question are cached. */
export function giveAwayCheck({ spares, apart = [] }: Bank, packIndex: PackIndex): GivesAway {
  // The keys are weak references. When a server corrects a question, a new object replaces the old one, and the old
  // object can be garbage-collected.
  const known = new WeakMap<Question, Compared>();
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

/** Returns the ids of all pairs of questions in a bank in which one question gives away the answer to the other. */
export function giveAwayPairs(bank: Bank, packIndex: PackIndex): (readonly [string, string])[] {
  const givesAway = giveAwayCheck(bank, packIndex);
  return bank.questions.flatMap((one, index) =>
    bank.questions.slice(index + 1).flatMap((other) => (givesAway(one, other) ? [[one.id, other.id] as const] : [])),
  );
}

const lacksChoices = ({ kind }: Question): boolean => kind === 'true-false' || kind === 'closest-year';

/** Whether the question `other` contains the answer to the question `one`. */
function tells(one: Compared, other: Compared, explained: boolean): boolean {
  const stem = explained ? `${other.question.ask} ${other.question.explanation}` : other.question.ask;
  const { kind, about, ask } = one.question;
  if (kind === 'true-false')
    return about.some((id) => other.question.about.includes(id)) || wordOverlap(ask, stem) >= 0.5;
  if (kind === 'closest-year') return hasPhrase(`${stem} ${other.answer}`, one.answer);
  // The answer to this kind of question is something that the article does not say, so no other question contains it.
  if (kind === 'not-said') return false;
  // All questions from cards contain the same template text, so an overlap of words does not show that two cards are
  // about the same subject.
  if (kind === 'card' && other.question.kind === 'card')
    return about[0] === other.question.about[0] || contains(stem, one);
  if (!areRelated(one.question, other.question)) return false;
  return contains(stem, one) || other.options.some((option) => optionTells(option, one, other));
}

/**
 * Whether two questions are about the same subject. This is the case if the questions share an entry or a paragraph, or
 * if their texts share many words. The paragraphs of a question are ignored if there are more than three, because such
 * a question shares a paragraph with most other questions.
 */
function areRelated(one: Question, other: Question): boolean {
  if (one.about.some((id) => other.about.includes(id))) return true;
  const few = (question: Question) => (question.paragraphs.length <= 3 ? question.paragraphs : []);
  return few(one).some((number) => few(other).includes(number)) || wordOverlap(one.ask, other.ask) >= relatedOverlap;
}

/**
 * Whether a text contains the answer or another name for it. If the answer has several content words, a text that
 * contains most of these words is also considered to contain the answer.
 */
function contains(text: string, { names, words }: Compared): boolean {
  if (names.some((name) => hasPhrase(text, name))) return true;
  if (words.length < 2) return false;
  const there = contentWords(text);
  const told = words.filter((word) => there.some((other) => sameStem(word, other)));
  return told.length / words.length >= tellingShare;
}

/**
 * Whether an option of another question gives away the answer to the question `one`.
 *
 * If the option equals the answer, it gives nothing away, because similar questions have the same options. If the
 * option contains the answer and additional words, it gives the answer away only if at least one of the additional
 * words is also in the text of `one`.
 *
 * If the other question asks what the article does not say, its wrong options are true statements of the article. Such
 * a wrong option gives the answer away if it equals or contains the answer.
 */
function optionTells(option: string, one: Compared, { question, answer }: Compared): boolean {
  const isSame = normaliseText(option) === normaliseText(one.answer);
  if (question.kind === 'not-said') return option !== answer && contains(option, one);
  if (isSame || !contains(option, one)) return false;
  const asked = contentWords(one.question.ask).filter((word) => !one.words.includes(word));
  return contentWords(option).some((word) => !one.words.includes(word) && asked.some((other) => sameStem(word, other)));
}
