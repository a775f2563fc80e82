/** Tests the rules of the gateway with plain WebSockets and with discord.js. */
import { Client, Events, GatewayIntentBits, Status } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { closeCodes, gatewayLimits } from '../../src/loopback/gateway-rules.ts';
import { studyGroup } from '../../src/loopback/seed.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import {
  withoutIdentifyThrottle,
  apiRequest,
  openSocket,
  joinMember,
  deferred,
  loopbackFor,
  realBot,
} from './real-bot.ts';

type Socket = ReturnType<typeof openSocket>;
const tokenOf = (loopback: Loopback) => loopback.world().botToken;

async function hello(loopback: Loopback, query?: string): Promise<Socket> {
  const socket = openSocket(loopback.url, query === undefined ? {} : { query });
  await socket.until(({ op }) => op === 10);
  return socket;
}

/** Opens a plain WebSocket and identifies. Returns the socket and its session id. */
async function ready(loopback: Loopback, more: object = {}) {
  const socket = await hello(loopback);
  socket.identify(tokenOf(loopback), more);
  const { d } = await socket.until(({ t }) => t === 'READY');
  return { socket, id: (d as { session_id: string }).session_id };
}

/** Tries to resume a session. Returns whether the session was resumed. */
async function isResumable(loopback: Loopback, session_id: string, seq = 1): Promise<boolean> {
  const socket = await hello(loopback);
  socket.send(6, { token: tokenOf(loopback), session_id, seq });
  const { op } = await socket.until((frame) => frame.op === 9 || frame.t === 'RESUMED');
  socket.cut();
  return op === 0;
}

/**
 * Actions after which the gateway closes the connection, grouped by close code. Source: Discord documentation,
 * topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.
 */
const closeTriggers: Readonly<
  Record<string, readonly (readonly [what: string, (loopback: Loopback) => Promise<Socket>])[]>
> = {
  unknownOpcode: [
    ['an opcode that does not exist', async (it) => afterHello(it, (socket) => socket.send(99, {}))],
    ['an opcode that only Discord sends', async (it) => afterHello(it, (socket) => socket.send(10, {}))],
    [
      'an opcode that only Discord’s own client may send',
      async (it) => {
        const { socket } = await ready(it);
        socket.send(14, {});
        return socket;
      },
    ],
  ],
  decode: [
    ['invalid JSON', async (it) => afterHello(it, (socket) => socket.sendRaw('{'))],
    ['a payload without an opcode', async (it) => afterHello(it, (socket) => socket.sendRaw('{"d":{}}'))],
    ['a payload of 4,097 bytes', async (it) => afterHello(it, (socket) => socket.sendRaw(beat(4_097)))],
    ['an Identify payload without a token', async (it) => afterHello(it, (socket) => socket.send(2, { intents: 0 }))],
    [
      'a resume without a sequence number',
      async (it) => afterHello(it, (socket) => socket.send(6, { token: '', session_id: '' })),
    ],
    ['the encoding ETF', async (it) => openSocket(it.url, { query: 'v=10&encoding=etf' })],
    [
      'a request for compression',
      async (it) => openSocket(it.url, { query: 'v=10&encoding=json&compress=zlib-stream' }),
    ],
  ],
  notAuthenticated: [['a presence before identifying', async (it) => afterHello(it, (socket) => socket.send(3, {}))]],
  badToken: [
    ['a wrong token', async (it) => afterHello(it, (socket) => socket.identify('wrong'))],
    [
      'a resume with a wrong token',
      async (it) => afterHello(it, (s) => s.send(6, { token: 'x', session_id: 'x', seq: 1 })),
    ],
  ],
  twice: [
    [
      'a second Identify payload',
      async (it) => {
        const { socket } = await ready(it);
        socket.identify(tokenOf(it));
        return socket;
      },
    ],
  ],
  invalidSeq: [
    [
      'a resume with a sequence number that is too high',
      async (it) => {
        const { socket, id } = await ready(it);
        socket.cut();
        await socket.closed;
        return afterHello(it, (next) => next.send(6, { token: tokenOf(it), session_id: id, seq: 999 }));
      },
    ],
  ],
  tooFast: [
    [
      '121 payloads in a minute',
      async (it) => afterHello(it, (socket) => [...Array(121).keys()].forEach(() => socket.send(1, null))),
    ],
  ],
  invalidShard: [
    [
      'a shard number that is too high for the shard count',
      async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { shard: [2, 2] })),
    ],
    ['a negative shard number', async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { shard: [-1, 2] }))],
    ['a shard count of 0', async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { shard: [0, 0] }))],
    ['a shard without a count', async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { shard: [0] }))],
  ],
  invalidVersion: [['gateway version 8', async (it) => openSocket(it.url, { query: 'v=8&encoding=json' })]],
  invalidIntents: [
    ['an unknown intent', async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { intents: 1 << 17 }))],
    ['negative intents', async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { intents: -1 }))],
    [
      'an Identify payload without intents',
      async (it) => afterHello(it, (s) => s.identify(tokenOf(it), { intents: undefined })),
    ],
  ],
};

