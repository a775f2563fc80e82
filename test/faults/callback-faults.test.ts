/**
 * Tests button presses whose response fails. The bot must still record the member's answer, and must not send a response
 * after the deadline.
 */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Fault } from '../../src/loopback/faults.ts';
import { emulatedBot, messageOf, routes } from '../support/emulated-round.ts';
import { flat, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { seen } from '../support/seen.ts';

const buttonsOf = ({ components }: SeenMessage) => flat(components).filter(({ type }) => type === 2);

/** How the bot's response to Ben's press fails. `most` is the maximum number of times that the bot may send it. */
const callbackFaults: readonly (readonly [name: string, fault: Fault, most: number])[] = [
  ['10062', { status: 404, code: 10_062 }, 1],
  ['40060', { status: 400, code: 40_060 }, 1],
  ['500 four times', { status: 500, times: 4 }, 2],
  ['no response', { hang: true }, 1],
  ['a broken connection', { cut: true, times: 4 }, 2],
  ['429 with a wait of 4 s', { status: 429, retryAfter: 4 }, 1],
];

test.each(callbackFaults)(
  'F5: if sending the response to an answer fails with %s, the answer is recorded, and the bot sends no response after the deadline',
  async (_, fault, most) => {
    const unhandled = vi.fn<() => void>();
    process.on('unhandledRejection', unhandled);
    onTestFinished(() => void process.off('unhandledRejection', unhandled));
    const { begin, loopback, member, press, clock, requests, shows, logged } = await emulatedBot();
    const ben = await member('ben');
    const question = await begin();
    const before = requests('POST', routes.callback);
    loopback.faults.next({ method: 'POST', route: routes.callback, ...fault });
    const pressed = ben.press(question, 'A').catch(String);
    await expect.poll(() => requests('POST', routes.callback), { interval: 5 }).toBe(before + 1);
    for (let second = 0; second < 4; second++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await clock.advance(1_000);
    }
    await pressed;
    expect(requests('POST', routes.callback) - before).toBeLessThanOrEqual(most);
    loopback.faults.clear();
    expect(await press('ben', question, 'A')).toContain('Still A.');
    await press('ana', question, 'A');
    await press('cem', question, 'A');
    expect(await shows('3 (100 %)', question.id)).toBeDefined();
    await expect.poll(() => logged('an interaction could not be acknowledged in time'), { interval: 5 }).toBe(1);
    expect(unhandled).not.toHaveBeenCalled();
    seen(`the answer counts; ${requests('POST', routes.callback) - before - 2} callback(s) for the failed press`);
  },
);

test('F5: if Discord accepts a reply but responds with an error, the reply appears only once', async () => {
  const { ana, loopback, clock, requests, logged } = await emulatedBot();
  loopback.faults.next({ method: 'POST', route: routes.callback, status: 502, after: true });
  const opened = ana.command('general', '/quiz group', { questions: 3, thread: 'no' });
  await expect.poll(() => requests('POST', routes.callback), { interval: 5 }).toBe(1);
  await expect.poll(() => clock.advance(100).then(() => requests('POST', routes.callback)), { interval: 5 }).toBe(2);
  const lobby = messageOf(await opened);
  await ana.press(lobby, 'Start now');
  await ana.waitFor(({ id, ...message }) => id === lobby.id && JSON.stringify(message).includes('The round has begun'));
  expect(logged('could not be')).toBe(0);
  seen('the second try is refused with 40060, and the lobby is used as sent');
});

test('if the process ends before Discord confirms a lobby, the next press on the lobby tells the restarted bot which message the lobby is', async () => {
  const { ana, member, loopback, restart, press, shows, requests } = await emulatedBot();
  const ben = await member('ben');
  loopback.faults.next({ method: 'POST', route: routes.callback, hang: true, after: true });
  void ana.command('general', '/quiz group', { questions: 3, thread: 'no' }).catch(String);
  const { id } = await ben.waitFor((message) => textOf(message).includes('## Quiz round'));
  await restart?.(0);
  await ana.waitFor((message) => textOf(message).includes('Back again'));
  const lobby = ben.seen().find((message) => message.id === id);
  if (!lobby) throw new Error('the lobby is gone');
  expect(await press('ben', lobby, 'Join')).toContain('You are in');
  await press('ana', lobby, 'Start now');
  expect(buttonsOf(await shows('The round has begun', id))).toEqual([]);
  expect(requests('POST', routes.callback)).toBe(3);
});

test('if the process ends before Discord confirms the lobby of a round that runs in a single message, the round continues after the next press on the lobby', async () => {
  const { ana, member, loopback, restart, press, shows } = await emulatedBot();
  const ben = await member('ben');
  loopback.faults.revoke('SEND_MESSAGES');
  loopback.faults.next({ method: 'POST', route: routes.callback, hang: true, after: true });
  void ana.command('general', '/quiz group', { questions: 3 }).catch(String);
  const lobby = await ben.waitFor((message) => textOf(message).includes('## Quiz round'));
  await restart?.(0);
  await press('ben', lobby, 'Join');
  await press('ana', lobby, 'Start now');
  await shows('Question 1 of 3', lobby.id);
});

test('if the bot believes that Discord refused a lobby, but Discord shows the lobby, a press on the lobby removes its buttons', async () => {
  const { ana, member, loopback, clock, press, shows, logged } = await emulatedBot();
  const ben = await member('ben');
  loopback.faults.next({ method: 'POST', route: routes.callback, hang: true, after: true });
  loopback.faults.next({ method: 'GET', route: routes.original, status: 404, code: 10_008 });
  void ana.command('general', '/quiz group', { questions: 3, thread: 'no' }).catch(String);
  const lobby = await ben.waitFor((message) => textOf(message).includes('## Quiz round'));
  await clock.advance(3_000);
  await expect.poll(() => logged('could not be acknowledged in time'), { interval: 5 }).toBe(1);
  await press('ben', lobby, 'Join');
  expect(buttonsOf(await shows('That round is over', lobby.id))).toEqual([]);
});
