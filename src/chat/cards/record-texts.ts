/**
 * Texts of statements from the public record. Each names its date and its source and keeps its caveat. The numbers of
 * the editor's files are deliberately absent.
 */
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { cardWords } from '../words/card-words.ts';
import { formatDate } from './format-dates.ts';
import { firstSentences } from './short-texts.ts';

/** Maximum length of the line on what happened since then, in characters, if it has more than one sentence. */
const shortLength = 200;

type Source = RecordStatement['sources'][number];

const sourceLink = ({ title, url }: Source): string => `[${escapeMarkdown(title)}](<${url}>)`;

/** What was said or happened, its caveat, and a small line with speaker, date and source. */
export function statementText(statement: RecordStatement): string {
  const { text, caveat } = statement;
  return [
    escapeMarkdown(text),
    ...(caveat === undefined ? [] : [`*${escapeMarkdown(caveat)}*`]),
    originLine(statement),
  ].join('\n');
}

const originLine = (statement: RecordStatement): string => `-# ${origin(statement)}`;

/** "Foreign Minister X, said on 15 August 2018 · Source", or "as of 2 October 2025 · Source" where nobody speaks. */
function origin({ who, said, asOf, sources: [source] }: RecordStatement): string {
  const spoken =
    who === undefined ? undefined : [who, ...(said === undefined ? [] : [cardWords.said(formatDate(said))])];
  const dated = spoken ? spoken.join(', ') : cardWords.asOf(formatDate(asOf));
  return `${escapeMarkdown(dated)}${source ? ` · ${sourceLink(source)}` : ''}`;
}

/**
 * Like {@link statementText}, but only the first sentence, and the date is the link to the source. A statement with a
 * caveat is not cut.
 */
export function shortStatementText({ text, caveat, who, said, asOf, sources: [source] }: RecordStatement): string {
  const shown = caveat === undefined ? firstSentences(text, 0) : text;
  const date = escapeMarkdown(said === undefined ? cardWords.asOf(formatDate(asOf)) : formatDate(said));
  return [
    escapeMarkdown(shown),
    ...(caveat === undefined ? [] : [`*${escapeMarkdown(caveat)}*`]),
    `-# ${who === undefined ? '' : `${escapeMarkdown(who)}, `}${source ? `[${date}](<${source.url}>)` : date}`,
  ].join('\n');
}

/** What happened since then in one line, with its date and source. */
export function sinceThenLine(statement: RecordStatement): string {
  const { text, caveat } = statement;
  const shown = caveat === undefined ? firstSentences(text, shortLength) : `${text} ${caveat}`;
  return `**${cardWords.sinceThen}** ${escapeMarkdown(shown)} (${origin(statement)})`;
}

export const sinceThenText = (statement: RecordStatement): string =>
  `**${cardWords.sinceThen}** ${statementText(statement)}`;

/** A statement with all its sources, for the card of sources. */
export function statementSources({ who, text, sources }: RecordStatement): string {
  const opening = who === undefined ? text : `${who}: ${text}`;
  return [escapeMarkdown(opening), ...sources.map((source) => `- ${sourceLink(source)}`)].join('\n');
}
