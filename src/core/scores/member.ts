/**
 * What a member has reached at one scope, as one value: totals, windows of time, topics and kinds, days, what was missed,
 * and which results are in it already. What must change together is one value, so a result is in it whole or not at all,
 * and applying it twice changes nothing. Everything that grows is cut to a few, so the value stays small for good.
 */
import { z } from 'zod';
import type { AnswerResult } from './scoring.ts';
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
import { mondayOf, monthId, weekId } from './time-windows.ts';

/** How many of its latest rounds a value remembers; far more than can be owed at once (5 rounds a server, 1 solo). */
const maxRounds = 24;
/** The week that runs, the one whose podium is shown, and one more for results that come late. */
const maxWeeks = 3;
const maxMonths = 2;
/** Weeks of which the points alone stay known, to show progress. */
export const pastWeeks = 12;
/** A late result can come from the week before. */
const maxPracticeWeeks = 2;
/** Runs of days that a late result can still join. */
const maxRuns = 6;
/** Facts that were missed and not made good since. */
const maxMissed = 48;
/** A fact is no longer weak once it was answered right this many times more often than wrong. */
const recoveredAfter = 2;

/** Points, right answers, answers. */
export const tallySchema = z.tuple([z.number(), z.number(), z.number()]);
const span = z.object({ all: tallySchema, topics: z.record(z.string(), tallySchema) });
/** Days with an answer, as first and last day of each unbroken run, the latest run at the end. */
const runsSchema = z.array(z.tuple([z.number(), z.number()]));
export const memberVersion = 2;

const currentSchema = z.object({
  v: z.literal(memberVersion),
  name: z.string(),
  /** Window id → what was reached in it: `all`, weeks such as `2026-W47` and months such as `2026-11`. */
  windows: z.record(z.string(), span),
  /** Week → points, also of weeks whose window is gone; absent in values from before it was kept. */
  weeks: z.record(z.string(), z.number()).optional(),
  /** Results counted already, by round, the round that was last added to at the end. */
  rounds: z.array(
    z.object({ round: z.string(), questions: z.array(z.number()), points: z.number(), right: z.number() }),
  ),
  /** Week → questions that brought points in practice: each does so once a week. */
  practised: z.record(z.string(), z.array(z.string())),
  /** Kind of question → right answers, answers. */
  kinds: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** Fact that was missed → right answers since, wrong answers. */
  missed: z.record(z.string(), z.tuple([z.number(), z.number()])),
  days: z.object({
    runs: runsSchema,
    longest: z.number(),
  }),
  /** When it was last looked up whether they are still a member of the server, in ms since the epoch. */
  checked: z.number().optional(),
  /** They had left the server then; hidden on boards until they answer again. */
  left: z.literal(true).optional(),
});

/** As values were before there were topics, months and streaks. */
const firstVersionSchema = z.object({
  v: z.literal(1),
  name: z.string(),
  windows: z.record(z.string(), z.object({ points: z.number(), right: z.number(), answered: z.number() })),
  applied: z.array(z.object({ round: z.string(), questions: z.array(z.number()) })),
  practised: z.object({ week: z.string(), questions: z.array(z.string()) }),
});

export type Member = z.output<typeof currentSchema>;
type Span = Member['windows'][string];
type Days = Member['days'];

const isSpan = (value: unknown): value is Span =>
  isObject(value) && isTriple(value['all']) && isRecordOf(value['topics'], isTriple);
const isRound = (value: unknown): value is Member['rounds'][number] =>
  isObject(value) &&
  isText(value['round']) &&
  isNumberList(value['questions']) &&
  isNumber(value['points']) &&
  isNumber(value['right']);
const isDays = (value: unknown): value is Days =>
  isObject(value) && isListOf(value['runs'], isPair) && isNumber(value['longest']);

