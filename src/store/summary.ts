/**
 * The place of a summary in a stored text: `{"summary":[…],"value":…}`. Databases cut the summary out of the text with
 * functions for plain text, because parsing the JSON of a million values takes many seconds.
 */
import type { PartsPage, Row } from './backend.ts';
import { partsOf } from './parts.ts';

export const summaryStart = '{"summary":';
/** The text after a summary. It cannot occur inside a string, because JSON escapes quotation marks. */
export const summaryEnd = ',"value":';
const plainStart = '{"value":';

/** Adds a summary to a stored text. The text stays as it is if the end of the summary could not be found later. */
export function withSummary(text: string, summary: readonly unknown[]): string {
  const added = JSON.stringify(summary);
  if (!text.startsWith(plainStart) || added.includes(summaryEnd)) return text;
  return `${summaryStart}${added},${text.slice(1)}`;
}

/** The JSON of the summary in a stored text. Undefined if the text has none. */
export function summaryIn(text: string): string | undefined {
  const end = text.startsWith(summaryStart) ? text.indexOf(summaryEnd) : -1;
  return end < 0 ? undefined : text.slice(summaryStart.length, end);
}

/** The summaries of these rows, and the parts of rows that have no summary. The rows are sorted by key. */
export function pageOfSummaries(rows: readonly Row[], paths: readonly (readonly string[])[]): PartsPage {
  const pairs = rows.map(({ key, value }) => {
    const summary = summaryIn(value);
    return summary === undefined ? [key, null, partsOf(value, paths)] : [key, JSON.parse(summary), null];
  });
  return { size: rows.length, last: rows.at(-1)?.key ?? null, pairs: JSON.stringify(pairs) };
}
