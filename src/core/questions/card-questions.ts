/**
 * Makes multiple choice from cards. The wrong answers of a card are those that the group wrote, and otherwise the answers
 * of other cards of the same kind. `card-groups.ts` decides which answers are of one kind.
 *
 * Cards of one kind are sorted by the length of their answers and cut into small groups. The answers of a group are the
 * wrong answers of each other. So each of them is right as often as the others, and no rule that looks only at the
 * options, such as "take the longest", does better than chance.
 */
import { dice, seedOf } from '../dice.ts';
import type { EntryOf } from '../pack/pack.ts';
import { buildCandidate } from './build-candidate.ts';
import { isQuestion } from './answer-kinds.ts';
import { type CardSide, fewestAnswers, groupsOf, keyOf, promptKey } from './card-groups.ts';
import type { PackIndex, QuestionCandidate } from './question-candidate.ts';
import { amountIn, comparableValues, normalisedWords } from './text-comparison.ts';

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
    const right = alsoRight.get(promptKey(side.prompt)) ?? new Set();
    const own = side.card.wrong.filter((text) => keyOf(text) !== keyOf(side.answer));
    const others = (offered.get(side) ?? []).filter((text) => !right.has(keyOf(text)));
    const wrong = distinct([...own, ...others]);
    // The wrong answers of the group are checked even if they are too few, so that the import can say what is wrong.
    return wrong.length < fewestAnswers - 1 && own.length === 0 ? [] : [candidateOf(side, wrong, packIndex)];
  });
}

function candidateOf(
  { card, ask, answer }: CardSide,
  wrong: readonly string[],
  packIndex: PackIndex,
): QuestionCandidate {
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
function sideOf(card: EntryOf<'card'>): CardSide | undefined {
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

/** All right answers to each prompt. Two cards may have the same front and different backs. */
function answersByPrompt(sides: readonly CardSide[]): ReadonlyMap<string, ReadonlySet<string>> {
  const answers = new Map<string, Set<string>>();
  for (const { prompt, answer } of sides) {
    const key = promptKey(prompt);
    answers.set(key, (answers.get(key) ?? new Set()).add(keyOf(answer)));
  }
  return answers;
}

/** For each side, the answers of other cards that may be its wrong answers, the best first. */
function offeredAnswers(sides: readonly CardSide[]): ReadonlyMap<CardSide, readonly string[]> {
  const offered = new Map<CardSide, readonly string[]>();
  for (const group of groupsOf(sides)) {
    const ordered = inOrder(group.answers);
    const count = Math.max(1, Math.round(ordered.length / groupSize));
    const part = (index: number) => Math.min(count - 1, Math.floor((index * count) / ordered.length));
    const place = new Map(ordered.map((answer, index) => [keyOf(answer), index]));
    const parts = ordered.reduce<string[][]>((made, answer, index) => {
      (made[part(index)] ??= []).push(answer);
      return made;
    }, []);
    for (const side of group.sides) {
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
