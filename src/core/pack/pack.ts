/**
 * A knowledge pack, read and checked: every entry has its shape, and everything an entry names is there.
 *
 * A pack is one `pack.yaml` and one list per kind of entry. What an entry may say stands in `pack-schemas.ts`; reading
 * files and YAML is `src/bot/packs/read-pack.ts`, and nothing here knows the subject of any particular pack.
 */
import type { z } from 'zod';
import { manifestSchema, type noteSchema, type positionSchema, entrySchemas } from './pack-schemas.ts';
import { idForName, describe, didYouMean, locationIn } from './problem-messages.ts';
import { type PackFile, PackError } from './pack-file.ts';

export const kinds = ['event', 'dispute', 'agreement', 'claim', 'person', 'organisation', 'place', 'figure'] as const;
export type Kind = (typeof kinds)[number];

/** File of a pack → the kind of entry it lists. */
export const kindOfFile: Readonly<Record<string, Kind>> = {
  'events.yaml': 'event',
  'disputes.yaml': 'dispute',
  'agreements.yaml': 'agreement',
  'claims.yaml': 'claim',
  'people.yaml': 'person',
  'organisations.yaml': 'organisation',
  'places.yaml': 'place',
  'figures.yaml': 'figure',
};

export type Manifest = z.output<typeof manifestSchema>;
export type Note = z.output<typeof noteSchema>;
export type Position = z.output<typeof positionSchema>;
type Shapes = typeof entrySchemas;
/** One entry of a pack, told apart by `kind`. */
export type Entry = { [K in Kind]: z.output<Shapes[K]> & { kind: K } }[Kind];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;

export interface Pack extends Manifest {
  readonly entries: readonly Entry[];
}

/** Entries that a pack may have: the search stays within a keystroke, and a start within seconds, up to far more. */
const mostEntries = 10_000;

/** Reads a whole pack. Throws {@link PackError} with every problem found, not just the first. */
export function parsePack(files: readonly PackFile[]): Pack {
  const listed = files.filter(({ name }) => Object.hasOwn(kindOfFile, name)).flatMap(({ value }) => value);
  if (listed.length > mostEntries)
    throw new PackError([
      `pack.yaml: the pack has ${listed.length} entries; keep to ${mostEntries}, in two packs if need be`,
    ]);
  const problems: string[] = [];
  const packFile = files.find(({ name }) => name === 'pack.yaml');
  if (!packFile)
    throw new PackError(['pack.yaml is missing: write one with id, title, description, source and topics']);
  const head = manifestSchema.safeParse(packFile.value, { reportInput: true });
  if (!head.success) throw new PackError(describe(head.error, { file: packFile, base: [] }, manifestSchema));

  const entries: Entry[] = [];
  const locations = new Map<Entry, Location>();
  const firstOf = new Map<string, Entry>();
  /** Entries with a mistake of their own: a link to one is not reported as a second mistake. */
  const broken = new Set<string>();
  const place = (entry: Entry, ...path: readonly PropertyKey[]): string => {
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
      const name = nameOf(raw, index);
      const read = entrySchemas[kind].safeParse(raw, { reportInput: true });
      if (!read.success) {
        problems.push(...describe(read.error, { file, base: [index], name }, entrySchemas[kind]));
        broken.add(name);
        continue;
      }
      // The shape was just read by the schema of this very kind; the compiler cannot follow the index.
      const entry = { ...read.data, kind } as Entry;
      locations.set(entry, { file, index });
      const twin = firstOf.get(entry.id);
      if (twin)
        problems.push(
          `${place(entry, 'id')}, ${name}, id: "${name}" is already used in ${place(twin, 'id')}; write another id`,
        );
      else firstOf.set(entry.id, entry);
      entries.push(entry);
    }
  }
  const pack: Pack = { ...head.data, entries };
  problems.push(...linkProblems(pack, packFile, place, broken));
  if (problems.length > 0) throw new PackError(problems);
  return pack;
}

/** Where an entry stands. */
interface Location {
  readonly file: PackFile;
  readonly index: number;
}

/** Who speaks, taken apart: a bare word, or the speaker behind "claimed by". */
export function speakerOf(voice: string): string | undefined {
  return voice.startsWith('claimed by ') ? voice.slice('claimed by '.length) : undefined;
}

/** `events.yaml:12` for an entry, or for something in it. */
type Place = (entry: Entry, ...path: readonly PropertyKey[]) => string;

