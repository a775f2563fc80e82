/**
 * Tests the log of a bot while many requests and operations fail. Each line about a failure contains the command, the
 * server and the shard. No line contains a token. Each reference that the bot shows to a member also occurs in the log.
 */
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { Fault } from '../../src/loopback/faults.ts';
import type { Outcome } from '../../src/loopback/loopback-member.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { caspian } from '../support/caspian.ts';
import { routes, wordsOf } from '../support/emulated-round.ts';
import { memoryStore } from '../support/memory-store.ts';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly reference?: string;
  readonly command?: string;
  readonly server?: string;
  readonly shard?: number;
  readonly round?: string;
  readonly why?: string;
}
const warning = 40;

/** Starts a bot that logs at the level `debug` and fails to draw pictures. */
async function loggingBot() {
  const clock = virtualClock();
  const store = memoryStore();
  const raw: string[] = [];
  const log = createLog('debug', { write: (line: string) => void raw.push(line) });
  const pictures = { png: () => Promise.reject(new Error('pretended: no picture')), forget: () => undefined };
  const bot = await caspian(store, onTestFinished, undefined, { clock, log, pictures, rateLimits: 'off' });
  const ana = await bot.member('ana');
  return { ...bot, clock, store, ana, raw, lines: () => raw.map((line) => JSON.parse(line) as Line) };
}
type LoggingBot = Awaited<ReturnType<typeof loggingBot>>;

/** Advances the clock while `work` runs, so that timeouts of the bot expire. Returns the text of the bot's reply. */
async function said({ clock }: LoggingBot, work: Promise<Outcome>): Promise<string> {
  return passing(clock, work.then(wordsOf, String), 500);
}

const callbackFaults: readonly Omit<Fault, 'method' | 'route'>[] = [
  { status: 500, times: 4 },
  { status: 404, code: 10_062, message: 'Unknown interaction' },
  { status: 400, code: 50_035, message: 'Invalid Form Body' },
  { status: 429, retryAfter: 0.1 },
  { cut: true, times: 2 },
];

/** Causes failures of many requests and operations. Returns the texts of all replies. */
async function causeFailures(bot: LoggingBot): Promise<readonly string[]> {
  const { ana, clock, loopback, store, raw } = bot;
  const texts: string[] = [];
  for (const fault of callbackFaults) {
    loopback.faults.next({ method: 'POST', route: routes.callback, ...fault });
    texts.push(await said(bot, ana.command('general', '/help')));
    loopback.faults.clear();
  }
  loopback.faults.next({ method: 'POST', route: routes.callback, status: 404, code: 10_062 });
  await passing(clock, ana.autocomplete('general', '/event', 'about', 'ras').then(String, String), 500);
  for (const doing of ['reading', 'writing'] as const) {
    store.fail = { doing, code: 'SQLITE_IOERR' };
    texts.push(await said(bot, ana.command('general', '/profile')));
    texts.push(await said(bot, ana.command('general', '/quiz solo', { questions: 3 })));
    texts.push(await said(bot, ana.command('general', '/fact')));
    const opened = await ana.command('general', '/me delete');
    if (opened.kind === 'modal') texts.push(await said(bot, ana.submit(opened.modal, { sure: true })));
    store.fail = undefined;
  }
  loopback.faults.next({ method: 'POST', route: routes.post, status: 403, code: 50_013, times: 2 });
  loopback.faults.next({ method: 'PATCH', route: routes.edit, status: 500, times: 9 });
  const lobby = await ana.command('general', '/quiz group', { questions: 3, seconds: 10, thread: 'no' });
  if (lobby.kind === 'answered' && lobby.message) await ana.press(lobby.message, 'Start now');
  await passing(clock, expect.poll(() => raw.join(''), { interval: 5 }).toContain('could not be shown'), 1_000);
  loopback.faults.clear();
  texts.push(await said(bot, ana.command('general', '/quiz stop')));
  loopback.faults.dropGateway('cut');
  await passing(clock, expect.poll(() => raw.join(''), { interval: 5 }).toContain('connection is resumed'), 500);
  return texts;
}

