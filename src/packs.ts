/** Reads a knowledge pack from its folder of YAML files. Aliases and custom tags of YAML are refused: they are how small files grow without end. */
import { readFile, readdir } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { type Pack, PackError, type PackFile, kindOfFile, parsePack } from './core/pack.ts';
import { type Bank, readBank } from './core/questions/bank.ts';

const questionsFile = 'questions.yaml';
/** A pack file is refused above this size before it is parsed. */
const largest = 1_048_576;

export interface Library {
  readonly pack: Pack;
  readonly bank: Bank;
}

/** Reads and checks everything in `folder`. Throws {@link PackError} that names file, entry and field. */
export async function readPack(folder: URL): Promise<Library> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  const strange = names.filter((name) => !(name in kindOfFile) && name !== 'pack.yaml' && name !== questionsFile);
  if (strange.length > 0) {
    const known = ['pack.yaml', questionsFile, ...Object.keys(kindOfFile)].join(', ');
    throw new PackError(strange.map((name) => `${name}: a pack has no such file; its files are ${known}`));
  }
  const files = await Promise.all(names.map((name) => readYaml(folder, name)));
  const pack = parsePack(files.filter(({ name }) => name !== questionsFile));
  const bank = readBank(
    pack,
    files.find(({ name }) => name === questionsFile),
  );
  return { pack, bank };
}

async function readYaml(folder: URL, name: string): Promise<PackFile> {
  const text = await readFile(new URL(name, folder), 'utf8');
  if (text.length > largest) throw new PackError([`${name}: is larger than 1 MiB; split the pack`]);
  const document = parseDocument(text, { prettyErrors: true, customTags: [], uniqueKeys: true });
  // What the parser only warns of is a tag it does not know.
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    throw new PackError(faults.map(({ message }) => `${name}: ${message.replaceAll(/\s*\n+\s*/g, ' ')}`));
  try {
    return { name, value: document.toJS({ maxAliasCount: 0 }) };
  } catch (error) {
    throw new PackError([`${name}: ${error instanceof Error ? error.message : String(error)}; write the value out`]);
  }
}
