/** Tests how discord.js reacts to planned faults: failing requests, deleted messages and revoked permissions. */
import { Events, PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { answerOf, apiRequest, channelId, joinMember, deferred, loopbackFor, realBot } from './real-bot.ts';

const messages = '/channels/:channel/messages';

test('a planned fault with the option `times: 2` makes two requests fail', async () => {
  const loopback = await loopbackFor();
  const path = `/channels/${channelId(loopback)}/messages`;
  loopback.faults.next({ method: 'POST', route: messages, status: 503, times: 2 });
  expect((await apiRequest(loopback, 'GET', path)).status).toBe(200);
  for (const status of [503, 503, 200])
    expect((await apiRequest(loopback, 'POST', path, { content: 'x' })).status).toBe(status);
  expect((await apiRequest(loopback, 'GET', path)).body).toHaveLength(1);
});

test('if a response is lost, discord.js sends the message again, and an enforced nonce prevents a duplicate message', async () => {
  const loopback = await loopbackFor();
  const channel = (await realBot(loopback)).channels.cache.get(channelId(loopback));
  if (!channel?.isSendable()) throw new Error('no channel');
  loopback.faults.next({ method: 'POST', route: messages, status: 502, after: true });
  await channel.send({ content: 'once', nonce: '7', enforceNonce: true });
  loopback.faults.next({ method: 'POST', route: messages, cut: true, after: true });
  await channel.send({ content: 'twice' });
  const { body } = await apiRequest(loopback, 'GET', `/channels/${channelId(loopback)}/messages`);
  expect((body as unknown as { content: string }[]).map(({ content }) => content)).toEqual(['twice', 'twice', 'once']);
});

test('a fault can set the error code, the error message, retry_after and a delay', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const path = `/channels/${channelId(loopback)}`;
  loopback.faults.next({ route: /^\/channels\/\d+$/, status: 403, code: 50013, message: 'Missing Permissions' });
  expect(await apiRequest(loopback, 'GET', path)).toMatchObject({
    status: 403,
    body: { code: 50013, message: 'Missing Permissions' },
  });
  loopback.faults.next({ status: 429, retryAfter: 1.5 });
  const limited = await apiRequest(loopback, 'GET', path);
  expect(limited).toMatchObject({ status: 429, body: { retry_after: 1.5, global: false } });
  expect(limited.headers.get('retry-after')).toBe('2');
  loopback.faults.next({ delayMs: 5_000 });
  let isAnswered = false;
  const slow = apiRequest(loopback, 'GET', path).then((answer) => ((isAnswered = true), answer));
  await apiRequest(loopback, 'GET', path);
  expect(isAnswered).toBe(false);
  await clock.advance(5_000);
  expect((await slow).status).toBe(200);
  loopback.faults.next({ status: 500, times: 9 });
  loopback.faults.clear();
  expect((await apiRequest(loopback, 'GET', path)).status).toBe(200);
});

test('`faults.deleteMessage` deletes a message for all members', async () => {
  const loopback = await loopbackFor();
  const channel = (await realBot(loopback)).channels.cache.get(channelId(loopback));
  if (!channel?.isSendable()) throw new Error('no channel');
  const ana = await joinMember(loopback, 'ana');
  const sent = await channel.send('here');
  await ana.waitFor(({ id }) => id === sent.id);
  const gone = ana.event(({ t }) => t === 'MESSAGE_DELETE');
  loopback.faults.deleteMessage(channel.id, sent.id);
  expect((await gone).d).toMatchObject({ id: sent.id, channel_id: channel.id });
  await expect(sent.edit('still here?')).rejects.toMatchObject({ status: 404, code: 10008 });
  expect(() => loopback.faults.deleteMessage(channel.id, sent.id)).toThrow('Unknown Message');
});

test('requests fail with status 403 while a permission of the bot is revoked', async () => {
  const loopback = await loopbackFor();
  const permitted = deferred<boolean>();
  const bot = await realBot(loopback, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    permitted.resolve(interaction.appPermissions.has(PermissionFlagsBits.SendMessages));
    await interaction.reply('an answer needs no permission');
  });
  await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
  const id = channelId(loopback);
  const post = () => apiRequest(loopback, 'POST', `/channels/${id}/messages`, { content: 'x' });
  const updated = new Promise((resolve) => bot.once(Events.ChannelUpdate, resolve));
  loopback.faults.revoke('SEND_MESSAGES', id);
  await updated;
  expect(await post()).toMatchObject({ status: 403, body: { code: 50013 } });
  const ana = await joinMember(loopback, 'ana');
  expect(answerOf(await ana.command('general', '/fact')).content).toContain('no permission');
  expect(await permitted.promise).toBe(false);
  expect(
    (await apiRequest(loopback, 'POST', `/channels/${channelId(loopback, 'quiz-night')}/messages`, { content: 'x' }))
      .status,
  ).toBe(200);
  loopback.faults.revoke('VIEW_CHANNEL');
  expect(await post()).toMatchObject({ status: 403, body: { code: 50001 } });
  loopback.faults.restore('VIEW_CHANNEL');
  loopback.faults.restore('SEND_MESSAGES');
  expect((await post()).status).toBe(200);
  expect(() => loopback.faults.revoke('FLY')).toThrow(RangeError);
});

test('a fault can dispatch an interaction twice', async () => {
  const loopback = await loopbackFor();
  const ids: string[] = [];
  const both = deferred<void>();
  const bot = await realBot(loopback, async (interaction) => {
    ids.push(interaction.id);
    if (ids.length === 2) both.resolve();
    if (ids.length !== 2 && interaction.isChatInputCommand()) await interaction.reply('once');
  });
  await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
  const ana = await joinMember(loopback, 'ana');
  loopback.faults.disruptEvents('duplicate', { event: 'INTERACTION_CREATE' });
  await ana.command('general', '/fact');
  await both.promise;
  expect(new Set(ids).size).toBe(1);
  await ana.command('general', '/fact');
  expect(ids).toHaveLength(3);
});
