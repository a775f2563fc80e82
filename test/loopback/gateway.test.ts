/** Tests the gateway with discord.js (resuming, tokens, READY, shards, intents) and the HTTP server of the loopback. */
import { Events, GatewayIntentBits, Status } from 'discord.js';
import { expect, test } from 'vitest';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { apiRequest, channelId, openSocket, joinMember, deferred, loopbackFor, realBot } from './real-bot.ts';

test('discord.js resumes after close code 4000 and gets the events that it missed', async () => {
  const loopback = await loopbackFor();
  const heard = deferred<string>();
  const bot = await realBot(loopback, (interaction) => {
    if (interaction.isChatInputCommand()) heard.resolve(interaction.commandName);
  });
  await bot.application.commands.set([{ name: 'fact', description: 'A fact' }]);
  const ana = await joinMember(loopback, 'ana');
  const resumed = new Promise((resolve) => bot.once(Events.ShardResume, (_, replayBuffer) => resolve(replayBuffer)));
  loopback.faults.dropGateway(4000);
  ana.command('general', '/fact').catch(() => undefined);
  expect(await resumed).toBeGreaterThanOrEqual(1);
  expect(await heard.promise).toBe('fact');
  expect(bot.ws.shards.first()?.status).toBe(Status.Ready);
});

