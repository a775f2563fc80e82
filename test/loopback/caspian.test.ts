/** Tests the whole bot with the real discord.js client, connected to the emulated Discord. */
import type { APIApplicationCommand } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/log.ts';
import { escapeMarkdown } from '../../src/chat/message/escape-markdown.ts';
import { caspian, library } from '../support/caspian.ts';
import { seen } from '../support/seen.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { memoryStore } from '../support/memory-store.ts';
import type { Outcome } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { apiRequest, deferred } from './real-bot.ts';

/** Starts the bot and the emulated Discord, which share a virtual clock. */
async function onVirtualClock(store = memoryStore()) {
  const clock = virtualClock();
  return { clock, ...(await caspian(store, onTestFinished, undefined, { clock })) };
}

const isEphemeral = ({ flags }: SeenMessage) => (flags & 64) !== 0;
function messageOf(outcome: Outcome): SeenMessage {
  if (outcome.kind !== 'answered' || !outcome.message) throw new Error(`no message: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

test('/event rasht shows a public card with the source of the entry', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const card = messageOf(await ana.command('general', '/event', { about: 'rasht' }));
  expect(textOf(card)).toContain('Rasht');
  expect(textOf(card)).toContain('17 May 2023');
  expect(textOf(card)).toContain('paragraphs 14 and 15');
  expect(textOf(card)).toContain('reported in the article');
  expect(isEphemeral(card)).toBe(false);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('autocomplete suggests entries with their ids as values', async () => {
  const { member } = await caspian();
  const ana = await member('ana');
  const [first] = await ana.autocomplete('general', '/event', 'about', 'rasht');
  expect(first?.value).toBe('id:rasht-astara-railway-agreement');
  expect(await ana.autocomplete('general', '/event', 'about', '')).not.toEqual([]);
});

test('two members play a round and appear on the leaderboard', async () => {
  const { clock, member, loopback } = await onVirtualClock();
  const [ana, ben] = [await member('ana'), await member('ben')];
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  expect(textOf(messageOf(await ben.press(lobby, 'Join')))).toContain('You are in');
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  const locked = messageOf(await ana.press(question, 'A'));
  expect(isEphemeral(locked)).toBe(true);
  expect(textOf(locked)).toContain('Locked A');
  await ben.press(question, 'B');
  const revealed = await passing(
    clock,
    ben.waitFor(({ id, components }) => id === question.id && JSON.stringify(components).includes('✔')),
  );
  expect(textOf(revealed)).toMatch(/paragraph|from the public record/);
  await ana.command('general', '/quiz stop');
  await ana.waitFor((message) => textOf(message).includes('Podium'));
  const board = messageOf(await ben.command('general', '/leaderboard'));
  expect(textOf(board)).toContain('Ana');
  expect(textOf(board)).toContain('Ben');
  expect(loopback.unknownRoutes).toEqual([]);
});

test('F1: if Discord dispatches a button press twice, the bot replies once and scores the answer once', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const first = messageOf(await ana.command('general', '/quiz solo', { questions: 3 }));
  loopback.faults.disruptEvents('duplicate', { event: 'INTERACTION_CREATE' });
  await ana.press(first, 'A');
  const callbacks = loopback.log.filter(({ path }) => path.endsWith('/callback'));
  expect(callbacks.map(({ status }) => status)).toEqual([204, 204]);
  expect(textOf(messageOf(await ana.command('general', '/profile')))).toMatch(/of 1 answer right/);
  seen('1 callback and 1 answer for the two deliveries');
});

test('F6: a question is posted only once even if Discord responds with 502 after creating the message', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10, thread: 'no' }));
  loopback.faults.next({ method: 'POST', route: '/channels/:channel/messages', status: 502, after: true });
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Locked A');
  const history = await ana.messages('general');
  expect(history.filter((message) => textOf(message).includes('Question 1 of 3'))).toHaveLength(1);
  seen('one question message');
});

test('F19: if saving an answer takes a long time, the bot defers the reply and edits the deferred reply after saving', async () => {
  const inner = memoryStore();
  const saving = deferred<void>();
  const stalled = deferred<void>();
  let isStalled = false;
  const store = {
    ...inner,
    async set(key: string, value: unknown) {
      if (isStalled) {
        saving.resolve();
        await stalled.promise;
      }
      return inner.set(key, value);
    },
  };
  const { clock, member, loopback } = await onVirtualClock(store);
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 30, thread: 'no' }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  // The bot saves a question before it confirms an answer to the question. So the question is saved when Ben gets the
  // reply "Locked A".
  const ben = await member('ben');
  expect(textOf(messageOf(await ben.press(question, 'A')))).toContain('Locked A');
  isStalled = true;
  // Resolves when the bot has acknowledged the press. The answer is not saved yet.
  const acknowledged = ana.press(question, 'B');
  await saving.promise;
  await passing(clock, acknowledged);
  const lastCallback = loopback.log.findLast(({ path }) => path.endsWith('/callback'));
  expect(lastCallback?.body).toMatchObject({ type: 5, data: { flags: 64 } });
  expect(ana.seen().filter((message) => textOf(message).includes('Locked B'))).toEqual([]);
  stalled.resolve();
  const told = await ana.waitFor((message) => textOf(message).includes('Locked B'));
  expect(isEphemeral(told)).toBe(true);
  seen('acknowledged in time, told after the answer is saved');
});

test('a round continues after a restart of the bot', async () => {
  const { member, restart } = await caspian();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 30 }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  await restart();
  await ana.waitFor((message) => textOf(message).includes('question 1 goes on'));
  expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Locked A');
});

test('each start of the bot restores registered commands that were changed, and all commands keep their ids', async () => {
  const { loopback, restart } = await caspian();
  const path = `/applications/${loopback.world().application.id}/commands`;
  const read = async () =>
    (await apiRequest(loopback, 'GET', `${path}?with_localizations=true`))
      .body as unknown as readonly APIApplicationCommand[];
  const before = await read();
  const [first, ...others] = before;
  // Simulates an earlier version of the bot. That version set a field that the current commands do not have.
  const changed = await apiRequest(loopback, 'PATCH', `${path}/${first?.id}`, {
    description_localizations: { de: 'Etwas anderes' },
  });
  expect(changed.body).toMatchObject({ description_localizations: { de: 'Etwas anderes' } });
  await restart();
  const [mended, ...rest] = await read();
  expect(mended).toMatchObject({ id: first?.id, description: first?.description });
  expect(mended?.description_localizations ?? {}).toEqual({});
  expect(rest).toEqual(others);
});

test('when the bot starts, it logs the number of unreadable stored values of each kind', async () => {
  const store = memoryStore();
  for (const key of ['broken/member/guild/ana', 'broken/member/guild/ben', 'broken/round/1']) await store.set(key, {});
  await store.set('round/2', { v: 99 });
  const lines: string[] = [];
  const log = createLog('warn', { write: (line: string) => void lines.push(line) });
  const { restart } = await caspian(store, onTestFinished, undefined, { log });
  const named = () => lines.find((line) => line.includes('values that could not be read are kept')) ?? '';
  expect(JSON.parse(named())).toMatchObject({
    kinds: { member: 2, round: 1 },
    msg: expect.stringContaining('keys that begin with broken/') as string,
  });
  expect(lines.join('')).toContain('a stored value cannot be read and is set aside');
  expect(lines.join('')).not.toContain('guild/ana');
  lines.length = 0;
  await restart();
  expect(JSON.parse(named())).toMatchObject({ kinds: { member: 2, round: 2 } });
});

test('T4: every message is sent with mentions turned off', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  await ana.command('general', '/event', { about: '@everyone <@1> nothing' });
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  await ana.press(lobby, 'Start now');
  await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  const bodies = loopback.log
    .filter(({ caller, method }) => caller === 'bot' || method === 'POST')
    .map(({ body }) => JSON.stringify(body ?? null))
    .filter((body) => body.includes('"components":[{'));
  expect(bodies.length).toBeGreaterThan(2);
  for (const body of bodies) expect(body).toContain('"allowed_mentions":{"parse":[]');
});

test('as long as a member has not seen all entries, /fact without options shows an unseen entry', async () => {
  const { member, store } = await caspian();
  const ana = await member('ana');
  const [last, ...others] = library.pack.entries.filter(({ voice }) => voice !== "author's speculation");
  if (!last) throw new Error('the pack is empty');
  // Earlier versions of the bot stored the seen facts as a plain list.
  await store.set(
    `seen/${ana.id}`,
    others.map(({ id }) => id),
  );
  expect(textOf(messageOf(await ana.command('general', '/fact')))).toContain(`### ${escapeMarkdown(last.title)}`);
  expect(textOf(messageOf(await ana.command('general', '/fact')))).toContain('Source:');
  const seen = await store.get(`seen/${ana.id}`, z.record(z.string(), z.array(z.string())));
  expect(seen?.[library.pack.id]).toHaveLength(1);
});

