/**
 * Runs the real bot on the emulated Discord in real time, with random members, faults and restarts. Afterwards compares
 * the scores and the channels with what the members have recorded. The bot runs in its own process. This process runs
 * the emulated Discord and acts as all members.
 */
import { appendFileSync, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPack } from '../../src/bot/packs/read-pack.ts';
import { type Dice, dice } from '../../src/core/dice.ts';
import { type Loopback, startLoopback } from '../../src/loopback/loopback.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { RefusedRequest } from '../../src/loopback/member-client.js';
import { timestampOf } from '../../src/loopback/snowflake.ts';
import { differencesAfterwards, stopRounds } from './afterwards.ts';
import { logProblem } from './log-check.ts';
import { makeMove, type MoveSetting } from './member-moves.ts';
import { growthProblems, type MemorySample, memoryTrend } from './memory-trend.ts';
import { heartbeatMs, randomFaults, type RandomFaults } from './random-faults.ts';
import { remove } from './removals.ts';
import { measureProcessorWaits, type ProcessorWaits } from './processor-waits.ts';
import { readRequestLog, type RequestLog } from './request-log.ts';
import { type SoakedBot, startSoakedBot, withTimeout } from './soaked-bot.ts';
import { joinServers, soakWorld, type StudyServer } from './study-servers.ts';
import {
  acknowledgementDelays,
  excusedByMachine,
  type Observed,
  type SentInteraction,
  unexplained,
} from './unanswered.ts';

/** The average time between two moves in the same server, in ms. */
const moveEvery = 5_000;
/** In a server whose purpose is not `usual`, a move is a removal with a probability of 1/12. */
const removeEvery = 12;
/**
 * Maximum time for a move, in ms. A move usually takes less than 9 s: it consists of at most three interactions, and
 * each of them ends within 3 s.
 */
const moveTimeout = 60_000;
/** Maximum time for stopping all rounds, in ms. */
const stopTimeout = 5 * 60_000;
/**
 * Maximum share of interactions that have no answer only because the machine is busy. If the share is larger, the
 * result is not reliable and the run fails.
 */
const maxExcused = 0.03;
/** The average time between two faults in requests, in ms. */
const requestFaultEvery = 1_500;
/** The average time between two faults in the gateway connection, in ms. */
const gatewayFaultEvery = 12_000;
/** Average time between two restarts of the bot, in ms. It is shorter in a soak of less than 5 minutes. */
const restartEvery = (minutes: number): number => (minutes < 5 ? 14_000 : 60_000);

export interface SoakSettings {
  readonly seed: number;
  readonly minutes: number;
  readonly print: (line: string) => void;
}

interface Run extends SoakSettings {
  readonly loopback: Loopback;
  readonly folder: string;
  readonly servers: readonly StudyServer[];
  readonly chance: Dice;
  readonly faults: RandomFaults;
  readonly requests: RequestLog;
  readonly waits: ProcessorWaits;
  readonly problems: string[];
  readonly began: number;
  bot: SoakedBot;
  restarts: number;
  /** Samples of the memory of the current process of the bot. */
  samples: MemorySample[];
}

/**
 * Runs the soak and returns descriptions of all problems. If there are problems, the folder with the bot's data, its
 * log and all requests is kept, and the path of the folder is printed.
 */
