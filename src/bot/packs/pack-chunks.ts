/**
 * A library on its way from the thread that read it to the one that answers people, cut so small that taking it in
 * holds nobody up: first the frame, in which every list and map is empty, then their items, some at a time.
 *
 * Both ends are ours and run the same build, so nothing is checked on arrival. The threads are in `load-in-worker.ts`.
 */
import type { LoadedPack } from './read-pack.ts';

export type Chunk =
  | { readonly kind: 'frame'; readonly library: LoadedPack }
  /** `path` leads from the library to the list or map that the items belong to. */
  | { readonly kind: 'items'; readonly path: readonly string[]; readonly items: readonly unknown[] };

/** Entries are the heaviest items; so many take about two milliseconds. */
const itemsPerChunk = 200;

/** The library in parcels, the frame first. */
export function* splitIntoChunks(library: LoadedPack): Generator<Chunk, void> {
  const lists: (readonly [path: readonly string[], items: readonly unknown[]])[] = [];
  const emptied = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value) || value instanceof Map) {
      lists.push([path, [...value]]);
      return Array.isArray(value) ? [] : new Map();
    }
    // Numbers in typed arrays are copied in one piece, faster than any list.
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, emptied(part, [...path, name])]));
  };
  yield { kind: 'frame', library: emptied(library, []) as LoadedPack };
  for (const [path, items] of lists)
    for (let from = 0; from < items.length; from += itemsPerChunk)
      yield { kind: 'items', path, items: items.slice(from, from + itemsPerChunk) };
}

/** The library with one more parcel in it; `library` is what the parcels before made, and is filled in place. */
export function addChunk(library: LoadedPack | undefined, parcel: Chunk): LoadedPack {
  if (parcel.kind === 'frame') return parcel.library;
  if (!library) throw new TypeError('the frame comes first');
  let list: unknown = library;
  for (const name of parcel.path) list = (list as Readonly<Record<string, unknown>>)[name];
  if (list instanceof Map)
    for (const [key, value] of parcel.items as readonly (readonly [unknown, unknown])[]) list.set(key, value);
  else (list as unknown[]).push(...parcel.items);
  return library;
}
