/** Starts a bot that may fail to start, on an emulated Discord and a virtual clock of its own. */
import { onTestFinished } from 'vitest';
import type { ConnectionEnded } from '../../src/discord/login-errors.ts';
import { startBot } from '../../src/compose.ts';
import { createLog } from '../../src/log.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { deferred } from '../loopback/real-bot.ts';
import { inLetters } from './caspian.ts';
import { memoryStore } from './memory-store.ts';

/**
 * Starts a bot. Records its log, and the error with which its running connection ends. Stops it after the test.
 * @param finished concurrent tests must pass the `onTestFinished` of their own context
 */
export function startingBot(
  loopback: Loopback,
  store = memoryStore(),
  clock = virtualClock(),
  finished: typeof onTestFinished = onTestFinished,
) {
  const lines: string[] = [];
  const ended = deferred<ConnectionEnded>();
  const stop = deferred<(patience?: number) => Promise<void>>();
  const bot = startBot({
    library: inLetters,
    store,
    token: loopback.world().botToken,
    api: loopback.api,
    clock,
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    onEnd: ended.resolve,
    onStarting: stop.resolve,
  });
  finished(async () => {
    const running = await bot.catch(() => undefined);
    await running?.stop();
  });
  return {
    bot,
    lines,
    ended: ended.promise,
    stop: stop.promise,
    clock,
    store,
    /** How often these words were logged. */
    logged: (words: string) => lines.filter((line) => line.includes(words)).length,
    /** The error of the start. Advances the clock until the start has failed, in steps of `step` ms. */
    async failure(step = 1_000): Promise<unknown> {
      const outcome = bot.then(
        () => ({ error: undefined }),
        (error: unknown) => ({ error }),
      );
      const waiting = () => new Promise<undefined>((resolve) => setTimeout(resolve, 5, undefined));
      for (;;) {
        const came = await Promise.race([outcome, waiting()]);
        if (came) return came.error;
        await clock.advance(step);
      }
    },
  };
}
