/**
 * Tests user-installed apps. Sources: https://discord.com/developers/docs/interactions/application-commands#contexts,
 * https://discord.com/developers/docs/interactions/receiving-and-responding, and the sections cited in test names.
 */
import {
  ApplicationIntegrationType as Install,
  InteractionContextType as Context,
  MessageFlags,
  PermissionFlagsBits as Bit,
  type Interaction,
  type RepliableInteraction,
} from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { answerOf, joinMember, deferred, loopbackFor, realBot } from './real-bot.ts';

const row = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] } as const;

const ownersOf = ({ authorizingIntegrationOwners: { guildId, userId } }: RepliableInteraction) => ({
  ...(guildId !== null && { 0: guildId }),
  ...(userId !== null && { 1: userId }),
});

/** Ana has installed the app for herself. The app's bot has been removed from the guild, unless `stays` is true. */
async function setUp(answer: (interaction: RepliableInteraction) => unknown, stays = false) {
  const loopback = await loopbackFor({ clock: virtualClock(), rateLimits: 'off' });
  const bot = await realBot(loopback, (each: Interaction) => each.isRepliable() && answer(each));
  const contexts = [Context.Guild, Context.BotDM, Context.PrivateChannel];
  await bot.application.commands.set([
    { name: 'fact', description: 'f', contexts, integrationTypes: [Install.GuildInstall, Install.UserInstall] },
    { name: 'mine', description: 'm', contexts, integrationTypes: [Install.UserInstall] },
    { name: 'quiz', description: 'q', contexts: [Context.Guild], integrationTypes: [Install.GuildInstall] },
  ]);
  const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
  const guild = loopback.world().guilds[0]?.id ?? '';
  const offered = async (member: typeof ana, path = `/guilds/${guild}`) => {
    const index = await member.request('GET', `${path}/application-command-index`);
    return (index as { application_commands: { name: string }[] }).application_commands.map(({ name }) => name);
  };
  await ana.request('POST', `/oauth2/authorize?client_id=${bot.application.id}&scope=applications.commands`, {});
  if (!stays) await ana.request('DELETE', `/guilds/${guild}/members/${bot.application.id}`);
  return { loopback, bot, ana, ben, guild, offered };
}

test('if a member has installed an app but the server has not, no other member can use the commands of the app', async () => {
  const heard = deferred<object>();
  const { ana, ben, offered } = await setUp((interaction) => {
    heard.resolve({ owners: ownersOf(interaction), context: interaction.context });
    return interaction.reply('public');
  });
  expect(await offered(ana)).toEqual(['fact', 'mine']);
  expect(await offered(ben)).toEqual([]);
  const card = answerOf(await ana.command('general', '/fact'));
  expect(await heard.promise).toEqual({ owners: { 1: ana.id }, context: 0 });
  expect((await ben.waitFor(({ id }) => id === card.id)).content).toBe('public');
});

test('an interaction names the guild and the member for which the app is installed; in a DM, the guild id is 0', async () => {
  const heard: object[] = [];
  const { ana, guild, offered } = await setUp((interaction) => {
    heard.push(ownersOf(interaction));
    return interaction.reply('ok');
  }, true);
  expect(await offered(ana)).toEqual(['fact', 'mine', 'quiz']);
  const dm = await ana.openDm();
  expect(await offered(ana, `/channels/${dm}`)).toEqual(['fact', 'mine']);
  await ana.command('general', '/fact');
  await ana.command('general', '/quiz');
  await ana.command('dm', '/fact');
  await ana.command('dm', '/mine');
  expect(heard).toEqual([{ 0: guild, 1: ana.id }, { 0: guild }, { 0: '0', 1: ana.id }, { 1: ana.id }]);
});