/** As `current` asks, without its copy: a settled question reads hundreds of values, and they are as they should be. */
const isCurrent = (value: unknown): value is Member =>
  isObject(value) &&
  value['v'] === memberVersion &&
  isText(value['name']) &&
  isRecordOf(value['windows'], isSpan) &&
  (value['weeks'] === undefined || isRecordOf(value['weeks'], isNumber)) &&
  isListOf(value['rounds'], isRound) &&
  isRecordOf(value['practised'], isTextList) &&
  isRecordOf(value['kinds'], isPair) &&
  isRecordOf(value['missed'], isPair) &&
  isDays(value['days']) &&
  (value['checked'] === undefined || isNumber(value['checked'])) &&
  (value['left'] === undefined || value['left'] === true);

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

/** What a result's own round cannot tell. */
export interface ResultContext {
  /** The day of the answer in the scope's time zone, in days since 1970. */
  readonly day: number;
  /** Topics of the entries the question is about. */
  readonly topics: readonly string[];
}

/** The member's value with `result` in it; the same value when it was there already. */
export function applyResult(member: Member | undefined, result: AnswerResult, { day, topics }: ResultContext): Member {
  const old = member ?? newMember(result.name);
  const round = old.rounds.find((one) => one.round === result.round);
  if (round?.questions.includes(result.question)) return old;

  const week = weekId(day);
  const points = result.practice && !practicePays(old, week, result.questionId) ? 0 : result.points;
  const right = result.right ? 1 : 0;
  const windows = { ...old.windows };
  for (const id of ['all', week, monthId(day)]) windows[id] = addToWindow(windows[id], topics, points, right);
  const [rightBefore, answeredBefore] = old.kinds[result.kind] ?? [0, 0];
  const { left: _, ...stays } = old;
  const weekly = latest(windows, isWeek, maxWeeks);
  return {
    ...stays,
    name: result.name,
    windows: {
      ...weekly,
      ...latest(windows, isMonth, maxMonths),
      ...only(windows, 'all'),
    },
    weeks: latest(pointsByWeek({ weeks: pointsByWeek(old), windows: weekly }), isWeek, pastWeeks),
    rounds: [
      ...old.rounds.filter((one) => one !== round),
      {
        round: result.round,
        questions: [...(round?.questions ?? []), result.question],
        points: (round?.points ?? 0) + points,
        right: (round?.right ?? 0) + right,
      },
    ].slice(-maxRounds),
    practised: result.practice && points > 0 ? addPractice(old.practised, week, result.questionId) : old.practised,
    kinds: { ...old.kinds, [result.kind]: [rightBefore + right, answeredBefore + 1] },
    missed: updateMissed(old.missed, result.about[0], result.right),
    days: addDay(old.days, day),
  };
}

export interface Tally {
  readonly points: number;
  readonly right: number;
  readonly answered: number;
}

/** What was reached in a window, on one topic if one is named; undefined when nothing was answered. */
export function tallyOfWindow(member: Member, window: string, topic?: string): Tally | undefined {
  const found = ownValue(member.windows, window);
  const wanted = topic === undefined ? found?.all : ownValue(found?.topics ?? {}, topic);
  return wanted && toTally(wanted);
}

/** The points of the last weeks up to `today`'s, the oldest first. */
export function pointsOfWeeks(
  member: Member,
  today: number,
): readonly { readonly monday: number; readonly points: number }[] {
  const known = pointsByWeek(member);
  const monday = mondayOf(today);
  return Array.from({ length: pastWeeks }, (_, index) => monday - 7 * (pastWeeks - 1 - index)).map((day) => ({
    monday: day,
    points: ownValue(known, weekId(day)) ?? 0,
  }));
}

/** A week that still has its window is told by it; the others keep what was said when it was there. */
function pointsByWeek({ weeks, windows }: Pick<Member, 'weeks' | 'windows'>): Record<string, number> {
  const told = Object.entries(windows).flatMap(([id, { all }]) => (isWeek(id) ? [[id, all[0]] as const] : []));
  return { ...weeks, ...Object.fromEntries(told) };
}

export const toTally = ([points, right, answered]: z.output<typeof tallySchema>): Tally => ({
  points,
  right,
  answered,
});

/** What one round brought. */
export function tallyOfRound(member: Member, id: string): Tally | undefined {
  const round = member.rounds.find((one) => one.round === id);
  return round && { points: round.points, right: round.right, answered: round.questions.length };
}

