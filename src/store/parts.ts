/** Reads parts of stored texts, for backends whose database cannot read all of them. */
import { ownValue } from '../core/own-value.ts';
import { isObject } from '../core/type-guards.ts';

/** Returns the parts of a stored value at `paths` as JSON. A missing part is null. Throws SyntaxError. */
export function partsOf(text: string, paths: readonly (readonly string[])[]): string {
  const stored: unknown = JSON.parse(text);
  return JSON.stringify(paths.map((path) => partAt(stored, ['value', ...path]) ?? null));
}

function partAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  return isObject(value) ? partAt(ownValue(value, step), rest) : undefined;
}
