/** Tests failed replies, archived threads and deleted channels with the real discord.js client. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { caspian } from '../support/caspian.ts';
import type { Outcome } from '../../src/loopback/loopback-member.ts';
import { memoryStore } from '../support/memory-store.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { deferred } from './real-bot.ts';
import { patiently } from '../support/patiently.ts';
import { seen } from '../support/seen.ts';

async function onVirtualClock(store = memoryStore()) {
  const clock = virtualClock();
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  return { clock, lines, ...(await caspian(store, onTestFinished, undefined, { clock, log })) };
}

const isEphemeral = ({ flags }: SeenMessage) => (flags & 64) !== 0;
function messageOf(outcome: Outcome): SeenMessage {
  if (outcome.kind !== 'answered' || !outcome.message) throw new Error(`no message: ${JSON.stringify(outcome)}`);
  return outcome.message;
}
const callback = { method: 'POST', route: '/interactions/:interaction/:token/callback' } as const;

test('if Discord rejects a reply, the member gets an apology with a reference to the log entry', async () => {
  const { member, loopback, lines } = await onVirtualClock();
  const ana = await member('ana');
  loopback.faults.next({ ...callback, status: 400, code: 50_035, message: 'Invalid Form Body' });
  const apology = textOf(messageOf(await ana.command('general', '/event', { about: 'rasht' })));
  const [reference = ''] = /[0-9a-f]{8}/.exec(apology) ?? [];
  expect(reference).not.toBe('');
  expect(lines.some((line) => line.includes(reference) && line.includes('/event'))).toBe(true);
});

test('if the lobby message cannot be sent, a new round can start in the channel', async () => {
  const { clock, member, loopback } = await onVirtualClock();
  const ana = await member('ana');
  loopback.faults.next({ ...callback, status: 404, code: 10_062, message: 'Unknown interaction' });
  await passing(
    clock,
    ana.command('general', '/quiz group', { questions: 3 }).catch(() => undefined),
  );
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3 }));
  expect(textOf(lobby)).toContain('invites you');
});

test('a round starts even if Discord posts the lobby message but responds to the bot with an error', async () => {
  const { clock, member, loopback } = await onVirtualClock();
  const ana = await member('ana');
  loopback.faults.next({ ...callback, status: 404, code: 10_062, message: 'Unknown interaction', after: true });
  await passing(
    clock,
    ana.command('general', '/quiz group', { questions: 3, thread: 'no' }).catch(() => undefined),
  );
  const question = await passing(
    clock,
    ana.waitFor((message) => textOf(message).includes('Question 1 of 3')),
  );
  expect(question.channel_id).toBeDefined();
});

test('with the option private:true, a late reply and its loading message are ephemeral', async () => {
  const inner = memoryStore();
  const gate = deferred<void>();
  const reached = deferred<void>();
  const store = {
    ...inner,
    async change(...args: Parameters<typeof inner.change>) {
      reached.resolve();
      await gate.promise;
      return inner.change(...args);
    },
  } as typeof inner;
  const { clock, member, loopback } = await onVirtualClock(store);
  const ana = await member('ana');
  const answered = ana.command('general', '/fact', { private: true });
  await reached.promise;
  await clock.advance(1_600);
  await passing(
    clock,
    ana.waitFor((message) => isEphemeral(message)),
  );
  gate.resolve();
  await answered;
  const publicMessages = (await ana.messages('general')).filter((message) => !isEphemeral(message));
  expect(publicMessages).toEqual([]);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('F11: if the thread of a round is archived, the bot reopens the thread to show the right answer', async () => {
  const { clock, member } = await onVirtualClock();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  await ana.press(question, 'A');
  await clock.advance(4_000);
  await ana.request('PATCH', `/channels/${question.channel_id}`, { archived: true });
  const revealed = await passing(
    clock,
    ana.waitFor(({ id, components }) => id === question.id && JSON.stringify(components).includes('✔')),
  );
  expect(revealed.channel_id).toBe(question.channel_id);
  seen('the thread is reopened, the answer is shown');
});

test('F8: if the channel of a round is deleted, the round ends and no more requests are sent to that channel', async () => {
  const { clock, member, loopback, store } = await onVirtualClock();
  const ana = await member('ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10, thread: 'no' }));
  await ana.press(lobby, 'Start now');
  await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  await ana.request('DELETE', `/channels/${lobby.channel_id}`);
  const requests = loopback.log.length;
  // The bot deletes a round from the store when the round has ended.
  await passing(
    clock,
    vi.waitFor(async () => expect(await store.keys('round/', '')).toEqual([]), patiently),
  );
  await clock.advance(60_000);
  expect(loopback.log.slice(requests).filter(({ path }) => path.includes(`/channels/${lobby.channel_id}/`))).toEqual(
    [],
  );
  expect(textOf(messageOf(await ana.command('quiz-night', '/quiz group', { questions: 3 })))).toContain('invites you');
  seen('the round ends, no more requests to the channel');
});
