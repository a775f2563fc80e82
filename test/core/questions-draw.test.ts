/** Tests rounds that are drawn from the shipped pack with many seeds. */
import { describe, expect, test } from 'vitest';
import { readBank } from '../../src/core/questions/bank.ts';
import { packIndexOf } from '../../src/core/questions/question-candidate.ts';
import { giveAwayCheck } from '../../src/core/questions/give-away.ts';
import { createDraw, type DrawOptions } from '../../src/core/questions/draw.ts';
import { type Question, answerOf, questionKinds } from '../../src/core/questions/question.ts';
import { amountIn, dateIn } from '../../src/core/questions/text-comparison.ts';
import { packOf, questionsOf } from '../support/packs/read.ts';

const folder = 'data/russia-iran';
const pack = packOf(folder);
const bank = readBank(pack, questionsOf(folder));
const packIndex = packIndexOf(pack);
const givesAway = giveAwayCheck(bank, packIndex);
const inBank = new Map(bank.questions.map((question) => [question.id, question]));
const seeds = Array.from({ length: 60 }, (_, index) => index * 7919);
const drawRound = createDraw(bank, pack);
const draw = (options: Partial<DrawOptions> = {}) => drawRound({ seed: 1, count: 10, ...options });
/** For each topic, rounds of ten questions. Several tests use the same rounds, because drawing them takes seconds. */
const topicRounds = seeds
  .slice(0, 20)
  .flatMap((seed) => pack.topics.map(({ id: topic }) => ({ seed, topic, round: draw({ seed, topic }) })));
const ids = (round: readonly Question[]) => round.map(({ id }) => id);
/** Whether a question has four options. True-false questions have two options, and year questions have no options. */
const isChoice = ({ options }: Question) => options.length > 2;
const rank = (text: string) => amountIn(text)?.value ?? Number(dateIn(text)?.replaceAll('-', '').padEnd(8, '0'));
/**
 * Whether one of the questions gives away the answer of the other. Both are read from the bank, because a drawn
 * question can have other options.
 */
const givesInBank = (one: Question, other: Question) =>
  givesAway(inBank.get(one.id) ?? one, inBank.get(other.id) ?? other);
const repeatedEntries = (round: readonly Question[]) => round.length - new Set(round.map(({ about }) => about[0])).size;

