/**
 * Plays games while the bot is killed repeatedly. Many members play several concurrent rounds with random moves from a
 * seed. For each player, the game records the pressed buttons and the replies in the messages that Discord showed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { type Dice, dice } from '../../src/core/dice.ts';
import { type Loopback, startLoopback } from '../../src/loopback/loopback.ts';
import { roundPrefix, savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import { readPack } from '../../src/bot/packs/read-pack.ts';
import { type VirtualClock, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { joinAs, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { flat, type SeenMessage } from '../../src/loopback/seen-message.ts';
import { answerQuestion, isAnswer, onward, type Pressed } from '../tally/answers.ts';
import { readServer, type ServerHistory } from '../tally/channel-history.ts';
import { heard, startProcess } from './bot-process.ts';
import { openPlayedStore, type PlayedStore } from '../support/played-store.ts';
import { type Death, stepAtStart } from './steps.ts';

/** When the bot is killed: at a step of the bot (see steps.ts) or after a number of acknowledged answers. */
export type Kill = Death | { readonly acknowledged: number };

export interface Game {
  readonly pressed: readonly Pressed[];
  /** For each kill, the number of rounds that were running. */
  readonly alive: readonly number[];
  /**
   * Number of `/quiz group` commands to which the killed bot did not reply. The bot may still have opened a round that
   * no member saw.
   */
  readonly unanswered: number;
  /** The id of the server in which the game was played. */
  readonly scope: string;
}

const library = await readPack(new URL('.', import.meta.resolve('#data/russia-iran/pack.yaml')));
const { bank } = library;
/** A game, and the messages that the channels contain after the end of the game. */
export interface PlayedGame extends Game {
  readonly server: ServerHistory;
}

const channels = ['one', 'two', 'three'] as const;
const hosts = ['host-0', 'host-1', 'host-2'] as const;
const solists = ['solo-0', 'solo-1'] as const;
const others = ['p-0', 'p-1', 'p-2', 'p-3', 'p-4', 'p-5'] as const;
const members = [...hosts, ...solists, ...others];
const questions = 4;
/** Minimum number of running rounds before the last kill. If fewer rounds are running, new rounds are opened. */
const fewest = 4;
/** On average, one of this number of moves is the command "/quiz stop". */
const stopEvery = 100;
/** Maximum number of moves. A game with more moves is stuck, and the test fails. */
const mostMoves = 3_000;

const packIn = ({ folder }: PlayedStore): string => join(folder, 'pack');

/**
 * Plays three group rounds and two solo rounds concurrently. `program` is the path of the bot, and `store` is its
 * store.
 */
export async function play(
  program: string,
  store: PlayedStore,
  seed: number,
  kills: readonly Kill[],
): Promise<PlayedGame> {
  const clock = virtualClock();
  const loopback = await startLoopback({
    port: 0,
    clock,
    gateway: { concurrencyMs: 0 },
    seed: {
      applications: ['Caspian'],
      guilds: [{ name: 'Study group', channels }],
      members: members.map((name) => ({ username: name, name })),
    },
  });
  // The bot reads this file instead of the pack, because parsing the pack would take half the time of each start.
  await writeFile(packIn(store), serialize(library));
  const seats = new Map<string, LoopbackMember>();
  for (const name of members) seats.set(name, await joinAs(loopback, name));
  const table = await sitDown({ loopback, clock, seats, chance: dice(seed), program, store, kills });
  try {
    for (let move = 0; !table.isOver(); move++) {
      if (move === mostMoves) {
        await table.leave();
        throw new Error(`seed ${seed}: these rounds do not end: ${(await savedRounds(store)).join('; ')}`);
      }
      await table.move();
    }
    await table.leave();
    const witness = seats.get(others[0]) ?? missing('witness');
    return { ...table, server: await readServer(witness, channels) };
  } finally {
    for (const member of seats.values()) member.close();
    await table.leave();
    await loopback.stop();
  }
}

/** Returns the key, the mode and the phase of each round in the database. */
async function savedRounds(place: PlayedStore): Promise<readonly string[]> {
  const store = await openPlayedStore(place);
  const found: string[] = [];
  for await (const [key, { quiz }] of store.range(roundPrefix, savedRoundSchema))
    found.push(`${key} ${quiz.mode} ${JSON.stringify(quiz.phase)}`);
  await store.close();
  return found;
}

interface Table extends Game {
  /** Makes one random move: members press buttons, or time passes. If the bot was killed, starts the bot again. */
  move(): Promise<void>;
  isOver(): boolean;
  leave(): Promise<void>;
}

interface Setting {
  readonly loopback: Loopback;
  readonly clock: VirtualClock;
  readonly seats: ReadonlyMap<string, LoopbackMember>;
  readonly chance: Dice;
  readonly program: string;
  readonly store: PlayedStore;
  readonly kills: readonly Kill[];
}

