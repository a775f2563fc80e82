/**
 * What an answer is worth, and what it changes in a member's scores. Applying a result twice changes nothing: each
 * member's value remembers which questions of which rounds it already holds.
 */
import { z } from 'zod';
import type { Question } from './questions/question.ts';
import { firstRight } from './quiz/closing.ts';
import { isGone } from './quiz/people.ts';
import { answerOf, answerTime, type Quiz } from './quiz/round.ts';
import { weekOf } from './weeks.ts';

/** Knowledge is what counts: harder questions weigh 1, 1.5 and 2 times ten whole points. */
const worth = { 1: 10, 2: 15, 3: 20 } as const;
/** A typed year earns ten points when exact and one less for each year off, whatever the difficulty. */
const exactYear = 10;

/** In speed style an answer at once brings half as much again, less as time runs: never as much as the answer itself. */
const speedBonus = 0.5;

/** How many of its latest rounds a member's value remembers; far more than can be owed at once (5 rounds a server). */
const remembered = 50;
/** Weeks of a member's history kept apart from the total. */
const weeksKept = 12;

const tally = z.object({ points: z.number(), right: z.number(), answered: z.number() });

export const memberSchema = z.object({
  v: z.literal(1),
  name: z.string(),
  /** Window id → tally: `all`, and ISO weeks such as `2026-W47`. */
  windows: z.record(z.string(), tally),
  /** Results already counted: round id → indexes of its questions, the oldest round first. */
  applied: z.array(z.object({ round: z.string(), questions: z.array(z.number()) })),
  /** Questions that brought points in practice this week: each does so once a week. */
  practised: z.object({ week: z.string(), questions: z.array(z.string()) }),
});

export type Member = z.output<typeof memberSchema>;
export type Tally = Readonly<z.output<typeof tally>>;

/** One member's result of one question. */
export interface Result {
  readonly round: string;
  readonly question: number;
  readonly questionId: string;
  readonly home: string;
  readonly user: string;
  readonly name: string;
  readonly right: boolean;
  /** Whole points for the answer, before the once-a-week rule of practice. */
  readonly points: number;
  /** Answered alone: in a solo round, or when nobody else answered. Practice pays once a question and week. */
  readonly practice: boolean;
  /** When it was answered, in ms since the epoch. */
  readonly at: number;
}

/** What question `index` of a round brought to everybody who answered it. A void question brings nothing. */
export function resultsOf(quiz: Quiz, index: number): readonly Result[] {
  const question = quiz.questions[index];
  if (!question || quiz.void.includes(index)) return [];
  const answers = Object.entries(quiz.answers[index] ?? {});
  return answers.flatMap(([user, given]) => {
    if (isGone(user)) return [];
    const result: Result = {
      round: quiz.id,
      question: index,
      questionId: question.id,
      home: quiz.home,
      user,
      name: quiz.players[user]?.name ?? user,
      right: given.option === question.right,
      points: earned(quiz, index, user),
      practice: quiz.mode === 'solo' || answers.length < 2,
      at: given.at,
    };
    return [result];
  });
}

/** What a member's answer brings in this round's style. */
function earned(quiz: Quiz, index: number, user: string): number {
  const question = quiz.questions[index];
  const given = answerOf(quiz, index, user);
  if (!question || !given) return 0;
  const points = pointsFor(question, given.option);
  if (quiz.style === 'first') return firstRight(quiz, index)?.user === user ? points : 0;
  if (quiz.style === 'study' || given.option !== question.right || given.took === undefined) return points;
  const left = Math.max(0, 1 - given.took / answerTime(quiz, index));
  return points + Math.round(points * speedBonus * left);
}

/** What an answer to a question earns on its own: without a bonus, and whoever else was right. */
export function pointsFor({ kind, right, difficulty }: Question, option: number): number {
  if (kind === 'closest-year') return Math.max(0, exactYear - Math.abs(option - right));
  return option === right ? worth[difficulty] : 0;
}

/** The member's value with `result` in it; the same value when it was there already. */
export function withResult(member: Member | undefined, result: Result): Member {
  const old = member ?? newMember(result);
  const round = old.applied.find((one) => one.round === result.round);
  if (round?.questions.includes(result.question)) return old;

  const week = weekOf(result.at);
  const practised = old.practised.week === week ? old.practised : { week, questions: [] };
  const paid = result.practice && practised.questions.includes(result.questionId);
  const points = paid ? 0 : result.points;
  const windows = { ...old.windows };
  for (const window of ['all', week]) {
    const before = windows[window] ?? { points: 0, right: 0, answered: 0 };
    windows[window] = {
      points: before.points + points,
      right: before.right + (result.right ? 1 : 0),
      answered: before.answered + 1,
    };
  }
  const applied = old.applied.filter((one) => one !== round);
  applied.push({ round: result.round, questions: [...(round?.questions ?? []), result.question] });
  return {
    ...old,
    name: result.name,
    windows: withoutOldWeeks(windows),
    applied: applied.slice(-remembered),
    practised:
      result.practice && result.points > 0 && !paid
        ? { week, questions: [...practised.questions, result.questionId] }
        : practised,
  };
}

function newMember({ name, at }: Result): Member {
  return { v: 1, name, windows: {}, applied: [], practised: { week: weekOf(at), questions: [] } };
}

function withoutOldWeeks(windows: Record<string, Tally>): Record<string, Tally> {
  const weeks = Object.keys(windows)
    .filter((id) => id !== 'all')
    .toSorted();
  const gone = new Set(weeks.slice(0, -weeksKept));
  return Object.fromEntries(Object.entries(windows).filter(([id]) => !gone.has(id)));
}
