/**
 * Classifies the answers of cards by their form: number and unit, script, grammatical article such as "der", and
 * whether the text looks like a name. The meaning of the words is ignored.
 */
import { formOf } from './checks-options.ts';
import { amountIn, normalisedWords, normaliseText } from './text-comparison.ts';

const scripts: Readonly<Record<string, RegExp>> = {
  latin: /\p{Script=Latin}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  greek: /\p{Script=Greek}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  arabic: /\p{Script=Arabic}/gu,
  // These scripts are treated as one script, because in some languages one word can contain both Han characters and
  // kana.
  eastAsian: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  korean: /\p{Script=Hangul}/gu,
};

/** The script to which most letters of a text belong. Empty if the text has no letters of a known script. */
export function scriptOf(text: string): string {
  if (/^[ -~]*$/.test(text)) return /[a-z]/i.test(text) ? 'latin' : '';
  let script = '';
  let most = 0;
  for (const [name, letters] of Object.entries(scripts)) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) [script, most] = [name, count];
  }
  return script;
}

/**
 * The kind of an answer, determined by its form. The options of a question are always of the same kind, because an
 * answer of another kind would stand out.
 */
export function kindOfAnswer(text: string): string {
  return [numberForm(text) ?? (isCode(text) ? 'words of code' : `words ${scriptOf(text)}`), isName(text)].join(' ');
}

/**
 * Whether an answer is a date, a year or an amount with a unit. If two such answers have the same form, they are of the
 * same kind even if their cards have different topics.
 */
export const isMeasured = (text: string): boolean => !/^(amount|number)? ?$/.test(numberForm(text) ?? '');

/** Whether a text contains a character that is common in code, formulas and markup but rare in ordinary text. */
const isCode = (text: string): boolean => /^[@#&=]|[<>{}[\]|\\=^~`]/.test(text);

/**
 * The kind of a numeric text, for example `year`, `date in figures` or `number km`. Undefined if the text consists
 * mainly of words.
 */
function numberForm(text: string): string | undefined {
  const plain = text.trim().replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
  const form = formOf(plain);
  if (form === 'amount') return `amount ${amountIn(plain)?.unit ?? ''}`;
  if (form !== 'words') return form;
  if (/^[-−+]?\d+([.,]\d+)?E[-−+]?\d+$/i.test(plain)) return 'number ';
  if (/^\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}$/.test(plain)) return 'date in figures';
  if (/^\d{1,2}\.? \p{L}+\.? \d{3,4}$/u.test(plain)) return 'date in words';
  if (/^\d{3,4} ?[-–—] ?\d{2,4}$/.test(plain)) return 'years';
  const [, unit] = /^[-−–+±~≈]?[$€£¥]? ?\d[\d.,' ]*\s?(\D{0,24})$/u.exec(plain) ?? [];
  if (unit !== undefined) return `number ${unit.trim()}`;
  const [, counted] = /(?:^|\s)\d+(?:st|nd|rd|th|er|re|e|ème|º|ª|\.)? (\p{L}+)$/u.exec(plain) ?? [];
  return counted === undefined ? undefined : `number of ${counted}`;
}

/** Language → its articles. Vocabulary lists often contain nouns with their article, and English verbs with "to". */
const articles: Readonly<Record<string, string>> = {
  german: 'der die das den dem ein eine einen',
  french: 'le la les l un une des du',
  spanish: 'el la los las un una unos unas',
  italian: 'il lo la gli i le l un uno una',
  portuguese: 'o a os as um uma',
  dutch: 'de het een',
  english: 'the a an',
  englishVerb: 'to',
};
const languagesOf = new Map<string, string[]>();
for (const [language, list] of Object.entries(articles))
  for (const article of list.split(' ')) languagesOf.set(article, [...(languagesOf.get(article) ?? []), language]);

/** Whether a word is an article. "to" before a verb is not an article. */
export const isArticle = (word: string): boolean =>
  languagesOf.get(word)?.some((one) => one !== 'englishVerb') ?? false;

/**
 * Returns a function that determines the language of an answer by its grammatical article. If several languages have
 * this article, the function returns the language whose articles are most frequent in the deck. If the answer has no
 * article, the function returns an empty string.
 */
export function languageByArticle(answers: readonly string[]): (answer: string) => string {
  const times = new Map<string, number>();
  const candidates = (answer: string): readonly string[] => {
    const [first = '', ...rest] = normalisedWords(answer);
    return rest.length === 0 ? [] : (languagesOf.get(first) ?? []);
  };
  for (const answer of answers)
    for (const language of candidates(answer)) times.set(language, (times.get(language) ?? 0) + 1);
  return (answer) => candidates(answer).toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))[0] ?? '';
}

const yesAndNo = new Set(
  `yes no true false correct incorrect ja nein wahr falsch richtig oui non vrai faux si sí no verdadero falso vero sim não
  да нет верно неверно evet hayır doğru yanlış بله خیر نعم لا`
    .split(/\s+/)
    .map(normaliseText),
);

/** Whether an answer is a word such as yes, no, true or false. Such an answer would stand out among other answers. */
export const isYesOrNo = (text: string): boolean => yesAndNo.has(normaliseText(text));

const questionWords: Readonly<Record<string, string>> = {
  person: `who whom whose wer wem wen wessen qui quién quiénes chi quem кто кого кому кем kim kimin kime کیست کسی من`,
  place: `where wo wohin woher où dónde adónde dove onde waar где куда откуда nerede nereye nereden کجا کجاست أين`,
  time: `when wann quand cuándo quando wanneer когда zaman متى`,
};
const askedBy = new Map(
  Object.entries(questionWords).flatMap(([what, words]) => words.split(' ').map((word) => [normaliseText(word), what])),
);

/**
 * What a question asks for: a person, a place or a time. Undefined if it asks for something else or is not a question.
 */
export function askedFor(prompt: string): string | undefined {
  if (!isQuestion(prompt)) return undefined;
  return normalisedWords(prompt).flatMap((word) => askedBy.get(word) ?? [])[0];
}

const openQuestionWords = new Set(
  `what which how was welche welcher welches wie que quoi quel quelle quels quelles qué cuál cosa che quale qual wat welke
  что какой какая какое какие как сколько ne hangi kaç nasıl چه کدام چند ما ماذا أي كم מה איזה כמה`
    .split(/\s+/)
    .map(normaliseText),
);

/**
 * Whether a word is a question word that does not say what is asked for. "What" and "which" are such words, because
 * they can ask for a person, a place or anything else.
 */
export const asksForAnything = (word: string): boolean => openQuestionWords.has(word);

export const isQuestion = (text: string): boolean => /[?؟？]["”»)]?$/.test(text);

/**
 * Whether a text could be an entry of a vocabulary list. Such a text has one to three words, which contain only
 * letters, apostrophes and hyphens.
 */
export const isTerm = (text: string): boolean => /^[\p{L}\p{M}'’-]+( [\p{L}\p{M}'’-]+){0,2}$/u.test(text.trim());

export const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

/**
 * Whether two answers are similar in length, so that neither stands out. A name of one word (often a town) stands out
 * among names of two words (often people).
 */
export function isCloseInLength(a: string, b: string): boolean {
  const [fewer = 0, more = 0] = [wordsIn(a), wordsIn(b)].toSorted((x, y) => x - y);
  const [short = 0, long = 0] = [a.length, b.length].toSorted((x, y) => x - y);
  const isNear = isName(a) && fewer < 2 ? more === fewer : more <= fewer + 1;
  return isNear && long <= 2 * short + 2;
}

const isName = (text: string): boolean => /^\p{Lu}/u.test(text);
