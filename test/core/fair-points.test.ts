/**
 * Tests the rules for fair points with simulated groups: honest players get full points, and points from repeated
 * questions are limited.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Question } from '../../src/core/questions/question.ts';
import { answerTime, begin, type Quiz } from '../../src/core/quiz/quiz.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import { maxPointsPerDay } from '../../src/core/scores/fair-points.ts';
import type { Member } from '../../src/core/scores/member.ts';
import { tallyOfWindow } from '../../src/core/scores/member-stats.ts';
import { isTooFastForBonus, resultsOf } from '../../src/core/scores/scoring.ts';
import { question } from './quiz-fixtures.ts';

const dayMs = 86_400_000;
const pointsByDifficulty = { 1: 10, 2: 15, 3: 20 } as const;
/** Each question below has nine words: five in its text and one in each of its four options. */
const wordsPerQuestion = 9;
const asked = (id: number): Question => ({
  ...question(id),
  ask: `Where does line ${id} end?`,
  difficulty: ([1, 2, 3] as const)[id % 3] ?? 2,
});

interface Answer {
  readonly user: string;
  readonly isRight: boolean;
  /** Time from the opening of the question to the answer, in ms. */
  readonly took: number;
}

/** A round of style `speed` with one question and these answers. */
function answered(round: string, id: number, at: number, answers: readonly Answer[]): Quiz {
  const questions = [asked(id)];
  const host = { id: '1', name: 'Ana' };
  const quiz = begin({ id: round, mode: 'group', scope: 'g', channel: 'c', host, style: 'speed', questions, at });
  const given = answers.map(({ user, isRight, took }) => {
    const option = isRight ? asked(id).right : (asked(id).right + 1) % 4;
    return [user, { option, at, took }] as const;
  });
  return { ...quiz, answers: [Object.fromEntries(given)] };
}

/** Adds the results of all rounds, in the order of `rounds`, to the scores of the members. Returns the members. */
function membersAfter(rounds: readonly Quiz[]): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const quiz of rounds)
    for (const result of resultsOf(quiz, 0)) {
      const day = Math.floor(result.at / dayMs);
      members.set(result.user, applyResult(members.get(result.user), result, { day, topics: [] }));
    }
  return members;
}
const pointsOf = (member: Member | undefined): number => (member && tallyOfWindow(member, 'all')?.points) ?? 0;

test('in a group of any size, members who answer each question once, at human speed, get full points', () => {
  const answer = fc.record({
    isRight: fc.boolean(),
    took: fc.integer({ min: wordsPerQuestion * 150, max: 12_000 }),
  });
  // 50 answers of at most 30 points each do not exceed the limit of 1,500 points a day.
  const group = fc.record({
    size: fc.integer({ min: 1, max: 6 }),
    questionsPerDay: fc.integer({ min: 1, max: 50 }),
    answers: fc.array(fc.array(answer, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 80 }),
  });
  fc.assert(
    fc.property(group, ({ size, questionsPerDay, answers }) => {
      const full = new Map<string, number>();
      const rounds = answers.map((each, id) => {
        const users = each.slice(0, size).map((one, index) => ({ ...one, user: `${index}` }));
        const quiz = answered(`r${id}`, id, Math.floor(id / questionsPerDay) * dayMs, users);
        for (const { user, isRight, took } of users) {
          const points = pointsByDifficulty[asked(id).difficulty];
          const bonus = Math.round((points / 2) * Math.max(0, 1 - took / answerTime(quiz, 0)));
          full.set(user, (full.get(user) ?? 0) + (isRight ? points + bonus : 0));
        }
        return quiz;
      });
      const members = membersAfter(rounds);
      for (const [user, points] of full) {
        expect(pointsOf(members.get(user))).toBe(points);
        expect(members.get(user)?.rounds.flatMap(({ reduced = [] }) => reduced)).toEqual([]);
      }
    }),
  );
});

test('T12: a member gets no additional points by also playing with other accounts, and the points of a member are limited per question and per day', () => {
  const farm = fc.record({
    questions: fc.integer({ min: 1, max: 12 }),
    alts: fc.integer({ min: 0, max: 4 }),
    rounds: fc.array(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 25 }),
  });
  fc.assert(
    fc.property(farm, ({ questions, alts, rounds }) => {
      const play = (others: number) =>
        rounds.flatMap((day, index) =>
          Array.from({ length: questions }, (_, id) =>
            answered(`r${index}-${id}`, id, day * dayMs, [
              { user: 'farmer', isRight: true, took: 2_000 },
              ...Array.from({ length: others }, (__, alt) => ({
                user: `alt${alt}`,
                isRight: alt === id % 4,
                took: 900,
              })),
            ]),
          ),
        );
      const points = pointsOf(membersAfter(play(alts)).get('farmer'));
      expect(points).toBe(pointsOf(membersAfter(play(0)).get('farmer')));
      // The first right answer to a question earns at most 30 points, including the bonus. The second right answer
      // earns half of these points, and the third earns a quarter, each rounded to a whole number. Further right
      // answers earn nothing.
      expect(points).toBeLessThanOrEqual(questions * (30 + 15 + 8));
      expect(points).toBeLessThanOrEqual(new Set(rounds).size * maxPointsPerDay);
    }),
  );
});

test('a member gets at most 1,500 points a day, and the result that exceeds the limit contains the reason "day-limit"', () => {
  const rounds = Array.from({ length: 120 }, (_, id) =>
    answered(`r${id}`, id, 0, [{ user: 'ana', isRight: true, took: 60_000 }]),
  );
  const member = membersAfter(rounds).get('ana');
  expect(pointsOf(member)).toBe(1_500);
  expect(member?.rounds.flatMap(({ reduced = [] }) => reduced.map(([, reason]) => reason))).toContain('day-limit');
  const nextDay = answered('next', 200, dayMs, [{ user: 'ana', isRight: true, took: 60_000 }]);
  expect(pointsOf(membersAfter([...rounds, nextDay]).get('ana'))).toBe(1_500 + 20);
});

test('an answer faster than 0.15 s per word gets no speed bonus', () => {
  const limit = wordsPerQuestion * 150;
  const quiz = (took: number) => answered('r', 1, 0, [{ user: 'ana', isRight: true, took }]);
  expect(resultsOf(quiz(limit - 1), 0)[0]?.points).toBe(15);
  expect(resultsOf(quiz(limit), 0)[0]?.points).toBe(22);
  expect([limit - 1, limit].map((took) => isTooFastForBonus(quiz(took), 0, 'ana'))).toEqual([true, false]);
});

test('of the questions that a member answered right, only the latest 500 are stored', () => {
  const rounds = Array.from({ length: 620 }, (_, id) =>
    answered(`r${id}`, id, Math.floor(id / 40) * dayMs, [{ user: 'ana', isRight: true, took: 5_000 }]),
  );
  const known =
    membersAfter(rounds)
      .get('ana')
      ?.rightAnswers.map(([id]) => id) ?? [];
  expect(known).toHaveLength(500);
  expect(known.at(-1)).toBe('q619');
  expect(known).not.toContain('q119');
});
