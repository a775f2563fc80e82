/**
 * Splits a loaded pack into small chunks, because receiving a whole pack from the worker at once would block the main
 * thread for too long. The first chunk, the frame, is the pack with all its lists and maps emptied. The other chunks
 * contain the items of these lists and maps.
 * Chunks are not validated, because the sender and the receiver belong to the same version of the bot.
 * `load-in-worker.ts` starts the worker thread.
 */
import type { LoadedPack } from './read-pack.ts';

export type Chunk =
  | { readonly kind: 'frame'; readonly pack: LoadedPack }
  /** `path` is the list of keys that lead from the pack to a list or map. The items are added to that list or map. */
  | { readonly kind: 'items'; readonly path: readonly string[]; readonly items: readonly unknown[] };

/** Maximum number of items in a chunk. The largest items are entries. Receiving 200 entries takes about 2 ms. */
const itemsPerChunk = 200;

/** Yields all chunks of a pack. The first chunk is the frame. */
export function* splitIntoChunks(pack: LoadedPack): Generator<Chunk, void> {
  const lists: (readonly [path: readonly string[], items: readonly unknown[]])[] = [];
  const emptied = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value) || value instanceof Map) {
      lists.push([path, [...value]]);
      return Array.isArray(value) ? [] : new Map();
    }
    // Typed arrays stay in the frame, because copying a typed array is fast.
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, emptied(part, [...path, name])]));
  };
  yield { kind: 'frame', pack: emptied(pack, []) as LoadedPack };
  for (const [path, items] of lists)
    for (let from = 0; from < items.length; from += itemsPerChunk)
      yield { kind: 'items', path, items: items.slice(from, from + itemsPerChunk) };
}

/**
 * Adds a chunk to `pack` and returns `pack`. This changes the object `pack`. If the chunk is the frame, `pack` is
 * ignored and the frame is returned.
 */
export function addChunk(pack: LoadedPack | undefined, chunk: Chunk): LoadedPack {
  if (chunk.kind === 'frame') return chunk.pack;
  if (!pack) throw new TypeError('the frame comes first');
  let list: unknown = pack;
  for (const name of chunk.path) list = (list as Readonly<Record<string, unknown>>)[name];
  if (list instanceof Map)
    for (const [key, value] of chunk.items as readonly (readonly [unknown, unknown])[]) list.set(key, value);
  else (list as unknown[]).push(...chunk.items);
  return pack;
}
