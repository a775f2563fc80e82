/**
 * Reads a Dockerfile and runs its instructions in ordinary folders, so that the commands can be tested without building
 * a container. Each stage has its own folder instead of the root folder. FROM, USER and VOLUME have no effect: the
 * commands run with this computer's Node, as the current user.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

export interface Instruction {
  readonly name: string;
  /** The options, such as `from` of COPY. */
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Stage {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** Parses a Dockerfile. Throws an Error if an instruction is not supported here. */
export function parseDockerfile(text: string): readonly Stage[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (!known.has(name)) throw new Error(`the Dockerfile has an instruction that no test carries out: ${line}`);
    if (name === 'FROM') stages.push({ name: / AS (\S+)/.exec(rest)?.[1] ?? 'final', instructions: [] });
    const flags = Object.fromEntries([...rest.matchAll(/--([a-z-]+)=(\S+)/g)].map(([, key, value]) => [key, value]));
    const text = name === 'RUN' ? rest : rest.replaceAll(/--[a-z-]+=\S+\s+/g, '');
    stages.at(-1)?.instructions.push({ name, flags, text });
  }
  return stages;
}

const known = new Set(['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'VOLUME', 'HEALTHCHECK', 'CMD']);

/** Returns the words of the command of CMD or HEALTHCHECK. The Dockerfile must contain them as a JSON array. */
export const commandOf = (text: string): readonly string[] =>
  JSON.parse(text.slice(text.indexOf('['))) as readonly string[];

export interface BuiltStage {
  /** The folder that takes the place of the root folder of the stage. */
  readonly root: string;
  /** The working folder. */
  readonly folder: string;
  /** The variables that ENV sets. If a value is an absolute path, it is replaced by the path inside `root`. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs the instructions of a stage in the folder `root`.
 * @param context the folder from which COPY without `--from` copies
 * @param built the previous stages, by name
 * @throws {Error} A command failed. The error contains its output.
 */
export async function buildStage(
  { instructions }: Stage,
  root: string,
  context: string,
  built: ReadonlyMap<string, BuiltStage>,
  onRun: (command: string) => void,
): Promise<BuiltStage> {
  let folder = root;
  const env: Record<string, string> = {};
  const inside = (path: string) => (path.startsWith('/') ? join(root, path) : join(folder, path));
  await mkdir(root, { recursive: true });
  for (const { name, flags, text } of instructions) {
    if (name === 'WORKDIR') await mkdir((folder = inside(text)), { recursive: true });
    if (name === 'COPY') {
      const from = flags['from'] === undefined ? context : built.get(flags['from'])?.root;
      if (from === undefined) throw new Error(`the Dockerfile has no stage ${flags['from']}`);
      await copy(text, (path) => join(from, path), inside);
    }
    if (name === 'RUN') {
      onRun(text);
      const command = text.replaceAll(/(?<=\s)\/(?=\w)/g, `${root}/`);
      await promisify(execFile)('sh', ['-ec', command], { cwd: folder, env: { ...process.env, ...env } });
    }
    if (name === 'ENV')
      for (const [, key = '', value = ''] of text.matchAll(/(\w+)=(\S+)/g))
        env[key] = value.startsWith('/') ? inside(value) : value;
  }
  return { root, folder, env };
}

/** Copies as COPY does: if the target ends with a slash, the sources are put into that folder. */
async function copy(text: string, source: (path: string) => string, target: (path: string) => string): Promise<void> {
  const paths = text.split(/\s+/);
  const to = paths.pop() ?? '';
  for (const path of paths) {
    const end = to.endsWith('/') ? join(target(to), basename(path)) : target(to);
    await cp(source(path), end, { recursive: true, verbatimSymlinks: true });
  }
}
