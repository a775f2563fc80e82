/** Tests that many rounds continue during a global rate limit, and that several processes share the global limit. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../src/bot/ports/app.ts';
import { createDiscordClient } from '../../src/discord/client.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { createLog } from '../../src/log.ts';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { parseShardRange, requestsPerSecond } from '../../src/core/shard-range.ts';
import { loopbackFor } from '../loopback/real-bot.ts';
import { messageOf, routes, wordsOf } from '../support/emulated-round.ts';
import { memoryStore } from '../support/memory-store.ts';
import { patiently } from '../support/patiently.ts';
import { seen } from '../support/seen.ts';
import { startingBot } from '../support/starting-bot.ts';

const [servers, channels] = [4, 5];
const all = Array.from({ length: servers * channels }, (_, index) => index);

// discord.js does not count responses to interactions towards the global limit.
test('F22: during a global rate limit, presses in 20 rounds are answered immediately, and right answers are shown when the limit ends', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({
    clock,
    rateLimits: 'off',
    seed: {
      bots: [{ name: 'Caspian' }],
      servers: Array.from({ length: servers }, (_, server) => ({
        name: `Server ${server}`,
        channels: Array.from({ length: channels }, (__, channel) => `c-${channel}`),
      })),
      members: all.map((index) => ({ username: `p-${index}`, name: `Player ${index}` })),
    },
  });
  await startingBot(loopback, memoryStore(), clock).bot;
  const { guilds } = loopback.world();
  const rounds = await Promise.all(
    all.map(async (index) => {
      const host = await joinAs(loopback, `p-${index}`, guilds[Math.floor(index / channels)]?.id);
      onTestFinished(() => host.close());
      const lobby = await host.command(`c-${index % channels}`, '/quiz group', { questions: 3, thread: 'no' });
      await host.press(messageOf(lobby), 'Start now');
      const { id, channel_id } = messageOf(lobby);
      const question = await host.waitFor(
        (message) =>
          message.channel_id === channel_id && message.id !== id && textOf(message).includes('Question 1 of 3'),
      );
      return { host, question };
    }),
  );
  for (const { host, question } of rounds) expect(wordsOf(await host.press(question, 'A'))).toContain('Locked');
  const shown = () =>
    rounds.filter(({ host, question }) =>
      host.seen().some(({ id, ...message }) => id === question.id && JSON.stringify(message).includes('✔')),
    ).length;

  // Until the test clears the faults, every edit gets status 429, and discord.js repeats it after 0.2 s of real time.
  const limit = { method: 'PATCH', route: routes.edit, status: 429, isGlobal: true, retryAfter: 0.2 };
  loopback.faults.next({ ...limit, times: Infinity });
  await clock.advance(8_000);
  await expect.poll(() => loopback.log.some(({ status }) => status === 429), { interval: 5 }).toBe(true);
  for (const { host, question } of rounds) expect((await host.press(question, 'A')).kind).toBe('answered');
  expect(shown()).toBe(0);
  loopback.faults.clear();
  await expect.poll(() => clock.advance(100).then(shown), { interval: 25 }).toBe(all.length);
  const nextQuestions = rounds.map(({ host, question: { channel_id } }) =>
    host.waitFor((message) => message.channel_id === channel_id && textOf(message).includes('Question 2 of 3')),
  );
  await passing(clock, Promise.all(nextQuestions), 500);
  for (const { host, question } of rounds) {
    const events = host.events.map(({ d }) => JSON.stringify(d));
    const answer = events.findIndex((event) => event.includes(question.id) && event.includes('✔'));
    const next = events.findIndex((event) => event.includes(question.channel_id) && event.includes('Question 2 of 3'));
    expect(answer).toBeGreaterThan(0);
    expect(answer).toBeLessThan(next);
  }
  seen('20 presses answered while 20 answers wait; then all 20 answers, each before the next question');
});

/** An app for a test that sends no interactions to the bot. */
const idleApp: App = {
  commands: [],
  runMessageCommand: () => Promise.reject(new Error('no interaction is expected')),
  runCommand: () => Promise.reject(new Error('no interaction is expected')),
  runComponent: () => Promise.reject(new Error('no interaction is expected')),
  autocomplete: async () => [],
  channelDeleted: () => undefined,
  serverAdded: () => undefined,
  serverRemoved: () => undefined,
  serversKnown: () => undefined,
};

test('a process with a quarter of the shards sends at most a quarter of the 50 requests per second that Discord allows', async () => {
  const shards = parseShardRange('0-3/16');
  const share = shards ? requestsPerSecond(shards) : 0;
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, rateLimits: 'off', gateway: { maxConcurrency: 16 } });
  const client = createDiscordClient({
    token: loopback.world().botToken,
    api: loopback.api,
    shards,
    clock,
    time: measureTime(clock),
    log: createLog('silent'),
    identifies: { load: async () => [], save: async () => undefined },
    onEnd: (error) => {
      throw error;
    },
  });
  onTestFinished(() => client.leave());
  await client.join(idleApp);

  // discord.js uses `Date` and `setTimeout` to count the requests of each second.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  vi.advanceTimersByTime(2_000);
  const sent = () => loopback.log.filter(({ path }) => path.includes('/members/')).length;
  let answered = 0;
  // Each request is about another server and therefore has its own rate limit. Only the global limit delays them.
  const requests = Array.from({ length: 3 * share }, (_, server) =>
    client.membership
      .isMember(`${server}`, '1')
      .catch(() => false)
      .finally(() => answered++),
  );
  for (let second = 1; second <= 3; second++) {
    await vi.waitUntil(() => answered >= second * share, patiently);
    expect(sent()).toBe(second * share);
    await vi.advanceTimersByTimeAsync(1_100);
  }
  await Promise.all(requests);
});
