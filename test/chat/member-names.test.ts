import { expect, test } from 'vitest';
import { boardCard } from '../../src/chat/boards/board-card.ts';
import { cleanInline, escapeInline } from '../../src/chat/message/escape-markdown.ts';
import { createRanking } from '../../src/core/scores/ranking.ts';
import { textOf } from './discord.ts';

test.each(['\u200b', '\u2800', '\u3164', '\ufe0f\u200d', ' \u00ad ', '\u{e0041}\u{e0042}'])(
  'a name of invisible characters is shown as "(invisible)"',
  (name) => {
    expect(escapeInline(name)).toBe('(invisible)');
    expect(cleanInline(name)).toBe('(invisible)');
  },
);

test('invisible joiners inside a name are kept, because emoji and Persian words need them', () => {
  expect(cleanInline('👩\u200d🚀')).toBe('👩\u200d🚀');
  expect(cleanInline('می\u200cخواهم')).toContain('می\u200cخواهم');
});

test('a web address in a name does not become a link', () => {
  expect(escapeInline('https://bad.example')).toBe(String.raw`https\://bad.example`);
});

test('if two members have the same name, a leaderboard adds the last digits of their user ids', () => {
  const ranking = createRanking();
  for (const [user, name] of [
    ['100000000000001234', 'Ana'],
    ['100000000000005678', 'ana'],
    ['100000000000009999', 'Ben'],
  ] as const)
    ranking.put({ user, name, value: 10, right: 1, answered: 1 });
  const card = textOf(
    boardCard({
      by: 'points',
      heading: 'This week',
      ranking,
      emptyText: '',
      from: 0,
      me: '',
      isPublic: true,
      note: undefined,
      buttons: [],
    }),
  );
  expect(card).toContain('**Ana (…1234)**');
  expect(card).toContain('**ana (…5678)**');
  expect(card).toContain('**Ben**');
});
