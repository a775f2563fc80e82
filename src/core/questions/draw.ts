/**
 * Draws the questions of a round from the question bank. Where possible, the questions are about different facts, of
 * different kinds and of different difficulties. No question gives away the answer to another question. The wrong
 * options are chosen anew in every round. Drawing is a pure function: the same pack and the same arguments, including
 * the seed, give the same round.
 */
import { dice, seedOf } from '../dice.ts';
import type { Pack } from '../pack/pack.ts';
import { type Bank, displayOrder } from './bank.ts';
import { type PackIndex, packIndexOf } from './question-candidate.ts';
import { maxTrueFalseShare } from './checks-set.ts';
import { type GivesAway, giveAwayCheck } from './give-away.ts';
import { type Question, answerOf } from './question.ts';

export interface DrawOptions {
  readonly seed: number;
  readonly count: number;
  /** The id of a topic. If set, only questions on this topic are drawn. */
  readonly topic?: string;
  /** Ids of entries. If set, only questions about these entries, or about entries that link to them, are drawn. */
  readonly about?: readonly string[];
  /**
   * Ids of questions that the players have already seen, least recently seen first. They are drawn in this order when
   * there are not enough unseen questions.
   */
  readonly seen?: ReadonlySet<string>;
  /** The bank to draw from. Set only if a server has changed questions of the pack. */
  readonly bank?: Bank;
}

/**
 * Maximum number of attempts to choose the questions of a round. If an attempt finds too few questions, the next
 * attempt chooses all questions again in another random order.
 */
const maxTries = 12;

/**
 * The questions of a round, in the order in which they are asked. The result has fewer than `count` questions if too
 * few questions of the bank fit together.
 */
export type DrawRound = (options: DrawOptions) => readonly Question[];

/** Data that is computed once for a bank and used by all draws. */
interface Prepared {
  readonly bank: Bank;
  readonly packIndex: PackIndex;
  readonly givesAway: GivesAway;
}

/** Indexes a pack and its bank. The returned function can draw any number of rounds with this index. */
export function createDraw(bank: Bank, pack: Pack): DrawRound {
  const packIndex = packIndexOf(pack);
  const prepared = { bank, packIndex, givesAway: giveAwayCheck(bank, packIndex) };
  return (options) => drawRound(prepared, options);
}

function drawRound({ packIndex, givesAway, ...prepared }: Prepared, options: DrawOptions): readonly Question[] {
  const { bank = prepared.bank } = options;
  const chance = dice(options.seed);
  const fitted = matching(bank, packIndex, options);
  let chosen: Question[] = [];
  // Two questions exclude each other if one of them gives away the answer to the other. If the first chosen question
  // excludes many questions of a small topic, too few questions may be left. Another random order may then give a round
  // with more questions.
  for (let tries = 0; tries < maxTries && chosen.length < Math.min(options.count, fitted.length); tries++) {
    const row = chooseFrom(byPriority(chance.shuffle(fitted), options), options.count, givesAway);
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

/**
 * Splits the questions into two groups. The first group contains the unseen questions. It begins with the questions
 * about entries that are listed in `DrawOptions.about`. The second group contains the seen questions, least recently
 * seen first.
 */
function byPriority(questions: readonly Question[], { seen = new Set(), about }: DrawOptions): readonly Question[][] {
  const near = ({ about: ids }: Question) => (about === undefined || ids.some((id) => about.includes(id)) ? 0 : 1);
  const unseen = questions.filter(({ id }) => !seen.has(id)).toSorted((a, b) => near(a) - near(b));
  const byId = new Map(questions.map((question) => [question.id, question]));
  return [unseen, [...seen].flatMap((id) => byId.get(id) ?? [])];
}

/**
 * Chooses questions in several passes. The first pass requires different facts, kinds and difficulties. Each later pass
 * has fewer requirements. In every pass, no chosen question may give away the answer to another.
 */
function chooseFrom(tiers: readonly Question[][], count: number, givesAway: GivesAway): Question[] {
  const chosen: Question[] = [];
  const share = Math.max(1, Math.floor(count / 3));
  const few = tiers.flat().every(lacksFourOptions) ? count : Math.floor(count * maxTrueFalseShare);
  const tooMany = (one: Question) =>
    lacksFourOptions(one) && chosen.filter(({ kind }) => kind === one.kind).length >= few;
  const fresh = (one: Question) => !chosen.some(({ about }) => about.some((id) => one.about.includes(id)));
  const newFact = (one: Question) => !chosen.some(({ about }) => about[0] === one.about[0]);
  const newAnswer = (one: Question) =>
    one.kind === 'true-false' || !chosen.some((other) => answerOf(other) === answerOf(one));
  const silent = (one: Question) => !chosen.some((other) => givesAway(one, other, true));
  const mixed = (one: Question) =>
    chosen.filter(({ kind }) => kind === one.kind).length < share &&
    chosen.filter(({ difficulty }) => difficulty === one.difficulty).length < Math.ceil(count / 2);
  const passes = [
    (one: Question) => fresh(one) && newAnswer(one) && mixed(one) && silent(one),
    (one: Question) => newFact(one) && newAnswer(one) && mixed(one) && silent(one),
    (one: Question) => newFact(one) && newAnswer(one) && silent(one),
    (one: Question) => newFact(one) && newAnswer(one),
    newFact,
    () => true,
  ];
  for (const questions of tiers)
    for (const fits of passes)
      for (const question of questions) {
        if (chosen.length >= count) return chosen;
        // The limit on true-false and typed-year questions applies even if the round then has fewer than `count`
        // questions. The slowest test, `givesAway`, comes last.
        if (chosen.includes(question) || tooMany(question) || !fits(question)) continue;
        if (!chosen.some((other) => givesAway(question, other))) chosen.push(question);
      }
  return chosen;
}

/**
 * Whether a question is true-false or asks for a typed year. A round has only a few questions of these kinds, because
 * true-false questions are easy to guess and a typed year requires an additional modal.
 */
function lacksFourOptions({ kind }: Question): boolean {
  return kind === 'true-false' || kind === 'closest-year';
}

/**
 * Sorts the questions by difficulty, easy questions first. Where possible, neighbouring questions are of different
 * kinds.
 */
function inPlayOrder(questions: readonly Question[]): Question[] {
  const left = questions.toSorted((a, b) => a.difficulty - b.difficulty);
  const row: Question[] = [];
  while (left.length > 0) {
    const other = left.findIndex(({ kind }) => kind !== row.at(-1)?.kind);
    row.push(...left.splice(Math.max(0, other), 1));
  }
  return row;
}

/**
 * The same question with three newly chosen wrong answers. True-false and typed-year questions are returned unchanged.
 */
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
