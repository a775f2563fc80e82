/** Tests the checks of the soak with invented observations. The soak itself runs in real time and is not run here. */
import { expect, test } from 'vitest';
import { logProblem } from './log-check.ts';
import { growthProblems, memoryTrend } from './memory-trend.ts';
import { acknowledgementDelays, type Observed, unexplained } from './unanswered.ts';

const sent = (id: string, at: number, isAnswered: boolean) => ({ id, at, member: 'ana', isAnswered });
const nothing: Observed = {
  interactions: [],
  callbacks: new Map(),
  interruptions: [],
  drops: [],
  waitedBetween: () => 0,
};

test('an interaction without an answer is reported if no fault explains it', () => {
  const interactions = [sent('1', 10_000, true), sent('2', 20_000, false)];
  expect(unexplained({ ...nothing, interactions })).toEqual([
    expect.stringMatching(/interaction 2 of ana has no answer: the bot sent nothing/),
  ]);
});

test.each([
  ['a fault in each of its responses', { callbacks: new Map([['2', { firstAt: 20_100, requests: 1, faulty: 1 }]]) }],
  ['a planned loss of the next interaction', { drops: [19_000] }],
  ['a broken connection', { interruptions: [{ what: 'opcode 7', from: 19_000, provenFrom: 19_500 }] }],
  ['a machine without a free processor', { waitedBetween: () => 1_000 }],
])('an interaction without an answer is not reported if it is explained by %s', (_, explanation) => {
  const interactions = [sent('1', 10_000, true), sent('2', 20_000, false), sent('3', 30_000, true)];
  expect(unexplained({ ...nothing, interactions, ...explanation })).toEqual([]);
});

test('if the bot has answered an interaction after an interruption, a later interaction without an answer is reported', () => {
  const interactions = [sent('1', 20_000, true), sent('2', 21_000, false)];
  const interruptions = [{ what: 'opcode 7', from: 19_000, provenFrom: 19_500 }];
  expect(unexplained({ ...nothing, interactions, interruptions })).toHaveLength(1);
});

test('the check reports a bot that does not answer for two minutes after a restart', () => {
  const interactions = [sent('1', 20_000, false), sent('2', 140_000, true)];
  const interruptions = [{ what: 'a restart', from: 17_000, provenFrom: 20_000 }];
  expect(unexplained({ ...nothing, interactions, interruptions })).toEqual([
    expect.stringMatching(/a restart: no answer for 120 s/),
  ]);
});

test('the list of acknowledgement delays does not contain interactions that an interruption has delayed', () => {
  const interactions = [sent('1', 10_000, true), sent('2', 20_000, true), sent('3', 30_000, true)];
  const callbacks = new Map(
    interactions.map(({ id, at }) => [id, { firstAt: at + 5 * Number(id), requests: 1, faulty: 0 }]),
  );
  const interruptions = [{ what: 'opcode 7', from: 19_000, provenFrom: 25_000 }];
  expect(acknowledgementDelays({ ...nothing, interactions, callbacks, interruptions })).toEqual([5, 15]);
});

test('a heap that grows by 1 MB per minute after the first ten minutes is reported, and a flat heap is not', () => {
  const samples = (growth: number) =>
    Array.from({ length: 40 }, (_, minute) => ({
      at: minute * 60_000,
      rssMb: 150,
      heapMb: 40 + (minute < 10 ? 5 * minute : growth * minute),
    }));
  expect(memoryTrend(samples(1))?.heapMb).toBeCloseTo(1);
  expect(growthProblems(memoryTrend(samples(1)) ?? { heapMb: 0, rssMb: 0 })).toEqual([
    expect.stringMatching(/heapMb grows by 1.00/),
  ]);
  expect(growthProblems(memoryTrend(samples(0)) ?? { heapMb: 9, rssMb: 9 })).toEqual([]);
  expect(memoryTrend(samples(1).slice(0, 15))).toBeUndefined();
});

test.each([
  ['Error: boom\n    at main.js:1:1', true],
  ['{"level":60,"msg":"stopping"}', true],
  ['{"level":50,"msg":"a promise was rejected unnoticed","err":{"name":"HTTPError","message":"x"}}', true],
  ['{"level":40,"msg":"x","err":{"name":"TypeError","message":"x is undefined"}}', true],
  ['{"level":40,"msg":"x","err":{"name":"DiscordAPIError[50035]","message":"x","code":50035}}', true],
  ['{"level":40,"msg":"x","err":{"name":"HTTPError","message":"Service Unavailable"}}', false],
  ['{"level":50,"msg":"x","err":{"name":"Error","message":"read ECONNRESET","code":"ECONNRESET"}}', false],
  ['{"level":50,"msg":"x","err":{"name":"Error","message":"no such table","code":"SQLITE_ERROR"}}', true],
  ['{"level":30,"msg":"the gateway session has begun"}', false],
])('whether the log line %j is reported as a problem: %j', (line, isProblem) => {
  expect(logProblem(line) !== undefined).toBe(isProblem);
});
