/**
 * Texts of statements from the public record. Each names its date and its source and keeps its caveat. The numbers of
 * the editor's files are deliberately absent.
 */
import type { RecordStatement } from '../../core/pack/record-statement.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { cardWords } from '../words/card-words.ts';
import { formatDate } from './format-dates.ts';

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

/** "Foreign Minister X, said on 15 August 2018 · Source", or "As of 2 October 2025 · Source" where nobody speaks. */
function originLine({ who, said, asOf, sources: [source] }: RecordStatement): string {
  const spoken =
    who === undefined ? undefined : [who, ...(said === undefined ? [] : [cardWords.said(formatDate(said))])];
  const dated = spoken ? spoken.join(', ') : cardWords.asOf(formatDate(asOf));
  return `-# ${escapeMarkdown(dated)}${source ? ` · ${sourceLink(source)}` : ''}`;
}

export const sinceThenText = (statement: RecordStatement): string =>
  `**${cardWords.sinceThen}** ${statementText(statement)}`;

/** A statement with all its sources, for the card of sources. */
export function statementSources({ who, text, sources }: RecordStatement): string {
  const opening = who === undefined ? text : `${who}: ${text}`;
  return [escapeMarkdown(opening), ...sources.map((source) => `- ${sourceLink(source)}`)].join('\n');
}
