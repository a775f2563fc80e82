/**
 * Tests interactions that members send to a discord.js bot, and the replies of the bot. Source: Discord documentation,
 * interactions/receiving-and-responding.
 */
import {
  ApplicationCommandOptionType as Type,
  ButtonStyle,
  ComponentType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
  type Interaction,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { LoopbackOptions } from '../../src/loopback/loopback.ts';
import { RefusedRequest } from '../../src/loopback/member-client.js';
import { flat, labelsOf, textOf } from '../../src/loopback/seen-message.ts';
import {
  answerOf,
  apiRequest,
  channelId,
  joinMember,
  deferred,
  loopbackFor,
  realBot,
  type Answer,
} from './real-bot.ts';

const text = (content: string) => ({ type: ComponentType.TextDisplay, content }) as const;
const buttons = (...labels: readonly string[]) =>
  ({
    type: ComponentType.ActionRow,
    components: labels.map(
      (label) =>
        ({ type: ComponentType.Button, style: ButtonStyle.Primary, label, custom_id: `press.${label}` }) as const,
    ),
  }) as const;
const v2 = (...components: readonly (ReturnType<typeof text> | ReturnType<typeof buttons>)[]) =>
  ({ flags: MessageFlags.IsComponentsV2, components }) as const;

async function setUp(answer: (interaction: Interaction) => unknown, options: Partial<LoopbackOptions> = {}) {
  const loopback = await loopbackFor(options);
  const bot = await realBot(loopback, answer);
  await bot.application.commands.set([
    {
      name: 'quiz',
      description: 'A quiz',
      options: [
        {
          type: Type.Subcommand,
          name: 'group',
          description: 'Together',
          options: [
            { type: Type.String, name: 'topic', description: 'What about', required: true, autocomplete: true },
            { type: Type.Integer, name: 'questions', description: 'How many', minValue: 1, maxValue: 20 },
            { type: Type.User, name: 'rival', description: 'Against whom' },
          ],
        },
      ],
    },
  ]);
  return { loopback, bot, ana: await joinMember(loopback, 'ana'), ben: await joinMember(loopback, 'ben') };
}

test('discord.js gets all fields of a submitted command', async () => {
  const heard = deferred<object>();
  const { loopback, ana, ben } = await setUp(async (interaction) => {
    if (!interaction.isChatInputCommand() || !interaction.inCachedGuild()) return;
    await interaction.reply(v2(text('Ready?'), buttons('Join', 'Start')));
    heard.resolve({
      sub: interaction.options.getSubcommand(),
      topic: interaction.options.getString('topic'),
      questions: interaction.options.getInteger('questions'),
      rival: interaction.options.getMember('rival')?.user.username,
      user: interaction.user.globalName,
      channel: interaction.channel?.name,
      locale: [interaction.locale, interaction.guildLocale],
      maySend: interaction.appPermissions.has('SendMessages'),
      isOwner: interaction.memberPermissions.has('ManageGuild'),
      context: interaction.context,
    });
  });
  const outcome = await ana.command('general', '/quiz group', { topic: 'Rasht', questions: 3, rival: ben.id });
  expect(await heard.promise).toEqual({
    sub: 'group',
    topic: 'Rasht',
    questions: 3,
    rival: 'ben',
    user: 'Ana',
    channel: 'general',
    locale: ['en-US', 'en-US'],
    maySend: true,
    isOwner: true,
    context: 0,
  });
  const card = answerOf(outcome);
  expect(textOf(card)).toBe('Ready?');
  expect(labelsOf(card)).toEqual(['Join', 'Start']);
  expect(card.interaction_metadata).toMatchObject({ type: 2, user: { id: ana.id } });
  expect((await ben.waitFor(({ id }) => id === card.id)).components).toEqual(card.components);
  expect((await ben.messages('general')).map(({ id }) => id)).toEqual([card.id]);
  expect(loopback.unknownRoutes).toEqual([]);
  expect(loopback.log.find(({ route }) => route?.endsWith('/callback'))).toMatchObject({ caller: 'none', status: 204 });
});

test('a button press can update the message for all members', async () => {
  const { ana, ben } = await setUp((interaction) => {
    if (interaction.isChatInputCommand()) return interaction.reply(v2(text('Q1'), buttons('A', 'B')));
    if (!interaction.isButton()) return undefined;
    return interaction.update(v2(text(`${interaction.user.username} chose ${interaction.customId}`), buttons('C')));
  });
  const card = answerOf(await ana.command('general', '/quiz group', { topic: 'x' }));
  const after = answerOf(await ben.press(await ben.waitFor(({ id }) => id === card.id), 'B'));
  expect(textOf(after)).toBe('ben chose press.B');
  await ana.waitFor(({ id, components }) => id === card.id && textOf({ content: '', components }).includes('ben'));
  const refused = await ben.press(card, 'press.B').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RefusedRequest);
  expect((refused as RefusedRequest).body).toMatchObject({
    code: 50035,
    errors: { data: { _errors: [{ code: 'COMPONENT_VALIDATION_FAILED' }] } },
  });
});

