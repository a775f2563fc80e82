/** Tests the output and the exit codes of the built program, as `npm start` runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, test, type TestContext } from 'vitest';
import { exitCodes } from '../src/cli/exit-codes.ts';
import { variables } from '../src/config.ts';
import { type MaterialLimits, materialLimits } from '../src/core/material/material.ts';
import { readHere } from '../src/bot/packs/read-added.ts';
import { readPack } from '../src/bot/packs/read-pack.ts';
import type * as LoadInWorker from '../src/bot/packs/load-in-worker.ts';
import { lockFolder } from '../src/store/folder.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { startLoopback } from '../src/loopback/loopback.ts';
import { joinAs, type Outcome, type LoopbackMember } from '../src/loopback/loopback-member.ts';
import { seen } from './support/seen.ts';
import { newDatabase, testDatabase } from './support/test-database.ts';
import { flat, type SeenMessage, textOf } from '../src/loopback/seen-message.ts';

const russiaIran = new URL('../data/russia-iran/', import.meta.url);
const secondPack = new URL('../data/polar-firsts/', import.meta.url);
const built = inject('built');
/** A part of the test context. It registers functions that stop programs and remove folders after the test. */
type Cleanup = Pick<TestContext, 'onTestFinished'>;

interface Program {
  /** Resolves when the standard output contains this text. Rejects if the program ends first. */
  says(words: string): Promise<void>;
  /** Resolves with the first line of the standard output that contains this text. Rejects if the program ends first. */
  line(words: string): Promise<string>;
  /** Resolves when the standard error output contains this text. Rejects if the program ends first. */
  complains(words: string): Promise<void>;
  /** Waits until the bot has joined the emulated Discord. Returns the address of the playground. */
  address(): Promise<string>;
  stop(): void;
  /** Kills the program with SIGKILL, so that it cannot save its data. */
  kill(): void;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** Starts the program with small packs. Most tests do not look at the packs, and large packs take longer to read. */
const started = (context: Cleanup, env: Readonly<Record<string, string>>, ...args: readonly string[]): Program =>
  startedFrom(inject('builtWithSmallPacks'), context, env, args);

/** Starts the program with the packs that are shipped. */
const startedAsShipped = (
  context: Cleanup,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Program => startedFrom(built, context, env, args);

/**
 * Starts the program with the environment variables in `env`. Of the variables of this process, only PATH is passed on.
 */
function startedFrom(
  folder: string,
  { onTestFinished }: Cleanup,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Program {
  const blank = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  const child = spawn(process.execPath, ['--enable-source-maps', join(folder, 'src/main.js'), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], ...blank, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, out, err }));
  const shows = (stream: Readable, text: () => string) => (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => void (text().includes(words) && resolve());
      look();
      stream.on('data', look);
      void ended.then(() => reject(new Error(`it ended without saying "${words}":\n${out}${err}`)));
    });
  const says = shows(child.stdout, () => out);
  return {
    ended,
    says,
    complains: shows(child.stderr, () => err),
    async line(words) {
      await says(words);
      return out.split('\n').find((each) => each.includes(words)) ?? '';
    },
    async address() {
      await says('The bot has joined');
      return /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
    },
    stop: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
  };
}

async function temporaryFolder({ onTestFinished }: Cleanup): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
/**
 * Presses the first answer button of a question. If the question has no answer buttons, types a year. Returns the text
 * of the reply.
 */
async function answer(member: LoopbackMember, question: SeenMessage): Promise<string> {
  const ids = flat(question.components).flatMap(({ custom_id = '' }) => custom_id);
  const choice = ids.find((id) => id.startsWith('quiz:answer:'));
  const pressed = await member.press(question, choice ?? 'Type a year');
  const outcome = pressed.kind === 'modal' ? await member.submit(pressed.modal, { year: '2000' }) : pressed;
  return outcome.kind === 'answered' && outcome.message ? textOf(outcome.message) : '';
}

/** Matches a line of a stack trace. Stack traces must never be printed. */
const stack = /^\s+at /m;

/** Repeats a command if the bot misses Discord's deadline of 3 s, which can happen on a busy machine. */
async function inTime(command: () => Promise<Outcome>): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await command();
    if (outcome.kind !== 'failed' || attempt === 5) return outcome;
  }
}

