/** Leaderboards and profiles as text. Boards stay text, so that they can be read aloud and copied. */
import { type Standing, standings } from '../core/ranking.ts';
import type { Member, Tally } from '../core/scoring.ts';
import { brief, placeInWords } from './markdown.ts';
import { container, type Message, message, text } from './message.ts';
import { count, words } from './words.ts';

const shown = 10;
const share = ({ right, answered }: Tally) => `${right} of ${count(answered, 'answer')} right`;

/** The ten best of a window, and the asking member's own place when it lies further down. */
export function boardCard(
  members: readonly (readonly [user: string, member: Member])[],
  window: string,
  heading: string,
  me: string,
): Message {
  const all = standings(members, window);
  const top = all.slice(0, shown);
  const mine = all.find(({ user }) => user === me);
  const lines = top.map((standing) => line(standing, standing.user === me));
  if (mine && !top.includes(mine)) lines.push('…', line(mine, true));
  const players = count(all.length, 'member');
  return message(
    container([
      text(`## Leaderboard\n-# ${heading}${all.length === 0 ? '' : ` · ${players}`}`),
      text(lines.length === 0 ? words.boardEmpty : lines.join('\n')),
    ]),
  );
}

function line({ place, name, points, ...tally }: Standing, mine: boolean): string {
  return `${placeInWords(place)} **${brief(name, 32)}**${mine ? ' (you)' : ''} · ${count(points, 'point')} · ${share({ points, ...tally })}`;
}

/** One member's own numbers: this week and in all. */
export function profileCard(member: Member, week: string): Message {
  const tallyText = (heading: string, tally: Tally | undefined) =>
    tally
      ? `**${heading}** ${count(tally.points, 'point')} · ${share(tally)} (${Math.round((100 * tally.right) / tally.answered)} %)`
      : `**${heading}** no answers yet`;
  return message(
    container([
      text(`## ${brief(member.name, 32)}`),
      text([tallyText('This week', member.windows[week]), tallyText('All time', member.windows['all'])].join('\n')),
    ]),
  );
}
