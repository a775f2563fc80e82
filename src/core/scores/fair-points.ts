/**
 * The rules that keep points fair. The rules limit how many points a player can earn by repeating known questions, by
 * using scripts and by using second accounts.
 *
 * Every rule looks only at the member's own answers. Therefore nobody can change another member's points, and a second
 * account that joins a round has no effect on the points of others. Honest play is not affected: up to the daily limit,
 * every question that is new to the member earns its full points.
 *
 * 1. Of the right answers to a question within 30 days, the first earns the full points, the second earns half, the
 * third earns a quarter, and all later ones earn nothing. Reason: a repeated right answer shows that the member
 * remembers the fact, so it earns some points. But repeating five questions all evening must not earn more points than
 * answering new questions.
 * 2. An answer that is faster than 0.15 s per word gets no speed bonus. Reason: 0.15 s per word is 400 words a minute.
 * People read about 240 words a minute with understanding (Brysbaert 2019), so only a script or a guess is faster than
 * the limit.
 * 3. A member earns at most 1,500 points a day. Reason: this is about 100 right answers, which is more than members
 * give in an evening. The limit also applies to scripts.
 */

/**
 * A right answer is a repetition if the member answered the same question right less than this number of days earlier.
 */
const repeatDays = 30;
/**
 * The first three right answers within `repeatDays` earn these fractions of their points. The fourth and later answers
 * earn nothing.
 */
const shares = [1, 1 / 2, 1 / 4] as const;
/**
 * Maximum number of questions stored per member. If there are more, the bot removes the questions that the member has
 * not answered right for the longest time. The next right answer to a removed question earns its full points.
 */
const maxQuestions = 500;
export const maxPointsPerDay = 1_500;
/**
 * Number of days whose points are stored. The points of the current day are not enough, because a result may be stored
 * up to one day late (see bot/rounds/payouts.ts).
 */
const maxDays = 4;
const readingMsPerWord = 150;

/**
 * The reason why an answer earned less than its full points. `day-limit` stands for the daily limit. The other reasons
 * belong to the rule about repetitions: the answer earned half of its points, a quarter, or nothing (`repeated`).
 */
export const reductions = ['half', 'quarter', 'repeated', 'day-limit'] as const;
export type Reduction = (typeof reductions)[number];

/**
 * Whether an answer was faster than a person can read. `took` is in ms. `words` is the number of words in the question
 * and its options.
 */
export const isFasterThanReading = (took: number, words: number): boolean => took < words * readingMsPerWord;

/** The part of a stored member that the rules need. See the schema in `member.ts`. */
interface History {
  readonly rightAnswers: [questionId: string, days: number[]][];
  readonly dayPoints: [day: number, points: number][];
}

/** An answer that earned less than its full points. `question` is the index of the question in its round. */
export interface ReducedAnswer {
  readonly question: number;
  readonly user: string;
  readonly reduction: Reduction;
}

interface Award extends History {
  /** The points that the answer earns, as a whole number. */
  readonly points: number;
  readonly reduction?: Reduction;
}

/**
 * Returns the points that an answer earns, and the member's history after this answer. `day` is the day of the answer
 * in days since 1970. A typed year that is close to the right year earns points, so it is treated as a right answer
 * here.
 */
export function award(
  { rightAnswers, dayPoints }: History,
  { questionId, right, points }: { readonly questionId: string; readonly right: boolean; readonly points: number },
  day: number,
): Award {
  if (!right && points === 0) return { points, rightAnswers, dayPoints };
  const days = rightAnswers.find(([id]) => id === questionId)?.[1] ?? [];
  const repeats = days.filter((other) => Math.abs(day - other) < repeatDays).length;
  const shared = Math.round(points * (shares[repeats] ?? 0));
  const earned = dayPoints.find(([other]) => other === day)?.[1] ?? 0;
  const paid = Math.min(shared, Math.max(0, maxPointsPerDay - earned));
  const reduction = paid < shared ? 'day-limit' : paid < points ? repeatReduction(repeats) : undefined;
  return {
    points: paid,
    ...(reduction !== undefined && { reduction }),
    rightAnswers: withAnswer(rightAnswers, questionId, [...days, day]),
    dayPoints: paid === 0 ? dayPoints : withPoints(dayPoints, day, earned + paid),
  };
}

const repeatReduction = (repeats: number): Reduction =>
  repeats === 1 ? 'half' : repeats === 2 ? 'quarter' : 'repeated';

/**
 * Replaces the days of the right answers to the question `id`. The questions stay sorted by the day of their latest
 * right answer, newest last. Removes each question whose latest right answer is at least `repeatDays` days older than
 * the newest right answer to any question.
 */
function withAnswer(all: History['rightAnswers'], id: string, days: readonly number[]): History['rightAnswers'] {
  const latest = days.toSorted((a, b) => a - b).slice(-shares.length);
  const others = all.filter(([other]) => other !== id);
  const isNewest = lastDay(latest) >= lastDay(others.at(-1)?.[1] ?? []);
  const list = [...others, [id, latest] satisfies History['rightAnswers'][number]];
  const sorted = isNewest ? list : list.toSorted(([, a], [, b]) => lastDay(a) - lastDay(b));
  const newest = lastDay(sorted.at(-1)?.[1] ?? []);
  return sorted.filter(([, own]) => newest - lastDay(own) < repeatDays).slice(-maxQuestions);
}

const lastDay = (days: readonly number[]): number => days.at(-1) ?? 0;

const withPoints = (all: History['dayPoints'], day: number, points: number): History['dayPoints'] =>
  [...all.filter(([other]) => other !== day), [day, points] satisfies History['dayPoints'][number]]
    .toSorted(([a], [b]) => a - b)
    .slice(-maxDays);
