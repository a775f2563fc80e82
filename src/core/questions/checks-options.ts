/**
 * Checks of the answer options. Some checks compare each wrong option with the question. Other checks compare all
 * options with each other.
 */
import { speakerOf } from '../pack/voice.ts';
import { type QuestionCandidate, type AnswerOption, type PackIndex, mentions, namesOf } from './question-candidate.ts';
import type { CheckResult } from './checks-stem.ts';
import { maxOptionLength } from './question-schema.ts';
import {
  amountIn,
  contentWords,
  dateIn,
  hasPhrase,
  wordOverlap,
  normaliseText,
  sameStem,
  normalisedWords,
} from './text-comparison.ts';

export function optionCount({ kind, wrong }: QuestionCandidate): CheckResult {
  // A true-false question always has two options. A question that members answer by typing a year has no options.
  if (kind === 'true-false' || kind === 'closest-year') return undefined;
  // A question has three to five wrong options. A question about the order of events may have more, because its wrong
  // options are all other orders of the events.
  if (wrong.length >= 3 && (wrong.length <= 5 || kind === 'order')) return undefined;
  return `wrong: ${wrong.length} approved wrong answers; write three to five`;
}

export function twoRight(candidate: QuestionCandidate, packIndex: PackIndex): CheckResult {
  const { about, answer, ask, kind, wrong } = candidate;
  // Two kinds of questions are not checked, because the entries of such a question may mention a wrong option. In
  // `not-said`, the wrong options are things that the article says. In `article-or-record`, a wrong option may be the
  // date in the article.
  if (kind === 'not-said' || kind === 'article-or-record') return undefined;
  for (const option of wrong) {
    const host = kind === 'order' ? undefined : about.find((entry) => mentions(entry, option));
    const named = host?.kind === 'card' ? 'the card' : `"${host?.id}"`;
    if (host) return `wrong, "${option.text}": ${named} names it too, so it may be right as well; choose another`;
    if (alsoHoldsRole(option, answer, ask) || alsoSays(option, candidate, packIndex))
      return `wrong, "${option.text}": the same can be said of it; choose another`;
    const first = about[0];
    const words = contentWords(option.text);
    const role = first?.kind === 'person' ? contentWords(first.role) : [];
    if (words.length > 0 && words.every((word) => role.some((other) => sameStem(word, other))))
      return `wrong, "${option.text}": this describes ${first?.title} as well; choose another`;
  }
  return undefined;
}

/**
 * Whether the question asks about a person's role and the wrong option is a person with a similar role. Such an option
 * could also be right.
 */
function alsoHoldsRole({ entry }: AnswerOption, answer: AnswerOption, ask: string): boolean {
  if (entry?.kind !== 'person' || answer.entry?.kind !== 'person') return false;
  return wordOverlap(entry.role, answer.entry.role) >= 0.5 && wordOverlap(ask, answer.entry.role) >= 0.2;
}

/**
 * Whether the wrong option is a speaker who makes a similar claim elsewhere in the pack. Such an option could also be
 * right.
 */
function alsoSays(
  { entry, text }: AnswerOption,
  { kind, about, ask }: QuestionCandidate,
  packIndex: PackIndex,
): boolean {
  if (kind !== 'says-who' && kind !== 'side') return false;
  const isAuthor = /\bauthor\b/i.test(text);
  return packIndex.pack.entries
    .filter(
      (other) =>
        !about.includes(other) &&
        (isAuthor ? other.voice === "author's view" : speakerOf(other.voice) === entry?.id && entry),
    )
    .some((other) => wordOverlap(other.summary, ask) >= 0.35);
}

/**
 * The editor's notes on the entries of the question must not mention a wrong option, because such an option could be
 * right according to the notes.
 */
export function noteOption({ about, kind, wrong }: QuestionCandidate): CheckResult {
  if (kind === 'not-said') return undefined;
  const notes = about.flatMap(({ notes }) => notes);
  for (const { text, entry } of wrong) {
    const names = entry ? [text, ...namesOf(entry)] : [text];
    const note = notes.find((one) => names.some((name) => hasPhrase(one.text, name)));
    if (note) return `wrong, "${text}": the editor's note ${note.check ?? ''} mentions it; choose another`;
  }
  return undefined;
}

export function denied({ about, ask, answer, wrong }: QuestionCandidate, { deny }: PackIndex): CheckResult {
  const ids = new Set(about.map(({ id }) => id));
  const texts = [ask, answer.text, ...wrong.flatMap(({ text, entry }) => [text, ...(entry ? [entry.title] : [])])];
  for (const { words, about: only, because } of deny) {
    if (only.length > 0 && !only.some((id) => ids.has(id))) continue;
    const word = words.find((one) => texts.some((text) => hasPhrase(text, one)));
    if (word !== undefined) return `"${word}" may not stand here (${because}); choose another word or option`;
  }
  return undefined;
}

