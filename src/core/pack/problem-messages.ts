/** The words in which a mistake in a pack is reported: where it stands, what is wrong, what to write. */
import type { z } from 'zod';
import type { PackFile } from './pack-file.ts';

/** `events.yaml:12`, or the file alone where its lines are not known. */
export function locationIn({ name, lineOf }: PackFile, path: readonly PropertyKey[]): string {
  return lineOf ? `${name}:${lineOf(path)}` : name;
}

/** Something in a file that a zod error is about: the whole of `pack.yaml`, or one entry of a list. */
interface Subject {
  readonly file: PackFile;
  /** Where the subject stands in the file. */
  readonly base: readonly PropertyKey[];
  /** What it is called, if it is not the whole file. */
  readonly name?: string;
}

/** A zod error in the words of somebody who writes history, one line per problem. */
export function describe(error: z.ZodError, { file, base, name }: Subject, shape: z.ZodObject): string[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part))).join(' ');
    const where = (...more: readonly PropertyKey[]) =>
      [locationIn(file, [...base, ...issue.path, ...more]), name, field].filter(Boolean).join(', ');
    if (issue.code === 'unrecognized_keys') {
      // Only the top level of an entry has enough fields for a guess to be worth making.
      const known = issue.path.length === 0 ? Object.keys(shape.shape) : [];
      return issue.keys.map(
        (key) =>
          `${where(key)}: there is no field "${key}"${didYouMean(key, known) || '; take it out or check its spelling'}`,
      );
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    const unworded = issue.message.startsWith('Invalid');
    const problem = missing
      ? `is missing; write ${wanted(issue)}`
      : unworded
        ? `write ${wanted(issue)} here${colonInText(issue)}`
        : issue.message;
    return [`${where()}: ${problem}`];
  });
}

/** A text with a colon in it that YAML has read as a field and its value. */
function colonInText(issue: z.core.$ZodIssue): string {
  const isField = issue.code === 'invalid_type' && issue.expected === 'string' && isPlainObject(issue.input);
  return isField ? '; one that contains a colon and a space goes in quotation marks' : '';
}

const isPlainObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function wanted(issue: z.core.$ZodIssue): string {
  const words: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    number: 'a number',
    object: 'fields below it',
    boolean: 'true or false',
    int: 'a whole number',
  };
  return issue.code === 'invalid_type' ? (words[issue.expected] ?? `a ${issue.expected}`) : 'it';
}

/** "; write its id …" when one of `named`, each an id with its names behind it, is called so; otherwise nothing. */
export function idForName(
  name: string,
  named: readonly (readonly [id: string, ...names: readonly string[]])[],
): string {
  const sought = name.trim().toLowerCase();
  const found = named.find(([, ...names]) => names.some((one) => one.toLowerCase() === sought));
  return found ? `; write its id, "${found[0]}"` : '';
}

/** "; did you mean …?" when a known name is at most two letters away, otherwise nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let best: string | undefined;
  let least = 3;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? '' : `; did you mean "${best}"?`;
}

function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? bound;
}
