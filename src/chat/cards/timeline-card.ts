/**
 * One page of the timeline, with a line for each entry, a select menu that opens an entry, and buttons for the previous
 * and the next page.
 */
import { type Facts, datesOf, sortDate } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord } from '../../core/pack/pack.ts';
import { entrySelect } from './entry-select.ts';
import { removeButton } from './remove-button.ts';
import { formatDate } from './format-dates.ts';
import { customId } from '../command.ts';
import { escapePart } from '../message/escape-markdown.ts';
import { actionRow, button, container, type Message, message, textDisplay } from '../message/message-components.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { cardWords } from '../words/card-words.ts';
import { pluralize } from '../words/labels.ts';

const perPage = 10;

export interface Span {
  readonly from?: number;
  readonly to?: number;
  readonly topic?: string;
  /** If set, the timeline has only entries with a date in the article, and is sorted by this date. */
  readonly articleOnly?: true;
}

interface Page {
  /** The index of the page. The first page has the index 0. */
  readonly page: number;
  /**
   * The id of the member who requested the timeline. If this member turns the page, the message changes. If another
   * member turns the page, that member gets an ephemeral copy.
   */
  readonly owner: string;
  /** Whether other members see the message. If so, it has the button "Remove for all". */
  readonly isPublic: boolean;
}

/** One page of the timeline between two years. */
export function timelineCard(
  span: Span,
  entries: readonly Entry[],
  { page, owner, isPublic }: Page,
  facts: Facts,
): Message {
  const pages = Math.ceil(entries.length / perPage);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = entries.slice(at * perPage, (at + 1) * perPage);
  const lines = shown.map((entry) => timelineLine(entry, span));
  const mark = [
    ...(lines.some((line) => line.includes(notInArticle))
      ? [`-# ${cardWords.timelineMark(entries.filter(isFromRecord).length, isFiltered(span))}`]
      : []),
    ...(span.articleOnly
      ? [`-# ${cardWords.timelineArticleOnly(undatedIn(span, facts), shown.some(hasTwoDates))}`]
      : []),
  ];
  const turn = (to: number) =>
    customId(
      'timeline',
      'page',
      owner,
      span.from ?? '',
      span.to ?? '',
      span.topic ?? '',
      to,
      span.articleOnly ? 'article' : '',
      ...inPack(facts.pack.id),
    );
  const buttons = [
    ...(pages > 1
      ? [
          button(cardWords.earlier, turn(at - 1), 2, at === 0),
          button(cardWords.later, turn(at + 1), 2, at === pages - 1),
        ]
      : []),
    ...(isPublic ? [removeButton(owner)] : []),
  ];
  return message(
    container([
      textDisplay(
        [
          `### Timeline${spanLabel(span, facts)}`,
          `-# ${pluralize(entries.length, 'event')} · page ${at + 1} of ${pages}${fromYear(span, entries, pages)}`,
          ...mark,
        ].join('\n'),
      ),
      textDisplay(lines.join('\n')),
      ...entrySelect(cardWords.openOne, shown, facts.pack.id),
      ...(buttons.length > 0 ? [actionRow(...buttons)] : []),
    ]),
  );
}

/** Whether the member has filtered the timeline, so that it leaves out some events. */
const isFiltered = ({ from, to, topic, articleOnly }: Span): boolean =>
  from !== undefined || to !== undefined || topic !== undefined || articleOnly === true;

/**
 * If the timeline has at least three pages and the member chose no first year, suggests a first year. This is the year
 * of the middle entry.
 */
function fromYear(span: Span, entries: readonly Entry[], pages: number): string {
  const middle = entries[Math.floor(entries.length / 2)];
  const year = Number.parseInt((middle && sortDate(middle)) ?? '', 10);
  if (pages < 3 || span.from !== undefined || Number.isNaN(year)) return '';
  return ` · ${cardWords.timelineFrom(year, isFiltered(span))}`;
}

/** The number of the article's events in the span that have a date only in the public record. */
const undatedIn = (span: Span, facts: Facts): number =>
  facts
    .timeline({ ...span, articleOnly: false })
    .filter((entry) => !isFromRecord(entry) && datesOf(entry).article === undefined).length;

const hasTwoDates = (entry: Entry): boolean => {
  const { article, record } = datesOf(entry);
  return article !== undefined && record !== undefined;
};

const notInArticle = '‡';

/**
 * The date and the title of an entry. If the public record gives a date for the entry, a mark or a remark says where
 * the dates come from.
 */
function timelineLine(entry: Entry, { articleOnly }: Span): string {
  const { article, when, record } = datesOf(entry);
  const title = escapePart(entry.title);
  const line = (date: string, remark?: string) =>
    `- **${escapePart(date)}** ${title}${remark === undefined ? '' : ` (${escapePart(remark)})`}`;
  const ofArticle = when ?? formatDate(article ?? '');
  if (record === undefined) return line(ofArticle);
  if (isFromRecord(entry)) return `${line(formatDate(record))} ${notInArticle}`;
  const { differs, missing, articleOnly: other } = cardWords.timelineDates;
  if (articleOnly && article !== undefined) return line(ofArticle, other(formatDate(record)));
  return line(formatDate(record), article === undefined && when === undefined ? missing : differs(ofArticle));
}

function spanLabel({ from, to, topic, articleOnly }: Span, facts: Facts): string {
  const years = from === to ? from : [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
  const title = facts.pack.topics.find(({ id }) => id === topic)?.title;
  return `${years ? ` ${years}` : ''}${title === undefined ? '' : ` · ${escapePart(title)}`}${articleOnly ? ' · only the article' : ''}`;
}
