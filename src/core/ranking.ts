/** Who stands where: members in order of points, ties sharing a place (1, 1, 3). */
import type { Member, Tally } from './scoring.ts';

export interface Standing extends Tally {
  readonly user: string;
  readonly name: string;
  readonly place: number;
}

/** Everybody with an answer in `window` (`all`, or a week's id), best first; among equals the more accurate stands first. */
export function standings(
  members: Iterable<readonly [user: string, member: Member]>,
  window: string,
): readonly Standing[] {
  const rows: (Tally & { user: string; name: string })[] = [];
  for (const [user, { name, windows }] of members) {
    const tally = Object.hasOwn(windows, window) ? windows[window] : undefined;
    if (tally) rows.push({ user, name, ...tally });
  }
  rows.sort(
    (a, b) => b.points - a.points || b.right / b.answered - a.right / a.answered || a.user.localeCompare(b.user),
  );
  let place = 0;
  return rows.map((row, index) => {
    if (row.points !== rows[index - 1]?.points) place = index + 1;
    return { ...row, place };
  });
}
