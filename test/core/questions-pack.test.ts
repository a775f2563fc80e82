/**
 * Tests the number and variety of the questions of the shipped pack, and that the questions do not repeat mistakes of
 * the article.
 */
import { expect, test } from 'vitest';
import { checkQuestions, choicesIn, readBank } from '../../src/core/questions/bank.ts';
import { unasked } from '../../src/core/questions/unasked.ts';
import { isFromRecord } from '../../src/core/pack/pack.ts';
import { strategyScores } from '../../src/core/questions/naive-strategies.ts';
import { pointsFor } from '../../src/core/scores/scoring.ts';
import { answerOf, asksRecord, questionKinds } from '../../src/core/questions/question.ts';
import { packOf, questionsOf } from '../support/packs/read.ts';

const folder = 'data/russia-iran';
const pack = packOf(folder);
const file = questionsOf(folder);
const { checked, packIndex } = checkQuestions(pack, file);
const bank = readBank(pack, file);
const { questions } = bank;
const lines = checked
  .filter(({ candidate, failed }) => failed.length === 0 && !asksRecord(candidate))
  .map(({ candidate: { id, ask, answer, wrong } }) =>
    [id, ask, answer.text, ...wrong.map(({ text }) => text)].join(' | '),
  );

/**
 * Maximum fraction of right answers of a player who ignores the questions and chooses options by a simple rule.
 * Choosing at random gives 25 %.
 */
const maxByRule = 0.33;
/** The same for the rule to choose an option that is the right answer to some question of the bank. */
const maxByKnownAnswers = 0.5;

test('a player who ignores the questions and chooses options by a simple rule gets at most 33 % right, or at most 50 % by choosing options that are the right answer to some question of the bank', () => {
  const scores = strategyScores(choicesIn(bank), packIndex);
  expect(scores).toHaveLength(9);
  for (const { strategy, share, questions: count } of scores) {
    expect(count, strategy).toBeGreaterThan(0);
    const most = strategy === 'an option that is right somewhere' ? maxByKnownAnswers : maxByRule;
    expect(share, strategy).toBeLessThanOrEqual(most);
  }
});

test('all questions of the kind "says-who" begin with the same words, and the author is the answer to at most a third of these questions', () => {
  const whoSays = questions.filter(({ kind }) => kind === 'says-who');
  expect(whoSays.filter(({ ask }) => !ask.startsWith('Who, according to the article, '))).toEqual([]);
  const author = whoSays.filter((question) => answerOf(question) === 'The article’s author');
  expect(author.length).toBeGreaterThan(0);
  expect(author.length / whoSays.length).toBeLessThanOrEqual(1 / 3);
});

test('typing the same year for every year question earns at most 14 of 40 points', () => {
  const years = questions.filter(({ kind }) => kind === 'closest-year');
  expect(years).toHaveLength(4);
  const totals = Array.from({ length: 60 }, (_, index) =>
    years.reduce((sum, question) => sum + pointsFor(question, 1980 + index), 0),
  );
  expect(Math.max(...totals)).toBeLessThanOrEqual(14);
});

const onArticle = questions.filter((one) => !asksRecord(one));

test('the bank has at least 110 questions on the article and at least 25 questions on sources other than the article', () => {
  expect(onArticle.length).toBeGreaterThanOrEqual(110);
  expect(questions.length - onArticle.length).toBeGreaterThanOrEqual(25);
  expect(new Set(questions.map(({ ask }) => ask)).size).toBe(questions.length);
});

test('every paragraph has at least two questions that are not about the order of events', () => {
  const alone = onArticle.filter(({ kind }) => kind !== 'order');
  const few = Array.from({ length: pack.source.paragraphs }, (_, index) => index + 1).filter(
    (number) => alone.filter(({ paragraphs }) => paragraphs.includes(number)).length < 2,
  );
  expect(few).toEqual([]);
});

test('questions about the public record ask only about events that are not in the article, and about the three events for which the article gives another date than the record', () => {
  const corrected = ['putin-tehran-visit-2022', 'white-house-drone-release', 'sixth-russia-gulf-meeting'];
  const about = (wanted: string) => questions.filter(({ kind }) => kind === wanted).map((one) => one.about[0] ?? '');
  expect([...new Set(about('article-or-record'))].toSorted()).toEqual(corrected.toSorted());
  const events = pack.entries.filter(isFromRecord).map(({ id }) => id);
  expect(about('record').filter((id) => !events.includes(id))).toEqual([]);
  for (const one of questions.filter(asksRecord)) expect(one.ask, one.id).toMatch(/public record/);
});

const topicsOf = (about: readonly string[]) =>
  pack.entries.filter(({ id }) => about.includes(id)).flatMap(({ topics }) => topics);

test.each([
  ['putin-visit-by-record', '21 June 2022'],
  ['white-house-by-record', '9 July 2023'],
  ['gulf-meeting-by-record', '10 July 2022'],
])('the question "%s" about the date in the public record always has the option %s, the article’s date', (id, date) => {
  const question = checked.find(({ candidate }) => candidate.id === id)?.candidate;
  expect(question?.wrong.map(({ text }) => text)).toContain(date);
  // The question has only three wrong answers, so every round shows all of them.
  expect(question?.wrong).toHaveLength(3);
  expect(question?.ask).not.toContain(date);
});

