/** Reads a pack from a folder of YAML files. */
import { readFile, readdir } from 'node:fs/promises';
import { vocabularyOf } from '../../core/pack/facts.ts';
import { type Pack, kindOfFile } from '../../core/pack/pack.ts';
import { parsePack } from '../../core/pack/parse-pack.ts';
import { PackError, type PackFile } from '../../core/pack/pack-file.ts';
import { type Bank, readBank } from '../../core/questions/bank.ts';
import type { Vocabulary } from '../../core/search/vocabulary.ts';
import { cardProblems } from './card-problems.ts';
import { readYaml } from '../../formats/yaml.ts';

const questionsFile = 'questions.yaml';

export interface LoadedPack {
  readonly pack: Pack;
  readonly bank: Bank;
  /** The search vocabulary of the pack. */
  readonly vocabulary: Vocabulary;
  /** The URL of the folder that the pack was read from. Absent if a server added the pack. */
  readonly folder?: string;
}

/**
 * Reads and checks the pack in `folder`. Throws {@link PackError} if the pack has mistakes. Reading a large pack blocks
 * the thread for seconds, so a running bot calls `loadPacksInWorker` instead.
 */
export async function readPack(folder: URL): Promise<LoadedPack> {
  const files = await readPackFiles(folder);
  const pack = parsePackFiles(files);
  return { pack, bank: parseBank(files, pack), vocabulary: vocabularyOf(pack), folder: folder.href };
}

/** Reads the YAML files of a pack. Throws a {@link PackError} that lists the syntax errors of all files. */
export async function readPackFiles(folder: URL): Promise<readonly PackFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/i.test(name)).toSorted();
  const unknown = names.filter(
    (name) => !Object.hasOwn(kindOfFile, name) && name !== 'pack.yaml' && name !== questionsFile,
  );
  if (unknown.length > 0) {
    const known = ['pack.yaml', questionsFile, ...Object.keys(kindOfFile)].join(', ');
    throw new PackError(unknown.map((name) => `${name}: a pack has no such file; its files are ${known}`));
  }
  const contents = await Promise.all(names.map((name) => readFile(new URL(name, folder))));
  const files: PackFile[] = [];
  const problems: string[] = [];
  for (const [index, name] of names.entries()) {
    try {
      files.push(readYaml(name, utf8Text(name, contents[index])));
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new PackError(problems);
  return files;
}

/**
 * Decodes the content of a file. Throws {@link PackError} if the content is not UTF-8. Some old editors save files in
 * other encodings.
 */
function utf8Text(name: string, content: Uint8Array | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new PackError([`${name}: is not UTF-8; save it again with the encoding UTF-8`]);
  }
}

/** Parses the manifest and the entries, and checks that Discord accepts their cards. Throws {@link PackError}. */
export function parsePackFiles(files: readonly PackFile[]): Pack {
  const pack = parsePack(files.filter(({ name }) => name !== questionsFile));
  const problems = cardProblems(pack, files);
  if (problems.length > 0) throw new PackError(problems);
  return pack;
}

/** Parses the questions. Throws {@link PackError}. */
export function parseBank(files: readonly PackFile[], pack: Pack): Bank {
  return readBank(pack, questionsFileIn(files));
}

/** Finds the file questions.yaml. Undefined if the pack has no such file. */
export function questionsFileIn(files: readonly PackFile[]): PackFile | undefined {
  return files.find(({ name }) => name === questionsFile);
}
