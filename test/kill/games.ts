/**
 * Plays games. A game is a run of the bot in which many members play several concurrent rounds with random moves from a
 * seed, while the bot is killed repeatedly. For each player, the game records which buttons the player pressed, and
 * what Discord then showed to the player. If the bot has several processes, the channels are in servers of different
 * processes.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { type Dice, dice } from '../../src/core/dice.ts';
import { type Loopback, startLoopback } from '../../src/loopback/loopback.ts';
import { roundPrefix, savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import { readPack } from '../../src/bot/packs/read-pack.ts';
import type { Seed } from '../../src/loopback/seed.ts';
import { type VirtualClock, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { joinAs, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { flat, type SeenMessage } from '../../src/loopback/seen-message.ts';
import { answerQuestion, isAnswer, isContinueLabel, type RecordedAnswer } from '../tally/answers.ts';
import { readServer, type ServerHistory } from '../tally/channel-history.ts';
import { type BotGroup, startGroup } from './bot-group.ts';
import { openTemporaryStore, type TemporaryStore } from '../support/temporary-store.ts';
import type { Kill } from './kills.ts';

export interface Game {
  /** The answers in each scope. The key is the id of a server or of a private conversation. */
  readonly pressed: ReadonlyMap<string, readonly RecordedAnswer[]>;
  /** For each kill, the number of rounds that were running. */
  readonly alive: readonly number[];
  /**
   * Number of `/quiz group` commands to which the killed bot did not reply. The bot may still have opened a round that
   * no member saw.
   */
  readonly unanswered: number;
}

// The pack is small, so that the bot starts faster.
const library = await readPack(new URL('.', import.meta.resolve('#second-pack/pack.yaml')));
const { bank } = library;
/** A game, and the messages that the channels contain after the end of the game. */
export interface PlayedGame extends Game {
  readonly server: ServerHistory;
}

const allChannels = ['one', 'two', 'three', 'four'] as const;
const allHosts = ['host-0', 'host-1', 'host-2', 'host-3'] as const;
const solists = ['solo-0', 'solo-1'] as const;
const others = ['p-0', 'p-1', 'p-2', 'p-3', 'p-4', 'p-5'] as const;
/** The number of shards, if the bot has several processes. The server with the index i belongs to shard i. */
const shards = 16;
/** The usual number of questions in a round. */
const usualQuestions = 4;
/** Until the last kill, new rounds are opened while fewer than this number of rounds are running. */
const fewest = 4;
/** The average number of moves from one command "/quiz stop" to the next. */
const stopEvery = 100;
/** Maximum number of moves. A game with more moves is stuck, and the test fails. */
const maxMoves = 3_000;

const packIn = ({ folder }: TemporaryStore): string => join(folder, 'pack');

export interface GameOptions {
  /** The path of the file that runs the bot. */
  readonly program: string;
  readonly store: TemporaryStore;
  readonly seed: number;
  readonly kills: readonly Kill[];
  /** The number of processes of the bot. They share the shards equally. 1 by default. */
  readonly processes?: number;
  /** The number of questions in each round. */
  readonly questions?: number;
}

/** The servers, the channels and the members of a game. */
interface GameSetup {
  readonly channels: readonly string[];
  readonly hosts: readonly string[];
  readonly members: readonly string[];
  readonly guilds: Seed['servers'];
  /** The ranges of shards of the processes. Undefined stands for all shards. */
  readonly ranges: readonly (string | undefined)[];
}

function setupFor(processes: number): GameSetup {
  const [channels, hosts] = processes === 1 ? [allChannels.slice(0, 3), allHosts.slice(0, 3)] : [allChannels, allHosts];
  const share = shards / processes;
  const servers = processes === 1 ? 1 : shards;
  return {
    channels,
    hosts,
    members: [...hosts, ...solists, ...others],
    guilds: Array.from({ length: servers }, (_, server) => ({
      name: `Server ${server}`,
      channels: channels.filter((_, index) => (index % processes) * share === server),
    })),
    ranges:
      processes === 1
        ? [undefined]
        : Array.from({ length: processes }, (_, index) => `${index * share}-${(index + 1) * share - 1}/${shards}`),
  };
}

