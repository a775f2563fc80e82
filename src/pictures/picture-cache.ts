/**
 * Draws one picture at a time and keeps the latest, so that drawing takes at most one thread and the same picture is
 * drawn once. A picture that could not be drawn is not kept: the next request tries again.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pictures } from '../bot/ports/pictures.ts';

/** Pictures kept; each has about 20 kB. */
const kept = 64;
/** With more waiting, a picture would come when nobody looks any more. */
const mostWaiting = 200;

/** `draw` is never called twice at once. */
export function cachePictures(draw: (svg: string) => Promise<Uint8Array>): Pictures {
  /** Hash of the SVG → picture. */
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
