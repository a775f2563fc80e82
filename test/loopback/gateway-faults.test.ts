/** Failures of the gateway on demand, each judged by what the real client does about it. */
import { Events, GatewayIntentBits, type Client } from 'discord.js';
import { expect, test } from 'vitest';
import type { Faults } from '../../src/loopback/faults.ts';
import { atOnce, bare, channelId, connected, joined, loopbackFor, realBot } from './real-bot.ts';

/** A real client, and the messages it heard of, by nonce. */
async function listening(options: Parameters<typeof loopbackFor>[0] = {}) {
  const loopback = await loopbackFor(options);
  const bot = await realBot(loopback, undefined, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages], atOnce);
  bot.on(Events.Error, () => undefined);
  const heard: string[] = [];
  const waits: (() => void)[] = [];
  // The raw packets: of a message that it knows the client itself says nothing.
  bot.on(Events.Raw, ({ t, d }: { t: string | null; d: { nonce?: string } }) => {
    if (t !== 'MESSAGE_CREATE') return;
    heard.push(String(d.nonce));
    for (const wait of waits.splice(0)) wait();
  });
  const ana = await joined(loopback, 'ana');
  const say = (nonce: string) =>
    ana.request('POST', `/channels/${channelId(loopback)}/messages`, { content: nonce, nonce });
  const until = async (last: string) => {
    while (!heard.includes(last)) await new Promise<void>((resolve) => waits.push(resolve));
  };
  return { loopback, bot, heard, say, until, ana };
}

type Disturb = (faults: Faults) => void;
/** docs, reference (events may be lost, come once or come several times): what is told as one, two, three. */
const disturbances: readonly (readonly [name: string, Disturb, heard: readonly string[]])[] = [
  ['nothing', () => undefined, ['one', 'two', 'three']],
  ['duplicate', (faults) => faults.disruptEvents('duplicate'), ['one', 'one', 'two', 'three']],
  ['duplicate two', (faults) => faults.disruptEvents('duplicate', { times: 2 }), ['one', 'one', 'two', 'two', 'three']],
  ['drop', (faults) => faults.disruptEvents('drop'), ['two', 'three']],
  ['reorder', (faults) => faults.disruptEvents('reorder'), ['two', 'one', 'three']],
  [
    'drop of another event',
    (faults) => faults.disruptEvents('drop', { event: 'GUILD_CREATE' }),
    ['one', 'two', 'three'],
  ],
];
test.each(disturbances)(
  'discord.js gets the right messages with the event fault "%s"',
  async (_, disturb, expected) => {
    const { loopback, heard, say, until } = await listening();
    disturb(loopback.faults);
    for (const each of ['one', 'two', 'three']) await say(each);
    await until('three');
    expect(heard).toEqual(expected);
    loopback.faults.disruptEvents('drop', { times: 9 });
    loopback.faults.clear();
    await say('four');
    await until('four');
  },
);

test('a dropped event is not replayed by a resume, but a reordered one is', async () => {
  const { loopback, bot, heard, say, until } = await listening();
  loopback.faults.disruptEvents('drop');
  await say('lost');
  loopback.faults.disruptEvents('reorder');
  await say('late');
  const resumed = back(bot);
  loopback.faults.dropGateway('cut');
  await resumed;
  await say('after');
  await until('after');
  expect(heard).toEqual(['late', 'after']);
});

test('replayed events have their old sequence numbers', async () => {
  const { loopback, heard, say, until } = await listening();
  for (const each of ['one', 'two']) await say(each);
  await until('two');
  loopback.faults.replayEvents(2);
  await say('three');
  await until('three');
  expect(heard).toEqual(['one', 'two', 'one', 'two', 'three']);
});

const back = (bot: Client) =>
  Promise.race([
    new Promise<string>((resolve) => bot.once(Events.ShardResume, () => resolve('resumed'))),
    new Promise<string>((resolve) => bot.once(Events.ShardReady, () => resolve('identified'))),
  ]);

/** docs, topics/opcodes-and-status-codes#gateway-gateway-opcodes, and what a connection can suffer besides. */
const demands: readonly (readonly [name: string, Disturb, 'resumed' | 'identified'])[] = [
  ['op 7', (faults) => faults.sendGatewaySignal('reconnect'), 'resumed'],
  ['op 9 true', (faults) => faults.sendGatewaySignal('resumable'), 'resumed'],
  ['op 9 false', (faults) => faults.sendGatewaySignal('invalid'), 'identified'],
  ['a connection that breaks off', (faults) => faults.dropGateway('cut'), 'resumed'],
  ['a death and a coming back', (faults) => (faults.goDown(), faults.comeUp()), 'resumed'],
];
test.each(demands)('discord.js recovers after %s', async (_, demand, expected) => {
  const { loopback, bot, heard, say, until } = await listening();
  await say('before');
  await until('before');
  const came = back(bot);
  demand(loopback.faults);
  expect(await came).toBe(expected);
  const ben = await joined(loopback, 'ben');
  await ben.request('POST', `/channels/${channelId(loopback)}/messages`, { content: 'x', nonce: 'after' });
  await until('after');
  expect(heard).toEqual(['before', 'after']);
});

test('discord.js sends a heartbeat at once after opcode 1', async () => {
  const { loopback, bot } = await listening();
  const beaten = new Promise((resolve) =>
    bot.on(Events.Debug, (line) => line.includes('Heartbeat acknowledged') && resolve(true)),
  );
  loopback.faults.sendGatewaySignal('heartbeat');
  expect(await beaten).toBe(true);
});

test('discord.js reconnects and resumes when a heartbeat is not acknowledged (#heartbeat-interval)', async () => {
  const { loopback, bot } = await listening({ gateway: { heartbeatMs: 100 } });
  const came = back(bot);
  loopback.faults.suppressGateway('ack');
  expect(await came).toBe('resumed');
});

test('HELLO can be suppressed', async () => {
  const loopback = await loopbackFor();
  loopback.faults.suppressGateway('hello');
  const [first, second] = [connected(loopback.url), connected(loopback.url)];
  await Promise.race([first, second].map((socket) => socket.until(({ op }) => op === 10)));
  expect(first.frames.length + second.frames.length).toBe(1);
});

test('while the emulated Discord is down, requests and connections fail; the world is kept', async () => {
  const { loopback, say, ana } = await listening();
  await say('before');
  loopback.faults.goDown();
  await expect(bare(loopback, 'GET', '/gateway')).rejects.toThrow();
  expect(await connected(loopback.url).closed).toBe(0);
  loopback.faults.comeUp();
  expect((await ana.messages('general')).map(({ content }) => content)).toEqual(['before']);
});

test('an outage dispatches GUILD_DELETE with unavailable, and GUILD_CREATE at its end (#guild-availability, #guild-delete)', async () => {
  const { loopback, bot, heard, say, until } = await listening();
  const guild = loopback.world().guilds[0]?.id ?? '';
  const down = new Promise((resolve) => bot.once(Events.GuildUnavailable, ({ id }) => resolve(id)));
  loopback.faults.outage(guild, true);
  expect(await down).toBe(guild);
  await say('unheard');
  const up = new Promise((resolve) => bot.once(Events.GuildAvailable, ({ id }) => resolve(id)));
  loopback.faults.outage(guild, false);
  expect(await up).toBe(guild);
  await say('heard');
  await until('heard');
  expect(heard).toEqual(['heard']);
  expect(() => loopback.faults.outage('1', true)).toThrow('Unknown Guild');
});
