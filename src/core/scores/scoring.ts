/** What an answer is worth. Deliberately absent: who has how much, which is a member's value (`member.ts`). */
import type { Question, QuestionKind } from '../questions/question.ts';
import { firstRight } from '../quiz/early-close.ts';
import { isDeletedPlayer } from '../quiz/participants.ts';
import { answerBy, answerTime, type Quiz } from '../quiz/round.ts';

/** Knowledge is what counts: harder questions weigh 1, 1.5 and 2 times ten whole points. */
const worth = { 1: 10, 2: 15, 3: 20 } as const;
/** A typed year earns ten points when exact and one less for each year off, whatever the difficulty. */
const exactYear = 10;

/** In speed style an answer at once brings half as much again, less as time runs: never as much as the answer itself. */
const speedBonus = 0.5;

/** One member's result of one question. */
export interface AnswerResult {
  readonly round: string;
  readonly question: number;
  readonly questionId: string;
  readonly kind: QuestionKind;
  /** The entries the question is about; the first is the fact that was asked for. */
  readonly about: readonly string[];
  readonly scope: string;
  /** Where the round was called, of a group's round. */
  readonly channel?: string;
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
export function resultsOf(quiz: Quiz, index: number): readonly AnswerResult[] {
  const question = quiz.questions[index];
  if (!question || quiz.void.includes(index)) return [];
  const answers = Object.entries(quiz.answers[index] ?? {});
  return answers.flatMap(([user, given]) => {
    if (isDeletedPlayer(user)) return [];
    const result: AnswerResult = {
      round: quiz.id,
      question: index,
      questionId: question.id,
      kind: question.kind,
      about: question.about,
      scope: quiz.scope,
      ...(quiz.mode === 'group' && { channel: quiz.parent ?? quiz.channel }),
      user,
      name: quiz.players[user]?.name ?? user,
      right: given.option === question.right,
      points: pointsInStyle(quiz, index, user),
      practice: quiz.mode === 'solo' || answers.length < 2,
      at: given.at,
    };
    return [result];
  });
}

/** What a member's answer brings in this round's style. */
function pointsInStyle(quiz: Quiz, index: number, user: string): number {
  const question = quiz.questions[index];
  const given = answerBy(quiz, index, user);
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
