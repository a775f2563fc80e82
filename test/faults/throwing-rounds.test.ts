/** Tests errors that are thrown while a round renders a card or applies an event. Other rounds must continue. */
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { memoryStore } from '../support/memory-store.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { startWithFailingPorts } from './failing-ports.ts';

/** Replaces a field by a getter that throws, until the returned function restores the field. */
function throwing(object: object, field: string): () => void {
  const value: unknown = Reflect.get(object, field);
  const broken = () => {
    throw new Error(`pretended: a bug with ${field}`);
  };
  // The field is not enumerable, so that saving the round does not read the field.
  Object.defineProperty(object, field, { get: broken, enumerable: false, configurable: true });
  return () => void Object.defineProperty(object, field, { value, enumerable: true, configurable: true });
}

/** Starts a round in #general and one in #other, and records the log. */
async function twoRounds() {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const channel = await startWithFailingPorts(memoryStore(), undefined, undefined, { log });
  for (const place of ['general', 'other']) {
    await channel.typedIn(place, 'ana', 'quiz group', { questions: 3, seconds: 20 });
    await channel.pressIn(place, 'ben', 'join');
    await channel.pressIn(place, 'ana', 'start');
  }
  await settled();
  /**
   * Makes rendering a question in #general throw until the returned function is called. The steps of the round still
   * work, because they do not read the text of a question.
   */
  const breakCard = (index: number) => throwing(channel.quiz().questions[index] ?? {}, 'ask');
  /** Makes every step of the round in #general throw until the returned function is called. */
  const breakSteps = () => throwing(channel.quiz(), 'answers');
  const references = (words: string) =>
    lines.filter((line) => line.includes(words) && /"reference":"[0-9a-f]{8}"/.test(line)).length;
  const phaseOf = (place: string) => channel.rounds.inChannel(place)?.phase;
  return { channel, breakCard, breakSteps, references, phaseOf };
}

test('if rendering a card throws, the error is logged with a reference, the bot tries again, and other rounds continue', async () => {
  const { channel, breakCard, references, phaseOf } = await twoRounds();
  const mend = breakCard(1);
  await channel.clock.advance(28_000);
  expect(references('pretended: a bug with ask')).toBeGreaterThan(0);
  expect(phaseOf('other')).toMatchObject({ name: 'asking', question: 1 });
  expect(phaseOf('general')).toMatchObject({ name: 'posting', question: 1 });
  expect(await channel.press('ana', 'answer:1:0')).toMatch(/^Locked/);
  mend();
  await channel.clock.advance(10_000);
  expect(phaseOf('general')).toMatchObject({ name: 'asking', question: 1 });
  expect(await channel.answer('ben', true)).toMatch(/^Locked/);
});

test('a round whose card can never be rendered ends after five minutes, and then a new round can start', async () => {
  const { channel, breakCard, phaseOf } = await twoRounds();
  breakCard(1);
  await channel.clock.advance(7 * 60_000);
  expect(phaseOf('general')).toBeUndefined();
  expect(await channel.typed('ben', 'quiz group')).toContain('invites you');
});

test('if a timed step of a round throws, the error is logged with a reference, and the bot tries again', async () => {
  const { channel, breakSteps, references, phaseOf } = await twoRounds();
  const mend = breakSteps();
  await channel.clock.advance(22_000);
  expect(references('a timed event failed')).toBeGreaterThan(0);
  expect(phaseOf('general')?.name).toBe('asking');
  expect(phaseOf('other')?.name).toBe('reveal');
  mend();
  await channel.clock.advance(6_000);
  expect(phaseOf('general')).toMatchObject({ name: 'reveal', question: 0 });
});

test('if a button press makes a step throw, the member gets an apology with the reference of the log line', async () => {
  const { channel, breakSteps, references } = await twoRounds();
  const mend = breakSteps();
  const apology = await channel.press('ben', 'answer:0:0');
  const [reference = 'none'] = /[0-9a-f]{8}/.exec(apology) ?? [];
  expect(references(reference)).toBe(1);
  expect(await channel.pressIn('other', 'ben', 'answer:0:0')).toMatch(/^Locked/);
  mend();
  expect(await channel.press('ben', 'answer:0:0')).toMatch(/^Locked/);
});
