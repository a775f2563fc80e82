/** Starts a bot on an emulated Discord, for tests in which the bot fails to start or ends while it runs. */
import { onTestFinished } from 'vitest';
import type { ConnectionEnded } from '../../src/discord/login-errors.ts';
import { startBot } from '../../src/compose.ts';
import { createLog } from '../../src/log.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { deferred } from '../loopback/real-bot.ts';
import { fourOptionPack } from './caspian.ts';
import { memoryStore } from './memory-store.ts';

/**
 * Starts a bot and stops it after the test. Records its log, and the error if the connection of the running bot ends.
 * @param finished `onTestFinished` of the test. Concurrent tests must pass the function of their own context.
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
    library: fourOptionPack,
    store,
    token: loopback.world().botToken,
    api: loopback.api,
    clock,
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    onEnd: ended.resolve,
    onStarting: (starting) => stop.resolve(starting.stop),
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
    /** The number of log lines that contain these words. */
    logged: (words: string) => lines.filter((line) => line.includes(words)).length,
    /**
     * Advances the clock in steps of `step` ms until the bot has started or failed to start. Returns the error, or
     * undefined if the bot has started.
     */
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