test.concurrent('if settings are invalid, the program lists all invalid settings and exits with code 78', async (context) => {
  const { code, out, err } = await started(context, { PLAYGROUND_PORT: 'eighty', LOG_LEVEL: 'loud' }).ended;
  expect({ code, out }).toEqual({ code: 78, out: '' });
  expect(err).toContain('PLAYGROUND_PORT: write a port number from 0 to 65535');
  expect(err).toContain('LOG_LEVEL: write debug, info, warn, error or silent.');
  expect(err).not.toMatch(stack);
});

test.concurrent('for an unknown argument the program prints the usage and exits with code 64', async (context) => {
  const { code, err } = await started(context, {}, 'strat').ended;
  expect(code).toBe(64);
  expect(err).toMatch(/^Usage: npm start/);
});

test.concurrent('with `loopback --strict`, the program ends with an error message and code 1 if the emulated Discord does not support a request', async (context) => {
  const seed = join(await temporaryFolder(context), 'seed.yaml');
  await writeFile(
    seed,
    'bots: [{ name: B }]\nmembers: [{ username: ana }]\nservers: [{ name: S, channels: [general] }]\n',
  );
  const { line, ended } = started(context, { PLAYGROUND_PORT: '0' }, 'loopback', '--strict', '--seed', seed);
  const { api, botToken } = JSON.parse(await line('"botToken"')) as { api: string; botToken: string };
  const me = (query: string) =>
    fetch(`${api}/v10/users/@me${query}`, { headers: { authorization: `Bot ${botToken}` } });
  expect((await me('')).status).toBe(200);
  await me('?with=all');
  const { err, code } = await ended;
  expect({ err, code }).toEqual({
    err: 'The emulated Discord does not model GET /users/@me: the query parameter with, and --strict ends it there.\n',
    code: 1,
  });
});

test.concurrent('for a mistake in a seed file, the program prints the path of the field and no stack trace', async (context) => {
  const seed = join(await temporaryFolder(context), 'seed.yaml');
  await writeFile(seed, 'bots: [{ nam: B }]\nmembers: []\nservers: []\n');
  const { code, err } = await started(context, { PLAYGROUND_PORT: '0' }, 'loopback', '--seed', seed).ended;
  expect(code).toBe(78);
  expect(err).toContain(`${seed}: bots[0].name: `);
  expect(err).not.toMatch(stack);
});

test.concurrent('if the port is in use, the program prints an error message without a stack trace', async (context) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  context.onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { code, err } = await started(context, {
    PLAYGROUND_PORT: String(port),
    DATA_DIR: await temporaryFolder(context),
  }).ended;
  expect(code).toBe(78);
  expect(err).toContain(`The port ${port} of the playground is taken. Set PLAYGROUND_PORT`);
  expect(err).not.toMatch(stack);
});

test.concurrent('if the data folder cannot be created, the program prints an error message without a stack trace', async (context) => {
  const file = join(await temporaryFolder(context), 'a-file');
  await writeFile(file, '');
  const { code, err } = await started(context, { DATA_DIR: join(file, 'data'), PLAYGROUND_PORT: '0' }).ended;
  expect(code).toBe(78);
  expect(err).toMatch(/^The data folder .* cannot be made/);
  expect(err).not.toMatch(stack);
});

test.concurrent('if the data file is not a database, the program prints an error message and keeps the file', async (context) => {
  const folder = await temporaryFolder(context);
  const database = join(folder, 'playground', 'caspian.sqlite');
  await mkdir(join(folder, 'playground'));
  await writeFile(database, 'not a database at all, but long enough to look like one. '.repeat(20));
  const { code, err } = await started(context, { DATA_DIR: folder, PLAYGROUND_PORT: '0' }).ended;
  expect(code).toBe(78);
  expect(err).toMatch(/^The data cannot be read: could not open .*caspian\.sqlite: .*not a database/);
  expect(err).toContain('The file is damaged; put a copy back with: npm run restore FILE.');
  expect(err).not.toMatch(stack);
  expect(await readFile(database, 'utf8')).toMatch(/^not a database at all/);
});

