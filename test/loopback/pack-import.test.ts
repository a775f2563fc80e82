/** Tests /pack with the real discord.js client: a member uploads, previews, installs and uses a file. */
import { expect, test } from 'vitest';
import { textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { importRivers, previewRivers } from '../support/import-rivers.ts';

test('when a manager installs an uploaded pack, the bot announces the pack publicly; after /pack use, members find its entries', async () => {
  const { ana, member, shows } = await emulatedBot();
  const ben = await member('ben');
  const preview = await previewRivers(ana);
  expect(preview.flags & 64).toBe(64);
  expect(textOf(preview)).toContain('5 entries, 5 questions');
  await ana.press(preview, 'Install');
  const news = await shows('Ana added the pack “Rivers of Europe”: 5 entries, 5 questions.');
  expect(news.flags & 64).toBe(0);
  await ana.command('general', '/pack use', { name: 'Rivers of Europe' });
  expect(textOf(messageOf(await ben.command('general', '/fact', { about: 'volga' })))).toContain('the Caspian Sea');
});

test('a member who may not manage the server cannot import, use, rename, remove or export a pack', async () => {
  const { ana, member } = await emulatedBot();
  await importRivers(ana);
  const ben = await member('ben');
  const name = 'Rivers of Europe';
  for (const [command, options] of [
    ['/pack import', {}],
    ['/pack use', { name }],
    ['/pack rename', { name, to: 'x' }],
    ['/pack remove', { name }],
    ['/pack export', { name, format: 'yaml' }],
  ] as const)
    expect(textOf(messageOf(await ben.command('general', command, options))), command).toContain(
      'Only members who may manage this server',
    );
  expect(textOf(messageOf(await ben.command('general', '/pack info', { name })))).toContain('version 1, added by Ana');
});

test('a pack that is exported and imported again has the same entries', async () => {
  const { ana } = await emulatedBot();
  await importRivers(ana);
  const name = 'Rivers of Europe';
  const exported = messageOf(await ana.command('general', '/pack export', { name, format: 'yaml' }));
  const { attachments = [] } = exported as { readonly attachments?: readonly { url: string; filename: string }[] };
  const [written] = attachments;
  const text = await (await fetch(written?.url ?? '')).text();
  const file = new File([text], written?.filename ?? '');
  const again = messageOf(await ana.command('general', '/pack import', { file }));
  expect(textOf(again)).toContain('and this one has the same entries and cards.');
});