export async function soak(settings: SoakSettings): Promise<readonly string[]> {
  // The pack is read before the members connect, because reading it blocks this process and members could not send
  // heartbeats.
  const pack = await readPack(new URL('.', import.meta.resolve('#data/russia-iran/pack.yaml')));
  const folder = await mkdtemp(join(tmpdir(), 'caspian-soak-'));
  const loopback = await startLoopback({ port: 0, world: soakWorld(), gateway: { heartbeatMs } });
  const problems: string[] = [];
  const chance = dice(settings.seed);
  const faults = randomFaults(loopback.faults, chance);
  const servers = await joinServers(loopback);
  const traffic = createWriteStream(join(folder, 'requests.jsonl'));
  const bot = startBot(loopback, folder, problems);
  const requests = readRequestLog(loopback, (request) => void traffic.write(`${JSON.stringify(request)}\n`));
  const waits = measureProcessorWaits(() => [process.pid, run.bot.pid]);
  const began = Date.now();
  const parts = { loopback, folder, servers, chance, faults, requests, waits, problems, began };
  const run: Run = { ...settings, ...parts, bot, restarts: 0, samples: [] };
  try {
    await bot.ready;
    await play(run, pack.bank.questions);
    await check(run);
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    waits.stop();
    requests.stop();
    await run.bot.end('SIGKILL');
    for (const { everybody } of servers) for (const member of everybody) member.close();
    await loopback.stop();
    traffic.end();
    await finished(traffic);
    if (problems.length === 0) await rm(folder, { recursive: true, force: true });
    else settings.print(`the data, the log and the requests are in ${folder}`);
  }
  return problems;
}

function startBot(loopback: Loopback, folder: string, problems: string[]): SoakedBot {
  return startSoakedBot({
    api: loopback.api,
    token: loopback.world().botToken,
    folder,
    onLogLine(line) {
      appendFileSync(join(folder, 'log.jsonl'), `${line}\n`);
      const problem = logProblem(line);
      if (problem !== undefined) problems.push(`log: ${problem}`);
    },
    onCrash: (how) => void problems.push(`the bot ended by itself: ${how}`),
  });
}

/**
 * Lets members play until the time is over. The bot is not restarted in the second half, so that the memory of one
 * process can be observed for that time.
 */
async function play(run: Run, bank: MoveSetting['bank']): Promise<void> {
  const { minutes, servers, faults, chance } = run;
  const until = Date.now() + minutes * 60_000;
  const half = Date.now() + minutes * 30_000;
  const setting: MoveSetting = { bank, chance, pressedBefore: new Set() };
  await Promise.all([
    ...servers.map((server) => repeat(run, moveEvery, until, () => move(run, server, setting))),
    repeat(run, requestFaultEvery, until, faults.disturbRequests),
    repeat(run, gatewayFaultEvery, until, () => disturbGateway(run)),
    repeat(run, restartEvery(minutes), half, () => restart(run)),
    printProgress(run, until),
  ]);
  run.loopback.faults.clear();
}

/**
 * Calls `act` repeatedly, and ends at the time `until` (ms since the epoch). The delay before each call is random. On
 * average it is `every` (ms).
 */
async function repeat({ chance }: Run, every: number, until: number, act: () => void | Promise<void>): Promise<void> {
  for (;;) {
    await sleep(every * (0.5 + chance.next()));
    if (Date.now() >= until) return;
    await act();
  }
}

/**
 * Disturbs the gateway connection only if the bot has responded since the last disturbance. The bot stops by design if
 * several gateway sessions in a row end early. Without this check, a disturbance could end a session that has just
 * begun, and the bot could stop for this reason.
 */
function disturbGateway({ faults, requests }: Run): void {
  const { provenFrom = 0 } = faults.interruptions.at(-1) ?? {};
  if (requests.latestCallback() > provenFrom) faults.disturbGateway();
}

async function move({ chance, loopback, problems }: Run, server: StudyServer, setting: MoveSetting): Promise<void> {
  try {
    const isRemoval = server.purpose !== 'usual' && chance.below(removeEvery) === 0;
    const moved = isRemoval ? remove(server, loopback, chance) : makeMove(server, setting);
    await withTimeout(moveTimeout, 'a move to end', moved);
  } catch (error) {
    // A refused request is not a problem. For example, Discord refuses a press on a button of a deleted message.
    if (!(error instanceof RefusedRequest)) problems.push(`${server.name}: a move failed: ${String(error)}`);
  }
}

