/**
 * Tests commands in the context menus of users and messages. Source: Discord documentation,
 * interactions/application-commands#user-commands.
 */
import { ApplicationCommandType, Events, type Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { answerOf, apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

const commands = [
  { name: 'High Five', type: ApplicationCommandType.User },
  { name: 'Bookmark', type: ApplicationCommandType.Message },
] as const;

async function setUp(answer: (interaction: Interaction) => unknown) {
  const loopback = await loopbackFor({ rateLimits: 'off' });
  const bot = await realBot(loopback, answer);
  await bot.application.commands.set(commands);
  const packets: { type: number; data: Record<string, unknown> }[] = [];
  bot.on(Events.Raw, ({ t, d }: { t: string; d: (typeof packets)[number] }) => {
    if (t === 'INTERACTION_CREATE') packets.push(d);
  });
  return { loopback, packets, ana: await joinMember(loopback, 'ana'), ben: await joinMember(loopback, 'ben') };
}

test('the interaction of a user command contains its target, and discord.js resolves the target to a member', async () => {
  const { ana, ben, packets } = await setUp((interaction) =>
    interaction.isUserContextMenuCommand() && interaction.inCachedGuild()
      ? interaction.reply(`${interaction.targetMember?.user.username} ${interaction.targetUser.globalName}`)
      : undefined,
  );
  const reply = answerOf(await ana.useOn('general', 'High Five', ben));
  expect(reply).toMatchObject({ content: 'ben Ben', type: 23, interaction_metadata: { target_user: { id: ben.id } } });
  expect(packets).toMatchObject([{ type: 2, data: { name: 'High Five', type: 2, target_id: ben.id } }]);
  const resolved = packets[0]?.data['resolved'] as Record<'users' | 'members', Record<string, object>>;
  expect(resolved).toMatchObject({
    users: { [ben.id]: { username: 'ben' } },
    members: { [ben.id]: { roles: [expect.any(String)] } },
  });
  // According to the Discord documentation, partial members have no field `user`, `deaf` or `mute`.
  expect(Object.keys(resolved.members[ben.id] ?? {})).not.toContain('user');
  expect(packets[0]?.data).not.toHaveProperty('options');
});

test('the interaction of a message command contains the whole target message, and the reply refers to that message', async () => {
  const { ana, ben, packets } = await setUp((interaction) =>
    interaction.isMessageContextMenuCommand() ? interaction.reply(interaction.targetMessage.content) : undefined,
  );
  const said = await ben.say('general', 'worth keeping');
  const reply = answerOf(await ana.useOn('general', 'Bookmark', said));
  expect(reply).toMatchObject({
    content: 'worth keeping',
    message_reference: { message_id: said.id },
    interaction_metadata: { target_message_id: said.id },
  });
  expect(packets[0]?.data).toMatchObject({
    type: 3,
    target_id: said.id,
    resolved: { messages: { [said.id]: { content: 'worth keeping', author: { username: 'ben' } } } },
  });
});

test('a context menu command without a valid target is refused, and a slash command with a target is refused too', async () => {
  const { loopback, ana, ben, packets } = await setUp(() => undefined);
  const { application } = loopback.world();
  const path = `/applications/${application.id}/commands`;
  const { body: slash } = await apiRequest(loopback, 'POST', path, { name: 'fact', description: 'f' });
  const { body: registered } = await apiRequest(loopback, 'GET', path);
  const [highFive, bookmark] = Object.values(registered) as { id: string; version: string; name: string }[];
  const [guild] = loopback.world().guilds;
  const use = (command: object | undefined, data: object) =>
    ana.request('POST', '/interactions', {
      type: 2,
      application_id: application.id,
      guild_id: guild?.id,
      channel_id: channelId(loopback),
      data: { ...command, ...data },
    });
  const elsewhere = await ben.say('quiz-night', 'x');
  await expect(use(highFive, {})).rejects.toMatchObject({ body: { code: 50_035 } });
  await expect(use(highFive, { target_id: '123456789012345678' })).rejects.toMatchObject({ body: { code: 10_013 } });
  await expect(use(bookmark, { target_id: elsewhere.id })).rejects.toMatchObject({ body: { code: 10_008 } });
  await expect(use(slash, { type: 1, target_id: ben.id })).rejects.toMatchObject({ body: { code: 50_035 } });
  expect(packets).toEqual([]);
});

test('using a user command requires the permission Send Messages, but using a message command does not', async () => {
  const { loopback, ana, ben } = await setUp((interaction) =>
    interaction.isContextMenuCommand() ? interaction.reply({ content: 'ok', flags: 64 }) : undefined,
  );
  const said = await ben.say('general', 'x');
  const everyone = loopback.world().guilds[0]?.id ?? '';
  await ana.request('PUT', `/channels/${channelId(loopback)}/permissions/${everyone}`, { type: 0, deny: '2048' });
  await expect(ben.useOn('general', 'High Five', ana)).rejects.toMatchObject({ body: { code: 50_013 } });
  expect(answerOf(await ben.useOn('general', 'Bookmark', said)).content).toBe('ok');
});
