/**
 * Draws pictures one at a time, so that drawing uses at most one thread. The pictures that were used most recently are
 * cached. A failed drawing is not cached, so the next request for this picture draws it again.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pictures } from '../bot/ports/pictures.ts';

/** Maximum number of cached pictures. A picture has about 20 kB. */
const kept = 64;
/**
 * Maximum number of pictures that wait to be drawn. With more waiting pictures, the last ones would arrive too late to
 * be useful.
 */
const mostWaiting = 200;

/** Creates a cache around `draw`. Calls of `draw` never run concurrently. */
export function cachePictures(draw: (svg: string) => Promise<Uint8Array>): Pictures {
  /** A map from the hash of an SVG to the PNG, or to the promise of a PNG that is being drawn. */
  const known = new LRUCache<string, Promise<Uint8Array>>({ max: kept });
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function drawn(svg: string): Promise<Uint8Array> {
    if (waiting >= mostWaiting) return Promise.reject(new Error(`${waiting} pictures are waiting to be drawn already`));
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
