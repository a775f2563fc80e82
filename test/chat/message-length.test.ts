/** Tests how messages that exceed Discord's limits are shortened. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  actionRow,
  button,
  container,
  type Message,
  message,
  section,
  separator,
  textDisplay,
} from '../../src/chat/message/message-components.ts';
import { shortenMessage } from '../../src/chat/message/message-length.ts';
import { partsOf, refusals, textOf } from './discord.ts';
import { seen } from '../support/seen.ts';

const card = (...texts: readonly string[]): Message =>
  message(
    container([
      ...texts.map((each) => textDisplay(each)),
      separator(),
      section(texts.at(-1) ?? 'a', button('A', 'quiz:answer:1')),
      actionRow(button('Sources', 'fact:sources:x')),
    ]),
  );

test('a message within the limits is returned as the same object', () => {
  const small = card('Rasht', 'A city.');
  expect(shortenMessage(small)).toBe(small);
});

test.each([
  ['Latin', 'The railway from Rasht to Astara. '],
  ['Persian', 'راه‌آهن رشت به آستارا هنوز ساخته نشده است. '],
  ['Chinese', '里海是世界上最大的湖泊。'],
  ['flags', '🇮🇷🇷🇺'],
])('four long texts (%s) are all shortened, and each text keeps more than 400 characters', (_, words) => {
  const long = card('Title', ...Array.from({ length: 4 }, () => words.repeat(Math.ceil(5_000 / words.length))));
  expect(refusals(long)).not.toEqual([]);
  const fitted = shortenMessage(long);
  expect(refusals(fitted)).toEqual([]);
  const texts = partsOf(fitted).flatMap(({ content }) => content ?? []);
  expect(texts[0]).toBe('Title');
  expect(
    texts.slice(1).every((one) => one.length > 400 && one.endsWith('…') && one === Buffer.from(one).toString()),
  ).toBe(true);
  expect(partsOf(fitted).map(({ type }) => type)).toEqual(partsOf(long).map(({ type }) => type));
});

test('a message with 4,001 characters is shortened, but a message with 4,000 characters is not', () => {
  const of = (length: number) => message(textDisplay('x'.repeat(length - 10)), textDisplay('y'.repeat(10)));
  // textOf joins the two texts with a line break, so 4,000 characters become 4,001.
  expect(textOf(shortenMessage(of(4_000)))).toHaveLength(4_001);
  expect(textOf(shortenMessage(of(4_001))).length).toBeLessThan(4_001);
});

test('a message with 10,171 bytes is shortened, but a message with 10,170 bytes is not', () => {
  const of = (bytes: number) =>
    message(textDisplay('海'.repeat(Math.floor((bytes - 12) / 3)) + 'x'.repeat((bytes - 12) % 3)));
  const full = of(10_170);
  expect(shortenMessage(full)).toBe(full);
  expect(refusals(of(10_171))).not.toEqual([]);
  expect(refusals(shortenMessage(of(10_171)))).toEqual([]);
});

test('F24: a message is shortened to Discord’s limits, whatever its texts are', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6_000, size: 'max' }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(words, (texts) => {
      expect(refusals(shortenMessage(card(...texts.map((each) => `a${each}`))))).toEqual([]);
    }),
    { numRuns: 40 },
  );
  seen('within the limits for any texts');
});
