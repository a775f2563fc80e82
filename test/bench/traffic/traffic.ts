/**
 * Generates traffic between an emulated Discord and a bot, each in its own process. This process acts as all members.
 * The load is open-loop: requests are sent on schedule even if earlier answers have not arrived.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { WorldDocument } from '../../../src/loopback/world-document.ts';

export type ToWorld = { readonly do: 'begin' | 'waits' | 'stop' };
export type FromWorld =
  | { readonly is: 'ready'; readonly world: WorldDocument; readonly startMs: number }
  | { readonly is: 'begun' }
  /** A callback has arrived. `number` is the number of callbacks since the start of the load. */
  | { readonly is: 'came'; readonly number: number }
  | { readonly is: 'waits'; readonly waits: readonly number[]; readonly unanswered: number; readonly memoryMb: number };
export type ToBot = { readonly do: 'cost' | 'stop' };
export type FromBot =
  | { readonly is: 'ready'; readonly sinceStartMs: number }
  | { readonly is: 'cost'; readonly cpuMs: number; readonly memoryMb: number };

/** An interaction in the format in which a member's Discord client sends it. */
export interface Act {
  readonly member: number;
  readonly body: object;
}

/** Maximum time to wait for late callbacks, in ms. */
const patience = 10_000;

export interface Load {
  /** Times between sending an interaction to the bot and receiving its callback, in ms, in ascending order. */
  readonly waits: readonly number[];
  readonly unanswered: number;
  /** Processor time of the bot per interaction, in ms. */
  readonly cpuMs: number;
  readonly perSecond: number;
}

export interface Traffic {
  readonly world: WorldDocument;
  /**
   * `startMs` is the time from the start of the process until the bot could answer, in ms. `memoryMb` returns the
   * current memory.
   */
  readonly bot: { readonly startMs: number; readonly memoryMb: () => Promise<number> };
  readonly loopback: { readonly startMs: number; readonly memoryMb: () => Promise<number> };
  request(member: number, method: string, path: string, body?: object): Promise<unknown>;
  /** Sends `perSecond` interactions per second, even if earlier answers have not arrived. */
  steadily(acts: readonly Act[], perSecond: number): Promise<Load>;
  /**
   * Sends a new interaction whenever an answer arrives. Therefore about `atOnce` interactions are unanswered at any
   * time.
   */
  flatOut(acts: readonly Act[], atOnce: number): Promise<Load>;
  stop(): Promise<void>;
}

/**
 * What the emulated Discord checks. `all`: everything. `shapes`: the format of request bodies, but not rate limits.
 * `none`: nothing.
 */
export type Checks = 'all' | 'shapes' | 'none';

/** The name of a program in this folder that runs a bot. */
export type MeasuredBot = 'echo' | 'ours' | 'ours-postgres' | 'ours-sharded';

/** The emulated Discord and the processes of a bot that has several shards. */
export interface Scale {
  readonly servers: number;
  readonly channelsEach: number;
  readonly members: number;
  /** The ranges of shards, one for each process of the bot. */
  readonly ranges: readonly string[];
  /** The schema that the processes share. */
  readonly schema: string;
}

