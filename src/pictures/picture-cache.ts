/**
 * Draws pictures one at a time, so that drawing uses at most one thread. The most recently used pictures are cached. A
 * failed drawing is not cached, so the next request for the same picture draws it again.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pictures } from '../bot/ports/pictures.ts';

/** Maximum number of cached pictures. The size of a picture is about 20 kB. */
const kept = 64;
/**
 * Maximum number of pictures in the queue. With a longer queue, the last pictures would be ready too late to be useful.
 */
const maxWaiting = 200;

/** Creates a cache for the pictures that `draw` draws. Calls of `draw` never run concurrently. */
export function cachePictures(draw: (svg: string) => Promise<Uint8Array>): Pictures {
  /** Maps the hash of an SVG to a promise of its PNG. */
  const known = new LRUCache<string, Promise<Uint8Array>>({ max: kept });
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function drawn(svg: string): Promise<Uint8Array> {
    if (waiting >= maxWaiting) return Promise.reject(new Error(`${waiting} pictures are waiting to be drawn already`));
    waiting += 1;
    const mine = last.then(() => draw(svg)).finally(() => (waiting -= 1));
    last = mine.catch(() => {});
    return mine;
  }

  return {
    forget: () => known.clear(),
    png(svg) {
      const key = createHash('sha256').update(svg).digest('base64');
      const before = known.get(key);
      if (before) return before;
      const picture = drawn(svg);
      known.set(key, picture);
      picture.catch(() => {
        if (known.peek(key) === picture) known.delete(key);
      });
      return picture;
    },
  };
}
