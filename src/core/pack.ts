/**
 * The shape of a knowledge pack: what an entry may say, and the words in which a mistake is reported.
 *
 * A pack is one `pack.yaml` and one list per kind of entry. This file knows shapes and links only; reading files and
 * YAML is `src/packs.ts`, and nothing here knows the subject of any particular pack.
 */
import { z } from 'zod';

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

const slug = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'write a short name in lower-case letters, digits and hyphens, such as rasht-railway',
  )
  .max(60, 'shorten it to 60 characters');

const sentence = (most: number) =>
  z.string().trim().min(1, 'write at least a word').max(most, `shorten it to ${most} characters`);

/** A date as precise as the source: a year, a month or a day. */
const date = z
  .union([z.string(), z.number()], "write a year ('2013'), a month ('2015-08') or a day ('2013-09-13')")
  .transform(String)
  .pipe(
    z
      .string()
      .regex(
        /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
        "write a year ('2013'), a month ('2015-08') or a day ('2013-09-13'), in quotation marks",
      )
      .refine(isCalendarDate, 'there is no such day in the calendar'),
  );

function isCalendarDate(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number);
  if (day === undefined || month === undefined || year === undefined) return true;
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1;
}

/**
 * Who speaks: the one label of every entry and every position.
 * `claimed by X` names the id of a person or organisation of the pack, or somebody `unnamed …`.
 * `author's speculation` is an author's view that is never shown unasked and never made a question.
 */
const voice = z
  .string()
  .regex(
    /^(reported|author's view|author's speculation|claimed by .+)$/,
    "write reported, author's view, author's speculation, or claimed by ID (the id of a person or organisation, or: claimed by unnamed observers)",
  );

const source = z.strictObject({
  title: sentence(200),
  url: z
    .url({ protocol: /^https?$/, error: 'write a full address that begins with http:// or https://' })
    .max(1_000, 'shorten it to 1,000 characters'),
});

const note = z.strictObject({
  /** Number of the check in the editor's record, such as C01. */
  check: z
    .string()
    .regex(/^C\d{2}[a-z]?$/, 'write the number of the check, such as C01')
    .optional(),
  /** What the record says, in the editor's own words. */
  text: sentence(500),
  /** The record's date, where it differs from the article's or the article has none. */
  date: date.optional(),
  /** Empty means: this is the editor's own reading, and the card says so. */
  sources: z.array(source).max(6, 'keep the six best sources').default([]),
});

const quote = z.strictObject({
  text: sentence(160),
  paragraph: z.int().min(1, 'paragraphs are counted from 1'),
});

const common = {
  id: slug,
  title: sentence(80),
  summary: sentence(900),
  voice,
  /** The source itself hedges: it seems, may, appears. */
  hedged: z.boolean().default(false),
  paragraphs: z
    .array(z.int().min(1, 'paragraphs are counted from 1'))
    .min(1, 'name the paragraph of the source it comes from'),
  date: date.optional(),
  /** The source's own wording of a date that no calendar has: early 2014. */
  when: sentence(60).optional(),
  topics: z.array(slug).min(1, 'name at least one topic of pack.yaml'),
  aliases: z.array(sentence(80)).min(1, 'give at least one other name people may search for'),
  links: z.array(slug).default([]),
  quote: quote.optional(),
  notes: z.array(note).default([]),
  /** Why no question may be made of this entry. */
  neverAsk: sentence(200).optional(),
};

const position = z.strictObject({
  party: slug,
  position: sentence(500),
  voice,
  hedged: z.boolean().default(false),
  paragraphs: z.array(z.int().min(1)).min(1, 'name the paragraph of the source it comes from'),
});

const shapes = {
  event: z.strictObject({ ...common, people: z.array(slug).default([]), places: z.array(slug).default([]) }),
  dispute: z.strictObject({
    ...common,
    about: sentence(300),
    parties: z.array(slug).min(2, 'a dispute has at least two parties'),
    positions: z.array(position).default([]),
  }),
  agreement: z.strictObject({
    ...common,
    parties: z.array(slug).default([]),
    state: sentence(120),
    places: z.array(slug).default([]),
  }),
  claim: z.strictObject({ ...common, on: z.array(slug).default([]) }),
  person: z.strictObject({ ...common, role: sentence(160) }),
  organisation: z.strictObject({ ...common }),
  place: z.strictObject({ ...common, type: sentence(40), in: slug.optional() }),
  figure: z.strictObject({
    ...common,
    value: z.number('write a number without its unit'),
    unit: sentence(40),
    approximate: z.boolean().default(false),
    of: sentence(160),
  }),
} as const;