async function sitDown({ loopback, clock, seats, chance, program, store, kills }: Setting): Promise<Table> {
  const left = [...kills];
  const pressed: Pressed[] = [];
  const alive: number[] = [];
  const everybody = [...seats.values()];
  const seat = (name: string) => seats.get(name) ?? missing(name);
  const any = <T>(list: readonly T[]): T => list[chance.below(list.length)] ?? missing('a choice');
  const rounds = [
    ...channels.map((channel, index) => ({
      who: seat(hosts[index] ?? ''),
      channel,
      line: '/quiz group',
      options: { questions, seconds: 20 },
    })),
    ...solists.map((name) => ({ who: seat(name), channel: channels[0], line: '/quiz solo', options: { questions } })),
  ];
  /** The rounds that still have to be opened. */
  const toOpen = [...rounds];
  let unanswered = 0;
  let bot = await startBot();

  /** Starts the bot. `rounds` is the number of rounds that were running when the previous process was killed. */
  function startBot(rounds = 0) {
    const [kill] = left;
    const death = kill && isAtStart(kill) ? { death: kill } : {};
    const settings = {
      api: loopback.api,
      token: loopback.world().botToken,
      store,
      pack: packIn(store),
      now: clock.now(),
      ...death,
    };
    return startProcess(program, settings, rounds);
  }

  /** Sets the bot's clock to the time of the emulated Discord. Waits until all due alarms of the bot have fired. */
  async function inStep(): Promise<void> {
    if (bot.dead) return;
    const id = chance.below(2 ** 31);
    const there = heard(bot.child, (told) => told.id === id);
    bot.child.send({ do: 'be', now: clock.now(), id }, () => undefined);
    const told = await Promise.race([there, bot.died]);
    if ('rounds' in told) bot.rounds = told.rounds ?? 0;
  }

  async function pass(ms: number): Promise<void> {
    // The clock advances in short steps, so that a slow bot does not fall far behind.
    for (let rest = ms; rest > 0; rest -= 400) {
      await clock.advance(Math.min(400, rest));
      await inStep();
    }
  }

  /**
   * Waits until `work` has ended or the bot is dead. Ignores rejections of `work`, because interactions fail while the
   * bot is dead.
   */
  const unlessDead = (work: Promise<unknown>) => Promise.race([work.catch(() => undefined), bot.died]);

  async function answer(member: LoopbackMember, message: SeenMessage): Promise<void> {
    const { acknowledged } = await answerQuestion(member, message, { bank: bank.questions, chance, pressed });
    const [kill] = left;
    if (acknowledged && bot.doomed && kill && 'acknowledged' in kill && ++bot.acknowledged === kill.acknowledged)
      bot.child.kill('SIGKILL');
  }

  async function press(): Promise<void> {
    const presses: Promise<unknown>[] = [];
    for (let hands = 1 + chance.below(6); hands > 0; hands--) {
      const member = any(everybody);
      const open = member.seen().filter(({ components }) => flat(components).some(isAnswer));
      if (open.length > 0) presses.push(answer(member, any(open)));
      const goOn = member
        .seen()
        .findLast(({ components }) => flat(components).some(({ label = '' }) => onward.includes(label)));
      const label = flat(goOn?.components ?? []).find(({ label = '' }) => onward.includes(label))?.label;
      if (goOn && label !== undefined) presses.push(member.press(goOn, label));
    }
    await unlessDead(Promise.all(presses));
  }

  /** The host of the round in a random channel uses the command "/quiz stop" in that channel. */
  async function stop(): Promise<void> {
    const index = chance.below(channels.length);
    await unlessDead(seat(hosts[index] ?? '').command(channels[index] ?? '', '/quiz stop'));
  }

  /** Tells the bot when to kill itself. */
  function doom(): void {
    const [kill] = left;
    if (bot.doomed || !kill) return;
    bot.doomed = true;
    // This kill was planned for the start of the bot, when it posts its "Back again" note. The bot has started without
    // posting this note, so the bot is killed now.
    if (isAtStart(kill)) bot.child.kill('SIGKILL');
    else if ('nth' in kill) bot.child.send({ do: 'die', at: kill }, () => undefined);
  }

  async function open(): Promise<void> {
    const [next] = toOpen;
    if (!next) return;
    const outcome = await Promise.race([next.who.command(next.channel, next.line, next.options), bot.died]);
    if ('kind' in outcome && outcome.kind === 'answered') toOpen.shift();
    else if (next.line === '/quiz group') unanswered++;
  }

  return {
    pressed,
    alive,
    get unanswered() {
      return unanswered;
    },
    scope: loopback.world().guilds[0]?.id ?? missing('server'),
    isOver: () => toOpen.length === 0 && left.length === 0 && !bot.dead && bot.rounds === 0,
    async move() {
      // Several rounds must be running at each kill. Therefore new rounds are opened until the last kill.
      if (left.length > 0 && toOpen.length === 0 && bot.rounds < fewest) toOpen.push(any(rounds));
      if (toOpen.length === 0 && bot.rounds >= fewest) doom();
      if (toOpen.length > 0) await open();
      else if (chance.below(stopEvery) === 0) await stop();
      else if (chance.below(3) > 0) await press();
      else await pass(200 + chance.below(2_000));
      await inStep();
      while (bot.dead) {
        left.shift();
        alive.push(bot.rounds);
        await clock.advance(any([0, 400, 3_000, 20_000]));
        bot = await startBot(bot.rounds);
        await inStep();
      }
    },
    async leave() {
      if (bot.dead) return;
      bot.child.send({ do: 'stop' });
      await bot.died;
    },
  };
}

const isAtStart = (kill: Kill): kill is Death => 'step' in kill && kill.step === stepAtStart;

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
