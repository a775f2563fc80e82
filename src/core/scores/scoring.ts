/** Calculates the points for one answer. `apply-result.ts` adds the points to the member's scores. */
import type { Question, QuestionKind } from '../questions/question.ts';
import { firstRight } from '../quiz/early-close.ts';
import { isDeletedPlayer } from '../quiz/participants.ts';
import { answerBy, answerTime, type Quiz, wordCount } from '../quiz/round.ts';
import { isFasterThanReading } from './fair-points.ts';
import { storedId } from './stored-ids.ts';

/** The points for a right answer, by difficulty of the question. */
export const pointsByDifficulty = { 1: 10, 2: 15, 3: 20 } as const;
/** Points for typing the exact year, at any difficulty. */
const exactYear = 10;
/**
 * Points that are subtracted for each year between the typed year and the right year. The number is so high that a
 * member who always types the same year earns few points.
 */
const lostPerYear = 3;

/**
 * The largest speed bonus, as a fraction of the points for the answer. In style `speed` an immediate answer gets this
 * bonus. The bonus decreases during the answer time and is 0 at the end of the answer time.
 */
const speedBonus = 0.5;

/** The result of one member's answer to one question. */
export interface AnswerResult {
  readonly round: string;
  readonly question: number;
  /** The stored id of the question (see `stored-ids.ts`). */
  readonly questionId: string;
  readonly kind: QuestionKind;
  /**
   * Stored ids of the entries that the question is about. The list of the member's missed facts uses only the first
   * entry.
   */
  readonly about: readonly string[];
  readonly scope: string;
  /** Id of the channel in which the command was used. Set only for group rounds. */
  readonly channel?: string;
  readonly user: string;
  readonly name: string;
  readonly right: boolean;
  /**
   * The points in this round, rounded to a whole number. On leaderboards the answer may earn fewer points, because
   * `apply-result.ts` also applies the rules of `fair-points.ts` about repetitions and about points per day.
   */
  readonly points: number;
  /** When the member answered, in ms since the epoch. */
  readonly at: number;
}

/** The results of all members who answered the question with this index. Empty if the question is void. */
export function resultsOf(quiz: Quiz, index: number): readonly AnswerResult[] {
  const question = quiz.questions[index];
  if (!question || quiz.void.includes(index)) return [];
  const answers = Object.entries(quiz.answers[index] ?? {});
  return answers.flatMap(([user, given]) => {
    if (isDeletedPlayer(user)) return [];
    const result: AnswerResult = {
      round: quiz.id,
      question: index,
      questionId: storedId(quiz.pack, question.id),
      kind: question.kind,
      about: question.about.map((id) => storedId(quiz.pack, id)),
      scope: quiz.scope,
      ...(quiz.mode === 'group' && { channel: quiz.parent ?? quiz.channel }),
      user,
      name: quiz.players[user]?.name ?? user,
      right: given.option === question.right,
      points: pointsInStyle(quiz, index, user),
      at: given.at,
    };
    return [result];
  });
}

/** The points for a member's answer, depending on the style of the round. */
function pointsInStyle(quiz: Quiz, index: number, user: string): number {
  const question = quiz.questions[index];
  const given = answerBy(quiz, index, user);
  if (!question || !given) return 0;
  const points = pointsFor(question, given.option);
  if (quiz.style === 'first') return firstRight(quiz, index)?.user === user ? points : 0;
  if (quiz.style === 'study' || given.option !== question.right || given.took === undefined) return points;
  if (isTooFastForBonus(quiz, index, user)) return points;
  const left = Math.max(0, 1 - given.took / answerTime(quiz, index));
  return points + Math.round(points * speedBonus * left);
}

/** Whether a right answer got no speed bonus because the member answered faster than a person can read the question. */
export function isTooFastForBonus(quiz: Quiz, index: number, user: string): boolean {
  const question = quiz.questions[index];
  const given = answerBy(quiz, index, user);
  if (quiz.style !== 'speed' || !question || given?.took === undefined || given.option !== question.right) return false;
  return isFasterThanReading(given.took, wordCount(question));
}

/** The points for an answer without the speed bonus. The result does not depend on the answers of other players. */
export function pointsFor({ kind, right, difficulty }: Question, option: number): number {
  if (kind === 'closest-year') return Math.max(0, exactYear - lostPerYear * Math.abs(option - right));
  return option === right ? pointsByDifficulty[difficulty] : 0;
}