const manifest = z.strictObject({
  id: slug,
  title: sentence(60),
  description: sentence(300),
  source: z.strictObject({
    title: sentence(200),
    /** How many text paragraphs the source has; paragraph numbers may not exceed it. */
    paragraphs: z.int().min(1),
    note: sentence(400),
  }),
  topics: z
    .array(z.strictObject({ id: slug.max(32, 'shorten it to 32 characters'), title: sentence(60) }))
    .min(1, 'name at least one topic')
    .max(25, 'Discord shows at most 25 topics'),
  /** Entries that autocomplete offers before anything is typed, the most useful first. */
  hoisted: z.array(slug).default([]),
});

export type Manifest = z.output<typeof manifest>;
export type Note = z.output<typeof note>;
export type Position = z.output<typeof position>;
type Shapes = typeof shapes;
/** One entry of a pack, told apart by `kind`. */
export type Entry = { [K in Kind]: z.output<Shapes[K]> & { kind: K } }[Kind];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;

export interface Pack extends Manifest {
  readonly entries: readonly Entry[];
}

/** A file of a pack, already parsed from YAML. */
export interface PackFile {
  readonly name: string;
  readonly value: unknown;
}

/** Everything that is wrong with a pack, each problem naming file, entry and field and what to write instead. */
export class PackError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The pack has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n- ${problems.join('\n- ')}`,
    );
    this.name = 'PackError';
    this.problems = problems;
  }
}

/** Reads a whole pack. Throws {@link PackError} with every problem found, not just the first. */
export function parsePack(files: readonly PackFile[]): Pack {
  const problems: string[] = [];
  const packFile = files.find(({ name }) => name === 'pack.yaml');
  if (!packFile)
    throw new PackError(['pack.yaml is missing: write one with id, title, description, source and topics']);
  const head = manifest.safeParse(packFile.value, { reportInput: true });
  if (!head.success) throw new PackError(describe(head.error, 'pack.yaml', manifest));

  const entries: Entry[] = [];
  const fileOf = new Map<string, string>();
  /** Entries with a mistake of their own: a link to one is not reported as a second mistake. */
  const broken = new Set<string>();
  for (const { name, value } of files) {
    const kind = kindOfFile[name];
    if (!kind) continue;
    if (!Array.isArray(value)) {
      problems.push(`${name}: write a list of entries, each beginning with "- id:"`);
      continue;
    }
    for (const [index, raw] of value.entries()) {
      const where = `${name}, ${nameOf(raw, index)}`;
      const read = shapes[kind].safeParse(raw, { reportInput: true });
      if (!read.success) {
        problems.push(...describe(read.error, where, shapes[kind]));
        broken.add(nameOf(raw, index));
        continue;
      }
      const twin = fileOf.get(read.data.id);
      if (twin) problems.push(`${where}, id: "${read.data.id}" is already used in ${twin}; write another id`);
      fileOf.set(read.data.id, name);
      // The shape was just read by the schema of this very kind; the compiler cannot follow the index.
      entries.push({ ...read.data, kind } as Entry);
    }
  }
  const pack: Pack = { ...head.data, entries };
  problems.push(...linkProblems(pack, fileOf, broken));
  if (problems.length > 0) throw new PackError(problems);
  return pack;
}

/** Who speaks, taken apart: a bare word, or the speaker behind "claimed by". */
export function speakerOf(voice: string): string | undefined {
  return voice.startsWith('claimed by ') ? voice.slice('claimed by '.length) : undefined;
}

function linkProblems(pack: Pack, fileOf: ReadonlyMap<string, string>, broken: ReadonlySet<string>): string[] {
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  const topics = new Set(pack.topics.map(({ id }) => id));
  const problems: string[] = [];
  const needs = (entry: Entry, field: string, id: string, wanted?: readonly Kind[]) => {
    const target = byId.get(id);
    if (broken.has(id)) return;
    const where = `${fileOf.get(entry.id)}, ${entry.id}, ${field}`;
    if (!target) problems.push(`${where}: there is no entry "${id}"${nearest(id, byId.keys())}`);
    else if (wanted && !wanted.includes(target.kind))
      problems.push(
        `${where}: "${id}" is ${/^[aeiou]/.test(target.kind) ? 'an' : 'a'} ${target.kind}; name a ${wanted.join(' or ')}`,
      );
  };
  const checkVoice = (entry: Entry, field: string, voice: string) => {
    const speaker = speakerOf(voice);
    if (speaker !== undefined && !speaker.startsWith('unnamed '))
      needs(entry, field, speaker, ['person', 'organisation', 'place']);
  };

  for (const id of pack.hoisted) {
    if (broken.has(id)) continue;
    const target = byId.get(id);
    if (!target) problems.push(`pack.yaml, hoisted: there is no entry "${id}"${nearest(id, byId.keys())}`);
    else if (target.voice === "author's speculation")
      problems.push(`pack.yaml, hoisted: "${id}" is speculation; it is never offered unasked, so take it out`);
  }
  for (const entry of pack.entries) {
    const where = `${fileOf.get(entry.id)}, ${entry.id}`;
    checkVoice(entry, 'voice', entry.voice);
    for (const topic of entry.topics)
      if (!topics.has(topic))
        problems.push(`${where}, topics: there is no topic "${topic}" in pack.yaml${nearest(topic, topics)}`);
    const numbers = [...entry.paragraphs, ...(entry.quote ? [entry.quote.paragraph] : [])];
    for (const number of numbers)
      if (number > pack.source.paragraphs)
        problems.push(`${where}, paragraphs: the source has ${pack.source.paragraphs} paragraphs, not ${number}`);
    for (const [index, id] of entry.links.entries()) {
      needs(entry, 'links', id);
      const target = byId.get(id);
      if (target && !target.links.includes(entry.id))
        problems.push(`${where}, links: "${id}" does not link back; add "${entry.id}" to its links`);
      if (entry.links.indexOf(id) < index)
        problems.push(`${where}, links: "${id}" stands there more than once; keep one`);
      if (id === entry.id) problems.push(`${where}, links: an entry cannot link to itself; take "${id}" out`);
    }
    if (entry.kind === 'event') {
      for (const id of entry.people) needs(entry, 'people', id, ['person']);
      for (const id of entry.places) needs(entry, 'places', id, ['place']);
    } else if (entry.kind === 'dispute') {
      for (const id of entry.parties) needs(entry, 'parties', id, ['place', 'organisation', 'person']);
      for (const [index, { party, voice, paragraphs }] of entry.positions.entries()) {
        const field = `positions[${index + 1}]`;
        if (!entry.parties.includes(party))
          problems.push(
            `${where}, ${field}, party: "${party}" is not among the parties; add it there or name one of them`,
          );
        checkVoice(entry, `${field}, voice`, voice);
        for (const number of paragraphs)
          if (number > pack.source.paragraphs)
            problems.push(`${where}, ${field}: the source has ${pack.source.paragraphs} paragraphs, not ${number}`);
      }
    } else if (entry.kind === 'agreement') {
      for (const id of entry.parties) needs(entry, 'parties', id, ['place', 'organisation']);
      for (const id of entry.places) needs(entry, 'places', id, ['place']);
    } else if (entry.kind === 'claim') {
      for (const id of entry.on) needs(entry, 'on', id);
    } else if (entry.kind === 'place' && entry.in) needs(entry, 'in', entry.in, ['place']);
  }
  return problems;
}

function nameOf(raw: unknown, index: number): string {
  if (typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string') return raw.id;
  return `entry ${index + 1}`;
}

/** A zod error in the words of somebody who writes history, one line per problem. */
function describe(error: z.ZodError, where: string, shape: z.ZodObject): string[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part))).join(' ');
    if (issue.code === 'unrecognized_keys') {
      // Only the top level of an entry has enough fields for a guess to be worth making.
      const known = issue.path.length === 0 ? Object.keys(shape.shape) : [];
      return issue.keys.map(
        (key) =>
          `${where}${field && `, ${field}`}: there is no field "${key}"${nearest(key, known) || '; take it out or check its spelling'}`,
      );
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    const unworded = issue.message.startsWith('Invalid');
    const problem = missing
      ? `is missing; write ${wanted(issue)}`
      : unworded
        ? `write ${wanted(issue)} here`
        : issue.message;
    return [`${where}${field && `, ${field}`}: ${problem}`];
  });
}

function wanted(issue: z.core.$ZodIssue): string {
  const words: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    number: 'a number',
    object: 'fields below it',
    boolean: 'true or false',
    int: 'a whole number',
  };
  return issue.code === 'invalid_type' ? (words[issue.expected] ?? `a ${issue.expected}`) : 'it';
}

/** "; did you mean …?" when a known name is at most two letters away, otherwise nothing. */
function nearest(name: string, known: Iterable<string>): string {
  let best: string | undefined;
  let least = 3;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? '' : `; did you mean "${best}"?`;
}

function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? bound;
}
