/**
 * Loaded into the process of the bot with `--import`. On each message of the parent process, collects garbage (Node's
 * option `--expose-gc`) and reports the memory that is still in use.
 */
import { memoryUsage } from 'node:process';

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = memoryUsage();
  process.send?.({ rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 });
});
// If the process of the soak is killed, the bot ends, too.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Otherwise the open channel would keep the process alive.
process.channel?.unref();
