/**
 * A round out of the bank: questions that do not give one another away, of many facts, kinds and levels, their options
 * dealt anew. The same wish gives the same round; the wish names the seed, and nothing here throws dice of its own.
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
  /** A topic of the pack. */
  readonly topic?: string;
  /** Entry ids: only questions about these entries, or about one that links to them. */
  readonly about?: readonly string[];
  /** Question ids the players know, the oldest first. Unseen questions come first, then these in their order. */
  readonly seen?: ReadonlySet<string>;
}

/** Orders tried for a round that does not fill up. */
const maxTries = 12;

/** The questions of a round in the order of play; fewer than `count` where the bank has no more that fit together. */
export function drawRound(bank: Bank, pack: Pack, options: DrawOptions): readonly Question[] {
  const packIndex = packIndexOf(pack);
  const chance = dice(options.seed);
  const fitted = matching(bank, packIndex, options);
  let chosen: Question[] = [];
  // A first question that gives many others away would leave a small topic short; another order may not.
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

/** The unseen, those nearest to the asked entries first; then the seen, the oldest first. */
function byPriority(questions: readonly Question[], { seen = new Set(), about }: DrawOptions): readonly Question[][] {
  const near = ({ about: ids }: Question) => (about === undefined || ids.some((id) => about.includes(id)) ? 0 : 1);
  const unseen = questions.filter(({ id }) => !seen.has(id)).toSorted((a, b) => near(a) - near(b));
  return [unseen, [...seen].flatMap((id) => questions.find((question) => question.id === id) ?? [])];
}

/** Greedy, in passes: at first strict about facts, kinds and levels, then only about giving away. */
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
        // This bound holds however short the round stays, unless there is nothing else to ask.
        if (!tooMany(question) && fits(question)) chosen.push(question);
      }
  return chosen;
}

/** Not four options: a statement, guessed right one time in two, or a year, which takes a form. Each kind stays rare. */
function lacksFourOptions({ kind }: Question): boolean {
  return kind === 'true-false' || kind === 'closest-year';
}

/** Easy ones early, and no two of one kind in a row where another can go between. */
function inPlayOrder(questions: readonly Question[]): Question[] {
  const left = questions.toSorted((a, b) => a.difficulty - b.difficulty);
  const row: Question[] = [];
  while (left.length > 0) {
    const other = left.findIndex(({ kind }) => kind !== row.at(-1)?.kind);
    row.push(...left.splice(Math.max(0, other), 1));
  }
  return row;
}

/** Options dealt anew: three of the approved wrong answers, in a new order. True and False stay as they are; a year has none. */
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
