/**
 * Cards for the entries of a pack. The card of an entry names who makes the statement, the date, and the paragraphs of
 * the source article, or the source in the public record where only the record has the entry.
 */
import { type Facts, datesOf } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord, type Note } from '../../core/pack/pack.ts';
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { isSpeculation } from '../../core/pack/voice.ts';
import { sideTexts } from './dispute-sides.ts';
import { dateSuffix, formatDate, formatDates } from './format-dates.ts';
import { sinceThenText, statementSources, statementText } from './record-texts.ts';
import { customId } from '../command.ts';
import { limits } from '../limits.ts';
import { escapeMarkdown, shorten } from '../message/escape-markdown.ts';
import {
  actionRow,
  type Button,
  button,
  buttonStyle,
  container,
  type Container,
  linkButton,
  type Message,
  message,
  separator,
  textDisplay,
} from '../message/message-components.ts';
import { cardWords } from '../words/card-words.ts';
import { kindLabels, paragraphList } from '../words/labels.ts';

const accent = 0x2f6f8f;
const relatedShown = 4;
const termsShown = 3;
const notesShown = 2;
/** Maximum length of a button label in characters. Phones cut longer labels. Source: Discord's style guide. */
const labelLength = 38;

interface CardOptions {
  /** The pack has questions about the entry, so the card has a quiz button. */
  readonly canAsk?: boolean;
  /** The party of the one side of a dispute to show. By default all sides are shown. */
  readonly side?: string;
}

/** The card of an entry. */
export function entryCard(entry: Entry, facts: Facts, { canAsk = false, side }: CardOptions = {}): Message {
  const shownNotes = entry.notes.slice(0, notesShown);
  const more = entry.notes.length - shownNotes.length;
  const parts: Container['components'][number][] = [
    textDisplay(
      `### ${escapeMarkdown(entry.title)}\n-# ${kindLabels[entry.kind]} · ${escapeMarkdown(facts.label(entry))}`,
    ),
    textDisplay(
      [
        isFromRecord(entry) ? statementText(entry.statement) : escapeMarkdown(entry.summary),
        ...kindLines(entry, facts),
      ].join('\n'),
    ),
  ];
  if (entry.kind === 'dispute') parts.push(...sideTexts(entry, facts, side), separator());
  if (entry.quote)
    parts.push(textDisplay(`> “${escapeMarkdown(entry.quote.text)}” (paragraph ${entry.quote.paragraph})`));
  const dates = isFromRecord(entry) ? undefined : formatDates(datesOf(entry));
  if (dates !== undefined) parts.push(textDisplay(`**Date** ${escapeMarkdown(dates)}`));
  for (const note of shownNotes) parts.push(textDisplay(noteText(note)));
  for (const statement of entry.sinceThen) parts.push(textDisplay(sinceThenText(statement)));
  parts.push(textDisplay(sourceLine(entry, facts) + (more > 0 ? `\n-# ${more} more under Sources` : '')));

  const related = facts.related(entry).slice(0, relatedShown);
  if (related.length > 0) parts.push(actionRow(...related.map(entryButton)));
  const linked = new Set(related.map(({ id }) => id));
  const terms = facts.terms(entry).filter(({ id }) => !linked.has(id));
  if (terms.length > 0) parts.push(actionRow(...terms.slice(0, termsShown).map(entryButton)));
  parts.push(actionRow(...cardButtons(entry, canAsk)));
  return message(container(parts, accent));
}

/** A card with the sources of an entry: the paragraphs of the article, and the links of all notes and statements. */
export function sourcesCard(entry: Entry, facts: Facts): Message {
  const { source } = facts.pack;
  const ofNotes = entry.notes.map((note) =>
    [noteText(note), ...note.sources.map(({ title, url }) => `- [${escapeMarkdown(title)}](<${url}>)`)].join('\n'),
  );
  const ofRecord = statementsOf(entry).map(statementSources);
  const texts = [...ofNotes, ...(ofRecord.length > 0 ? [`**${cardWords.fromRecord}**`] : []), ...ofRecord];
  const article = `**The article** “${escapeMarkdown(source.title)}”, ${paragraphList(entry.paragraphs)}; ${escapeMarkdown(facts.label(entry))}.\n-# ${escapeMarkdown(source.note)}`;
  return message(
    container(
      [
        textDisplay(`### Sources: ${escapeMarkdown(entry.title)}`),
        ...(isFromRecord(entry) ? [] : [textDisplay(article), separator()]),
        ...(texts.length > 0 ? texts.map(textDisplay) : [textDisplay(cardWords.noSources)]),
      ],
      accent,
    ),
  );
}