async function afterHello(loopback: Loopback, say: (socket: Socket) => unknown): Promise<Socket> {
  const socket = await hello(loopback);
  say(socket);
  return socket;
}
const beat = (bytes: number): string => `{"op":1,"d":"${'x'.repeat(bytes - 15)}"}`.slice(0, bytes);

const closeCases = Object.entries(closeTriggers).flatMap(([name, ways]) =>
  ways.map(([what, way]) => ({ what, way, code: closeCodes[name as keyof typeof closeCodes].code })),
);
test.each(closeCases)(
  'the gateway closes the connection with code $code after this action: $what',
  async ({ way, code }) => {
    const loopback = await loopbackFor();
    expect(await (await way(loopback)).closed).toBe(code);
  },
);

test('the gateway accepts payloads of up to 4,096 bytes and up to 120 payloads a minute (#sending-events, #rate-limiting)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const { socket } = await ready(loopback);
  const text = beat(4_096);
  expect(Buffer.byteLength(text)).toBe(4_096);
  socket.sendRaw(text);
  const acknowledged = (count: number) =>
    socket.until(() => socket.frames.filter(({ op }) => op === 11).length === count);
  for (let sent = 2; sent < 120; sent++) socket.send(1, null);
  await acknowledged(119);
  await clock.advance(gatewayLimits.sendsMs);
  for (let sent = 0; sent < 120; sent++) socket.send(1, null);
  await acknowledged(119 + 120);
  socket.send(1, null);
  expect(await socket.closed).toBe(4008);
});

test('a bot with too many guilds for a single shard gets close code 4011 (#sharding)', async () => {
  const two = { ...studyGroup, servers: ['one', 'two'].map((name) => ({ name, channels: ['general', 'more'] })) };
  const loopback = await loopbackFor({ seed: two, gateway: { guildsPerShard: 1, maxConcurrency: 2 } });
  expect(await (await afterHello(loopback, (s) => s.identify(tokenOf(loopback)))).closed).toBe(4011);
  expect((await apiRequest(loopback, 'GET', '/gateway/bot')).body).toMatchObject({ shards: 2 });
  const bot = await realBot(loopback, undefined, [GatewayIntentBits.Guilds], { shards: 'auto' });
  expect(bot.ws.shards.size).toBe(2);
  await expect(login(loopback, { shards: [0], shardCount: 1 })).rejects.toThrow('Sharding is required');
});

test('a bot that identifies with a disabled privileged intent gets close code 4014 (#privileged-intents)', async () => {
  const loopback = await loopbackFor({ gateway: { allowedIntents: GatewayIntentBits.GuildMembers } });
  const asked = (intents: number) => afterHello(loopback, (s) => s.identify(tokenOf(loopback), { intents }));
  expect(await (await asked(GatewayIntentBits.MessageContent)).closed).toBe(4014);
  expect(await (await asked(GatewayIntentBits.GuildPresences)).closed).toBe(4014);
  await (await asked(GatewayIntentBits.GuildMembers)).until(({ t }) => t === 'READY');
  await expect(login(loopback, { intents: [GatewayIntentBits.MessageContent] })).rejects.toThrow('disallowed intents');
});

async function login(loopback: Loopback, options: Partial<ConstructorParameters<typeof Client>[0]>): Promise<void> {
  const client = new Client({ intents: [], rest: { api: loopback.api }, ...options });
  client.on(Events.Error, () => undefined);
  onTestFinished(() => client.destroy());
  await client.login(tokenOf(loopback));
}

