/**
 * Draws pictures one at a time and caches the most recently used ones, so that drawing uses at most one thread. Failed
 * drawings are not cached; the next request for the same picture draws it again.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pictures } from '../bot/ports/pictures.ts';

/** Maximum number of cached pictures. A picture has about 20 kB. */
const kept = 64;
/** Maximum length of the queue. With a longer queue, pictures would arrive too late to be useful. */
const mostWaiting = 200;

/** Calls of `draw` are never concurrent. */
export function cachePictures(draw: (svg: string) => Promise<Uint8Array>): Pictures {
  /** Hash of the SVG → PNG, or the promise of one that is being drawn. */
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
