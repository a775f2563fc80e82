/**
 * Texts of statements from the public record. Each text has the date, the source and the caveat of the statement. The
 * field `check` is not shown, because it is the number of the statement in the editor's notes.
 */
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { markdownLink } from '../message/markdown-link.ts';
import { cardWords } from '../words/card-words.ts';
import { formatDate } from './format-dates.ts';
import { firstSentences } from './short-texts.ts';

/**
 * Maximum length of the line about what happened after the article was written, in characters. At least one sentence is
 * always shown.
 */
const shortLength = 200;

type Source = RecordStatement['sources'][number];

const sourceLink = ({ title, url }: Source): string => markdownLink(title, url);

/** The text of a statement, its caveat, and a small line with speaker, date and source. */
export function statementText(statement: RecordStatement): string {
  const { text, caveat } = statement;
  return [
    escapeMarkdown(text),
    ...(caveat === undefined ? [] : [`*${escapeMarkdown(caveat)}*`]),
    originLine(statement),
  ].join('\n');
}

const originLine = (statement: RecordStatement): string => `-# ${origin(statement)}`;

/**
 * Names the speaker, the date and the source: "Foreign Minister X, said on 15 August 2018 · Source". Without a speaker:
 * "sources up to 2 October 2025 · Source", or only the source if its title ends with the date.
 */
function origin({ who, said, asOf, sources: [source] }: RecordStatement): string {
  const spoken =
    who === undefined ? undefined : [who, ...(said === undefined ? [] : [cardWords.said(formatDate(said))])];
  const date = formatDate(asOf);
  if (!spoken && source?.title.endsWith(date)) return sourceLink(source);
  const dated = spoken ? spoken.join(', ') : cardWords.asOf(date);
  return `${escapeMarkdown(dated)}${source ? ` · ${sourceLink(source)}` : ''}`;
}

/**
 * Like {@link statementText}, but with only the first sentence of the text. The date is the link to the source. A text
 * with a caveat is not cut.
 */
export function shortStatementText({ text, caveat, who, said, asOf, sources: [source] }: RecordStatement): string {
  const shown = caveat === undefined ? firstSentences(text, 0) : text;
  const date = said === undefined ? cardWords.asOf(formatDate(asOf)) : formatDate(said);
  return [
    escapeMarkdown(shown),
    ...(caveat === undefined ? [] : [`*${escapeMarkdown(caveat)}*`]),
    `-# ${who === undefined ? '' : `${escapeMarkdown(who)}, `}${source ? markdownLink(date, source.url) : escapeMarkdown(date)}`,
  ].join('\n');
}

/** One line about what happened after the article was written, with date and source. */
export function sinceThenLine(statement: RecordStatement): string {
  const { text, caveat } = statement;
  const shown = caveat === undefined ? firstSentences(text, shortLength) : `${text} ${caveat}`;
  return `**${cardWords.sinceThen}** ${escapeMarkdown(shown)} (${origin(statement)})`;
}

export const sinceThenText = (statement: RecordStatement): string =>
  `**${cardWords.sinceThen}** ${statementText(statement)}`;

/** A statement and all its sources, for the card that lists the sources of an entry. */
export function statementSources({ who, text, sources }: RecordStatement): string {
  const opening = who === undefined ? text : `${who}: ${text}`;
  return [escapeMarkdown(opening), ...sources.map((source) => `- ${sourceLink(source)}`)].join('\n');
}