test('the close codes and the gateway limits are the same as in Discord’s documentation', () => {
  // Source: Discord documentation, the columns "Reconnect" and "Explanation" of the table in
  // topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.
  const codes = Object.values(closeCodes);
  const written = '4000 4001 4002 4003 4004 4005 4007 4008 4009 4010 4011 4012 4013 4014';
  expect(codes.map(({ code }) => code).join(' ')).toBe(written);
  const final = codes.filter(({ reconnect }) => !reconnect).map(({ code }) => code);
  expect(final).toEqual([4004, 4010, 4011, 4012, 4013, 4014]);
  const over = codes.filter(({ reconnect, resume }) => reconnect && !resume).map(({ code }) => code);
  expect(over).toEqual([4003, 4007, 4009]);
  expect(codes.filter(({ reconnect, resume }) => !reconnect && resume)).toEqual([]);
  // Source: Discord documentation, events/gateway, the sections #sending-events, #rate-limiting, #identifying,
  // #session-start-limit-object and #sharding.
  expect(gatewayLimits).toMatchObject({
    payloadBytes: 4_096,
    sends: 120,
    sendsMs: 60_000,
    starts: 1_000,
    startsMs: 86_400_000,
    concurrencyMs: 5_000,
    guildsPerShard: 2_500,
  });
});

const goingAway = { code: 1001, resume: true };
test.each([...Object.values(closeCodes), goingAway])(
  'after close code $code, the session can be resumed if and only if the list of close codes says so (resume: $resume)',
  async ({ code, resume }) => {
    const loopback = await loopbackFor();
    const { socket, id } = await ready(loopback);
    loopback.faults.dropGateway(code);
    expect(await socket.closed).toBe(code);
    expect(await isResumable(loopback, id)).toBe(resume);
  },
);

// discord.js waits half a second before it reconnects. These tests run concurrently, so that the waits overlap.
test.concurrent.for([...Object.values(closeCodes), { code: 1000, reconnect: true }, { code: 1001, reconnect: true }])(
  'after close code $code, discord.js reconnects if and only if the list of close codes says so (reconnect: $reconnect)',
  async ({ code, reconnect }, { expect, onTestFinished: finished }) => {
    const loopback = await loopbackFor({}, finished);
    const heard = deferred<string>();
    const bot = await realBot(
      loopback,
      (interaction) => interaction.isChatInputCommand() && heard.resolve(interaction.commandName),
      [GatewayIntentBits.Guilds],
      withoutIdentifyThrottle,
      finished,
    );
    bot.on(Events.Error, () => undefined);
    await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
    const ended = new Promise((resolve) => bot.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
    const back = new Promise((resolve) => {
      bot.once(Events.ShardResume, resolve);
      bot.once(Events.ShardReady, resolve);
    });
    loopback.faults.dropGateway(code);
    if (!reconnect) {
      expect(await ended).toBe(code);
      expect(bot.ws.shards.first()?.status).toBe(Status.Disconnected);
      return;
    }
    await back;
    const ana = await joinMember(loopback, 'ana', undefined, finished);
    ana.command('general', '/fact').catch(() => undefined);
    expect(await heard.promise).toBe('fact');
  },
);

test('if a bot starts too many sessions, all its sessions end and its token is reset (#get-gateway-bot)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, gateway: { starts: 3 } });
  const token = tokenOf(loopback);
  const limit = async () => (await apiRequest(loopback, 'GET', '/gateway/bot')).body['session_start_limit'];
  expect(await limit()).toEqual({ total: 3, remaining: 3, reset_after: 86_400_000, max_concurrency: 1 });
  const sessions = [await ready(loopback), await ready(loopback)];
  await clock.advance(1_000);
  expect(await limit()).toMatchObject({ remaining: 1, reset_after: 86_399_000 });
  sessions[0]?.socket.cut();
  await sessions[0]?.socket.closed;
  expect(await isResumable(loopback, sessions[0]?.id ?? '')).toBe(true);
  expect(await limit()).toMatchObject({ remaining: 1 });
  await clock.advance(86_399_000);
  expect(await limit()).toMatchObject({ remaining: 3 });
  const again = [await ready(loopback), await ready(loopback), await ready(loopback)];
  expect(await (await afterHello(loopback, (s) => s.identify(token))).closed).toBe(4004);
  for (const { socket } of again) expect(await socket.closed).toBe(4004);
  expect((await apiRequest(loopback, 'GET', '/gateway/bot', undefined, `Bot ${token}`)).status).toBe(401);
  expect(await (await afterHello(loopback, (s) => s.identify(token))).closed).toBe(4004);
  expect(tokenOf(loopback)).not.toBe(token);
  await ready(loopback);
  expect(await limit()).toMatchObject({ remaining: 2 });
});

