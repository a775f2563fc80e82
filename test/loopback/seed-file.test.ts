/** Tests seed files for `npm run loopback -- --seed FILE`. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { worldOfSeed } from '../../src/loopback/seed-file.ts';
import { apiRequest, joinMember, loopbackFor, openSocket, realBot } from './real-bot.ts';

const readme = readFileSync(new URL('../../src/loopback/README.md', import.meta.url), 'utf8');
const [, example = ''] = /<!-- seed[^>]*-->\n+```yaml\n([^]*?)\n```/.exec(readme) ?? [];

test('the seed file in the README creates the servers, channels, roles and overwrites that it lists', async () => {
  const loopback = await loopbackFor({ world: worldOfSeed(example, 'seed.yaml') });
  const [guild] = loopback.world().guilds;
  expect(guild?.channels.map(({ name, type }) => [name, type])).toEqual([
    ['general', 0],
    ['news', 5],
    ['Staff rooms', 4],
    ['desk', 0],
    ['ideas', 15],
  ]);
  const bot = await realBot(loopback);
  expect(bot.user.username).toBe('Librarian');
  const here = bot.guilds.cache.get(guild?.id ?? '');
  expect(here?.roles.botRoleFor(bot.user)?.permissions.toArray()).toEqual(['ViewChannel', 'SendMessages']);
  expect(here?.channels.cache.filter(({ viewable }) => viewable).map(({ name }) => name)).toEqual(['general', 'news']);
  const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
  expect((await ben.say('desk', 'for the staff')).content).toBe('for the staff');
  await expect(ben.say('ideas', 'x')).rejects.toMatchObject({ body: { code: 50_008 } });
  const desk = guild?.channels.find(({ name }) => name === 'desk')?.id;
  expect(await ana.request('GET', `/channels/${desk}`)).toMatchObject({
    parent_id: guild?.channels.find(({ name }) => name === 'Staff rooms')?.id,
  });
  expect((await apiRequest(loopback, 'GET', `/channels/${desk}`)).body.code).toBe(50_001);
});

const minimal = {
  bots: [{ name: 'B' }],
  members: [{ username: 'ana' }],
  servers: [{ name: 'S', channels: ['general'] }],
};
const withServer = (more: object) => JSON.stringify({ ...minimal, servers: [{ ...minimal.servers[0], ...more }] });

test('a member is in the servers that list this member and in the servers that have no list of members', async () => {
  const seed = { ...minimal, members: [{ username: 'ana' }, { username: 'ben' }] };
  const servers = [
    { name: 'S', channels: ['general'] },
    { name: 'T', channels: ['desk'], members: ['ana'] },
  ];
  const loopback = await loopbackFor({ world: worldOfSeed(JSON.stringify({ ...seed, servers }), 'seed.json') });
  const serversOf = async (username: string) => {
    const { token } = loopback.world().members.find((member) => member.username === username) ?? {};
    const socket = openSocket(loopback.url);
    await socket.until(({ op }) => op === 10);
    socket.send(2, { token, properties: {} });
    const { d } = await socket.until(({ t }) => t === 'READY');
    socket.cut();
    return (d as { guilds: readonly { name: string }[] }).guilds.map(({ name }) => name);
  };
  expect(await serversOf('ana')).toEqual(['S', 'T']);
  expect(await serversOf('ben')).toEqual(['S']);
});

test('a seed file can be JSON, and the same seed gives the same ids each time', () => {
  const text = JSON.stringify(minimal);
  expect(worldOfSeed(text, 'a.json')).toEqual(worldOfSeed(text, 'b.json'));
});

test.each([
  ['bots: [{ name: B }', /^seed\.yaml:1:\d+: /],
  ['{}', /seed\.yaml: bots: /],
  [
    withServer({ channels: ['a', { name: 'b', kind: 'forrum' }] }),
    /seed\.yaml: servers\[0\]\.channels\[1\]\.kind: .*"forum"/,
  ],
  [withServer({ chanels: [] }), /seed\.yaml: servers\[0\]: .*chanels/],
  [withServer({ everyone: ['FLY'] }), /servers\[0\]\.everyone\[0\]: .*"VIEW_CHANNEL"/],
  [withServer({ owner: 'zoe' }), /servers\[0\]: there is no member zoe; the members are ana/],
  [
    withServer({ channels: [{ name: 'a', overwrites: [{ for: 'Host' }] }] }),
    /a has an overwrite for Host; it must be one of @everyone, ana/,
  ],
  [withServer({ channels: [{ name: 'a', channels: ['b'] }] }), /a contains channels, so its kind must be category/],
])('the error message for the invalid seed %s names the place of the mistake', (text, message) => {
  expect(() => worldOfSeed(text, 'seed.yaml')).toThrow(message);
});
