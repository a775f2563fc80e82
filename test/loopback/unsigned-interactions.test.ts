/**
 * Tests that the bot receives interactions only over its gateway connection. The bot has no HTTP endpoint for
 * interactions, so nobody can send an interaction with a missing, wrong or stolen signature to the bot.
 */
import { expect, test } from 'vitest';
import { caspian } from '../support/caspian.ts';
import { seen } from '../support/seen.ts';

test('T14: an interaction that is posted over HTTP, signed or not, reaches neither the bot nor the store', async () => {
  const { loopback, store } = await caspian();
  const ana = loopback.world().members[0]?.id ?? '';
  const guild = loopback.world().guilds[0];
  const body = JSON.stringify({
    id: '1500000000000000001',
    type: 2,
    token: 'forged',
    data: { id: '1', name: 'quiz', type: 1, options: [{ type: 1, name: 'group' }] },
    guild_id: guild?.id,
    channel_id: guild?.channels[0]?.id,
    member: { user: { id: ana, username: 'ana' }, permissions: '8', roles: [] },
  });
  const before = loopback.log.filter(({ caller }) => caller === 'bot').length;
  const signed = { 'x-signature-ed25519': '0'.repeat(128), 'x-signature-timestamp': '1795435200' };
  const paths = [loopback.url, `${loopback.url}/interactions`];
  const statuses: number[] = [];
  for (const path of paths)
    for (const headers of [{}, signed]) {
      const { status } = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      statuses.push(status);
    }
  expect(Math.min(...statuses)).toBeGreaterThanOrEqual(400);
  expect(loopback.log.filter(({ caller }) => caller === 'bot').length).toBe(before);
  expect(await store.keys('round/', '')).toEqual([]);
  seen(`status ${[...new Set(statuses)].join(' and ')}`);
});