/** Starts the emulated Discord and the bot, by default with one process and few servers. */
export async function startTraffic(bot: MeasuredBot, checks: Checks, scale?: Scale): Promise<Traffic> {
  const worldProcess = fork(new URL('./emulated-discord.js', import.meta.url), [checks, JSON.stringify(scale ?? {})]);
  const { world, startMs } = await told(worldProcess, 'ready');
  const botProcesses = (scale?.ranges ?? [undefined]).map((shards) => {
    const joining = { api: world.api, token: world.botToken, shards, schema: scale?.schema };
    return fork(new URL(`./${bot}.js`, import.meta.url), [JSON.stringify(joining)]);
  });
  const ready = await Promise.all(botProcesses.map((process) => told<FromBot, 'ready'>(process, 'ready')));
  const sinceStartMs = Math.max(...ready.map((one) => one.sinceStartMs));

  const askWorld = <K extends FromWorld['is']>(what: ToWorld['do'], is: K) => {
    const answer = told<FromWorld, K>(worldProcess, is);
    worldProcess.send({ do: what } satisfies ToWorld);
    return answer;
  };
  /** The sums of all processes of the bot. */
  const cost = async () => {
    const costs = await Promise.all(
      botProcesses.map((process) => {
        const answer = told<FromBot, 'cost'>(process, 'cost');
        process.send({ do: 'cost' } satisfies ToBot);
        return answer;
      }),
    );
    const sum = (of: (one: (typeof costs)[number]) => number) => costs.reduce((all, one) => all + of(one), 0);
    return { cpuMs: sum(({ cpuMs }) => cpuMs), memoryMb: sum(({ memoryMb }) => memoryMb) };
  };

  async function request(member: number, method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${world.api}/v10${path}`, {
      method,
      headers: { authorization: world.members[member]?.token ?? '', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
  const post = ({ member, body }: Act) => request(member, 'POST', '/interactions', body);

  let arrived = 0;
  const waiting = new Set<{ readonly number: number; readonly go: () => void }>();
  worldProcess.on('message', (message: FromWorld) => {
    if (message.is === 'begun') arrived = 0;
    if (message.is !== 'came') return;
    arrived = message.number;
    for (const one of waiting) if (arrived >= one.number && waiting.delete(one)) one.go();
  });
  /** Resolves when `number` callbacks have arrived. */
  const came = (number: number) =>
    new Promise<void>((go) => (arrived >= number ? go() : void waiting.add({ number, go })));

  async function measured(number: number, send: () => Promise<void>): Promise<Load> {
    await askWorld('begin', 'begun');
    const before = await cost();
    const began = performance.now();
    await send();
    await Promise.race([came(number), new Promise((resolve) => setTimeout(resolve, patience))]);
    const seconds = (performance.now() - began) / 1_000;
    const after = await cost();
    const { waits, unanswered } = await askWorld('waits', 'waits');
    return {
      waits: waits.toSorted((a, b) => a - b),
      unanswered,
      cpuMs: (after.cpuMs - before.cpuMs) / number,
      perSecond: waits.length / seconds,
    };
  }

  return {
    world,
    bot: { startMs: sinceStartMs, memoryMb: async () => (await cost()).memoryMb },
    loopback: { startMs, memoryMb: async () => (await askWorld('waits', 'waits')).memoryMb },
    request,
    steadily: (acts, perSecond) =>
      measured(acts.length, async () => {
        const began = performance.now();
        const sent: Promise<unknown>[] = [];
        for (const [index, act] of acts.entries()) {
          const due = began + (1_000 * index) / perSecond - performance.now();
          if (due > 1) await new Promise((resolve) => setTimeout(resolve, due));
          sent.push(post(act));
        }
        await Promise.all(sent);
      }),
    flatOut: (acts, atOnce) =>
      measured(acts.length, async () => {
        for (const [index, act] of acts.entries()) {
          await came(index - atOnce);
          void post(act);
        }
      }),
    async stop() {
      for (const process of [...botProcesses, worldProcess]) {
        process.send({ do: 'stop' });
        await once(process, 'exit');
      }
    },
  };
}

type Said<M extends { readonly is: string }, K extends M['is']> = Extract<M, { readonly is: K }>;

/**
 * Resolves with the next message of this kind from a child process. Rejects if the process ends before it sends one.
 */
function told<M extends { readonly is: string } = FromWorld, K extends M['is'] = M['is']>(
  child: ChildProcess,
  is: K,
): Promise<Said<M, K>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`));
    const hear = (message: M) => {
      if (message.is !== is) return;
      child.off('message', hear);
      child.off('exit', ended);
      resolve(message as Said<M, K>);
    };
    child.on('message', hear);
    child.on('exit', ended);
  });
}
