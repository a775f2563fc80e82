/**
 * Reads the file `.env`. Node's parser accepts every file: it joins a line that it does not understand with the next
 * line, and the variable of the next line is lost. Therefore this module checks all lines first. A wrong line is an
 * error, and Node's parser gets only valid lines.
 *
 * Values that span several lines are not supported.
 */
import { readFile, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { parseEnv } from 'node:util';
import { ConfigError, variables } from '../config.ts';

interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** Notices for the user about a valid file, for example that other users can read it. */
  readonly notices: readonly string[];
}

/**
 * Reads the file at `path`. A missing file is the same as an empty file, because the file is optional. Throws
 * ConfigError with the number of each wrong line.
 * @param env the environment, whose variables take precedence over the file
 */
export async function readEnvFile(
  path: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<EnvFile> {
  const bytes = await contentOf(path);
  if (!bytes) return { values: {}, notices: [] };
  const lines = textOf(bytes, path)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim());
  const problems = problemsOf(lines);
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `${path}:${problem}`));
  const values = parseEnv(lines.join('\n')) as Record<string, string>;
  const notices = [
    ...((await isReadableByOthers(path))
      ? [`${path} can be read by other users of this computer. Close it to them with: chmod 600 ${path}`]
      : []),
    ...(env['DISCORD_TOKEN']?.trim() === '' && values['DISCORD_TOKEN']
      ? [`The DISCORD_TOKEN of ${path} is not used, because the environment has an empty DISCORD_TOKEN.`]
      : []),
  ];
  return { values, notices };
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function textOf(bytes: Buffer, path: string): string {
  try {
    // A zero byte is a sign of UTF-16, in which almost every character of a variable's name contains a zero byte.
    if (!bytes.includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The file is not UTF-8. In this case the error at the end of this function is thrown.
  }
  throw new ConfigError([`${path}:1: the file is not UTF-8 (it may be UTF-16); save it again as UTF-8.`]);
}

/** An assignment. Spaces around the name and `export` in front of the name are allowed. */
const assignment = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/;
/** The form of bot tokens. */
const tokenForm = /[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}/;

/**
 * Returns one error message for each wrong line. The messages never contain the value of a variable, because the value
 * may be the token.
 */
function problemsOf(lines: readonly string[]): readonly string[] {
  const first = new Map<string, number>();
  return lines.flatMap((line, index) => {
    const number = index + 1;
    if (line === '' || line.startsWith('#')) return [];
    const [, name, value = ''] = assignment.exec(line) ?? [];
    if (name === undefined) return [`${number}: write NAME=value, or begin the line with # if it is a comment.`];
    const before = first.get(name);
    first.set(name, before ?? number);
    if (before !== undefined && name in variables)
      return [`${number}: ${name} is set in line ${before} already; keep one of the two lines.`];
    if (name !== 'DISCORD_TOKEN' && tokenForm.test(value))
      return [`${number}: the value looks like a bot token; write DISCORD_TOKEN in front of the =.`];
    return [];
  });
}

/** On Windows, the file mode does not contain the permissions of other users. */
const isReadableByOthers = async (path: string): Promise<boolean> =>
  platform() !== 'win32' && ((await stat(path)).mode & 0o077) !== 0;
