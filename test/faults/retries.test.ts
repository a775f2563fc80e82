/**
 * Tests the retries of failed work. The delays between the tries grow, and the number of tries is limited. Each piece
 * of work has a key, and two pieces of work with the same key never run concurrently.
 */
import { expect, test } from 'vitest';
import { createRetries } from '../../src/bot/retries.ts';
import { createLog } from '../../src/log.ts';
import { settled, virtualClock } from '../../src/loopback/virtual-clock.ts';

function failingWork(fails = Infinity) {
  const clock = virtualClock();
  const began = clock.now();
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const retries = createRetries(clock, log, { random: () => 0.5 });
  const triedAt: number[] = [];
  const run = async () => {
    triedAt.push((clock.now() - began) / 1_000);
    if (triedAt.length <= fails) throw new Error('pretended');
  };
  return { clock, retries, triedAt, run, lines };
}
const what = 'a thing could not be done';

test('the delay before a retry doubles after each failure, up to five minutes', async () => {
  const { clock, retries, triedAt, run } = failingWork();
  retries.run('a', { what, tries: Infinity, run });
  await clock.advance(20 * 60_000);
  expect(triedAt.slice(0, 10)).toEqual([0, 2, 6, 14, 30, 62, 126, 254, 510, 810]);
});

test('after the given number of tries the retries end and giveUp is called', async () => {
  const { clock, retries, triedAt, run } = failingWork();
  let givenUp = 0;
  retries.run('a', { what, tries: 3, run, giveUp: () => (givenUp += 1) });
  await clock.advance(60 * 60_000);
  expect([triedAt.length, givenUp]).toEqual([3, 1]);
});

test('if work is requested again while its retry is scheduled, the retry still runs once, at the scheduled time', async () => {
  const { clock, retries, triedAt, run } = failingWork();
  for (let call = 0; call < 40; call++) {
    retries.run('a', { what, tries: Infinity, run });
    await settled();
  }
  await clock.advance(2_000);
  expect(triedAt).toEqual([0, 2]);
});

test('if work is requested several times while it is running, the work runs only once more afterwards', async () => {
  const { clock, retries } = failingWork();
  let runs = 0;
  let finish = () => {};
  const run = () => new Promise<void>((resolve) => ((runs += 1), (finish = resolve)));
  for (let call = 0; call < 5; call++) retries.run('a', { what, tries: 1, run });
  expect(runs).toBe(1);
  finish();
  await settled();
  expect(runs).toBe(2);
  finish();
  await clock.advance(1_000);
  expect(runs).toBe(2);
});

test('work is not retried after a success, and every failure is logged with a reference', async () => {
  const { clock, retries, triedAt, run, lines } = failingWork(2);
  retries.run('a', { what, tries: Infinity, run });
  await clock.advance(60_000);
  expect(triedAt).toEqual([0, 2, 6]);
  expect(lines).toHaveLength(2);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ key: 'a', reference: expect.stringMatching(/^\w{8}$/) });
});

test('delays vary randomly by 20 %, so that many rounds do not retry at the same time', async () => {
  for (const [random, delay] of [
    [0, 1_600],
    [1, 2_400],
  ] as const) {
    const clock = virtualClock();
    const retries = createRetries(clock, createLog('silent'), { random: () => random });
    let tries = 0;
    const run = async () => {
      tries += 1;
      throw new Error('pretended');
    };
    retries.run('a', { what, tries: 5, run });
    await clock.advance(delay - 1);
    expect(tries).toBe(1);
    await clock.advance(1);
    expect(tries).toBe(2);
  }
});

test('after close(), no work is started or retried', async () => {
  const { clock, retries, triedAt, run } = failingWork();
  retries.run('a', { what, tries: Infinity, run });
  await settled();
  retries.close();
  retries.run('b', { what, tries: Infinity, run });
  await clock.advance(60_000);
  expect(triedAt).toEqual([0]);
});

test('a failed store operation is repeated immediately, then after growing delays, and after the last try its error is thrown', async () => {
  const { clock, retries, triedAt, run } = failingWork();
  const failed = retries.repeat(what, run, () => true).catch(String);
  await clock.advance(60_000);
  expect(await failed).toBe('Error: pretended');
  expect(triedAt).toEqual([0, 0, 0.1, 0.3, 0.7, 1.5, 3.1, 6.3, 10.3, 14.3]);
});

test('a store operation is repeated only after a temporary error, and resolves with the result of the successful try', async () => {
  const { clock, retries, triedAt, run } = failingWork(2);
  const repeated = retries.repeat(
    what,
    () => run().then(() => 'done'),
    () => true,
  );
  await clock.advance(1_000);
  expect(await repeated).toBe('done');
  expect(triedAt).toEqual([0, 0, 0.1]);
  const other = failingWork();
  await expect(other.retries.repeat(what, other.run, () => false)).rejects.toThrow('pretended');
  expect(other.triedAt).toEqual([0]);
});

test('closing the retries rejects the promise of work that waits for its next try', async () => {
  const { retries, triedAt, run } = failingWork();
  const waiting = retries.until({ what, tries: 10 }, run, () => true);
  await settled();
  retries.close();
  await expect(waiting).rejects.toThrow('the bot was stopped');
  await expect(retries.until({ what, tries: 10 }, run, () => true)).rejects.toThrow('the bot was stopped');
  expect(triedAt).toEqual([0]);
});

test('while the process stops, a store operation that does not end in time is rejected with the error of its last try', async () => {
  const { clock, retries, run, triedAt } = failingWork();
  const failed = retries.repeat(what, run, () => true).catch(String);
  await clock.advance(1_000);
  retries.hurry(3_000);
  const silent = retries
    .repeat(
      what,
      () => new Promise<never>(() => {}),
      () => true,
    )
    .catch(String);
  await clock.advance(2_999);
  const quick = retries.repeat(
    what,
    async () => 'done',
    () => true,
  );
  expect(await quick).toBe('done');
  await clock.advance(1);
  expect(await failed).toBe('Error: pretended');
  expect(await silent).toBe('Error: the bot was stopped');
  await clock.advance(60_000);
  expect(triedAt).toEqual([0, 0, 0.1, 0.3, 0.7, 1.5, 3.1]);
  await expect(retries.repeat(what, run, () => true)).rejects.toThrow('the bot was stopped');
});

test('a store operation that begins while the process stops is rejected if it does not end in time', async () => {
  const { clock, retries, run } = failingWork();
  retries.hurry(3_000);
  const failed = retries.repeat(what, run, () => true).catch(String);
  await clock.advance(3_000);
  const outcome = await Promise.race([failed, settled().then(() => 'still running')]);
  expect(outcome).toBe('Error: pretended');
});

test('while the process stops, a store operation that ends in time succeeds', async () => {
  const { clock, retries } = failingWork();
  retries.hurry(3_000);
  for (let second = 0; second < 10; second++) {
    const { run } = failingWork(1);
    const repeated = retries.repeat(what, run, () => true);
    await clock.advance(1_000);
    await repeated;
  }
});