/** Plays a game: a group round in each channel and two solo rounds, all at the same time. */
export async function play({
  program,
  store,
  seed,
  kills,
  processes = 1,
  questions = usualQuestions,
}: GameOptions): Promise<PlayedGame> {
  const clock = virtualClock();
  const setup = setupFor(processes);
  const { members, guilds, channels } = setup;
  const loopback = await startLoopback({
    port: 0,
    clock,
    gateway: { concurrencyMs: 0, maxConcurrency: shards },
    seed: { bots: [{ name: 'Caspian' }], servers: guilds, members: members.map((name) => ({ username: name, name })) },
  });
  // The bot reads this file instead of the pack, because parsing the pack would take half the time of each start.
  await writeFile(packIn(store), serialize(library));
  const memberByName = new Map<string, LoopbackMember>();
  for (const name of members) memberByName.set(name, await joinAs(loopback, name));
  const bots = await startGroup({ loopback, clock, program, store, pack: packIn(store), ranges: setup.ranges, kills });
  const game = startGame({ loopback, clock, memberByName, chance: dice(seed), setup, bots, questions });
  try {
    for (let move = 0; !game.isOver(); move++) {
      if (move === maxMoves) {
        await bots.stop();
        throw new Error(`seed ${seed}: these rounds do not end: ${(await savedRounds(store)).join('; ')}`);
      }
      await game.move();
    }
    await bots.stop();
    const observer = memberByName.get(others[0]) ?? missing('observer');
    return { ...game, alive: bots.alive, server: await readServer(observer, channels) };
  } finally {
    for (const member of memberByName.values()) member.close();
    await bots.stop();
    await loopback.stop();
  }
}

/** Returns the key, the mode and the phase of each round in the database. */
async function savedRounds(place: TemporaryStore): Promise<readonly string[]> {
  const store = await openTemporaryStore(place);
  const found: string[] = [];
  for await (const [key, { quiz }] of store.range(roundPrefix, savedRoundSchema))
    found.push(`${key} ${quiz.mode} ${JSON.stringify(quiz.phase)}`);
  await store.close();
  return found;
}

interface RunningGame extends Omit<Game, 'alive'> {
  /** Makes one random move: members press buttons, or time passes. If a process was killed, starts it again. */
  move(): Promise<void>;
  isOver(): boolean;
}

interface GameContext {
  readonly loopback: Loopback;
  readonly clock: VirtualClock;
  readonly memberByName: ReadonlyMap<string, LoopbackMember>;
  readonly chance: Dice;
  readonly setup: GameSetup;
  readonly bots: BotGroup;
  readonly questions: number;
}

/** A round that a member opens with a command. */
interface Opening {
  readonly who: LoopbackMember;
  readonly channel: string;
  readonly line: '/quiz group' | '/quiz solo';
  readonly options: { readonly questions: number; readonly seconds?: number };
}

function openingsOf({ memberByName, questions, setup: { channels, hosts } }: GameContext): readonly Opening[] {
  const memberNamed = (name: string) => memberByName.get(name) ?? missing(name);
  return [
    ...channels.map((channel, index): Opening => ({
      who: memberNamed(hosts[index] ?? ''),
      channel,
      line: '/quiz group',
      options: { questions, seconds: 20 },
    })),
    ...solists.map((name, index): Opening => ({
      who: memberNamed(name),
      channel: channels[channels.length === allChannels.length ? index : 0] ?? '',
      line: '/quiz solo',
      options: { questions },
    })),
  ];
}

/**
 * Returns a function that returns the id of the server of a message. The function remembers the servers of threads,
 * because each search for a thread reads all events.
 */
function serversOf({ loopback, memberByName }: GameContext): (message: SeenMessage) => string {
  const known = new Map(
    loopback.world().guilds.flatMap((guild) => guild.channels.map(({ id }): [string, string] => [id, guild.id])),
  );
  return ({ channel_id: id }) => {
    if (!known.has(id))
      for (const { t, d } of [...memberByName.values()].flatMap((member) => member.events))
        if (t === 'THREAD_CREATE') known.set(String(d['id']), String(d['guild_id']));
    return known.get(id) ?? missing(`server of the channel ${id}`);
  };
}

