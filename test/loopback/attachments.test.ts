/** Tests attachments that discord.js sends. Source: https://discord.com/developers/docs/reference#uploading-files. */
import { AttachmentBuilder, MessageFlags, type Interaction, type Message, type SendableChannels } from 'discord.js';
import { expect, test } from 'vitest';
import { discordLimits } from '../../src/loopback/discord-limits.ts';
import { answerOf, apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

const file = (name: string, text = name, description?: string) =>
  new AttachmentBuilder(Buffer.from(text), { name, ...(description !== undefined && { description }) });

async function setUp(answer: (interaction: Interaction) => unknown = () => undefined) {
  const loopback = await loopbackFor({ rateLimits: 'off' });
  const bot = await realBot(loopback, answer);
  const channel = bot.channels.cache.get(channelId(loopback)) as SendableChannels;
  return { loopback, bot, channel };
}
const namesOf = ({ attachments }: Message) => attachments.map(({ name }) => name);
const textAt = async (url = '') => {
  const response = await fetch(url);
  return response.ok ? response.text() : response.status;
};

test('an uploaded file can be downloaded from its URL until the message is deleted', async () => {
  const { channel } = await setUp();
  const message = await channel.send({ content: 'x', files: [file('карта 1.txt', 'the map', 'A map of Gilan')] });
  const [attachment] = message.attachments.values();
  expect(attachment).toMatchObject({ description: 'A map of Gilan', size: 7, contentType: 'text/plain' });
  expect(await textAt(attachment?.url)).toBe('the map');
  const { headers } = await fetch(attachment?.url ?? '');
  expect(headers.get('content-security-policy')).toContain('sandbox');
  await message.delete();
  expect(await textAt(attachment?.url)).toBe(404);
});

test('if an edit has an attachments list, all attachments that are not in the list are removed (#editing-message-attachments)', async () => {
  const { channel } = await setUp();
  const message = await channel.send({ content: 'x', files: [file('a.txt'), file('b.txt')] });
  const [a, b] = [...message.attachments.values()];
  if (!a || !b) throw new Error('no files');
  expect(namesOf(await message.edit({ content: 'y' }))).toEqual(['a.txt', 'b.txt']);
  expect(namesOf(await message.edit({ attachments: [b], files: [file('c.txt')] }))).toEqual(['b.txt', 'c.txt']);
  expect([await textAt(a.url), await textAt(b.url)]).toEqual([404, 'b.txt']);
  expect(namesOf(await message.edit({ attachments: [] }))).toEqual([]);
});

test('if an edit has files but no attachments list, the files are added to the attachments of the message', async () => {
  const { loopback, channel } = await setUp();
  const message = await channel.send({ content: 'x', files: [file('a.txt')] });
  const form = new FormData();
  form.set('files[0]', new Blob(['b']), 'b.txt');
  const path = `/channels/${channel.id}/messages/${message.id}`;
  const headers = { authorization: `Bot ${loopback.world().botToken}` };
  const edited = await fetch(`${loopback.api}/v10${path}`, { method: 'PATCH', headers, body: form });
  expect(await edited.json()).toMatchObject({ attachments: [{ filename: 'a.txt' }, { filename: 'b.txt' }] });
});

test('a message can have at most ten files of 10 MiB each, with descriptions of up to 1,024 characters', async () => {
  const { loopback, channel } = await setUp();
  const files = (count: number) => Array.from({ length: count }, (_, n) => file(`${n}.txt`));
  expect(namesOf(await channel.send({ files: files(discordLimits.attachments) }))).toHaveLength(10);
  await expect(channel.send({ files: files(11) })).rejects.toMatchObject({ status: 400 });
  const alt = (length: number) => channel.send({ files: [file('a.txt', 'a', 'x'.repeat(length))] });
  expect((await alt(1_024)).attachments.first()?.description).toHaveLength(1_024);
  await expect(alt(1_025)).rejects.toMatchObject({
    code: 50_035,
    rawError: { errors: { attachments: { 0: { description: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } } } },
  });
  const big = (size: number) => channel.send({ files: [{ attachment: Buffer.alloc(size), name: 'big.bin' }] });
  expect((await big(discordLimits.attachmentBytes)).attachments.first()?.size).toBe(discordLimits.attachmentBytes);
  await expect(big(discordLimits.attachmentBytes + 1)).rejects.toMatchObject({ status: 413, code: 40_005 });
  const path = `/channels/${channelId(loopback)}/messages`;
  const absent = await apiRequest(loopback, 'POST', path, { content: 'x', attachments: [{ id: '0', filename: 'a' }] });
  expect(absent).toMatchObject({ status: 400, body: { code: 50_035 } });
});

test('attachment://name is replaced by the URL of the uploaded file in embeds and in Components V2', async () => {
  const { loopback, channel } = await setUp();
  const embeds = [{ image: { url: 'attachment://map.png' } }];
  const message = await channel.send({ embeds, files: [file('map.png')] });
  expect(message.embeds[0]?.image?.url).toBe(message.attachments.first()?.url);
  const gallery = { type: 12, items: [{ media: { url: 'attachment://map.png' }, description: 'A map' }] } as const;
  const flags = MessageFlags.IsComponentsV2;
  const shown = await channel.send({ flags, components: [gallery], files: [file('map.png')] });
  expect(JSON.stringify(shown.components[0]?.toJSON())).toContain(shown.attachments.first()?.url ?? 'none');
  const path = `/channels/${channelId(loopback)}/messages`;
  expect(await apiRequest(loopback, 'POST', path, { flags, components: [gallery] })).toMatchObject({
    status: 400,
    body: { errors: { components: { 0: { items: { 0: { media: { url: {} } } } } } } },
  });
});

test('a File component accepts only attachments, but a media gallery also accepts http and https URLs (components/reference#file)', async () => {
  const { loopback, channel } = await setUp();
  const flags = MessageFlags.IsComponentsV2;
  const path = `/channels/${channelId(loopback)}/messages`;
  const shownFile = (url: string) => ({ type: 13, file: { url } }) as const;
  const components = [shownFile('attachment://a.txt')];
  const message = await channel.send({ flags, components, files: [file('a.txt')] });
  const again = [shownFile(message.attachments.first()?.url ?? '')];
  expect((await apiRequest(loopback, 'PATCH', `${path}/${message.id}`, { components: again })).status).toBe(200);
  const gallery = (url: string) => ({ type: 12, items: [{ media: { url } }] });
  for (const [component, status] of [
    [shownFile('https://example.org/a.txt'), 400],
    [gallery('ftp://example.org/a.png'), 400],
    [gallery('https://example.org/a.png'), 200],
  ] as const)
    expect((await apiRequest(loopback, 'POST', path, { flags, components: [component] })).status).toBe(status);
});

test('an immediate reply and the edit of a deferred reply can both have files', async () => {
  const { loopback, bot } = await setUp(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    if (interaction.commandName === 'now')
      await interaction.reply({ flags: MessageFlags.Ephemeral, files: [file('now.txt')] });
    else {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply({ files: [file('later.txt', 'later', 'alt')] });
    }
  });
  await bot.application.commands.set([
    { name: 'now', description: 'n' },
    { name: 'later', description: 'l' },
  ]);
  const ana = await joinMember(loopback, 'ana');
  const filesOf = (message: object) => (message as { attachments: { filename: string; url: string }[] }).attachments;
  const [now] = filesOf(answerOf(await ana.command('general', '/now')));
  expect([now?.filename, await textAt(now?.url)]).toEqual(['now.txt', 'now.txt']);
  await ana.command('general', '/later');
  const later = await ana.waitFor((message) => filesOf(message)[0]?.filename === 'later.txt');
  expect(filesOf(later)).toMatchObject([{ description: 'alt' }]);
  expect(later.flags & MessageFlags.Ephemeral).toBeTruthy();
});
