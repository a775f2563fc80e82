/**
 * Tests how bots register commands, and how members submit commands. Source: Discord documentation,
 * interactions/application-commands.
 */
import { ApplicationCommandOptionType as Type, InteractionContextType as Context } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

const quiz = { name: 'quiz', description: 'A quiz' };
const fact = { name: 'fact', description: 'A fact' };
const guildOf = (loopback: { world(): { guilds: readonly { id: string }[] } }) => loopback.world().guilds[0]?.id ?? '';

test('registering a command again keeps the command’s id', async () => {
  const loopback = await loopbackFor();
  const { commands } = (await realBot(loopback)).application;
  // The ids and versions are copied, because discord.js later changes the command objects that it has returned.
  const set = async (list: Parameters<typeof commands.set>[0]) =>
    (await commands.set(list)).map(({ id, version }) => ({ id, version }));
  const first = await set([quiz, fact]);
  expect(await set([quiz, fact])).toEqual(first);
  const changed = await set([quiz, { ...fact, description: 'Another' }]);
  expect(changed.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(changed[0]).toEqual(first[0]);
  expect(changed[1]?.version).not.toBe(first[1]?.version);
  expect((await commands.set([quiz])).map(({ name }) => name)).toEqual(['quiz']);
  expect((await commands.fetch()).size).toBe(1);
});

test('a bot can create, read, edit and delete the commands of a guild', async () => {
  const loopback = await loopbackFor();
  const { commands } = (await realBot(loopback)).application;
  const guild = guildOf(loopback);
  const created = await commands.create(quiz, guild);
  expect(created.guildId).toBe(guild);
  const { version } = created;
  const edited = await commands.edit(created.id, { description: 'Better' }, guild);
  expect(edited.description).toBe('Better');
  expect(edited.version).not.toBe(version);
  expect((await commands.fetch(created.id, { guildId: guild })).description).toBe('Better');
  expect((await commands.fetch()).size).toBe(0);
  await commands.delete(created.id, guild);
  await expect(commands.fetch(created.id, { guildId: guild })).rejects.toMatchObject({ code: 10063 });
  const elsewhere = await apiRequest(
    loopback,
    'GET',
    `/applications/${loopback.world().application.id}/guilds/1/commands`,
  );
  expect(elsewhere).toMatchObject({ status: 404, body: { code: 10004 } });
});

test('a bot can have at most 100 global commands, and their names must be different', async () => {
  const loopback = await loopbackFor();
  const path = `/applications/${loopback.world().application.id}/commands`;
  const twice = await apiRequest(loopback, 'PUT', path, [quiz, quiz]);
  expect(twice.body.errors).toMatchObject({
    1: { name: { _errors: [{ code: 'APPLICATION_COMMANDS_DUPLICATE_NAME' }] } },
  });
  const many = Array.from({ length: 100 }, (_, n) => ({ ...quiz, name: `quiz-${n}` }));
  expect((await apiRequest(loopback, 'PUT', path, many)).status).toBe(200);
  expect(await apiRequest(loopback, 'POST', path, quiz)).toMatchObject({ status: 400, body: { code: 30032 } });
  expect((await apiRequest(loopback, 'POST', path, { ...quiz, name: 'quiz-7' })).status).toBe(200);
});

test('a submitted command with invalid options or an old version is refused and does not reach the bot', async () => {
  const loopback = await loopbackFor();
  const options = [
    {
      type: Type.String,
      name: 'topic',
      description: 't',
      required: true,
      choices: [{ name: 'Rasht', value: 'rasht' }],
    },
    { type: Type.Integer, name: 'count', description: 'c', minValue: 1, maxValue: 5 },
    { type: Type.User, name: 'rival', description: 'r' },
    { type: Type.Boolean, name: 'alone', description: 'a' },
    { type: Type.String, name: 'title', description: 't', minLength: 2, maxLength: 4 },
  ] as const;
  let heard = 0;
  const bot = await realBot(loopback, (interaction) => {
    heard++;
    return interaction.isChatInputCommand() && interaction.reply('ok');
  });
  const [command] = (await bot.application.commands.set([{ ...quiz, options }])).values();
  const ana = await joinMember(loopback, 'ana');
  const topic = 'rasht';
  for (const wrong of [
    {},
    { topic: 'Paris' },
    { topic, count: 0 },
    { topic, count: 6 },
    { topic, count: 1.5 },
    { topic, count: '3' },
    { topic, rival: 'ben' },
    { topic, alone: 'yes' },
    { topic, title: 'x' },
    { topic, title: 'xxxxx' },
  ])
    await expect(ana.command('general', '/quiz', wrong)).rejects.toMatchObject({ status: 400, body: { code: 50035 } });
  await expect(
    ana.command('general', '/quiz', { topic, rival: loopback.world().guilds[0]?.id ?? '' }),
  ).rejects.toMatchObject({
    body: { code: 10013 },
  });
  expect(heard).toBe(0);
  expect((await ana.command('general', '/quiz', { topic, count: 5, alone: true, title: 'xx' })).kind).toBe('answered');
  const stale = {
    type: 2,
    application_id: loopback.world().application.id,
    guild_id: guildOf(loopback),
    channel_id: channelId(loopback),
    data: { id: command?.id, version: '1', name: 'quiz', type: 1, options: [{ type: 3, name: 'topic', value: topic }] },
  };
  await expect(ana.request('POST', '/interactions', stale)).rejects.toMatchObject({
    body: { errors: { data: { _errors: [{ code: 'INTERACTION_APPLICATION_COMMAND_INVALID_VERSION' }] } } },
  });
});

test('the command index lists only commands that the member can use in the channel', async () => {
  const loopback = await loopbackFor();
  const bot = await realBot(loopback, (interaction) => interaction.isChatInputCommand() && interaction.reply('ok'));
  await bot.application.commands.set([
    { ...quiz, contexts: [Context.Guild] },
    { ...fact, contexts: [Context.Guild, Context.BotDM] },
    { name: 'pack', description: 'Packs', defaultMemberPermissions: 'ManageGuild' },
    { name: 'closed', description: 'For those who administer', defaultMemberPermissions: 0n },
  ]);
  const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
  const offered = async (member: typeof ana, path: string) => {
    const index = (await member.request('GET', `${path}/application-command-index`)) as {
      application_commands: { name: string }[];
    };
    return index.application_commands.map(({ name }) => name);
  };
  expect(await offered(ana, `/guilds/${guildOf(loopback)}`)).toEqual(['quiz', 'fact', 'pack', 'closed']);
  expect(await offered(ben, `/guilds/${guildOf(loopback)}`)).toEqual(['quiz', 'fact']);
  expect(await offered(ben, `/channels/${await ben.openDm()}`)).toEqual(['fact', 'pack', 'closed']);
  const pack = (await bot.application.commands.fetch()).find(({ name }) => name === 'pack');
  const forged = {
    type: 2,
    application_id: bot.application.id,
    guild_id: guildOf(loopback),
    channel_id: channelId(loopback),
    data: { id: pack?.id, version: pack?.version, name: 'pack', type: 1 },
  };
  await expect(ben.request('POST', '/interactions', forged)).rejects.toMatchObject({ body: { code: 50013 } });
  await ana.request('POST', '/interactions', forged);
});

test('a bot can create at most 200 commands a day (#registering-a-command)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, rateLimits: 'off' });
  const path = `/applications/${loopback.world().application.id}/commands`;
  const put = (count: number, name: string, description = 'x') =>
    apiRequest(
      loopback,
      'PUT',
      path,
      Array.from({ length: count }, (_, n) => ({ name: `${name}-${n}`, description })),
    );
  for (const description of ['a', 'b', 'c']) expect((await put(100, 'one', description)).status).toBe(200);
  expect((await put(100, 'two')).status).toBe(200);
  expect(await put(1, 'three')).toMatchObject({ status: 400, body: { code: 30034 } });
  // A refused list of commands changes nothing. The created commands are counted separately for each guild and for each
  // day.
  expect((await apiRequest(loopback, 'GET', path)).body).toHaveLength(100);
  const inGuild = `/applications/${loopback.world().application.id}/guilds/${guildOf(loopback)}/commands`;
  expect((await apiRequest(loopback, 'POST', inGuild, quiz)).status).toBe(201);
  await clock.advance(86_400_000);
  expect((await put(1, 'three')).status).toBe(200);
});

