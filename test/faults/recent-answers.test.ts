/**
 * Tests the recent answers of a round, which are saved apart from the round. After a restart, the bot adds them to the
 * saved round, unless the round was saved later than the answers.
 */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { deleteServer } from '../../src/bot/privacy/delete-server.ts';
import { storedAbout } from '../../src/bot/privacy/stored-data.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { type Store, StoreError } from '../../src/store/store.ts';
import { memoryStore } from '../support/memory-store.ts';
import { type FailingPorts, startWithFailingPorts } from './failing-ports.ts';

/** A store that lists all writes. `before` is called before a value is written, and `onSet` afterwards. */
function listed(
  onSet: (key: string, value: unknown) => void = () => undefined,
  before: (key: string) => void = () => undefined,
) {
  const inner = memoryStore();
  const writes: string[] = [];
  const store: Store = {
    ...inner,
    async set(key, value) {
      before(key);
      writes.push(`set ${key.split('/')[0]}`);
      await inner.set(key, value);
      onSet(key, value);
    },
  };
  return { store, writes };
}

async function begun(store: Store): Promise<FailingPorts> {
  const channel = await startWithFailingPorts(store);
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 120 });
  await channel.press('ana', 'start');
  await settled();
  return channel;
}

async function restarted(store: Store, { rounds, clock, discord }: FailingPorts): Promise<FailingPorts> {
  await rounds.close();
  const second = await startWithFailingPorts(store, clock, discord);
  await settled();
  return second;
}

const recentAnswers = async (store: Store, { quiz }: FailingPorts): Promise<unknown> =>
  store.get(`answers/${quiz().id}`, z.unknown());

test('an answer is saved without saving the whole round, and is still there after a restart', async () => {
  const { store, writes } = listed();
  const channel = await begun(store);
  writes.length = 0;
  for (const name of ['ben', 'cem', 'dora']) await channel.answer(name, name !== 'cem');
  expect(writes).toEqual(['set answers', 'set answers', 'set answers']);
  const { answers, players } = channel.quiz();
  expect(Object.keys(answers[0] ?? {})).toEqual(['ben', 'cem', 'dora']);
  const second = await restarted(store, channel);
  expect(second.quiz().answers).toEqual(answers);
  expect(second.quiz().players).toEqual(players);
});

test('after the card of the question was edited, a new answer is still saved without saving the whole round, and after a restart the card shows the current number of answers', async () => {
  const { store, writes } = listed();
  const channel = await begun(store);
  await channel.answer('ben', true);
  await channel.clock.advance(5_000);
  expect(channel.shown.at(-1)).toContain('1 answered');
  writes.length = 0;
  await channel.answer('cem', true);
  expect(writes).toEqual(['set answers']);
  await channel.clock.advance(5_000);
  expect(channel.shown.at(-1)).toContain('2 answered');
  const second = await restarted(store, channel);
  await second.answer('dora', true);
  await second.clock.advance(5_000);
  expect(second.shown.at(-1)).toContain('3 answered');
});

test('the list of recent answers stays short, because the whole round is saved from time to time', async () => {
  const lengths: number[] = [];
  const { store, writes } = listed((key, value) => {
    if (key.startsWith('answers/'))
      lengths.push(z.object({ answers: z.array(z.unknown()) }).parse(value).answers.length);
  });
  const channel = await begun(store);
  writes.length = 0;
  for (let player = 0; player < 150; player++) await channel.answer(`p-${player}`, true);
  expect(Math.max(...lengths)).toBe(64);
  expect(writes.filter((write) => write === 'set round')).toHaveLength(2);
  const second = await restarted(store, channel);
  expect(Object.keys(second.quiz().answers[0] ?? {})).toHaveLength(150);
});

test('recent answers that are older than the saved round are ignored after a restart', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await channel.answer('ben', true);
  const key = `answers/${channel.quiz().id}`;
  const outdated = await recentAnswers(store, channel);
  await channel.rounds.forget('ben');
  expect(await recentAnswers(store, channel)).toBeUndefined();
  // Simulates a process that was killed before it deleted the outdated answers.
  await store.set(key, outdated);
  const second = await restarted(store, channel);
  expect(JSON.stringify(second.quiz())).not.toContain('"ben"');
});

test.each(['although it was written', 'and it was not written'] as const)(
  'if the store reports that saving the whole round failed (%s), later answers are still there after a restart',
  async (how) => {
    let isFailing = false;
    const fail = (key: string, after: typeof how) => {
      if (isFailing && how === after && key.startsWith('round/')) throw new StoreError('pretended', 'writing');
    };
    const { store } = listed(
      (key) => fail(key, 'although it was written'),
      (key) => fail(key, 'and it was not written'),
    );
    const channel = await begun(store);
    await channel.answer('ben', true);
    isFailing = true;
    await channel.press('ana', 'control:extend:0').catch(() => undefined);
    isFailing = false;
    await channel.answer('cem', true);
    const second = await restarted(store, channel);
    expect(Object.keys(second.quiz().answers[0] ?? {})).toEqual(['ben', 'cem']);
  },
);

test('a round that was saved by an old version of the bot, which did not yet save recent answers, continues after a restart', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  const { id } = channel.quiz();
  await channel.rounds.close();
  const { saves: _, ...older } = z
    .looseObject({ saves: z.number() })
    .parse(await store.get(`round/${id}`, z.unknown()));
  await store.set(`round/${id}`, older);
  const second = await restarted(store, channel);
  await second.answer('ben', true);
  const third = await restarted(store, second);
  expect(third.quiz()).toMatchObject({ id, answers: [{ ben: {} }, {}, {}] });
});

test('after the end of a round, its recent answers are no longer stored', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await channel.answer('ben', true);
  expect(await store.keys('answers/', '')).toHaveLength(1);
  await channel.typed('ana', 'quiz stop');
  await channel.clock.advance(60_000);
  expect(await store.keys('answers/', '')).toEqual([]);
  expect(await store.keys('round/', '')).toEqual([]);
});

test('storedAbout() lists an answer of a member immediately after the answer was saved', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await channel.answer('ben', true);
  const rounds = (await storedAbout(store, 'ben')).find(({ kind }) => kind === 'rounds');
  expect(rounds?.values).toMatchObject([{ key: `round/${channel.quiz().id}`, value: { answers: [{}] } }]);
});

test('deleting the data of a server deletes the recent answers in its rounds', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await channel.answer('ben', true);
  await channel.rounds.close();
  expect(await deleteServer(store, channel.quiz().scope)).toBeGreaterThan(0);
  expect([...(await store.keys('answers/', '')), ...(await store.keys('round/', ''))]).toEqual([]);
});
