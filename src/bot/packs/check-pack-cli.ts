/** The command `npm run pack:check PATH`. Parses the arguments and returns the report as text, with an exit code. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkPack, type PackReport } from './check-pack.ts';
import { schemaFiles } from './json-schema.ts';

/** Exit codes from sysexits.h. EX_USAGE: invalid arguments. EX_NOINPUT: a folder that cannot be read. */
const usageExit = 64;
const inputExit = 66;

const usage = `Usage: npm run pack:check PATH, or npm run pack:check -- PATH --never-asked, or … PATH --pairs
  PATH is the folder of a pack, such as data/my-pack.
  --never-asked lists the facts that no question is about, each with the reason.
  --pairs lists the questions of which one gives away the answer to the other; a round never asks both.
  npm run pack:check -- --write-schema writes data/schema anew.`;

interface CommandOutput {
  /**
   * 0: the pack has no mistakes but may have warnings. 1: the pack has mistakes. 64 or 66: the pack was not checked.
   */
  readonly code: number;
  readonly words: string;
}

/** Runs the command. A relative path is resolved against the folder `from`. */
export async function runCheckPack([path, ...more]: readonly string[], from: string): Promise<CommandOutput> {
  if (path === '--write-schema' && more.length === 0) return writeSchema();
  const [listed] = more.length === 1 && isListing(more[0]) ? [more[0]] : [];
  if (path === undefined || path.startsWith('-') || (more.length > 0 && listed === undefined))
    return { code: usageExit, words: usage };
  const refused = (why: string): CommandOutput => ({ code: inputExit, words: `${path}: ${why}` });
  const folder = resolve(from, path);
  try {
    const found = await kindOf(folder);
    if (found === 'nothing') return refused('there is no such folder; name the folder of a pack');
    if (found === 'file') return refused('is a file; name the folder it is in');
    if ((await kindOf(resolve(folder, 'pack.yaml'))) !== 'file')
      return refused('holds no pack.yaml, so it is no pack; name the folder that does');
    const report = await checkPack(pathToFileURL(`${folder}/`));
    return { code: report.problems.length > 0 ? 1 : 0, words: reportText(report, listed) };
  } catch (error) {
    if (isSystemError(error)) return refused(`cannot be read (${error.message})`);
    throw error;
  }
}

/** The options that add a complete list to the report. */
type Listing = '--never-asked' | '--pairs';

const isListing = (option: string | undefined): option is Listing => option === '--never-asked' || option === '--pairs';

function reportText({ problems, warnings, entries, questions, coverage }: PackReport, listed?: Listing): string {
  const read = [
    ...(entries === undefined ? [] : [count(entries, 'entry', 'entries')]),
    ...(questions === undefined ? [] : [count(questions, 'question', 'questions')]),
  ].join(', ');
  const found = `${count(problems.length, 'mistake', 'mistakes')}, ${count(warnings.length, 'warning', 'warnings')}`;
  return [
    ...problems.map((problem) => `Mistake: ${problem}`),
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...(coverage
      ? [
          ...questionLines(coverage, listed === '--never-asked'),
          ...strategyLines(coverage),
          ...pairLines(coverage, listed === '--pairs'),
        ]
      : []),
    `${problems.length === 0 ? 'The pack is sound' : 'The bot does not start with this pack'}: ${found}${read && `; ${read}`}.`,
  ].join('\n');
}

/**
 * Returns the lines of the report about questions. One line contains the number of questions and options that failed
 * each check. Another line contains the number of entries without questions. If `listed` is true, the report lists
 * these entries, one on each line, instead of their number.
 */
function questionLines(
  { unasked: { never, notYet }, refused }: NonNullable<PackReport['coverage']>,
  listed: boolean,
): string[] {
  const counts = [...refused].filter(([, times]) => times > 0).map(([check, times]) => `${check} ${times}`);
  return [
    ...(counts.length > 0
      ? [`Left out by the checks, of questions and options made by rule: ${counts.join(', ')}.`]
      : []),
    ...(listed
      ? [
          ...never.map(({ id, reason }) => `Never asked: ${id}: ${reason}`),
          ...notYet.map((id) => `Not asked yet: ${id}`),
        ]
      : [
          `Never asked: ${count(never.length, 'fact', 'facts')}; not asked yet: ${notYet.length}. --never-asked lists them.`,
        ]),
  ];
}

/**
 * Returns a table with the results of simple guessing strategies, such as choosing the longest option. Leaves out
 * strategies that cannot be used for any question.
 */
function strategyLines({ strategies }: NonNullable<PackReport['coverage']>): string[] {
  const rows = strategies.filter(({ questions }) => questions > 0);
  if (rows.length === 0) return [];
  return [
    'Right answers without reading the question (by chance 25 %):',
    ...rows.map(
      ({ strategy, share, questions }) =>
        `  ${strategy.padEnd(36)}${(share * 100).toFixed(1).padStart(5)} %  of ${count(questions, 'question', 'questions')}`,
    ),
  ];
}

/**
 * Returns the lines about pairs of questions in which one question gives away the answer to the other. If `listed` is
 * true, there is one line for each pair. Otherwise a single line contains the number of pairs.
 */
function pairLines({ pairs }: NonNullable<PackReport['coverage']>, listed: boolean): string[] {
  if (listed) return pairs.map(([one, other]) => `Never in one round: ${one}, ${other}`);
  return [
    `Never in one round, because one tells the answer of the other: ${count(pairs.length, 'pair', 'pairs')}. --pairs lists them.`,
  ];
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return 'nothing';
    throw error;
  }
}

async function writeSchema(): Promise<CommandOutput> {
  const folder = new URL('schema/', import.meta.resolve('#data/README.md'));
  await mkdir(folder, { recursive: true });
  const files = schemaFiles();
  for (const [name, text] of files) await writeFile(new URL(name, folder), text);
  return { code: 0, words: `${files.size} files written to data/schema.` };
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
