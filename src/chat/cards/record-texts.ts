/**
 * Texts of statements from the public record. Each text has the date, the source and the caveat of the statement. The
 * field `check` is not shown, because it is the number of the statement in the editor's files.
 */
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import { markdownLink } from '../message/markdown-link.ts';
import { cardWords } from '../words/card-words.ts';
import { formatDate } from './format-dates.ts';
import { firstSentences } from './short-texts.ts';

/** The usual maximum length of a statement about what happened after the article was written, in characters. */
const shortLength = 200;

/** Maximum number of sources that are named for a statement without a speaker. */
const maxSources = 2;

type Source = RecordStatement['sources'][number];

const sourceLink = ({ title, url }: Source): string => markdownLink(title, url);

/** The text of a statement, its caveat, and a small line with speaker, date and source. */
export const statementText = (statement: RecordStatement): string =>
  [textOf(statement), `-# ${origin(statement)}`].join('\n');

/** A line of a list: the speaker, the date, the source, and then the text of the statement. */
export const statementLine = (statement: RecordStatement): string =>
  `- ${origin(statement)}: ${textOf(statement, ' ')}`;

const textOf = ({ text, caveat }: RecordStatement, between = '\n'): string =>
  [escapeMarkdown(text), ...(caveat === undefined ? [] : [`*${escapeMarkdown(labelledCaveat(caveat))}*`])].join(
    between,
  );

/** A caveat with its label. The label is needed because the speaker of the statement did not say the caveat. */
const labelledCaveat = (caveat: string): string => `${cardWords.note}: ${caveat}`;

/**
 * Names the speaker, the date and the source: "Foreign Minister X, on 15 August 2018 · Source". If the title of the
 * source ends with the date, the date is not repeated.
 *
 * Without a speaker, the result is: "Sources up to 2 October 2025: Source · Source". If the titles of some sources end
 * with the date or its month, these sources come first, and the text "Sources up to …:" is left out.
 */
function origin({ who, said, asOf, sources }: RecordStatement): string {
  const date = formatDate(said ?? asOf);
  const isDated = ({ title }: Source) => title.endsWith(date);
  if (who !== undefined) {
    const [source] = sources;
    const spoken = said === undefined || (source && isDated(source)) ? who : `${who}, ${cardWords.onDate(date)}`;
    return [escapePart(spoken), ...(source ? [sourceLink(source)] : [])].join(' · ');
  }
  const month = date.replace(/^\d+ (?=\p{L})/u, '');
  const dated = sources.filter(({ title }) => title.endsWith(month));
  const links = [...dated, ...sources.filter((source) => !dated.includes(source))].slice(0, maxSources).map(sourceLink);
  return dated.length > 0 ? links.join(' · ') : `${cardWords.asOf(date)}: ${links.join(' · ')}`;
}

/**
 * A shorter form of {@link statementLine}. The link to the source has the date as its text, and only the first sentence
 * of the statement is shown. A statement with a caveat is not shortened.
 */
export function shortStatementLine(statement: RecordStatement): string {
  const { who, said, asOf, sources } = statement;
  const shown = textOf({ ...statement, text: shortStatementText(statement, 0) }, ' ');
  const [source] = sources;
  const date = formatDate(said ?? asOf);
  const linked = source ? markdownLink(date, source.url) : escapePart(date);
  return `- ${who === undefined ? cardWords.asOf(linked) : `${escapePart(who)}, ${linked}`}: ${shown}`;
}

/** Shortens the text of a statement. At least one sentence is kept. A statement with a caveat is not shortened. */
export const shortStatementText = ({ text, caveat }: RecordStatement, most = shortLength): string =>
  caveat === undefined ? firstSentences(text, most) : text;

/**
 * A statement about what happened after the article was written, and a small line with its date and source. The
 * statement is shortened to the length `most` in characters, but its first sentence is always shown in full. A
 * statement with a caveat is not shortened.
 */
export const sinceThenLine = (statement: RecordStatement, most = shortLength): string =>
  `**${cardWords.sinceThen}**: ${textOf({ ...statement, text: shortStatementText(statement, most) }, ' ')}\n-# ${origin(statement)}`;

export const sinceThenText = (statement: RecordStatement): string =>
  `**${cardWords.sinceThen}**: ${statementText(statement)}`;

/**
 * A statement and all its sources, for the card that lists the sources of an entry. Only the first sentence of the
 * statement is shown, because other cards have the rest.
 */
export function statementSources({ who, text, sources }: RecordStatement): string {
  const first = firstSentences(text, 0);
  const opening = who === undefined ? first : `${who}: ${first}`;
  return [escapeMarkdown(opening), ...sources.map((source) => `- ${sourceLink(source)}`)].join('\n');
}
