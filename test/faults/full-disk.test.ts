/**
 * Tests the whole bot on a disk that becomes full or read-only while members play. The full disk is a small tmpfs in a
 * mount namespace of the bot's process.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { expect, inject, onTestFinished, test } from 'vitest';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { heard, startProcess } from '../kill/bot-process.ts';
import { loopbackFor } from '../loopback/real-bot.ts';
import { fourOptionPack } from '../support/caspian.ts';
import { emulatedBot, messageOf, wordsOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

const program = inject('killedBot');
const notSaved = 'could not be saved just now, so it does not count';

/** Commands that run a program in a new mount namespace. The first needs root, the second uses a user namespace. */
const namespaces = [
  ['unshare', '-m'],
  ['unshare', '-rm'],
] as const;
const namespace = namespaces.find(([command, flags]) => spawnSync(command, [flags, 'true']).status === 0);
const isSkipped = namespace === undefined && process.env['CI'] !== 'true';
if (isSkipped) process.stderr.write('The test of a full disk is skipped: this system allows no mount namespace.\n');

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-disk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a bot in a separate process. Its database is on a tmpfs of 512 kB. */
async function botOnSmallDisk() {
  const folder = await newFolder();
  const pack = `${folder}.pack`;
  await writeFile(pack, serialize(fourOptionPack));
  onTestFinished(() => rm(pack));
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, rateLimits: 'off' });
  const settings = {
    api: loopback.api,
    token: loopback.world().botToken,
    store: { folder },
    pack,
    now: clock.now(),
  };
  const mount = 'mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"';
  const { child, died } = await startProcess(program, settings, [
    ...(namespace ?? namespaces[0]),
    'sh',
    '-c',
    mount,
    folder,
  ]);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await died;
  });
  const filler = `/proc/${child.pid}/root${folder}/filler`;
  let ids = 0;
  const advance = async (ms: number) => {
    await clock.advance(ms);
    const id = ++ids;
    const there = heard(child, (told) => told.id === id);
    child.send({ do: 'set-time', now: clock.now(), id });
    await there;
  };
  const ana = await joinAs(loopback, 'ana');
  const ben = await joinAs(loopback, 'ben');
  onTestFinished(() => [ana, ben].forEach((member) => member.close()));
  return {
    ana,
    ben,
    advance,
    /** Fills the disk until a write fails. */
    fill: () => expect(writeFile(filler, Buffer.alloc(1_000_000))).rejects.toMatchObject({ code: 'ENOSPC' }),
    free: () => rm(filler),
    /** Advances the clocks until Ana sees a message with this text. */
    async shows(words: string, on?: string): Promise<SeenMessage> {
      const fits = (message: SeenMessage) => (on ?? message.id) === message.id && textOf(message).includes(words);
      const found = () => advance(1_000).then(() => ana.seen().find(fits));
      await expect.poll(found, { interval: 10 }).toBeDefined();
      return ana.waitFor(fits);
    },
  };
}

test.skipIf(isSkipped)(
  'F19: while the disk is full, members are told that nothing is saved; afterwards the round continues, and answers are scored',
  async () => {
    const { advance, ana, ben, fill, free, shows } = await botOnSmallDisk();
    const opened = await ana.command('general', '/quiz group', { questions: 3, seconds: 20, thread: 'no' });
    await ana.press(messageOf(opened), 'Start now');
    const question = await shows('Question 1 of 3');
    expect(wordsOf(await ana.press(question, 'A'))).toContain('Locked A');
    await fill();
    expect(wordsOf(await ben.press(question, 'B'))).toContain(notSaved);
    expect(wordsOf(await ana.command('general', '/quiz solo', { questions: 3 }))).toContain('could not be saved');
    expect(wordsOf(await ana.command('general', '/fact', { about: 'id:rasht' }))).toContain('Rasht');
    // The time limit of the question ends. The bot cannot save that the question is closed, so the question stays open.
    for (let turn = 0; turn < 5; turn++) await advance(5_000);
    expect(ana.seen().find(({ id }) => id === question.id)).toSatisfy(
      (card: SeenMessage) => !textOf(card).includes('✔'),
    );
    await free();
    await shows('1 answer.', question.id);
    const second = await shows('Question 2 of 3');
    expect(wordsOf(await ben.press(second, 'B'))).toContain('Locked B');
    await ana.command('general', '/quiz stop');
    await shows('Podium');
    await expect
      .poll(
        () =>
          advance(1_000)
            .then(() => ana.command('general', '/profile'))
            .then(wordsOf),
        { interval: 10 },
      )
      .toContain('of 1 answer right');
    seen('refused with a sentence; with space again, the answer is shown and paid');
  },
);

test('F19: while the database is read-only, members are told that nothing is saved; afterwards answers are scored', async () => {
  const store = await openSqlite(join(await newFolder(), 'caspian.sqlite'));
  onTestFinished(() => store.close());
  const { ana, begin, press, shows } = await emulatedBot({ store });
  const question = await begin({ seconds: 120 });
  expect(await press('ana', question, 'A')).toContain('Locked A');
  await store.query('PRAGMA query_only = ON');
  expect(await press('ben', question, 'B')).toContain(notSaved);
  expect(wordsOf(await ana.command('general', '/quiz solo', { questions: 3 }))).toContain('could not be saved');
  expect(wordsOf(await ana.command('general', '/fact', { about: 'id:rasht' }))).toContain('Rasht');
  expect(wordsOf(await ana.command('general', '/leaderboard'))).toContain('Nobody has answered');
  await store.query('PRAGMA query_only = OFF');
  expect(await press('ben', question, 'B')).toContain('Locked B');
  await shows('2 answers.', question.id);
  await ana.command('general', '/quiz stop');
  await shows('Podium');
  await expect
    .poll(() => ana.command('general', '/leaderboard').then(wordsOf), { interval: 10 })
    .toContain('2 members');
  seen('refused with a sentence; with write access again, the answers are shown and paid');
});
