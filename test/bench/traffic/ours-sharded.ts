/** Runs one process of the bot of this project, with its own shards, on the PostgreSQL database of TEST_DATABASE_URL. */
import { realClock } from '../../../src/clock.ts';
import { startBot } from '../../../src/compose.ts';
import { createLog } from '../../../src/log.ts';
import { loadPacksInWorker } from '../../../src/bot/packs/load-in-worker.ts';
import { parseShardRange } from '../../../src/core/shard-range.ts';
import { identifyLocks } from '../../../src/store/identify-locks.ts';
import { type Lease, takeLease } from '../../../src/store/shard-lease.ts';
import { openTemporaryStore } from '../../support/temporary-store.ts';
import { runBot } from './measured-bot.ts';

await runBot(async ({ api, token, shards: range = '', schema = '' }) => {
  const database = { address: process.env['TEST_DATABASE_URL'] ?? '', schema };
  const [log, shards] = [createLog('silent'), parseShardRange(range)];
  const fail = (error: Error): never => {
    throw error;
  };
  let lease: Lease | undefined;
  const store = await openTemporaryStore({ folder: '', database }, () => lease);
  lease = await takeLease({ ...database, shards, clock: realClock, log, onLost: fail });
  const { release } = lease;
  const locks = identifyLocks({ ...database, clock: realClock, log });
  // Reads the pack in a worker thread, as `npm start` does. The memory that was needed for reading is free again when
  // the worker thread ends.
  const folder = new URL('.', import.meta.resolve('#data/russia-iran/pack.yaml'));
  const { bank, ...library } = (await loadPacksInWorker({ pack: folder })).pack;
  const running = await startBot({
    // Only questions with answer buttons are measured, so questions whose answer is a typed year are left out.
    library: { ...library, bank: { ...bank, questions: bank.questions.filter(({ options }) => options.length > 0) } },
    store,
    token,
    api,
    shards,
    shared: { ...lease, identifyTurns: locks },
    clock: realClock,
    log,
    onEnd: fail,
  });
  return async () => {
    await running.stop();
    await release();
    await locks.close();
    await store.close();
  };
});
