/** Runs a bot in this process and reports its processor time and memory on request. */
import type { FromBot, ToBot } from './traffic.ts';

export interface Joining {
  readonly api: string;
  readonly token: string;
  /** The range of shards of this process. Absent if it has all shards. */
  readonly shards?: string;
  /** The schema that several processes share. */
  readonly schema?: string;
}

/** Starts the bot with `start`, which returns a function that stops the bot. */
export async function asBot(start: (joining: Joining) => Promise<() => Promise<void>>): Promise<void> {
  const tell = (message: FromBot): void => void process.send?.(message);
  // traffic.ts sets this argument.
  const joining = JSON.parse(process.argv[2] ?? '') as Joining;
  const stop = await start(joining);
  process.on('message', (told: ToBot) => {
    if (told.do === 'stop') return void stop().then(() => process.disconnect());
    const { user, system } = process.cpuUsage();
    tell({ is: 'cost', cpuMs: (user + system) / 1_000, memoryMb: process.memoryUsage().rss / 2 ** 20 });
  });
  tell({ is: 'ready', sinceStartMs: performance.now() });
}
