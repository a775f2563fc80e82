/**
 * The stored scores of one member at one scope, as one value: totals, time windows, topics, days, missed facts and the
 * results counted so far. It is one value so that a result is saved whole or not at all. `apply-result.ts` changes it,
 * `member-stats.ts` reads it.
 */
import { z } from 'zod';
import {
  isListOf,
  isNumber,
  isNumberList,
  isObject,
  isPair,
  isRecordOf,
  isText,
  isTextList,
  isTriple,
} from '../type-guards.ts';

/** Points, right answers, answers. */
const tallySchema = z.tuple([z.number(), z.number(), z.number()]);
const windowSchema = z.object({ all: tallySchema, topics: z.record(z.string(), tallySchema) });
export const memberVersion = 2;

const currentSchema = z.object({
  v: z.literal(memberVersion),
  name: z.string(),
  /** Window id (`all`, a week such as `2026-W47`, a month such as `2026-11`) → tallies in that window. */
  windows: z.record(z.string(), windowSchema),
  /** Week → points. Kept longer than the windows; absent in values saved before this field existed. */
  weeks: z.record(z.string(), z.number()).optional(),
  /** Results counted so far, by round. The round that was changed last stands at the end. */
  rounds: z.array(
    z.object({
      round: z.string(),
      questions: z.array(z.number()),
      points: z.number(),
      right: z.number(),
      /** Day of the latest answer, in days since 1970; absent in values saved before this field existed. */
      day: z.number().optional(),
    }),
  ),
  /** Week → ids of the questions that have earned points in practice. Each earns points once a week. */
  practised: z.record(z.string(), z.array(z.string())),
  /** Kind of question → right answers, answers. */
  kinds: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** Id of a missed fact → right answers since it was missed, wrong answers. */
  missed: z.record(z.string(), z.tuple([z.number(), z.number()])),
  days: z.object({
    /** Runs of days with an answer: first and last day of each, the latest run at the end. */
    runs: z.array(z.tuple([z.number(), z.number()])),
    longest: z.number(),
  }),
  /** When membership of the server was last checked, in ms since the epoch. */
  checked: z.number().optional(),
  /** They had left the server at that time. Hidden on boards until they answer again. */
  left: z.literal(true).optional(),
});

/** Values saved before there were topics, months and streaks. */
const firstVersionSchema = z.object({
  v: z.literal(1),
  name: z.string(),
  windows: z.record(z.string(), z.object({ points: z.number(), right: z.number(), answered: z.number() })),
  applied: z.array(z.object({ round: z.string(), questions: z.array(z.number()) })),
  practised: z.object({ week: z.string(), questions: z.array(z.string()) }),
});

export type Member = z.output<typeof currentSchema>;

type Window = Member['windows'][string];

const isWindow = (value: unknown): value is Window =>
  isObject(value) && isTriple(value['all']) && isRecordOf(value['topics'], isTriple);
const isRound = (value: unknown): value is Member['rounds'][number] =>
  isObject(value) &&
  isText(value['round']) &&
  isNumberList(value['questions']) &&
  isNumber(value['points']) &&
  isNumber(value['right']) &&
  (value['day'] === undefined || isNumber(value['day']));
const isDays = (value: unknown): value is Member['days'] =>
  isObject(value) && isListOf(value['runs'], isPair) && isNumber(value['longest']);

/** The same rules as `currentSchema`, without its copy: settling a question reads hundreds of values. */
const isCurrent = (value: unknown): value is Member =>
  isObject(value) &&
  value['v'] === memberVersion &&
  isText(value['name']) &&
  isRecordOf(value['windows'], isWindow) &&
  (value['weeks'] === undefined || isRecordOf(value['weeks'], isNumber)) &&
  isListOf(value['rounds'], isRound) &&
  isRecordOf(value['practised'], isTextList) &&
  isRecordOf(value['kinds'], isPair) &&
  isRecordOf(value['missed'], isPair) &&
  isDays(value['days']) &&
  (value['checked'] === undefined || isNumber(value['checked'])) &&
  (value['left'] === undefined || value['left'] === true);

/** Reads a stored value of any version. */
export const memberSchema: z.ZodType<Member> = z.union([
  z.custom<Member>(isCurrent),
  currentSchema,
  firstVersionSchema.transform(({ name, windows, applied, practised }): Member => ({
    ...newMember(name),
    windows: Object.fromEntries(
      Object.entries(windows).map(([id, { points, right, answered }]) => [
        id,
        { all: [points, right, answered], topics: {} },
      ]),
    ),
    rounds: applied.map((round) => ({ ...round, points: 0, right: 0 })),
    practised: { [practised.week]: practised.questions },
  })),
]);

/** A member without any result. */
export function newMember(name: string): Member {
  return {
    v: memberVersion,
    name,
    windows: {},
    rounds: [],
    practised: {},
    kinds: {},
    missed: {},
    days: { runs: [], longest: 0 },
  };
}
