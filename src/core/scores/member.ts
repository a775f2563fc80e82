/**
 * The schema of one member's stored scores in one scope (a server or a private conversation). The value contains
 * totals, time windows, topics, days, missed facts and a list of the counted results. All of this is stored as a single
 * value, so a result is either saved completely or not at all. `apply-result.ts` changes the value and
 * `member-stats.ts` reads it.
 */
import { z } from 'zod';
import { isListOf, isNumber, isNumberList, isObject, isPair, isRecordOf, isText, isTriple } from '../type-guards.ts';
import { type Reduction, reductions } from './fair-points.ts';
import { mondayOfWeek } from './time-windows.ts';

/** A tally as stored: points, number of right answers, number of all answers. */
const tallySchema = z.tuple([z.number(), z.number(), z.number()]);
const windowSchema = z.object({ all: tallySchema, topics: z.record(z.string(), tallySchema) });
export const memberVersion = 2;

/** A missed fact: its id, number of right answers since the first miss, number of wrong answers. */
const missedSchema = z.tuple([z.string(), z.number(), z.number()]);

const currentSchema = z.object({
  v: z.literal(memberVersion),
  name: z.string(),
  /**
   * Id of a time window (`all`, a week such as `2026-W47`, or a month such as `2026-11`) → the tallies in that window.
   */
  windows: z.record(z.string(), windowSchema),
  /**
   * Points by week. This field contains more weeks than `windows`. Absent in values that were saved by older versions.
   */
  weeks: z.record(z.string(), z.number()).optional(),
  /** The results that have been counted, grouped by round. The most recently changed round is last. */
  rounds: z.array(
    z.object({
      round: z.string(),
      questions: z.array(z.number()),
      points: z.number(),
      right: z.number(),
      /**
       * The day of the latest counted answer in this round, in days since 1970. Absent in values that were saved by
       * older versions.
       */
      day: z.number().optional(),
      /**
       * Pairs of a question and the reason why its answer earned less than its full points. Absent if there are no such
       * questions.
       */
      reduced: z.array(z.tuple([z.number(), z.enum(reductions)])).optional(),
    }),
  ),
  /**
   * The questions that the member answered right within the last 30 days. Each item has the question's id and the days
   * of its latest right answers (in days since 1970). The most recently answered question is last. `fair-points.ts` has
   * the rules.
   */
  rightAnswers: z.array(z.tuple([z.string(), z.array(z.number())])),
  /**
   * The points of the last few days, oldest first. Each item is a pair of a day (in days since 1970) and its points.
   */
  dayPoints: z.array(z.tuple([z.number(), z.number()])),
  /** For each kind of question: the number of right answers and the number of all answers. */
  kinds: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /**
   * The facts that the member missed. The most recently answered fact is last. The facts are stored as a list, because
   * an object would move keys such as "1921" to the front. Older versions of the bot stored an object: id → number of
   * right answers and number of wrong answers.
   */
  missed: z.union([
    z.array(missedSchema),
    z
      .record(z.string(), z.tuple([z.number(), z.number()]))
      .transform((all) => Object.entries(all).map(([id, [right, wrong]]): MissedFact => [id, right, wrong])),
  ]),
  days: z.object({
    /**
     * The streaks of consecutive days with an answer, oldest first. Each streak is stored as a pair of its first day
     * and its last day.
     */
    runs: z.array(z.tuple([z.number(), z.number()])),
    longest: z.number(),
  }),
  /** When the bot last checked whether the member is still on the server, in ms since the epoch. */
  checked: z.number().optional(),
  /**
   * True if the last check found that the member has left the server. Boards then hide this member. The member's next
   * answer removes this field.
   */
  left: z.literal(true).optional(),
  /** True if a manager of the server has excluded this member from the leaderboards. */
  excluded: z.literal(true).optional(),
});

/**
 * The schema of an older form, which had the field `practised` instead of `rightAnswers` and `dayPoints`. For each
 * week, `practised` lists the ids of the questions that earned points in that week. The days of these answers are not
 * known.
 */
const practisedSchema = z.record(z.string(), z.array(z.string()));
const olderSchema = currentSchema
  .omit({ rightAnswers: true, dayPoints: true })
  .extend({ practised: practisedSchema })
  .transform(({ practised, ...rest }) => ({ ...rest, rightAnswers: answersOfWeeks(practised), dayPoints: [] }));

