/** Runs a bot in this process and reports its processor time and memory on request. */
import type { FromBot, ToBot } from './traffic.ts';

export interface BotArguments {
  readonly api: string;
  readonly token: string;
  /** The range of shards of this process. Absent if the process has all shards. */
  readonly shards?: string;
  /** The PostgreSQL schema that all processes of the bot share. */
  readonly schema?: string;
}

/** Starts the bot with `start`, which returns a function that stops the bot. */
export async function runBot(start: (args: BotArguments) => Promise<() => Promise<void>>): Promise<void> {
  const sendToParent = (message: FromBot): void => void process.send?.(message);
  // The cast is safe because traffic.ts passes this argument.
  const args = JSON.parse(process.argv[2] ?? '') as BotArguments;
  const stop = await start(args);
  process.on('message', (request: ToBot) => {
    if (request.do === 'stop') return void stop().then(() => process.disconnect());
    const { user, system } = process.cpuUsage();
    sendToParent({ is: 'cost', cpuMs: (user + system) / 1_000, memoryMb: process.memoryUsage().rss / 2 ** 20 });
  });
  sendToParent({ is: 'ready', sinceStartMs: performance.now() });
}
