/** Runs the real bot for a benchmark, on SQLite or on a PostgreSQL database. */
import { realClock } from '../../../src/clock.ts';
import { createLog } from '../../../src/log.ts';
import { readPack } from '../../../src/bot/packs/read-pack.ts';
import { startBot } from '../../../src/compose.ts';
import { openTemporaryStore, withTemporaryStore } from '../../support/temporary-store.ts';
import { runBot } from './measured-bot.ts';

/** @param address the address of a PostgreSQL database. By default, the store is an SQLite file. */
export const measureOurBot = (address?: string): Promise<void> =>
  withTemporaryStore(address, async (place) => {
    let ended = () => {};
    const end = new Promise<void>((resolve) => (ended = resolve));
    await runBot(async ({ api, token }) => {
      const store = await openTemporaryStore(place);
      const { bank, ...library } = await readPack(new URL('.', import.meta.resolve('#data/russia-iran/pack.yaml')));
      const running = await startBot({
        // Only questions with answer buttons are measured, so questions whose answer is a typed year are left out.
        library: {
          ...library,
          bank: { ...bank, questions: bank.questions.filter(({ options }) => options.length > 0) },
        },
        store,
        token,
        api,
        clock: realClock,
        log: createLog('silent'),
        onEnd: (error) => {
          throw error;
        },
      });
      return async () => {
        await running.stop();
        await store.close();
        ended();
      };
    });
    await end;
  });
