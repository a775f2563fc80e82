/**
 * Measures the costs of several processes and many servers. Measures the processor time of an interaction, first for a
 * bot with one process and then for a bot with two processes. Measures the memory and the start time of a bot with 16
 * shards, and compares them with those of a plain discord.js client with the same intents. Needs TEST_DATABASE_URL. By
 * default, the memory is measured with 1,000 servers. The option `--full` raises this number to 10,000.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { dropSchema } from '../support/temporary-store.ts';
import { generatorsFor } from './interactions-bench.ts';
import { type MeasuredBot, startTraffic, type Traffic } from './traffic/traffic.ts';

const rate = 100;
/** How many times everything is measured. The table of targets shows the worst results. */
const repeats = 2;
const shards = 16;

interface Sizes {
  readonly servers: number;
  readonly seconds: number;
}

export async function benchScale(options: readonly string[]): Promise<string> {
  const address = process.env['TEST_DATABASE_URL'];
  if (address === undefined) return '## Scale\n\nNot measured, because TEST_DATABASE_URL is not set.';
  const sizes = options.includes('--full') ? { servers: 10_000, seconds: 10 } : { servers: 1_000, seconds: 3 };
  const one = await cpuOf(address, ['0-15/16'], sizes);
  const two = await cpuOf(address, ['0-7/16', '8-15/16'], sizes);
  const ours = await measureIdle(address, 'ours-sharded', sizes);
  const bare = await measureIdle(address, 'echo', sizes);
  const worst = Math.max(...two.map((cpu, index) => cpu / (one[index] ?? NaN)));
  const more = Math.max(...ours.map(({ memoryMb }) => memoryMb)) - Math.min(...bare.map(({ memoryMb }) => memoryMb));
  const list = (numbers: readonly number[]) => numbers.map((number) => number.toFixed(2)).join(', ');
  return [
    '## Scale',
    `Bots with ${shards} shards on the emulated Discord and PostgreSQL. Everything is measured ${repeats} times. CPU is the processor
time of all processes of the bot for one interaction at ${rate} a second; half of the interactions are quiz presses, the
others are /event. The bare client is a discord.js client with the same intents and its default caches. Node ${process.version}.`,
    [
      '| | one process | two processes |',
      '| --- | --- | --- |',
      `| CPU ms for one interaction | ${list(one)} | ${list(two)} |`,
    ].join('\n'),
    [
      `| with ${sizes.servers.toLocaleString('en')} servers | the bot | bare client |`,
      '| --- | --- | --- |',
      `| memory after ${idleMs / 1_000} s, MB | ${list(ours.map(({ memoryMb }) => memoryMb))} | ${list(bare.map(({ memoryMb }) => memoryMb))} |`,
      `| start of ${shards} shards, s | ${list(ours.map(({ startMs }) => startMs / 1_000))} | ${list(bare.map(({ startMs }) => startMs / 1_000))} |`,
    ].join('\n'),
    [
      '| target | reached | |',
      '| --- | --- | --- |',
      `| two processes at most 1.1 × the CPU of one | ${worst.toFixed(2)} | ${worst <= 1.1 ? 'met' : 'missed'} |`,
      `| at most 50 MB above the bare client | ${more.toFixed(0)} MB | ${more <= 50 ? 'met' : 'missed'} |`,
    ].join('\n'),
  ].join('\n\n');
}

/** Starts the traffic with a new PostgreSQL schema, calls `work`, stops everything and deletes the schema. */
async function withTraffic<T>(
  address: string,
  bot: MeasuredBot,
  scale: { readonly servers: number; readonly channelsEach: number; readonly members: number },
  ranges: readonly string[],
  work: (traffic: Traffic) => Promise<T>,
): Promise<T> {
  const schema = `caspian_bench_${randomBytes(6).toString('hex')}`;
  try {
    const traffic = await startTraffic(bot, 'none', { ...scale, ranges, schema });
    try {
      return await work(traffic);
    } finally {
      await traffic.stop();
    }
  } finally {
    await dropSchema(address, schema);
  }
}

/**
 * The processor time of one interaction, in ms. Half of the interactions are presses on quiz buttons, and the other
 * half are uses of /event.
 */
async function cpuOf(address: string, ranges: readonly string[], { seconds }: Sizes): Promise<readonly number[]> {
  const scale = { servers: 16, channelsEach: 3, members: 240 };
  return withTraffic(address, 'ours-sharded', scale, ranges, async (traffic) => {
    const generators = await generatorsFor(traffic, 'ours-sharded');
    const once = async (number: number) => {
      const lookUps = await traffic.atRate(await generators['/event'](number), rate);
      const presses = await traffic.atRate(await generators['a quiz press'](number), rate);
      return (lookUps.cpuMs + presses.cpuMs) / 2;
    };
    // Warms up the bot, as the benchmark of interactions does. A bot with more processes gets more interactions, so
    // that each of its processes is warmed up equally.
    await once(rate * 5 * ranges.length);
    const costs: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      process.stderr.write(`${ranges.length} process(es), ${repeat + 1}\n`);
      costs.push(await once(rate * seconds));
    }
    return costs;
  });
}

/**
 * Time from the start to the measurement of the memory, in ms. During this time, V8 frees the memory that was needed
 * only for the start.
 */
const idleMs = 30_000;

/** Measures the memory and the start time of one process with all shards and many servers, without interactions. */
async function measureIdle(address: string, bot: MeasuredBot, { servers }: Sizes) {
  const found: { readonly memoryMb: number; readonly startMs: number }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    process.stderr.write(`${bot}, ${servers} servers, ${repeat + 1}\n`);
    const scale = { servers, channelsEach: 5, members: 2 };
    found.push(
      await withTraffic(address, bot, scale, [`0-${shards - 1}/${shards}`], async (traffic) => {
        await sleep(idleMs);
        return { memoryMb: await traffic.bot.memoryMb(), startMs: traffic.bot.startMs };
      }),
    );
  }
  return found;
}