test('a disabled button cannot be pressed', async () => {
  const { ana } = await setUp((interaction) => {
    if (!interaction.isRepliable()) return undefined;
    const { type, components } = buttons('A');
    const row = { type, components: components.map((button) => ({ ...button, disabled: true })) };
    return interaction.reply({ content: 'Too late', components: [row] });
  });
  const card = answerOf(await ana.command('general', '/quiz group', { topic: 'x' }));
  await expect(ana.press(card, 'A')).rejects.toMatchObject({ status: 400, body: { code: 50035 } });
});

test('with the option withResponse, discord.js gets the message of the reply', async () => {
  const told = deferred<string | undefined>();
  const { ana } = await setUp(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const { resource } = await interaction.reply({ content: 'here', withResponse: true });
    told.resolve(resource?.message?.id);
  });
  const card = answerOf(await ana.command('general', '/quiz group', { topic: 'x' }));
  expect(await told.promise).toBe(card.id);
});

test('a select menu accepts at most max_values of its options, and each option only once', async () => {
  const menu = {
    type: 3,
    custom_id: 'pick',
    options: ['a', 'b', 'c'].map((value) => ({ label: value, value })),
  } as const;
  const { ana } = await setUp((interaction) => {
    const row = { type: 1, components: [{ ...menu, max_values: 2 }] } as const;
    if (interaction.isChatInputCommand()) return interaction.reply({ content: 'Pick', components: [row] });
    if (!interaction.isStringSelectMenu()) return undefined;
    return interaction.reply({ content: interaction.values.join('+'), flags: MessageFlags.Ephemeral });
  });
  const card = answerOf(await ana.command('general', '/quiz group', { topic: 'x' }));
  expect(textOf(answerOf(await ana.press(card, 'pick', ['a', 'c'])))).toBe('a+c');
  for (const values of [['d'], [], ['a', 'a'], ['a', 'b', 'c']])
    await expect(ana.press(card, 'pick', values)).rejects.toMatchObject({ status: 400, body: { code: 50035 } });
});

test('a deferred reply shows a loading message, and an edit or the first follow-up replaces the loading message', async () => {
  const { bot, ana } = await setUp(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    if (interaction.options.getString('topic') === 'edit') await interaction.editReply(v2(text('edited')));
    else await interaction.followUp(v2(text('followed')));
    await interaction.followUp({ content: 'and more' });
  });
  for (const [topic, said] of [
    ['edit', 'edited'],
    ['follow', 'followed'],
  ] as const) {
    const waiting = answerOf(await ana.command('general', '/quiz group', { topic }));
    const filled = await ana.waitFor((message) => message.id === waiting.id && textOf(message) === said);
    expect(filled.flags).toBe(MessageFlags.IsComponentsV2);
    await ana.waitFor((message) => message.content === 'and more' && BigInt(message.id) > BigInt(waiting.id));
  }
  expect((await ana.messages('general')).map(textOf)).toEqual(['and more', 'followed', 'and more', 'edited']);
  expect(bot.user.username).toBe('Caspian');
});

test('only the member who used the command sees an ephemeral reply', async () => {
  const { loopback, ana, ben } = await setUp(async (interaction) => {
    if (interaction.isButton()) return interaction.update({ components: [text('changed')] });
    if (!interaction.isChatInputCommand()) return undefined;
    await interaction.reply({ ...v2(text('secret'), buttons('Go')), flags: ['Ephemeral', 'IsComponentsV2'] });
    return interaction.channel?.isSendable() && interaction.channel.send('public');
  });
  const secret = answerOf(await ana.command('general', '/quiz group', { topic: 'x' }));
  await ben.waitFor(({ content }) => content === 'public');
  expect(ben.seen().map(textOf)).toEqual(['public']);
  expect(ana.ephemeral().map(textOf)).toEqual(['secret']);
  for (const member of [ana, ben]) expect((await member.messages('general')).map(textOf)).toEqual(['public']);
  await expect(ben.press(secret, 'press.Go')).rejects.toMatchObject({ body: { code: 10008 } });
  expect(textOf(answerOf(await ana.press(secret, 'Go')))).toBe('changed');
  await ana.say('general', 'done');
  await ben.waitFor(({ content }) => content === 'done');
  expect(ben.events.some(({ t, d }) => t === 'MESSAGE_UPDATE' && d['id'] === secret.id)).toBe(false);
  const byBot = await apiRequest(loopback, 'PATCH', `/channels/${channelId(loopback)}/messages/${secret.id}`, {
    content: 'x',
  });
  expect(byBot).toMatchObject({ status: 404, body: { code: 10008 } });
});

