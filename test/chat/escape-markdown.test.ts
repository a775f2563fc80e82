/** Tests the escaping of markdown in texts from members and packs. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  escapeInline,
  escapeMarkdown,
  escapePart,
  placeLabel,
  shorten,
} from '../../src/chat/message/escape-markdown.ts';

test.each([
  [
    '**bold** _slanted_ ~~struck~~ ||hidden|| `code`',
    String.raw`\*\*bold\*\* \_slanted\_ \~\~struck\~\~ \|\|hidden\|\| \`code\``,
  ],
  ['<@123> <@&5> <#7> <t:0:R> <:a:1> </quiz:1>', String.raw`\<@123\> \<@&5\> \<\#7\> \<t:0:R\> \<:a:1\> \</quiz:1\>`],
  ['[free](https://bad.example)', String.raw`\[free\](https\://bad.example)`],
  ['# Heading', String.raw`\# Heading`],
  ['> quoted', String.raw`\> quoted`],
  [String.raw`\*already\*`, String.raw`\\\*already\\\*`],
  ['Rasht\u202etxt.exe', 'Rashttxt.exe'],
  ['\u2066a\u2069\u200f\u061cb\ufeff\u200b', 'ab'],
  ['a\u0000b\tc\u001bd', 'a b c d'],
  ['خلیج‌فارس', 'خلیج‌فارس'],
])('the text "%s" is escaped so that Discord shows its visible characters as typed', (typed, sent) =>
  expect(escapeMarkdown(typed)).toBe(sent),
);

test('all markdown characters of a text are escaped, and other characters stay the same', () => {
  const typed = fc.array(fc.constantFrom(...'\\*_~`|[]<>#@a \n'.split(''), '\u202e', '\u2068', '🇮🇷'), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(typed, (characters) => {
      const sent = escapeMarkdown(characters.join(''));
      const bare = sent.replaceAll(/\\[\\*_~`|[\]<>#]/g, '');
      expect(bare).not.toMatch(/[\\*_~`|[\]<>#]/);
      expect(sent).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(sent.replaceAll(/\\(.)/gs, '$1')).toBe(characters.join('').replaceAll(/[\u202e\u2068]/g, ''));
    }),
  );
});

test('a text that is too long is cut and ends with an ellipsis, and no character is split', () => {
  const words = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 60 }), (text, most) => {
      const cut = shorten(text, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      if (text.length <= most) expect(cut).toBe(text);
      else expect(cut.endsWith('…') && text.startsWith(cut.slice(0, -1))).toBe(true);
      expect(cut).toBe(Buffer.from(cut).toString());
    }),
  );
});

test('line breaks in a name or a query become spaces', () => {
  expect(escapeInline('  line one\n\n# line two\u2028three ')).toBe(String.raw`line one \# line two three`);
  expect(escapeInline('x'.repeat(200), 32)).toHaveLength(32);
});

test('a right-to-left name is put between Unicode direction isolates, so that numbers beside the name stay in place', () => {
  expect(escapeInline('سمیرا')).toBe('\u2068سمیرا\u2069');
  expect(escapePart('سمیرا #1')).toBe(String.raw`⁨سمیرا \#1⁩`);
  expect(escapeInline('Ana')).toBe('Ana');
  // Direction isolates in a name are removed, because an isolate that is not closed would reverse the rest of the line.
  expect(escapeInline('\u2067سمیرا\u2069\u2069')).toBe('\u2068سمیرا\u2069');
  expect(placeLabel(1).startsWith('\u200e')).toBe(true);
});
