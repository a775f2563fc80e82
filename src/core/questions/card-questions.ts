/**
 * Makes multiple choice from cards. The wrong answers of a card are those that the group wrote, and otherwise the answers
 * of other cards of the same kind: of the same form and topic, and close in length.
 *
 * Cards of one kind are sorted by the length of their answers and cut into small groups. The answers of a group are the
 * wrong answers of each other. So each of them is right as often as the others, and no rule that looks only at the
 * options, such as "take the longest", does better than chance.
 */
import { dice, seedOf } from '../dice.ts';
import type { EntryOf } from '../pack/pack.ts';
import { buildCandidate } from './build-candidate.ts';
import { formOf } from './checks-options.ts';
import type { PackIndex, QuestionCandidate } from './question-candidate.ts';
import { amountIn, comparableValues, normalisedWords, normaliseText } from './text-comparison.ts';

type Card = EntryOf<'card'>;

/** What is shown of a card as the question, and what is the answer. */
interface Side {
  readonly card: Card;
  readonly ask: string;
  readonly prompt: string;
  readonly answer: string;
  /** Whether the back is shown and the front is the answer. */
  readonly isReversed: boolean;
}

/** Fewest different answers of one kind from which multiple choice is made. */
const fewestAnswers = 4;

/** Usual number of answers in a group. A question takes at most five wrong answers. */
const groupSize = 6;

/** An answer of more words is an explanation, which makes a poor option. Then the card is asked the other way round. */
const mostWords = 6;
/** A shorter limit in characters is for languages that write no spaces between words. */
const mostCharacters = 70;
/** Longest text within a question. */
const longestPrompt = 280;

/** Number of wrong answers to choose from. The checks may refuse some of them. */
const mostOffered = 14;

/** The candidates of all cards that can be asked. */
export function candidatesFromCards(packIndex: PackIndex): readonly QuestionCandidate[] {
  const cards = packIndex.pack.entries.filter((entry) => entry.kind === 'card');
  const sides = cards.flatMap((card) => sideOf(card) ?? []);
  const offered = offeredAnswers(sides);
  const alsoRight = answersByPrompt(sides);
  return sides.flatMap((side) => {
    const right = alsoRight.get(keyOf(side.prompt)) ?? new Set();
    const own = side.card.wrong.filter((text) => keyOf(text) !== keyOf(side.answer));
    const others = (offered.get(side) ?? []).filter((text) => !right.has(keyOf(text)));
    const wrong = distinct([...own, ...others]);
    return wrong.length < fewestAnswers - 1 ? [] : [candidateOf(side, wrong, packIndex)];
  });
}

function candidateOf({ card, ask, answer }: Side, wrong: readonly string[], packIndex: PackIndex): QuestionCandidate {
  const { id, front, back, extra, source } = card;
  const whole = [
    `${front}: ${back}`,
    ...(extra === undefined ? [] : [extra]),
    ...(source === undefined ? [] : [source]),
  ];
  return buildCandidate(
    {
      id: `card-${id}`,
      kind: 'card',
      about: [card],
      ask,
      answer: { text: answer },
      wrong: wrong.map((text) => ({ text })),
      explanation: whole.join(' · ').replaceAll(/\s+/g, ' ').slice(0, 500),
      difficulty: 2,
      origin: 'generated',
    },
    packIndex,
  );
}

/**
 * How a card is asked: the front is shown and the back is the answer. If the back is too long for an option and the
 * front is short, the back is shown instead. Undefined if neither side is short enough.
 */
function sideOf(card: Card): Side | undefined {
  if (card.neverAsk !== undefined) return undefined;
  const [front, back] = [card.front, card.back].map((text) => text.replaceAll(/\s+/g, ' ')) as [string, string];
  const isMultiline = card.back.includes('\n');
  if ((isOption(back) || card.wrong.length > 0) && !isMultiline && front.length <= longestPrompt)
    return {
      card,
      isReversed: false,
      prompt: front,
      answer: back,
      ask: isQuestion(front) ? front : `Which of these goes with “${front}”?`,
    };
  if (isOption(front) && !isQuestion(front) && card.wrong.length === 0 && back.length <= longestPrompt)
    return { card, isReversed: true, prompt: back, answer: front, ask: `Which of these is meant: “${back}”?` };
  return undefined;
}

