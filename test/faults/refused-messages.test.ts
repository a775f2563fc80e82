/** Discord refuses what the bot sends, or members send what is hard to read. */
import { expect, test } from 'vitest';
import { emulatedBot, messageOf, routes } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

test('F23: if AutoMod blocks a question, the bot tries again, and the round goes on', async () => {
  const { begin, loopback, press, requests, shows } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  loopback.faults.next({ method: 'POST', route: routes.post, status: 400, code: 200_000 });
  const before = requests('POST', routes.post);
  await shows('Question 2 of 3');
  expect(requests('POST', routes.post) - before).toBe(2);
  await shows('Podium');
  seen('the question is posted at the second try, and the podium follows');
});

test('F23: if Discord refuses the picture of /profile, the text stays, and it is not sent again', async () => {
  const { ana, begin, loopback, logged, press, shows } = await emulatedBot();
  await press('ana', await begin(), 'A');
  await shows('Podium');
  const route = '/webhooks/:application/:token/messages/:message';
  loopback.faults.next({ method: 'PATCH', route, status: 400, code: 400_001, times: Infinity });
  const profile = messageOf(await ana.command('general', '/profile'));
  await expect
    .poll(() => logged('the picture of an answer could not be shown; its text stays'), { interval: 5 })
    .toBe(1);
  expect(ana.seen().find(({ id }) => id === profile.id)).toEqual(profile);
  seen('the text stays, one warning');
});

test('F25: any text typed in an option gives at most 25 choices that Discord accepts', async () => {
  const { ana, loopback } = await emulatedBot();
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
  const keystrokes = Array.from({ length: 200 }, (_, index) =>
    ana.autocomplete('general', '/event', 'about', 'rasht railway'.slice(0, index % 14)),
  );
  expect((await Promise.all(keystrokes)).every((choices) => choices.length > 0 && choices.length <= 25)).toBe(true);
  expect(loopback.unknownRoutes).toEqual([]);
  seen('8 odd texts and 200 keystrokes at once, each answered with valid choices');
});

test('F8: if a server removes the bot, its rounds end, and no more requests are sent to the server', async () => {
  const { ana, begin, clock, loopback, press, store } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const [guild] = loopback.world().guilds;
  await ana.request('DELETE', `/guilds/${guild?.id}/members/${loopback.world().application.id}`);
  await expect.poll(() => store.keys('round/', ''), { interval: 5 }).toEqual([]);
  await expect.poll(() => store.keys('removed/', ''), { interval: 5 }).toEqual([`removed/${guild?.id}`]);
  const before = loopback.log.length;
  await clock.advance(10 * 60_000);
  const toChannels = loopback.log.map(({ path }) => path.includes('/channels/'));
  expect(toChannels).toContain(true);
  expect(toChannels.slice(before)).not.toContain(true);
  seen('the round ends, no request afterwards');
});