test('with a wrong token, the gateway closes the connection with code 4004 and REST requests get status 401', async () => {
  const loopback = await loopbackFor();
  const socket = openSocket(loopback.url);
  await socket.until(({ op }) => op === 10);
  socket.send(2, { token: 'wrong', intents: 0, properties: {} });
  expect(await socket.closed).toBe(4004);
  const answer = await apiRequest(loopback, 'GET', '/users/@me', undefined, 'Bot wrong');
  expect(answer).toMatchObject({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
  const asMember = await apiRequest(loopback, 'GET', '/gateway/bot', undefined, loopback.world().members[0]?.token);
  expect(asMember.status).toBe(401);
});

test.each([
  ['invalid JSON', (it: ReturnType<typeof openSocket>) => it.sendRaw('{'), 4002],
  ['more than 4,096 bytes', (it: ReturnType<typeof openSocket>) => it.send(1, 'x'.repeat(4_096)), 4002],
  ['an unknown opcode before identifying', (it: ReturnType<typeof openSocket>) => it.send(3, {}), 4003],
])('the gateway closes the connection after %s', async (_, say, code) => {
  const loopback = await loopbackFor();
  const socket = openSocket(loopback.url);
  await socket.until(({ op }) => op === 10);
  say(socket);
  expect(await socket.closed).toBe(code);
});

test('READY lists all guilds as unavailable, and a GUILD_CREATE event follows for every guild', async () => {
  const loopback = await loopbackFor();
  const socket = openSocket(loopback.url);
  await socket.until(({ op }) => op === 10);
  const identify = { token: loopback.world().botToken, intents: GatewayIntentBits.Guilds, properties: {} };
  socket.send(2, identify);
  const guild = loopback.world().guilds[0];
  const ready = await socket.until(({ t }) => t === 'READY');
  expect(ready.d).toMatchObject({
    guilds: loopback.world().guilds.map(({ id }) => ({ id, unavailable: true })),
    resume_gateway_url: expect.any(String),
  });
  const created = await socket.until(({ t }) => t === 'GUILD_CREATE');
  expect(created.d).toMatchObject({
    id: guild?.id,
    unavailable: false,
    channels: guild?.channels.map(({ id }) => ({ id })),
  });
  socket.send(1, 2);
  await socket.until(({ op }) => op === 11);
  socket.send(2, identify);
  expect(await socket.closed).toBe(4005);
});

test('a session that the client closed with code 1000 cannot be resumed', async () => {
  const loopback = await loopbackFor();
  const token = loopback.world().botToken;
  const first = openSocket(loopback.url);
  await first.until(({ op }) => op === 10);
  first.send(2, { token, intents: 0, properties: {} });
  const { session_id } = (await first.until(({ t }) => t === 'READY')).d as { session_id: string };
  first.close(1000);
  await first.closed;
  for (const id of [session_id, 'nobody']) {
    const second = openSocket(loopback.url);
    await second.until(({ op }) => op === 10);
    second.send(6, { token, session_id: id, seq: 1 });
    expect((await second.until(({ op }) => op === 9)).d).toBe(false);
    second.close(1000);
  }
});

test('the READY event of a shard contains only the guilds of that shard', async () => {
  const loopback = await loopbackFor({
    seed: {
      bots: [{ name: 'Caspian' }],
      servers: ['one', 'two'].map((name) => ({ name, channels: ['general'] })),
      members: [{ username: 'ana', name: 'Ana' }],
    },
  });
  const guildsOf = async (shard: readonly [number, number]) => {
    const socket = openSocket(loopback.url);
    await socket.until(({ op }) => op === 10);
    socket.send(2, { token: loopback.world().botToken, intents: 1, properties: {}, shard });
    const { d } = await socket.until(({ t }) => t === 'READY');
    socket.close(1000);
    return (d as { guilds: { id: string }[] }).guilds.map(({ id }) => id);
  };
  const expected = (shard: number) =>
    loopback
      .world()
      .guilds.map(({ id }) => id)
      .filter((id) => Number((BigInt(id) >> 22n) % 2n) === shard);
  expect([await guildsOf([0, 2]), await guildsOf([1, 2])]).toEqual([expected(0), expected(1)]);
});

test('a bot gets the content of messages only with the MessageContent intent', async () => {
  const loopback = await loopbackFor();
  const plain = await realBot(loopback, () => undefined, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages]);
  const silent = await realBot(loopback);
  const heard: string[] = [];
  silent.on(Events.MessageCreate, () => heard.push('silent'));
  const ana = await joinMember(loopback, 'ana');
  const message = new Promise<string>((resolve) => plain.on(Events.MessageCreate, ({ content }) => resolve(content)));
  await ana.say('general', 'Can you read this?');
  expect(await message).toBe('');
  const next = new Promise((resolve) => silent.once(Events.ChannelUpdate, resolve));
  loopback.faults.revoke('ATTACH_FILES');
  await next;
  expect(heard).toEqual([]);
});

test('T13: requests with the Host or Origin header of another website get status 403', async () => {
  const loopback = await loopbackFor();
  const { port } = new URL(loopback.url);
  const { request } = await import('node:http');
  const statusWith = (headers: Readonly<Record<string, string>>, path = '/world.json') =>
    new Promise<number | undefined>((resolve, reject) =>
      request(`${loopback.url}${path}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(),
    );
  expect(await statusWith({})).toBe(200);
  expect(await statusWith({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
  expect(await statusWith({ host: `evil.example:${port}` })).toBe(403);
  expect(await statusWith({ host: `evil.example:${port}` }, '/api/v10/gateway')).toBe(403);
  for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${port}`])
    expect(await statusWith({ origin })).toBe(403);
  const refused = openSocket(loopback.url, { headers: { origin: 'http://evil.example' } });
  expect(await refused.closed).toBe(0);
  expect(refused.frames).toEqual([]);
});

test('requests for paths outside the API are passed to the function in the option `page`', async () => {
  const paths: string[] = [];
  const loopback = await loopbackFor({
    page(request, response) {
      paths.push(request.url ?? '');
      if (request.url !== '/') return false;
      response.end('the page');
      return true;
    },
  });
  expect(await (await fetch(loopback.url)).text()).toBe('the page');
  expect((await fetch(`${loopback.url}/missing`)).status).toBe(404);
  expect((await fetch(`${loopback.api}/gateway`)).status).toBe(200);
  expect(paths).toEqual(['/', '/missing']);
});

test('the loopback does not start on a port that is in use, and accepts API paths with and without a version', async () => {
  const loopback = await loopbackFor();
  const { port } = new URL(loopback.url);
  await expect(loopbackFor({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  for (const version of ['', '/v9', '/v10'])
    expect((await fetch(`${loopback.api}${version}/channels/${channelId(loopback)}`)).status).toBe(401);
});

test('after the loopback has stopped, none of its timers keeps the process running', async () => {
  const alarms = new Set<() => void>();
  const alarm = (_at: number, run: () => void) => {
    alarms.add(run);
    return () => void alarms.delete(run);
  };
  const loopback = await startLoopback({ port: 0, clock: { now: () => Date.now(), alarm } });
  const ana = await joinAs(loopback, 'ana');
  const ended = openSocket(loopback.url).closed;
  await loopback.stop();
  ana.close();
  await ended;
  expect(alarms.size).toBe(0);
});
