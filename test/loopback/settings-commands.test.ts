/** Tests the commands `/setup` and `/me delete` with the real discord.js client. */
import { expect, test } from 'vitest';
import { caspian } from '../support/caspian.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { answerOf } from './real-bot.ts';

test('only members who may manage the server see /setup', async () => {
  const { member } = await caspian();
  const [ana, ben] = [await member('ana'), await member('ben')];
  const [first] = await ana.autocomplete('general', '/setup board', 'time-zone', 'mosc');
  expect(first).toEqual({ name: 'Europe/Moscow', value: 'Europe/Moscow' });
  const saved = answerOf(await ana.command('general', '/setup board', { show: 'off', 'time-zone': 'Europe/Moscow' }));
  expect(saved.flags & 64).toBe(64);
  expect(textOf(saved)).toContain('Europe/Moscow');
  expect(textOf(saved)).toContain('**Leaderboard:** off');
  await expect(ben.command('general', '/setup show')).rejects.toThrow('cannot find /setup');
});

test('if a starter role is set, only members with this role can open rounds', async () => {
  const { member, loopback } = await caspian();
  const [ana, ben, cem] = [await member('ana'), await member('ben'), await member('cem')];
  const guild = loopback.world().guilds[0]?.id ?? '';
  const role = (await ana.request('POST', `/guilds/${guild}/roles`, { name: 'Starters' })) as { readonly id: string };
  await ana.request('PUT', `/guilds/${guild}/members/${cem.id}/roles/${role.id}`);
  const chosen = answerOf(await ana.command('general', '/setup quiz', { 'starter-role': role.id }));
  expect(textOf(chosen)).toContain(`members with <@&${role.id}>`);
  const refused = answerOf(await ben.command('general', '/quiz group', { questions: 3 }));
  expect(textOf(refused)).toContain(`<@&${role.id}>`);
  expect(refused.flags & 64).toBe(64);
  const lobby = answerOf(await cem.command('general', '/quiz group', { questions: 3 }));
  expect(textOf(lobby)).toContain('invites you');
  await cem.press(lobby, 'Cancel round');
  const open = answerOf(await ana.command('general', '/setup quiz', { 'starter-role': guild }));
  expect(textOf(open)).toContain('**Who opens group rounds:** everybody');
  const second = answerOf(await ben.command('quiz-night', '/quiz group', { questions: 3 }));
  expect(textOf(second)).toContain('invites you');
});

test('/me delete deletes the data of a member only if the member ticks the checkbox in the modal', async () => {
  const { member } = await caspian();
  const ana = await member('ana');
  const card = answerOf(await ana.command('general', '/me settings'));
  await ana.press(card, 'Extra time', ['2']);
  const opened = await ana.command('general', '/me delete');
  if (opened.kind !== 'modal') throw new Error(JSON.stringify(opened));
  expect(opened.modal.title).toBe('Delete what is stored about you, for good');
  const [told, , kept] = opened.modal.components.map((one) => String(Reflect.get(one, 'content')).split('\n'));
  expect(told?.slice(0, 2)).toEqual([
    '**This deletes, on every server and in private:**',
    '- your scores, days in a row and missed facts',
  ]);
  expect(kept).toEqual([
    '**This stays:**',
    '- if a server has left you out of its leaderboards, that stays so, as it is the server’s decision',
    '- messages in channels, which belong to Discord',
    'To have all of it as a file, type /me export first.',
  ]);
  expect(textOf(answerOf(await ana.submit(opened.modal, { sure: false })))).toContain('Nothing was deleted');
  const again = await ana.command('general', '/me delete');
  if (again.kind !== 'modal') throw new Error(JSON.stringify(again));
  expect(textOf(answerOf(await ana.submit(again.modal, { sure: true })))).toContain('Deleted:');
  const now = JSON.stringify(answerOf(await ana.command('general', '/me settings')).components);
  expect(now).toMatch(/"value":"1","default":true/);
});

test('/setup check with the option `channel` checks the permissions that Discord sends for the chosen channel', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const channels = loopback.world().guilds[0]?.channels ?? [];
  const other = channels.find(({ name }) => name === 'quiz-night')?.id ?? '';
  const check = async () => textOf(answerOf(await ana.command('general', '/setup check', { channel: other })));
  expect(await check()).toContain('I have every permission that I need.');
  loopback.faults.revoke('SEND_MESSAGES', other);
  const lacks = await check();
  expect(lacks).toContain(`What I may do in <#${other}>`);
  expect(lacks).toContain('**Send Messages**');
  expect(textOf(answerOf(await ana.command('general', '/setup check')))).toContain('I have every permission');
  const ben = await member('ben');
  const excluded = answerOf(await ana.command('general', '/setup board', { exclude: ben.id }));
  expect(textOf(excluded)).toContain('Ben is left out of the leaderboards');
  const listed = answerOf(await ana.command('general', '/setup channels', { allow: other }));
  expect(textOf(listed)).toContain(`**Where group rounds are opened:** in <#${other}>`);
});

test('the select menu for the channels of group rounds preselects the channels that are already chosen', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const [first = '', second = ''] = (loopback.world().guilds[0]?.channels ?? []).map(({ id }) => id);
  const card = answerOf(await ana.command('general', '/setup channels'));
  const both = answerOf(await ana.press(card, 'Rounds in every channel', [first, second]));
  expect(textOf(both)).toContain(`**Where group rounds are opened:** in <#${first}>, <#${second}>`);
  const current = [first, second].map((id) => ({ id, type: 'channel' }));
  expect(JSON.stringify(both.components)).toContain(`"default_values":${JSON.stringify(current)}`);
  const none = answerOf(await ana.press(both, 'Rounds in every channel', []));
  expect(textOf(none)).toContain('**Where group rounds are opened:** in every channel');
  expect(textOf(none)).toContain('With none chosen, it is every channel, also those made later.');
});
