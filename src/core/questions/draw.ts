/**
 * Draws the questions of a round from the bank: of different facts, kinds and difficulties, none giving away another, with
 * newly chosen options. The same options, seed included, always give the same round.
 */
import { dice, seedOf } from '../dice.ts';
import type { Pack } from '../pack/pack.ts';
import { type Bank, displayOrder } from './bank.ts';
import { type PackIndex, packIndexOf } from './question-candidate.ts';
import { givesAway, maxTrueFalseShare } from './checks-set.ts';
import { type Question, answerOf } from './question.ts';

export interface DrawOptions {
  readonly seed: number;
  readonly count: number;
  /** Id of a topic of the pack. */
  readonly topic?: string;
  /** Ids of entries: only questions about these or about entries that link to them. */
  readonly about?: readonly string[];
  /** Ids of questions that the players have seen, the oldest first. They come after the unseen ones, in this order. */
  readonly seen?: ReadonlySet<string>;
}

/** Random orders tried while a round is not full. */
const maxTries = 12;

/** The questions of a round in the order of play. Fewer than `count` if the bank has no more that fit together. */
export function drawRound(bank: Bank, pack: Pack, options: DrawOptions): readonly Question[] {
  const packIndex = packIndexOf(pack);
  const chance = dice(options.seed);
  const fitted = matching(bank, packIndex, options);
  let chosen: Question[] = [];
  // If the first question gives away many others, a small topic may run short; another order may be better.
  for (let tries = 0; tries < maxTries && chosen.length < Math.min(options.count, fitted.length); tries++) {
    const row = chooseFrom(byPriority(chance.shuffle(fitted), options), options.count, packIndex);
    if (row.length > chosen.length) chosen = row;
  }
  return inPlayOrder(chance.shuffle(chosen)).map((question) => withFreshOptions(question, bank, options.seed));
}

function matching({ questions }: Bank, packIndex: PackIndex, { topic, about }: DrawOptions): readonly Question[] {
  const entries = (question: Question) => question.about.flatMap((id) => packIndex.entry(id) ?? []);
  return questions.filter(
    (question) =>
      (topic === undefined || entries(question).some(({ topics }) => topics.includes(topic))) &&
      (about === undefined ||
        entries(question).some(({ id, links }) => [id, ...links].some((one) => about.includes(one)))),
  );
}

/** Two tiers: unseen questions, those about the given entries first; then seen questions, the oldest first. */
function byPriority(questions: readonly Question[], { seen = new Set(), about }: DrawOptions): readonly Question[][] {
  const near = ({ about: ids }: Question) => (about === undefined || ids.some((id) => about.includes(id)) ? 0 : 1);
  const unseen = questions.filter(({ id }) => !seen.has(id)).toSorted((a, b) => near(a) - near(b));
  return [unseen, [...seen].flatMap((id) => questions.find((question) => question.id === id) ?? [])];
}

/** Chooses in passes. The first pass wants different facts, kinds and difficulties; each later pass wants less. */
function chooseFrom(tiers: readonly Question[][], count: number, packIndex: PackIndex): Question[] {
  const chosen: Question[] = [];
  const share = Math.max(1, Math.floor(count / 3));
  const few = tiers.flat().every(lacksFourOptions) ? count : Math.floor(count * maxTrueFalseShare);
  const tooMany = (one: Question) =>
    lacksFourOptions(one) && chosen.filter(({ kind }) => kind === one.kind).length >= few;
  const fresh = (one: Question) => !chosen.some(({ about }) => about.some((id) => one.about.includes(id)));
  const newFact = (one: Question) => !chosen.some(({ about }) => about[0] === one.about[0]);
  const silent = (one: Question) => !chosen.some((other) => givesAway(one, other, packIndex, true));
  const mixed = (one: Question) =>
    chosen.filter(({ kind }) => kind === one.kind).length < share &&
    chosen.filter(({ difficulty }) => difficulty === one.difficulty).length < Math.ceil(count / 2);
  const passes = [
    (one: Question) => fresh(one) && silent(one) && mixed(one),
    (one: Question) => newFact(one) && silent(one) && mixed(one),
    (one: Question) => newFact(one) && silent(one),
    newFact,
    () => true,
  ];
  for (const questions of tiers)
    for (const fits of passes)
      for (const question of questions) {
        if (chosen.length >= count) return chosen;
        if (chosen.includes(question) || chosen.some((other) => givesAway(question, other, packIndex))) continue;
        // This limit holds even if the round stays short.
        if (!tooMany(question) && fits(question)) chosen.push(question);
      }
  return chosen;
}

/** True-false questions and typed years, which are kept rare: the first are easy to guess, the second need a form. */
function lacksFourOptions({ kind }: Question): boolean {
  return kind === 'true-false' || kind === 'closest-year';
}

/** Easy questions first, and where possible no two of one kind in a row. */
function inPlayOrder(questions: readonly Question[]): Question[] {
  const left = questions.toSorted((a, b) => a.difficulty - b.difficulty);
  const row: Question[] = [];
  while (left.length > 0) {
    const other = left.findIndex(({ kind }) => kind !== row.at(-1)?.kind);
    row.push(...left.splice(Math.max(0, other), 1));
  }
  return row;
}

/** The question with three newly chosen wrong answers. True-false questions and typed years stay as they are. */
function withFreshOptions(question: Question, { spares }: Bank, seed: number): Question {
  if (lacksFourOptions(question)) return question;
  const chance = dice(seedOf(question.id, seed));
  const answer = answerOf(question);
  const wrong = [
    ...question.options.filter((_, index) => index !== question.right),
    ...(spares?.get(question.id) ?? []),
  ];
  const options = displayOrder([answer, ...chance.shuffle(wrong).slice(0, 3)], seedOf(question.id, seed + 1));
  return { ...question, options, right: options.indexOf(answer) };
}
