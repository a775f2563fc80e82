/**
 * Splits a large value, such as a loaded pack, into small chunks. If the main thread received the whole value from the
 * worker in one message, the thread would be blocked for too long. The first chunk is the frame: the value with empty
 * lists and maps. The other chunks contain the items of these lists and maps.
 *
 * Chunks are not validated, because the sender and the receiver belong to the same version of the bot.
 * `load-in-worker.ts` starts the worker thread.
 */

export type Chunk<T> =
  | { readonly kind: 'frame'; readonly value: T }
  /** The `items` are added to a list or map in the value. `path` contains the keys that lead to this list or map. */
  | { readonly kind: 'items'; readonly path: readonly string[]; readonly items: readonly unknown[] };

/** Maximum number of items in a chunk. The largest items are entries. Receiving 200 entries takes about 2 ms. */
const itemsPerChunk = 200;

/** Yields all chunks of a value. The first chunk is the frame. */
export function* splitIntoChunks<T extends object>(whole: T): Generator<Chunk<T>, void> {
  const lists: (readonly [path: readonly string[], items: readonly unknown[]])[] = [];
  const emptied = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value) || value instanceof Map) {
      lists.push([path, [...value]]);
      return Array.isArray(value) ? [] : new Map();
    }
    // Typed arrays are not split and stay in the first chunk, because copying a typed array is fast.
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, emptied(part, [...path, name])]));
  };
  yield { kind: 'frame', value: emptied(whole, []) as T };
  for (const [path, items] of lists)
    for (let from = 0; from < items.length; from += itemsPerChunk)
      yield { kind: 'items', path, items: items.slice(from, from + itemsPerChunk) };
}

/**
 * Adds the items of a chunk to a list or map in `whole` and returns `whole`. The object `whole` is changed, not copied.
 * If the chunk is the frame, ignores `whole` and returns the frame.
 */
export function addChunk<T>(whole: T | undefined, chunk: Chunk<T>): T {
  if (chunk.kind === 'frame') return chunk.value;
  if (!whole) throw new TypeError('the frame comes first');
  let list: unknown = whole;
  for (const name of chunk.path) list = (list as Readonly<Record<string, unknown>>)[name];
  if (list instanceof Map)
    for (const [key, value] of chunk.items as readonly (readonly [unknown, unknown])[]) list.set(key, value);
  else (list as unknown[]).push(...chunk.items);
  return whole;
}