test.concurrent('`backup` works while the bot runs, but `restore` and a second start are refused until the bot has stopped', async (context) => {
  const folder = await temporaryFolder(context);
  const env = { DATA_DIR: folder, PLAYGROUND_PORT: '0', INIT_CWD: folder };
  const bot = started(context, env);
  const ana = await joinAs({ url: await bot.address() }, 'ana');
  await inTime(() => ana.command('general', '/quiz solo', { questions: 3 }));
  const second = await started(context, env).ended;
  expect(second.code).toBe(78);
  expect(second.err).toContain('Another Caspian is running with the data folder');
  expect(second.err).not.toMatch(stack);
  const copied = await started(context, env, 'backup', 'scores.copy').ended;
  expect(copied).toMatchObject({ code: 0, err: '' });
  expect(copied.out).toContain(`copied to ${join(folder, 'scores.copy')}`);
  const again = await started(context, env, 'backup', 'scores.copy').ended;
  expect(again).toMatchObject({
    code: 78,
    err: expect.stringMatching(/exists already and is left as it is/) as string,
  });

  const running = await started(context, env, 'restore', 'scores.copy').ended;
  expect(running).toMatchObject({ code: 78, err: expect.stringMatching(/^Another Caspian is running/) as string });
  ana.close();
  bot.stop();
  const { code, out, err } = await bot.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+/);
  const restored = await started(context, env, 'restore', 'scores.copy').ended;
  expect(restored).toMatchObject({ code: 0, err: '' });
  expect(restored.out).toMatch(/put back from .*scores\.copy[^]*kept as .*caspian\.sqlite\.before-\d{14}/);

  const next = started(context, env);
  const back = await joinAs({ url: await next.address() }, 'ana');
  const solo = await inTime(() => back.command('general', '/quiz solo', { questions: 3 }));
  expect(solo.kind === 'answered' && solo.message && textOf(solo.message)).toContain('You have a solo round open');
  back.close();
  next.stop();
  expect((await next.ended).code).toBe(0);
});

describe.skipIf(testDatabase === '')('with DATABASE_URL', () => {
  test.concurrent('the playground keeps its data in the database; a second process with the same database is refused', async (context) => {
    const url = await newDatabase(context.onTestFinished);
    const [folder, other] = [await temporaryFolder(context), await temporaryFolder(context)];
    const env = (folder: string, PORT = '0') => ({ DATA_DIR: folder, DATABASE_URL: url, PLAYGROUND_PORT: PORT });
    const first = started(context, env(folder));
    await first.address();
    const second = await started(context, env(other)).ended;
    expect(second.code).toBe(exitCodes.shared);
    expect(second.err).toMatch(/another Caspian is running with it\. Stop that one first, or set DATABASE_URL/);
    first.stop();
    expect(await first.ended).toMatchObject({ code: 0, err: '' });

    const copied = await started(context, env(folder), 'backup', join(folder, 'copy')).ended;
    expect(copied).toMatchObject({ code: 0, err: '', out: expect.stringContaining('copied to') });
    const restored = await started(context, env(other), 'restore', join(folder, 'copy')).ended;
    expect(restored).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/put back from[^]*kept as/) });
    const moved = await started(context, env(other), 'move', join(folder, 'copy'), url).ended;
    expect(moved).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/copied from .* and compared/) });
    const again = await started(context, env(other), 'move', join(folder, 'copy'), url).ended;
    expect(again.code).toBe(exitCodes.config);
    expect(again.err).toMatch(/^the database .* is not empty and is left as it is/m);
  });

  test.concurrent('if the database cannot be reached at the start, the program logs this and waits until it gets a signal to stop', async (context) => {
    const folder = await temporaryFolder(context);
    const DATABASE_URL = 'postgres://caspian:a-secret-word@127.0.0.1:1/caspian';
    const program = started(context, { DATA_DIR: folder, PLAYGROUND_PORT: '0', DATABASE_URL });
    await program.complains('the database could not be reached; tried again later');
    program.stop();
    const { code, err } = await program.ended;
    expect(code).toBe(0);
    expect(err).not.toContain('a-secret-word');
  });
});

