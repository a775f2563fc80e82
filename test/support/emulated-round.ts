/**
 * Starts the whole bot on the emulated Discord. Both use the same virtual clock. Tests can let members play a group
 * round in #general.
 */
import { onTestFinished } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { LoopbackMember, Outcome } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import type { LoadedPack } from '../../src/bot/packs/read-pack.ts';
import type { Clock } from '../../src/clock.ts';
import { caspian } from './caspian.ts';
import type { Store } from '../../src/store/store.ts';
import { memoryStore } from './memory-store.ts';

export interface RoundOptions {
  readonly questions?: number;
  readonly seconds?: number;
}

interface BotOptions {
  /**
   * Receives the clock of the emulated Discord and returns the clock of the bot. By default, the bot uses the clock of
   * the emulated Discord.
   */
  readonly clockOf?: (clock: Clock) => Clock;
  readonly store?: Store;
  readonly heartbeatMs?: number;
  /** By default, the shipped pack with only its four-option questions. */
  readonly pack?: LoadedPack;
}

export async function emulatedBot({
  clockOf = (clock) => clock,
  store = memoryStore(),
  pack,
  ...options
}: BotOptions = {}) {
  const clock = virtualClock();
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  // discord.js waits in real time until a rate limit ends. The tests of faults use a virtual clock, so they turn rate
  // limits off.
  const more = { clock, botClock: clockOf(clock), rateLimits: 'off', log, ...options } as const;
  const bot = await caspian(store, onTestFinished, pack, more);
  const members = new Map<string, Promise<LoopbackMember>>();
  const member = (name: string): Promise<LoopbackMember> => {
    const known = members.get(name) ?? bot.member(name);
    members.set(name, known);
    return known;
  };
  const ana = await member('ana');
  /** Advances the clock until Ana sees a message with this text. Returns the message. */
  const shows = (words: string, id?: string): Promise<SeenMessage> =>
    passing(
      clock,
      ana.waitFor((message) => (id === undefined || message.id === id) && textOf(message).includes(words)),
      500,
    );
  /**
   * Waits until the bot has got the responses to its requests. Waits at most 100 ms, because a request that a fault has
   * cut gets no response.
   */
  const responded = async () => {
    for (let waits = 0; waits < 20; waits++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (waits > 0 && bot.loopback.log.every(({ status }) => status > 0)) return;
    }
  };
  return {
    ...bot,
    clock,
    lines,
    store,
    ana,
    member,
    /** Advances the clock by `ms` in steps. After each step, the bot gets the responses to its requests. */
    async advance(ms: number, step = 5_000): Promise<void> {
      for (const end = clock.now() + ms; clock.now() < end;) {
        await clock.advance(Math.min(step, end - clock.now()));
        await responded();
      }
    },
    /** Reconnects a member whose connection was cut. */
    joinAgain: bot.member,
    shows,
    /** Presses a button for a member and returns the text of the response. */
    press: async (name: string, on: SeenMessage, label: string): Promise<string> =>
      wordsOf(await (await member(name)).press(on, label)),
    /** Opens a round in #general without a thread, starts it, and returns its first question. */
    async begin({ questions = 3, seconds = 20 }: RoundOptions = {}): Promise<SeenMessage> {
      const opened = await ana.command('general', '/quiz group', { questions, seconds, thread: 'no' });
      await ana.press(messageOf(opened), 'Start now');
      return ana.waitFor((message) => textOf(message).includes(`Question 1 of ${questions}`));
    },
    /** The number of requests with this method and route (see `routes`) that the bot and the members have sent. */
    requests: (method: string, route: string): number =>
      bot.loopback.log.filter((one) => one.method === method && one.route === route).length,
    logged: (words: string): number => lines.filter((line) => line.includes(words)).length,
  };
}

export function messageOf(outcome: Outcome): SeenMessage {
  if (outcome.kind !== 'answered' || !outcome.message) throw new Error(`no message: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

export const wordsOf = (outcome: Outcome): string =>
  outcome.kind === 'answered' && outcome.message ? textOf(outcome.message) : outcome.kind;

/** The routes of the emulated Discord that the tests of faults use. */
export const routes = {
  post: '/channels/:channel/messages',
  edit: '/channels/:channel/messages/:message',
  callback: '/interactions/:interaction/:token/callback',
  original: '/webhooks/:application/:token/messages/:message',
} as const;