/** Days in a row with an answer, up to today or yesterday: a day that is not over breaks nothing. */
export function streakOf(
  { days: { runs } }: { readonly days: { readonly runs: Days['runs'] } },
  today: number,
): number {
  const [from, to] = runs.at(-1) ?? [0, -1];
  return to >= today - 1 ? to - from + 1 : 0;
}

/** Facts answered wrong and not made good since, the weakest first. */
export function weakestOf({
  missed,
}: Member): readonly { readonly id: string; readonly right: number; readonly wrong: number }[] {
  return Object.entries(missed)
    .map(([id, [right, wrong]]) => ({ id, right, wrong }))
    .toSorted((a, b) => b.wrong - b.right - (a.wrong - a.right) || b.wrong - a.wrong || (a.id < b.id ? -1 : 1));
}

function newMember(name: string): Member {
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

function addToWindow(
  span: Span = { all: [0, 0, 0], topics: {} },
  topics: readonly string[],
  points: number,
  right: number,
): Span {
  const plus = ([a, b, c]: Span['all'] = [0, 0, 0]): Span['all'] => [a + points, b + right, c + 1];
  const changed = topics.map((topic) => [topic, plus(ownValue(span.topics, topic))] as const);
  return { all: plus(span.all), topics: { ...span.topics, ...Object.fromEntries(changed) } };
}

/** Practice pays a question once a week. A week that is no longer remembered lies too far back to pay at all. */
function practicePays({ practised }: Member, week: string, question: string): boolean {
  const weeks = Object.keys(practised).toSorted();
  const forgotten = weeks.length >= maxPracticeWeeks && week < (weeks[0] ?? '');
  return !forgotten && !ownValue(practised, week)?.includes(question);
}

function addPractice(practised: Member['practised'], week: string, question: string): Member['practised'] {
  const now = { ...practised, [week]: [...(ownValue(practised, week) ?? []), question] };
  return latest(now, () => true, maxPracticeWeeks);
}

function updateMissed(missed: Member['missed'], fact: string | undefined, isRight: boolean): Member['missed'] {
  const known = fact === undefined ? undefined : ownValue(missed, fact);
  if (fact === undefined || (isRight && !known)) return missed;
  const [right, wrong] = known ?? [0, 0];
  const { [fact]: _, ...others } = missed;
  const now: [number, number] = isRight ? [right + 1, wrong] : [right, wrong + 1];
  if (now[0] - now[1] >= recoveredAfter) return others;
  // The newest stands last, so the first is the one that was asked for longest ago.
  const facts = Object.keys(others);
  for (const old of facts.slice(0, Math.max(0, facts.length - maxMissed + 1))) delete others[old];
  others[fact] = now;
  return others;
}

/** Runs in order and apart from each other, whatever order the days come in. */
function addDay({ runs, longest }: Days, day: number): Days {
  const touching = runs.filter(([from, to]) => day >= from - 1 && day <= to + 1);
  const joined: [number, number] = [
    Math.min(day, ...touching.map(([from]) => from)),
    Math.max(day, ...touching.map(([, to]) => to)),
  ];
  const others = runs.filter((run) => !touching.includes(run));
  return {
    runs: [...others, joined].toSorted(([a], [b]) => a - b).slice(-maxRuns),
    longest: Math.max(longest, joined[1] - joined[0] + 1),
  };
}

const isWeek = (id: string) => id.includes('W');
const isMonth = (id: string) => id !== 'all' && !isWeek(id);

/** Of the ids that are wanted, the latest; they sort as time does. */
function latest<T>(all: Readonly<Record<string, T>>, wanted: (id: string) => boolean, most: number): Record<string, T> {
  const ids = Object.keys(all).filter(wanted).toSorted().slice(-most);
  return Object.fromEntries(ids.flatMap((id) => Object.entries(only(all, id))));
}

const only = <T>(all: Readonly<Record<string, T>>, id: string): Record<string, T> => {
  const value = ownValue(all, id);
  return value === undefined ? {} : { [id]: value };
};

const ownValue = <T>(all: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(all, id) ? all[id] : undefined;
