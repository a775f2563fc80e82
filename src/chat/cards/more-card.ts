/**
 * The cards that the buttons "More" and "Sources" open. They show everything that the card of an entry leaves out. Only
 * the member who pressed the button sees them.
 */
import type { Facts } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord, type Note } from '../../core/pack/pack.ts';
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import {
  actionRow,
  container,
  type Container,
  type Message,
  message,
  separator,
  textDisplay,
} from '../message/message-components.ts';
import { markdownLink } from '../message/markdown-link.ts';
import { reportButton } from '../reports/report-button.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { sideTexts } from './dispute-sides.ts';
import {
  cardAccent,
  cardButtons,
  type CardOptions,
  headLines,
  relatedTo,
  serverNote,
  sourceLine,
} from './entry-card.ts';
import { entrySelect } from './entry-select.ts';
import { kindLines } from './kind-lines.ts';
import { sinceThenText, statementSources, statementText } from './record-texts.ts';

/**
 * The whole entry: summary, quotation, all sides of a dispute, all notes and statements, and related entries.
 * @param options `side` is the party of a dispute whose side is shown. By default, all sides are shown and Report is
 *   the only button
 */
export function moreCard(
  entry: Entry,
  facts: Facts,
  { side, ...options }: { readonly side?: string } & CardOptions = {},
): Message {
  const summary = isFromRecord(entry) ? statementText(entry.statement) : escapeMarkdown(entry.summary);
  const linesBelow = kindLines(entry, facts).filter(
    () => entry.kind !== 'dispute' || !entry.summary.includes(entry.about.replace(/\.$/, '')),
  );
  const parts: Container['components'][number][] = [
    textDisplay(headLines(entry, facts)),
    ...(side === undefined ? [] : [textDisplay(cardWords.onlySide(facts.nameOf(side)))]),
    textDisplay([summary, ...linesBelow].join('\n')),
  ];
  if (entry.quote)
    parts.push(textDisplay(`> “${escapeMarkdown(entry.quote.text)}” (paragraph ${entry.quote.paragraph})`));
  if (entry.kind === 'dispute') parts.push(...sideTexts(entry, facts, side), separator());
  for (const note of entry.notes) parts.push(textDisplay(noteText(note)));
  for (const statement of entry.sinceThen) parts.push(textDisplay(sinceThenText(statement)));
  parts.push(
    ...serverNote(entry, facts).map(textDisplay),
    textDisplay(sourceLine(entry, facts)),
    ...entrySelect(cardWords.related, relatedTo(entry, facts), facts.pack.id),
  );
  parts.push(
    ...(side === undefined ? reportRow(entry, facts, options) : [actionRow(...cardButtons(entry, facts, options))]),
  );
  return message(container(parts, cardAccent));
}

/** The sources of an entry: the paragraphs of the article, and the links of all notes and statements. */
export function sourcesCard(entry: Entry, facts: Facts, options: Pick<CardOptions, 'canReport'> = {}): Message {
  const { source } = facts.pack;
  const ofNotes = entry.notes.map((note) =>
    [noteText(note), ...note.sources.map(({ title, url }) => `- ${markdownLink(title, url)}`)].join('\n'),
  );
  const ofRecord = statementsOf(entry).map(statementSources);
  const texts = [...ofNotes, ...(ofRecord.length > 0 ? [`**${cardWords.fromRecord}**`] : []), ...ofRecord];
  const said = escapeMarkdown(facts.label(entry));
  const article = `**The article** “${escapeMarkdown(source.title)}”, ${paragraphList(entry.paragraphs)}; ${said}.\n-# ${escapeMarkdown(source.note)}`;
  const own = entry.kind === 'card' ? `${sourceLine(entry, facts)}\n-# ${said}.` : article;
  return message(
    container(
      [
        textDisplay(`### Sources: ${escapeMarkdown(entry.title)}`),
        ...(isFromRecord(entry) ? [] : [textDisplay(own), ...(entry.kind === 'card' ? [] : [separator()])]),
        ...(texts.length > 0 || entry.kind === 'card' ? texts.map(textDisplay) : [textDisplay(cardWords.noSources)]),
        ...reportRow(entry, facts, options),
      ],
      cardAccent,
    ),
  );
}

/** A row with the button Report, because these cards have no other buttons. */
const reportRow = ({ id }: Entry, { pack }: Facts, { canReport }: Pick<CardOptions, 'canReport'>) =>
  canReport ? [actionRow(reportButton('entry', id, pack.id))] : [];

/** All statements from the public record in an entry. */
function statementsOf(entry: Entry): readonly RecordStatement[] {
  const own = isFromRecord(entry) ? [entry.statement] : entry.kind === 'dispute' ? entry.recordPositions : [];
  return [...own, ...entry.sinceThen];
}

function noteText(note: Note): string {
  const reading = note.sources.length === 0 ? ` ${cardWords.ownReading}` : '';
  return `**${note.corrects ? cardWords.correction : cardWords.note}**${reading} ${escapeMarkdown(note.text)}`;
}
