/**
 * Runs an emulated Discord and a bot in separate processes and generates traffic between them. This process acts as all
 * members. The load is either open-loop (`atRate`) or closed-loop (`fullLoad`).
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { WorldDocument } from '../../../src/loopback/world-document.ts';

export type ToDiscord = { readonly do: 'begin' | 'waits' | 'stop' };
export type FromDiscord =
  | { readonly is: 'ready'; readonly world: WorldDocument; readonly startMs: number }
  | { readonly is: 'begun' }
  /** A callback has arrived. `number` is the number of callbacks since the start of the load. */
  | { readonly is: 'callback'; readonly number: number }
  | { readonly is: 'waits'; readonly waits: readonly number[]; readonly unanswered: number; readonly memoryMb: number };
export type ToBot = { readonly do: 'cost' | 'stop' };
export type FromBot =
  | { readonly is: 'ready'; readonly sinceStartMs: number }
  | { readonly is: 'cost'; readonly cpuMs: number; readonly memoryMb: number };

/** An interaction in the format in which a member's Discord client sends it. */
export interface MemberInteraction {
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
  atRate(interactions: readonly MemberInteraction[], perSecond: number): Promise<Load>;
  /**
   * Sends a new interaction when an answer arrives. Therefore about `atOnce` interactions are unanswered at any time.
   */
  fullLoad(interactions: readonly MemberInteraction[], atOnce: number): Promise<Load>;
  stop(): Promise<void>;
}

/**
 * What the emulated Discord checks. `all`: everything. `shapes`: the format of request bodies, but not rate limits.
 * `none`: nothing.
 */
export type Checks = 'all' | 'shapes' | 'none';

/** The name of a program in this folder that runs a bot. */
export type MeasuredBot = 'echo' | 'ours' | 'ours-postgres' | 'ours-sharded';

/**
 * The numbers of servers, channels and members in the emulated Discord, the shards of each process of the bot, and the
 * PostgreSQL schema that these processes share.
 */
export interface Scale {
  readonly servers: number;
  readonly channelsEach: number;
  readonly members: number;
  /** The ranges of shards, one for each process of the bot. */
  readonly ranges: readonly string[];
  /** The PostgreSQL schema that all processes of the bot share. */
  readonly schema: string;
}

/** Starts the emulated Discord and the bot, by default with one process and few servers. */
export async function startTraffic(bot: MeasuredBot, checks: Checks, scale?: Scale): Promise<Traffic> {
  const discordProcess = fork(new URL('./emulated-discord.js', import.meta.url), [checks, JSON.stringify(scale ?? {})]);
  const { world, startMs } = await nextMessage(discordProcess, 'ready');
  const botProcesses = (scale?.ranges ?? [undefined]).map((shards) => {
    const args = { api: world.api, token: world.botToken, shards, schema: scale?.schema };
    return fork(new URL(`./${bot}.js`, import.meta.url), [JSON.stringify(args)]);
  });
  const ready = await Promise.all(botProcesses.map((process) => nextMessage<FromBot, 'ready'>(process, 'ready')));
  const sinceStartMs = Math.max(...ready.map((one) => one.sinceStartMs));

  const askDiscord = <K extends FromDiscord['is']>(what: ToDiscord['do'], is: K) => {
    const answer = nextMessage<FromDiscord, K>(discordProcess, is);
    discordProcess.send({ do: what } satisfies ToDiscord);
    return answer;
  };
  /** Returns the processor time and the memory of all processes of the bot together. */
  const cost = async () => {
    const costs = await Promise.all(
      botProcesses.map((process) => {
        const answer = nextMessage<FromBot, 'cost'>(process, 'cost');
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
  const post = ({ member, body }: MemberInteraction) => request(member, 'POST', '/interactions', body);

  let arrived = 0;
  const waiting = new Set<{ readonly number: number; readonly go: () => void }>();
  discordProcess.on('message', (message: FromDiscord) => {
    if (message.is === 'begun') arrived = 0;
    if (message.is !== 'callback') return;
    arrived = message.number;
    for (const one of waiting) if (arrived >= one.number && waiting.delete(one)) one.go();
  });
  /** Resolves when `number` callbacks have arrived. */
  const callbacksArrived = (number: number) =>
    new Promise<void>((go) => (arrived >= number ? go() : void waiting.add({ number, go })));

  async function measured(number: number, send: () => Promise<void>): Promise<Load> {
    await askDiscord('begin', 'begun');
    const before = await cost();
    const began = performance.now();
    await send();
    await Promise.race([callbacksArrived(number), new Promise((resolve) => setTimeout(resolve, patience))]);
    const seconds = (performance.now() - began) / 1_000;
    const after = await cost();
    const { waits, unanswered } = await askDiscord('waits', 'waits');
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
    loopback: { startMs, memoryMb: async () => (await askDiscord('waits', 'waits')).memoryMb },
    request,
    atRate: (interactions, perSecond) =>
      measured(interactions.length, async () => {
        const began = performance.now();
        const sent: Promise<unknown>[] = [];
        for (const [index, interaction] of interactions.entries()) {
          const due = began + (1_000 * index) / perSecond - performance.now();
          if (due > 1) await new Promise((resolve) => setTimeout(resolve, due));
          sent.push(post(interaction));
        }
        await Promise.all(sent);
      }),
    fullLoad: (interactions, atOnce) =>
      measured(interactions.length, async () => {
        for (const [index, interaction] of interactions.entries()) {
          await callbacksArrived(index - atOnce);
          void post(interaction);
        }
      }),
    async stop() {
      for (const process of [...botProcesses, discordProcess]) {
        process.send({ do: 'stop' });
        await once(process, 'exit');
      }
    },
  };
}

type MessageOf<M extends { readonly is: string }, K extends M['is']> = Extract<M, { readonly is: K }>;

/**
 * Resolves with the next message of this kind from a child process. Rejects if the process ends before it sends one.
 */
function nextMessage<M extends { readonly is: string } = FromDiscord, K extends M['is'] = M['is']>(
  child: ChildProcess,
  is: K,
): Promise<MessageOf<M, K>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`));
    const listener = (message: M) => {
      if (message.is !== is) return;
      child.off('message', listener);
      child.off('exit', ended);
      resolve(message as MessageOf<M, K>);
    };
    child.on('message', listener);
    child.on('exit', ended);
  });
}