const isOption = (text: string): boolean => text.length <= mostCharacters && text.split(' ').length <= mostWords;

const isQuestion = (text: string): boolean => /[?؟？]["”»)]?$/.test(text);

/** All right answers to each prompt. Two cards may have the same front and different backs. */
function answersByPrompt(sides: readonly Side[]): ReadonlyMap<string, ReadonlySet<string>> {
  const answers = new Map<string, Set<string>>();
  for (const { prompt, answer } of sides) {
    const key = keyOf(prompt);
    answers.set(key, (answers.get(key) ?? new Set()).add(keyOf(answer)));
  }
  return answers;
}

/** For each side, the answers of other cards that may be its wrong answers, the best first. */
function offeredAnswers(sides: readonly Side[]): ReadonlyMap<Side, readonly string[]> {
  const offered = new Map<Side, readonly string[]>();
  for (const group of groupsOf(sides)) {
    const ordered = inOrder([...new Map(group.map((side) => [keyOf(side.answer), side.answer])).values()]);
    const count = Math.max(1, Math.round(ordered.length / groupSize));
    const part = (index: number) => Math.min(count - 1, Math.floor((index * count) / ordered.length));
    const place = new Map(ordered.map((answer, index) => [keyOf(answer), index]));
    const parts = ordered.reduce<string[][]>((made, answer, index) => {
      (made[part(index)] ??= []).push(answer);
      return made;
    }, []);
    for (const side of group) {
      const index = place.get(keyOf(side.answer)) ?? 0;
      const near = dice(seedOf(side.card.id)).shuffle(parts[part(index)] ?? []);
      // Further answers are only taken if checks refuse some of the nearest ones.
      const reach = ordered.slice(Math.max(0, index - groupSize), index + groupSize + 1);
      const all = distinct([...near, ...reach]).filter((text) => keyOf(text) !== keyOf(side.answer));
      offered.set(side, all.slice(0, mostOffered));
    }
  }
  return offered;
}

/**
 * Splits the sides into groups of one kind. The answers of a group have the same form and the same first letter case. If
 * a topic has enough different answers, they also share this topic. Of several topics, the smallest one counts.
 */
function groupsOf(sides: readonly Side[]): readonly (readonly Side[])[] {
  const formed = groupBy(sides, ({ answer, isReversed }) => `${kindOfAnswer(answer)} ${isReversed}`);
  return formed.flatMap((same) => {
    const answersOf = new Map<string, Set<string>>();
    for (const { card, answer } of same)
      for (const topic of card.topics) {
        const known = answersOf.get(topic) ?? new Set<string>();
        answersOf.set(topic, known.add(keyOf(answer)));
      }
    const size = (topic: string) => answersOf.get(topic)?.size ?? 0;
    const smallest = (topics: readonly string[]): string =>
      topics.filter((topic) => size(topic) >= fewestAnswers).toSorted((a, b) => size(a) - size(b))[0] ?? '';
    return groupBy(same, ({ card }) => smallest(card.topics));
  });
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

/** A text as it is compared with others. Of a text without letters and digits, nothing would be left. */
const keyOf = (text: string): string => normaliseText(text) || text;

function kindOfAnswer(text: string): string {
  const form = formOf(text);
  const first = /^\P{L}*(\p{L})/u.exec(text)?.[1] ?? '';
  return [form, form === 'amount' ? amountIn(text)?.unit : '', /^\p{Lu}/u.test(text), first !== ''].join(' ');
}

/**
 * Sorts answers so that neighbours suit each other: words by their length. Numbers are spread instead, because numbers
 * next to each other are too near to be told apart.
 */
function inOrder(answers: readonly string[]): readonly string[] {
  const values = comparableValues(answers);
  const sorted = answers
    .map((text, index) => ({ text, size: values?.[index] ?? normalisedWords(text).length * 1_000 + text.length }))
    .toSorted((a, b) => a.size - b.size || (a.text < b.text ? -1 : 1))
    .map(({ text }) => text);
  if (amountIn(sorted[0] ?? '') === undefined) return sorted;
  const count = Math.max(1, Math.round(sorted.length / groupSize));
  const spread: string[][] = Array.from({ length: count }, () => []);
  for (const [index, text] of sorted.entries()) spread[index % count]?.push(text);
  return spread.flat();
}

function distinct(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [keyOf(text), text])).values()];
}