test('if more Identify payloads arrive in five seconds than max_concurrency allows, the gateway answers with opcode 9 (#rate-limiting)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, gateway: { concurrencyMs: 5_000 } });
  await ready(loopback);
  const second = await afterHello(loopback, (s) => s.identify(tokenOf(loopback)));
  expect((await second.until(({ op }) => op === 9)).d).toBe(false);
  await clock.advance(5_000);
  second.identify(tokenOf(loopback));
  await second.until(({ t }) => t === 'READY');
});

test('a connection without heartbeats is closed, and its session can be resumed (#heartbeat-interval)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, gateway: { heartbeatMs: 10_000 } });
  const { socket, id } = await ready(loopback);
  expect(socket.frames[0]).toEqual({ op: 10, d: { heartbeat_interval: 10_000 }, s: null, t: null });
  await clock.advance(14_000);
  socket.send(1, 1);
  await socket.until(({ op }) => op === 11);
  await clock.advance(14_000);
  socket.send(3, {});
  socket.send(1, 1);
  await socket.until(() => socket.frames.filter(({ op }) => op === 11).length === 2);
  await clock.advance(15_000);
  expect(await socket.closed).toBe(4000);
  expect(await isResumable(loopback, id)).toBe(true);
});

test('a session can no longer be resumed a few minutes after its connection was lost (#preparing-to-resume)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const { socket, id } = await ready(loopback);
  socket.cut();
  await socket.closed;
  await clock.advance(gatewayLimits.resumableMs - 1);
  expect(await isResumable(loopback, id)).toBe(true);
  // The call of `isResumable` has resumed the session and then cut the connection again. The session can now be resumed
  // for another `resumableMs` milliseconds.
  await clock.advance(2);
  expect(await isResumable(loopback, id)).toBe(true);
  await clock.advance(gatewayLimits.resumableMs + 60_000);
  expect(await isResumable(loopback, id)).toBe(false);
});

test('a resume replays the missed events in order and then sends RESUMED', async () => {
  const loopback = await loopbackFor({ gateway: { replayBuffer: 3 } });
  const { socket, id } = await ready(loopback);
  await socket.until(({ t }) => t === 'GUILD_CREATE');
  const last = socket.frames.at(-1)?.s ?? 0;
  socket.cut();
  await socket.closed;
  for (const name of ['ATTACH_FILES', 'EMBED_LINKS', 'ADD_REACTIONS'])
    loopback.faults.revoke(name, channelOf(loopback));
  expect(await isResumable(loopback, id, last - 1)).toBe(false);
  const next = await hello(loopback);
  next.send(6, { token: tokenOf(loopback), session_id: id, seq: last });
  await next.until(({ t }) => t === 'RESUMED');
  expect(next.frames.slice(1).map(({ t, s }) => [t, s])).toEqual([
    ...[1, 2, 3].map((more) => ['CHANNEL_UPDATE', last + more]),
    ['RESUMED', last + 4],
  ]);
});
const channelOf = (loopback: Loopback) => loopback.world().guilds[0]?.channels[0]?.id;

test('a session can be resumed at the resume_gateway_url from READY (#ready-event)', async () => {
  const loopback = await loopbackFor();
  const { socket, id } = await ready(loopback);
  const { d } = await socket.until(({ t }) => t === 'READY');
  const { resume_gateway_url } = d as { resume_gateway_url: string };
  expect(resume_gateway_url).toBe(`${loopback.url.replace('http', 'ws')}/resume`);
  socket.cut();
  const next = openSocket(resume_gateway_url);
  await next.until(({ op }) => op === 10);
  next.send(6, { token: tokenOf(loopback), session_id: id, seq: 1 });
  await next.until(({ t }) => t === 'RESUMED');
});

