/** Tests the whole bot with malformed and hostile frames of the gateway, and with malformed responses of the API. */
import * as fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { roundPrefix, savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import type { Fault } from '../../src/loopback/faults.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf, routes, wordsOf } from '../support/emulated-round.ts';
import { samples, spoiledPackets } from '../support/malformed.ts';
import { seen } from '../support/seen.ts';

/** Starts a bot. The test fails if a rejected promise is not handled. */
async function watchedBot() {
  const unhandled = vi.fn<(error: unknown) => void>();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => {
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
  const bot = await emulatedBot();
  return {
    ...bot,
    /** Uses a command. Returns whether the bot answers it. */
    async answers(): Promise<boolean> {
      return wordsOf(await bot.ana.command('general', '/fact', { about: 'id:rasht' })).includes('Rasht');
    },
    errorsWithoutReference: () =>
      bot.lines.filter((line) => line.includes('"level":50') && !/"reference":"[0-9a-f]{8}"/.test(line)),
    /**
     * Clears the list of requests to unknown routes, such as responses to made-up interactions. Also keeps the list
     * empty, because the bot may send more of these requests while it stops.
     */
    forgetUnknownRoutes: () => void Object.assign(bot.loopback.unknownRoutes, { length: 0, push: () => 0 }),
  };
}

const ids = { id: '1000000000000000003', guild_id: '1000000000000000003', channel_id: '1000000000000000004' };
const events: readonly (() => object)[] = [
  () => ({ t: 'GUILD_CREATE', d: { ...ids, name: 'x', members: [], channels: [], threads: [], roles: [] } }),
  () => ({ t: 'GUILD_DELETE', d: { ...ids, unavailable: true } }),
  () => ({ t: 'CHANNEL_CREATE', d: { ...ids, type: 0, name: 'x', permission_overwrites: [] } }),
  () => ({
    t: 'THREAD_UPDATE',
    d: { ...ids, type: 11, parent_id: ids.channel_id, thread_metadata: { locked: false } },
  }),
  () => ({ t: 'READY', d: { session_id: 'x', guilds: [], user: ids, application: { ...ids, flags: 0 } } }),
];
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const oddFrames: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '<html></html>',
  '{"op":0}',
  '{"op":"x","d":1}',
  '{"op":99,"d":{}}',
  '{"op":9,"d":null}',
  '{"op":10,"d":null}',
  '{"op":0,"t":"NEW_EVENT","s":null,"d":{}}',
  `{"op":0,"t":"INTERACTION_CREATE","s":null,"d":${deep(5_000)}}`,
  deep(20_000),
];

/** Random gateway frames: changed packets, unknown opcodes and events, and texts that are not JSON. */
const frame: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: spoiledPackets(samples).map((d) => JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: null, d })),
  },
  {
    weight: 3,
    arbitrary: spoiledPackets(events).map((packet) => JSON.stringify({ op: 0, s: null, ...packet })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...oddFrames),
  },
);

test('after malformed gateway frames, the bot still answers commands', async () => {
  const { answers, errorsWithoutReference, forgetUnknownRoutes, lines, loopback } = await watchedBot();
  const seed = Math.trunc(Math.random() * 2 ** 31);
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 8, maxLength: 8 }), async (frames) => {
      for (const text of frames) loopback.faults.sendFrame(text);
      expect(await answers()).toBe(true);
      expect(errorsWithoutReference()).toEqual([]);
    }),
    { numRuns: 8, seed },
  );
  forgetUnknownRoutes();
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('').match(/.{60}secret-token/)).toBeNull();
});

test('each unreadable gateway frame is logged in one line', async () => {
  const { answers, logged, loopback } = await watchedBot();
  for (const text of ['', '{', '<html></html>', '{"op":9,"d":null}', '{"op":10,"d":null}']) {
    const before = logged('a frame of the gateway could not be read');
    loopback.faults.sendFrame(text);
    expect(await answers()).toBe(true);
    expect(logged('a frame of the gateway could not be read') - before, text).toBe(1);
  }
});

