/** Tests /me show and /me export: members see everything that is stored about them, and nothing about others. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { importRivers } from '../support/import-rivers.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { conversation } from '../support/conversation/conversation.ts';

test('/me show lists what is stored about the member, and only the member sees the list', () => conversation`
  ana: /me show
  bot to ana: Nothing is stored about you.
  … ana has 2 of 2 right
  ben: /me settings
  ben: (2 × time to answer)
  ana: /fact
  ana: /me show
  bot to ana: - Scores: on 1 server, with the facts that you missed / - Your settings: none / - Questions you were asked: none / - Facts you were shown: 1 entry by /fact without a query; other look-ups are not stored / - Packs you added: none / - Reports: none
  bot was not heard: Kept:
  bot was not heard: Values set aside
  ana: (Explain each part)
  bot to ana: Scores: For each server, and for your private conversations with the bot
  bot to ana: Facts you were shown: The ids of the entries that /fact has shown you
  bot to ana: Kept: Until you type /me delete, or 30 days after the server has removed the bot. / Points by week: 12 weeks.
  bot to ana: Kept: Until you type /me delete.
  bot was not heard: Your settings:
  ana: (Back to the numbers)
  bot to ana: - Facts you were shown: 1 entry
`);

test('/me show says whether scores belong to servers or to the private conversation with the bot', () => conversation`
  dm-ana: /quiz solo questions:3
  dm-ana: (the right answer)
  dm-ana: (End round)
  dm-ana: /me show
  bot to dm-ana: - Scores: in private with the bot, with
  … dm-ana has 2 of 2 right
  dm-ana: /me show
  bot to dm-ana: - Scores: on 1 server and in private with the bot, with
`);

const exportSchema = z.object({
  about: z.string().min(50),
  user: z.string(),
  exported: z.iso.datetime(),
  parts: z.array(
    z.object({
      title: z.string().min(5),
      what: z.string().min(50),
      kept: z.string().min(10),
      values: z.array(z.object({ key: z.string(), value: z.unknown() })).min(1),
    }),
  ),
});

async function report(member: LoopbackMember, card: SeenMessage, words: string): Promise<void> {
  const opened = await member.press(card, 'Report');
  if (opened.kind !== 'modal') throw new Error(JSON.stringify(opened));
  messageOf(await member.submit(opened.modal, { mistake: ['wrong'], words }));
}

test('/me export gives a file with every value that contains the member’s id, but without data of other members', async () => {
  const { ana, begin, member, press, shows, store } = await emulatedBot();
  const ben = await member('ben');
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  expect(await press('ben', question, 'B')).toContain('Locked B');
  await shows('Question 2 of 3');
  await ana.command('general', '/quiz stop');
  await shows('Podium');
  await ana.command('general', '/fact');
  const card = messageOf(await ana.command('general', '/me settings'));
  await ana.press(card, 'Extra time', ['2']);
  await store.set(`broken/asked/${ana.id}`, 'what cannot be read');
  const lobby = messageOf(await ana.command('quiz-night', '/quiz group', { questions: 3, thread: 'no' }));
  await ben.press(lobby, 'Join');
  await ana.command('general', '/quiz solo', { questions: 3 });
  await importRivers(ana);
  const rasht = messageOf(await ana.command('general', '/fact', { about: 'id:rasht' }));
  await report(ana, rasht, 'words of ana');
  await report(ben, rasht, 'words of another member');
  await expect.poll(() => store.keys('over/', ''), { interval: 5 }).toHaveLength(1);

  const message = messageOf(await ana.command('general', '/me export'));
  expect(message.flags & 64).toBe(64);
  expect(textOf(message)).toContain('Everything that is stored about you is in this file');
  const { attachments = [] } = message as { readonly attachments?: readonly { url: string; filename: string }[] };
  expect(attachments.map(({ filename }) => filename)).toEqual(['caspian-my-data.json']);
  const text = await (await fetch(attachments[0]?.url ?? '')).text();
  const file = exportSchema.parse(JSON.parse(text));
  expect(file.user).toBe(ana.id);
  const keys = file.parts.flatMap(({ values }) => values.map(({ key }) => key));
  expect(keys.toSorted()).toEqual((await store.keysContaining('', ana.id)).toSorted());
  expect(new Set(keys.map((key) => key.split('/')[0]))).toEqual(
    new Set(['member', 'settings', 'asked', 'seen', 'packs', 'round', 'over', 'last', 'broken', 'reports']),
  );
  expect(text).not.toContain(ben.id);
  expect(text).not.toContain('Ben');
  const reports = file.parts.flatMap(({ values }) => values.filter(({ key }) => key.startsWith('reports/')));
  expect(reports.map(({ value }) => value)).toEqual([
    [
      {
        kind: 'entry',
        id: 'rasht',
        reports: [expect.objectContaining({ user: ana.id, words: 'words of ana' })],
        wasDismissed: false,
      },
    ],
  ]);
  expect(text).not.toContain('words of another member');
  // The file must also contain the text of option A, which the member chose.
  const [chosen = ''] = /(?<=^\*?\*?A\*?\*? ).*$/m.exec(textOf(question)) ?? [];
  expect(chosen).not.toBe('');
  expect(text).toContain(JSON.stringify(chosen.replaceAll('\\', '')).slice(1, -1));
});
