/**
 * Shows one page of a leaderboard and the rank of the member who reads it. The page is text and not a picture, so that
 * screen readers can read it and members can copy it.
 */
import type { Measure } from '../../core/scores/board.ts';
import type { Ranking, Placement } from '../../core/scores/ranking.ts';
import { placeLabel } from '../message/escape-markdown.ts';
import { distinctNames } from '../message/member-names.ts';
import {
  type ActionRow,
  actionRow,
  type Button,
  container,
  type Message,
  message,
  textDisplay,
} from '../message/message-components.ts';
import { boardWords } from '../words/board-words.ts';
import { percent, pluralize } from '../words/labels.ts';

export const pageSize = 10;
const podiumPlaces = 3;
/**
 * Maximum number of names in the line about the winners of the previous week. Without a maximum, the line could become
 * very long, because many members may share a rank.
 */
const podiumNames = 5;

export interface BoardPage {
  readonly by: Measure;
  /** What the board shows, for example "This week · by points". */
  readonly heading: string;
  readonly ranking: Ranking;
  /** The sentence that is shown if nobody is on the board. */
  readonly emptyText: string;
  /** Index of the first member on the page. */
  readonly from: number;
  /** The id of the member who asked for this page. */
  readonly me: string;
  /** Whether other members also see the page. If so, the page must not say “you”. */
  readonly isPublic: boolean;
  /** A sentence that explains why the reader is not on the board. Absent if no explanation is needed. */
  readonly note?: string | undefined;
  /** The leaderboard of the previous week. Set only if the card shows the leaderboard of the current week. */
  readonly before?: Ranking | undefined;
  readonly buttons: readonly Button[];
  /** The select menu with other boards. Absent if there are none to choose from. */
  readonly select?: ActionRow;
}

export function boardCard({
  by,
  heading,
  ranking,
  emptyText,
  from,
  me,
  isPublic,
  note,
  before,
  buttons,
  select,
}: BoardPage): Message {
  const page = ranking.slice(from, pageSize);
  const around = neighbours(ranking, from, me);
  const nameOf = distinctNames([...page, ...around]);
  const lines = (standings: readonly Placement[]) =>
    standings
      .map((standing) => memberLine(by, standing, nameOf(standing), standing.user === me && !isPublic))
      .join('\n');
  const mine = around.find(({ user }) => user === me);
  const podium = before ? podiumLine(by, before) : undefined;
  const span = ranking.size > pageSize ? ` · ${from + 1} to ${from + page.length} of` : ' ·';
  const parts = [
    textDisplay(
      `## ${boardWords.titles[by]}\n-# ${heading}${ranking.size === 0 ? '' : `${span} ${pluralize(ranking.size, 'member')}`}`,
    ),
    textDisplay(page.length === 0 ? emptyText : lines(page)),
    ...(around.length > 0
      ? [textDisplay(`**${boardWords.around(isPublic && mine ? nameOf(mine) : undefined)}**\n${lines(around)}`)]
      : []),
    ...(note === undefined ? [] : [textDisplay(`-# ${note}`)]),
    ...(podium === undefined ? [] : [textDisplay(podium)]),
    ...(select === undefined ? [] : [select]),
    ...(buttons.length > 0 ? [actionRow(...buttons)] : []),
  ];
  return message(container(parts));
}

/** The reader's rank and the ranks directly above and below it. Ranks that are already on the page are left out. */
function neighbours(ranking: Ranking, from: number, me: string): readonly Placement[] {
  const mine = ranking.indexOf(me);
  if (mine === undefined || (mine >= from && mine < from + pageSize)) return [];
  const first = Math.max(0, mine - 1);
  const shown = (index: number) => index >= from && index < from + pageSize;
  return ranking.slice(first, mine + 2 - first).filter((_, index) => !shown(first + index));
}

function memberLine(by: Measure, standing: Placement, name: string, mine: boolean): string {
  return `${placeLabel(standing.place)} **${name}**${mine ? boardWords.you : ''} · ${resultText(by, standing)}`;
}

function resultText(by: Measure, { value, right, answered }: Placement): string {
  switch (by) {
    case 'points':
      return `${pluralize(value, 'point')} · ${rightAnswers({ right, answered })}`;
    case 'accuracy':
      return `${percent(right, answered)} · ${rightAnswers({ right, answered })}`;
    case 'streak':
      return `${pluralize(value, 'day')} in a row`;
  }
}

function podiumLine(by: Measure, before: Ranking): string | undefined {
  const best = before.slice(0, podiumNames).filter(({ place }) => place <= podiumPlaces);
  if (best.length === 0) return undefined;
  const nameOf = distinctNames(best, 24);
  const names = best.map((standing) => {
    const { place, value, right, answered } = standing;
    const short = by === 'accuracy' ? percent(right, answered) : pluralize(value, 'point');
    return `${placeLabel(place)} ${nameOf(standing)}, ${short}`;
  });
  return `**Last week’s podium** ${names.join(' · ')}`;
}

interface Answers {
  readonly right: number;
  readonly answered: number;
}
export const rightAnswers = ({ right, answered }: Answers): string =>
  `${right} of ${pluralize(answered, 'answer')} right`;
