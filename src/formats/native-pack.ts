/**
 * Reads and writes a whole pack as one YAML file: a map with one part for each file of a pack folder, such as `pack`,
 * `events` and `questions`. The parts have the same form as the files. `data/README.md` describes them.
 */
import { stringify } from 'yaml';
import type { MaterialLimits, PackDocument, ReadMaterial } from '../core/material/material.ts';
import { kindOfFile } from '../core/pack/pack.ts';
import { PackError, type PackFile } from '../core/pack/pack-file.ts';
import { parsePack } from '../core/pack/parse-pack.ts';
import { spellingHint } from '../core/pack/problem-messages.ts';
import { readBank } from '../core/questions/bank.ts';
import { isObject } from '../core/type-guards.ts';
import { readYaml } from './yaml.ts';

const partOf = (fileName: string): string => fileName.replace(/\.yaml$/, '');

/** The names of all parts: pack, events and so on. */
const packParts: readonly string[] = ['pack.yaml', ...Object.keys(kindOfFile), 'questions.yaml'].map(partOf);

/** Reads a pack in this format. Throws {@link PackError} with all mistakes and their lines. */
export function readNativePack(
  text: string,
  { fileName, limits }: { readonly fileName: string; readonly limits: MaterialLimits },
): ReadMaterial {
  const whole = readYaml(fileName, text);
  const parts = partsIn(whole).map(asAdded);
  const listed = parts.filter(({ name }) => Object.hasOwn(kindOfFile, name)).flatMap(({ value }) => value);
  if (listed.length > limits.entries)
    throw new PackError([
      `${fileName}: has ${listed.length} entries; keep to ${limits.entries}, in two packs if need be`,
    ]);
  const pack = parsePack(parts.filter(({ name }) => name !== 'questions.yaml'));
  const bank = readBank(
    pack,
    parts.find(({ name }) => name === 'questions.yaml'),
  );
  return {
    kind: 'pack',
    readAs: 'A pack in this bot’s own format (YAML).',
    files: parts.map(({ name, value }) => ({ name, value })),
    pack,
    bank,
    leftOut: [],
    remarks: whole.warnings ?? [],
  };
}

/** Splits the file into its parts. Each part keeps the line numbers of the whole file. */
function partsIn(whole: PackFile): readonly PackFile[] {
  const { name: shownAs, value, lineOf } = whole;
  if (!isObject(value)) throw new PackError([`${shownAs}: is no pack; begin with "pack:" and below it id, title …`]);
  const unknown = Object.keys(value).filter((part) => !packParts.includes(part));
  if (unknown.length > 0)
    throw new PackError(
      unknown.map(
        (part) =>
          `${shownAs}${lineOf ? `:${lineOf([part])}` : ''}: there is no part "${part}"${spellingHint(part, packParts) || `; the parts are ${packParts.join(', ')}`}`,
      ),
    );
  return Object.entries(value).map(([part, content]) => ({
    name: `${part}.yaml`,
    shownAs,
    value: content,
    ...(lineOf && { lineOf: (path: readonly PropertyKey[]) => lineOf([part, ...path]) }),
  }));
}

/**
 * Marks the pack as added by a server. Some of the bot's texts then differ from the texts for a pack that ships with
 * the bot. Examples are the help, and the labels that say who makes a statement.
 */
function asAdded(file: PackFile): PackFile {
  if (file.name !== 'pack.yaml' || !isObject(file.value)) return file;
  return { ...file, value: { ...file.value, addedByServer: true } };
}

/**
 * Writes the documents of a pack as one YAML file. The documents with entries keep their order, because search results
 * with equal scores are offered in the order of the pack.
 */
export function writeNativePack(documents: readonly PackDocument[]): string {
  const place = ({ name }: PackDocument): number => (name === 'pack.yaml' ? 0 : name === 'questions.yaml' ? 2 : 1);
  const parts = documents
    .toSorted((a, b) => place(a) - place(b))
    .map((document) => [partOf(document.name), withoutAdded(document)] as const);
  return stringify(Object.fromEntries(parts), { aliasDuplicateObjects: false, lineWidth: 120 });
}

function withoutAdded({ name, value }: PackDocument): unknown {
  if (name !== 'pack.yaml' || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'addedByServer'));
}
