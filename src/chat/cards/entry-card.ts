/**
 * The cards of a pack's entries. The card of an entry shows who makes the statement, the date, and the numbers of the
 * paragraphs in the source article.
 */
import { type Facts, datesOf } from '../../core/pack/facts.ts';
import type { Entry, EntryOf, Note } from '../../core/pack/pack.ts';
import { dateSuffix, formatDates } from './format-dates.ts';
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
import { kindLabels } from '../words/labels.ts';

const accent = 0x2f6f8f;
const relatedShown = 4;
const notesShown = 2;
/** Maximum length of a button label in characters. Phones cut longer labels. Source: Discord's style guide. */
const labelLength = 38;

/**
 * The card of an entry. `canAsk` says whether the pack has questions about this entry. If there are questions, the card
 * has a button that starts a quiz.
 */
export function entryCard(entry: Entry, facts: Facts, canAsk: boolean): Message {
  const dates = formatDates(datesOf(entry));
  const shownNotes = entry.notes.slice(0, notesShown);
  const more = entry.notes.length - shownNotes.length;
  const parts: Container['components'][number][] = [
    textDisplay(
      `### ${escapeMarkdown(entry.title)}\n-# ${kindLabels[entry.kind]} · ${escapeMarkdown(facts.label(entry))}`,
    ),
    textDisplay([escapeMarkdown(entry.summary), ...kindLines(entry, facts)].join('\n')),
  ];
  if (entry.kind === 'dispute') parts.push(separator(), ...positionTexts(entry, facts));
  if (entry.quote)
    parts.push(textDisplay(`> “${escapeMarkdown(entry.quote.text)}” (paragraph ${entry.quote.paragraph})`));
  if (dates !== undefined) parts.push(textDisplay(`**Date** ${escapeMarkdown(dates)}`));
  for (const note of shownNotes) parts.push(textDisplay(noteText(note)));
  parts.push(textDisplay(sourceLine(entry.paragraphs, facts) + (more > 0 ? `\n-# ${more} more under Sources` : '')));

  const related = facts.related(entry).slice(0, relatedShown);
  if (related.length > 0) parts.push(actionRow(...related.map(entryButton)));
  parts.push(actionRow(...cardButtons(entry, canAsk)));
  return message(container(parts, accent));
}

/** A card with the sources of an entry: the article's paragraphs and the links in the editor's notes. */
export function sourcesCard(entry: Entry, facts: Facts): Message {
  const { source } = facts.pack;
  const notes = entry.notes.map((note) =>
    textDisplay(
      [noteText(note), ...note.sources.map(({ title, url }) => `- [${escapeMarkdown(title)}](<${url}>)`)].join('\n'),
    ),
  );
  return message(
    container(
      [
        textDisplay(`### Sources: ${escapeMarkdown(entry.title)}`),
        textDisplay(
          `**The article** “${escapeMarkdown(source.title)}”, ${paragraphList(entry.paragraphs)}; ${escapeMarkdown(facts.label(entry))}.\n-# ${escapeMarkdown(source.note)}`,
        ),
        ...(notes.length > 0 ? [separator(), ...notes] : [textDisplay(cardWords.noSources)]),
      ],
      accent,
    ),
  );
}

/** Lists up to five entries that match a query. Each entry has a button that shows it. */
export function didYouMean(query: string, entries: readonly Entry[]): Message {
  const offered = entries.slice(0, 5);
  return message(
    textDisplay([cardWords.didYouMean(query), ...offered.map((entry) => `- ${entryLine(entry)}`)].join('\n')),
    actionRow(...offered.map(entryButton)),
  );
}

/** Says that no entry matches the query. If there is a similar entry, the message offers the most similar one. */
export function nothingAbout(query: string, nearest: Entry | undefined): Message {
  const lines = [
    cardWords.nothingAbout(query),
    nearest ? cardWords.nearest(nearest.title) : cardWords.nothingAboutHint,
  ];
  return message(textDisplay(lines.join(' ')), ...(nearest ? [actionRow(entryButton(nearest))] : []));
}

/** A line for lists of entries: `**Title** · kind · date`. */
function entryLine(entry: Entry): string {
  return `**${escapeMarkdown(entry.title)}** · ${kindLabels[entry.kind].toLowerCase()}${escapeMarkdown(dateSuffix(entry))}`;
}

/** A button that shows the card of an entry. */
export const entryButton = ({ id, title }: Entry): Button =>
  button(shorten(title, labelLength), customId('fact', 'show', id));

function cardButtons(entry: Entry, canAsk: boolean): Button[] {
  // Discord limits the length of a link button's URL. A source with a longer URL is listed only on the card of the
  // sources.
  const first = entry.notes.flatMap(({ sources }) => sources).find(({ url }) => url.length <= limits.buttonUrl);
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
    case 'dispute':
      return [`**What it is about** ${escapeMarkdown(entry.about)}`];
    default:
      return [];
  }
}

/**
 * For each party of a dispute, a text with the positions of this party and the sources of these positions. A party
 * without a position is listed too.
 */
function positionTexts(entry: EntryOf<'dispute'>, facts: Facts) {
  return entry.parties.map((party) => {
    const held = entry.positions.filter((position) => position.party === party);
    const lines = held.map(
      (one) =>
        `${escapeMarkdown(one.position)}\n-# ${escapeMarkdown(facts.label(one))}, ${paragraphList(one.paragraphs)}`,
    );
    return textDisplay(
      `**${escapeMarkdown(facts.nameOf(party))}**\n${lines.length > 0 ? lines.join('\n') : 'The article gives no position of this side.'}`,
    );
  });
}

function noteText(note: Note): string {
  const reading = note.sources.length === 0 ? ' (the editor’s own reading)' : '';
  return `**Editor’s note${note.check === undefined ? '' : ` ${note.check}`}**${reading} ${escapeMarkdown(note.text)}`;
}

/** Formats paragraph numbers as "paragraph 3" or "paragraphs 3 and 7". */
export function paragraphList(numbers: readonly number[]): string {
  const list = numbers.join(', ').replace(/, (\d+)$/, ' and $1');
  return `${numbers.length === 1 ? 'paragraph' : 'paragraphs'} ${list}`;
}

function sourceLine(numbers: readonly number[], facts: Facts): string {
  return `-# Source: “${escapeMarkdown(facts.pack.source.title)}”, ${paragraphList(numbers)}`;
}