test.concurrent('`forget` deletes the data of a server, but is refused while the bot runs', async (context) => {
  const folder = await temporaryFolder(context);
  const env = { DATA_DIR: folder };
  const [server, other] = ['123456789012345678', '223456789012345678'];
  const data = await lockFolder(join(folder, 'playground'));
  const store = await openSqlite(data.file('caspian.sqlite'));
  for (const id of [server, other]) await store.set(`settings/server/${id}`, { board: false });
  const refused = await started(context, env, 'forget', server).ended;
  expect(refused).toMatchObject({ code: 78, err: expect.stringMatching(/^Another Caspian is running/) as string });
  await store.close();
  await data.unlock();
  const deleted = await started(context, env, 'forget', server).ended;
  expect(deleted).toMatchObject({ code: 0, err: '' });
  expect(deleted.out).toContain(`1 value about the server ${server} is deleted.`);
  const bytes = await readFile(join(folder, 'playground', 'caspian.sqlite'), 'latin1');
  expect([bytes.includes(server), bytes.includes(other)]).toEqual([false, true]);
  const name = await started(context, env, 'forget', 'Study group').ended;
  expect(name).toMatchObject({ code: 78, err: expect.stringMatching(/Study group is no id of a server/) as string });
});

test.concurrent.for([['backup'], ['restore'], ['backup', 'one', 'two']])(
  '%s without exactly one file name prints the usage',
  async (args, context) => {
    const { code, err } = await started(context, {}, ...args).ended;
    expect(code).toBe(64);
    expect(err).toContain('npm run restore FILE');
  },
);

test.concurrent.for(['start', 'register'])(
  '%s with an invalid token prints an error message that does not contain the token',
  async (mode, context) => {
    const loopback = await startLoopback({ port: 0, gateway: { concurrencyMs: 0 } });
    context.onTestFinished(() => loopback.stop());
    const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GAAAAA.wrong-wrong-wrong-wrong-wrong-wrong-wr';
    const env = {
      DISCORD_TOKEN: token,
      DISCORD_API: loopback.api,
      DATA_DIR: await temporaryFolder(context),
      LOG_LEVEL: 'debug',
    };
    const { code, out, err } = await started(context, env, mode).ended;
    expect(code).toBe(78);
    expect(err).toContain('Discord does not accept DISCORD_TOKEN.');
    expect(err).not.toMatch(stack);
    expect(out + err).not.toContain(token.slice(-12));
  },
);

test.concurrent('the program exits with an error if it gets `register` without a token or `--fresh` with a token', async (context) => {
  const bare = await started(context, {}, 'register').ended;
  expect([bare.code, bare.err]).toEqual([78, expect.stringContaining('DISCORD_TOKEN: is missing')]);
  const fresh = await started(context, { DISCORD_TOKEN: 'a.b.c', DATA_DIR: await temporaryFolder(context) }, '--fresh')
    .ended;
  expect([fresh.code, fresh.err]).toEqual([78, expect.stringContaining('--fresh empties the playground only')]);
});

test.concurrent('with a token the program connects to Discord, prints warnings and the invitation link, and serves health checks', async (context) => {
  const loopback = await startLoopback({ port: 0, gateway: { concurrencyMs: 0 } });
  context.onTestFinished(() => loopback.stop());
  const { botToken, application } = loopback.world();
  const data = await temporaryFolder(context);
  await mkdir(join(data, '.git'));
  const bot = startedAsShipped(context, {
    DISCORD_TOKEN: botToken,
    DISCORD_API: loopback.api,
    DATA_DIR: data,
    HEALTH_PORT: '0',
  });
  await bot.says('Invite it to a server');
  const [, health] = /(http:\S+)\/ready/.exec(await bot.line('Health checks')) ?? [];
  expect((await fetch(`${health}/ready`)).status).toBe(200);
  await bot.complains(`The data folder ${data} lies in the git checkout ${data}`);
  const ana = await joinAs(loopback, 'ana');
  context.onTestFinished(() => ana.close());
  expect(await inTime(() => ana.command('general', '/event', { about: 'rasht' }))).toMatchObject({ kind: 'answered' });
  bot.stop();
  const { code, out } = await bot.ended;
  expect(code).toBe(0);
  expect(out).toContain('Caspian is on Discord');
  expect(out).toContain(
    `https://discord.com/oauth2/authorize?client_id=${application.id}&scope=bot+applications.commands&permissions=309237681152`,
  );
});

