/**
 * A child process with the real bot. The bot uses a database, and the parent process sets the bot's clock. The child
 * process counts the store operations of the bot, and kills itself with SIGKILL at the operation that the parent
 * process has chosen.
 */
import { readFile } from 'node:fs/promises';
import { deserialize } from 'node:v8';
import { z } from 'zod';
import { realClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { parseShardRange } from '../../src/core/shard-range.ts';
import { identifyLocks } from '../../src/store/identify-locks.ts';
import { type Lease, takeLease } from '../../src/store/shard-lease.ts';
import type { LoadedPack } from '../../src/bot/packs/read-pack.ts';
import { startBot } from '../../src/compose.ts';
import { openTemporaryStore } from '../support/temporary-store.ts';
import { withSteps } from './steps.ts';

const killStepSchema = z.object({ step: z.string().optional(), nth: z.number() });
const settings = z
  .object({
    api: z.string(),
    token: z.string(),
    store: z.object({
      folder: z.string(),
      database: z.object({ address: z.string(), schema: z.string() }).optional(),
    }),
    /** The path of a file with the serialized pack. */
    pack: z.string(),
    now: z.number(),
    /** The range of shards of this process. Absent if it has all shards. */
    shards: z.string().optional(),
    /** The step at which the process kills itself during the start of the bot. */
    killAt: killStepSchema.optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('set-time'), now: z.number(), id: z.number() }),
  z.object({ do: z.literal('plan-kill'), at: killStepSchema }),
  z.object({ do: z.literal('stop') }),
]);

let now = settings.now;
const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
const clock = {
  now: () => now,
  alarm(at: number, ring: () => void) {
    const alarm = { at, ring };
    alarms.add(alarm);
    return () => void alarms.delete(alarm);
  },
};
function moveTo(at: number): void {
  now = Math.max(now, at);
  for (const alarm of [...alarms].toSorted((a, b) => a.at - b.at)) {
    if (alarm.at > now || !alarms.delete(alarm)) continue;
    alarm.ring();
  }
}

let { killAt } = settings;
let taken = 0;
function step(name: string): void {
  if (killAt && (killAt.step ?? name) === name && ++taken === killAt.nth) process.kill(process.pid, 'SIGKILL');
}

/** Counts the rounds in the store. */
async function count(): Promise<number> {
  let rounds = 0;
  for await (const _ of store.range('round/', z.unknown())) rounds++;
  return rounds;
}

/**
 * A killed process is started again immediately. `grace` and `retry` are short, so that the new process soon takes over
 * the lease of the killed process.
 */
const leaseTimes = { grace: 100, retry: 20, patience: 20_000 };

const tell = (message: object): void => void process.send?.(message);
const fail = (error: Error): never => {
  throw error;
};
const shards = parseShardRange(settings.shards ?? '');
let lease: Lease | undefined;
const store = await openTemporaryStore(settings.store, () => lease);
const { database } = settings.store;
if (shards && database)
  lease = await takeLease({
    ...database,
    shards,
    clock: realClock,
    log: createLog('silent'),
    times: leaseTimes,
    onLost: fail,
  });
const locks = database && identifyLocks({ ...database, clock: realClock, log: createLog('silent') });
const running = await startBot({
  // The cast is safe because games.ts has written this file.
  library: deserialize(await readFile(settings.pack)) as LoadedPack,
  store: withSteps(store, step),
  token: settings.token,
  api: settings.api,
  clock,
  shards,
  shared: lease && locks && { ...lease, identifyTurns: locks },
  log: createLog('silent'),
  onEnd: fail,
});
process.on('message', (said) => {
  const told = order.parse(said);
  if (told.do === 'set-time') {
    moveTo(told.now);
    void count().then((rounds) => tell({ is: 'time-set', id: told.id, rounds }));
  } else if (told.do === 'plan-kill') killAt = told.at;
  else
    void running.stop().then(async () => {
      await lease?.release();
      await locks?.close();
      await store.close();
      process.disconnect();
    });
});
tell({ is: 'ready' });
