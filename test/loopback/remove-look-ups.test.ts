/**
 * Tests the select menu and the button "Remove for all" on replies to look-up commands, with the real discord.js
 * client.
 */
import { expect, test } from 'vitest';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import type { Outcome } from '../../src/loopback/loopback-member.ts';
import { caspian } from '../support/caspian.ts';

function messageOf(outcome: Outcome): SeenMessage {
  if (outcome.kind !== 'answered' || !outcome.message) throw new Error(`no message: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

test('the select menu of a card shows the chosen entry only to the member who chose the entry', async () => {
  const { member, loopback } = await caspian();
  const [ana, ben] = [await member('ana'), await member('ben')];
  const card = messageOf(await ana.command('general', '/event', { about: 'rasht' }));
  const chosen = messageOf(await ben.press(card, 'Related, for you alone', ['astara']));
  expect(chosen.flags & 64).toBe(64);
  expect(textOf(chosen)).toContain('Place · reported in the article');
  const timeline = messageOf(await ana.command('general', '/timeline', { source: 'article' }));
  const opened = messageOf(await ben.press(timeline, 'Open one, for you alone', ['bishkek-meeting']));
  expect(opened.flags & 64).toBe(64);
  expect(loopback.unknownRoutes).toEqual([]);
});

test.each([
  ['/event', { about: 'rasht' }],
  ['/timeline', {}],
])('the member who used %s can remove the reply of the bot, but other members cannot', async (command, options) => {
  const { member, loopback } = await caspian();
  const [ben, cem] = [await member('ben'), await member('cem')];
  const card = messageOf(await ben.command('general', command, options));
  expect(textOf(messageOf(await cem.press(card, 'Remove for all')))).toContain('Only the member who asked for this');
  expect(await ben.messages('general')).toHaveLength(1);
  await ben.press(card, 'Remove for all');
  await cem.event(({ t, d }) => t === 'MESSAGE_DELETE' && d['id'] === card.id);
  expect(await ben.messages('general')).toEqual([]);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('a moderator can remove the card of another member', async () => {
  const { member } = await caspian();
  const [owner, ben] = [await member('ana'), await member('ben')];
  const card = messageOf(await ben.command('general', '/event', { about: 'rasht' }));
  await owner.press(card, 'Remove for all');
  await ben.event(({ t, d }) => t === 'MESSAGE_DELETE' && d['id'] === card.id);
  expect(await ben.messages('general')).toEqual([]);
});
