/**
 * Stores the packs that servers add. Each server has one value that lists its packs. The documents of a pack form one
 * long text, which is split into pieces of limited size. Each piece has its own key.
 *
 * Each installed version of a pack is called an edition. The bot uses only the pieces of editions in the list.
 * Therefore one write to the list is enough to install, replace or remove a pack.
 *
 * If the process is killed before this write, the new pieces belong to no edition in the list. `unlistedPieces` finds
 * such pieces.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '../../store/store.ts';

/** Maximum length of a piece, in characters. Every database that the bot supports can store texts of this length. */
const pieceLength = 100_000;

const addedPackSchema = z.object({
  /** Identifies the pack within its server. The key never changes, because the progress of members refers to it. */
  key: z.string(),
  name: z.string(),
  /** The number of this version, from 1. Each installation adds 1. */
  version: z.number(),
  /** Identifies the pieces of this version. Each installation creates a new edition. */
  edition: z.string(),
  pieces: z.number(),
  entries: z.number(),
  questions: z.number(),
  /** The member who installed this version. Absent if the data of this member was deleted. */
  by: z.object({ id: z.string(), name: z.string() }).optional(),
  /** When this version was installed, in ms since the epoch. */
  at: z.number(),
});
export type AddedPack = Readonly<z.output<typeof addedPackSchema>>;

export const packListSchema = z.object({
  /** The key of the pack that the server uses. Absent if the server uses its default pack. */
  using: z.string().optional(),
  packs: z.array(addedPackSchema).default([]),
  /**
   * Removed packs for which the progress of members is still kept. `at` is the time of the removal, in ms since the
   * epoch.
   */
  removed: z.array(z.object({ key: z.string(), name: z.string(), at: z.number() })).default([]),
});
export type PackListValue = Readonly<z.output<typeof packListSchema>>;

export const noPacks: PackListValue = { packs: [], removed: [] };

export const packListPrefix = 'packs/';
export const packListKey = (server: string): string => packListPrefix + server;

export const piecesPrefix = 'pack-pieces/';
const editionPrefix = (server: string, edition: string): string => `${piecesPrefix}${server}/${edition}/`;
const pieceKey = (server: string, edition: string, index: number): string =>
  editionPrefix(server, edition) + String(index).padStart(5, '0');

/** Splits a text into pieces of limited size. */
export function inPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; from += pieceLength) pieces.push(text.slice(from, from + pieceLength));
  return pieces;
}

export const newEdition = (): string => randomBytes(9).toString('hex');

/**
 * Writes the pieces of an edition. The bot uses the pieces only after the edition was added to a list of packs. Throws
 * StoreError.
 */
export async function writePieces(
  store: Store,
  server: string,
  edition: string,
  pieces: readonly string[],
): Promise<void> {
  for (const [index, piece] of pieces.entries()) await store.set(pieceKey(server, edition, index), piece);
}

/** Reads the pieces of a pack. Undefined if a piece is missing. Throws StoreError. */
export async function readPieces(
  store: Store,
  server: string,
  { edition, pieces }: Pick<AddedPack, 'edition' | 'pieces'>,
): Promise<readonly string[] | undefined> {
  const texts: string[] = [];
  for (let index = 0; index < pieces; index++) {
    const text = await store.get(pieceKey(server, edition, index), z.string());
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

/** The keys of all pieces of a server. Throws StoreError. */
export const pieceKeys = (store: Store, server: string): Promise<readonly string[]> =>
  store.keys(`${piecesPrefix}${server}/`, '');

/** The keys of all pieces of a server that belong to none of these editions. Throws StoreError. */
export async function unlistedPieces(
  store: Store,
  server: string,
  editions: ReadonlySet<string>,
): Promise<readonly string[]> {
  const keys = await pieceKeys(store, server);
  return keys.filter((key) => !editions.has(key.split('/')[2] ?? ''));
}