const referenceIn = (text: string): string | undefined => /(?<=[Rr]eference: )[0-9a-f]{8}/.exec(text)?.[0];
/** Lines about the process or a gateway connection. All other lines are about a command or a round. */
const general = /gateway|Discord limits the rate|given up$|deleted content/;
/** Lines about a failed reply. Each line contains a reference, and the bot shows the member the same reference. */
const failedAnswer = /^(?:an answer failed|Discord refused a response|not everything kept about a member)/;

test('each line about a failure contains a reference, the command, the server and the shard, and no line contains a token', async () => {
  const bot = await loggingBot();
  const texts = await causeFailures(bot);
  const lines = bot.lines();
  const server = bot.loopback.world().guilds[0]?.id;
  const failures = lines.filter(({ level }) => level >= warning);
  expect(new Set(failures.map(({ msg }) => msg)).size).toBeGreaterThan(6);
  for (const line of failures) {
    expect(line.reference, line.msg).toMatch(/^[0-9a-f]{8}$/);
    if (general.test(line.msg)) continue;
    expect(line, line.msg).toMatchObject({ command: expect.stringMatching(/^\/[a-z]/) as string, server, shard: 0 });
  }

  const shown = texts.flatMap((text) => referenceIn(text) ?? []);
  expect(shown.length).toBeGreaterThan(4);
  const logged = failures.filter(({ msg }) => failedAnswer.test(msg)).map(({ reference }) => reference);
  expect(new Set(shown)).toEqual(new Set(logged));

  const tokens = new Set(
    bot.loopback.log.flatMap(({ path }) => /\/(?:interactions|webhooks)\/\d+\/([^/?]+)/.exec(path)?.[1] ?? []),
  );
  tokens.add(bot.loopback.world().botToken);
  expect(tokens.size).toBeGreaterThan(10);
  for (const token of tokens) expect(bot.raw.join('')).not.toContain(token);
});

test('at the level info, the bot logs connections, disconnections, starts and ends of rounds, and its removal from a server', async () => {
  const bot = await loggingBot();
  const { ana, clock, loopback, raw, restart } = bot;
  const server = loopback.world().guilds[0]?.id ?? '';
  const lobby = await ana.command('general', '/quiz group', { questions: 3, seconds: 10, thread: 'no' });
  if (lobby.kind === 'answered' && lobby.message) await ana.press(lobby.message, 'Start now');
  await said(bot, ana.command('general', '/quiz stop'));
  loopback.faults.dropGateway(4_000);
  await passing(clock, expect.poll(() => raw.join(''), { interval: 5 }).toContain('connection is resumed'), 500);
  await ana.request('DELETE', `/guilds/${server}/members/${loopback.world().application.id}`);
  await expect.poll(() => raw.join(''), { interval: 5 }).toContain('a server removed the bot');
  await restart();
  const informed = bot.lines().filter(({ level }) => level === 30);
  const find = (msg: string) => informed.find((line) => line.msg === msg);
  expect(find('asking Discord for a new gateway session (identify)')).toMatchObject({ shard: 0, identifies: 1 });
  expect(find('the gateway session has begun')).toMatchObject({ shard: 0 });
  expect(find('the bot has joined Discord')).toMatchObject({ servers: 2, shards: 1 });
  expect(find('a round is opened')).toMatchObject({ command: '/quiz group', server, shard: 0, questions: 3 });
  expect(find('a round has ended')).toMatchObject({
    command: '/quiz group',
    server,
    shard: 0,
    why: 'stopped',
    players: 1,
  });
  expect(find('the gateway connection is resumed')).toMatchObject({ shard: 0 });
  expect(find('a server removed the bot, or was deleted')).toMatchObject({ server, shard: 0 });
  expect(find('the bot has left Discord')).toBeDefined();
  const used = bot.lines().find(({ msg }) => msg === 'an interaction has its answer');
  expect(used).toMatchObject({ level: 20, command: '/quiz group', server, shard: 0 });
  // No line contains the name of a member.
  expect(raw.join('')).not.toContain('Ana');
});