async function restart(run: Run): Promise<void> {
  const signal = run.restarts++ % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
  // An interaction that still waits for a response is lost when the process ends. It can be up to three seconds old.
  const from = Date.now() - 3_000;
  await run.bot.end(signal);
  run.bot = startBot(run.loopback, run.folder, run.problems);
  run.samples = [];
  run.faults.interruptions.push({ what: `a restart after ${signal}`, from, provenFrom: Date.now() });
  await run.bot.ready;
}

/** Prints a line each minute. */
async function printProgress(run: Run, until: number): Promise<void> {
  for (;;) {
    const left = until - Date.now();
    if (left <= 0) return;
    await sleep(Math.min(60_000, left));
    const sample = await run.bot.memory();
    if (sample) run.samples.push(sample);
    const memory = sample
      ? `RSS ${sample.rssMb.toFixed(0)} MB, heap ${sample.heapMb.toFixed(1)} MB`
      : 'no memory report';
    const minute = ((Date.now() - run.began) / 60_000).toFixed(1);
    run.print(`minute ${minute}: ${memory}; ${summaryOf(run)}`);
  }
}

const observed = ({ servers, requests: { callbacks }, faults: { interruptions, drops }, waits }: Run): Observed => ({
  interactions: servers.flatMap(({ everybody }) => everybody.flatMap(interactionsOf)),
  callbacks,
  interruptions,
  drops,
  waitedBetween: waits.between,
});

function summaryOf(run: Run): string {
  const { requests, servers, restarts, faults } = run;
  const all = observed(run);
  const delays = acknowledgementDelays(all);
  const [half = 0, most = 0] = [0.5, 0.99].map((share) => delays[Math.floor(share * delays.length)]);
  const answers = servers.flatMap(({ pressed }) => pressed);
  const unanswered = all.interactions.filter(({ isAnswered }) => !isAnswered).length;
  return (
    `${all.interactions.length} interactions, ${unanswered} without an answer, acknowledged within ${half} ms (p50) and ` +
    `${most} ms (p99); ${answers.length} answers to questions; ${restarts} restarts, ` +
    `${faults.interruptions.length - restarts} broken connections, ${requests.faulty()} failed requests`
  );
}

async function check(run: Run): Promise<void> {
  const { servers, requests, problems, folder, loopback, print } = run;
  const file = join(folder, 'caspian.sqlite');
  await withTimeout(stopTimeout, 'all rounds to end', stopRounds(servers, file));
  requests.stop();
  if (requests.isOverwritten()) problems.push('requests were missed, because the request log was read too seldom');
  problems.push(...unexplained(observed(run)));
  problems.push(...loopback.unknownRoutes.map((what) => `not modelled: ${what}`));
  await run.bot.end('SIGTERM');
  problems.push(...(await differencesAfterwards(servers, file)));
  print(`in all: ${summaryOf(run)}`);
  const excused = excusedByMachine(observed(run));
  print(`${excused} interactions had no answer while the machine was too busy`);
  const sent = observed(run).interactions.length;
  if (excused > sent * maxExcused) problems.push(`the machine was too busy for ${excused} of ${sent} interactions`);
  const trend = memoryTrend(run.samples);
  if (!trend) return print('memory: too few samples after the first ten minutes of the last process');
  print(`memory: heap ${trend.heapMb.toFixed(2)} MB and RSS ${trend.rssMb.toFixed(2)} MB more per minute`);
  problems.push(...growthProblems(trend));
}

/** The events with which Discord tells a member that the bot has answered the member's interaction. */
const endings = ['INTERACTION_SUCCESS', 'INTERACTION_MODAL_CREATE', 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE'];

/** The interactions that a member sent. */
function interactionsOf({ events, username }: LoopbackMember): readonly SentInteraction[] {
  const answered = new Set(events.filter(({ t }) => endings.includes(t)).map(({ d }) => d['id']));
  return events
    .filter(({ t }) => t === 'INTERACTION_CREATE')
    .map(({ d }) => {
      const id = String(d['id']);
      return { id, at: timestampOf(id), member: username, isAnswered: answered.has(id) };
    });
}
