/** JavaScript functions that read parts of stored texts. Needed for texts whose parts the database cannot read. */
import { ownValue } from '../core/own-value.ts';
import { isObject } from '../core/type-guards.ts';
import type { PartsPage, Row } from './backend.ts';

/** Reads parts of the values of rows. `paths` says which parts. The rows are sorted by key. Throws SyntaxError. */
export function pageOfParts(rows: readonly Row[], paths: readonly (readonly string[])[]): PartsPage {
  const pairs = rows.map(({ key, value }) => [key, partsOf(value, paths)]);
  return { size: rows.length, last: rows.at(-1)?.key ?? null, pairs: JSON.stringify(pairs) };
}

/** Returns parts of a stored value. `paths` says which parts. A missing part is null. Throws SyntaxError. */
export function partsOf(text: string, paths: readonly (readonly string[])[]): readonly unknown[] {
  const stored: unknown = JSON.parse(text);
  return paths.map((path) => partAt(stored, ['value', ...path]) ?? null);
}

function partAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  return isObject(value) ? partAt(ownValue(value, step), rest) : undefined;
}