test('if only the member has installed the app, the sixth follow-up of the app fails with error 40094 (#create-followup-message)', async () => {
  const outcomes: unknown[] = [];
  const told = deferred<void>();
  const answer = async (interaction: RepliableInteraction) => {
    await interaction.deferReply();
    // The first follow-up after a deferred callback becomes the reply, so it does not count as a follow-up.
    await interaction.followUp('answer');
    for (let count = 1; count <= 6; count++)
      outcomes.push(
        await interaction.followUp({ content: `${count}`, flags: MessageFlags.Ephemeral }).then(
          ({ content }) => content,
          (error: unknown) => error,
        ),
      );
    await interaction.editReply('edited all the same');
    told.resolve();
  };
  const { ana } = await setUp(answer);
  await ana.command('general', '/fact');
  await told.promise;
  expect(outcomes.slice(0, 5)).toEqual(['1', '2', '3', '4', '5']);
  expect(outcomes[5]).toMatchObject({ status: 400, code: 40_094 });
});

test('if a member lacks USE_EXTERNAL_APPS, replies of user-installed apps are ephemeral (topics/permissions)', async () => {
  const { loopback, ana, ben, guild } = await setUp((interaction) => interaction.reply({ content: 'x' }));
  const role = `/guilds/${guild}/roles/${guild}`;
  const { permissions } = ((await ana.request('GET', `/guilds/${guild}/roles`)) as { permissions: string }[])[0] ?? {};
  // Ana owns the guild and has all permissions, so the test needs a second member who installs the app.
  const install = `/oauth2/authorize?client_id=${loopback.world().application.id}`;
  await ben.request('POST', install, {});
  expect(answerOf(await ben.command('general', '/fact')).flags & 64).toBe(0);
  await ana.request('PATCH', role, { permissions: String(BigInt(permissions ?? 0) & ~Bit.UseExternalApps) });
  const hidden = answerOf(await ben.command('general', '/fact'));
  expect(hidden.flags & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
  expect(answerOf(await ana.command('general', '/fact')).flags & 64).toBe(0);
  expect((await ana.messages('general')).map(({ id }) => id)).not.toContain(hidden.id);
});

test('the interaction of a submitted modal has the same authorizing_integration_owners as the command that opened the modal', async () => {
  const heard: object[] = [];
  const label = { type: 18, label: 'L', component: { type: 4, custom_id: 't', style: 1, required: false } } as const;
  const { ana } = await setUp((interaction) => {
    heard.push(ownersOf(interaction));
    if (!interaction.isChatInputCommand()) return interaction.reply('ok');
    return interaction.showModal({ title: 'T', custom_id: 'm', components: [label] });
  });
  const shown = await ana.command('general', '/mine');
  if (shown.kind !== 'modal') throw new Error('no modal');
  await ana.submit(shown.modal, {});
  expect(heard).toEqual([{ 1: ana.id }, { 1: ana.id }]);
});

test('if another member presses a button, the interaction still names the member who installed the app', async () => {
  const heard: object[] = [];
  const { ana, ben } = await setUp((interaction) => {
    heard.push(ownersOf(interaction));
    return interaction.reply({ content: 'x', components: [row] });
  });
  const card = answerOf(await ana.command('general', '/fact'));
  await ben.press(await ben.waitFor(({ id }) => id === card.id), 'Go');
  expect(heard).toEqual([{ 1: ana.id }, { 1: ana.id }]);
});

test('an interaction contains the locale of the member and, in a guild, the guild’s locale (#interaction-object)', async () => {
  const heard: unknown[] = [];
  const { ana, guild } = await setUp((interaction) => {
    heard.push([interaction.locale, interaction.guildLocale]);
    return interaction.reply('ok');
  }, true);
  await ana.request('PATCH', '/users/@me/settings', { locale: 'de' });
  await ana.request('PATCH', `/guilds/${guild}`, { preferred_locale: 'fr' });
  await ana.command('general', '/fact');
  await ana.openDm();
  await ana.command('dm', '/fact');
  expect(heard).toEqual([
    ['de', 'fr'],
    ['de', null],
  ]);
});