test.concurrent.for([
  [4014, 'at login', exitCodes.refused, 'Discord does not allow this bot an intent'],
  [4004, 'live', exitCodes.config, 'Discord no longer accepts the token'],
] as const)(
  'F14: if Discord closes the connection permanently (code %i, %s), the program prints the reason and exits with an error code',
  async ([close, when, code, reason], context) => {
    const loopback = await startLoopback({ port: 0, gateway: { concurrencyMs: 0 } });
    context.onTestFinished(() => loopback.stop());
    if (when === 'at login') loopback.faults.disruptEvents('drop', { event: 'READY', times: Infinity });
    const bot = started(context, {
      DISCORD_TOKEN: loopback.world().botToken,
      DISCORD_API: loopback.api,
      DATA_DIR: await temporaryFolder(context),
    });
    if (when === 'live') await bot.says('Invite it to a server');
    const closing = setInterval(() => loopback.faults.dropGateway(close), 20);
    const ended = await bot.ended.finally(() => clearInterval(closing));
    expect(ended.code).toBe(code);
    // If the tests run in a container, the first line of the error output is a warning about the data folder. This line
    // is ignored.
    expect(ended.err.replace(/^The data folder .*\n/, '')).toBe(`Discord ended the connection for good: ${reason}.\n`);
    seen(`exit code ${code} and one line`, context.task);
  },
);

test.concurrent('at the start, the bot waits while Discord answers with server errors, and logs this without printing a stack trace', async (context) => {
  const loopback = await startLoopback({ port: 0, gateway: { concurrencyMs: 0 } });
  context.onTestFinished(() => loopback.stop());
  loopback.faults.next({ method: 'GET', route: '/gateway/bot', status: 502, times: 4 });
  const bot = started(context, {
    DISCORD_TOKEN: loopback.world().botToken,
    DISCORD_API: loopback.api,
    DATA_DIR: await temporaryFolder(context),
    LOG_LEVEL: 'warn',
  });
  await bot.says('Invite it to a server');
  bot.stop();
  const { code, out, err } = await bot.ended;
  expect(code).toBe(exitCodes.stopped);
  expect(out + err).toContain('Discord could not be reached; tried again later');
  expect(out + err).toContain('it answered with status 502');
  expect(out + err).not.toMatch(stack);
});