export function sameThing({ answer, wrong, kind }: QuestionCandidate): CheckResult {
  const pair = pairs([answer, ...wrong]).find(([a, b]) => isSame(a, b) || (kind !== 'order' && isPart(a, b)));
  return pair && `wrong: "${pair[0].text}" and "${pair[1].text}" are one thing or part of one another; choose another`;
}

function isSame(a: AnswerOption, b: AnswerOption): boolean {
  if (normaliseText(a.text) === normaliseText(b.text)) return true;
  if (a.entry && b.entry) {
    if (a.entry.id === b.entry.id) return true;
    const others = new Set(namesOf(b.entry).map(normaliseText));
    return namesOf(a.entry).some((name) => others.has(normaliseText(name)));
  }
  return false;
}

function isPart(a: AnswerOption, b: AnswerOption): boolean {
  if (hasPhrase(a.text, b.text) || hasPhrase(b.text, a.text)) return true;
  if (!a.entry || !b.entry) return false;
  const [left, right] = [a.entry, b.entry];
  if (left.kind === 'place' && right.kind === 'place') return left.in === right.id || right.in === left.id;
  return left.kind === 'organisation' && right.kind === 'organisation' && left.links.includes(right.id);
}

export function sameForm({ kind, answer, wrong }: QuestionCandidate): CheckResult {
  const length = normalisedWords(answer.text).length;
  for (const option of wrong) {
    const problem =
      formOf(option.text) !== formOf(answer.text)
        ? 'it has another form than the answer'
        : kind !== 'says-who' && kindOf(option) && kindOf(answer) && kindOf(option) !== kindOf(answer)
          ? `it is a ${kindOf(option)}, the answer a ${kindOf(answer)}`
          : kind !== 'order' && /^\p{Lu}/u.test(option.text) !== /^\p{Lu}/u.test(answer.text)
            ? 'capital letters differ'
            : outOfProportion(normalisedWords(option.text).length, length)
              ? 'its length differs too much from the answer'
              : undefined;
    if (problem) return `wrong, "${option.text}": ${problem}, so one stands out; write them alike`;
  }
  return undefined;
}

/**
 * The kind of thing that an option names. Undefined if the option is an alias of an entry, because an alias may name
 * another kind of thing. For example, the name of a country may be an alias of its capital.
 */
function kindOf({ text, entry }: AnswerOption): string | undefined {
  if (entry && normaliseText(entry.title) !== normaliseText(text)) return undefined;
  return entry?.kind === 'place' ? entry.type : entry?.kind;
}

/**
 * The form of an option: a year, a date, an amount or words. Dates of different precision have different forms, such as
 * "July 2022" and "19 July 2022". All options of a question must have the same form.
 */
export function formOf(text: string): string {
  if (/^\d{4}$/.test(text)) return 'year';
  const date = dateIn(text);
  if (date) return `date of ${date.length}`;
  // A number with a sign, such as a temperature, is an amount, too.
  return amountIn(text) || /^[-−–+]\d[\d.,]*$/.test(text) ? 'amount' : 'words';
}

function outOfProportion(a: number, b: number): boolean {
  return Math.max(a, b) > 2.5 * Math.min(a, b) + 2;
}

export function sameUnit({ answer, wrong }: QuestionCandidate): CheckResult {
  const unit = amountIn(answer.text)?.unit;
  const other = wrong.find(({ text }) => amountIn(text) && amountIn(text)?.unit !== unit);
  return unit === undefined || !other
    ? undefined
    : `wrong, "${other.text}": its unit differs from "${answer.text}"; write one unit`;
}

export function farApart({ answer, wrong }: QuestionCandidate): CheckResult {
  const close = pairs([answer, ...wrong]).find(([a, b]) => {
    const [left, right] = [amountIn(a.text), amountIn(b.text)];
    if (!left || !right || formOf(a.text) === 'year') return false;
    return Math.max(left.value, right.value) < 1.5 * Math.min(left.value, right.value);
  });
  return (
    close && `wrong: "${close[0].text}" and "${close[1].text}" are too near; keep numbers a factor 1.5 apart, better 2`
  );
}

export function shortEnough({ answer, wrong }: QuestionCandidate): CheckResult {
  const long = [answer, ...wrong].find(({ text }) => text.length > maxOptionLength);
  return (
    long && `wrong, "${long.text.slice(0, 40)}…": ${long.text.length} characters; shorten it to ${maxOptionLength}`
  );
}

export function catchAll({ answer, wrong }: QuestionCandidate): CheckResult {
  const found = [answer, ...wrong].find(({ text }) =>
    /^(none|neither|both|nobody|nothing)$|\b(all|none|neither|both|any|each) of (the above|these|them)\b|\ba and b\b/i.test(
      text,
    ),
  );
  return found && `wrong, "${found.text}": a catch-all; write an answer of its own`;
}

function pairs(options: readonly AnswerOption[]): (readonly [AnswerOption, AnswerOption])[] {
  return options.flatMap((a, index) => options.slice(index + 1).map((b) => [a, b] as const));
}
