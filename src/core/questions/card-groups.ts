/**
 * Groups cards whose answers are of the same kind. The answer of one card can then be a wrong answer to the other cards
 * of its group. Answers with different forms or scripts are never in the same group. The groups are divided further by
 * the first words of the question, by language and by topic, as long as the parts have enough answers.
 */
import type { EntryOf } from '../pack/pack.ts';
import {
  askedFor,
  asksForAnything,
  isArticle,
  isCloseInLength,
  isQuestion,
  isTerm,
  isMeasured,
  isYesOrNo,
  kindOfAnswer,
  languageByArticle,
  scriptOf,
  wordsIn,
} from './answer-kinds.ts';
import { normalisedWords, normaliseText } from './text-comparison.ts';

/** The text of a card that is shown as the question, and the text that is the answer. */
export interface CardSide {
  readonly card: EntryOf<'card'>;
  readonly ask: string;
  readonly prompt: string;
  readonly answer: string;
  /** Whether the back is shown and the front is the answer. */
  readonly isReversed: boolean;
}

/** Cards that take their wrong answers from the same list. */
export interface CardGroup {
  readonly sides: readonly CardSide[];
  /** The distinct answers of these cards. If there are too few, the list also contains answers of other cards. */
  readonly answers: readonly string[];
}

/** Minimum number of distinct answers of the same kind that are needed for multiple-choice questions. */
export const minAnswers = 4;

/**
 * If at least this fraction of the fronts in a deck has several backs, the deck is treated as several lists, such as
 * translations of the same words into French and Spanish. At least {@link minAnswers} fronts must have several backs.
 */
const sharedFronts = 1 / 3;

type Sides = readonly CardSide[];
type KeyOfSide = (side: CardSide) => string;

/**
 * The form in which a text is compared. A text that contains neither letters nor digits is not normalised, because the
 * result would be empty.
 */
export const keyOf = (text: string): string => normaliseText(text) || text;

/**
 * The form in which a prompt is compared. Symbols are kept, because formulas may differ only in their symbols.
 */
export const promptKey = (prompt: string): string => prompt.normalize('NFKC').toLowerCase();

export function groupsOf(sides: Sides): readonly CardGroup[] {
  const list = listOf(sides);
  const topicsOf = ownTopics(sides);
  const asked = sides.filter(({ prompt, answer }) => !(isQuestion(prompt) && isYesOrNo(answer)));
  return groupBy(asked, formOfSide).flatMap((same) => {
    if (same.some(({ answer }) => isMeasured(answer))) return divide(same, same, [smallestTopic]);
    if (!same.some(hasWords)) return byTopicOrLength(same, same, topicsOf);
    const { large, rest } = byOpening(same);
    const lists = partsOf(rest, list);
    return [
      ...large.flatMap((part) => divide(part, part, [secondOpening, () => list, smallestTopic])),
      ...lists.large.flatMap((part) => byTopicOrLength(part, part, topicsOf)),
      ...byTopicOrLength(lists.rest, withOtherWords(lists.rest, same), topicsOf),
    ];
  });
}

/**
 * The sides whose answers can be wrong options for the sides in `few`. Usually returns `few` itself. But if its sides
 * have fewer than {@link minAnswers} different answers, and none of their prompts is a question, returns all sides in
 * `same` whose prompt is not a question. Answers to questions would not fit, because they are usually of another kind,
 * such as the name of a city.
 */
const withOtherWords = (few: Sides, same: Sides): Sides =>
  answersIn(few).size < minAnswers && !few.some(({ prompt }) => isQuestion(prompt))
    ? same.filter(({ prompt }) => !isQuestion(prompt))
    : few;

const hasWords = ({ answer }: CardSide): boolean => kindOfAnswer(answer).startsWith('words');

const formOfSide = (side: CardSide): string =>
  [kindOfAnswer(side.answer), side.isReversed, hasWords(side) ? scriptOf(side.prompt) : ''].join(' ');

