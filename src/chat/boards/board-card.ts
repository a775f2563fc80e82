/** Leaderboards as text, so that they can be read aloud and copied: one page of an order, and where the reader stands. */
import { type Measure, fewestAnswers } from '../../core/scores/board.ts';
import type { Ranking, Placement } from '../../core/scores/ranking.ts';
import { oneLine, placeInWords } from '../message/escape-markdown.ts';
import { type Button, container, message, type Message, row, text } from '../message/message-components.ts';
import { count, words } from '../words.ts';

export const pageSize = 10;
const podiumPlaces = 3;
/** A podium of many equals names this many. */
const podiumNames = 5;

export interface Page {
  readonly by: Measure;
  /** What the board is about, in words. */
  readonly heading: string;
  readonly ranking: Ranking;
  /** How many stand before the page. */
  readonly from: number;
  /** The reader. */
  readonly me: string;
  /** Why the reader is not on the board, where there is something to say. */
  readonly note?: string | undefined;
  /** Of a week's board: the one of the week before. */
  readonly before?: Ranking | undefined;
  readonly buttons: readonly Button[];
}

export function boardCard({ by, heading, ranking, from, me, note, before, buttons }: Page): Message {
  const page = ranking.slice(from, pageSize);
  const lines = (standings: readonly Placement[]) =>
    standings.map((standing) => line(by, standing, standing.user === me)).join('\n');
  const around = neighbours(ranking, from, me);
  const podium = before ? podiumLine(by, before) : undefined;
  const span = ranking.size > pageSize ? ` · ${from + 1} to ${from + page.length} of` : ' ·';
  const parts = [
    text(`## Leaderboard\n-# ${heading}${ranking.size === 0 ? '' : `${span} ${count(ranking.size, 'member')}`}`),
    text(page.length === 0 ? emptyInWords(by) : lines(page)),
    ...(around.length > 0 ? [text(`**Around you**\n${lines(around)}`)] : []),
    ...(note === undefined ? [] : [text(`-# ${note}`)]),
    ...(podium === undefined ? [] : [text(podium)]),
    ...(buttons.length > 0 ? [row(...buttons)] : []),
  ];
  return message(container(parts));
}

/** The reader and whoever stands right before and behind them, where the page does not show the reader. */
function neighbours(ranking: Ranking, from: number, me: string): readonly Placement[] {
  const mine = ranking.indexOf(me);
  if (mine === undefined || (mine >= from && mine < from + pageSize)) return [];
  const first = Math.max(0, mine - 1);
  const shown = (index: number) => index >= from && index < from + pageSize;
  return ranking.slice(first, mine + 2 - first).filter((_, index) => !shown(first + index));
}

function line(by: Measure, standing: Placement, mine: boolean): string {
  return `${placeInWords(standing.place)} **${oneLine(standing.name, 32)}**${mine ? ' (you)' : ''} · ${reached(by, standing)}`;
}

function reached(by: Measure, { value, right, answered }: Placement): string {
  switch (by) {
    case 'points':
      return `${count(value, 'point')} · ${rightOf({ right, answered })}`;
    case 'accuracy':
      return `${percent({ right, answered })} · ${rightOf({ right, answered })}`;
    case 'streak':
      return `${count(value, 'day')} in a row`;
  }
}

function podiumLine(by: Measure, before: Ranking): string | undefined {
  const best = before.slice(0, podiumNames).filter(({ place }) => place <= podiumPlaces);
  if (best.length === 0) return undefined;
  const names = best.map(({ place, name, value, right, answered }) => {
    const short = by === 'accuracy' ? percent({ right, answered }) : count(value, 'point');
    return `${placeInWords(place)} ${oneLine(name, 24)}, ${short}`;
  });
  return `**Last week’s podium** ${names.join(' · ')}`;
}

function emptyInWords(by: Measure): string {
  if (by === 'accuracy') return words.boardEmptyAccuracy(fewestAnswers);
  return by === 'streak' ? words.boardEmptyStreak : words.boardEmpty;
}

interface Answers {
  readonly right: number;
  readonly answered: number;
}
export const rightOf = ({ right, answered }: Answers): string => `${right} of ${count(answered, 'answer')} right`;
/** Rounded down, so that 100 % means all of them. */
export const percent = ({ right, answered }: Answers): string => `${Math.floor((100 * right) / answered)} %`;
