/**
 * Groups cards whose answers are of one kind, so that the answers of a group can be the wrong answers of each other.
 * Answers of different forms or scripts are never in one group, and neither are questions that begin with different
 * words, such as who and where. Language and topic divide a group further where enough answers remain.
 */
import type { EntryOf } from '../pack/pack.ts';
import {
  askedFor,
  isArticle,
  isCloseInLength,
  isQuestion,
  isYesOrNo,
  kindOfAnswer,
  languageByArticle,
  scriptOf,
  wordsIn,
} from './answer-kinds.ts';
import { normalisedWords, normaliseText } from './text-comparison.ts';

/** What is shown of a card as the question, and what is the answer. */
export interface CardSide {
  readonly card: EntryOf<'card'>;
  readonly ask: string;
  readonly prompt: string;
  readonly answer: string;
  /** Whether the back is shown and the front is the answer. */
  readonly isReversed: boolean;
}

/** Cards that take their wrong answers from one list. */
export interface CardGroup {
  readonly sides: readonly CardSide[];
  /** The different answers of these cards. If these are too few, also answers of other cards. */
  readonly answers: readonly string[];
}

/** Fewest different answers of one kind from which multiple choice is made. */
export const fewestAnswers = 4;

/** From this share of fronts with several backs on, a deck holds several lists, such as two languages. */
const sharedFronts = 1 / 3;

type Sides = readonly CardSide[];
type KeyOfSide = (side: CardSide) => string;

/** A text as it is compared with others. Of a text without letters and digits, nothing would be left. */
export const keyOf = (text: string): string => normaliseText(text) || text;

/** A prompt as it is compared with others. Signs count, because formulas may differ in nothing else. */
export const promptKey = (prompt: string): string => prompt.normalize('NFKC').toLowerCase();

export function groupsOf(sides: Sides): readonly CardGroup[] {
  const list = listOf(sides);
  const asked = sides.filter(({ prompt, answer }) => !(isQuestion(prompt) && isYesOrNo(answer)));
  return groupBy(asked, formOfSide).flatMap((same) => {
    if (!same.some(hasWords)) return divide(same, same, [smallestTopic], oneGroup);
    const { large, rest } = byOpening(same);
    return [
      ...large.flatMap((part) => divide(part, same, [secondOpening, () => list, smallestTopic], oneGroup)),
      ...divide(rest, same, [() => list], byTopicOrLength),
    ];
  });
}

const hasWords = ({ answer }: CardSide): boolean => kindOfAnswer(answer).startsWith('words');

const formOfSide = (side: CardSide): string =>
  [kindOfAnswer(side.answer), side.isReversed, hasWords(side) ? scriptOf(side.prompt) : ''].join(' ');

/**
 * Divides sides by one key after the other, and groups each part. If a part has too few answers, its sides take wrong
 * answers of about the same length from the next larger part.
 */
function divide(
  sides: Sides,
  larger: Sides,
  keys: readonly ((sides: Sides) => KeyOfSide)[],
  group: (part: Sides) => readonly CardGroup[],
): readonly CardGroup[] {
  if (answersIn(sides).size < fewestAnswers) return sides.map((side) => withCloseAnswers(side, larger));
  const [key, ...next] = keys;
  if (!key) return group(sides);
  const { large, rest } = partsOf(sides, key(sides));
  return [...large, rest].flatMap((part) => divide(part, sides, next, group));
}

const oneGroup = (sides: Sides): readonly CardGroup[] => [{ sides, answers: [...answersIn(sides).values()] }];

/**
 * Groups sides of which only the form is known: by topic, and without a topic by the number of words, because names of
 * one word may be places and names of two words people.
 */
function byTopicOrLength(sides: Sides): readonly CardGroup[] {
  const topic = smallestTopic(sides);
  const isWhole = new Set(sides.map(topic)).size === 1;
  const { large, rest } = partsOf(sides, (side) => (isWhole ? '' : topic(side)) || wordCount(side));
  return [...large.flatMap(oneGroup), ...rest.map((side) => withCloseAnswers(side, sides))];
}

function withCloseAnswers(side: CardSide, larger: Sides): CardGroup {
  const close = larger.filter(({ answer }) => isCloseInLength(answer, side.answer));
  return { sides: [side], answers: [...answersIn([...close, side]).values()] };
}

/** `large`: the groups of sides that have enough answers. `rest`: the sides of all other groups, and all sides with an
 * empty key. */
