/**
 * Measures packs that servers add. Measures the event loop delays while a pack of 10,000 cards is imported, installed,
 * loaded and searched. Then measures the memory of a bot in which each of 1,000 servers has its own pack.
 */
import { fork } from 'node:child_process';
import { longest, ownDelays, watchDelays } from './delays.ts';
import type { ServerPacksMeasured } from './import-delays.ts';

/** Maximum delay of the event loop, in ms. */
const TARGET = 50;

export async function benchServerPacks(): Promise<string> {
  const watch = watchDelays();
  const { entries, steps, memory } = await measuredByChild();
  watch.stop();
  const idle = watch.take();
  const rows = steps.map(({ what, ms, delays }) => {
    const own = longest(ownDelays(delays, idle));
    return `| ${[what, ms.toFixed(0), own.toFixed(0), own < TARGET ? 'yes' : 'no'].join(' | ')} |`;
  });
  return [
    `## Packs of servers\n\nA pack of ${entries} cards. The delay is the longest time for which the event loop was blocked.\n`,
    `| step | ms | longest delay in ms | under ${TARGET} ms |`,
    '|---|--:|--:|---|',
    ...rows,
    '\n| memory | heap in MiB | packs in memory |',
    '|---|--:|--:|',
    ...memory.map(({ what, heap, loaded }) => `| ${what} | ${heap.toFixed(0)} | ${loaded} |`),
  ].join('\n');
}

function measuredByChild(): Promise<ServerPacksMeasured> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./import-delays.js', import.meta.url), [], { execArgv: ['--expose-gc'] });
    // The cast is safe because the child sends only this message.
    child.on('message', (message) => resolve(message as ServerPacksMeasured));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the measuring process ended with ${code} and no result`)));
  });
}
