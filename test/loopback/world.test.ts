/** Tests creating, saving and reading worlds. A world is all data of the emulated Discord. */
import { ButtonStyle, ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { startLoopback } from '../../src/loopback/loopback.ts';
import type { WorldStorage } from '../../src/loopback/persistence.ts';
import { newWorld, studyGroup } from '../../src/loopback/seed.ts';
import type { World } from '../../src/loopback/world.ts';
import { savedWorldSchema } from '../../src/loopback/world-migrations.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { answerOf, apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

/** Stores the world in memory, as the JSON text that a file would contain. */
function memoryStorage(): WorldStorage & { readonly saves: () => number } {
  let text: string | undefined;
  let saves = 0;
  return {
    saves: () => saves,
    load: async () => (text === undefined ? undefined : (JSON.parse(text) as unknown)),
    async save(world) {
      saves++;
      text = JSON.stringify(world);
    },
  };
}

test('the same seed always gives the same ids and tokens', async () => {
  const [one, two] = [await loopbackFor(), await loopbackFor()];
  expect({ ...one.world(), page: '', api: '' }).toEqual({ ...two.world(), page: '', api: '' });
  expect(one.world()).toMatchObject({
    page: one.url,
    api: one.api,
    application: { name: 'Caspian' },
    guilds: [
      { name: 'Study group', channels: [{ name: 'general', type: 0 }, { name: 'quiz-night' }] },
      { name: 'Polar club', channels: [{ name: 'base-camp', type: 0 }, { name: 'polar-night' }] },
    ],
  });
  expect(one.world().members.map(({ username, global_name }) => [username, global_name])).toEqual([
    ['ana', 'Ana'],
    ['ben', 'Ben'],
    ['cem', 'Cem'],
    ['samira', 'سمیرا'],
  ]);
  const { botToken, application, guilds, members } = one.world();
  expect(botToken).toMatch(/^[\w-]{24,}\.[\w-]{6}\.[\w-]{38}$/);
  for (const { id } of [application, ...guilds, ...members]) expect(id).toMatch(/^\d{17,19}$/);
  expect(await (await fetch(`${one.url}/world.json`)).json()).toEqual(one.world());
});

test('messages, commands, DMs and interaction tokens survive a restart', async () => {
  const storage = memoryStorage();
  const clock = virtualClock();
  const first = await startLoopback({ port: 0, storage, clock });
  const bot = await realBot(first, (interaction) => interaction.isChatInputCommand() && interaction.reply('answer'));
  await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
  const ana = await joinMember(first, 'ana');
  const said = await ana.say('general', 'before');
  const dm = await ana.openDm();
  const answer = answerOf(await ana.command('general', '/fact'));
  const token = first.log.find(({ route }) => route?.endsWith('/callback'))?.path.split('/')[3];
  await bot.destroy();
  await first.stop();

  const second = await loopbackFor({ storage, clock });
  const later = await joinMember(second, 'ana');
  expect((await later.messages('general')).map(({ content }) => content)).toEqual(['answer', 'before']);
  expect(await later.openDm()).toBe(dm);
  const path = `/webhooks/${second.world().application.id}/${token}/messages/@original`;
  expect(await apiRequest(second, 'PATCH', path, { content: 'edited' }, '')).toMatchObject({
    status: 200,
    body: { id: answer.id },
  });
  const next = await later.say('general', 'after');
  expect(BigInt(next.id)).toBeGreaterThan(BigInt(said.id));
  const again = await realBot(second, (interaction) => interaction.isChatInputCommand() && interaction.reply('again'));
  expect((await again.application.commands.fetch()).map(({ name }) => name)).toEqual(['fact']);
  expect(answerOf(await later.command('general', '/fact')).content).toBe('again');
});

test('changes are debounced and saved together, and stopping the emulated Discord saves the last changes', async () => {
  const storage = memoryStorage();
  const clock = virtualClock();
  const loopback = await startLoopback({ port: 0, storage, clock });
  for (const content of ['1', '2', '3'])
    await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, { content });
  expect(storage.saves()).toBe(0);
  await clock.advance(250);
  expect(storage.saves()).toBe(1);
  await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, { content: '4' });
  await loopback.stop();
  expect(storage.saves()).toBe(2);
  expect((await storage.load()) as object).toMatchObject({
    posts: ['1', '2', '3', '4'].map((content) => ({ message: { content } })),
  });
});

