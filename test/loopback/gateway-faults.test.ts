/** Tests how discord.js reacts to gateway failures that a test can cause. */
import { Events, GatewayIntentBits, type Client } from 'discord.js';
import { expect, test } from 'vitest';
import type { Faults } from '../../src/loopback/faults.ts';
import {
  withoutIdentifyThrottle,
  apiRequest,
  channelId,
  openSocket,
  joinMember,
  loopbackFor,
  realBot,
} from './real-bot.ts';

/** Starts a discord.js client that records the nonces of the messages that it gets. */
async function listening(options: Parameters<typeof loopbackFor>[0] = {}) {
  const loopback = await loopbackFor(options);
  const bot = await realBot(
    loopback,
    undefined,
    [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    withoutIdentifyThrottle,
  );
  bot.on(Events.Error, () => undefined);
  const heard: string[] = [];
  const waits: (() => void)[] = [];
  // Listens for raw packets, because discord.js emits no event for a message that is already in its cache.
  bot.on(Events.Raw, ({ t, d }: { t: string | null; d: { nonce?: string } }) => {
    if (t !== 'MESSAGE_CREATE') return;
    heard.push(String(d.nonce));
    for (const wait of waits.splice(0)) wait();
  });
  const ana = await joinMember(loopback, 'ana');
  const say = (nonce: string) =>
    ana.request('POST', `/channels/${channelId(loopback)}/messages`, { content: nonce, nonce });
  const until = async (last: string) => {
    while (!heard.includes(last)) await new Promise<void>((resolve) => waits.push(resolve));
  };
  return { loopback, bot, heard, say, until, ana };
}

type PlanFault = (faults: Faults) => void;
/**
 * Gateway faults. After a fault is planned, a member sends "one", "two" and "three". The bot then gets the messages in
 * `heard`.
 * Source: https://discord.com/developers/docs/reference.
 */
const eventFaults: readonly (readonly [name: string, PlanFault, heard: readonly string[]])[] = [
  ['no fault', () => undefined, ['one', 'two', 'three']],
  ['a duplicate event', (faults) => faults.disruptEvents('duplicate'), ['one', 'one', 'two', 'three']],
  [
    'two duplicate events',
    (faults) => faults.disruptEvents('duplicate', { times: 2 }),
    ['one', 'one', 'two', 'two', 'three'],
  ],
  ['a dropped event', (faults) => faults.disruptEvents('drop'), ['two', 'three']],
  ['two events in the wrong order', (faults) => faults.disruptEvents('reorder'), ['two', 'one', 'three']],
  [
    'a dropped event that is not about a message',
    (faults) => faults.disruptEvents('drop', { event: 'GUILD_CREATE' }),
    ['one', 'two', 'three'],
  ],
];
test.each(eventFaults)(
  'with %s, discord.js gets exactly the messages that `eventFaults` lists, in the listed order',
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

test('a resume replays delayed events but not dropped events', async () => {
  const { loopback, bot, heard, say, until } = await listening();
  loopback.faults.disruptEvents('drop');
  await say('lost');
  loopback.faults.disruptEvents('reorder');
  await say('late');
  const resumed = reconnected(bot);
  loopback.faults.dropGateway('cut');
  await resumed;
  await say('after');
  await until('after');
  expect(heard).toEqual(['late', 'after']);
});

test('`faults.replayEvents(2)` sends the last two events again', async () => {
  const { loopback, heard, say, until } = await listening();
  for (const each of ['one', 'two']) await say(each);
  await until('two');
  loopback.faults.replayEvents(2);
  await say('three');
  await until('three');
  expect(heard).toEqual(['one', 'two', 'one', 'two', 'three']);
});

const reconnected = (bot: Client) =>
  Promise.race([
    new Promise<string>((resolve) => bot.once(Events.ShardResume, () => resolve('resumed'))),
    new Promise<string>((resolve) => bot.once(Events.ShardReady, () => resolve('identified'))),
  ]);

/**
 * Opcodes that Discord sends, and broken connections, with the expected reaction of discord.js. Source: Discord
 * documentation, topics/opcodes-and-status-codes#gateway-gateway-opcodes.
 */
const connectionFaults: readonly (readonly [name: string, PlanFault, 'resumed' | 'identified'])[] = [
  ['opcode 7 (reconnect)', (faults) => faults.sendGatewaySignal('reconnect'), 'resumed'],
  ['opcode 9 (invalid session) with d: true', (faults) => faults.sendGatewaySignal('resumable'), 'resumed'],
  ['opcode 9 (invalid session) with d: false', (faults) => faults.sendGatewaySignal('invalid'), 'identified'],
  ['a broken connection', (faults) => faults.dropGateway('cut'), 'resumed'],
  ['an outage of the whole emulated Discord', (faults) => (faults.goDown(), faults.comeUp()), 'resumed'],
];
test.each(connectionFaults)('after %s, discord.js reconnects and gets new messages', async (_, demand, expected) => {
  const { loopback, bot, heard, say, until } = await listening();
  await say('before');
  await until('before');
  const came = reconnected(bot);
  demand(loopback.faults);
  expect(await came).toBe(expected);
  const ben = await joinMember(loopback, 'ben');
  await ben.request('POST', `/channels/${channelId(loopback)}/messages`, { content: 'x', nonce: 'after' });
  await until('after');
  expect(heard).toEqual(['before', 'after']);
});

test('discord.js sends a heartbeat as soon as the gateway sends opcode 1', async () => {
  const { loopback, bot } = await listening();
  const beaten = new Promise((resolve) =>
    bot.on(Events.Debug, (line) => line.includes('Heartbeat acknowledged') && resolve(true)),
  );
  loopback.faults.sendGatewaySignal('heartbeat');
  expect(await beaten).toBe(true);
});

test('discord.js reconnects and resumes when a heartbeat is not acknowledged (#heartbeat-interval)', async () => {
  const { loopback, bot } = await listening({ gateway: { heartbeatMs: 100 } });
  const came = reconnected(bot);
  loopback.faults.suppressGateway('ack');
  expect(await came).toBe('resumed');
});

test('a fault can stop the gateway from sending HELLO to a new connection', async () => {
  const loopback = await loopbackFor();
  loopback.faults.suppressGateway('hello');
  const [first, second] = [openSocket(loopback.url), openSocket(loopback.url)];
  await Promise.race([first, second].map((socket) => socket.until(({ op }) => op === 10)));
  expect(first.frames.length + second.frames.length).toBe(1);
});

test('requests and connections fail while the emulated Discord is down', async () => {
  const { loopback, say, ana } = await listening();
  await say('before');
  loopback.faults.goDown();
  await expect(apiRequest(loopback, 'GET', '/gateway')).rejects.toThrow();
  expect(await openSocket(loopback.url).closed).toBe(0);
  loopback.faults.comeUp();
  expect((await ana.messages('general')).map(({ content }) => content)).toEqual(['before']);
});

test('a bot gets GUILD_DELETE and GUILD_CREATE at the start and end of a guild’s outage (#guild-availability)', async () => {
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
