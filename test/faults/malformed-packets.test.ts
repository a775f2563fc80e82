/** Tests packets and responses that Discord should never send. The bot must log them and keep running. */
import { Client, GatewayIntentBits, Status } from 'discord.js';
import * as fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../src/bot/ports/app.ts';
import { ephemeralNotice } from '../../src/chat/message/notice.ts';
import { realClock } from '../../src/clock.ts';
import { answerInteractions } from '../../src/discord/interactions.ts';
import { errorWords } from '../../src/chat/words/error-words.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { createLog } from '../../src/log.ts';
import { seen } from '../support/seen.ts';
import { applicationId, interaction, pressOn, samples, spoil, spoiledPackets, user } from '../support/malformed.ts';

/** Internal members of discord.js's WebSocketManager that the tests use. */
interface Packets {
  status: number;
  handlePacket(packet: object, shard: object): void;
}

/** Starts the real discord.js client without a gateway. Every request gets a response with the body `respond()`. */
function startFakeClient(respond: () => string = () => '{}') {
  const lines: string[] = [];
  const requests: { url: string; body: string }[] = [];
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: {
      retries: 0,
      makeRequest: async (url, { body }) => {
        requests.push({ url, body: body as string });
        return new Response(respond(), { headers: { 'content-type': 'application/json' } });
      },
    },
  });
  onTestFinished(() => client.destroy());
  client.token = 'x';
  Object.assign(client, { user: { id: applicationId } });
  const components: string[] = [];
  const app: App = {
    commands: [],
    runCommand: async () => ephemeralNotice('ok'),
    runMessageCommand: async () => ephemeralNotice('ok'),
    async runComponent(customId) {
      components.push(customId);
      return ephemeralNotice('ok');
    },
    autocomplete: async () => [],
    channelDeleted: () => undefined,
    serverAdded: () => undefined,
    serverRemoved: () => undefined,
    serversKnown: () => undefined,
  };
  answerInteractions(
    client,
    app,
    realClock,
    measureTime(realClock),
    createLog('info', { write: (line: string) => void lines.push(line) }),
  );
  const packets = client.ws as unknown as Packets;
  packets.status = Status.Ready;
  return {
    lines,
    requests,
    /** The custom_ids of the components that were passed to the bot. */
    components,
    client,
    receive: (d: unknown, t = 'INTERACTION_CREATE') => packets.handlePacket({ op: 0, t, d }, { id: 0 }),
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('the bot keeps running if fields of an interaction are missing or wrong', async () => {
  const unhandled = vi.fn<() => void>();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const { receive, requests } = startFakeClient();
  await fc.assert(
    fc.asyncProperty(spoiledPackets(samples), async (packet) => {
      receive(packet);
      await settled();
    }),
    { numRuns: 100 },
  );
  await settled();
  expect(unhandled).not.toHaveBeenCalled();
  expect(requests.length).toBeGreaterThan(0);
});

test.each([
  ['a button press without data', () => spoil(samples[2]?.() ?? {}, ['data'], undefined)],
  ['an interaction with a null member', () => spoil(samples[0]?.() ?? {}, ['member'], null)],
  ['an interaction of unknown type', () => spoil(samples[0]?.() ?? {}, ['type'], 99)],
  ['a command of unknown type', () => spoil(samples[0]?.() ?? {}, ['data', 'type'], 99)],
  [
    'an interaction without authorizing_integration_owners',
    () => spoil(samples[0]?.() ?? {}, ['authorizing_integration_owners'], undefined),
  ],
  [
    'a context menu command that the bot does not have',
    () => interaction(2, { id: '1', name: 'x', type: 2, target_id: user.id, resolved: { users: { [user.id]: user } } }),
  ],
])('the bot logs %s, and the reply contains the reference of the log line', async (_, packet) => {
  const { receive, requests, lines } = startFakeClient();
  receive(packet());
  await expect.poll(() => requests.length).toBe(1);
  const [reference = ''] = /(?<=reference: )[0-9a-f]{8}/.exec(requests[0]?.body ?? '') ?? [];
  expect(reference).not.toBe('');
  expect(lines.join('')).toContain(reference);
  expect(lines.join('')).not.toContain('secret-token');
});

test('an interaction with empty authorizing_integration_owners gets a reply, and nothing is logged', async () => {
  const { receive, requests, lines } = startFakeClient();
  receive(spoil(samples[0]?.() ?? {}, ['authorizing_integration_owners'], {}));
  await expect.poll(() => requests.length).toBe(1);
  expect(lines).toEqual([]);
});

test.each([
  ['a message of another application', { application_id: '1000000000000000009' }],
  ['a message of a webhook or a member', { author: { ...user, id: '1000000000000000008' } }],
])('F26: a press on %s with the custom_id of a round changes nothing, and the reply says so', async (_, from) => {
  const { components, lines, receive, requests } = startFakeClient();
  receive(pressOn(from));
  await expect.poll(() => requests.length).toBe(1);
  expect(requests[0]?.body).toContain(errorWords.foreignMessage);
  expect(requests[0]?.body).toContain('"flags":32832');
  expect([components, lines]).toEqual([[], []]);
  seen('one ephemeral sentence, nothing run, nothing logged');
});

test('F26: a press on a message that another process posted for the same application is passed to the bot', async () => {
  const { components, receive, requests } = startFakeClient();
  receive(pressOn({ application_id: applicationId }));
  await expect.poll(() => requests.length).toBe(1);
  expect(components).toEqual(['quiz:join:1']);
  seen('the bot answers, as for each press on a round that it does not know');
});

test('malformed packets other than interactions are logged', () => {
  const { receive, lines } = startFakeClient();
  for (const t of ['GUILD_CREATE', 'CHANNEL_DELETE', 'THREAD_DELETE', 'GUILD_MEMBER_UPDATE', 'GUILD_DELETE'])
    for (const d of [null, {}, { id: '1', members: null, channels: null }]) receive(d, t);
  expect(lines.join('')).toContain('could not be read');
});

test('responses that are not JSON are logged, and the bot keeps running', async () => {
  for (const body of ['<html>', '', '{', 'null', '[]', '"x"']) {
    const { receive, lines, requests } = startFakeClient(() => body);
    for (const sample of samples) receive(sample());
    await expect.poll(() => requests.length).toBeGreaterThanOrEqual(samples.length);
    await settled();
    if (['<html>', '', '{'].includes(body)) await expect.poll(() => lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => /"reference":"[0-9a-f]{8}"/.test(line))).toBe(true);
  }
});