test('every topic, every difficulty, every paragraph of the article, and every kind except "year" and "card" has questions', () => {
  for (const { id } of pack.topics)
    expect(questions.filter(({ about }) => topicsOf(about).includes(id)).length, id).toBeGreaterThanOrEqual(5);
  expect(
    questionKinds.filter((kind) => kind !== 'year' && kind !== 'card' && !questions.some((one) => one.kind === kind)),
  ).toEqual([]);
  for (const level of [1, 2, 3])
    expect(questions.filter(({ difficulty }) => difficulty === level).length).toBeGreaterThan(4);
  const paragraphs = new Set(questions.flatMap((one) => one.paragraphs));
  expect(Array.from({ length: 18 }, (_, index) => index + 1).filter((number) => !paragraphs.has(number))).toEqual([]);
});

test('no fact has more than three questions', () => {
  const facts = questions.map(({ about }) => about[0]);
  expect(facts.filter((fact) => facts.filter((other) => other === fact).length > 3)).toEqual([]);
});

test('every question about the article lists the sentences that give its answer, except questions of the kind "not-said"', () => {
  const named = checked.filter(({ candidate }) => !asksRecord(candidate) && candidate.kind !== 'not-said');
  expect(named.length).toBeGreaterThan(70);
  expect(named.filter(({ candidate }) => !candidate.sentences?.length).map(({ candidate }) => candidate.id)).toEqual(
    [],
  );
});

test('every question has the options of its kind, a source label and an explanation, and only questions of the kind "record" have no paragraph', () => {
  for (const { id, kind, options, right, label, paragraphs, explanation } of questions) {
    expect(options.length, id).toBe(kind === 'true-false' ? 2 : kind === 'closest-year' ? 0 : 4);
    expect(right, id).toBeGreaterThanOrEqual(0);
    expect(label, id).toMatch(
      /^(reported in the article|claimed by [\p{L}].+|the author’s view|from the public record, not from the article)(, put cautiously)?$/u,
    );
    expect(paragraphs.length > 0, id).toBe(kind !== 'record');
    expect(explanation.length, id).toBeGreaterThan(20);
  }
});

test('for every entry without questions, the pack gives a reason', () => {
  const answers = new Set(questions.map(answerOf));
  const named = pack.entries.filter(({ title }) => answers.has(title)).map(({ id }) => id);
  const asked = [...onArticle.flatMap(({ about }) => about), ...named];
  const byRecord = questions.filter(asksRecord).flatMap(({ about }) => about);
  const { never, notYet } = unasked(pack, bank);
  expect(notYet).toEqual([]);
  expect([...new Set([...asked, ...byRecord]), ...never.map(({ id }) => id)].toSorted()).toEqual(
    pack.entries.map(({ id }) => id).toSorted(),
  );
  for (const { id, reason } of never) {
    expect(reason.length, id).toBeGreaterThan(10);
    expect(asked, id).not.toContain(id);
  }
  const closed = pack.entries.filter(({ neverAsk, voice }) => neverAsk ?? voice === "author's speculation");
  const unaskedNow = closed.filter(({ id }) => !byRecord.includes(id));
  expect(never.map(({ id }) => id)).toEqual(unaskedNow.map(({ id }) => id));
});

test('right answers cannot be guessed from the length or wording of the options', () => {
  const choices = questions.filter(({ options }) => options.length === 4);
  const longest = choices.filter(({ options, right }) =>
    options.every((option, index) => index === right || option.length < (options[right] ?? '').length),
  );
  expect(longest.length / choices.length).toBeLessThanOrEqual(0.35);
  const hedge = /\b(may|might|seem\w*|perhaps|possibl\w*|nearly|about|some|often)\b/i;
  const hedged = choices.flatMap(({ options, right }) =>
    options.flatMap((option, index) => (hedge.test(option) ? [index === right] : [])),
  );
  expect(hedged.filter(Boolean).length).toBeLessThanOrEqual(Math.max(1, hedged.length / 2));
  const statements = questions.filter(({ kind }) => kind === 'true-false');
  expect(statements.length).toBeGreaterThanOrEqual(10);
  expect(statements.length / questions.length).toBeLessThanOrEqual(0.25);
  const held = statements.filter(({ right }) => right === 0).length / statements.length;
  expect(held).toBeGreaterThanOrEqual(0.4);
  expect(held).toBeLessThanOrEqual(0.6);
});

test('a question about the order of events lists the paragraphs of all events that it compares', () => {
  const sequences = questions.filter(({ kind }) => kind === 'order');
  expect(sequences.length).toBeGreaterThan(0);
  for (const { about, paragraphs } of sequences) {
    const told = pack.entries.filter(({ id }) => about.includes(id)).flatMap((entry) => entry.paragraphs);
    expect(paragraphs).toEqual([...new Set(told)].toSorted((a, b) => a - b));
  }
});

test.each([
  [
    "the article's wrong dates",
    /\b(21 June|9 July|28 April|10 July|22 September)|(June 21|July 9|April 28|July 10|September 22)\b/,
  ],
  [
    'the true dates of events that the article dates differently',
    /\b(19 July|9 June|25 April|1[456] September|17 July|July 2023|June 2023)/,
  ],
  ['places that would be right answers for other events', /Dushanbe|New Delhi|Geneva|Lausanne|Ashgabat|Riyadh/],
  ['other weapons from the same arms deal', /Yak-130|Mi-28/],
  ['compass directions for Rasht and Astara', /north-?(east|west)/i],
  ['numbers close to the right ones', /81\.7|4\.03|over \$4/],
  ['sovereignty, blame or casualties', /belong|sovereign|occupied|Al-Aqsa|\b7 October|guilty|blame/i],
  ['translation errors of the article', /Russian.American|support from Russia|riyal/],
  ['speculation', /Iranian Islam|committed to Khomeini/],
])('no question or option mentions %s', (_, forbidden) =>
  expect(lines.filter((line) => forbidden.test(line))).toEqual([]),
);
