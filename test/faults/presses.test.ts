/** Tests button presses that Discord delivers twice, delivers again after a resume, or delivers in the wrong order. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../src/store/store.ts';
import { emulatedBot, routes } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

/** All saved rounds, recent answers and scores, as one text. */
async function saved(store: Store): Promise<string> {
  const found: (readonly [string, unknown])[] = [];
  for (const prefix of ['round/', 'answers/', 'member/'])
    for await (const pair of store.range(prefix, z.unknown())) found.push(pair);
  return JSON.stringify(found);
}

// The bot passes the tests F1 and F2 because it remembers the ids of the last 1,000 interactions.
test('F1: if Discord delivers a press again 500 ms later, the bot responds once and records the answer once', async () => {
  const { begin, loopback, press, clock, requests, store, shows, logged } = await emulatedBot();
  const question = await begin();
  expect(await press('ben', question, 'A')).toContain('Locked A');
  const [callbacks, before] = [requests('POST', routes.callback), await saved(store)];
  await clock.advance(500);
  loopback.faults.replayEvents(1);
  // The bot receives Cem's press after the repeated press. When Cem has a reply, the bot has processed the repeated
  // press.
  expect(await press('cem', question, 'B')).toContain('Locked B');
  expect(requests('POST', routes.callback) - callbacks).toBe(1);
  const answers = (text: string) => text.match(/"option":\d/g)?.length;
  expect([answers(before), answers(await saved(store))]).toEqual([1, 2]);
  expect(await shows('2 answers.', question.id)).toBeDefined();
  expect(logged('reference')).toBe(0);
  seen('1 callback and 1 answer for the two deliveries');
});

test('F2: if Discord sends 20 events again after a lost connection, the bot saves no change and posts nothing', async () => {
  const { begin, loopback, press, requests, store, logged } = await emulatedBot();
  const question = await begin();
  for (const [name, label] of [
    ['ben', 'A'],
    ['cem', 'B'],
  ] as const)
    expect(await press(name, question, label)).toContain(`Locked ${label}`);
  const state = async () => [await saved(store), requests('POST', routes.post), requests('POST', routes.callback)];
  const before = await state();
  loopback.faults.dropGateway(4_000);
  await expect.poll(() => logged('the gateway connection is resumed'), { interval: 10 }).toBe(1);
  loopback.faults.replayEvents(20);
  expect(await press('ben', question, 'A')).toContain('Still A.');
  const [round, posts, callbacks] = await state();
  expect([round, posts, callbacks]).toEqual([before[0], before[1], Number(before[2]) + 1]);
  seen('the stored state is identical, 0 messages and 0 callbacks more');
});

// The bot passes this test because it sorts presses that arrive together by their timestamps. A test in quiz.test.ts
// covers presses that arrive separately.
test('F3: if two presses of a member arrive together in the wrong order, the bot records the press that was made first', async () => {
  const { begin, loopback, member, press, requests, shows } = await emulatedBot();
  const question = await begin();
  const ben = await member('ben');
  loopback.faults.disruptEvents('reorder', { event: 'INTERACTION_CREATE' });
  const before = requests('POST', '/interactions');
  const pressedFirst = ben.press(question, 'A');
  await expect.poll(() => requests('POST', '/interactions'), { interval: 1 }).toBe(before + 1);
  const [first, second] = await Promise.all([pressedFirst, ben.press(question, 'B')]);
  expect([first.kind, second.kind]).toEqual(['answered', 'answered']);
  expect(await press('ben', question, 'B')).toContain('Your answer is A. The first answer is final');
  await press('ana', question, 'A');
  await press('cem', question, 'A');
  expect(await shows('3 (100 %)', question.id)).toBeDefined();
  seen('A counts, the press on B is told that the answer is A');
});
