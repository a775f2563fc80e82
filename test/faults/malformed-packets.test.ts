/** Tests packets and responses that Discord should never send. The bot must log them and keep running. */
import { Client, GatewayIntentBits, Status } from 'discord.js';
import * as fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../src/bot/ports/app.ts';
import { ephemeralNotice } from '../../src/chat/message/notice.ts';
import { realClock } from '../../src/clock.ts';
import { answerInteractions } from '../../src/discord/interactions.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { createLog } from '../../src/log.ts';

/** Internal members of discord.js's WebSocketManager that the tests use. */
interface Packets {
  status: number;
  handlePacket(packet: object, shard: object): void;
}

/** Starts the real discord.js client without a gateway. Every request gets a response with the body `respond()`. */
function scene(respond: () => string = () => '{}') {
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
  const app: App = {
    commands: [],
    runCommand: async () => ephemeralNotice('ok'),
    runComponent: async () => ephemeralNotice('ok'),
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
    client,
    receive: (d: unknown, t = 'INTERACTION_CREATE') => packets.handlePacket({ op: 0, t, d }, { id: 0 }),
  };
}

let lastId = 1_200_000_000_000_000_000n;
const user = { id: '1000000000000000001', username: 'ana', discriminator: '0', avatar: null, global_name: 'Ana' };
const interaction = (type: number, data: object) => ({
  id: String((lastId += 1n)),
  application_id: '1000000000000000002',
  type,
  token: 'secret-token',
  version: 1,
  guild_id: '1000000000000000003',
  channel_id: '1000000000000000004',
  channel: { id: '1000000000000000004', type: 0, guild_id: '1000000000000000003', name: 'general' },
  member: { user, roles: [], permissions: '0', joined_at: '2020-01-01T00:00:00.000Z' },
  app_permissions: '0',
  locale: 'en-US',
  guild_locale: 'en-US',
  entitlements: [],
  authorizing_integration_owners: { '0': '1000000000000000003' },
  context: 0,
  data,
});
const message = {
  id: '1000000000000000005',
  channel_id: '1000000000000000004',
  author: user,
  content: '',
  components: [],
  embeds: [],
  attachments: [],
  mentions: [],
  mention_roles: [],
  timestamp: '2020-01-01T00:00:00.000Z',
  edited_timestamp: null,
  flags: 0,
  type: 0,
};
const samples = [
  () => interaction(2, { id: '1', name: 'fact', type: 1, options: [{ type: 3, name: 'about', value: 'rasht' }] }),
  () =>
    interaction(4, {
      id: '1',
      name: 'fact',
      type: 1,
      options: [{ type: 3, name: 'about', value: 'r', focused: true }],
    }),
  () => ({ ...interaction(3, { custom_id: 'quiz:join:1', component_type: 2 }), message }),
  () =>
    interaction(5, {
      custom_id: 'quiz:year:1',
      components: [{ type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'year', value: '1991' } }],
    }),
];

/** The paths of all fields of a JSON value. */
const pathsOf = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...pathsOf(inner, [...at, key])])
    : [];

function spoil(packet: object, path: readonly string[], by: unknown): object {
  const copy = structuredClone(packet) as Record<string, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) {
    if (typeof at[step] !== 'object' || at[step] === null) return copy;
    at = at[step] as Record<string, unknown>;
  }
  if (by === undefined) delete at[path.at(-1) ?? ''];
  else at[path.at(-1) ?? ''] = by;
  return copy;
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('the bot keeps running if fields of an interaction are missing or wrong', async () => {
  const unhandled = vi.fn<() => void>();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const { receive, requests } = scene();
  const wrong = fc.oneof(
    fc.constantFrom<unknown[]>(undefined, null, {}, [], '', 'x', 0, -1, 99, true),
    fc.anything({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown),
  );
  const spoiled = fc.constantFrom(...samples).chain((sample) => {
    const paths = pathsOf(sample());
    return fc
      .array(fc.tuple(fc.constantFrom(...paths), wrong), { minLength: 1, maxLength: 3 })
      .map((changes) => ({ sample, changes }));
  });
  await fc.assert(
    fc.asyncProperty(spoiled, async ({ sample, changes }) => {
      receive(changes.reduce<object>((packet, [path, by]) => spoil(packet, path, by), sample() as object));
      await settled();
    }),
    { numRuns: 400 },
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
  const { receive, requests, lines } = scene();
  receive(packet());
  await expect.poll(() => requests.length).toBe(1);
  const [reference = ''] = /(?<=reference: )[0-9a-f]{8}/.exec(requests[0]?.body ?? '') ?? [];
  expect(reference).not.toBe('');
  expect(lines.join('')).toContain(reference);
  expect(lines.join('')).not.toContain('secret-token');
});

test('an interaction with empty authorizing_integration_owners counts as sent in a private conversation', async () => {
  const { receive, requests, lines } = scene();
  receive(spoil(samples[0]?.() ?? {}, ['authorizing_integration_owners'], {}));
  await expect.poll(() => requests.length).toBe(1);
  expect(lines).toEqual([]);
});

test('malformed packets other than interactions are logged', () => {
  const { receive, lines } = scene();
  for (const t of ['GUILD_CREATE', 'CHANNEL_DELETE', 'THREAD_DELETE', 'GUILD_MEMBER_UPDATE', 'GUILD_DELETE'])
    for (const d of [null, {}, { id: '1', members: null, channels: null }]) receive(d, t);
  expect(lines.join('')).toContain('could not be read');
});

test('responses that are not JSON are logged, and the bot keeps running', async () => {
  for (const body of ['<html>', '', '{', 'null', '[]', '"x"']) {
    const { receive, lines, requests } = scene(() => body);
    for (const sample of samples) receive(sample());
    await expect.poll(() => requests.length).toBeGreaterThanOrEqual(samples.length);
    await settled();
    if (['<html>', '', '{'].includes(body)) await expect.poll(() => lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => /"reference":"[0-9a-f]{8}"/.test(line))).toBe(true);
  }
});
