/** What an answer is worth. Deliberately absent: who has how much, which is a member's value (`member.ts`). */
import type { Question, QuestionKind } from './questions/question.ts';
import type { Quiz } from './quiz.ts';

/** Knowledge is what counts: harder questions weigh 1, 1.5 and 2 times ten whole points; speed weighs nothing. */
const worth = { 1: 10, 2: 15, 3: 20 } as const;
/** A typed year earns ten points when exact and one less for each year off, whatever the difficulty. */
const exactYear = 10;

/** One member's result of one question. */
export interface Result {
  readonly round: string;
  readonly question: number;
  readonly questionId: string;
  readonly kind: QuestionKind;
  /** The entries the question is about; the first is the fact that was asked for. */
  readonly about: readonly string[];
  readonly home: string;
  /** Where the round was played, of a group's round. */
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
export function resultsOf(quiz: Quiz, index: number): readonly Result[] {
  const question = quiz.questions[index];
  if (!question || quiz.void.includes(index)) return [];
  const answers = Object.entries(quiz.answers[index] ?? {});
  return answers.map(([user, { option, at }]) => {
    const right = option === question.right;
    return {
      round: quiz.id,
      question: index,
      questionId: question.id,
      kind: question.kind,
      about: question.about,
      home: quiz.home,
      ...(quiz.mode === 'group' && { channel: quiz.channel }),
      user,
      name: quiz.players[user]?.name ?? user,
      right,
      points: pointsFor(question, option),
      practice: quiz.mode === 'solo' || answers.length < 2,
      at,
    };
  });
}

/** What an answer to a question earns on its own. */
export function pointsFor({ kind, right, difficulty }: Question, option: number): number {
  if (kind === 'closest-year') return Math.max(0, exactYear - Math.abs(option - right));
  return option === right ? worth[difficulty] : 0;
}
