/**
 * Counts how often a server asked a question, how often the answer was right, and how often each wrong option was
 * chosen. The counts are sums over all members. No member id is stored.
 *
 * The sums are shown only if at least three members have answered. To count the members without storing their ids, each
 * id is hashed to one of sixteen numbers, and the numbers are stored. Two different numbers always come from two
 * different members. As soon as three members are known to have answered, the numbers are deleted.
 */
import { z } from 'zod';
import { seedOf } from '../dice.ts';
import { type Question, answerOf } from '../questions/question.ts';
import { isDeletedPlayer } from '../quiz/participants.ts';
import type { Quiz } from '../quiz/round.ts';
import { answersTo } from '../quiz/round.ts';
import { shownQuestions } from '../quiz/shown-questions.ts';
import { minMembers } from '../scores/min-members.ts';

export const questionSumsSchema = z.object({
  /** The version of the question (see `questionVersion`). When the question changes, all counts start again at zero. */
  of: z.number(),
  /** Number of rounds that asked the question. */
  asked: z.number(),
  answered: z.number(),
  right: z.number(),
  /** Pairs of a wrong option and the number of times that it was chosen. Empty if members type a year. */
  wrong: z.array(z.tuple([z.string(), z.number()])),
  /** The hash values of the members who have answered. `enough`: at least three members have answered. */
  members: z.union([z.literal('enough'), z.array(z.number())]),
  /** Ids of the latest rounds that were added, so that no round is added twice. */
  rounds: z.array(z.string()),
});
export type QuestionSums = Readonly<z.output<typeof questionSumsSchema>>;

/** Number of different hash values that members can have. */
const memberNumbers = 16;
/**
 * Maximum number of wrong options that are counted. A question about the order of events has up to 23 wrong options.
 */
const maxWrong = 24;
/**
 * Maximum number of stored round ids. The ids prevent a round from being added twice. Few ids are enough, because a
 * round is added again only if the process was killed at the end of the round.
 */
const rememberedRounds = 8;

/** A number that identifies the version of a question. It changes when the text or the right answer changes. */
export const questionVersion = (question: Question): number => seedOf(`${question.ask}\n${answerOf(question)}`);

/** The data that a round adds to the sums of a question. */
export interface AskedQuestion {
  readonly id: string;
  readonly of: number;
  readonly round: string;
  readonly answers: readonly { readonly member: number; readonly wrong?: string; readonly isRight: boolean }[];
}

/** The questions of a finished round. Repetitions at the end of a solo round are left out. */
export function askedQuestions(quiz: Quiz): readonly AskedQuestion[] {
  const first = quiz.questions.length - quiz.repeats;
  return shownQuestions(quiz).flatMap((index) => {
    const question = quiz.questions[index];
    if (!question || index >= first) return [];
    const answers = Object.entries(answersTo(quiz, index)).filter(([user]) => !isDeletedPlayer(user));
    return [
      {
        id: question.id,
        of: questionVersion(question),
        round: quiz.id,
        answers: answers.map(([user, { option }]) => {
          const wrong = question.options[option];
          return {
            member: seedOf(`${quiz.scope}\n${user}\n${question.id}`) % memberNumbers,
            isRight: option === question.right,
            ...(option !== question.right && wrong !== undefined && { wrong }),
          };
        }),
      },
    ];
  });
}

/** The sums after a round. Adding the same round again changes nothing. */
export function addedSums(old: QuestionSums | undefined, asked: AskedQuestion): QuestionSums {
  const before =
    old?.of === asked.of
      ? old
      : { of: asked.of, asked: 0, answered: 0, right: 0, wrong: [], members: [], rounds: [] as readonly string[] };
  if (before.rounds.includes(asked.round)) return old ?? { ...before, rounds: [...before.rounds] };
  const wrong = new Map(before.wrong);
  for (const { wrong: option } of asked.answers)
    if (option !== undefined && (wrong.has(option) || wrong.size < maxWrong))
      wrong.set(option, (wrong.get(option) ?? 0) + 1);
  return {
    of: asked.of,
    asked: before.asked + 1,
    answered: before.answered + asked.answers.length,
    right: before.right + asked.answers.filter(({ isRight }) => isRight).length,
    wrong: [...wrong],
    members: membersAfter(before.members, asked),
    rounds: [...before.rounds, asked.round].slice(-rememberedRounds),
  };
}

function membersAfter(before: QuestionSums['members'], { answers }: AskedQuestion): QuestionSums['members'] {
  if (before === 'enough') return before;
  const numbers = [...new Set([...before, ...answers.map(({ member }) => member)])];
  // Several members may have the same hash value, so there may be more members than hash values. All `answers` are from
  // the same round, so each of them is from a different member.
  return Math.max(numbers.length, answers.length) >= minMembers ? 'enough' : numbers;
}

/** The sums for the current version of the question. Undefined if too few members have answered this version. */
export const shownSums = (sums: QuestionSums | undefined, version: number): QuestionSums | undefined =>
  sums?.of === version && sums.members === 'enough' ? sums : undefined;
