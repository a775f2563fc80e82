/** Tests that long ids of questions are shortened to fit into custom_ids, and that the long id is found again. */
import { expect, test } from 'vitest';
import { isShortened, longItemId, shortItemId } from '../../src/core/reports/short-item-id.ts';
import { customId } from '../../src/chat/command.ts';
import { limits } from '../../src/chat/limits.ts';
import { packCode } from '../../src/core/pack/pack-code.ts';
import { itemId, itemParts } from '../../src/chat/reports/report-button.ts';
import { parts } from '../../src/chat/component.ts';

const long = `described-as-${'a'.repeat(60)}-1`;

test('every custom_id about a question with the longest possible id fits Discord’s limit and can be read', () => {
  const item = itemId({ kind: 'question', id: long, pack: packCode('x'.repeat(90)) });
  for (const action of ['report', 'reported', 'mend', 'mended', 'decide:dismiss', 'decide:retire', 'decide:unmend'])
    expect(customId('pack', action, ...item).length, action).toBeLessThanOrEqual(limits.customId);
  expect(parts([...itemParts]).safeParse(item).success).toBe(true);
});

test('a long id is found by its short form among the ids of a pack, and short ids are not changed', () => {
  const short = shortItemId(long);
  expect(isShortened(short)).toBe(true);
  expect(longItemId(short, ['a', `${long}2`, long])).toBe(long);
  expect(longItemId(short, ['a'])).toBe(short);
  expect(longItemId('long-ago', ['long-ago', long])).toBe('long-ago');
  expect(shortItemId('volga-sea')).toBe('volga-sea');
});
