/** Builds the error messages for mistakes in a pack: where the mistake is, what is wrong and what to write instead. */
import type { z } from 'zod';
import { editDistance } from '../search/edit-distance.ts';
import { isObject } from '../type-guards.ts';
import type { PackFile } from './pack-file.ts';

/** File and line, such as `events.yaml:12`. Only the file name if the lines of the file are not known. */
export function locationIn({ name, lineOf }: PackFile, path: readonly PropertyKey[]): string {
  return lineOf ? `${name}:${lineOf(path)}` : name;
}

/** The part of a file that a schema was applied to: the whole of `pack.yaml`, or one entry of a list. */
interface Subject {
  readonly file: PackFile;
  /** Path of this part within the file. */
  readonly base: readonly PropertyKey[];
  /** Name of the entry; absent if the part is a whole file. */
  readonly name?: string;
}

/** One error message for each issue of a zod error. The zod error must have been created with `reportInput`. */
export function zodProblems(error: z.ZodError, { file, base, name }: Subject, schema: z.ZodObject): string[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path.map(pathPart).join(' ');
    // Spelling suggestions are useful only at the top level of an entry, where there are many fields.
    const fields = issue.path.length === 0 ? Object.keys(schema.shape) : [];
    return issueProblems(issue, fields).map(
      ({ key, message }) =>
        `${[locationIn(file, [...base, ...issue.path, ...key]), name, field].filter(Boolean).join(', ')}: ${message}`,
    );
  });
}

/** A key as it is written in error messages: `title`, or `[2]` for the second item of a list. */
export const pathPart = (key: PropertyKey): string => (typeof key === 'number' ? `[${key + 1}]` : String(key));

interface IssueProblem {
  /** What to append to the path of the issue: an unknown key, or nothing. */
  readonly key: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The error messages for a zod issue. An issue with several unknown keys gives one message per key. `fields`: the known
 * keys.
 */
export function issueProblems(issue: z.core.$ZodIssue, fields: readonly string[] = []): readonly IssueProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      key: [key],
      message: `there is no field "${key}"${spellingHint(key, fields) || '; take it out or check its spelling'}`,
    }));
  if (issue.code !== 'invalid_type') return [{ key: [], message: issue.message }];
  const wanted = typeNames[issue.expected] ?? `a ${issue.expected}`;
  if (issue.input === undefined) return [{ key: [], message: `is missing; write ${wanted}` }];
  // Messages of zod itself begin with "Invalid". All other messages were written in the schema.
  if (!issue.message.startsWith('Invalid')) return [{ key: [], message: issue.message }];
  // YAML reads an unquoted text that contains a colon and a space as a field with a value.
  const hasColon = issue.expected === 'string' && isObject(issue.input);
  const colonHint = hasColon ? '; one that contains a colon and a space goes in quotation marks' : '';
  // YAML reads an unquoted 2014 as a number and an unquoted true as a truth value.
  const { input } = issue;
  const isBare = issue.expected === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  const quoteHint = isBare ? `; put it in quotation marks: "${input}"` : '';
  return [{ key: [], message: `write ${wanted} here${colonHint}${quoteHint}` }];
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  number: 'a number',
  object: 'fields below it',
  record: 'fields below it',
  boolean: 'true or false',
  int: 'a whole number',
};

/** "; write its id …" if one of the entries (each an id and its names) has this name, otherwise an empty text. */
export function idHint(name: string, entries: readonly (readonly [id: string, ...names: readonly string[]])[]): string {
  const wanted = name.trim().toLowerCase();
  const found = entries.find(([, ...names]) => names.some((one) => one.toLowerCase() === wanted));
  return found ? `; write its id, "${found[0]}"` : '';
}

/** "; did you mean …?" if a known word is at most two edits away, otherwise an empty text. */
export function spellingHint(word: string, known: readonly string[]): string {
  let best: string | undefined;
  let fewest = 3;
  for (const candidate of known) {
    const edits = editDistance(word, candidate, fewest - 1);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best === undefined ? '' : `; did you mean "${best}"?`;
}
