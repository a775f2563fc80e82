/** Keeps the emulated Discord's world in a book of its own, so that a second start finds its messages again. */
import { z } from 'zod';
import type { Keep } from './loopback/keep.ts';
import type { Book } from './store/book.ts';

export function worldKeep(book: Book): Keep {
  return {
    // The loopback checks the shape itself; here it is only carried.
    load: () => book.get('world', z.unknown()),
    save: (world) => book.set('world', world),
  };
}