describe('drawing a round', () => {
  test('createDraw reads the entries of the pack, and later draws do not read them again', () => {
    let reads = 0;
    const counted = {
      ...pack,
      get entries() {
        reads += 1;
        return pack.entries;
      },
    };
    const drawFrom = createDraw(bank, counted);
    const before = reads;
    expect(before).toBeGreaterThan(0);
    expect(drawFrom({ seed: 1, count: 10 })).toEqual(draw());
    expect(drawFrom({ seed: 2, count: 10, topic: 'nuclear' })).toEqual(draw({ seed: 2, topic: 'nuclear' }));
    expect(reads).toBe(before);
  });

  test('the same seed gives the same round, and another seed gives a different round', () => {
    expect(draw({ seed: 42 })).toEqual(draw({ seed: 42 }));
    expect(ids(draw({ seed: 42 }))).not.toEqual(ids(draw({ seed: 43 })));
  });

  test('a round is unchanged after it is written as JSON and read again', () =>
    expect(JSON.parse(JSON.stringify(draw()))).toEqual(draw()));

  test('a round has the requested number of questions, all different', () => {
    for (const seed of seeds)
      for (const count of [1, 3, 10, 15]) {
        const round = draw({ seed, count });
        expect(round.length).toBe(count);
        expect(new Set(ids(round)).size).toBe(count);
      }
  });

  test('no question of a round gives away the answer of another question', () => {
    // There is one assertion at the end, because an assertion for each of about twenty thousand pairs would be slow.
    const given: string[] = [];
    const rounds = seeds.slice(0, 20).map((seed) => draw({ seed, count: 15 }));
    for (const round of [...rounds, ...topicRounds.map((each) => each.round)])
      for (const [index, one] of round.entries())
        for (const other of round.slice(index + 1)) if (givesInBank(one, other)) given.push(`${one.id} ${other.id}`);
    expect(given).toEqual([]);
  });

  test('a round contains no fact twice, and has questions of several kinds and difficulties', () => {
    for (const seed of seeds) {
      const round = draw({ seed });
      expect(repeatedEntries(round)).toBe(0);
      expect(new Set(round.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3);
      expect(new Set(round.map(({ difficulty }) => difficulty)).size).toBeGreaterThanOrEqual(2);
    }
  });

  test('at most a quarter of the questions of a round are true-false questions, and at most a quarter are year questions; if the round has no topic, at most a third of its questions are of the same kind', () => {
    for (const seed of seeds.slice(0, 20))
      for (const topic of [undefined, ...pack.topics.map(({ id }) => id)])
        for (const count of [3, 5, 10]) {
          const round = draw({ seed, count, ...(topic !== undefined && { topic }) });
          const of = (wanted: string) => round.filter(({ kind }) => kind === wanted).length;
          expect(of('true-false')).toBeLessThanOrEqual(count / 4);
          expect(of('closest-year')).toBeLessThanOrEqual(count / 4);
          if (topic === undefined) for (const { kind } of round) expect(of(kind)).toBeLessThanOrEqual(count / 3);
        }
  });

  test('every kind of question that the shipped pack contains is drawn in at least one round', () => {
    const met = new Set(seeds.flatMap((seed) => draw({ seed }).map(({ kind }) => kind)));
    expect([...met].toSorted()).toEqual(questionKinds.filter((kind) => kind !== 'year' && kind !== 'card').toSorted());
  });

  test('a round starts with easy questions and rarely has the same kind twice in a row', () => {
    const rows = seeds.map((seed) => draw({ seed }));
    const repeats = rows.flatMap((row) => row.filter(({ kind }, index) => kind === row[index - 1]?.kind));
    expect(repeats.length / rows.length).toBeLessThan(0.5);
    const level = (from: number) =>
      rows.flatMap((row) => row.slice(from, from + 5)).reduce((sum, { difficulty }) => sum + difficulty, 0);
    expect((level(5) - level(0)) / rows.length).toBeGreaterThan(1);
  });

  test('a round on a topic contains only questions on that topic', () => {
    for (const { id } of pack.topics) {
      const round = draw({ topic: id, count: 5 });
      expect(round.length, id).toBeGreaterThanOrEqual(id === 'syria' ? 3 : 5);
      for (const { about } of round) expect(about.flatMap((one) => packIndex.entry(one)?.topics ?? [])).toContain(id);
    }
  });

  // A round never contains two questions of which one gives away the answer of the other. Therefore, a round on a topic
  // with few questions can be shorter than requested. The topic Syria has few questions, because the article says little
  // about Syria.
  test('for every seed, a round on the topic Syria has at least four questions, and a round on any other topic has at least six questions', () => {
    const short = topicRounds.filter(({ topic, round }) => round.length < (topic === 'syria' ? 4 : 6));
    expect(short.map(({ seed, topic }) => `${topic} ${seed}`)).toEqual([]);
  });

  test('no two questions of a round have the same right answer, except true-false questions', () => {
    for (const seed of seeds) {
      const answers = draw({ seed })
        .filter(({ kind }) => kind !== 'true-false')
        .map(answerOf);
      expect(new Set(answers).size).toBe(answers.length);
    }
  });

  test('a round about an entry has only questions about the entry itself and about entries that link to it', () => {
    const round = draw({ about: ['three-islands'], count: 3 });
    expect(round.some(({ about }) => about.includes('three-islands'))).toBe(true);
    for (const { about } of draw({ about: ['three-islands'], count: 25 }))
      expect(about.some((id) => id === 'three-islands' || packIndex.entry(id)?.links.includes('three-islands'))).toBe(
        true,
      );
    expect(draw({ about: ['nothing-of-the-kind'] })).toEqual([]);
    expect(draw({ topic: 'nothing-of-the-kind' })).toEqual([]);
  });
});

describe('questions that players have seen', () => {
  test('a seen question is drawn only if there are too few unseen questions', () => {
    const all = ids(bank.questions);
    const seen = new Set(all.slice(0, all.length - 3));
    const round = draw({ seen, count: 4 });
    const fresh = ids(round).filter((id) => !seen.has(id));
    expect(fresh.length).toBeGreaterThanOrEqual(1);
    expect(ids(draw({ seen: new Set(all.slice(0, 30)) })).filter((id) => all.slice(0, 30).includes(id))).toEqual([]);
  });

  test('among seen questions, the question that was seen longest ago is drawn first', () => {
    const all = ids(bank.questions);
    expect(ids(draw({ seen: new Set(all), count: 1 }))).toEqual(all.slice(0, 1));
    expect(ids(draw({ seen: new Set(all.toReversed()), count: 1 }))).toEqual(all.slice(-1));
  });
});

describe('the options of a drawn question', () => {
  const drawn = seeds.flatMap((seed) => draw({ seed, count: 15 }));
  const choices = drawn.filter(isChoice);

  test('a drawn multiple-choice question has four different options and the same right answer as in the bank', () => {
    for (const question of choices) {
      expect(new Set(question.options).size).toBe(4);
      const kept = inBank.get(question.id);
      expect(answerOf(question)).toBe(kept && answerOf(kept));
    }
  });

  test('the right answer is at each of the four positions about equally often', () => {
    const dealt = choices.filter(({ options }) => !options.some((text) => amountIn(text) || dateIn(text)));
    for (const place of [0, 1, 2, 3]) {
      const share = dealt.filter(({ right }) => right === place).length / dealt.length;
      // `share` may differ from 1/4 by up to four of its standard deviations. `dealt` contains about 675 questions.
      expect(Math.abs(share - 1 / 4)).toBeLessThan(4 * Math.sqrt((1 / 4) * (3 / 4) * (1 / dealt.length)));
    }
  });

  test('options that are numbers, years or dates are in ascending order', () => {
    const ranked = choices.filter(({ options }) => options.every((text) => amountIn(text) || dateIn(text)));
    expect(ranked.length).toBeGreaterThan(20);
    for (const { options } of ranked) expect(options).toEqual(options.toSorted((a, b) => rank(a) - rank(b)));
  });

  test('a question with spare wrong answers has different options in different rounds', () => {
    const shown = new Map<string, Set<string>>();
    for (const { id, options } of choices) shown.set(id, new Set([...(shown.get(id) ?? []), ...options]));
    const wider = [...shown.values()].filter((texts) => texts.size > 4);
    expect(wider.length).toBeGreaterThan(40);
  });
});