/**
 * Divides sides by the first key, then divides each part by the next key. If `sides` has too few answers, it is not
 * divided. Its sides then take wrong answers of about the same length from `larger`. This is the part that was divided
 * to get `sides`. In the first call, `larger` equals `sides`.
 */
function divide(
  sides: Sides,
  larger: Sides,
  [key, ...next]: readonly ((sides: Sides) => KeyOfSide)[],
): readonly CardGroup[] {
  if (answersIn(sides).size < minAnswers) return withCloseAnswers(sides, larger, () => true);
  if (!key) return oneGroup(sides);
  const { large, rest } = partsOf(sides, key(sides));
  return [...large, rest].flatMap((part) => divide(part, sides, next));
}

const oneGroup = (sides: Sides): readonly CardGroup[] => [{ sides, answers: [...answersIn(sides).values()] }];

/**
 * Groups sides about which only the form of the answer is known. Sides are grouped by topic. Sides without a topic are
 * grouped by the number of words in the answer, because names of one word may be places and names of two words may be
 * people. If all sides have the same topic, all are grouped by the number of words.
 *
 * A side whose group would have too few answers takes answers of about the same length from `larger`. If the side has a
 * topic, these answers come from cards with the same topic. If it has none, they come from cards without a topic. Cards
 * of another topic may have answers of another kind.
 *
 * The cards of a vocabulary list are an exception. They also take answers from other topics, if these topics have too
 * few answers for groups of their own.
 */
function byTopicOrLength(sides: Sides, larger: Sides, topicsOf: TopicsOfSide): readonly CardGroup[] {
  const topic = smallestTopic(sides, topicsOf);
  const [first = '', ...others] = new Set(sides.map(topic));
  const isOneTopic = first !== '' && others.length === 0;
  const { large, rest } = partsOf(sides, (side) =>
    isOneTopic || topicsOf(side).length === 0 ? wordCount(side) : topic(side),
  );
  const grouped = new Set(large.flat());
  const isRelated = (side: CardSide, other: CardSide) =>
    (isTerm(side.prompt) && isTerm(other.prompt) && !grouped.has(other)) ||
    (topicsOf(side).length === 0
      ? topicsOf(other).length === 0
      : topicsOf(side).some((one) => topicsOf(other).includes(one)));
  return [...large.flatMap(oneGroup), ...withCloseAnswers(rest, larger, isRelated)];
}

type TopicsOfSide = (side: CardSide) => readonly string[];

/**
 * The topics of a card, except the topics that all cards share. A shared topic says nothing about the kind of an
 * answer.
 */
function ownTopics(sides: Sides): TopicsOfSide {
  const times = new Map<string, number>();
  for (const { card } of sides) for (const topic of card.topics) times.set(topic, (times.get(topic) ?? 0) + 1);
  return ({ card }) => card.topics.filter((topic) => times.get(topic) !== sides.length);
}

/**
 * Makes a group for each side. The group contains the answer of this side, and answers of about the same length. These
 * answers come from the sides in `larger` for which `isRelated` returns true.
 */
function withCloseAnswers(
  sides: Sides,
  larger: Sides,
  isRelated: (side: CardSide, other: CardSide) => boolean,
): readonly CardGroup[] {
  // Of the sides in `larger`, only the answers are used. Therefore, of several sides with the same answer and the same
  // topics, only one is kept. This saves time in a deck in which thousands of cards have the same answer, such as a
  // deck that asks for the articles of nouns.
  const others = groupBy(larger, ({ answer, card }) => [keyOf(answer), ...card.topics].join('\n')).flatMap(
    ([first]) => first ?? [],
  );
  return sides.map((side) => {
    const close = others.filter((other) => isRelated(side, other) && isCloseInLength(other.answer, side.answer));
    return { sides: [side], answers: [...answersIn([...close, side]).values()] };
  });
}

