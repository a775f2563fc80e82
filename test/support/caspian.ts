/** Caspian on an emulated Discord, as `npm start` composes it, with a store that survives restarts. */
import { onTestFinished } from 'vitest';
import { type Clock, realClock } from '../../src/clock.ts';
import { createLog, type Log } from '../../src/log.ts';
import { type Loopback, startLoopback } from '../../src/loopback/loopback.ts';
import { type LoadedPack, readPack } from '../../src/bot/packs/read-pack.ts';
import type { Pictures } from '../../src/bot/ports/pictures.ts';
import { pageHandler } from '../../src/playground/page-server.ts';
import { restartable, startBot } from '../../src/compose.ts';
import type { Store } from '../../src/store/store.ts';
import { joinAs, type TestMember } from './member.ts';
import { memoryStore } from './memory-store.ts';

export const library: LoadedPack = await readPack(new URL('../../data/russia-iran/', import.meta.url));
/** The pack of the playground's second server. */
export const polarFirsts: LoadedPack = await readPack(new URL('../../data/polar-firsts/', import.meta.url));
/** The pack with only its lettered questions, because most tests press a letter. */
const inLetters: LoadedPack = {
  ...library,
  bank: { ...library.bank, questions: library.bank.questions.filter(({ options }) => options.length === 4) },
};

export interface Caspian {
  readonly loopback: Loopback;
  readonly store: Store;
  member(username: string): Promise<TestMember>;
  /** Restarts the bot on the same store. The emulated Discord keeps running. */
  restart(patience?: number): Promise<void>;
}

/**
 * A running bot with the playground's page. Both stop with the test.
 * @param finished `onTestFinished` of the test, which concurrent tests must pass
 * @param played the pack; by default this pack with its lettered questions only
 * @param more the clock of both, the renderer of pictures and the log, instead of the real clock, resvg and none
 */
export async function caspian(
  store: Store = memoryStore(),
  finished: typeof onTestFinished = onTestFinished,
  played: LoadedPack = inLetters,
  { clock = realClock, ...more }: { readonly clock?: Clock; readonly pictures?: Pictures; readonly log?: Log } = {},
): Promise<Caspian> {
  let restart: ((patience?: number) => Promise<void>) | undefined;
  const page = pageHandler(new URL('../../src/playground/page/', import.meta.url), () => ({
    emulated: loopback,
    restart,
  }));
  const loopback = await startLoopback({ port: 0, page, clock });
  const running = await restartable(() =>
    startBot({
      library: played,
      servers: new Map([[loopback.world().guilds[1]?.id ?? '', polarFirsts]]),
      store,
      token: loopback.world().botToken,
      api: loopback.api,
      clock,
      log: createLog('silent'),
      ...more,
      onEnd: (cause) => {
        throw new Error(cause);
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
