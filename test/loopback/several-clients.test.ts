/**
 * Tests several clients of one bot. Each client has some of the bot's shards. Source: Discord documentation,
 * events/gateway#sharding.
 */
import { REST } from '@discordjs/rest';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { apiRequest, answerOf, joinMember, loopbackFor, openSocket, realBot } from './real-bot.ts';

test('each of two clients gets only the interactions in the guilds of its shard, and the client with shard 0 also gets the interactions in DMs', async () => {
  const loopback = await loopbackFor();
  const { guilds, application } = loopback.world();
  const shardOf = (id = '') => Number((BigInt(id) >> 22n) % 2n);
  expect(new Set(guilds.map(({ id }) => shardOf(id)))).toEqual(new Set([0, 1]));
  for (const shard of [0, 1])
    await realBot(loopback, (one) => one.isChatInputCommand() && one.reply(`shard ${shard}`), undefined, {
      shards: [shard],
      shardCount: 2,
    });
  const commands = `/applications/${application.id}/commands`;
  await apiRequest(loopback, 'POST', commands, { name: 'where', description: 'Which client' });
  for (const { id, channels } of guilds) {
    const ana = await joinMember(loopback, 'ana', id);
    const answer = answerOf(await ana.command(channels[0]?.name ?? '', '/where'));
    expect(answer.content).toBe(`shard ${shardOf(id)}`);
  }
  const ben = await joinMember(loopback, 'ben');
  await ben.openDm();
  expect(answerOf(await ben.command('dm', '/where')).content).toBe('shard 0');
});

test('all clients of one bot together can send 50 requests a second', async () => {
  const loopback = await loopbackFor({ clock: virtualClock() });
  const clients = [0, 1].map(() =>
    new REST({ api: loopback.api, rejectOnRateLimit: () => true }).setToken(loopback.world().botToken),
  );
  const ask = async (count: number) => {
    const asked = clients.flatMap((client) => Array.from({ length: count }, () => client.get('/users/@me')));
    return (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected').length;
  };
  expect(await ask(25)).toBe(0);
  expect(await ask(1)).toBe(2);
});

test('each bucket of shards accepts only one Identify payload in five seconds, even if several clients send payloads', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, gateway: { maxConcurrency: 2, concurrencyMs: 5_000 } });
  const identify = async (shard: number) => {
    const socket = openSocket(loopback.url);
    await socket.until(({ op }) => op === 10);
    socket.identify(loopback.world().botToken, { shard: [shard, 4] });
    const { op } = await socket.until(({ op: code, t }) => code === 9 || t === 'READY');
    return op === 9 ? 'later' : 'ready';
  };
  expect([await identify(0), await identify(1), await identify(2), await identify(3)]).toEqual([
    'ready',
    'ready',
    'later',
    'later',
  ]);
  await clock.advance(5_000);
  expect([await identify(2), await identify(3)]).toEqual(['ready', 'ready']);
});