test.each([1, 4])(
  'if the bot has %i shards, the id of a guild determines the shard that gets the guild, and shard 0 gets DMs',
  async (shards) => {
    const seed = {
      ...studyGroup,
      servers: ['one', 'two', 'three', 'four'].map((name) => ({ name, channels: ['general', 'other'] })),
    };
    const loopback = await loopbackFor({ seed });
    const heard: { readonly guild: string | null; readonly shard: number }[] = [];
    const bot = await realBot(
      loopback,
      async (interaction) => {
        heard.push({ guild: interaction.guildId, shard: interaction.guild?.shardId ?? 0 });
        if (interaction.isChatInputCommand()) await interaction.reply('here');
      },
      [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
      { ...withoutIdentifyThrottle, shards: [...Array(shards).keys()], shardCount: shards },
    );
    await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
    const expected = loopback
      .world()
      .guilds.map(({ id }) => ({ guild: id, shard: Number((BigInt(id) >> 22n) % BigInt(shards)) }));
    expect(new Set(expected.map(({ shard }) => shard)).size).toBe(shards);
    expect(bot.guilds.cache.map(({ id, shardId }) => ({ guild: id, shard: shardId }))).toEqual(
      expect.arrayContaining(expected),
    );
    for (const guild of loopback.world().guilds) {
      const ana = await joinMember(loopback, 'ana', guild.id);
      await ana.command('general', '/fact');
    }
    const ana = await joinMember(loopback, 'ana');
    await ana.openDm();
    await ana.command('dm', '/fact');
    expect(heard).toEqual([...expected, { guild: null, shard: 0 }]);
  },
);

test('sessions with different shard counts can run at the same time (#sharding)', async () => {
  const loopback = await loopbackFor();
  const whole = await ready(loopback);
  const halves = [await ready(loopback, { shard: [0, 2] }), await ready(loopback, { shard: [1, 2] })];
  loopback.faults.revoke('ATTACH_FILES', channelOf(loopback));
  await whole.socket.until(({ t }) => t === 'CHANNEL_UPDATE');
  const own = Number((BigInt(loopback.world().guilds[0]?.id ?? 0) >> 22n) % 2n);
  await halves[own]?.socket.until(({ t }) => t === 'CHANNEL_UPDATE');
  expect(halves[1 - own]?.socket.frames.map(({ t }) => t)).not.toContain('CHANNEL_UPDATE');
  const servers = halves.map((half) =>
    half.socket.frames.flatMap(({ t, d }) => (t === 'GUILD_CREATE' ? (d as { id: string }).id : [])),
  );
  expect(servers.flat().toSorted()).toEqual(loopback.world().guilds.map(({ id }) => id));
  expect(servers[own]).toContain(loopback.world().guilds[0]?.id);
});

/**
 * The events that a bot gets with each set of intents. The test performs the same actions for each set.
 * Source: Discord documentation, events/gateway#list-of-intents and events/gateway#message-content-intent.
 */
const { Guilds, GuildMessages, DirectMessages, MessageContent, GuildMembers } = GatewayIntentBits;
const eventsByIntents: readonly (readonly [intents: number, heard: readonly string[]])[] = [
  [0, ['INTERACTION_CREATE']],
  [Guilds, ['GUILD_CREATE', 'GUILD_CREATE', 'INTERACTION_CREATE', 'CHANNEL_UPDATE']],
  [GuildMessages, ['said ""', 'said "<@bot>"', 'INTERACTION_CREATE']],
  [GuildMessages | MessageContent, ['said "hello"', 'said "<@bot>"', 'INTERACTION_CREATE']],
  [DirectMessages, ['said "in private"', 'INTERACTION_CREATE']],
  [GuildMembers, ['INTERACTION_CREATE']],
];
test.each(eventsByIntents)('a bot with the intents %i gets the events %j', async (intents, heard) => {
  const loopback = await loopbackFor();
  const { socket } = await ready(loopback, { intents });
  const { id: application } = loopback.world().application;
  await apiRequest(loopback, 'PUT', `/applications/${application}/commands`, [{ name: 'fact', description: 'A fact' }]);
  const ana = await joinMember(loopback, 'ana');
  await ana.openDm();
  await ana.say('general', 'hello');
  await ana.say('general', `<@${application}>`);
  await ana.say('dm', 'in private');
  ana.command('general', '/fact').catch(() => undefined);
  await ana.event(({ t }) => t === 'INTERACTION_CREATE');
  loopback.faults.revoke('ATTACH_FILES', channelOf(loopback));
  socket.send(1, null);
  await socket.until(({ op }) => op === 11);
  const told = socket.frames.filter(({ t }) => t !== null && t !== 'READY');
  expect(
    told.map(({ t, d }) => {
      const { content } = d as { content?: string };
      return t === 'MESSAGE_CREATE' ? `said "${content?.replace(application, 'bot')}"` : t;
    }),
  ).toEqual(heard);
});

test.each([
  [Guilds, true],
  [GuildMessages, false],
] as const)('whether a bot with the intents %i is told that a message was pinned: %s', async (intents, isTold) => {
  const loopback = await loopbackFor();
  const { socket } = await ready(loopback, { intents });
  const ana = await joinMember(loopback, 'ana');
  const { id, channel_id } = await ana.say('general', 'hello');
  await ana.request('PUT', `/channels/${channel_id}/pins/${id}`);
  socket.send(1, null);
  await socket.until(({ op }) => op === 11);
  expect(socket.frames.some(({ t }) => t === 'CHANNEL_PINS_UPDATE')).toBe(isTold);
});