test('an answer is recorded even if the reply to the player fails with "Unknown interaction"', async () => {
  const { clock, member, loopback } = await onVirtualClock();
  const [ana, ben, cem] = [await member('ana'), await member('ben'), await member('cem')];
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 20, thread: 'no' }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  loopback.faults.next({
    method: 'POST',
    route: '/interactions/:interaction/:token/callback',
    status: 404,
    code: 10_062,
    message: 'Unknown interaction',
  });
  const lost = ben.press(question, 'A');
  await passing(
    clock,
    ana.waitFor(({ id, ...message }) => id === question.id && textOf(message).includes('1 answered')),
  );
  expect(textOf(messageOf(await ben.press(question, 'A')))).toContain('Still A.');
  await ana.press(question, 'B');
  await cem.press(question, 'B');
  const revealed = await passing(
    clock,
    ana.waitFor(({ id, components }) => id === question.id && JSON.stringify(components).includes('✔')),
  );
  expect(textOf(revealed)).toMatch(/\*\*A\*\* .*\n.* 1 \(33 %\)/);
  await lost.catch(() => undefined);
});

test('a round runs in a thread, and the podium appears in the thread and in the channel', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  expect(question.channel_id).toBe(lobby.id);
  expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Locked A');
  await ana.waitFor(({ id, components }) => id === lobby.id && JSON.stringify(components).includes(`<#${lobby.id}>`));
  await ana.command('general', '/quiz stop');
  await ana.waitFor((message) => textOf(message).includes('Podium') && message.channel_id === lobby.id);
  await ana.waitFor((message) => textOf(message).includes('Podium') && message.channel_id === lobby.channel_id);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('without the permission to create threads, the bot runs the round in the channel', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  loopback.faults.revoke('CREATE_PUBLIC_THREADS');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  await ana.waitFor((message) => textOf(message).includes('I lack: Create Public Threads. Playing here instead.'));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  expect(question.channel_id).toBe(lobby.channel_id);
});

