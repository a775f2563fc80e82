/** A library cut into parcels and put together again. */
import { expect, test } from 'vitest';
import { type Chunk, splitIntoChunks, addChunk } from '../src/bot/packs/pack-chunks.ts';
import type { LoadedPack } from '../src/bot/packs/read-pack.ts';
import { library } from './support/caspian.ts';

const joined = (parcels: Iterable<Chunk>): LoadedPack | undefined => {
  let whole: LoadedPack | undefined;
  // As a thread would hand them over.
  for (const parcel of parcels) whole = addChunk(whole, structuredClone(parcel));
  return whole;
};

test('what was taken apart is whole again, and the library itself stays as it was', () => {
  const before = structuredClone(library);
  expect(joined(splitIntoChunks(library))).toEqual(before);
  expect(library).toEqual(before);
});

test('no parcel is heavy, and none comes before the frame', () => {
  const many = Array.from({ length: 1001 }, (_, index) => `word ${index}`);
  const large: LoadedPack = { ...library, vocabulary: { ...library.vocabulary, terms: many } };
  const [frame, ...rest] = splitIntoChunks(large);
  expect(frame).toMatchObject({ kind: 'frame', library: { pack: { id: library.pack.id, entries: [] } } });
  const sizes = rest.map((parcel) => (parcel.kind === 'items' ? parcel.items.length : Infinity));
  expect(Math.max(...sizes)).toBe(200);
  expect(joined(splitIntoChunks(large))?.vocabulary.terms).toEqual(many);
  expect(() => joined(rest)).toThrow('the frame comes first');
});
