/**
 * The format of a stored text with a summary: `{"summary":{"FIELD":[…]⏎,"FIELD":[…]⏎},"value":…}`, where ⏎ is a line
 * feed. Databases read fields with string functions, because parsing the JSON of a million values takes many seconds.
 */
import { ownValue } from '../core/own-value.ts';
import type { PartsPage, Row } from './backend.ts';
import { partsOf } from './parts.ts';
import type { Summary } from './store.ts';

export const summaryStart = '{"summary":';
/** The text after a summary. It cannot occur inside a string, because JSON escapes quotation marks. */
export const summaryEnd = ',"value":';
const plainStart = '{"value":';

/** The text before the value of a field. The value ends at the next line feed, which JSON escapes inside strings. */
export const fieldStart = (field: string): string => `${JSON.stringify(field)}:`;

/**
 * Adds a summary to a stored text. Returns the text unchanged if the summary itself contains {@link summaryEnd},
 * because databases could then not find the fields. Only a field with the name `value` can cause this.
 */
export function withSummary(text: string, summary: Summary): string {
  const fields = Object.entries(summary).map(([field, value]) => `${fieldStart(field)}${JSON.stringify(value)}\n`);
  const added = `{${fields.join(',')}}`;
  if (!text.startsWith(plainStart) || added.includes(summaryEnd)) return text;
  return `${summaryStart}${added},${text.slice(1)}`;
}

/** The values of the given fields of a summary, in the order of `fields`. A missing field is null. */
export const fieldsOf = (summary: Summary, fields: readonly string[]): readonly unknown[] =>
  fields.map((field) => ownValue(summary, field) ?? null);

/** Reads the summary of a stored text. Undefined if the text has no summary. */
function summaryIn(text: string): unknown {
  const end = text.startsWith(summaryStart) ? text.indexOf(summaryEnd) : -1;
  return end < 0 ? undefined : JSON.parse(text.slice(summaryStart.length, end));
}

/** Reads the summaries of these rows, and parts of rows that have no summary. The rows are sorted by key. */
export function pageOfSummaries(rows: readonly Row[], paths: readonly (readonly string[])[]): PartsPage {
  const pairs = rows.map(({ key, value }) => {
    const found = summaryIn(value);
    return found === undefined ? [key, null, partsOf(value, paths)] : [key, found, null];
  });
  return { size: rows.length, last: rows.at(-1)?.key ?? null, pairs: JSON.stringify(pairs) };
}
