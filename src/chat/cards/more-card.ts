/**
 * The cards that the buttons "More" and "Sources" open, and the card of one side of a dispute. The card that "More"
 * opens has everything that the card of the entry shortens or leaves out.
 */
import type { Facts } from '../../core/pack/facts.ts';
import { type Entry, type EntryOf, isFromRecord, type Note } from '../../core/pack/pack.ts';
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import {
  actionRow,
  container,
  type Message,
  message,
  separator,
  type TextDisplay,
  textDisplay,
} from '../message/message-components.ts';
import { markdownLink } from '../message/markdown-link.ts';
import { reportButton } from '../reports/report-button.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { sideTexts } from './dispute-sides.ts';
import { leftOutOf } from './brief-texts.ts';
import { cardAccent, type CardOptions, cardRows, positionsLeftOut } from './entry-card.ts';
import { headLines, noteLine, serverNote, sourceLine } from './entry-lines.ts';
import { sinceThenText, statementSources } from './record-texts.ts';

/**
 * The card with everything that the card of an entry leaves out or shortens: the summary, the quotation, positions in a
 * dispute, notes and statements. Each of these texts is in full. The card does not repeat a text that the card of the
 * entry already shows in full.
 */
export function moreCard(entry: Entry, facts: Facts, options: Pick<CardOptions, 'canReport'> = {}): Message {
  const { summary, lines, notes, isCorrected, sinceThen } = leftOutOf(entry, facts);
  const texts = [...(summary === undefined ? [] : [escapeMarkdown(summary)]), ...lines];
  return message(
    container(
      [
        textDisplay(`${headLines(entry, facts)}\n-# ${cardWords.moreHas}`),
        ...(texts.length > 0 ? [textDisplay(texts.join('\n'))] : []),
        ...quoteTexts(entry, isCorrected),
        ...(entry.kind === 'dispute' ? positionsLeftOut(entry, facts) : []),
        ...(entry.kind === 'dispute' && notes.length + sinceThen.length > 0 ? [separator()] : []),
        ...[...notes.map(noteText), ...sinceThen.map(sinceThenText)].map(textDisplay),
        ...reportRow(entry, facts, options),
      ],
      cardAccent,
    ),
  );
}

/** The quotation of the article. If the card of the entry corrects the article, a line below the quotation says so. */
function quoteTexts({ quote }: Entry, isCorrected: boolean): readonly TextDisplay[] {
  if (!quote) return [];
  const quoted = `> “${escapePart(quote.text)}” (paragraph ${quote.paragraph})`;
  return [textDisplay(isCorrected ? `${quoted}\n-# ${cardWords.quoteCorrected}` : quoted)];
}

/** The card of a dispute that shows the positions of only one party. `side` is the id of the party. */
export function sideCard(entry: EntryOf<'dispute'>, side: string, facts: Facts, options: CardOptions): Message {
  return message(
    container(
      [
        textDisplay(headLines(entry, facts)),
        textDisplay(cardWords.onlySide(facts.nameOf(side))),
        ...sideTexts(entry, side, facts),
        separator(),
        textDisplay(`**${cardWords.wholeDispute}**\n${escapeMarkdown(entry.summary)}`),
        separator(),
        textDisplay([sourceLine(entry, facts), ...serverNote(entry, facts)].join('\n')),
        ...cardRows(entry, facts, 'allSides', options),
      ],
      cardAccent,
    ),
  );
}

/** The sources of an entry: the paragraphs of the article, and the links of all notes and statements. */
export function sourcesCard(entry: Entry, facts: Facts, options: Pick<CardOptions, 'canReport'> = {}): Message {
  const { source } = facts.pack;
  const ofNotes = entry.notes.map((note) =>
    [noteText(note), ...note.sources.map(({ title, url }) => `- ${markdownLink(title, url)}`)].join('\n'),
  );
  const ofRecord = statementsOf(entry).map(statementSources);
  const texts = [...ofNotes, ...(ofRecord.length > 0 ? [`**${cardWords.fromRecord}**`] : []), ...ofRecord];
  const said = escapePart(facts.label(entry));
  const article = `**The article** “${escapePart(source.title)}”, ${paragraphList(entry.paragraphs)}; ${said}.\n-# ${escapeMarkdown(source.note)}`;
  const own = entry.kind === 'card' ? `${sourceLine(entry, facts)}\n-# ${said}.` : article;
  return message(
    container(
      [
        textDisplay(`### Sources: ${escapePart(entry.title)}`),
        ...(isFromRecord(entry) ? [] : [textDisplay(own), ...(entry.kind === 'card' ? [] : [separator()])]),
        ...(texts.length > 0 || entry.kind === 'card' ? texts.map(textDisplay) : [textDisplay(cardWords.noSources)]),
        ...reportRow(entry, facts, options),
      ],
      cardAccent,
    ),
  );
}

/**
 * A row with the button "Report". The cards that use this function have no other buttons, so there is no row to which
 * the button could be added.
 */
const reportRow = ({ id }: Entry, { pack }: Facts, { canReport }: Pick<CardOptions, 'canReport'>) =>
  canReport ? [actionRow(reportButton('entry', id, pack.id))] : [];

/** All statements in an entry that come from the public record. */
function statementsOf(entry: Entry): readonly RecordStatement[] {
  const own = isFromRecord(entry) ? [entry.statement] : entry.kind === 'dispute' ? entry.recordPositions : [];
  return [...own, ...entry.sinceThen];
}

const noteText = (note: Note): string =>
  noteLine(note, note.text, note.sources.length === 0 ? ` ${cardWords.ownReading}` : '');