/** All statements from the public record that an entry holds. */
function statementsOf(entry: Entry): readonly RecordStatement[] {
  const own = isFromRecord(entry) ? [entry.statement] : entry.kind === 'dispute' ? entry.recordPositions : [];
  return [...own, ...entry.sinceThen];
}

/** Lists up to five entries that match a query. Each entry has a button that shows it. A single entry is offered as a question. */
export function didYouMean(query: string, entries: readonly Entry[]): Message {
  const offered = entries.slice(0, 5);
  const [only] = offered;
  const words =
    only && offered.length === 1
      ? cardWords.didYouMeanOne(query, only.title)
      : [cardWords.didYouMean(query), ...offered.map((entry) => `- ${entryLine(entry)}`)].join('\n');
  return message(textDisplay(words), actionRow(...offered.map(entryButton)));
}

/** Says that no entry matches the query. If there is a similar entry, the message offers the most similar one as a question. */
export function nothingAbout(query: string, nearest: Entry | undefined): Message {
  if (nearest) return didYouMean(query, [nearest]);
  return message(textDisplay(`${cardWords.nothingAbout(query)} ${cardWords.nothingAboutHint}`));
}

/** A line for lists of entries: `**Title** · kind · date`. Speculation is named as such. */
function entryLine(entry: Entry): string {
  const label = isSpeculation(entry) ? entry.voice : kindLabels[entry.kind].toLowerCase();
  return `**${escapeMarkdown(entry.title)}** · ${label}${escapeMarkdown(dateSuffix(entry))}`;
}

/** A button that shows the card of an entry. */
export const entryButton = ({ id, title }: Entry): Button =>
  button(shorten(title, labelLength), customId('fact', 'show', id));

function cardButtons(entry: Entry, canAsk: boolean): Button[] {
  // Discord limits the length of a link button's URL. A source with a longer URL is listed only on the card of the
  // sources.
  const statements = statementsOf(entry);
  const first = [...entry.notes, ...statements]
    .flatMap(({ sources }) => sources)
    .find(({ url }) => url.length <= limits.buttonUrl);
  return [
    button('Sources', customId('fact', 'sources', entry.id)),
    ...(canAsk ? [button('Quiz me on this', customId('quiz', 'about', entry.id), buttonStyle.primary)] : []),
    ...(first ? [linkButton(shorten(`Record: ${first.title}`, labelLength), first.url)] : []),
  ];
}

function kindLines(entry: Entry, facts: Facts): string[] {
  switch (entry.kind) {
    case 'person':
      return [`**Role at the time** ${escapeMarkdown(entry.role)}`];
    case 'figure':
      return [
        `**${escapeMarkdown(entry.of)}** ${entry.approximate ? 'about ' : ''}${entry.value.toLocaleString('en')} ${escapeMarkdown(entry.unit)}`,
      ];
    case 'agreement':
      return [
        ...(entry.parties.length > 0
          ? [`**Between** ${escapeMarkdown(entry.parties.map(facts.nameOf).join(', '))}`]
          : []),
        `**State when the article was written** ${escapeMarkdown(entry.state)}`,
      ];
    case 'record-event':
      return [`**Date** ${escapeMarkdown(formatDate(entry.date))}`];
    case 'dispute':
      return [`**What it is about** ${escapeMarkdown(entry.about)}`];
    default:
      return [];
  }
}

function noteText(note: Note): string {
  const reading = note.sources.length === 0 ? ' (the editor’s own reading)' : '';
  return `**Editor’s note**${reading} ${escapeMarkdown(note.text)}`;
}

function sourceLine(entry: Entry, { pack }: Facts): string {
  if (isFromRecord(entry)) return `-# ${cardWords.notInArticle}`;
  return `-# Source: “${escapeMarkdown(pack.source.title)}”, ${paragraphList(entry.paragraphs)}`;
}
