/**
 * Parses a pack from its files. A pack consists of `pack.yaml` and, for each kind of entry, a file with a list of
 * entries. The parser checks every entry against its schema and checks all references between entries. Reading the
 * files and their YAML is the task of `src/bot/packs/read-pack.ts`.
 */
import { checkReferences } from './check-references.ts';
import { type Entry, kindOfFile, type Pack } from './pack.ts';
import { PackError, type PackFile } from './pack-file.ts';
import type { RecordStatement } from './record-statement.ts';
import { added, publicRecord } from './voice.ts';
import { entrySchemas, manifestSchema, maxTitle } from './pack-schemas.ts';
import { locationIn, zodProblems } from './problem-messages.ts';

/**
 * Maximum number of entries in a pack. With this many entries a search is still fast enough for autocomplete, and the
 * bot starts within a few seconds.
 */
const maxEntries = 10_000;

/** Parses a whole pack. Throws {@link PackError} with every mistake in the pack, not only the first one. */
export function parsePack(files: readonly PackFile[]): Pack {
  const listed = files.filter(({ name }) => Object.hasOwn(kindOfFile, name)).flatMap(({ value }) => value);
  if (listed.length > maxEntries)
    throw new PackError([
      `pack.yaml: the pack has ${listed.length} entries; keep to ${maxEntries}, in two packs if need be`,
    ]);
  const packFile = files.find(({ name }) => name === 'pack.yaml');
  if (!packFile)
    throw new PackError(['pack.yaml is missing: write one with id, title, description, source and topics']);
  const manifest = manifestSchema.safeParse(packFile.value, { reportInput: true });
  if (!manifest.success) throw new PackError(zodProblems(manifest.error, { file: packFile, base: [] }, manifestSchema));

  const { entries, broken, locate, problems } = parseEntries(files);
  const pack: Pack = { ...manifest.data, entries };
  const all = [...problems, ...checkReferences(pack, { packFile, locate, broken })];
  if (all.length > 0) throw new PackError(all);
  return pack;
}

interface ParsedEntries {
  readonly entries: readonly Entry[];
  /** Ids of entries that do not match their schema. A link to such an entry is not reported as another mistake. */
  readonly broken: ReadonlySet<string>;
  /** The file and line of an entry, or of a field of that entry, such as `events.yaml:12`. */
  readonly locate: (entry: Entry, ...path: readonly PropertyKey[]) => string;
  readonly problems: readonly string[];
}

function parseEntries(files: readonly PackFile[]): ParsedEntries {
  const entries: Entry[] = [];
  const broken = new Set<string>();
  const problems: string[] = [];
  const locations = new Map<Entry, { readonly file: PackFile; readonly index: number }>();
  const firstWithId = new Map<string, Entry>();
  const locate: ParsedEntries['locate'] = (entry, ...path) => {
    const location = locations.get(entry);
    return location ? locationIn(location.file, [location.index, ...path]) : entry.id;
  };
  for (const file of files) {
    const kind = kindOfFile[file.name];
    if (!kind) continue;
    if (!Array.isArray(file.value)) {
      problems.push(`${locationIn(file, [])}: write a list of entries, each beginning with "- id:"`);
      continue;
    }
    for (const [index, raw] of file.value.entries()) {
      const name = idOf(raw) ?? `entry ${index + 1}`;
      const parsed = entrySchemas[kind].safeParse(raw, { reportInput: true });
      if (!parsed.success) {
        problems.push(...zodProblems(parsed.error, { file, base: [index], name }, entrySchemas[kind]));
        broken.add(name);
        continue;
      }
      // The cast is safe because the schema of this kind has just accepted the entry. The compiler cannot infer this,
      // because the schema is looked up by `kind`.
      const entry = { ...otherFieldsOf(parsed.data), ...parsed.data, kind } as Entry;
      entries.push(entry);
      locations.set(entry, { file, index });
      const first = firstWithId.get(entry.id);
      if (!first) firstWithId.set(entry.id, entry);
      else
        problems.push(
          `${locate(entry, 'id')}, ${name}, id: "${name}" is already used in ${locate(first, 'id')}; write another id`,
        );
    }
  }
  return { entries, broken, locate, problems };
}

/**
 * Default values for the fields that a card or an entry from the public record does not have in its file. Empty for an
 * entry from the article.
 */
function otherFieldsOf(data: object) {
  const common = { hedged: false, paragraphs: [], notes: [], sinceThen: [] };
  if ('front' in data) {
    const { front, back, extra } = data as { readonly front: string; readonly back: string; readonly extra?: string };
    const line = front.replaceAll(/\s+/g, ' ');
    const title = shortTitle(line);
    // If the title shows only the beginning of the front, the summary starts with the whole front.
    const summary = [...(title === line ? [] : [front]), back, ...(extra === undefined ? [] : [extra])].join('\n');
    return { ...common, title, summary, voice: added };
  }
  if (!('statement' in data)) return {};
  const { text } = data.statement as RecordStatement;
  return { ...common, summary: text, voice: publicRecord, neverAsk: 'It is not in the article.' };
}

/** Shortens a line that is too long for a title. If possible, the line is cut at the end of a word. */
function shortTitle(line: string): string {
  if (line.length <= maxTitle) return line;
  const cut = line.slice(0, maxTitle - 1);
  // Removes the first half of a surrogate pair whose second half was cut off.
  return `${(/^(.{40,})\s/.exec(cut)?.[1] ?? cut).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function idOf(raw: unknown): string | undefined {
  return typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : undefined;
}
