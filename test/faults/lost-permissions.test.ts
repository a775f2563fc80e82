/** Tests rounds in channels where the bot lacks a permission, with the real discord.js client. */
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { labelsOf, textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

test.each(['SEND_MESSAGES', 'VIEW_CHANNEL'])(
  'F10: if the bot loses the permission %s, the round continues in the lobby message after at most two refused requests',
  async (permission) => {
    const { ana, begin, logged, loopback, press, shows } = await emulatedBot();
    const question = await begin();
    const lobby = ana.seen().find((message) => textOf(message).includes('Quiz round'))?.id;
    expect(lobby).toBeDefined();
    expect(await press('ana', question, 'A')).toContain('Locked A');
    loopback.faults.revoke(permission);
    const told = await shows('I can no longer post in this channel');
    expect(textOf(told)).toContain('I lack View Channel or Send Messages.');
    expect(labelsOf(told)).toEqual(['Go to the round']);
    const second = await shows('Question 2 of 3', lobby);
    expect(await press('ana', second, 'B')).toContain('Locked B');
    expect(textOf(await shows('Podium', lobby))).toContain('That was the last question.');
    const refused = loopback.log.filter(({ status }) => status === 403);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(2);
    expect(logged('"level":50')).toBe(0);
    seen(`${refused.length} requests with status 403, the round is played to its end in the message of its lobby`);
  },
);

test.each(['SEND_MESSAGES', 'VIEW_CHANNEL'])(
  'F10: without the permission %s and without a valid interaction token, the round ends after at most four refused requests, and the host is notified once',
  async (permission) => {
    const { ana, begin, clock, loopback, logged, press, restart, shows, store } = await emulatedBot();
    const question = await begin();
    await restart();
    await shows('Back again');
    expect(await press('ana', question, 'A')).toContain('Locked A');
    loopback.faults.revoke(permission);
    const isOver = () => clock.advance(1_000).then(() => store.keys('round/', ''));
    await expect.poll(isOver, { interval: 5 }).toEqual([]);
    const refused = loopback.log.filter(({ status }) => status === 403);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(4);
    const told = ana.seen().filter((message) => textOf(message).startsWith('I cannot post in this channel'));
    expect(told.map(textOf)).toEqual([expect.stringContaining('I lack View Channel or Send Messages')]);
    expect(logged('"level":50')).toBe(0);
    loopback.faults.restore(permission);
    expect(textOf(messageOf(await ana.command('general', '/quiz group')))).toContain('invites you');
    seen(`${refused.length} requests with status 403, one message to the host, a new round can begin afterwards`);
  },
);

test('F10: if an overwrite forbids the bot to post in threads, the round moves from its thread to the channel', async () => {
  const { ana, loopback, press, shows } = await emulatedBot();
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 20 }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  expect(question.channel_id).not.toBe(lobby.channel_id);
  const route = `/channels/${lobby.channel_id}/permissions/${loopback.world().application.id}`;
  await ana.request('PUT', route, { type: 1, deny: String(PermissionFlagsBits.SendMessagesInThreads) });
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const told = await shows('I can no longer post in the thread');
  expect(textOf(told)).toContain('I lack View Channel or Send Messages in Threads. The round goes on in the channel.');
  const second = await shows('Question 2 of 3');
  expect(second.channel_id).toBe(lobby.channel_id);
  await ana.request('PUT', route, { type: 1, deny: String(PermissionFlagsBits.SendMessages) });
  expect(await press('ana', second, 'B')).toContain('Locked B');
  await shows('Question 3 of 3', lobby.id);
  seen('the second question is in the channel, the third in the message of the lobby');
});

async function inOneMessage() {
  const bot = await emulatedBot();
  bot.loopback.faults.revoke('SEND_MESSAGES');
  const options = { questions: 3, seconds: 60, pace: 'host' };
  const lobby = messageOf(await bot.ana.command('general', '/quiz group', options));
  await bot.ana.press(lobby, 'Start now');
  await bot.shows('Question 1 of 3', lobby.id);
  const card = () => bot.ana.seen().find(({ id }) => id === lobby.id) ?? lobby;
  const expired = () => bot.loopback.log.filter(({ status }) => status === 401).length;
  return { ...bot, card, expired };
}

// The bot passes these tests because each press brings a new token, and the round ends before its newest token expires.
test('F21: a round in a single message can last 20 minutes, because the bot edits the message with the tokens of later presses', async () => {
  const { advance, ana, card, clock, expired, shows } = await inOneMessage();
  const began = clock.now();
  while (clock.now() - began < 20 * 60_000) {
    const label = ['A', 'Host controls', 'Join'].find((one) => labelsOf(card()).includes(one));
    if (label === undefined) break;
    await ana.press(card(), label);
    await advance(4 * 60_000, 20_000);
  }
  expect(textOf(await shows('Podium', card().id))).toContain('That was the last question.');
  expect(clock.now() - began).toBeGreaterThan(15 * 60_000);
  expect(expired()).toBe(0);
  seen('the podium is shown, and no request uses an expired token');
});

test('F21: if nobody presses a button, a round in a single message ends before the interaction token expires', async () => {
  const { advance, card, expired } = await inOneMessage();
  await advance(15 * 60_000 + 1_000, 20_000);
  expect(textOf(card())).toContain('Podium');
  expect(labelsOf(card())).not.toContain('A');
  expect(expired()).toBe(0);
  seen('the end is shown in time');
});
