/**
 * The types of a knowledge pack, its kinds of entries and its entries. The schemas are in `pack-schemas.ts`, and the
 * parser is in `parse-pack.ts`. No code in this folder depends on the subject of a particular pack.
 */
import type { z } from 'zod';
import type { entrySchemas, manifestSchema, noteSchema, positionSchema } from './pack-schemas.ts';

export const kinds = ['event', 'dispute', 'agreement', 'claim', 'person', 'organisation', 'place', 'figure'] as const;
export type Kind = (typeof kinds)[number];

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
};

export type Manifest = z.output<typeof manifestSchema>;
export type Note = z.output<typeof noteSchema>;
export type Position = z.output<typeof positionSchema>;
/** An entry of a pack, discriminated by `kind`. */
export type Entry = { [K in Kind]: z.output<(typeof entrySchemas)[K]> & { kind: K } }[Kind];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;

export interface Pack extends Manifest {
  readonly entries: readonly Entry[];
}
