/** Tests rounds in threads that a moderator locks or archives. */
import { expect, test } from 'vitest';
import { textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

const lockedWords = 'The thread of the round was locked, so the round ends here. Scores are kept.';

/** Starts a round in a thread that the bot creates. */
async function inThread() {
  const bot = await emulatedBot();
  const lobby = messageOf(await bot.ana.command('general', '/quiz group', { questions: 3, seconds: 20 }));
  await bot.ana.press(lobby, 'Start now');
  const question = await bot.shows('Question 1 of 3');
  expect(question.channel_id).not.toBe(lobby.channel_id);
  return { ...bot, lobby, question };
}

test.each([
  ['locked', { locked: true }],
  ['locked and archived', { archived: true, locked: true }],
])(
  'F11: if the thread of a round is %s, the round ends, the bot posts the reason in the channel, and the host is notified once',
  async (_, change) => {
    const { ana, clock, lobby, logged, loopback, press, question, shows } = await inThread();
    expect(await press('ana', question, 'A')).toContain('Locked A');
    await ana.request('PATCH', `/channels/${question.channel_id}`, change);
    const podium = await shows(lockedWords);
    expect(podium.channel_id).toBe(lobby.channel_id);
    expect(textOf(podium)).toMatch(/Podium.*\n/);
    await ana.waitFor((message) => message.flags === 64 + 32_768 && textOf(message) === lockedWords);
    const before = loopback.log.length;
    await clock.advance(10 * 60_000);
    expect(loopback.log.slice(before).filter(({ caller }) => caller === loopback.world().application.id)).toEqual([]);
    expect(ana.seen().filter((message) => textOf(message) === lockedWords)).toHaveLength(1);
    expect(logged('"level":50')).toBe(0);
    seen('one podium in the parent channel, one message to the host, no further request');
  },
);

test('F11: if a group round is started in a locked thread, the round is played in a single message, which is the reply to the command', async () => {
  const { ana, question, shows } = await inThread();
  await ana.command(question.channel_id, '/quiz stop');
  await ana.request('PATCH', `/channels/${question.channel_id}`, { locked: true });
  const opened = messageOf(await ana.command(question.channel_id, '/quiz group', { questions: 3 }));
  expect(textOf(opened)).toContain('invites you');
  await ana.waitFor((message) =>
    textOf(message).includes('I lack: Manage Threads. So the whole round is played in the message'),
  );
  await ana.press(opened, 'Start now');
  await shows('Question 1 of 3', opened.id);
  seen('the round is played in one message, and the host reads which permission is missing');
});