function linkProblems(pack: Pack, packFile: PackFile, place: Place, broken: ReadonlySet<string>): string[] {
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  const topics = new Set(pack.topics.map(({ id }) => id));
  const titles = pack.topics.map(({ id, title }) => [id, title] as const);
  const problems: string[] = [];
  /** `path` leads to what is wrong; `field` is its name in words, where that differs from the first step. */
  const wrong = (entry: Entry, path: readonly PropertyKey[], problem: string, field = String(path[0])) =>
    problems.push(`${place(entry, ...path)}, ${entry.id}, ${field}: ${problem}`);
  const meant = (name: string, wanted: readonly Kind[] = kinds) => {
    const likely = pack.entries.filter(({ kind }) => wanted.includes(kind));
    return (
      idForName(
        name,
        likely.map(({ id, title, aliases }) => [id, title, ...aliases]),
      ) || didYouMean(name, byId.keys())
    );
  };
  const needs = (entry: Entry, path: readonly PropertyKey[], id: string, wanted?: readonly Kind[], field?: string) => {
    if (broken.has(id)) return;
    const target = byId.get(id);
    if (!target) wrong(entry, path, `there is no entry "${id}"${meant(id, wanted)}`, field);
    else if (wanted && !wanted.includes(target.kind)) {
      const article = /^[aeiou]/.test(target.kind) ? 'an' : 'a';
      wrong(entry, path, `"${id}" is ${article} ${target.kind}; name a ${wanted.join(' or ')}`, field);
    }
  };
  const needsAll = (entry: Entry, field: string, ids: readonly string[], wanted?: readonly Kind[]) => {
    for (const [index, id] of ids.entries()) needs(entry, [field, index], id, wanted);
  };
  const checkVoice = (entry: Entry, path: readonly PropertyKey[], voice: string, field?: string) => {
    const speaker = speakerOf(voice);
    if (speaker !== undefined && !speaker.startsWith('unnamed '))
      needs(entry, path, speaker, ['person', 'organisation', 'place'], field);
  };
  const checkParagraph = (entry: Entry, path: readonly PropertyKey[], number: number, field?: string) => {
    const most = pack.source.paragraphs;
    if (number > most) wrong(entry, path, `the source has ${most} paragraphs, not ${number}`, field);
  };

  for (const [index, id] of pack.hoisted.entries()) {
    if (broken.has(id)) continue;
    const target = byId.get(id);
    const where = `${locationIn(packFile, ['hoisted', index])}, hoisted`;
    if (!target) problems.push(`${where}: there is no entry "${id}"${meant(id)}`);
    else if (target.voice === "author's speculation")
      problems.push(`${where}: "${id}" is speculation; it is never offered unasked, so take it out`);
  }
  for (const entry of pack.entries) {
    checkVoice(entry, ['voice'], entry.voice);
    for (const [index, topic] of entry.topics.entries())
      if (!topics.has(topic))
        wrong(
          entry,
          ['topics', index],
          `there is no topic "${topic}" in pack.yaml${idForName(topic, titles) || didYouMean(topic, topics)}`,
        );
    for (const [index, number] of entry.paragraphs.entries()) checkParagraph(entry, ['paragraphs', index], number);
    if (entry.quote) checkParagraph(entry, ['quote', 'paragraph'], entry.quote.paragraph, 'paragraphs');
    for (const [index, id] of entry.links.entries()) {
      const path = ['links', index];
      needs(entry, path, id);
      if (id === entry.id) wrong(entry, path, `an entry cannot link to itself; take "${id}" out`);
      else if (byId.get(id)?.links.includes(entry.id) === false)
        wrong(entry, path, `"${id}" does not link back; add "${entry.id}" to its links`);
      if (entry.links.indexOf(id) < index) wrong(entry, path, `"${id}" stands there more than once; keep one`);
    }
    if (entry.kind === 'event') {
      needsAll(entry, 'people', entry.people, ['person']);
      needsAll(entry, 'places', entry.places, ['place']);
    } else if (entry.kind === 'dispute') {
      needsAll(entry, 'parties', entry.parties, ['place', 'organisation', 'person']);
      for (const [index, { party, voice, paragraphs }] of entry.positions.entries()) {
        const field = `positions[${index + 1}]`;
        const path = ['positions', index];
        if (!entry.parties.includes(party) && entry.parties.every((id) => byId.has(id))) {
          const problem = `"${party}" is not among the parties; add it there or name one of them`;
          wrong(entry, [...path, 'party'], problem, `${field}, party`);
        }
        checkVoice(entry, [...path, 'voice'], voice, `${field}, voice`);
        for (const [at, number] of paragraphs.entries())
          checkParagraph(entry, [...path, 'paragraphs', at], number, field);
      }
    } else if (entry.kind === 'agreement') {
      needsAll(entry, 'parties', entry.parties, ['place', 'organisation']);
      needsAll(entry, 'places', entry.places, ['place']);
    } else if (entry.kind === 'claim') {
      needsAll(entry, 'on', entry.on);
    } else if (entry.kind === 'place' && entry.in) needs(entry, ['in'], entry.in, ['place']);
  }
  return problems;
}

function nameOf(raw: unknown, index: number): string {
  if (typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string') return raw.id;
  return `entry ${index + 1}`;
}
