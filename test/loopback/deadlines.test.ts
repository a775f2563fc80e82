/**
 * Tests the deadlines of interactions and of interaction tokens. Source: Discord documentation,
 * interactions/receiving-and-responding.
 */
import { ComponentType, MessageFlags, type ChatInputCommandInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { answerOf, apiRequest, joinMember, deferred, loopbackFor, realBot } from './real-bot.ts';
import { timestampOf } from '../../src/loopback/snowflake.ts';

/** Ana uses a command. The test decides when the bot replies. */
async function asked() {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const heard = deferred<ChatInputCommandInteraction>();
  const bot = await realBot(loopback, (interaction) => interaction.isChatInputCommand() && heard.resolve(interaction));
  await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
  const ana = await joinMember(loopback, 'ana');
  const outcome = ana.command('general', '/fact');
  return { clock, loopback, ana, outcome, interaction: await heard.promise };
}

test('if the bot replies three seconds after the command, the reply fails with error 10062', async () => {
  const { clock, ana, outcome, interaction } = await asked();
  await clock.advance(2_999);
  expect(ana.events.some(({ t }) => t === 'INTERACTION_FAILURE')).toBe(false);
  await clock.advance(1);
  expect(await outcome).toEqual({ kind: 'failed', reason: 2 });
  await expect(interaction.reply('late')).rejects.toMatchObject({ status: 404, code: 10062 });
  expect(await ana.messages('general')).toEqual([]);
});

test('a second callback to the same interaction fails with error 40060', async () => {
  const { loopback, ana, outcome, interaction } = await asked();
  await interaction.reply('first');
  const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
  const second = await apiRequest(loopback, 'POST', path, { type: 4, data: { content: 'second' } }, '');
  expect(second).toMatchObject({ status: 400, body: { code: 40060 } });
  expect(answerOf(await outcome).content).toBe('first');
  expect((await ana.messages('general')).map(({ content }) => content)).toEqual(['first']);
});

test('requests with an interaction token fail with error 50027 after 15 minutes', async () => {
  const { clock, loopback, outcome, interaction } = await asked();
  await interaction.reply('first');
  const { id, channel_id } = answerOf(await outcome);
  await clock.advance(15 * 60_000 - 1);
  await interaction.editReply('in time');
  await clock.advance(1);
  await expect(interaction.editReply('late')).rejects.toMatchObject({ status: 401, code: 50027 });
  await expect(interaction.followUp('late')).rejects.toMatchObject({ status: 401, code: 50027 });
  expect(
    await apiRequest(loopback, 'PATCH', `/channels/${channel_id}/messages/${id}`, { content: 'by the bot' }),
  ).toMatchObject({
    status: 200,
    body: { content: 'by the bot' },
  });
});

test('requests to the webhook of an interaction get status 404 until the bot has sent the callback', async () => {
  const { loopback, interaction } = await asked();
  const webhook = `/webhooks/${interaction.applicationId}/${interaction.token}`;
  expect(await apiRequest(loopback, 'POST', webhook, { content: 'early' }, '')).toMatchObject({
    status: 404,
    body: { code: 10015 },
  });
  const callback = `/interactions/${interaction.id}/${interaction.token}/callback`;
  for (const type of [1, 6, 7, 8, 12, undefined]) {
    const answer = await apiRequest(loopback, 'POST', callback, { type, data: {} }, '');
    expect(answer).toMatchObject({ status: 400, body: { code: 50035, errors: { type: {} } } });
  }
  expect(
    await apiRequest(loopback, 'POST', `${callback}?with_response=true`, { type: 5, data: { flags: 64 } }, ''),
  ).toMatchObject({
    status: 200,
    body: {
      interaction: { id: interaction.id, response_message_ephemeral: true, response_message_loading: true },
      resource: { type: 5, message: { flags: 64 | 128 } },
    },
  });
  const wrongToken = `/interactions/${interaction.id}/nonsense/callback`;
  expect(await apiRequest(loopback, 'POST', wrongToken, { type: 5 }, '')).toMatchObject({
    status: 404,
    body: { code: 10062 },
  });
});

test('an interaction token gives access only to the messages of that interaction', async () => {
  const { loopback, ana, outcome, interaction } = await asked();
  await interaction.reply({
    components: [{ type: ComponentType.TextDisplay, content: 'hi' }],
    flags: MessageFlags.IsComponentsV2,
  });
  const answer = answerOf(await outcome);
  expect((await interaction.fetchReply()).id).toBe(answer.id);
  const said = await ana.say('general', 'mine');
  const webhook = `/webhooks/${interaction.applicationId}/${interaction.token}/messages`;
  expect(await apiRequest(loopback, 'GET', `${webhook}/${said.id}`, undefined, '')).toMatchObject({
    body: { code: 10008 },
  });
  const more = await interaction.followUp({ content: 'more', flags: MessageFlags.Ephemeral });
  expect(ana.ephemeral().map(({ content }) => content)).toEqual(['more']);
  await interaction.deleteReply(more);
  expect(ana.ephemeral()).toEqual([]);
  await interaction.deleteReply();
  expect((await ana.messages('general')).map(({ content }) => content)).toEqual(['mine']);
  await expect(interaction.fetchReply()).rejects.toMatchObject({ code: 10008 });
});

test('snowflake ids contain the current time and always increase', async () => {
  const { clock, ana } = await asked();
  const first = await ana.say('general', 'one');
  const second = await ana.say('general', 'two');
  expect(timestampOf(first.id)).toBe(clock.now());
  expect(BigInt(second.id)).toBeGreaterThan(BigInt(first.id));
  await clock.advance(60_000);
  const third = await ana.say('general', 'three');
  expect(timestampOf(third.id) - timestampOf(first.id)).toBe(60_000);
  expect(third.id).toMatch(/^\d{17,19}$/);
});
