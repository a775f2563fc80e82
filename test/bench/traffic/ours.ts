/** Runs the bot of this project as in production, with the real clock and the real store in a file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../../src/clock.ts';
import { createLog } from '../../../src/log.ts';
import { readPack } from '../../../src/bot/packs/read-pack.ts';
import { startBot } from '../../../src/compose.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { asBot } from './measured-bot.ts';

await asBot(async ({ api, token }) => {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-bench-'));
  const store = await openSqlite(join(folder, 'caspian.sqlite'));
  const { bank, ...library } = await readPack(new URL('.', import.meta.resolve('#data/russia-iran/pack.yaml')));
  const running = await startBot({
    // Only questions with answer buttons are measured. Questions for a typed year are left out.
    library: { ...library, bank: { ...bank, questions: bank.questions.filter(({ options }) => options.length > 0) } },
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
    await rm(folder, { recursive: true });
  };
});
