/**
 * Checks all references in a pack. Every referenced entry, topic and paragraph must exist. A referenced entry must be
 * of the right kind. If an entry from the article links to another entry, the other entry must link back. The files of
 * the pack must already match their schemas.
 */
import { type Entry, type EntryOf, isFromArticle, type Kind, kinds, type Pack } from './pack.ts';
import type { PackFile } from './pack-file.ts';
import { spellingHint, idHint, locationIn } from './problem-messages.ts';
import { slugPattern } from './slug.ts';
import { isSpeculation, speakerOf } from './voice.ts';

interface Sources {
  /** The file pack.yaml. */
  readonly packFile: PackFile;
  /** The file and line of an entry, or of a field of that entry, such as `events.yaml:12`. */
  readonly locate: (entry: Entry, ...path: readonly PropertyKey[]) => string;
  /** Ids of entries that do not match their schema. References to these entries are not reported. */
  readonly broken: ReadonlySet<string>;
}

/** The pack, its entries by id, and the data for error messages. */
interface Context extends Sources {
  readonly pack: Pack;
  readonly byId: ReadonlyMap<string, Entry>;
  readonly suggest: Suggest;
}

/**
 * Returns a hint that is appended to an error message. If `id` is not an id but the name of an entry, and if the kind
 * of this entry is in `wanted`, the hint is `; write its id …`. If `id` is misspelt, the hint is `; did you mean …`.
 * Otherwise the hint is empty.
 */
type Suggest = (id: string, wanted: readonly Kind[]) => string;

/**
 * Maximum number of suggestions for one pack. For a suggestion, an id is compared with all ids of the pack. Without the
 * limit, a large pack with many wrong references could take minutes.
 */
const maxSuggestions = 100;

/**
 * A field of an entry. `name` is the name of this field in error messages. If `name` is absent, the first key of `path`
 * is used.
 */
interface Field {
  readonly path: readonly PropertyKey[];
  readonly name?: string;
}

/** An error in one field of an entry. */
interface Problem extends Field {
  readonly message: string;
}

/** Returns an error message for each wrong reference, in the order of the entries. */
export function checkReferences(pack: Pack, sources: Sources): readonly string[] {
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  const context: Context = { ...sources, pack, byId, suggest: createSuggest(pack) };
  const entryProblems = pack.entries.flatMap((entry) =>
    [
      ...voice({ path: ['voice'] }, entry.voice, context),
      ...topics(entry, pack),
      ...entry.paragraphs.flatMap((number, index) => paragraph({ path: ['paragraphs', index] }, number, pack)),
      ...(entry.quote
        ? paragraph({ path: ['quote', 'paragraph'], name: 'paragraphs' }, entry.quote.paragraph, pack)
        : []),
      ...links(entry, context),
      ...fieldsOfKind(entry, context),
    ].map(
      ({ path, name = String(path[0]), message }) =>
        `${sources.locate(entry, ...path)}, ${entry.id}, ${name}: ${message}`,
    ),
  );
  return [...hoisted(context), ...entryProblems];
}

function hoisted({ pack, packFile, byId, broken, suggest }: Context): string[] {
  return pack.hoisted.flatMap((id, index) => {
    if (broken.has(id)) return [];
    const target = byId.get(id);
    const where = () => `${locationIn(packFile, ['hoisted', index])}, hoisted`;
    if (!target) return [`${where()}: there is no entry "${id}"${suggest(id, kinds)}`];
    return isSpeculation(target)
      ? [`${where()}: "${id}" is speculation; it is never offered unasked, so take it out`]
      : [];
  });
}

/** Checks a reference to another entry by its id. The other entry must be of one of the `wanted` kinds. */
function reference(field: Field, id: string, wanted: readonly Kind[] | undefined, context: Context): Problem[] {
  if (context.broken.has(id)) return [];
  const target = context.byId.get(id);
  if (!target) {
    return [{ ...field, message: `there is no entry "${id}"${context.suggest(id, wanted ?? kinds)}` }];
  }
  if (!wanted || wanted.includes(target.kind)) return [];
  const article = /^[aeiou]/.test(target.kind) ? 'an' : 'a';
  return [{ ...field, message: `"${id}" is ${article} ${target.kind}; name a ${wanted.join(' or ')}` }];
}

