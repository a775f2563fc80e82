/** Starts the real program (`src/main.js start`) in a separate process, and reads its log and its memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MemorySample } from './memory-trend.ts';

/** Maximum time from the start of the process until the bot is connected to Discord, in ms. */
const startTimeout = 120_000;
/** Maximum time for a graceful stop, in ms. A graceful stop takes about 10 s, or longer on a busy machine. */
const stopTimeout = 60_000;
/** Maximum time until the process reports its memory, in ms. */
const memoryTimeout = 20_000;

interface BotSettings {
  readonly api: string;
  readonly token: string;
  /** The data folder of the bot. */
  readonly folder: string;
  readonly onLogLine: (line: string) => void;
  /** Called if the process ends although nobody has stopped it. */
  readonly onCrash: (how: string) => void;
}

export interface SoakedBot {
  readonly pid: number;
  /** Resolves when the bot is connected to Discord. Rejects if this takes too long. */
  readonly ready: Promise<void>;
  /** Returns the memory that the process uses now, or undefined if the process does not answer. */
  memory(): Promise<MemorySample | undefined>;
  /** Ends the process. Rejects if a graceful stop fails or takes too long. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const reporter = new URL('report-memory.js', import.meta.url).href;

export function startSoakedBot({ api, token, folder, onLogLine, onCrash }: BotSettings): SoakedBot {
  const began = Date.now();
  const child = spawn(process.execPath, ['--enable-source-maps', '--expose-gc', '--import', reporter, main, 'start'], {
    env: { ...process.env, DISCORD_API: api, DISCORD_TOKEN: token, DATA_DIR: folder, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let isEnding = false;
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
    const how = `code ${String(code)}, signal ${String(signal)}`;
    if (!isEnding) onCrash(how);
    return how;
  });
  readLines(child.stderr, onLogLine);
  const ready = new Promise<void>((resolve) => {
    readLines(child.stdout, (line) => {
      if (line.includes(' is on Discord with ')) resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    ready: withTimeout(startTimeout, 'the bot to reach Discord', Promise.race([ready, ended.then(() => undefined)])),
    memory: () => memoryOf(child, began),
    async end(signal) {
      isEnding = true;
      child.kill(signal);
      const how = await withTimeout(stopTimeout, `the bot to stop after ${signal}`, ended);
      if (signal === 'SIGTERM' && how !== 'code 0, signal null') throw new Error(`after SIGTERM the bot ended: ${how}`);
    },
  };
}

function readLines(input: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  if (input) createInterface({ input }).on('line', onLine);
}

async function memoryOf(child: ChildProcess, began: number): Promise<MemorySample | undefined> {
  if (!child.connected) return undefined;
  const answer = once(child, 'message', { signal: AbortSignal.timeout(memoryTimeout) });
  child.send({}, () => undefined);
  try {
    // The cast is safe because report-memory.ts sends this object.
    const [{ rssMb, heapMb }] = (await answer) as [Omit<MemorySample, 'at'>];
    return { at: Date.now() - began, rssMb, heapMb };
  } catch {
    return undefined;
  }
}

/**
 * If the promise `work` has not settled after `ms` milliseconds, rejects with an error message that contains `what`.
 */
export async function withTimeout<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`waited ${ms / 1_000} s in vain for ${what}`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