function partsOf(sides: Sides, key: KeyOfSide): { readonly large: readonly Sides[]; readonly rest: Sides } {
  const parts = groupBy(sides, key);
  const isLarge = (part: Sides): boolean =>
    part.some((side) => key(side) !== '') && answersIn(part).size >= fewestAnswers;
  return { large: parts.filter(isLarge), rest: parts.filter((part) => !isLarge(part)).flat() };
}

/** The different answers, by the text with which they are compared. */
const answersIn = (sides: Sides): ReadonlyMap<string, string> =>
  new Map(sides.map(({ answer }) => [keyOf(answer), answer]));

/** Divides sides by the first word of the prompt. The sides with rare first words are `rest`. */
function byOpening(sides: Sides): { readonly large: readonly Sides[]; readonly rest: Sides } {
  const { large, rest } = partsOf(sides, (side) => opening(side, 1));
  return { large, rest: groupBy(rest, wordCount).flatMap(withoutConflict) };
}

/** If a part asks for people, places or times at once, leaves these questions out: a place does not answer "who". */
function withoutConflict(sides: Sides): Sides {
  const asked = sides.map(({ prompt }) => askedFor(prompt));
  return new Set(asked.filter(Boolean)).size > 1 ? sides.filter((_, index) => asked[index] === undefined) : sides;
}

const wordCount: KeyOfSide = ({ answer }) => `${wordsIn(answer)} words`;

const secondOpening = (): KeyOfSide => (side) => opening(side, 2);

/** The first words of a prompt, such as "capital of". Empty if the prompt has no more words, or is a noun with its article. */
function opening({ prompt, isReversed }: CardSide, count: number): string {
  const words = normalisedWords(prompt);
  return isReversed || words.length <= count || isArticle(words[0] ?? '') ? '' : words.slice(0, count).join(' ');
}

/**
 * Tells the lists of a deck apart, such as the languages of a vocabulary. Answers with an article tell their language. In
 * a deck in which the fronts repeat with other backs, a topic in which no front repeats is a list, and otherwise the
 * first backs of all fronts are one list, the second ones another.
 */
function listOf(sides: Sides): KeyOfSide {
  const language = languageByArticle(sides.map(({ answer }) => answer));
  const backs = new Map<string, Set<string>>();
  const number = new Map<CardSide, number>();
  for (const side of sides) {
    const known = backs.get(promptKey(side.prompt)) ?? new Set<string>();
    backs.set(promptKey(side.prompt), known.add(keyOf(side.answer)));
    number.set(side, known.size);
  }
  const shared = [...backs.values()].filter(({ size }) => size > 1).length;
  if (shared < fewestAnswers || shared < sharedFronts * backs.size) return ({ answer }) => language(answer);
  const topics = topicsWithoutSharedFronts(sides);
  return (side) => {
    const topic = side.card.topics.find((one) => topics.has(one));
    return topic === undefined ? language(side.answer) || String(number.get(side)) : `topic ${topic}`;
  };
}

function topicsWithoutSharedFronts(sides: Sides): ReadonlySet<string> {
  const fronts = new Map<string, string[]>();
  for (const { card, prompt } of sides)
    for (const topic of card.topics) fronts.set(topic, [...(fronts.get(topic) ?? []), promptKey(prompt)]);
  return new Set([...fronts].flatMap(([topic, all]) => (new Set(all).size === all.length ? topic : [])));
}

/** Of several topics of a card, the smallest one with enough answers counts. */
function smallestTopic(sides: Sides): KeyOfSide {
  const answersOf = new Map<string, Set<string>>();
  for (const { card, answer } of sides)
    for (const topic of card.topics) {
      const known = answersOf.get(topic) ?? new Set<string>();
      answersOf.set(topic, known.add(keyOf(answer)));
    }
  const size = (topic: string) => answersOf.get(topic)?.size ?? 0;
  return ({ card }) =>
    card.topics.filter((topic) => size(topic) >= fewestAnswers).toSorted((a, b) => size(a) - size(b))[0] ?? '';
}

function groupBy(sides: Sides, key: KeyOfSide): readonly Sides[] {
  const groups = new Map<string, CardSide[]>();
  for (const side of sides) {
    const group = groups.get(key(side));
    if (group) group.push(side);
    else groups.set(key(side), [side]);
  }
  return [...groups.values()];
}
