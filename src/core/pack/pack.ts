/**
 * TypeScript types for a knowledge pack, its kinds of entries and its entries. The schemas are in `pack-schemas.ts`,
 * and the parser is in `parse-pack.ts`. No code in this folder depends on the subject of a particular pack.
 */
import type { z } from 'zod';
import type { entrySchemas, manifestSchema, noteSchema, positionSchema } from './pack-schemas.ts';

/**
 * Kinds of entries that come from the public record (sources other than the article). All other kinds except `card`
 * come from the article.
 */
const recordKinds = ['record-event', 'term'] as const;
/**
 * `card`: a card with a front and a back that a group has imported. A card comes neither from an article nor from the
 * public record.
 */
export const kinds = [
  'event',
  'dispute',
  'agreement',
  'claim',
  'person',
  'organisation',
  'place',
  'figure',
  ...recordKinds,
  'card',
] as const;
export type Kind = (typeof kinds)[number];
type RecordKind = (typeof recordKinds)[number];

/** File name → the kind of the entries in that file. */
export const kindOfFile: Readonly<Record<string, Kind>> = {
  'events.yaml': 'event',
  'disputes.yaml': 'dispute',
  'agreements.yaml': 'agreement',
  'claims.yaml': 'claim',
  'people.yaml': 'person',
  'organisations.yaml': 'organisation',
  'places.yaml': 'place',
  'figures.yaml': 'figure',
  'record-events.yaml': 'record-event',
  'glossary.yaml': 'term',
  'cards.yaml': 'card',
};

export type Manifest = z.output<typeof manifestSchema>;
export type Note = z.output<typeof noteSchema>;
export type Position = z.output<typeof positionSchema>;
type Written<K extends Kind> = z.output<(typeof entrySchemas)[K]>;
/**
 * Fields that only entries from the article have in their files. The parser adds these fields to cards and to entries
 * from the public record, so that all entries can be searched, listed and linked in the same way.
 */
type ArticleFields = Pick<
  Written<'event'>,
  | 'title'
  | 'summary'
  | 'voice'
  | 'hedged'
  | 'paragraphs'
  | 'date'
  | 'when'
  | 'quote'
  | 'notes'
  | 'sinceThen'
  | 'neverAsk'
>;
/** An entry of a pack, discriminated by `kind`. */
export type Entry = { [K in Kind]: Written<K> & Omit<ArticleFields, keyof Written<K>> & { kind: K } }[Kind];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;

/** Whether the entry comes from the public record. */
export const isFromRecord = (entry: Entry): entry is EntryOf<RecordKind> =>
  (recordKinds as readonly Kind[]).includes(entry.kind);

/** Whether the entry comes from the article of the pack. Only such an entry has paragraphs. */
export const isFromArticle = (entry: Entry): entry is Exclude<Entry, { kind: RecordKind | 'card' }> =>
  !isFromRecord(entry) && entry.kind !== 'card';

/** All texts of a dispute: its subject, the positions in the article and the positions in the public record. */
export const textsOfDispute = ({ about, positions, recordPositions }: EntryOf<'dispute'>): readonly string[] => [
  about,
  ...positions.map(({ position }) => position),
  ...recordPositions.map(({ text }) => text),
];

export interface Pack extends Manifest {
  readonly entries: readonly Entry[];
}
