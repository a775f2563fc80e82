/** Checks of the question text: its wording, whether it names its source, and whether it may be asked at all. */
import type { Kind } from '../pack/pack.ts';
import { isSpeculation, speakerOf } from '../pack/voice.ts';
import { type QuestionCandidate, type PackIndex, mentions, namesOf, proseOf } from './question-candidate.ts';
import { asksRecord } from './question.ts';
import { datesAgree, amountIn, dateIn, contentWords, hasPhrase, sameStem, normalisedWords } from './text-comparison.ts';

/**
 * The result of a check: undefined if the candidate passes the check, otherwise an error message of the form `field:
 * what is wrong; what to write instead`.
 */
export type CheckResult = string | undefined;

export function labelAndSource({ kind, label, paragraphs, explanation, about, voice }: QuestionCandidate): CheckResult {
  if (label.trim() === '') return 'label: nobody is named as the voice; give the entry a voice';
  if (paragraphs.length === 0 && kind !== 'record' && kind !== 'card')
    return 'paragraphs: the source is missing; give the entry its paragraphs';
  if (explanation.trim() === '') return 'explanation: is missing; say in your own words what the article says';
  const other =
    !asksRecord({ kind }) && about.length > 1 && about.find((entry) => states.has(entry.kind) && entry.voice !== voice);
  if (!other) return undefined;
  return `about: "${other.id}" has another voice, and the label would hide it; ask about entries of one voice`;
}

/**
 * Each item of `sentences` names a paragraph and a sentence, such as `7/3` (paragraph 7, sentence 3). The paragraph
 * must exist in the source.
 */
export function sentencePlace({ sentences = [] }: QuestionCandidate, { pack }: PackIndex): CheckResult {
  const { paragraphs } = pack.source;
  const found = sentences.find((place) => Number(place.split('/')[0]) > paragraphs);
  return found && `sentences: the source has ${paragraphs} paragraphs, so no sentence ${found}; correct the paragraph`;
}

/** Kinds of entries that make a statement. All other kinds, such as people and places, make no statement. */
const states: ReadonlySet<Kind> = new Set<Kind>(['event', 'dispute', 'agreement', 'claim', 'figure']);

export function neverAsk({ about, answer, kind, wrong }: QuestionCandidate): CheckResult {
  if (asksRecord({ kind })) return undefined;
  const closed = [...about, ...[answer, ...wrong].flatMap(({ entry }) => entry ?? [])].find(
    (entry) => entry.neverAsk !== undefined || isSpeculation(entry),
  );
  if (!closed) return undefined;
  return `about: no question may be made of "${closed.id}" (${closed.neverAsk ?? "author's speculation"}); take the question out`;
}

export function answerInStem({ ask, answer, wrong, statement }: QuestionCandidate): CheckResult {
  // This check does not apply to true-false questions. Their `answer` is a part of the true statement, so the question
  // contains it whenever the statement is true.
  if (statement) return undefined;
  const names = answer.entry ? [answer.text, ...namesOf(answer.entry)] : [answer.text];
  const name = names.find((one) => hasPhrase(ask, one));
  if (name !== undefined) return `ask: the answer ("${name}") stands in the question; ask without it`;
  const asked = normalisedWords(ask);
  const everywhere = (word: string) =>
    wrong.length > 0 && wrong.every(({ text }) => contentWords(text).some((other) => sameStem(word, other)));
  const told = contentWords(answer.text).find(
    (word) => asked.some((other) => sameStem(word, other)) && !everywhere(word),
  );
  return told && `ask: "${told}" gives the answer away; use another word in the question or in the answer`;
}

const relative =
  /\b(recent(ly)?|now(adays)?|current(ly)?|today|so far|at present|these days|to date|lately|this (year|month|decade)|(last|next|past|coming|previous) ((few|two|three|several|\d+) )?(days?|weeks?|months?|years?|decades?)|(years?|months?) ago|yet)\b/i;