/**
 * Converts `practised` to `rightAnswers`. Each question of a week is stored as answered right on the Monday of that
 * week.
 */
function answersOfWeeks(practised: z.output<typeof practisedSchema>): Member['rightAnswers'] {
  const days = new Map<string, number[]>();
  for (const week of Object.keys(practised).toSorted()) {
    const monday = mondayOfWeek(week);
    if (monday !== undefined)
      for (const question of practised[week] ?? []) days.set(question, [...(days.get(question) ?? []), monday]);
  }
  return [...days].toSorted(([, a], [, b]) => (a.at(-1) ?? 0) - (b.at(-1) ?? 0));
}

/** The first version of the stored value. It has no topics, no months and no streaks. */
const firstVersionSchema = z.object({
  v: z.literal(1),
  name: z.string(),
  windows: z.record(z.string(), z.object({ points: z.number(), right: z.number(), answered: z.number() })),
  applied: z.array(z.object({ round: z.string(), questions: z.array(z.number()) })),
  practised: z.object({ week: z.string(), questions: z.array(z.string()) }),
});

export type Member = z.output<typeof currentSchema>;
export type MissedFact = z.output<typeof missedSchema>;

type Window = Member['windows'][string];

const isWindow = (value: unknown): value is Window =>
  isObject(value) && isTriple(value['all']) && isRecordOf(value['topics'], isTriple);
const isReduced = (value: unknown): value is [number, Reduction] =>
  Array.isArray(value) && value.length === 2 && isNumber(value[0]) && reductions.includes(value[1]);
const isRound = (value: unknown): value is Member['rounds'][number] =>
  isObject(value) &&
  isText(value['round']) &&
  isNumberList(value['questions']) &&
  isNumber(value['points']) &&
  isNumber(value['right']) &&
  (value['day'] === undefined || isNumber(value['day'])) &&
  (value['reduced'] === undefined || isListOf(value['reduced'], isReduced));
const isMissed = (value: unknown): value is MissedFact =>
  Array.isArray(value) && value.length === 3 && isText(value[0]) && isPair(value.slice(1));
const isRightAnswer = (value: unknown): value is Member['rightAnswers'][number] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isNumberList(value[1]);
const isDays = (value: unknown): value is Member['days'] =>
  isObject(value) && isListOf(value['runs'], isPair) && isNumber(value['longest']);

export const isWindows = (value: unknown): value is Member['windows'] => isRecordOf(value, isWindow);
export const isWeeks = (value: unknown): value is NonNullable<Member['weeks']> => isRecordOf(value, isNumber);
/**
 * Checks a value by the same rules as `currentSchema`, but without copying the value. Copying would be too slow,
 * because saving the results of one question reads hundreds of values.
 */
const isCurrent = (value: unknown): value is Member =>
  isObject(value) &&
  value['v'] === memberVersion &&
  isText(value['name']) &&
  isWindows(value['windows']) &&
  (value['weeks'] === undefined || isWeeks(value['weeks'])) &&
  isListOf(value['rounds'], isRound) &&
  isListOf(value['rightAnswers'], isRightAnswer) &&
  isListOf(value['dayPoints'], isPair) &&
  isRecordOf(value['kinds'], isPair) &&
  isListOf(value['missed'], isMissed) &&
  isDays(value['days']) &&
  (value['checked'] === undefined || isNumber(value['checked'])) &&
  (value['left'] === undefined || value['left'] === true) &&
  (value['excluded'] === undefined || value['excluded'] === true);

/** Reads a stored value of any version. Values of older versions are converted to the current version. */
export const memberSchema: z.ZodType<Member> = z.union([
  z.custom<Member>(isCurrent),
  currentSchema,
  olderSchema,
  firstVersionSchema.transform(({ name, windows, applied, practised }): Member => ({
    ...newMember(name),
    windows: Object.fromEntries(
      Object.entries(windows).map(([id, { points, right, answered }]) => [
        id,
        { all: [points, right, answered], topics: {} },
      ]),
    ),
    rounds: applied.map((round) => ({ ...round, points: 0, right: 0 })),
    rightAnswers: answersOfWeeks({ [practised.week]: practised.questions }),
  })),
]);

/** The stored value of a member without any results. */
export function newMember(name: string): Member {
  return {
    v: memberVersion,
    name,
    windows: {},
    rounds: [],
    rightAnswers: [],
    dayPoints: [],
    kinds: {},
    missed: [],
    days: { runs: [], longest: 0 },
  };
}
