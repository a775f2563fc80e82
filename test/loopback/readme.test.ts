/** The README of the emulated Discord says what is so: its table is that of the tests, its differences are differences. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { rateLimits } from '../../src/loopback/rate-limits.ts';
import { routes } from '../../src/loopback/routes.ts';
import { bare, channelId, joined, loopbackFor } from './real-bot.ts';
import { rules } from './rules.ts';

const readme = readFileSync(new URL('../../src/loopback/README.md', import.meta.url), 'utf8');

const seconds = (ms: number) => `${ms / 1_000} s`;
const table = [
  '| Of | Rule | Source |',
  '| --- | --- | --- |',
  ...rules.map(({ on, what, source }) => `| ${on} | ${what} | ${source} |`),
  ...rateLimits.map(
    ({ limit, perMs, routes = ['every route but those of interactions'], scope, source }) =>
      `| rate | ${limit} in ${seconds(perMs)}, ${scope}: ${routes.map((route) => `\`${route}\``).join(', ')} | ${source} |`,
  ),
].join('\n');

test('the table of the README is that of the tests', () => {
  const [, written] = /<!-- rules[^>]*-->\n+([^]*?)\n+<!-- end of rules -->/.exec(readme) ?? [];
  const cells = (text = '') => text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells(written).map((line) => line.join('|').replaceAll(/-+/g, '-'))).toEqual(
    cells(table).map((line) => line.join('|').replaceAll(/-+/g, '-')),
  );
});

test('every limit names its source', () => {
  for (const { source } of rateLimits) expect(source).not.toBe('');
});

const differences = (readme.split('## Known differences')[1] ?? '').split('\n').filter((line) => line.startsWith('- '));
const routeOf = (line: string) => /`([A-Z]+ \/[^`]+)`/.exec(line)?.[1];

/** For the differences that name no route: what would be so if Discord's behaviour were modelled. */
const probes: Readonly<Record<string, () => Promise<boolean>>> = {
  async Polls() {
    const loopback = await loopbackFor();
    const poll = { question: { text: 'q' }, answers: [{ poll_media: { text: 'a' } }] };
    const { body } = await bare(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, { content: 'x', poll });
    return 'poll' in body;
  },
  async 'Private threads, forums and categories'() {
    const loopback = await loopbackFor();
    const { body } = await bare(loopback, 'POST', `/channels/${channelId(loopback)}/threads`, { name: 't', type: 12 });
    return body['type'] === 12;
  },
  async 'The hierarchy of roles'() {
    const loopback = await loopbackFor();
    const [ana, ben] = [await joined(loopback, 'ana'), await joined(loopback, 'ben')];
    const [guild] = loopback.world().guilds;
    const roles = `/guilds/${guild?.id}/roles`;
    const host = guild?.roles.find(({ name }) => name === 'Quiz host')?.id;
    await ana.request('PATCH', `${roles}/${host}`, { permissions: String(1 << 28) });
    const { id } = (await ana.request('POST', roles, { name: 'Above', permissions: '0' })) as { id: string };
    return ben.request('PATCH', `${roles}/${id}`, { name: 'Renamed' }).then(
      () => false,
      () => true,
    );
  },
  async 'DMs between people'() {
    const loopback = await loopbackFor();
    const [ana, ben] = [await joined(loopback, 'ana'), await joined(loopback, 'ben')];
    return ana.request('POST', '/users/@me/channels', { recipients: [ben.id] }).then(
      () => true,
      () => false,
    );
  },
  async 'People are not limited'() {
    const loopback = await loopbackFor();
    const ana = await joined(loopback, 'ana');
    const said = Array.from({ length: 60 }, () => ana.say('general', 'x'));
    return (await Promise.allSettled(said)).some(({ status }) => status === 'rejected');
  },
};

test('every difference is still one', async () => {
  process.stdout.write(`Known differences of the emulated Discord:\n${differences.join('\n')}\n`);
  expect(differences.length).toBeGreaterThan(10);
  const known = routes.map(({ method, path }) => `${method} ${path}`);
  for (const line of differences) {
    const title = /\*\*([^*]+)\*\*/.exec(line)?.[1] ?? '';
    const route = routeOf(line);
    const isModelled = route === undefined ? ((await probes[title]?.()) ?? false) : known.includes(route);
    expect({ title, isModelled }).toEqual({ title, isModelled: false });
  }
  const titles = differences.map((line) => /\*\*([^*]+)\*\*/.exec(line)?.[1]);
  for (const title of Object.keys(probes)) expect(titles).toContain(title);
});

test('an unknown route is answered with its name, and kept', async () => {
  const loopback = await startLoopback({ port: 0 });
  const answer = await bare(loopback, 'GET', '/voice/regions');
  await loopback.stop();
  expect(answer).toMatchObject({ status: 404, body: { code: 0 } });
  expect(answer.body.message).toContain('GET /voice/regions');
  expect(loopback.unknownRoutes).toEqual(['GET /voice/regions']);
  expect(loopback.log.at(-1)).toMatchObject({
    method: 'GET',
    path: '/voice/regions',
    route: undefined,
    who: loopback.world().application.id,
    status: 404,
  });
});
