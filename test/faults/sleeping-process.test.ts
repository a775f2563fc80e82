/** Tests the built program when its process is suspended for longer than its lease lasts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { variables } from '../../src/config.ts';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { flat, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { messageOf, wordsOf } from '../support/emulated-round.ts';
import { newDatabase, testDatabase } from '../support/test-database.ts';

const built = inject('builtWithSmallPacks');
const patiently = { interval: 20, timeout: 60_000 };

/** Starts the program and collects its output. */
function started(env: Readonly<Record<string, string>>) {
  const blank = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  const child = spawn(process.execPath, [join(built, 'src/main.js')], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], ...blank, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  return { child, texts, ended: once(child, 'close') };
}

const choicesOf = ({ components }: SeenMessage): readonly string[] =>
  flat(components).flatMap(({ custom_id = '', label = '' }) => (custom_id.startsWith('quiz:answer:') ? [label] : []));

describe.skipIf(testDatabase === '')('a suspended process', () => {
  test('if the lease of a suspended process expires, the process writes and posts nothing when it continues, and ends with exit code 79', async () => {
    const loopback = await startLoopback({
      port: 0,
      gateway: { concurrencyMs: 0, maxConcurrency: 16 },
      seed: {
        bots: [{ name: 'Caspian' }],
        servers: [{ name: 'Study group', channels: ['general'] }],
        members: ['ana', 'ben'].map((name) => ({ username: name, name })),
      },
    });
    onTestFinished(() => loopback.stop());
    const folder = await mkdtemp(join(tmpdir(), 'caspian-sleep-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const address = await newDatabase(onTestFinished);
    const database = new Client({ connectionString: address });
    await database.connect();
    // When the database is dropped after the test, PostgreSQL ends this connection, and the client emits an error.
    database.on('error', () => undefined);
    const env = {
      DISCORD_TOKEN: loopback.world().botToken,
      DISCORD_API: loopback.api,
      DATA_DIR: folder,
      DATABASE_URL: address,
      SHARDS: '0-1/2',
      STANDBY: 'wait',
    };
    const first = started(env);
    await vi.waitFor(() => expect(first.texts.out).toContain('is on Discord'), patiently);
    const second = started(env);
    await vi.waitFor(() => expect(second.texts.err).toContain('waiting until it ends'), patiently);
    const [ana, ben] = [await joinAs(loopback, 'ana'), await joinAs(loopback, 'ben')];
    onTestFinished(() => [ana, ben].forEach(({ close }) => close()));
    const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 60, thread: 'no' }));
    await ana.press(lobby, 'Start now');
    const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
    const [choice = 'Type a year'] = choicesOf(question);
    expect(wordsOf(await ana.press(question, choice))).toMatch(/^Locked|^modal/);
    // After the reply, the bot edits the question to show the number of answers. The test waits for this edit
    // before it suspends the process.
    await vi.waitFor(
      () =>
        expect(loopback.log.some(({ method, path }) => method === 'PATCH' && path.endsWith(question.id))).toBe(true),
      patiently,
    );

    first.child.kill('SIGSTOP');
    // Makes the lease expire now, so that the test does not have to wait.
    await database.query('UPDATE caspian_leases SET expires = now()');
    // A process takes a lock before it sends an Identify payload. If the process is suspended while it holds the lock,
    // it keeps the lock until PostgreSQL ends its idle connection. The test ends idle connections that hold a lock, so
    // that it does not have to wait.
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND state = 'idle' AND datname = current_database()`);
    await vi.waitFor(() => expect(second.texts.out).toContain('is on Discord'), patiently);
    await ana.waitFor((message) => textOf(message).includes('goes on'));
    const stored = async () => (await database.query('SELECT key, value FROM keyv ORDER BY key')).rows;
    // From now on, the second process is suspended, so all requests and writes come from the first process.
    second.child.kill('SIGSTOP');
    await vi.waitFor(async () => {
      const sent = loopback.log.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(loopback.log.length).toBe(sent);
    }, patiently);
    const [before, sent] = [await stored(), loopback.log.length];

    first.child.kill('SIGCONT');
    const [code] = await first.ended;
    expect(code).toBe(79);
    expect(first.texts.err).toContain('This process has lost its shards');
    expect(await stored()).toEqual(before);
    expect(loopback.log.length).toBe(sent);
    second.child.kill('SIGCONT');
    expect(wordsOf(await ben.press(question, choice))).toMatch(/^Locked|^modal/);
    second.child.kill('SIGKILL');
    await second.ended;
  });
});
