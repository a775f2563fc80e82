/** Tests how the whole bot stops while members play, with the real discord.js client. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { loopbackFor } from '../loopback/real-bot.ts';
import { messageOf, wordsOf } from '../support/emulated-round.ts';
import { memoryStore } from '../support/memory-store.ts';
import { seen } from '../support/seen.ts';
import { startingBot } from '../support/starting-bot.ts';

const hosts = ['ana', 'ana', 'ben', 'ben', 'cem'];
const paused = 'Back in a moment, round paused.';

async function fiveRounds() {
  const clock = virtualClock();
  const loopback = await loopbackFor({
    clock,
    rateLimits: 'off',
    seed: {
      bots: [{ name: 'Caspian' }],
      servers: [{ name: 'Study group', channels: hosts.map((_, index) => `c-${index}`) }],
      members: ['ana', 'ben', 'cem'].map((username) => ({ username, name: username })),
    },
  });
  const store = memoryStore();
  const running = startingBot(loopback, store, clock);
  await running.bot;
  const ana = await joinAs(loopback, 'ana');
  onTestFinished(() => ana.close());
  for (const [index, username] of hosts.entries()) {
    const host = await joinAs(loopback, username);
    onTestFinished(() => host.close());
    const lobby = messageOf(await host.command(`c-${index}`, '/quiz group', { seconds: 120, thread: 'no' }));
    await host.press(lobby, 'Start now');
    const isQuestion = (message: SeenMessage) =>
      message.channel_id === lobby.channel_id && textOf(message).includes('Question 1');
    await ana.waitFor(isQuestion);
  }
  return { ...running, ana, clock, loopback, store };
}

test.each([
  ['stays open', undefined],
  ['is closed with code 1000', 1_000],
  ['is closed with code 4000', 4_000],
  ['is cut', 'cut'],
] as const)(
  'F18: if five rounds are running and the gateway connection %s, the bot stops within 10 s and the rounds stay stored',
  async (_, drop) => {
    const { ana, bot, clock, loopback, store, lines } = await fiveRounds();
    const closed = vi.spyOn(WebSocket.prototype, 'close');
    onTestFinished(() => closed.mockRestore());
    const began = clock.now();
    let stoppedAt = 0;
    const { stop } = await bot;
    const stopped = stop(8_000).then(() => (stoppedAt = clock.now()));
    if (drop === undefined) expect(wordsOf(await ana.command('c-4', '/quiz solo'))).toContain('being restarted');
    else loopback.faults.dropGateway(drop);
    await expect.poll(() => clock.advance(250).then(() => stoppedAt), { interval: 5 }).toBeGreaterThan(0);
    await stopped;
    expect(stoppedAt - began).toBeLessThanOrEqual(10_000);
    expect(ana.seen().filter((message) => textOf(message) === paused)).toHaveLength(hosts.length);
    expect(await store.keys('round/', '')).toHaveLength(hosts.length);
    // The bot closes the connection with code 1000, which ends its session. The emulated Discord then closes its side
    // with the same code. Both calls of `close` are recorded.
    if (drop === undefined) expect(new Set(closed.mock.calls.map(([code]) => code))).toEqual(new Set([1_000]));
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
    seen(`five notes, five stored rounds, after ${(stoppedAt - began) / 1_000} s`);
  },
);