test('a failed save is reported, and the next save contains all changes', async () => {
  const storage = memoryStorage();
  const clock = virtualClock();
  const errors: unknown[] = [];
  let isFull = true;
  const loopback = await startLoopback({
    port: 0,
    clock,
    onError: (error) => errors.push(error),
    storage: {
      load: () => storage.load(),
      save: (world) => (isFull ? Promise.reject(new Error('disk full')) : storage.save(world)),
    },
  });
  await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, { content: 'kept' });
  await clock.advance(250);
  expect(errors).toEqual([new Error('disk full')]);
  isFull = false;
  await loopback.stop();
  expect((await storage.load()) as object).toMatchObject({ posts: [{ message: { content: 'kept' } }] });
});

test('a saved world of version 1 can still be read', async () => {
  const seeded = newWorld(studyGroup);
  const { applications, ...rest } = JSON.parse(JSON.stringify(seeded)) as World;
  const [{ bot, ...application } = { bot: undefined, id: '' }] = applications;
  const dm = { id: '1', recipientId: '2', denied: [] };
  const old = {
    ...rest,
    version: 1,
    application,
    bot,
    guilds: rest.guilds.map(({ id, name, ownerId }) => ({ id, name, ownerId })),
    channels: [...rest.channels, dm],
  };
  const read = savedWorldSchema.parse(old);
  // In version 1, @everyone was the only role.
  const guilds = seeded.guilds.map(({ roles, members, ...guild }) => ({
    ...guild,
    roles: roles.slice(0, 1),
    members: members.map(({ id }) => ({ id, roles: [], nick: null })),
  }));
  const channels = [
    ...seeded.channels,
    { id: '1', recipientId: '2', applicationId: application.id, overwrites: [], topic: null, nsfw: false },
  ];
  expect(read).toEqual({ ...seeded, version: 2, guilds, channels });
});

test('two bots can run at the same time with different commands, buttons and DMs', async () => {
  const loopback = await loopbackFor({ seed: { ...studyGroup, bots: [{ name: 'Caspian' }, { name: 'Volga' }] } });
  const [one, two] = loopback.world().applications;
  if (!one || !two) throw new Error('two applications');
  const heard: string[] = [];
  const start = async (token: string, command: string) => {
    const bot = await realBot(
      loopback,
      async (interaction) => {
        heard.push(`${command} hears ${interaction.isButton() ? 'a press' : 'a command'}`);
        const button = { type: ComponentType.Button, style: ButtonStyle.Primary, customId: command, label: command };
        if (interaction.isRepliable())
          await interaction.reply({
            content: interaction.isButton() ? 'pressed' : command,
            components: [{ type: ComponentType.ActionRow, components: [button] }],
          });
      },
      undefined,
      { token },
    );
    await bot.application.commands.set([{ name: command, description: 'One of two' }]);
    return bot;
  };
  const first = await start(one.token, 'fact');
  const second = await start(two.token, 'river');
  expect([first.user.username, second.user.username]).toEqual(['Caspian', 'Volga']);
  expect((await first.application.commands.fetch()).map(({ name }) => name)).toEqual(['fact']);
  const ana = await joinMember(loopback, 'ana');
  const answers = [answerOf(await ana.command('general', '/fact')), answerOf(await ana.command('general', '/river'))];
  expect(answers.map(({ author, content }) => [author.id, content])).toEqual([
    [one.id, 'fact'],
    [two.id, 'river'],
  ]);
  expect(answerOf(await ana.press(answers[1]!, 'river')).author.id).toBe(two.id);
  expect(heard).toEqual(['fact hears a command', 'river hears a command', 'river hears a press']);
  await expect(
    ana.request('POST', '/interactions', {
      type: 3,
      application_id: one.id,
      guild_id: loopback.world().guilds[0]?.id,
      channel_id: channelId(loopback),
      message_id: answers[1]?.id,
      data: { component_type: 2, custom_id: 'river' },
    }),
  ).rejects.toMatchObject({ body: { code: 50035 } });
  const dm = await ana.openDm(two.id);
  expect(dm).not.toBe(await ana.openDm(one.id));
  expect((await apiRequest(loopback, 'GET', `/channels/${dm}`, undefined, `Bot ${one.token}`)).body.code).toBe(50001);
  expect((await apiRequest(loopback, 'GET', `/channels/${dm}`, undefined, `Bot ${two.token}`)).status).toBe(200);
  const edit = { content: 'not mine' };
  const path = `/channels/${channelId(loopback)}/messages/${answers[1]?.id}`;
  expect((await apiRequest(loopback, 'PATCH', path, edit)).body.code).toBe(50005);
  const commands = `/applications/${two.id}/commands`;
  expect((await apiRequest(loopback, 'PUT', commands, [])).body.code).toBe(10002);
});