test('a bot can have at most 15 user commands and 15 message commands (change log, 3 March 2026)', async () => {
  const loopback = await loopbackFor({ rateLimits: 'off' });
  const path = `/applications/${loopback.world().application.id}/commands`;
  for (const type of [2, 3]) {
    for (let n = 0; n < 15; n++)
      expect((await apiRequest(loopback, 'POST', path, { type, name: `Menu ${n}` })).status).toBe(201);
    expect(await apiRequest(loopback, 'POST', path, { type, name: 'One more' })).toMatchObject({
      body: { code: 30032 },
    });
  }
});

test('the list of commands contains localizations only if the request asks for them (#retrieving-localized-commands)', async () => {
  const loopback = await loopbackFor();
  const path = `/applications/${loopback.world().application.id}/commands`;
  const option = { type: 5, name: 'x', description: 'x', name_localizations: { de: 'y' } };
  const command = { name: 'quiz', description: 'x', description_localizations: { de: 'y' }, options: [option] };
  expect((await apiRequest(loopback, 'POST', path, command)).body).toMatchObject(command);
  expect((await apiRequest(loopback, 'GET', `${path}?with_localizations=true`)).body).toMatchObject([command]);
  const listed = (await apiRequest(loopback, 'GET', path)).body;
  expect(listed).toMatchObject([{ name: 'quiz', options: [{ name: 'x' }] }]);
  expect(JSON.stringify(listed)).not.toContain('localizations');
});
