/** Tests how a pack is split into chunks and how the chunks are joined again. */
import { expect, test } from 'vitest';
import { type Chunk, splitIntoChunks, addChunk } from '../src/bot/packs/pack-chunks.ts';
import type { LoadedPack } from '../src/bot/packs/read-pack.ts';
import { library } from './support/caspian.ts';

const joined = (chunks: Iterable<Chunk<LoadedPack>>): LoadedPack | undefined => {
  let pack: LoadedPack | undefined;
  // In the program, the chunks are sent through a message port, which clones them. Therefore the test clones them, too.
  for (const chunk of chunks) pack = addChunk(pack, structuredClone(chunk));
  return pack;
};

test('joining the chunks of a pack gives an equal pack, and splitting does not change the original', () => {
  const before = structuredClone(library);
  expect(joined(splitIntoChunks(library))).toEqual(before);
  expect(library).toEqual(before);
});

test('a large pack is split into chunks of at most 200 items, and joining throws an error if the first chunk (the frame) is missing', () => {
  const many = Array.from({ length: 1001 }, (_, index) => `word ${index}`);
  const large: LoadedPack = { ...library, vocabulary: { ...library.vocabulary, terms: many } };
  const [frame, ...rest] = splitIntoChunks(large);
  expect(frame).toMatchObject({ kind: 'frame', value: { pack: { id: library.pack.id, entries: [] } } });
  const sizes = rest.map((chunk) => (chunk.kind === 'items' ? chunk.items.length : Infinity));
  expect(Math.max(...sizes)).toBe(200);
  expect(joined(splitIntoChunks(large))?.vocabulary.terms).toEqual(many);
  expect(() => joined(rest)).toThrow('the frame comes first');
});