test('the second guild of the seed is added to a world of version 2 that lacks this guild; if the guild is deleted later, it is not added again', async () => {
  const storage = memoryStorage();
  const seed = { ...studyGroup, servers: studyGroup.servers.slice(0, 1) };
  const before = await startLoopback({ port: 0, storage, seed });
  const ana = await joinMember(before, 'ana');
  const said = await ana.say('general', 'before');
  await before.stop();
  const kept = (await storage.load()) as World;
  await storage.save({ ...kept, version: 2 });

  const after = await startLoopback({ port: 0, storage });
  expect({ ...after.world(), page: '', api: '' }).toEqual({ ...(await loopbackFor()).world(), page: '', api: '' });
  const later = await joinMember(after, 'ana');
  expect((await later.messages('general')).map(({ id }) => id)).toEqual([said.id]);
  await later.say('base-camp', 'after');
  await after.stop();

  // If a world of version 3 lacks a guild of the seed, the guild was deleted on purpose and is not added again.
  const { guilds, ...rest } = (await storage.load()) as World;
  await storage.save({ ...rest, guilds: guilds.slice(0, 1) });
  expect((await loopbackFor({ storage })).world().guilds.map(({ name }) => name)).toEqual(['Study group']);
});

test('the ids of the default seed never change', async () => {
  const { application, members, guilds } = (await loopbackFor()).world();
  const [group] = guilds;
  const ids = [application, ...members, group, ...(group?.channels ?? [])].map((one) => one?.id);
  // Worlds saved on users' computers contain these ids.
  expect(ids).toEqual([
    '661720242585600000',
    '662082630451200000',
    '662445018316800000',
    '662807406182400000',
    '663169794048000000',
    '663532181913600000',
    '663894569779200000',
    '664256957644800000',
  ]);
});

test('the emulated Discord does not start with a saved world that cannot be read', async () => {
  const storage: WorldStorage = { load: async () => ({ version: 99 }), save: async () => undefined };
  await expect(startLoopback({ port: 0, storage })).rejects.toThrow();
});

test('discord.js can fetch the guild, its channels, its members, users and the application', async () => {
  const loopback = await loopbackFor();
  const bot = await realBot(loopback);
  const guild = bot.guilds.cache.first();
  if (!guild) throw new Error('no guild');
  const [ana] = loopback.world().members;
  expect((await guild.members.fetch({ user: ana?.id ?? '', force: true })).displayName).toBe('Ana');
  await expect(guild.members.fetch({ user: '100000000000000000', force: true })).rejects.toMatchObject({ code: 10007 });
  expect((await bot.users.fetch(ana?.id ?? '', { force: true })).username).toBe('ana');
  expect((await guild.fetch()).name).toBe('Study group');
  expect((await guild.channels.fetch()).map((channel) => channel?.name)).toEqual(['general', 'quiz-night']);
  await expect(bot.channels.fetch('100000000000000000', { force: true })).rejects.toMatchObject({ code: 10003 });
  expect((await bot.application.fetch()).name).toBe('Caspian');
  expect(loopback.unknownRoutes).toEqual([]);
});
