/**
 * One page of the timeline, with a button for each entry on the page and buttons for the previous and the next page.
 */
import { type Facts, datesOf } from '../../core/pack/facts.ts';
import type { Entry } from '../../core/pack/pack.ts';
import { entryButton } from './entry-card.ts';
import { formatListDate } from './format-dates.ts';
import { customId } from '../command.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { actionRow, button, container, type Message, message, textDisplay } from '../message/message-components.ts';
import { cardWords } from '../words/card-words.ts';
import { pluralize } from '../words/labels.ts';

const perPage = 5;

export interface Span {
  readonly from?: number;
  readonly to?: number;
  readonly topic?: string;
}

/**
 * One page of the timeline between two years. Pages are counted from 0. `owner` is the member who requested the
 * timeline. If the owner turns the page, the message changes. If another member turns the page, that member gets an
 * ephemeral copy.
 */
export function timelineCard(
  span: Span,
  entries: readonly Entry[],
  page: number,
  owner: string,
  facts: Facts,
): Message {
  const pages = Math.ceil(entries.length / perPage);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = entries.slice(at * perPage, (at + 1) * perPage);
  const lines = shown.map(
    (entry) => `- **${escapeMarkdown(formatListDate(datesOf(entry)))}** ${escapeMarkdown(entry.title)}`,
  );
  const marked = shown.some((entry) => datesOf(entry).record !== undefined);
  const turn = (to: number) =>
    customId('timeline', 'page', owner, span.from ?? '', span.to ?? '', span.topic ?? '', to);
  return message(
    container([
      textDisplay(
        `### Timeline${spanLabel(span, facts)}\n-# ${pluralize(entries.length, 'event')} · page ${at + 1} of ${pages}`,
      ),
      textDisplay(lines.join('\n') + (marked ? `\n-# ${cardWords.timelineMark}` : '')),
      actionRow(...shown.map(entryButton)),
      ...(pages > 1
        ? [actionRow(button('Earlier', turn(at - 1), 2, at === 0), button('Later', turn(at + 1), 2, at === pages - 1))]
        : []),
    ]),
  );
}

function spanLabel({ from, to, topic }: Span, facts: Facts): string {
  const years = from === to ? from : [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
  const title = facts.pack.topics.find(({ id }) => id === topic)?.title;
  return `${years ? ` ${years}` : ''}${title === undefined ? '' : ` · ${escapeMarkdown(title)}`}`;
}
