/**
 * Builds the error messages for mistakes in a pack. Each message says where the mistake is, what is wrong and what to
 * write instead.
 */
import type { z } from 'zod';
import { editDistance } from '../search/edit-distance.ts';
import { isObject } from '../type-guards.ts';
import type { PackFile } from './pack-file.ts';

/** The file and line of a value, such as `events.yaml:12`. If the line is unknown, only the file name is returned. */
export function locationIn({ name, shownAs = name, lineOf }: PackFile, path: readonly PropertyKey[]): string {
  return lineOf ? `${shownAs}:${lineOf(path)}` : shownAs;
}

/** The value to which a schema was applied: the whole file `pack.yaml`, or one entry in a list of entries. */
interface Subject {
  readonly file: PackFile;
  /** The path of the checked value within the file. */
  readonly base: readonly PropertyKey[];
  /** The name of the checked entry. Absent if a whole file was checked. */
  readonly name?: string;
}

/**
 * The error messages for all issues of a zod error. The value must have been parsed with the option `reportInput`,
 * because the messages quote the input.
 */
export function zodProblems(error: z.ZodError, { file, base, name }: Subject, schema: z.ZodObject): string[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path.map(pathPart).join(' ');
    // A misspelt field name gets a suggestion only at the top level of an entry or of pack.yaml. The objects below the
    // top level have so few fields that no suggestion is needed.
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
  /**
   * If the issue is about an unknown key, the list contains only this key, which is appended to the path of the issue.
   * Otherwise the list is empty.
   */
  readonly key: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The error messages for one zod issue. An issue with several unknown keys gives one message for each unknown key.
 * `fields` are the keys that are allowed.
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
  // The messages that zod itself creates begin with "Invalid". All other messages come from the schemas of this
  // project.
  if (!issue.message.startsWith('Invalid')) return [{ key: [], message: issue.message }];
  // If an unquoted text contains a colon and a space, YAML reads this text as a field with a value.
  const hasColon = issue.expected === 'string' && isObject(issue.input);
  const colonHint = hasColon ? '; one that contains a colon and a space goes in quotation marks' : '';
  // YAML reads an unquoted 2014 as a number and an unquoted true as a boolean.
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

/**
 * The end of an error message. If an entry has the name `name`, the end is `; write its id …`. Otherwise the end is
 * empty. Each item of `entries` is the id of an entry, followed by the names of this entry.
 */
export function idHint(name: string, entries: readonly (readonly [id: string, ...names: readonly string[]])[]): string {
  const wanted = name.trim().toLowerCase();
  const found = entries.find(([, ...names]) => names.some((one) => one.toLowerCase() === wanted));
  return found ? `; write its id, "${found[0]}"` : '';
}

/** If a known word is at most two edits away from `word`, returns `; did you mean …?`, otherwise an empty string. */
export function spellingHint(word: string, known: readonly string[]): string {
  let best: string | undefined;
  let fewest = 3;
  for (const candidate of known) {
    const edits = editDistance(word, candidate, fewest - 1);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best === undefined ? '' : `; did you mean "${best}"?`;
}