export function relativeTimeWord({ ask, answer, wrong }: QuestionCandidate): CheckResult {
  const found = [ask, answer.text, ...wrong.map(({ text }) => text)]
    .map((text) => relative.exec(text)?.[0])
    .find(Boolean);
  return found && `ask: "${found}" depends on the day it is read; name the year, or drop it`;
}

const role = /\b(minister|president|ambassador|head|leader|secretary|commander|chief|foreign ministry)\b/i;
const status = /\b(received|signed|delivered|in force|imminent|planned|member|inadequate|completed|built)\b/i;
const atItsTime =
  /\b(descri\w+|when the article was written|at the time of writing|does the article|the article (names?|calls?|mentions?))\b/i;

export function presentTense({ ask }: QuestionCandidate): CheckResult {
  const present = /\b(is|are|has|have|holds|serves|leads|heads)\b/i.exec(ask)?.[0];
  if (!present || !(role.test(ask) || status.test(ask)) || atItsTime.test(ask)) return undefined;
  return `ask: "${present}" speaks of today; write "described in the article as …" or "when the article was written"`;
}

const asksForSpeaker = /\b(who|whose|whom|which)\b/i;

export function attribution({ ask, voice, kind, answer }: QuestionCandidate, packIndex: PackIndex): CheckResult {
  if (asksRecord({ kind })) return undefined;
  if (kind === 'not-said')
    return /\barticle\b/i.test(ask)
      ? undefined
      : 'ask: the source is not named; write "Which of these is NOT in the article?"';
  const speaker = speakerOf(voice);
  const isAsked = kind === 'says-who' || (kind === 'side' && speaker !== undefined && answer.entry?.id === speaker);
  if (isAsked)
    return asksForSpeaker.test(ask) ? undefined : 'ask: nobody is asked for; write "Who, according to the article, …"';
  if (voice === 'reported')
    return /\barticle\b/i.test(ask) ? undefined : 'ask: the source is not named; write "According to the article, …"';
  if (speaker === undefined)
    return /\bauthor(['’]s)?\b/i.test(ask)
      ? undefined
      : 'ask: an opinion asked as a fact; write "In the author\'s view, …"';
  const entry = packIndex.entry(speaker);
  const names = entry ? namesOf(entry) : contentWords(speaker).filter((word) => word !== 'unnamed');
  if (names.some((name) => hasPhrase(ask, name))) return undefined;
  return `ask: a claim without its owner; write "According to ${entry?.title ?? speaker}, …"`;
}

// The pattern is case-sensitive, so that it matches "may" but not the month May.
export const hedgeWord =
  /\b(seem\w*|may|might|appear\w*|apparent\w*|possibl\w*|potential\w*|perhaps|suggest\w*|expected|could|would|likely)\b/;

export function hedgeKept({ ask, hedged, kind }: QuestionCandidate): CheckResult {
  if (kind === 'not-said' || !hedged || hedgeWord.test(ask)) return undefined;
  return 'ask: the article hedges here; keep its "seems", "may" or "appears" in the question';
}

const contested =
  /\b(belongs?|sovereign\w*|rightful\w*|lawful\w*|(il)?legal(ly)?|(correct|real|true|proper) name|guilt\w*|blamed?|at fault|responsib\w*|kill\w*|casualt\w*|victims?|deaths?|died|owns?|owned|owners?|occup\w+|terror\w*|october 7|7 october|al aqsa)\b/i;

export function neutral({ ask, answer, wrong }: QuestionCandidate): CheckResult {
  const found = [ask, answer.text, ...wrong.map(({ text }) => text)]
    .map((text) => contested.exec(text.replaceAll('-', ' '))?.[0])
    .find(Boolean);
  return (
    found && `ask: "${found}" asks for sovereignty, guilt, naming or casualties; ask who said what, or take it out`
  );
}

export function negative({ ask: whole, kind, statement }: QuestionCandidate): CheckResult {
  // A question of kind `not-said` contains the word NOT in capital letters, so that nobody overlooks it. The check
  // ignores this word.
  const ask = kind === 'not-said' ? whole.replace('NOT', '') : whole;
  if (kind === 'not-said' && ask === whole) return 'ask: NOT is missing; write "Which of these is NOT in the article?"';
  const found =
    (statement &&
      /\b(no|without|fail\w*|lack\w*|refus\w*|den(y|ie[sd])|hardly|rarely|rather than)\b/i.exec(ask)?.[0]) ??
    /\b(not|never|except|excluding|none|neither|nor|untrue|incorrect|false|cannot|least)\b|n't\b/i.exec(ask)?.[0];
  return found && `ask: "${found}" makes members answer backwards; ask for what the article does say`;
}

export function cloze({ ask, statement }: QuestionCandidate): CheckResult {
  if (/_{2,}|\.{3}|…|\bfill in\b|\bmissing word\b|\bcomplete the\b/i.test(ask))
    return 'ask: a gap in a quotation has several right words; ask a whole question';
  if (statement) return ask.endsWith('.') ? undefined : 'says: this is no statement; end it with a full stop';
  return ask.trim().endsWith('?') ? undefined : 'ask: this is no question; end it with a question mark';
}

const pointing =
  /\b(this|that (meeting|agreement|visit|event|deal|country)|such an?|these(?! (events|people|places|countries|steps|cities|organisations|states|aircraft))|the two (countries|sides|states)|both (countries|sides)|the (former|latter))\b/i;
const pronoun = /\b(it|its|he|his|him|she|her|they|their|them)\b/i;

export function dangling({ ask }: QuestionCandidate): CheckResult {
  // The words "which of these" are allowed, because they refer to the options below the question.
  const found = pointing.exec(ask.replace(/which of these/i, 'which'))?.[0];
  if (found) return `ask: "${found}" points at something the reader does not see; name it`;
  const at = pronoun.exec(ask);
  if (!at) return undefined;
  const named = /[a-z,“"] ?[“"]?\p{Lu}/u.test(ask.slice(0, at.index));
  return named ? undefined : `ask: "${at[0]}" comes before any name; name whom or what you mean`;
}

export function furniture({ ask }: QuestionCandidate): CheckResult {
  const found = /\b(section|heading|headline|titled?|readers|paragraphs?|sentence)\b/i.exec(ask)?.[0];
  return found && `ask: "${found}" asks about the page, which teaches nothing; ask about its subject`;
}

export function supported({ about, answer, kind, voice }: QuestionCandidate): CheckResult {
  const first = about[0];
  if (asksRecord({ kind }) || kind === 'not-said') return undefined;
  // Years and the order of events are covered by the checks `precision` and `order-holds`.
  if (kind === 'year' || kind === 'closest-year' || kind === 'order' || !first) return undefined;
  const refusal = `answer: the asked entries do not bear out "${answer.text}"; name the right entry in about, or correct the answer`;
  if (kind === 'says-who') {
    const speaker = speakerOf(voice);
    const fits = speaker
      ? answer.entry?.id === speaker || hasPhrase(speaker, answer.text)
      : voice === "author's view" && /\bauthor\b/i.test(answer.text);
    return fits ? undefined : refusal;
  }
  if (first.kind === 'figure' && kind === 'figure') {
    const said = amountIn(answer.text)?.value;
    const scales = [1, 1e3, 1e6, 1e9];
    return said !== undefined && scales.some((scale) => said * scale === first.value || said === first.value * scale)
      ? undefined
      : refusal;
  }
  const date = dateIn(answer.text);
  if (date !== undefined) return first.date !== undefined && datesAgree(first.date, date) ? undefined : refusal;
  if (about.some((entry) => mentions(entry, answer))) return undefined;
  const prose = about.flatMap((entry) => contentWords(proseOf(entry)));
  const backed = contentWords(answer.text).some((word) => prose.some((other) => sameStem(word, other)));
  return !answer.entry && backed ? undefined : refusal;
}
