/**
 * The process of the bot loads this file with `--import`. For each message from the parent process, it collects garbage
 * and reports the memory that is still in use. Collecting garbage needs Node's option `--expose-gc`.
 */
import { memoryUsage } from 'node:process';

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = memoryUsage();
  process.send?.({ rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 });
});
// If the parent process is killed, this process must end too.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// The open channel to the parent process must not keep the bot alive.
process.channel?.unref();