/**
 * `large`: for each key with enough answers, the sides with this key. `rest`: all other sides, including all sides with
 * an empty key.
 */
function partsOf(sides: Sides, key: KeyOfSide): { readonly large: readonly Sides[]; readonly rest: Sides } {
  const parts = groupBy(sides, key);
  const isLarge = (part: Sides): boolean => part.some((side) => key(side) !== '') && answersIn(part).size >= minAnswers;
  return { large: parts.filter(isLarge), rest: parts.filter((part) => !isLarge(part)).flat() };
}

/** `keyOf(answer)` → the answer. Contains all distinct answers of these sides. */
const answersIn = (sides: Sides): ReadonlyMap<string, string> =>
  new Map(sides.map(({ answer }) => [keyOf(answer), answer]));

/**
 * Divides sides by the first word of the prompt. `rest` contains the sides with rare first words, except those that
 * `withoutConflict` removes.
 */
function byOpening(sides: Sides): { readonly large: readonly Sides[]; readonly rest: Sides } {
  const { large, rest } = partsOf(sides, (side) => opening(side, 1));
  return { large, rest: groupBy(rest, wordCount).flatMap(withoutConflict) };
}

/**
 * Some prompts ask for a person, some for a place and some for a time. If the sides together ask for two or three of
 * these, keeps only the sides that ask for none of them, because a place cannot be a wrong option for "who". Otherwise
 * keeps all sides.
 */
function withoutConflict(sides: Sides): Sides {
  const asked = sides.map(({ prompt }) => askedFor(prompt));
  return new Set(asked.filter(Boolean)).size > 1 ? sides.filter((_, index) => asked[index] === undefined) : sides;
}

const wordCount: KeyOfSide = ({ answer }) => `${wordsIn(answer)} words`;

const secondOpening = (): KeyOfSide => (side) => opening(side, 2);

/**
 * The first `count` words of a prompt, such as "capital of". A word such as "what" at the beginning (see
 * `asksForAnything`) is included but not counted. Empty if the prompt has no other words, if it begins with an article,
 * or if the card is reversed.
 */
function opening({ prompt, isReversed }: CardSide, count: number): string {
  const words = normalisedWords(prompt);
  const [first = ''] = words;
  const length = asksForAnything(first) ? count + 1 : count;
  return isReversed || words.length <= length || isArticle(first) ? '' : words.slice(0, length).join(' ');
}

/**
 * Returns a function that names the list to which a side belongs. A deck may contain several lists, such as one list of
 * French words and one of Spanish words.
 *
 * If few fronts have several backs (see {@link sharedFronts}), each language is a list. The language is known from the
 * grammatical article of the answer, such as "der".
 *
 * If many fronts have several backs, the first of these rules that fits the side is used:
 *
 * 1. A topic of the side contains each front only once: this topic is the list.
 * 2. The language of the side is known: this language is the list.
 * 3. Otherwise the lists are numbered: list 1 has the first back of each front, list 2 the second back.
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
  if (shared < minAnswers || shared < sharedFronts * backs.size) return ({ answer }) => language(answer);
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

/**
 * The key of a side is one of the topics of its card: the topic with the fewest answers. Topics with too few answers
 * are ignored. The key is empty if no topic is left.
 */
function smallestTopic(sides: Sides, topicsOf: TopicsOfSide = ({ card }) => card.topics): KeyOfSide {
  const answersOf = new Map<string, Set<string>>();
  for (const side of sides)
    for (const topic of topicsOf(side)) {
      const known = answersOf.get(topic) ?? new Set<string>();
      answersOf.set(topic, known.add(keyOf(side.answer)));
    }
  const size = (topic: string) => answersOf.get(topic)?.size ?? 0;
  return (side) =>
    topicsOf(side)
      .filter((topic) => size(topic) >= minAnswers)
      .toSorted((a, b) => size(a) - size(b))[0] ?? '';
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
