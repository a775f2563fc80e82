/**
 * Makes multiple-choice questions from cards. The wrong options from the author of a card come first. Then come answers
 * of other cards, if they are of the same kind. `card-groups.ts` decides which answers are of the same kind.
 *
 * Cards of the same kind are sorted by the length of their answers and divided into small groups. Each answer of a
 * small group is a wrong answer to the other cards of this group. Therefore all answers of the group are right equally
 * often, and a rule that looks only at the options, such as "take the longest", is not better than chance.
 */
import { dice, seedOf } from '../dice.ts';
import type { EntryOf } from '../pack/pack.ts';
import { buildCandidate } from './build-candidate.ts';
import { isQuestion } from './answer-kinds.ts';
import { type CardSide, minAnswers, groupsOf, keyOf, promptKey } from './card-groups.ts';
import type { PackIndex, QuestionCandidate } from './question-candidate.ts';
import { amountIn, comparableValues, normalisedWords } from './text-comparison.ts';

/** Usual number of answers in a small group: the right answer of a question and its wrong answers (at most five). */
const groupSize = 6;

/**
 * Maximum number of words in an option. A longer text is an explanation, which makes a poor option. If the back is
 * longer, the card is reversed.
 */
const maxWords = 6;
/** Maximum number of characters in an option. This limit is needed for languages without spaces between words. */
const maxCharacters = 70;
/** Maximum length of a prompt, in characters. The prompt is the text of a card that is shown in the question. */
const longestPrompt = 280;

/**
 * A candidate gets at most this many answers of other cards as wrong answers. The checks may reject some of them.
 */
const maxOffered = 14;

/** The candidates for all cards from which a question can be made. */
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
    // If the author of a card gave too few wrong options, a candidate is made nevertheless. The candidate fails a
    // check, so the import can report the card.
    return wrong.length < minAnswers - 1 && own.length === 0 ? [] : [candidateOf(side, wrong, packIndex)];
  });
}

function candidateOf(
  { card, ask, answer }: CardSide,
  wrong: readonly string[],
  packIndex: PackIndex,
): QuestionCandidate {
  const { id, front, back, extra, source } = card;
  const whole = [
    // A front that ends with a punctuation mark, such as a question, needs no colon.
    /[\p{Sentence_Terminal}:;…]\s*$/u.test(front) ? `${front} ${back}` : `${front}: ${back}`,
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
 * Decides which text of a card is shown as the question and which text is the answer. Usually the front is shown and
 * the back is the answer. If the back cannot be an option, for example because it is too long, a short front is the
 * answer and the back is shown. Undefined if no question can be made from the card.
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

const isOption = (text: string): boolean => text.length <= maxCharacters && text.split(' ').length <= maxWords;

/**
 * The right answers to each prompt. A prompt can have several right answers, because two cards may have the same front
 * and different backs.
 */
function answersByPrompt(sides: readonly CardSide[]): ReadonlyMap<string, ReadonlySet<string>> {
  const answers = new Map<string, Set<string>>();
  for (const { prompt, answer } of sides) {
    const key = promptKey(prompt);
    answers.set(key, (answers.get(key) ?? new Set()).add(keyOf(answer)));
  }
  return answers;
}

/** For each side, the answers of other cards that can be its wrong options, the most suitable first. */
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
      // The answers in `reach` are used only if checks reject too many answers in `near`.
      const reach = ordered.slice(Math.max(0, index - groupSize), index + groupSize + 1);
      const all = distinct([...near, ...reach]).filter((text) => keyOf(text) !== keyOf(side.answer));
      offered.set(side, all.slice(0, maxOffered));
    }
  }
  return offered;
}

/**
 * Sorts answers so that neighbours are suitable options for the same question. Words are sorted by length, and dates by
 * time. Similar amounts are not placed next to each other, because the checks would reject them as options of the same
 * question.
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
