/**
 * Draws the SVG of a progress picture: points by week and right answers by topic, of one member or of a whole server.
 * The picture has its own background, so it looks the same in dark and light themes. No difference is shown by colour
 * alone.
 */
import { pastWeeks, type Tally, type WeekPoints } from '../../core/scores/member-stats.ts';
import { cleanInline, shorten } from '../message/escape-markdown.ts';
import { escapeXml, svgText } from '../message/picture.ts';
import { boardWords } from '../words/board-words.ts';
import { percent } from '../words/labels.ts';

/** Maximum number of topics in a picture. */
export const topicsShown = 5;
const titleLength = 34;
/** Maximum length of the name of a member. */
export const nameLength = 32;

/** Sizes in SVG units. One unit is one pixel. Phones show the picture at about half this size. */
const width = 520;
const margin = 28;
const inner = width - 2 * margin;
const barsHeight = 120;
const rowHeight = 56;
/** Height of the bar below the name of a topic. */
const topicBar = 16;

/** The colours have a contrast of at least 4.5:1 for text and 3:1 for bars. */
const colours = { ground: '#2b2d31', edge: '#80848e', track: '#1e1f22', bar: '#5865f2', text: '#ffffff' } as const;

export interface TopicResult {
  readonly title: string;
  readonly tally: Pick<Tally, 'right' | 'answered'>;
}
export interface ProgressDrawing {
  readonly title: string;
  /** The line below the title. */
  readonly subtitle: string;
  /** Oldest week first. */
  readonly weeks: readonly WeekPoints[];
  readonly topicsTitle: string;
  readonly topics: readonly TopicResult[];
  /** A line below the topics. Absent if there is nothing to add. */
  readonly footer?: string | undefined;
}

/** The title and the results of a topic, for alt texts. */
export const topicText = ({ title, tally }: TopicResult): string =>
  `${cleanInline(title, titleLength)} ${boardWords.reached(percent(tally.right, tally.answered), tally.right, tally.answered)}`;

/** The sentence about the points of each week, for alt texts. */
export function weeksText(weeks: readonly WeekPoints[]): string {
  const points = weeks.map(({ points }) => points);
  return boardWords.weeksAlt(pastWeeks, points.every((one) => one === 0) ? undefined : points.join(', '));
}

/** Draws the picture. This function escapes all texts. */
export function progressSvg({ title, subtitle, weeks, topicsTitle, topics, footer }: ProgressDrawing): string {
  const parts: string[] = [];
  let y = margin;
  const line = (content: string, size: number, weight = 400) => {
    parts.push(clipElement(margin, y, inner, size * 1.5, textElement(0, size * 1.1, size, content, { weight })));
    y += size * 1.5;
  };
  line(svgText(title, nameLength) ?? escapeXml(boardWords.progress), 28, 700);
  line(escapeXml(subtitle), 22);
  y += 18;
  line(escapeXml(boardWords.progressWeeks(pastWeeks)), 22, 700);
  parts.push(weekBars(weeks, y));
  y += barsHeight + 66;
  y += 8;
  if (topics.length > 0) line(escapeXml(topicsTitle), 22, 700);
  y += 4;
  for (const [index, topic] of topics.entries()) {
    parts.push(topicRow(topic, index, y));
    y += rowHeight;
  }
  if (footer !== undefined) line(escapeXml(footer), 20);
  const height = Math.ceil(y + margin - 6);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans" fill="${colours.text}">`,
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="16" fill="${colours.ground}" stroke="${colours.edge}" stroke-width="2"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/**
 * Draws one bar for each week, with the points above the bar. The name of a month is written below the first week that
 * begins in this month.
 */
function weekBars(weeks: readonly WeekPoints[], top: number): string {
  const step = inner / weeks.length;
  const most = Math.max(1, ...weeks.map(({ points }) => points));
  // A number with four characters is too wide for a column at the usual font size.
  const size = most < 1_000 ? 18 : 15;
  const foot = top + 26 + barsHeight;
  const months = weeks.map(({ monday }) => shortMonth(monday));
  const columns = weeks.flatMap(({ points }, index) => {
    const height = (barsHeight * points) / most;
    const x = margin + index * step;
    const middle = x + step / 2;
    return [
      rectElement(x + 5, foot - height, step - 10, height, colours.bar),
      textElement(middle, foot - height - 8, size, compactNumber(points), { anchor: 'middle' }),
      ...(months[index] === months[index - 1]
        ? []
        : [textElement(middle, foot + 28, 18, months[index] ?? '', { anchor: 'middle' })]),
    ];
  });
  return [...columns, rectElement(margin, foot, inner, 2, colours.edge)].join('\n');
}

/** Formats a number with at most four characters, such as `1.2K`. */
const compactNumber = (points: number): string => (points < 1_000 ? String(points) : compactFormat.format(points));
const compactFormat = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 });
const shortMonth = (day: number): string =>
  new Date(day * 86_400_000).toLocaleDateString('en', { month: 'short', timeZone: 'UTC' });

/**
 * Draws the row of one topic: its name, and below it a bar and the numbers. The length of the bar shows the percentage
 * of right answers.
 */
function topicRow({ title, tally }: TopicResult, index: number, top: number): string {
  const textHeight = 30;
  const bar = inner - 160;
  const name = svgText(shorten(title, titleLength), titleLength) ?? boardWords.topicNumber(index + 1);
  const numbers = boardWords.reached(percent(tally.right, tally.answered), tally.right, tally.answered);
  return [
    clipElement(margin, top, inner, textHeight, textElement(0, 22, 22, name)),
    rectElement(margin, top + textHeight, bar, topicBar, colours.track),
    rectElement(margin, top + textHeight, (bar * tally.right) / tally.answered, topicBar, colours.bar),
    textElement(margin + inner, top + textHeight + topicBar, 20, escapeXml(numbers), { anchor: 'end' }),
  ].join('\n');
}

const rectElement = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(w)}" height="${rounded(h)}" rx="3" fill="${fill}"/>`;

interface TextStyle {
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
}
/** A text element. `content` must already be escaped. */
const textElement = (
  x: number,
  y: number,
  size: number,
  content: string,
  { weight = 400, anchor }: TextStyle = {},
): string =>
  `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${size}" font-weight="${weight}"${anchor ? ` text-anchor="${anchor}"` : ''}>${content}</text>`;

/** Cuts off everything in `content` that lies outside a box, so wide letters cannot cover the neighbouring elements. */
const clipElement = (x: number, y: number, w: number, h: number, content: string): string =>
  `<svg x="${rounded(x)}" y="${rounded(y)}" width="${rounded(w)}" height="${rounded(h)}">${content}</svg>`;

const rounded = (length: number): string => String(Math.round(length * 100) / 100);
