/**
 * Adds the result of one answer to a member's scores. Idempotent: adding the same result a second time changes nothing.
 * Old items of every list are removed, so the stored value stays small even for members who play often.
 */
import { ownValue } from '../own-value.ts';
import { award, type Reduction } from './fair-points.ts';
import { pastWeeks, pointsByWeek } from './member-stats.ts';
import { type Member, type MissedFact, newMember } from './member.ts';
import type { AnswerResult } from './scoring.ts';
import { isMonthId, isWeekId, monthId, monthsBefore, weekId } from './time-windows.ts';

/**
 * The stored value of each member lists the rounds whose results were counted. This list prevents a result from being
 * counted twice. It contains at least the latest 24 rounds and all rounds of the last three days. Three days are long
 * enough, because saving a result is retried for at most one day (see `longestOwed` in bot/rounds/payouts.ts).
 */
const maxRounds = 24;
const daysRemembered = 3;
/**
 * Number of weeks whose tallies are kept: the current week, the previous week (to show its winners), and one more week
 * because results may arrive late.
 */
const maxWeeks = 3;
const maxMonths = 2;
/**
 * Number of streaks that are kept. A streak is a sequence of consecutive days with an answer. A late result may extend
 * an old streak or join two streaks.
 */
const maxRuns = 8;
const maxMissed = 48;
/**
 * A missed fact is removed from the list when its right answers exceed its wrong answers by this number. The member has
 * then learned the fact.
 */
const recoveredAfter = 2;

type Window = Member['windows'][string];
type Days = Member['days'];

/**
 * Whether the stored values of all members still contain the tallies of `window`, which is the id of a time window.
 * `today` is in days since 1970.
 *
 * When a member answers, the old tallies are removed from this member's value. The values of members who have not
 * answered recently still contain old tallies. A board of an old week or month would list only these members and is
 * therefore not available.
 */
export function isWindowKept(window: string, today: number): boolean {
  if (isWeekId(window)) return window >= weekId(today - 7 * (maxWeeks - 1));
  return !isMonthId(window) || window >= monthsBefore(today, maxMonths - 1);
}

/** Data about an answer that is not part of its {@link AnswerResult}. */
interface ResultContext {
  /** Day of the answer in the scope's time zone, in days since 1970. */
  readonly day: number;
  /** Topics of the entries that the question is about. */
  readonly topics: readonly string[];
}

/** Returns the member's scores with `result` added. If this result was already counted, returns `member` unchanged. */
export function applyResult(member: Member | undefined, result: AnswerResult, { day, topics }: ResultContext): Member {
  const old = member ?? newMember(result.name);
  const round = old.rounds.find((one) => one.round === result.round);
  if (round?.questions.includes(result.question)) return old;

  const { points, reduction, rightAnswers, dayPoints } = award(old, result, day);
  const right = result.right ? 1 : 0;
  const added = (id: string) => addToWindow(ownValue(old.windows, id), topics, points, right);
  const [week, month] = [weekId(day), monthId(day)];
  const weekly = latest({ ...old.windows, [week]: added(week) }, isWeekId, maxWeeks);
  const monthly = latest({ ...old.windows, [month]: added(month) }, isMonthId, maxMonths);
  const [rightBefore, answeredBefore] = old.kinds[result.kind] ?? [0, 0];
  // A member who answers is in the server, so the field `left` is removed.
  const { left: _, ...present } = old;
  return {
    ...present,
    name: result.name,
    windows: { ...weekly, ...monthly, all: added('all') },
    weeks: latest({ ...pointsByWeek(old), ...pointsByWeek({ windows: weekly }) }, isWeekId, pastWeeks),
    rounds: rememberedRounds(day, [
      ...old.rounds.filter((one) => one !== round),
      {
        round: result.round,
        questions: [...(round?.questions ?? []), result.question],
        points: (round?.points ?? 0) + points,
        right: (round?.right ?? 0) + right,
        day: Math.max(round?.day ?? day, day),
        ...reducedAnswers(round, result.question, reduction),
      },
    ]),
    rightAnswers,
    dayPoints,
    kinds: { ...old.kinds, [result.kind]: [rightBefore + right, answeredBefore + 1] },
    missed: updateMissed(old.missed, result.about[0], result.right),
    days: addDay(old.days, day),
  };
}

/**
 * The new value of the field `reduced` of a stored round, after an answer to `question` was added. `reduction` is
 * undefined if this answer earned its full points.
 */
function reducedAnswers(
  round: Member['rounds'][number] | undefined,
  question: number,
  reduction: Reduction | undefined,
): Pick<Member['rounds'][number], 'reduced'> {
  const reduced = [...(round?.reduced ?? [])];
  if (reduction !== undefined) reduced.push([question, reduction]);
  return reduced.length > 0 ? { reduced } : {};
}

function rememberedRounds(today: number, rounds: Member['rounds']): Member['rounds'] {
  const latest = Math.max(today, ...rounds.map(({ day = 0 }) => day));
  return rounds.filter(({ day = 0 }, index) => index >= rounds.length - maxRounds || day > latest - daysRemembered);
}

function addToWindow(
  window: Window = { all: [0, 0, 0], topics: {} },
  topics: readonly string[],
  points: number,
  right: number,
): Window {
  const add = ([a, b, c]: Window['all'] = [0, 0, 0]): Window['all'] => [a + points, b + right, c + 1];
  const changed = topics.map((topic) => [topic, add(ownValue(window.topics, topic))] as const);
  return { all: add(window.all), topics: { ...window.topics, ...Object.fromEntries(changed) } };
}

/**
 * Updates the list of missed facts after an answer. The first wrong answer adds the fact to the list. From then on, the
 * answers to this fact are counted. When the member has learned the fact, it is removed.
 */
function updateMissed(missed: Member['missed'], fact: string | undefined, isRight: boolean): Member['missed'] {
  const known = missed.find(([id]) => id === fact);
  if (fact === undefined || (isRight && !known)) return missed;
  const [, rightBefore, wrongBefore] = known ?? [fact, 0, 0];
  const others = missed.filter((one) => one !== known);
  const [right, wrong] = isRight ? [rightBefore + 1, wrongBefore] : [rightBefore, wrongBefore + 1];
  if (right - wrong >= recoveredAfter) return others;
  // The most recently answered fact is last, so the oldest facts are removed first.
  return [...others, [fact, right, wrong] satisfies MissedFact].slice(-maxMissed);
}

/** Adds a day to the streaks. The streaks stay sorted and non-overlapping even if days are not added in order. */
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

/**
 * Returns the items whose ids `matches` accepts, but only the latest `most` of them. The ids are those of weeks or
 * months, so their alphabetical order is also their order in time.
 */
function latest<T>(
  all: Readonly<Record<string, T>>,
  matches: (id: string) => boolean,
  most: number,
): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const id of Object.keys(all).filter(matches).toSorted().slice(-most)) {
    const item = all[id];
    if (item !== undefined) kept[id] = item;
  }
  return kept;
}
