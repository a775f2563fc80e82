/**
 * The format of a stored text with a summary: `{"summary":{"FIELD":[…]⏎,"FIELD":[…]⏎},"value":…}`, where ⏎ is a line
 * feed. Databases read fields with string functions, because parsing the JSON of a million values takes many seconds.
 */
import { ownValue } from '../core/own-value.ts';
import { isObject } from '../core/type-guards.ts';
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
 * Adds a summary to a stored text. If the summary contains the text that marks its end, databases could not find its
 * fields. In this case, returns the text unchanged.
 */
export function withSummary(text: string, summary: Summary): string {
  const fields = Object.entries(summary).map(([field, value]) => `${fieldStart(field)}${JSON.stringify(value)}\n`);
  const added = `{${fields.join(',')}}`;
  if (!text.startsWith(plainStart) || added.includes(summaryEnd)) return text;
  return `${summaryStart}${added},${text.slice(1)}`;
}

/** Reads these fields of a summary. Undefined if the text has no summary. A missing field is null. */
function fieldsOf(text: string, fields: readonly string[]): readonly unknown[] | undefined {
  const end = text.startsWith(summaryStart) ? text.indexOf(summaryEnd) : -1;
  if (end < 0) return undefined;
  const summary: unknown = JSON.parse(text.slice(summaryStart.length, end));
  return fields.map((field) => (isObject(summary) ? (ownValue(summary, field) ?? null) : null));
}

/** Reads fields of the summaries of these rows, and parts of rows that have no summary. The rows are sorted by key. */
export function pageOfSummaries(
  rows: readonly Row[],
  fields: readonly string[],
  paths: readonly (readonly string[])[],
): PartsPage {
  const pairs = rows.map(({ key, value }) => {
    const found = fieldsOf(value, fields);
    return found ? [key, found, null] : [key, null, partsOf(value, paths)];
  });
  return { size: rows.length, last: rows.at(-1)?.key ?? null, pairs: JSON.stringify(pairs) };
}
