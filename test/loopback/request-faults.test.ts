/**
 * Tests every kind of request fault on a request that creates a message, before and after the message is created. Also
 * tests one fault on every route.
 */
import { expect, test } from 'vitest';
import type { Fault } from '../../src/loopback/faults.ts';
import { routes } from '../../src/loopback/routes.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { apiRequest, channelId, loopbackFor } from './real-bot.ts';

/** The outcome for the client: a status with a code, a reset connection, or no response. */
type Seen = { readonly status: number; readonly code?: number } | 'reset' | 'nothing';
const faultKinds: readonly (readonly [name: string, fault: Fault, seen: Seen, later?: Seen])[] = [
  ['a delay', { delayMs: 5_000 }, 'nothing', { status: 200 }],
  ['a delayed failure', { delayMs: 5_000, status: 503 }, 'nothing', { status: 503, code: 0 }],
  ['a hang', { hang: true }, 'nothing', 'nothing'],
  ['status 500', { status: 500 }, { status: 500, code: 0 }],
  ['status 502', { status: 502 }, { status: 502, code: 0 }],
  ['a reset connection', { cut: true }, 'reset'],
  ['status 429', { status: 429, retryAfter: 2 }, { status: 429, code: 0 }],
  ['status 401', { status: 401 }, { status: 401, code: 0 }],
  ['error 10008', { status: 404, code: 10_008, message: 'Unknown Message' }, { status: 404, code: 10_008 }],
];
const cells = faultKinds.flatMap(([name, fault, seen, later = seen]) =>
  [false, true].map((after) => ({
    name,
    beforeOrAfter: after ? 'after' : 'before',
    fault: { ...fault, after },
    seen,
    later,
  })),
);

test.each(cells)(
  'if a fault ($name) hits a request $beforeOrAfter the request takes effect, the client gets the outcome in the table',
  async ({ fault, seen, later }) => {
    const clock = virtualClock();
    const loopback = await loopbackFor({ clock });
    const path = `/channels/${channelId(loopback)}/messages`;
    const posted = async () => ((await apiRequest(loopback, 'GET', path)).body as unknown as unknown[]).length;
    let now: Seen = 'nothing';
    loopback.faults.next({ method: 'POST', route: '/channels/:channel/messages', ...fault });
    const request = apiRequest(loopback, 'POST', path, { content: 'x' }).then(
      ({ status, body: { code } }) => (now = { status, ...(code !== undefined && { code }) }),
      () => (now = 'reset'),
    );
    if (seen === 'nothing') {
      // Waits until the POST request is in the log. The next GET then shows whether the POST has taken effect.
      while (!loopback.log.some(({ method }) => method === 'POST')) await posted();
    } else await request;
    expect(now).toEqual(seen);
    const isFailure = fault.status !== undefined || fault.cut === true || fault.hang === true;
    expect(await posted()).toBe(fault.after ? 1 : 0);
    await clock.advance(5_000);
    if (later !== 'nothing') await request;
    expect(now).toEqual(later);
    expect(await posted()).toBe(fault.after || !isFailure ? 1 : 0);
    expect((await apiRequest(loopback, 'POST', path, { content: 'the next one' })).status).toBe(200);
  },
);

test.each(routes.map(({ method, path }) => [method, path] as const))(
  'a fault can be planned for the route %s %s',
  async (method, route) => {
    const loopback = await loopbackFor();
    loopback.faults.next({ method, route, status: 502 });
    const path = route.replaceAll(/:\w+/g, '1');
    expect((await apiRequest(loopback, method, path, method === 'GET' ? undefined : {})).status).toBe(502);
    expect(loopback.log.at(-1)).toMatchObject({ method, path, route, status: 502 });
  },
);
