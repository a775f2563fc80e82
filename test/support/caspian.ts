/** Starts the bot on an emulated Discord, with the code of `npm start`. The store keeps its data during a restart. */
import { onTestFinished } from 'vitest';
import { type Clock, realClock } from '../../src/clock.ts';
import { createLog, type Log } from '../../src/log.ts';
import { type Loopback, startLoopback } from '../../src/loopback/loopback.ts';
import { type LoadedPack, readPack } from '../../src/bot/packs/read-pack.ts';
import { readHere } from '../../src/bot/packs/read-added.ts';
import type { Pictures } from '../../src/bot/ports/pictures.ts';
import { pageHandler } from '../../src/playground/page-server.ts';
import { startBot } from '../../src/compose.ts';
import { restartable } from '../../src/starts/restartable-bot.ts';
import type { Store } from '../../src/store/store.ts';
import { joinAs, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { memoryStore } from './memory-store.ts';

export const library: LoadedPack = await readPack(new URL('../../data/russia-iran/', import.meta.url));
/** The pack that the playground's second server uses. */
export const polarFirsts: LoadedPack = await readPack(new URL('../../data/polar-firsts/', import.meta.url));
/** The shipped pack with only its four-option questions, because most tests press one of the buttons A to D. */
export const fourOptionPack: LoadedPack = {
  ...library,
  bank: { ...library.bank, questions: library.bank.questions.filter(({ options }) => options.length === 4) },
};

export interface Caspian {
  readonly loopback: Loopback;
  readonly store: Store;
  member(username: string): Promise<LoopbackMember>;
  /**
   * Restarts the bot on the same store. The emulated Discord keeps running. `patience` is the maximum time for
   * stopping, in ms.
   */
  restart(patience?: number): Promise<void>;
}

interface Replacements {
  readonly clock?: Clock;
  /** The bot's clock, if it differs from the clock of the emulated Discord. */
  readonly botClock?: Clock;
  readonly rateLimits?: 'on' | 'off';
  /** The heartbeat interval that Discord sends in HELLO, in ms. */
  readonly heartbeatMs?: number;
  readonly pictures?: Pictures;
  readonly log?: Log;
}

/**
 * Starts a bot and the page of the playground. Both are stopped after the test.
 * @param finished `onTestFinished` of the test. Concurrent tests must pass their own function.
 * @param played the pack from which questions are drawn
 * @param replacements By default, the clock is the real clock, resvg renders pictures, and nothing is logged.
 */
export async function caspian(
  store: Store = memoryStore(),
  finished: typeof onTestFinished = onTestFinished,
  played: LoadedPack = fourOptionPack,
  { clock = realClock, botClock = clock, rateLimits = 'on', heartbeatMs, ...more }: Replacements = {},
): Promise<Caspian> {
  let restart: ((patience?: number) => Promise<void>) | undefined;
  const page = pageHandler(new URL('../../src/playground/page/', import.meta.url), () => ({
    emulated: loopback,
    restart,
  }));
  const gateway = { concurrencyMs: 0, ...(heartbeatMs !== undefined && { heartbeatMs }) };
  const loopback = await startLoopback({ port: 0, page, clock, rateLimits, gateway });
  const running = await restartable(() =>
    startBot({
      library: played,
      servers: new Map([[loopback.world().guilds[1]?.id ?? '', polarFirsts]]),
      store,
      token: loopback.world().botToken,
      api: loopback.api,
      clock: botClock,
      log: createLog('silent'),
      packReader: readHere,
      ...more,
      onEnd: (error) => {
        throw error;
      },
    }),
  );
  restart = (patience) => running.restart(patience);
  finished(async () => {
    await running.stop();
    await loopback.stop();
    if (loopback.unknownRoutes.length > 0) throw new Error(`Not modelled: ${loopback.unknownRoutes.join(', ')}`);
  });
  return {
    loopback,
    store,
    async member(username) {
      const member = await joinAs(loopback, username);
      finished(() => member.close());
      return member;
    },
    restart,
  };
}
