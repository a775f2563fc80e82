/**
 * Splits a loaded pack into small chunks, so that passing it from the worker to the main thread does not block the main
 * thread for long. The first chunk, the frame, is the pack with all lists and maps empty. The other chunks hold their
 * items.
 *
 * Chunks are not validated, because both threads run the same build. The threads are in `load-in-worker.ts`.
 */
import type { LoadedPack } from './read-pack.ts';

export type Chunk =
  | { readonly kind: 'frame'; readonly pack: LoadedPack }
  /** `path`: the keys that lead from the pack to the list or map that gets the items. */
  | { readonly kind: 'items'; readonly path: readonly string[]; readonly items: readonly unknown[] };

/** Maximum number of items in a chunk. 200 entries, which are the largest items, take about two milliseconds. */
const itemsPerChunk = 200;

/** Yields the chunks of the pack, starting with the frame. */
export function* splitIntoChunks(pack: LoadedPack): Generator<Chunk, void> {
  const lists: (readonly [path: readonly string[], items: readonly unknown[]])[] = [];
  const emptied = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value) || value instanceof Map) {
      lists.push([path, [...value]]);
      return Array.isArray(value) ? [] : new Map();
    }
    // Typed arrays are sent whole, because copying them is fast.
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, emptied(part, [...path, name])]));
  };
  yield { kind: 'frame', pack: emptied(pack, []) as LoadedPack };
  for (const [path, items] of lists)
    for (let from = 0; from < items.length; from += itemsPerChunk)
      yield { kind: 'items', path, items: items.slice(from, from + itemsPerChunk) };
}

/** Adds a chunk to `pack`, which is changed in place. The first chunk must be the frame, with `pack` undefined. */
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