test.concurrent('the playground keeps its messages and its round after a kill, and has no data after a restart with --fresh', async (context) => {
  const env = { DATA_DIR: await temporaryFolder(context), PLAYGROUND_PORT: '0' };
  const first = started(context, env);
  const ana = await joinAs({ url: await first.address() }, 'ana');
  const lobby = await inTime(() =>
    ana.command('general', '/quiz group', {
      questions: 3,
      seconds: 120,
      thread: 'no',
    }),
  );
  if (lobby.kind !== 'answered' || !lobby.message) throw new Error('there is no lobby');
  // Ben also joins the round and does not answer, so the question stays open.
  const guest = await joinAs({ url: await first.address() }, 'ben');
  await guest.press(lobby.message, 'Join');
  await ana.press(lobby.message, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  // The emulated Discord saves a message only some time after the message was posted. The test waits until the question
  // shows that Ana has answered, because the question has been saved by then.
  await answer(ana, question);
  await ana.waitFor(({ id, ...message }) => id === question.id && textOf(message).includes('answered'));
  const { guild_id: server } = (await ana.request('GET', `/channels/${question.channel_id}`)) as { guild_id: string };
  ana.close();
  guest.close();
  first.kill();
  await first.ended;

  const second = started(context, env);
  const ben = await joinAs({ url: await second.address() }, 'ben');
  const history = await ben.messages('general');
  expect(history[0] && textOf(history[0])).toContain('question 1 goes on');
  const found = history.find(({ id }) => id === question.id);
  expect(found && textOf(found)).toContain('Question 1 of 3');
  // Both players have answered, so the question may have been closed before the bot's reply is read. If it is
  // closed, the reply says "you answered" instead of "Locked".
  expect(await answer(ben, question)).toMatch(/Locked|you answered/);
  ben.close();
  second.stop();
  expect((await second.ended).code).toBe(0);
  const database = join(env.DATA_DIR, 'playground', 'caspian.sqlite');
  expect(await readFile(database, 'latin1')).toContain(server);

  const third = startedAsShipped(context, env, '--fresh');
  const cem = await joinAs({ url: await third.address() }, 'cem');
  expect(await cem.messages('general')).toEqual([]);
  cem.close();
  third.stop();
  expect((await third.ended).code).toBe(0);
  expect(await readFile(database, 'latin1')).not.toContain(server);
});

/** Imports the built module, because a worker thread cannot load TypeScript. */
const workerModule = async () => (await import(join(built, 'src/bot/packs/load-in-worker.js'))) as typeof LoadInWorker;

test.concurrent('loading packs in a worker thread gives the same packs as reading them directly', async () => {
  const { loadPacksInWorker } = await workerModule();
  const apart = await loadPacksInWorker({ first: russiaIran, second: secondPack });
  expect(apart).toEqual({ first: await readPack(russiaIran), second: await readPack(secondPack) });
  expect(apart.first.vocabulary.bySound.numberOf.size).toBeGreaterThan(100);
});

const importedFile = async (limits: Partial<MaterialLimits> = {}) => ({
  bytes: await readFile(new URL('support/files/rivers.yaml', import.meta.url)),
  fileName: 'rivers.yaml',
  limits: { ...materialLimits, ...limits },
});

test.concurrent('reading an imported file in a worker thread returns the same pack, and reports the same mistakes in the file, as reading it directly', async () => {
  const { readInWorker } = await workerModule();
  const reader = readInWorker();
  const read = await reader.material(await importedFile());
  expect(read).toEqual(await readHere.material(await importedFile()));
  const stored = { pieces: read.pieces, server: '1', key: 'rivers', name: 'Rivers' };
  expect(await reader.stored(stored)).toEqual(await readHere.stored(stored));
  const small = await importedFile({ entries: 2 });
  const [here, apart] = await Promise.all(
    [readHere.material(small), reader.material(small)].map((one) => one.catch(String)),
  );
  expect(here).toContain('PackError');
  expect(apart).toBe(here);
});

test.concurrent('loading a pack in a worker thread throws the same errors as reading it directly', async (context) => {
  const { loadPacksInWorker } = await workerModule();
  const folder = pathToFileURL(`${await temporaryFolder(context)}/`);
  await cp(secondPack, folder, { recursive: true });
  await appendFile(new URL('people.yaml', folder), '\n- id: nobody\n  title: [x]\n');
  const [here, apart] = await Promise.all(
    [readPack(folder), loadPacksInWorker({ pack: folder })].map((read) => read.catch(String)),
  );
  expect(here).toMatch(/^PackError: The pack has \d+ mistakes:\n- people\.yaml:\d+, nobody/);
  expect(apart).toBe(here);
  const nowhere = new URL('nowhere/', folder);
  await expect(loadPacksInWorker({ pack: nowhere })).rejects.toMatchObject({
    code: 'ENOENT',
    message: expect.stringContaining('nowhere'),
  });
});

test.concurrent('npm run loopback prints its addresses and a bot token as one line of JSON', async (context) => {
  const loopback = started(context, { DATA_DIR: await temporaryFolder(context), PLAYGROUND_PORT: '0' }, 'loopback');
  await loopback.says('\n');
  loopback.stop();
  const { code, out } = await loopback.ended;
  expect(code).toBe(0);
  expect(out.trimEnd()).not.toContain('\n');
  expect(JSON.parse(out)).toMatchObject({
    api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api$/) as string,
    page: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    botToken: expect.any(String) as string,
    applications: [{ name: 'First bot' }, { name: 'Second bot', token: expect.any(String) as string }],
  });
});

// The next two tests are not concurrent. If another test blocked this thread, the worker could finish before this
// thread notices that the time limit is exceeded.

test('T6: a pack that takes too much time or memory is refused, and its worker thread is stopped', async () => {
  const { loadPacksInWorker } = await workerModule();
  await expect(loadPacksInWorker({ pack: russiaIran }, { time: 1, memory: 2_048 })).rejects.toThrow(
    'takes longer than 0.001 seconds',
  );
  await expect(loadPacksInWorker({ pack: russiaIran }, { time: 60_000, memory: 8 })).rejects.toThrow(
    'more than 8 MiB of memory',
  );
});

test('an imported file that takes too much time or memory is refused, and its worker thread is stopped', async () => {
  const { readInWorker } = await workerModule();
  const file = await importedFile();
  await expect(readInWorker({ time: 1, memory: 1_024 }).material(file)).rejects.toThrow(
    'rivers.yaml: reading it takes longer than 0.001 seconds; split the pack',
  );
  const bytes = new TextEncoder().encode(
    `front;back\n${Array.from({ length: 9_000 }, (_, index) => `word ${index};meaning ${index}`).join('\n')}`,
  );
  await expect(
    readInWorker({ time: 60_000, memory: 8 }).material({ ...file, bytes, fileName: 'words.csv' }),
  ).rejects.toThrow('words.csv: reading it takes more than 8 MiB of memory; split the pack');
});
