/**
 * Smoke test of the real `npm start`: starts it without a token and with an empty data folder, runs one command and
 * stops it. `.ci/run` runs this file after the tests. The file needs the built project but not vitest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { joinAs } from '../src/loopback/loopback-member.ts';
import { textOf } from '../src/loopback/seen-message.ts';

const timeouts = { start: 120_000, answer: 10_000, stop: 10_000 } as const;

/** Throws an Error that names the first failed step. */
async function smoke(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-smoke-'));
  const env = { ...process.env, DISCORD_TOKEN: '', DISCORD_API: '', DATA_DIR: folder, PLAYGROUND_PORT: '0' };
  const started = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = once(started, 'exit');
  try {
    const lines = createInterface({ input: started.stdout });
    const url = await withTimeout(timeouts.start, 'npm start to say that the bot has joined', async () => {
      let address: string | undefined;
      for await (const line of lines) {
        address ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
        if (address !== undefined && line.includes('has joined')) return address;
      }
      throw new Error('npm start ended before the bot had joined.');
    });
    await withTimeout(timeouts.answer, 'an answer to /event rasht', async () => {
      const ana = await joinAs({ url }, 'ana');
      const outcome = await ana.command('general', '/event', { about: 'rasht' });
      ana.close();
      const card = outcome.kind === 'answered' && outcome.message ? textOf(outcome.message) : JSON.stringify(outcome);
      for (const part of ['Rasht', '17 May 2023', 'reported in the article', 'paragraph'])
        if (!card.includes(part)) throw new Error(`/event rasht does not say “${part}” but: ${card}`);
    });
    started.kill('SIGTERM');
    await withTimeout(timeouts.stop, 'npm start to stop', () => ended);
    // npm itself exits immediately, with code 143, but the bot keeps running until it has saved and closed its
    // databases. Therefore the test also waits until the databases are closed.
    await withTimeout(timeouts.stop, 'the bot to save and leave', async () => {
      while (!(await areDatabasesClosed(join(folder, 'playground'))))
        await new Promise((resolve) => setTimeout(resolve, 50));
    });
    const isServing = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isServing) throw new Error('The playground still answers after npm start has ended.');
  } finally {
    stopGroup(started.pid);
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Whether all databases were closed properly. SQLite removes the write-ahead log of a database only when the database
 * is closed properly.
 */
async function areDatabasesClosed(folder: string): Promise<boolean> {
  return (await readdir(folder)).every((name) => name.endsWith('.sqlite'));
}

async function withTimeout<T>(ms: number, what: string, run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`Waited ${ms / 1_000} s in vain for ${what}.`)), ms);
  });
  return Promise.race([run(), late]).finally(() => clearTimeout(timer));
}

/** Kills the whole process group. */
function stopGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

try {
  await smoke();
  process.stdout.write('smoke: 1 passed, 0 failed\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('smoke: 0 passed, 1 failed\n');
  process.exitCode = 1;
}