function startGame(context: GameContext): RunningGame {
  const { clock, memberByName, chance, bots, setup } = context;
  const serverOf = serversOf(context);
  const pressed = new Map<string, RecordedAnswer[]>();
  const everybody = [...memberByName.values()];
  const any = <T>(list: readonly T[]): T => list[chance.below(list.length)] ?? missing('a choice');
  const openings = openingsOf(context);
  /** The rounds that still have to be opened. */
  const toOpen = [...openings];
  let unanswered = 0;

  async function pass(ms: number): Promise<void> {
    // The clock advances in short steps, so that a slow bot does not fall far behind.
    for (let rest = ms; rest > 0; rest -= 400) {
      await clock.advance(Math.min(400, rest));
      await bots.setClocks();
    }
  }

  /**
   * Waits until `work` has ended or a process has died. Ignores errors of `work`, because interactions fail if their
   * process dies.
   */
  const unlessProcessDies = (work: Promise<unknown>) => Promise.race([work.catch(() => undefined), bots.oneDied()]);

  async function answer(member: LoopbackMember, message: SeenMessage): Promise<void> {
    const scope = serverOf(message);
    const own = pressed.get(scope) ?? [];
    pressed.set(scope, own);
    const { acknowledged } = await answerQuestion(member, message, { bank: bank.questions, chance, pressed: own });
    if (acknowledged) bots.acknowledged();
  }

  async function press(): Promise<void> {
    const presses: Promise<unknown>[] = [];
    for (let left = 1 + chance.below(6); left > 0; left--) {
      const member = any(everybody);
      const open = member.seen().filter(({ components }) => flat(components).some(isAnswer));
      if (open.length > 0) presses.push(answer(member, any(open)));
      const goOn = member
        .seen()
        .findLast(({ components }) => flat(components).some(({ label }) => isContinueLabel(label)));
      const label = flat(goOn?.components ?? []).find(({ label }) => isContinueLabel(label))?.label;
      if (goOn && label !== undefined) presses.push(member.press(goOn, label));
    }
    await unlessProcessDies(Promise.all(presses));
  }

  /** The host of the round in a random channel uses the command "/quiz stop" in that channel. */
  async function stop(): Promise<void> {
    const { who, channel } = any(openings.slice(0, setup.channels.length));
    await unlessProcessDies(who.command(channel, '/quiz stop'));
  }

  async function open(): Promise<void> {
    const [next] = toOpen;
    if (!next) return;
    const outcome = await Promise.race([next.who.command(next.channel, next.line, next.options), bots.oneDied()]);
    if (outcome && 'kind' in outcome && outcome.kind === 'answered') toOpen.shift();
    else if (next.line === '/quiz group') unanswered++;
  }

  return {
    pressed,
    get unanswered() {
      return unanswered;
    },
    isOver: () => toOpen.length === 0 && bots.killsLeft() === 0 && !bots.isOneDead() && bots.rounds() === 0,
    async move() {
      // At least `fewest` rounds must be running at each kill, so new rounds are opened until the last kill.
      if (bots.killsLeft() > 0 && toOpen.length === 0 && bots.rounds() < fewest) toOpen.push(any(openings));
      if (toOpen.length === 0 && bots.rounds() >= fewest) await bots.disturb(any);
      if (toOpen.length > 0) await open();
      else if (chance.below(stopEvery) === 0) await stop();
      else if (chance.below(3) > 0) await press();
      // After the last kill, the test only waits for the end of the remaining rounds, so more time passes in each move.
      else await pass(200 + chance.below(bots.killsLeft() > 0 ? 2_000 : 8_000));
      await bots.setClocks();
      while (bots.isOneDead()) {
        await clock.advance(any([0, 400, 3_000, 20_000]));
        await bots.startDead();
      }
    },
  };
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
