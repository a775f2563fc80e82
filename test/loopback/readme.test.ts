/** Checks the list of known differences in the README of src/loopback. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { rateLimits } from '../../src/loopback/rate-limits.ts';
import { matchRoute } from '../../src/loopback/routes.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { readPublishedSpec } from '../support/published-spec.ts';
import { apiRequest, channelId, openSocket, joinMember, loopbackFor } from './real-bot.ts';
import { rules } from './rules.ts';

const readme = readFileSync(new URL('../../src/loopback/README.md', import.meta.url), 'utf8');

test('every rule and every rate limit has a source', () => {
  for (const { source } of [...rules, ...rateLimits]) expect(source).not.toBe('');
});

const differences = [
  ...(readme.split('## Known differences')[1] ?? '').matchAll(/^- (?:.+\n?)+?(?=- |$(?![^]))/gm),
].map(([entry]) => entry.replaceAll(/\s+/g, ' ').trim());

/**
 * The routes that a README entry lists as missing. `GET /path` stands for one route. `/path` stands for all routes with
 * this path or a path below it.
 */
const listedIn = (line: string) => [...line.matchAll(/`((?:[A-Z]+ )?\/[^`]+)`/g)].map(([, listed = '']) => listed);
const absent = readPublishedSpec().routes.filter(({ name }) => {
  const [method = '', path = ''] = name.replaceAll('*', '1').split(' ');
  return matchRoute(method, path) === undefined;
});
const isListed = (name: string, listed: string) => {
  const pattern = listed.replaceAll(/:\w+/g, '*');
  return pattern.startsWith('/') ? `${name.split(' ')[1]}/`.startsWith(`${pattern}/`) : name === pattern;
};

/** A PNG of one pixel, in base64. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Probes for all known differences except missing routes. A probe returns true if the emulation acts like Discord. */
const probes: Readonly<Record<string, () => Promise<boolean>>> = {
  async 'Fields of requests that are not modelled'() {
    const loopback = await loopbackFor({ refusals: true });
    const poll = { question: { text: 'q' }, answers: [{ poll_media: { text: 'a' } }] };
    const path = `/channels/${channelId(loopback)}/messages`;
    return (await apiRequest(loopback, 'POST', path, { content: 'x', poll })).status === 200;
  },
  async 'Private threads and posts in forums'() {
    const loopback = await loopbackFor({ refusals: true });
    const { body } = await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/threads`, {
      name: 't',
      type: 12,
    });
    return body['type'] === 12;
  },
  async 'DMs between people'() {
    const loopback = await loopbackFor({ refusals: true });
    const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
    return ana.request('POST', '/users/@me/channels', { recipients: [ben.id] }).then(
      () => true,
      () => false,
    );
  },
  async 'Threads do not archive themselves'() {
    const clock = virtualClock();
    const loopback = await loopbackFor({ refusals: true, clock });
    const asked = { name: 't', type: 11, auto_archive_duration: 60 };
    const { body } = await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/threads`, asked);
    await clock.advance(2 * 3_600_000);
    const thread = await apiRequest(loopback, 'GET', `/channels/${body.id}`);
    return (thread.body['thread_metadata'] as { archived: boolean }).archived;
  },
  async 'Compression and ETF'() {
    const { url } = await loopbackFor({ refusals: true });
    const queries = ['v=10&encoding=json&compress=zlib-stream', 'v=10&encoding=etf'];
    const closed = await Promise.all(queries.map((query) => openSocket(url, { query }).closed));
    return closed.some((code) => code !== 4002);
  },
  async 'Requests for members'() {
    const { url, world, unknownRoutes } = await loopbackFor({ refusals: true });
    const { identify, send, until, frames, cut } = openSocket(url);
    await until(({ op }) => op === 10);
    identify(world().botToken);
    await until(({ t }) => t === 'READY');
    send(8, { guild_id: world().guilds[0]?.id, query: '', limit: 0 });
    send(1, null);
    await until(({ op }) => op === 11);
    cut();
    expect(unknownRoutes).toEqual(['the gateway opcode 8']);
    return frames.some(({ t }) => t === 'GUILD_MEMBERS_CHUNK');
  },
  async 'A missed heartbeat'() {
    const clock = virtualClock();
    const { url, world } = await loopbackFor({ refusals: true, clock, gateway: { heartbeatMs: 10_000 } });
    const { identify, until, closed } = openSocket(url);
    await until(({ op }) => op === 10);
    identify(world().botToken);
    await until(({ t }) => t === 'READY');
    await clock.advance(15_000);
    return (await closed) === 4009;
  },
  async 'All privileged intents'() {
    const { url, world } = await loopbackFor({ refusals: true });
    const { identify, until, closed, cut } = openSocket(url);
    await until(({ op }) => op === 10);
    identify(world().botToken, { intents: (1 << 1) | (1 << 8) | (1 << 15) });
    const code = await Promise.race([closed, until(({ t }) => t === 'READY').then(cut)]);
    return code === 4014;
  },
  async 'An outage'() {
    const loopback = await loopbackFor({ refusals: true });
    const ana = await joinMember(loopback, 'ana');
    loopback.faults.outage(loopback.world().guilds[0]?.id ?? '', true);
    return ana.say('general', 'x').then(
      () => false,
      () => true,
    );
  },
  async 'Uploaded files'() {
    const loopback = await loopbackFor({ refusals: true, rateLimits: 'off' });
    const ana = await joinMember(loopback, 'ana');
    const file = new File(['x'.repeat(8_388_608)], 'a.txt');
    const urls: string[] = [];
    for (let count = 0; count < 7; count++) {
      const { attachments } = (await ana.request('POST', `/channels/${channelId(loopback)}/messages`, {
        attachments: [file],
      })) as { attachments: readonly { url: string }[] };
      urls.push(attachments[0]?.url ?? '');
    }
    const statuses = await Promise.all(urls.map(async (url) => (await fetch(url, { method: 'GET' })).status));
    expect(statuses.at(-1)).toBe(200);
    return statuses[0] === 200;
  },
  async 'Sizes of pictures'() {
    const loopback = await loopbackFor({ refusals: true });
    const form = new FormData();
    const png = Buffer.from(onePixel, 'base64');
    form.set('payload_json', JSON.stringify({ content: 'x' }));
    form.set('files[0]', new Blob([png], { type: 'image/png' }), 'dot.png');
    const sent = await fetch(`${loopback.api}/v10/channels/${channelId(loopback)}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${loopback.world().botToken}` },
      body: form,
    });
    const { attachments } = (await sent.json()) as { attachments: readonly object[] };
    expect(attachments).toHaveLength(1);
    return attachments.some((file) => 'width' in file);
  },
  async Links() {
    const loopback = await loopbackFor({ refusals: true });
    const ana = await joinMember(loopback, 'ana');
    await ana.say('general', 'https://example.org');
    return (await ana.messages('general')).some(({ embeds }) => embeds.length > 0);
  },
  async 'Slow mode, AutoMod and age limits'() {
    const loopback = await loopbackFor({ refusals: true });
    const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
    await ana.request('PATCH', `/channels/${channelId(loopback)}`, { rate_limit_per_user: 60 }).catch(() => undefined);
    const twice = [await ben.say('general', 'x'), await ben.say('general', 'y').catch(() => undefined)];
    return twice.includes(undefined);
  },
  async 'People are not limited'() {
    const loopback = await loopbackFor({ refusals: true });
    const ana = await joinMember(loopback, 'ana');
    const said = Array.from({ length: 60 }, () => ana.say('general', 'x'));
    return (await Promise.allSettled(said)).some(({ status }) => status === 'rejected');
  },
};

test('each known difference in the README is a real difference between the emulation and Discord', async () => {
  process.stdout.write(`Known differences of the emulated Discord:\n${differences.join('\n')}\n`);
  expect(differences.length).toBeGreaterThan(10);
  for (const line of differences) {
    const title = /\*\*([^*]+)\*\*/.exec(line)?.[1] ?? '';
    for (const listed of listedIn(line))
      expect({ title, listed, isAbsent: absent.some(({ name }) => isListed(name, listed)) }).toMatchObject({
        isAbsent: true,
      });
    if (listedIn(line).length > 0 && !probes[title]) continue;
    // If a difference has neither a route nor a probe, `isModelled` is undefined, and the test fails.
    const isModelled = await probes[title]?.();
    expect({ title, isModelled }).toEqual({ title, isModelled: false });
  }
  const titles = differences.map((line) => /\*\*([^*]+)\*\*/.exec(line)?.[1]);
  for (const title of Object.keys(probes)) expect(titles).toContain(title);
});

test('the known differences in the README list every route of Discord that the emulation lacks', () => {
  const listed = differences.flatMap(listedIn);
  expect(absent.length).toBeGreaterThan(100);
  expect(absent.map(({ name }) => name).filter((name) => !listed.some((each) => isListed(name, each)))).toEqual([]);
});

test('a request to an unknown route gets 404, and the loopback records the route', async () => {
  const loopback = await startLoopback({ port: 0 });
  const answer = await apiRequest(loopback, 'GET', '/voice/regions');
  await loopback.stop();
  expect(answer).toMatchObject({ status: 404, body: { code: 0 } });
  expect(answer.body.message).toContain('GET /voice/regions');
  expect(loopback.unknownRoutes).toEqual(['GET /voice/regions']);
  expect(loopback.log.at(-1)).toMatchObject({
    method: 'GET',
    path: '/voice/regions',
    route: undefined,
    caller: loopback.world().application.id,
    status: 404,
  });
});
