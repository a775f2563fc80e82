/**
 * Tests that the server of the playground accepts requests of the drawer "Behind the scenes" only from its own page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { caspian } from '../support/caspian.ts';

/** Sends a request with any headers. Uses node:http, because `fetch` cannot set the `host` header. */
function ask(url: string, method: string, path: string, headers: Record<string, string>, body?: unknown) {
  return new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
    const asked = request(new URL(path, url), { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test('T13: the controls accept a request only if its Host and Origin headers contain the address of the playground', async () => {
  const { loopback } = await caspian();
  const { url } = loopback;
  const { id: channel } = loopback.world().guilds[0]?.channels[0] ?? { id: '' };
  const body = { name: 'SEND_MESSAGES', channel, allowed: false };
  const press = (headers: Record<string, string>, sent: unknown = body) =>
    ask(url, 'POST', '/controls/permission', headers, sent);
  expect(await press({})).toMatchObject({ status: 403, body: expect.stringContaining('page of this server') });
  expect(await press({ origin: 'https://example.org' })).toMatchObject({ status: 403 });
  expect(await press({ origin: 'null' })).toMatchObject({ status: 403 });
  expect(await press({ origin: url, host: 'playground.example.org' })).toMatchObject({ status: 403 });
  expect(await ask(url, 'GET', '/controls/permission', { origin: url })).toMatchObject({ status: 405 });
  expect(await press({ origin: url }, { ...body, channel: 'general' })).toMatchObject({
    status: 400,
    body: expect.stringContaining('channel'),
  });
  const ana = await (await caspianMember(loopback.api, url)).channel(channel);
  expect(ana.permission_overwrites).toEqual([]);
  expect(await press({ origin: url })).toEqual({ status: 200, body: '{}' });
  const after = await (await caspianMember(loopback.api, url)).channel(channel);
  expect(after.permission_overwrites).toHaveLength(1);
});

test('a page of another host or origin cannot read the list of the bot’s API requests, and a request to an unknown control gets status 404', async () => {
  const { loopback } = await caspian();
  const { url } = loopback;
  expect(await ask(url, 'GET', '/controls', { host: 'playground.example.org' })).toMatchObject({ status: 403 });
  expect(await ask(url, 'GET', '/controls', { origin: 'https://example.org' })).toMatchObject({ status: 403 });
  const { status, body } = await ask(url, 'GET', '/controls', {});
  expect(status).toBe(200);
  expect(body).toContain('/applications/');
  expect(body, 'a token of the bot or a member').not.toContain(loopback.world().botToken);
  expect(await ask(url, 'POST', '/controls/explode', { origin: url }, {})).toMatchObject({ status: 404 });
  expect(await ask(url, 'POST', '/controls/toString', { origin: url }, {})).toMatchObject({ status: 404 });
  expect(await ask(url, 'GET', '/controls/../api', {})).toMatchObject({ status: 404 });
});

/** Returns functions that send API requests as the first member. */
async function caspianMember(api: string, url: string) {
  const { members } = (await (await fetch(`${url}/world.json`)).json()) as { members: { token: string }[] };
  return {
    async channel(id: string) {
      const headers = { authorization: members[0]?.token ?? '' };
      const answer = await fetch(`${api}/v10/channels/${id}`, { headers });
      return (await answer.json()) as { permission_overwrites: object[] };
    },
  };
}

test('every file of the page has a strict content security policy, and no script of the page inserts HTML from strings', async () => {
  const { loopback } = await caspian();
  const page = await fetch(loopback.url);
  const addresses = [...(await page.text()).matchAll(/(?:src|href)="(\/?[\w-]+\.(?:js|css))"/g)].map(([, to]) => to);
  expect(addresses.length).toBeGreaterThan(1);
  for (const { headers } of [
    page,
    ...(await Promise.all(addresses.map((to = '') => fetch(new URL(to, loopback.url))))),
  ]) {
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  }
  const folder = new URL('../../src/playground/page/', import.meta.url);
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(10);
  const marks = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(/;
  expect(scripts.filter((name) => marks.test(readFileSync(new URL(name, folder), 'utf8')))).toEqual([]);
});