test('without the permission to post, the bot runs a round by editing the reply to the command', async () => {
  const { clock, member, loopback, restart } = await onVirtualClock();
  const [ana, ben] = [await member('ana'), await member('ben')];
  loopback.faults.revoke('SEND_MESSAGES');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 30 }));
  await ana.waitFor((message) =>
    textOf(message).includes('I lack: Send Messages. So the whole round is played in the message'),
  );
  const shows = (words: string) =>
    passing(
      clock,
      ana.waitFor((message) => message.id === lobby.id && textOf(message).includes(words)),
    );
  expect(textOf(messageOf(await ben.press(lobby, 'Join')))).toContain('You are in');
  await ana.press(lobby, 'Start now');
  await shows('Question 1 of 3');
  const both = async (question: SeenMessage) => {
    expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Locked A');
    expect(textOf(messageOf(await ben.press(question, 'B')))).toContain('Locked B');
  };
  await both(await shows('Question 1 of 3'));
  await shows('the right answer');
  const second = await shows('Question 2 of 3');
  await restart();
  await ben.press(second, 'B');
  await ben.waitFor((message) => isEphemeral(message) && textOf(message).includes('is picking the round up'));
  const goesOn = await shows('question 2 goes on');
  // Members may see an edited message before the bot has received Discord's response to the edit.
  await expect.poll(async () => textOf(messageOf(await ana.press(goesOn, 'A')))).toContain('Locked A');
  expect(textOf(messageOf(await ben.press(goesOn, 'B')))).toContain('Locked B');
  await both(await shows('Question 3 of 3'));
  expect(textOf(await shows('Podium'))).toContain('of 3 right');
  const said = (await ben.messages('general')).filter((message) => !isEphemeral(message));
  expect(said.map(({ id }) => id)).toEqual([lobby.id]);
  expect(textOf(messageOf(await ben.command('general', '/leaderboard')))).toContain('Ben');
});

test('when the time for a question of a solo round is over, the bot edits the question to show the right answer', async () => {
  const { clock, member } = await onVirtualClock();
  const ana = await member('ana');
  const card = messageOf(await ana.command('general', '/quiz solo', { questions: 3, timed: 'yes' }));
  const revealed = await passing(
    clock,
    ana.waitFor(({ id, ...message }) => id === card.id && textOf(message).includes('No answer.')),
  );
  expect(isEphemeral(revealed)).toBe(true);
});

test('an answer is recorded even if the gateway connection was lost before the press', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 30 }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  loopback.faults.dropGateway(4_000);
  expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Locked A');
  expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Still A.');
});

test('if the thread of a round is deleted, the podium is posted in the channel', async () => {
  const { clock, member } = await onVirtualClock();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  await ana.press(question, 'A');
  await ana.request('DELETE', `/channels/${question.channel_id}`);
  const podium = await passing(
    clock,
    ana.waitFor((message) => textOf(message).includes('The place of the round was closed')),
  );
  expect(podium.channel_id).toBe(lobby.channel_id);
});

test('F18: when the bot stops, it posts that the round is paused', async () => {
  const { member, loopback, restart } = await caspian();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 60 }));
  const ben = await member('ben');
  await ben.press(lobby, 'Join');
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  // The bot saves a question before it confirms an answer to the question. So the question is saved when Ana gets the
  // reply "Locked A".
  expect(textOf(messageOf(await ana.press(question, 'A')))).toContain('Locked A');
  await restart(200);
  await ana.waitFor((message) => textOf(message).includes('Back in a moment, round paused.'));
  await ana.waitFor((message) => textOf(message).includes('question 1 goes on'));
  expect(loopback.unknownRoutes).toEqual([]);
  seen('the note stands, and the question goes on after the restart');
});
