/** Tests messages, pictures and autocomplete choices that Discord may refuse, and a server that removes the bot. */
import { expect, test, vi } from 'vitest';
import { errorWords } from '../../src/chat/words/error-words.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { passing } from '../../src/loopback/virtual-clock.ts';
import { emulatedBot, messageOf, routes, wordsOf } from '../support/emulated-round.ts';
import { patiently } from '../support/patiently.ts';
import { seen } from '../support/seen.ts';

const block = { status: 400, code: 200_000, message: 'Message was blocked by automatic moderation' } as const;
const blockedWords = 'The AutoMod of this server blocked a text of this round, so it was left out.';

test('F23: a question that AutoMod blocks is skipped without a second try, and the host is notified once', async () => {
  const { ana, begin, loopback, press, requests, shows } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  loopback.faults.next({ method: 'POST', route: routes.post, ...block });
  const before = requests('POST', routes.post);
  const third = await shows('Question 3 of 3');
  expect(requests('POST', routes.post) - before).toBe(2);
  expect(await press('ana', third, 'A')).toContain('Locked A');
  await shows('Podium');
  expect(ana.seen().filter((message) => textOf(message).includes(blockedWords))).toHaveLength(1);
  expect(textOf(messageOf(await ana.command('general', '/profile')))).toContain('of 2 answers right');
  seen('the blocked question is left out, the third one and the podium follow');
});

test('F23: if AutoMod blocks every message, the round ends after two blocked questions, and the host is notified once', async () => {
  const { ana, begin, clock, loopback, logged, press, requests, store } = await emulatedBot();
  const question = await begin({ questions: 5 });
  expect(await press('ana', question, 'A')).toContain('Locked A');
  for (const [method, route] of [
    ['POST', routes.post],
    ['PATCH', routes.edit],
  ] as const)
    loopback.faults.next({ method, route, ...block, times: Infinity });
  const sent = () => requests('POST', routes.post) + requests('PATCH', routes.edit);
  const before = sent();
  const isOver = () => clock.advance(1_000).then(() => store.keys('round/', ''));
  await expect.poll(isOver, { interval: 5 }).toEqual([]);
  // The bot sends at most seven requests: the edit with the number of answers, the reveal, the short text in place of
  // the reveal, two questions, the podium, and the short text in place of the podium.
  expect(sent() - before).toBeLessThanOrEqual(7);
  await clock.advance(10 * 60_000);
  expect(sent() - before).toBeLessThanOrEqual(7);
  expect(ana.seen().filter((message) => textOf(message).includes(blockedWords))).toHaveLength(1);
  expect(logged('"level":50')).toBe(0);
  expect(textOf(messageOf(await ana.command('general', '/profile')))).toContain('of 1 answer right');
  expect(textOf(messageOf(await ana.command('general', '/quiz group')))).toContain('invites you');
  seen('seven refused requests at most, one message to the host, the answer is paid');
});

test('F23: if AutoMod blocks a reveal or the podium, a short text without texts from the pack is shown instead', async () => {
  const { begin, loopback, press, shows } = await emulatedBot();
  const question = await begin();
  // Ana, the host, has not answered, so the question stays open and the number of answers is shown.
  expect(await press('ben', question, 'A')).toContain('Locked A');
  await shows('1 answer', question.id);
  loopback.faults.next({ method: 'PATCH', route: routes.edit, ...block });
  const answer = await shows('was right. The AutoMod of this server blocked the explanation.', question.id);
  expect(textOf(answer)).toMatch(/^Question 1: \*\*[A-D]\*\* was right/);
  await shows('Question 3 of 3');
  loopback.faults.next({ method: 'POST', route: routes.post, ...block });
  const end = await shows('blocked the podium');
  expect(textOf(end)).toBe(
    'That was the last question. The AutoMod of this server blocked the podium; /leaderboard window:round has the scores.',
  );
  seen('the letter of the answer, and one sentence in place of the podium');
});

test('F23: if AutoMod blocks the response to a command, the member is notified, and no error is logged', async () => {
  const { ana, loopback, logged } = await emulatedBot();
  loopback.faults.next({ method: 'POST', route: routes.callback, ...block });
  expect(wordsOf(await ana.command('general', '/fact', { about: 'id:rasht' }))).toBe(errorWords.blocked);
  expect([logged('AutoMod blocked a response'), logged('"level":50')]).toEqual([1, 0]);
  seen('one sentence to the member, one warning');
});

test('F23: if Discord refuses the picture of /profile, the text stays, and the picture is not sent again', async () => {
  const { ana, begin, clock, loopback, logged, press, requests, shows } = await emulatedBot();
  await press('ana', await begin(), 'A');
  await shows('Podium');
  const route = '/webhooks/:application/:token/messages/:message';
  loopback.faults.next({ method: 'PATCH', route, status: 400, code: 400_001, times: Infinity });
  const before = requests('PATCH', route);
  const profile = messageOf(await ana.command('general', '/profile'));
  await expect
    .poll(() => logged('the picture of an answer could not be shown; its text stays'), { interval: 5 })
    .toBe(1);
  await clock.advance(10 * 60_000);
  expect(requests('PATCH', route) - before).toBe(1);
  expect(ana.seen().find(({ id }) => id === profile.id)).toEqual(profile);
  seen('the text stays, one warning');
});

test('F25: for any typed text, autocomplete returns at most 25 choices, and Discord accepts them', async () => {
  const { ana, clock, loopback } = await emulatedBot();
  const texts = [
    '',
    'x'.repeat(6_000),
    'رشت',
    '😀'.repeat(50),
    '\u{202e}rasht',
    '\u{0}',
    '.*(a+)+$',
    'иран '.repeat(500),
  ];
  for (const typed of texts)
    expect((await ana.autocomplete('general', '/event', 'about', typed)).length).toBeLessThanOrEqual(25);
  expect(await ana.autocomplete('general', '/event', 'about', 'رشت')).not.toEqual([]);
  for (let second = 0; second < 20; second++) {
    const keystrokes = Array.from({ length: 10 }, (_, index) =>
      ana.autocomplete('general', '/event', 'about', 'rasht railway'.slice(0, (second * 10 + index) % 14)),
    );
    expect((await Promise.all(keystrokes)).every((choices) => choices.length > 0 && choices.length <= 25)).toBe(true);
    await clock.advance(1_000);
  }
  expect(loopback.unknownRoutes).toEqual([]);
  seen('8 odd texts and 200 keystrokes, ten in each second, each answered with valid choices');
});

test('F8: if a server removes the bot, the rounds in the server end, and the bot sends no more requests about the server', async () => {
  const { ana, begin, clock, loopback, press, store } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const [guild] = loopback.world().guilds;
  await ana.request('DELETE', `/guilds/${guild?.id}/members/${loopback.world().application.id}`);
  const ended = vi.waitFor(async () => {
    expect(await store.keys('removed/', '')).toEqual([`removed/${guild?.id}`]);
    expect(await store.keys('round/', '')).toEqual([]);
  }, patiently);
  await passing(clock, ended);
  const before = loopback.log.length;
  await clock.advance(10 * 60_000);
  const toChannels = loopback.log.map(({ path }) => path.includes('/channels/'));
  expect(toChannels).toContain(true);
  expect(toChannels.slice(before)).not.toContain(true);
  seen('the round ends, no request afterwards');
});