test('autocomplete suggests values, but a member can also submit a command with a value that was not suggested', async () => {
  const { ana } = await setUp((interaction) => {
    if (interaction.isAutocomplete()) {
      const { name, value } = interaction.options.getFocused(true);
      return interaction.respond([{ name: `${name}: ${value}`, value: 'id-1' }]);
    }
    return interaction.isChatInputCommand()
      ? interaction.reply(`${interaction.options.getString('topic')}!`)
      : undefined;
  });
  expect(await ana.autocomplete('general', '/quiz group', 'topic', 'ra')).toEqual([
    { name: 'topic: ra', value: 'id-1' },
  ]);
  expect(answerOf(await ana.command('general', '/quiz group', { topic: 'free' })).content).toBe('free!');
});

test('only the member for whom a modal was opened can submit the modal', async () => {
  const { ana, ben } = await setUp(async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.showModal(
        new ModalBuilder()
          .setTitle('Closest year')
          .setCustomId('year')
          .addLabelComponents(
            new LabelBuilder()
              .setLabel('Which year?')
              .setTextInputComponent(
                new TextInputBuilder()
                  .setCustomId('year.value')
                  .setStyle(TextInputStyle.Short)
                  .setMinLength(4)
                  .setMaxLength(4),
              ),
          ),
      );
    else if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue('year.value'));
  });
  const outcome = await ana.command('general', '/quiz group', { topic: 'x' });
  if (outcome.kind !== 'modal') throw new Error(JSON.stringify(outcome));
  expect(flat(outcome.modal.components).map(({ custom_id }) => custom_id)).toEqual([undefined, 'year.value']);
  await expect(ana.submit(outcome.modal, { 'year.value': '12' })).rejects.toMatchObject({ body: { code: 50035 } });
  await expect(ben.submit(outcome.modal, { 'year.value': '1921' })).rejects.toMatchObject({ body: { code: 50035 } });
  expect(answerOf(await ana.submit(outcome.modal, { 'year.value': '1921' })).content).toBe('1921');
});

test('a DM with the bot is not visible to other members', async () => {
  const { bot, ana, ben } = await setUp((interaction) =>
    interaction.isChatInputCommand() ? interaction.reply(`Hello in ${interaction.context}`) : undefined,
  );
  await ana.openDm();
  expect(answerOf(await ana.command('dm', '/quiz group', { topic: 'x' })).content).toBe('Hello in 1');
  const dm = await bot.users.createDM(ana.id);
  await dm.send('From the bot');
  await ana.waitFor(({ content }) => content === 'From the bot');
  expect(ben.seen()).toEqual([]);
  await expect(ben.messages(dm.id)).rejects.toMatchObject({ status: 403, body: { code: 50001 } });
});

test('a bot can create, edit and delete messages, and an enforced nonce prevents duplicates', async () => {
  const { loopback, bot, ana } = await setUp(() => undefined);
  const channel = bot.channels.cache.get(channelId(loopback));
  if (!channel?.isSendable()) throw new Error('no channel');
  const first = await channel.send({ ...v2(text('one')), nonce: '42', enforceNonce: true });
  const again = await channel.send({ ...v2(text('one')), nonce: '42', enforceNonce: true });
  expect(again.id).toBe(first.id);
  await first.edit({ components: [text('two')] });
  expect((await ana.messages('general')).map(textOf)).toEqual(['two']);
  await first.delete();
  expect(await ana.messages('general')).toEqual([]);
  expect(ana.events.filter(({ t }) => t.startsWith('MESSAGE')).map(({ t }) => t)).toEqual([
    'MESSAGE_CREATE',
    'MESSAGE_UPDATE',
    'MESSAGE_DELETE',
  ]);
  await expect(first.edit({ components: [text('three')] })).rejects.toMatchObject({ code: 10008 });
});

const names = (body: Answer['body']) => (body['mentions'] as { username: string }[]).map(({ username }) => username);

test('a message lists the users that it mentions', async () => {
  const { loopback, ana } = await setUp(() => undefined, { rateLimits: 'off' });
  const send = async (content: string, allowed_mentions?: object) =>
    (await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, { content, allowed_mentions }))
      .body;
  const line = `<@${ana.id}> and @everyone`;
  expect(names(await send(line))).toEqual(['ana']);
  expect(names(await send(line, { parse: [] }))).toEqual([]);
  expect(names(await send(line, { users: [ana.id] }))).toEqual(['ana']);
  expect(await send(line)).toMatchObject({ mention_everyone: false });
  const posted = await send(line, { parse: [] });
  const edited = await apiRequest(loopback, 'PATCH', `/channels/${channelId(loopback)}/messages/${posted.id}`, {
    content: line,
  });
  expect(names(edited.body)).toEqual(['ana']);
  const both = await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, {
    content: line,
    allowed_mentions: { parse: ['users'], users: [ana.id] },
  });
  expect(both).toMatchObject({ status: 400, body: { code: 50035 } });
});