function createSuggest({ entries }: Pack): Suggest {
  const ids = entries.map(({ id }) => id);
  let made = 0;
  return (id, wanted) => {
    if (++made > maxSuggestions) return '';
    const names = entries
      .filter(({ kind }) => wanted.includes(kind))
      .map((entry) => [entry.id, entry.title, ...entry.aliases] as const);
    return idHint(id, names) || spellingHint(id, ids);
  };
}

function voice(field: Field, said: string, context: Context): Problem[] {
  const speaker = speakerOf(said);
  if (speaker === undefined || speaker.startsWith('unnamed ')) return [];
  return reference(field, speaker, ['person', 'organisation', 'place'], context);
}

function topics(entry: Entry, pack: Pack): Problem[] {
  const titles = pack.topics.map(({ id, title }) => [id, title] as const);
  const known = pack.topics.map(({ id }) => id);
  return entry.topics.flatMap((topic, index) =>
    known.includes(topic)
      ? []
      : [
          {
            path: ['topics', index],
            message: `there is no topic "${topic}" in pack.yaml${idHint(topic, titles) || spellingHint(topic, known)}`,
          },
        ],
  );
}

function paragraph(field: Field, number: number, { source }: Pack): Problem[] {
  if (number <= source.paragraphs) return [];
  return [{ ...field, message: `the source has ${source.paragraphs} paragraphs, not ${number}` }];
}

function links(entry: Entry, context: Context): Problem[] {
  return entry.links.flatMap((id, index) => {
    const path = ['links', index];
    const problems = reference({ path }, id, undefined, context);
    if (id === entry.id) problems.push({ path, message: `an entry cannot link to itself; take "${id}" out` });
    else if (isFromArticle(entry) && context.byId.get(id)?.links.includes(entry.id) === false)
      problems.push({ path, message: `"${id}" does not link back; add "${entry.id}" to its links` });
    if (entry.links.indexOf(id) < index)
      problems.push({ path, message: `"${id}" stands there more than once; keep one` });
    return problems;
  });
}

/** Checks the references in the fields that exist only for one kind of entry. */
function fieldsOfKind(entry: Entry, context: Context): Problem[] {
  const list = (field: string, ids: readonly string[], wanted?: readonly Kind[]) =>
    ids.flatMap((id, index) => reference({ path: [field, index] }, id, wanted, context));
  switch (entry.kind) {
    case 'event':
      return [...list('people', entry.people, ['person']), ...list('places', entry.places, ['place'])];
    case 'dispute':
      return [
        ...list('parties', entry.parties, ['place', 'organisation', 'person']),
        ...positions(entry, context),
        ...recordParties(entry, context),
      ];
    case 'agreement':
      return [...list('parties', entry.parties, ['place', 'organisation']), ...list('places', entry.places, ['place'])];
    case 'claim':
      return list('on', entry.on);
    case 'place':
      return entry.in ? reference({ path: ['in'] }, entry.in, ['place'], context) : [];
    default:
      return [];
  }
}

/**
 * Checks the parties whose positions come from the public record. A party is written as the id of its entry. If the
 * pack has no entry for the party, the party is written as a name.
 */
function recordParties({ recordPositions }: EntryOf<'dispute'>, context: Context): Problem[] {
  return recordPositions.flatMap(({ party }, index) => {
    const field = { path: ['recordPositions', index, 'party'], name: `recordPositions[${index + 1}], party` };
    if (slugPattern.test(party)) return reference(field, party, ['place', 'organisation', 'person'], context);
    const hint = context.suggest(party, kinds);
    return hint === '' ? [] : [{ ...field, message: `"${party}" has an entry${hint}` }];
  });
}

function positions({ parties, positions: all }: EntryOf<'dispute'>, context: Context): Problem[] {
  // If the list of parties contains an unknown id, the mistake may be in the list and not in the position. Therefore
  // positions are not checked against such a list.
  const partiesKnown = parties.every((id) => context.byId.has(id));
  return all.flatMap((position, index) => {
    const name = `positions[${index + 1}]`;
    const path = ['positions', index];
    const stranger: Problem = {
      path: [...path, 'party'],
      name: `${name}, party`,
      message: `"${position.party}" is not among the parties; add it there or name one of them`,
    };
    return [
      ...(partiesKnown && !parties.includes(position.party) ? [stranger] : []),
      ...voice({ path: [...path, 'voice'], name: `${name}, voice` }, position.voice, context),
      ...position.paragraphs.flatMap((number, at) =>
        paragraph({ path: [...path, 'paragraphs', at], name }, number, context.pack),
      ),
    ];
  });
}
