/** Tests a list that packs several texts into one string. Its texts must be the same as those of a plain array. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPackedTexts } from '../../src/core/scores/packed-texts.ts';

test('after the same random changes, the packed list has the same texts as a plain array', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('', '\0', 'x'.repeat(300)));
  const changes = fc.array(fc.tuple(fc.nat(), text), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 100, maxLength: 150 }), changes, (texts, later) => {
      const packed = createPackedTexts();
      const plain = [...texts];
      for (const [index, each] of texts.entries()) packed.set(index, each);
      for (const [number, each] of later) {
        packed.set(number % plain.length, each);
        plain[number % plain.length] = each;
      }
      expect(plain.map((_, index) => packed.get(index))).toEqual(plain);
    }),
  );
});

test('a text of more than 65,535 characters is truncated, and the next text is not affected', () => {
  const packed = createPackedTexts();
  for (let index = 0; index < 64; index++) packed.set(index, index === 5 ? 'x'.repeat(70_000) : `text ${index}`);
  expect(packed.get(5)).toHaveLength(65_535);
  expect(packed.get(6)).toBe('text 6');
});
