/**
 * Draws one picture at a time and keeps the latest, so that however many members ask, drawing takes at most one thread
 * and the same progress is drawn once. What could not be drawn is not kept: the next who asks tries again.
 */
import { createHash } from 'node:crypto';
import type { Pictures } from '../bot/ports/pictures.ts';

/** A picture has about 20 kB. */
const kept = 64;
/** Beyond this many, a picture would come when nobody looks any more. */
const waitingMost = 200;

/** `draw` is never called twice at once. */
export function cachePictures(draw: (svg: string) => Promise<Uint8Array>): Pictures {
  /** By content, the one that was asked for last at the end. */
  const known = new Map<string, Promise<Uint8Array>>();
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function drawn(svg: string): Promise<Uint8Array> {
    if (waiting >= waitingMost) return Promise.reject(new Error(`${waiting} pictures are waiting to be drawn already`));
    waiting += 1;
    const mine = turn.then(() => draw(svg)).finally(() => (waiting -= 1));
    turn = mine.catch(() => {});
    return mine;
  }

  return {
    forget: () => known.clear(),
    png(svg) {
      const key = createHash('sha256').update(svg).digest('base64');
      const picture = known.get(key) ?? drawn(svg);
      known.delete(key);
      known.set(key, picture);
      for (const oldest of known.keys()) {
        if (known.size <= kept) break;
        known.delete(oldest);
      }
      picture.catch(() => {
        if (known.get(key) === picture) known.delete(key);
      });
      return picture;
    },
  };
}
