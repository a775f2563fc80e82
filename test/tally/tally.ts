/**
 * Compares the players' records with the database. An acknowledged answer must count exactly once. An answer that was
 * not acknowledged may count at most once.
 */
import { type Member } from '../../src/core/scores/member.ts';
import { tallyOfWindow } from '../../src/core/scores/member-stats.ts';
import type { RecordedAnswer } from './answers.ts';

/**
 * The points for a right answer to a question of each difficulty. The points are not imported from the bot, so that the
 * check is independent.
 */
const pointsByDifficulty = { 1: 10, 2: 15, 3: 20 } as const;
/**
 * The share of the points that a member gets for the first, second and third right answer to the same question. Later
 * right answers earn nothing.
 */
const shares = [1, 1 / 2, 1 / 4] as const;

/**
 * Returns descriptions of the differences between the database and the players' records. Empty if there are no
 * differences.
 * @param cutShort the questions that must not count for any player (see `cutShortQuestions`)
 */
export function differences(
  pressed: readonly RecordedAnswer[],
  members: readonly (readonly [user: string, member: Member])[],
  cutShort: ReadonlySet<string>,
): readonly string[] {
  const counted = members.flatMap(([user, { rounds }]) =>
    rounds.flatMap(({ round, questions }) => questions.map((question) => ({ user, round, question }))),
  );
  const same = (a: Key, b: Key) => a.user === b.user && a.round === b.round && a.question === b.question;
  const problems: string[] = [];
  for (const one of pressed) {
    const times = counted.filter((other) => same(one, other)).length;
    const isCutShort = cutShort.has(`${one.round} ${one.question}`);
    if (isCutShort && times > 0) problems.push(`${nameOf(one)} counts, though the question was cut short`);
    if (one.acknowledged && !isCutShort && times !== 1)
      problems.push(`${nameOf(one)} was acknowledged and counts ${times} times`);
    if (!one.acknowledged && times > 1) problems.push(`${nameOf(one)} was not acknowledged and counts ${times} times`);
    // In a solo round, a player may press the same button twice. The bot then shows the same result twice.
    const again = ({ solo, label }: RecordedAnswer) => !solo || label !== one.label;
    const other = pressed.find((each) => each !== one && each.acknowledged && same(one, each) && again(each));
    if (one.acknowledged && other)
      problems.push(`${nameOf(one)} (${one.asked.id}) was acknowledged as ${one.label} and as ${other.label}`);
  }
  for (const [user, member] of members) {
    const mine = counted.filter((one) => one.user === user);
    const all = tallyOfWindow(member, 'all') ?? { points: 0, right: 0, answered: 0 };
    if (all.answered !== mine.length)
      problems.push(`${user} has ${all.answered} answers in all and ${mine.length} results`);
    const low = sums(user, mine, pressed, (rights) => rights.every(Boolean));
    const high = sums(user, mine, pressed, (rights) => rights.some(Boolean));
    if (all.right < low.right || all.right > high.right)
      problems.push(`${user} has ${all.right} right answers, by the records ${low.right} to ${high.right}`);
    if (all.points < low.points || all.points > high.points)
      problems.push(
        `${user} has ${all.points} points, by the records ${low.points} to ${high.points}: ${pressesOf(user, mine, pressed)}`,
      );
  }
  for (const one of counted)
    if (!pressed.some((other) => same(one, other))) problems.push(`${nameOf(one)} counts and was never pressed`);
  return problems;
}

interface Key {
  readonly user: string;
  readonly round: string;
  readonly question: number;
}
const nameOf = ({ user, round, question }: Key) =>
  `the answer of ${user} to question ${question + 1} of round ${round}`;

/** Describes all presses of a member on the given questions, so that the cause of a difference can be found. */
const pressesOf = (user: string, mine: readonly Key[], pressed: readonly RecordedAnswer[]): string =>
  mine
    .flatMap(({ round, question }) =>
      pressed.filter((one) => one.user === user && one.round === round && one.question === question),
    )
    .map(
      ({ round, question, asked, label, right, acknowledged }) =>
        `${round}/${question} ${asked.id} ${label} ${right ? 'right' : 'wrong'}${acknowledged ? '' : ' unacknowledged'}`,
    )
    .join('; ');

/**
 * Calculates how many right answers and how many points a member has. `isRight` decides whether a question counts as
 * answered correctly. It receives one boolean for each answer that may have been saved: whether this answer is right.
 */
function sums(
  user: string,
  mine: readonly Key[],
  pressed: readonly RecordedAnswer[],
  isRight: (rights: readonly boolean[]) => boolean,
): { readonly right: number; readonly points: number } {
  let [right, points] = [0, 0];
  const times = new Map<string, number>();
  for (const { round, question } of mine) {
    const presses = pressed.filter((one) => one.user === user && one.round === round && one.question === question);
    const known = presses.filter(({ acknowledged }) => acknowledged);
    const [first] = presses;
    if (!first || !isRight((known.length > 0 ? known : presses).map((one) => one.right))) continue;
    right++;
    const { asked } = first;
    const time = times.get(asked.id) ?? 0;
    times.set(asked.id, time + 1);
    const full = asked.kind === 'closest-year' ? 10 : pointsByDifficulty[asked.difficulty];
    points += Math.round(full * (shares[time] ?? 0));
  }
  return { right, points };
}