test('F20: an interaction with an id from the far future does not change the bot’s estimate of Discord’s time', async () => {
  const { answers, begin, clock, forgetUnknownRoutes, loopback, press, shows } = await watchedBot();
  const question = await begin({ seconds: 20 });
  const future = { ...samples[0]?.(), id: '9199999999999999999' };
  loopback.faults.sendFrame(JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: null, d: future }));
  expect(await answers()).toBe(true);
  expect(await press('ben', question, 'A')).toContain('Locked A');
  const second = await shows('Question 2 of 3');
  await clock.advance(10_000);
  expect(await press('ben', second, 'A')).toContain('Locked A');
  forgetUnknownRoutes();
  seen('the question stays open for its time');
});

const bodies: readonly Pick<Fault, 'rawBody' | 'encoding'>[] = [
  ...['<html>Bad gateway</html>', '', '{', 'null', '[]', '{}', '"x"', '5'].map((rawBody) => ({ rawBody })),
  ...['{"id":5}', '{"id":null,"edited_timestamp":"x"}', '{"id":"x"}', deep(20_000)].map((rawBody) => ({ rawBody })),
  { rawBody: Uint8Array.from([31, 139, 8, 0, 255, 255, 1, 2, 3]), encoding: 'gzip' },
];
const response = fc.record({
  body: fc.constantFrom(...bodies),
  status: fc.constantFrom(200, 200, 200, 400, 403, 404, 429, 500),
  after: fc.boolean(),
});

test('if Discord’s response to a reply of the bot is malformed, the bot still answers commands', async () => {
  const { ana, answers, errorsWithoutReference, clock, loopback } = await watchedBot();
  const seed = Math.trunc(Math.random() * 2 ** 31);
  await fc.assert(
    fc.asyncProperty(
      response,
      fc.constantFrom('/fact', '/leaderboard', '/quiz solo'),
      async ({ body, ...how }, line) => {
        loopback.faults.next({ method: 'POST', route: routes.callback, ...body, ...how });
        const used = ana.command('general', line).catch(() => undefined);
        for (let step = 0; step < 8; step++) {
          await new Promise((resolve) => setImmediate(resolve));
          await clock.advance(500);
        }
        loopback.faults.clear();
        await used;
        expect(await answers()).toBe(true);
        expect(errorsWithoutReference()).toEqual([]);
      },
    ),
    { numRuns: 12, seed },
  );
});

test('if Discord’s responses to posts and edits are malformed, a round still reaches its podium and can be loaded after a restart', async () => {
  const { ana, answers, begin, clock, errorsWithoutReference, loopback, press, shows, restart, store } =
    await watchedBot();
  const seed = Math.trunc(Math.random() * 2 ** 31);
  const malformed = fc.sample(
    response.filter(({ status }) => status === 200),
    { numRuns: 3, seed },
  );
  const question = await begin({ seconds: 120 });
  for (const { body, ...how } of malformed)
    for (const [method, route] of [
      ['POST', routes.post],
      ['PATCH', routes.edit],
    ] as const)
      loopback.faults.next({ method, route, ...body, ...how });
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const second = await shows('Question 2 of 3');
  loopback.faults.clear();
  // If the response to a posted message was malformed, the bot posts the message again within 80 s, with the same
  // nonce. Then the question is open.
  const phase = async () => {
    await clock.advance(1_000);
    for await (const [, { quiz }] of store.range(roundPrefix, savedRoundSchema)) return quiz.phase;
    return undefined;
  };
  await expect.poll(phase, { interval: 5 }).toMatchObject({ name: 'asking', question: 1 });
  await restart();
  await shows('question 2 goes on');
  expect(await press('ana', second, 'A'), `seed ${seed}`).toContain('Locked A');
  await ana.command('general', '/quiz stop');
  await shows('Podium');
  expect(await answers()).toBe(true);
  expect(errorsWithoutReference()).toEqual([]);
  const questions = (await ana.messages('general')).filter((message) => textOf(message).includes('Question 2 of 3'));
  expect(questions).toHaveLength(1);
  expect(wordsOf(await ana.command('general', '/profile'))).toContain('of 1 answer right');
  expect(messageOf(await ana.command('general', '/quiz group')).id).toBeDefined();
});
