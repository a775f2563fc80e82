/**
 * Tests details of messages and edits that ordinary bots rely on, with raw requests. Source: Discord documentation,
 * resources/message.
 */
import { GatewayDispatchEvents, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { answerOf, apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';

const post = async (loopback: Loopback, body: object) =>
  apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, body);
const path = (loopback: Loopback, id: unknown) => `/channels/${channelId(loopback)}/messages/${String(id)}`;

test('a message whose content is only whitespace is refused as an empty message', async () => {
  const loopback = await loopbackFor();
  for (const content of [' ', '\n\t'])
    expect(await post(loopback, { content })).toMatchObject({ status: 400, body: { code: 50_006 } });
});

test('embeds always have the type rich', async () => {
  const loopback = await loopbackFor();
  const { body } = await post(loopback, { embeds: [{ title: 'x', type: 'image' }] });
  expect(body['embeds']).toMatchObject([{ title: 'x', type: 'rich' }]);
});

test('an edit changes only those flags that an app is allowed to change', async () => {
  const loopback = await loopbackFor();
  const { body } = await post(loopback, { content: 'x', flags: 1 << 12 });
  for (const [flags, left] of [
    [4 | 64 | (1 << 13), 4 | (1 << 12)],
    [0, 1 << 12],
  ])
    expect(await apiRequest(loopback, 'PATCH', path(loopback, body['id']), { flags })).toMatchObject({
      status: 200,
      body: { flags: left },
    });
});

test('embeds of a message with the flag SUPPRESS_EMBEDS are hidden until an edit removes the flag', async () => {
  const loopback = await loopbackFor();
  const { body } = await post(loopback, { content: 'x', flags: 4, embeds: [{ title: 'a' }] });
  expect(body['embeds']).toEqual([]);
  const edit = (change: object) => apiRequest(loopback, 'PATCH', path(loopback, body['id']), change);
  expect((await edit({ embeds: [{ title: 'b' }] })).body['embeds']).toEqual([]);
  expect((await edit({ flags: 0 })).body['embeds']).toMatchObject([{ title: 'b' }]);
  expect((await edit({ flags: 4 })).body['embeds']).toEqual([]);
});

test('two components of a message cannot have the same id', async () => {
  const loopback = await loopbackFor();
  const button = (custom_id: string) => ({ type: 2, style: 1, label: 'x', custom_id, id: 7 });
  const row = { type: 1, components: [button('a'), button('b')] };
  expect(await post(loopback, { components: [row] })).toMatchObject({ status: 400, body: { code: 50_035 } });
});

test.each([
  ['a limit of 0', 'limit=0'],
  ['a limit of 101', 'limit=101'],
])('listing messages with %s is refused', async (_, query) => {
  const loopback = await loopbackFor();
  const list = await apiRequest(loopback, 'GET', `/channels/${channelId(loopback)}/messages?${query}`);
  expect(list).toMatchObject({ status: 400, body: { code: 50_035 } });
});

test('listing the messages around an id returns the message with this id and the messages before and after it', async () => {
  const loopback = await loopbackFor();
  const ids: unknown[] = [];
  for (const content of ['1', '2', '3', '4', '5']) ids.push((await post(loopback, { content })).body['id']);
  const list = await apiRequest(
    loopback,
    'GET',
    `/channels/${channelId(loopback)}/messages?limit=3&around=${String(ids[2])}`,
  );
  expect((list.body as unknown as { content: string }[]).map(({ content }) => content)).toEqual(['4', '3', '2']);
});

test('an invalid premium button is refused with error 50035, and a valid premium button is refused because it is not modelled', async () => {
  const loopback = await loopbackFor({ refusals: true });
  const premium = (more: object) =>
    post(loopback, { components: [{ type: 1, components: [{ type: 2, style: 6, ...more }] }] });
  for (const more of [{}, { sku_id: '1', label: 'x' }, { sku_id: '1', custom_id: 'x' }])
    expect(await premium(more)).toMatchObject({ status: 400, body: { code: 50_035 } });
  const { body } = await premium({ sku_id: '1' });
  expect(body.message).toBe('The emulated Discord does not model premium buttons.');
});

test('auto_archive_duration of a thread must be one of the four durations that Discord allows', async () => {
  const loopback = await loopbackFor();
  const start = (auto_archive_duration: number) =>
    apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/threads`, {
      name: 't',
      type: 11,
      auto_archive_duration,
    });
  expect(await start(61)).toMatchObject({ status: 400, body: { code: 50_035 } });
  expect(await start(4_320)).toMatchObject({
    status: 201,
    body: { thread_metadata: { auto_archive_duration: 4_320 } },
  });
});

test('the reply to the press of a button contains the id of the message with the button', async () => {
  const loopback = await loopbackFor();
  const bot = await realBot(loopback, async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply({
        content: 'x',
        components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', customId: 'go' }] }],
      });
    else if (interaction.isButton()) {
      await interaction.reply('pressed');
      await interaction.followUp('later');
    }
  });
  await bot.application.commands.set([{ name: 'ask', description: 'x' }]);
  const ana = await joinMember(loopback, 'ana');
  const asked = answerOf(await ana.command('general', '/ask'));
  const pressed = answerOf(await ana.press(asked, 'Go'));
  expect(pressed).toMatchObject({ interaction_metadata: { interacted_message_id: asked.id } });
  const later = await ana.waitFor(({ content }) => content === 'later');
  expect(later).toMatchObject({ interaction_metadata: { original_response_message_id: pressed.id } });
});

test('the reply to a submitted modal contains the interaction that opened the modal', async () => {
  const loopback = await loopbackFor();
  const components = [{ type: 18, label: 'L', component: { type: 4, custom_id: 'text', style: 1 } }];
  let opener = '';
  const bot = await realBot(loopback, async (interaction) => {
    if (interaction.isModalSubmit()) return interaction.reply('x');
    opener = interaction.id;
    return interaction.isChatInputCommand() && interaction.showModal({ custom_id: 'm', title: 'T', components });
  });
  await bot.application.commands.set([{ name: 'form', description: 'x' }]);
  const ana = await joinMember(loopback, 'ana');
  const opened = await ana.command('general', '/form');
  if (opened.kind !== 'modal') throw new Error('no modal');
  const reply = answerOf(await ana.submit(opened.modal, { text: 'x' }));
  expect(reply.interaction_metadata).toMatchObject({
    type: 5,
    triggering_interaction_metadata: { id: opener, type: 2, name: 'form' },
  });
  expect(reply.interaction_metadata).not.toHaveProperty('interacted_message_id');
});

test('the interaction of a select menu contains the chosen users and channels, with the member’s permissions in each channel', async () => {
  const loopback = await loopbackFor();
  const resolved: unknown[] = [];
  const bot = await realBot(loopback, (interaction) => interaction.isAnySelectMenu() && interaction.deferUpdate());
  bot.ws.on(GatewayDispatchEvents.InteractionCreate, (d: { data: { resolved?: object } }) =>
    resolved.push(d.data.resolved),
  );
  const row = (type: number, custom_id: string) => ({ type: 1, components: [{ type, custom_id }] });
  await post(loopback, { content: 'x', components: [row(5, 'who'), row(8, 'where')] });
  const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
  const [message] = await ben.messages('general');
  if (!message) throw new Error('no message');
  await ben.press(message, 'who', [ana.id]);
  await ben.press(message, 'where', [channelId(loopback)]);
  const channel = bot.channels.cache.get(channelId(loopback)) as TextChannel;
  const permissions = channel.permissionsFor(await channel.guild.members.fetch(ben.id)).bitfield;
  expect(resolved).toMatchObject([
    { users: { [ana.id]: { username: 'ana' } }, members: { [ana.id]: { permissions: expect.any(String) } } },
    { channels: { [channel.id]: { permissions: String(permissions) } } },
  ]);
});

test('the interaction of a button press contains the id of the button component', async () => {
  const loopback = await loopbackFor();
  const ids: unknown[] = [];
  const bot = await realBot(loopback, (interaction) => interaction.isButton() && interaction.deferUpdate());
  bot.ws.on(GatewayDispatchEvents.InteractionCreate, (d: { data: { id?: number } }) => ids.push(d.data.id));
  const button = { type: 2, style: 1, label: 'Go', custom_id: 'go', id: 41 };
  await post(loopback, { content: 'x', components: [{ type: 1, components: [button] }] });
  const ana = await joinMember(loopback, 'ana');
  const [message] = await ana.messages('general');
  if (!message) throw new Error('no message');
  await ana.press(message, 'Go');
  expect(ids).toEqual([41]);
});

test.each([
  ['integer', 4, 2],
  ['number', 10, 2.5],
])('if an option of the type %s has choices, it accepts only the numbers in these choices', async (_, type, value) => {
  const loopback = await loopbackFor();
  const given: unknown[] = [];
  const bot = await realBot(loopback, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    given.push(interaction.options.get('size')?.value);
    await interaction.reply('x');
  });
  const size = { type, name: 'size', description: 'x', choices: [{ name: 'Two', value }] };
  await bot.application.commands.set([{ name: 'ask', description: 'x', options: [size] as never }]);
  const ana = await joinMember(loopback, 'ana');
  await ana.command('general', '/ask', { size: value });
  expect(given).toEqual([value]);
  await expect(ana.command('general', '/ask', { size: 7 })).rejects.toThrow('50035');
});

test('listing pins is refused if the query parameter `before` is not a timestamp', async () => {
  const loopback = await loopbackFor();
  const pins = `/channels/${channelId(loopback)}/messages/pins`;
  expect(await apiRequest(loopback, 'GET', `${pins}?before=yesterday`)).toMatchObject({
    status: 400,
    body: { code: 50_035, errors: { before: {} } },
  });
  expect(await apiRequest(loopback, 'GET', `${pins}?before=2026-11-27T12:00:00Z`)).toMatchObject({ status: 200 });
});
