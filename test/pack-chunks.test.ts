/** A library cut into parcels and put together again. */
import { expect, test } from 'vitest';
import { type Parcel, parcelsOf, unpacked } from '../src/bot/packs/chunks.ts';
import type { Library } from '../src/bot/packs/read-pack.ts';
import { library } from './support/caspian.ts';

const joined = (parcels: Iterable<Parcel>): Library | undefined => {
  let whole: Library | undefined;
  // As a thread would hand them over.
  for (const parcel of parcels) whole = unpacked(whole, structuredClone(parcel));
  return whole;
};

test('what was taken apart is whole again, and the library itself stays as it was', () => {
  const before = structuredClone(library);
  expect(joined(parcelsOf(library))).toEqual(before);
  expect(library).toEqual(before);
});

test('no parcel is heavy, and none comes before the frame', () => {
  const many = Array.from({ length: 1001 }, (_, index) => `word ${index}`);
  const large: Library = { ...library, vocabulary: { ...library.vocabulary, terms: many } };
  const [frame, ...rest] = parcelsOf(large);
  expect(frame).toMatchObject({ kind: 'frame', library: { pack: { id: library.pack.id, entries: [] } } });
  const sizes = rest.map((parcel) => (parcel.kind === 'items' ? parcel.items.length : Infinity));
  expect(Math.max(...sizes)).toBe(200);
  expect(joined(parcelsOf(large))?.vocabulary.terms).toEqual(many);
  expect(() => joined(rest)).toThrow('the frame comes first');
});
