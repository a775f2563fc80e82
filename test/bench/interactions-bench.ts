/**
 * Measures the response time and the processor time of an interaction. For comparison, measures a discord.js bot that
 * always sends the same answer. Its results are called the floor, because they contain only the costs of discord.js
 * itself. The bots run one after the other, each in its own process. Also measures the emulated Discord.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type MemberInteraction,
  type Checks,
  type Load,
  type MeasuredBot,
  startTraffic,
  type Traffic,
} from './traffic/traffic.ts';

/** Number of interactions per second in the measurements at a constant rate. */
const rate = 200;
const seconds = 10;
/** Duration of the load before the measurement, in seconds. */
const warmUpSeconds = 5;
/** In the measurements at full load, this many interactions wait for an answer at the same time. */
const atOnce = 32;
const fullLoadCount = 2_000;

/** Queries like those that members type: names, prefixes, misspellings, dates and questions. */
const queries = [
  'rasht',
  'bishkek meeting',
  'putin tehran',
  'caspian sea',
  'rail',
  'july 2022',
  'teh crimea',
  'raisi',
  'nuclear agreement',
  'drones',
  'what did russia say about the islands',
  '17 may 2023',
  'shoigu',
  'su-35',
  'Решт',
  'رشت',
  'astara',
  'sco accesion',
  'swift',
  'mir cards',
  'gulf meeting',
  'north south corridor',
  'khomeini leter',
  'syria',
] as const;
const typedText = (index: number): string => queries[index % queries.length] ?? '';
const typedPrefix = (index: number): string => {
  const query = typedText(Math.floor(index / 7));
  return query.slice(0, 1 + (index % query.length));
};

const kinds = ['/event', 'a keystroke', 'a quiz press'] as const;
type Kind = (typeof kinds)[number];

interface Measured {
  readonly steady: Readonly<Record<Kind, Load>>;
  readonly fullLoad: Readonly<Record<Kind, Load>>;
  readonly botStartMs: number;
  readonly botMemoryMb: number;
  readonly loopbackStartMs: number;
  readonly loopbackMemoryMb: number;
}

/** Prints progress to stderr, writes the results to a JSON file in dist/bench, and returns Markdown. */
export async function benchInteractions(): Promise<string> {
  const floor = await measured('echo', 'none');
  const ours = await measured('ours', 'none');
  const postgres = process.env['TEST_DATABASE_URL'] ? await measured('ours-postgres', 'none') : undefined;
  await writeFigures('interactions', {
    rate,
    floor: figuresOf(floor),
    ours: figuresOf(ours),
    ...(postgres && { postgres: figuresOf(postgres) }),
  });
  const rows = kinds.map((kind) => {
    const [mine, theirs] = [ours.steady[kind], floor.steady[kind]];
    return `| ${[
      kind,
      ...[mine.cpuMs, theirs.cpuMs].map((ms) => ms.toFixed(2)),
      (mine.cpuMs / theirs.cpuMs).toFixed(2),
      ...[quantileOf(mine, 0.5), quantileOf(mine, 0.99), quantileOf(theirs, 0.5), quantileOf(theirs, 0.99)].map((ms) =>
        ms.toFixed(1),
      ),
      ...[ours.fullLoad[kind].perSecond, floor.fullLoad[kind].perSecond].map((number) => number.toFixed(0)),
      mine.unanswered + ours.fullLoad[kind].unanswered,
      ...onPostgres(postgres, kind, mine),
    ].join(' | ')} |`;
  });
  const times = (kind: Kind) => ours.steady[kind].cpuMs / floor.steady[kind].cpuMs;
  const highestRatio = Math.max(...kinds.map(times));
  const press = times('a quiz press');
  const slowest = Math.max(...kinds.map((kind) => quantileOf(ours.steady[kind], 0.99)));
  return [
    '## Interactions',
    `The bot, compared with a discord.js bot that always sends the same answer (the floor). Each runs alone on the
emulated Discord, without rate limits and without checks of request bodies. CPU is the processor time of the bot for one
interaction, measured at ${rate} interactions a second for ${seconds} seconds, after ${warmUpSeconds} seconds of the same load for warming up. p50 and p99 are the times from the dispatch of an
interaction to the arrival of its callback at this rate. "A second" is the number of answers if ${atOnce} interactions are
unanswered at any time. A quiz press is saved before it is acknowledged. The last five columns are the bot on PostgreSQL
(only with TEST_DATABASE_URL, and without the processor time of the server). Node ${process.version}.`,
    [
      '| interaction | CPU ms | floor | × floor | p50 ms | p99 ms | floor p50 | floor p99 | a second | floor | unanswered | PostgreSQL CPU ms | × SQLite | p50 ms | p99 ms | a second |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    [
      '| target | reached | |',
      '| --- | --- | --- |',
      `| at most 3 × the floor's CPU | ${highestRatio.toFixed(2)} | ${highestRatio <= 3 ? 'met' : 'missed'} |`,
      `| a quiz press at most 2.2 × the floor's CPU | ${press.toFixed(2)} | ${press <= 2.2 ? 'met' : 'missed'} |`,
      ...(postgres
        ? [onPostgresTarget(postgres.steady['a quiz press'].cpuMs / ours.steady['a quiz press'].cpuMs)]
        : []),
      `| no p99 above 100 ms at ${rate} a second | ${slowest.toFixed(1)} ms | ${slowest <= 100 ? 'met' : 'missed'} |`,
    ].join('\n'),
  ].join('\n\n');
}

const onPostgresTarget = (times: number): string =>
  `| a quiz press on PostgreSQL at most 1.6 × the CPU on SQLite | ${times.toFixed(2)} | ${times <= 1.6 ? 'met' : 'missed'} |`;

/** Returns the table cells with the results of one kind of interaction on PostgreSQL. */
function onPostgres(postgres: Measured | undefined, kind: Kind, sqlite: Load): readonly string[] {
  if (!postgres) return ['–', '–', '–', '–', '–'];
  const { [kind]: load } = postgres.steady;
  return [
    load.cpuMs.toFixed(2),
    (load.cpuMs / sqlite.cpuMs).toFixed(2),
    quantileOf(load, 0.5).toFixed(1),
    quantileOf(load, 0.99).toFixed(1),
    postgres.fullLoad[kind].perSecond.toFixed(0),
  ];
}

/** Measures the start time, memory and throughput of the emulated Discord. */
export async function benchLoopback(): Promise<string> {
  const floor = await measured('echo', 'shapes', ['/event']);
  const ours = await measured('ours', 'shapes', ['/event']);
  await writeFigures('loopback', { rate, floor: figuresOf(floor), ours: figuresOf(ours) });
  const row = (what: string, mine: number, theirs: number, unit: string) =>
    `| ${what} | ${mine.toFixed(1)} ${unit} | ${theirs.toFixed(1)} ${unit} | ${(mine / theirs).toFixed(2)} |`;
  const [mine, theirs] = [ours.steady['/event'], floor.steady['/event']];
  return [
    '## Emulated Discord',
    `The emulated Discord in its own process, with all checks except rate limits, together with this bot or with a
discord.js bot that always sends the same answer. Node ${process.version}.`,
    [
      '| | with this bot | with the other bot | ratio |',
      '| --- | --- | --- | --- |',
      row('emulated Discord, start', ours.loopbackStartMs, floor.loopbackStartMs, 'ms'),
      row('emulated Discord, memory after the load', ours.loopbackMemoryMb, floor.loopbackMemoryMb, 'MB'),
      row('bot, start of the process until it answers', ours.botStartMs, floor.botStartMs, 'ms'),
      row('bot, memory after the load', ours.botMemoryMb, floor.botMemoryMb, 'MB'),
      row(`dispatch to callback, p50 at ${rate} a second`, quantileOf(mine, 0.5), quantileOf(theirs, 0.5), 'ms'),
      row(`dispatch to callback, p99 at ${rate} a second`, quantileOf(mine, 0.99), quantileOf(theirs, 0.99), 'ms'),
      row('interactions a second', ours.fullLoad['/event'].perSecond, floor.fullLoad['/event'].perSecond, ''),
    ].join('\n'),
  ].join('\n\n');
}

async function measured(bot: MeasuredBot, checks: Checks, only: readonly Kind[] = kinds): Promise<Measured> {
  const traffic = await startTraffic(bot, checks);
  try {
    const generators = await generatorsFor(traffic, bot);
    const steady: Partial<Record<Kind, Load>> = {};
    const fullLoad: Partial<Record<Kind, Load>> = {};
    for (const kind of only) {
      process.stderr.write(`${bot}, ${kind}\n`);
      // Warms up the bot. The first interactions are slow because code is compiled. A long-running bot compiles its
      // code only once.
      await traffic.atRate(await generators[kind](rate * warmUpSeconds), rate);
      steady[kind] = await traffic.atRate(await generators[kind](rate * seconds), rate);
      fullLoad[kind] = await traffic.fullLoad(await generators[kind](fullLoadCount), atOnce);
    }
    const none: Load = { waits: [], unanswered: 0, cpuMs: 0, perSecond: 0 };
    const all = { '/event': none, 'a keystroke': none, 'a quiz press': none };
    return {
      steady: { ...all, ...steady },
      fullLoad: { ...all, ...fullLoad },
      botStartMs: traffic.bot.startMs,
      botMemoryMb: await traffic.bot.memoryMb(),
      loopbackStartMs: traffic.loopback.startMs,
      loopbackMemoryMb: await traffic.loopback.memoryMb(),
    };
  } finally {
    await traffic.stop();
  }
}

/** For each kind of interaction, a function that creates `number` interactions. */
type Generators = Readonly<Record<Kind, (number: number) => Promise<readonly MemberInteraction[]>>>;

/** The first `hosts` members open rounds. The next `players` members answer questions. */
const hosts = 30;
const players = 200;

/** Returns functions that create interactions in the format of Discord clients. */
export async function generatorsFor(traffic: Traffic, bot: MeasuredBot): Promise<Generators> {
  const { world, request } = traffic;
  const places = world.guilds.flatMap(({ id, channels }) =>
    channels.map((channel) => ({ guild_id: id, channel_id: channel.id })),
  );
  const place = (index: number) => places[index % places.length] ?? missing('channel');
  const commands = new Map<string, IndexedCommand>();
  for (const { id } of world.guilds.slice(0, 1)) {
    // The cast is safe because the tests of the emulated Discord check the format of this response.
    const index = (await request(0, 'GET', `/guilds/${id}/application-command-index`)) as {
      application_commands: IndexedCommand[];
    };
    for (const command of index.application_commands) commands.set(command.name, command);
  }
  let nonces = 0;
  const interaction = (member: number, at: object, more: object): MemberInteraction => ({
    member,
    body: { ...at, application_id: world.application.id, session_id: 'bench', nonce: String(++nonces), ...more },
  });
  const command = (
    member: number,
    at: object,
    type: 2 | 4,
    name: string,
    options: readonly object[],
  ): MemberInteraction => {
    const { id, version } = commands.get(name) ?? missing(name);
    return interaction(member, at, { type, data: { id, version, name, type: 1, options, attachments: [] } });
  };
  const about = (text: string, focused: boolean) => ({
    type: 3,
    name: 'about',
    value: text,
    ...(focused && { focused }),
  });
  const press = (member: number, at: object, message: PostedMessage, custom_id: string): MemberInteraction =>
    interaction(member, at, {
      type: 3,
      message_id: message.id,
      message_flags: message.flags,
      data: { component_type: 2, custom_id },
    });

  async function newest(channel: string, fits: (message: PostedMessage) => boolean): Promise<PostedMessage> {
    for (let tries = 0; tries < 200; tries++) {
      const messages = (await request(0, 'GET', `/channels/${channel}/messages?limit=20`)) as PostedMessage[];
      const found = messages.find(fits);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the bot did not post what was waited for');
  }
  const buttonIn = (message: PostedMessage, begins: string) =>
    idsIn(message.components).find((id) => id.startsWith(begins));

  /** Number of rounds that have been opened. */
  let rounds = 0;
  async function target(): Promise<Target> {
    const number = rounds++;
    const at = place(number);
    if (bot === 'echo') {
      await traffic.atRate([command(0, at, 2, 'event', [about('rasht', false)])], rate);
      return { at, message: await newest(at.channel_id, (one) => buttonIn(one, 'a') !== undefined), custom_id: 'a' };
    }
    const options = [
      {
        type: 1,
        name: 'group',
        options: [
          { type: 4, name: 'questions', value: 3 },
          { type: 4, name: 'seconds', value: 120 },
          { type: 3, name: 'thread', value: 'no' },
        ],
      },
    ];
    await traffic.atRate([command(number, at, 2, 'quiz', options)], rate);
    const lobby = await newest(at.channel_id, (one) => buttonIn(one, 'quiz:start:') !== undefined);
    // A question ends early only if all players have answered. The host is a player and never answers, so the question
    // stays open until its time limit.
    await traffic.atRate([press(number, at, lobby, buttonIn(lobby, 'quiz:start:') ?? '')], rate);
    const question = await newest(at.channel_id, (one) => buttonIn(one, 'quiz:answer:') !== undefined);
    return { at, message: question, custom_id: buttonIn(question, 'quiz:answer:') ?? '' };
  }

  const each = (number: number) => Array.from({ length: number }, (_, index) => index);
  const member = (index: number) => hosts + (index % players);
  return {
    '/event': async (number) =>
      each(number).map((index) => command(member(index), place(index), 2, 'event', [about(typedText(index), false)])),
    'a keystroke': async (number) =>
      each(number).map((index) => command(member(index), place(index), 4, 'event', [about(typedPrefix(index), true)])),
    async 'a quiz press'(number) {
      const targets: Target[] = [];
      for (let needed = Math.ceil(number / players); needed > 0; needed--) targets.push(await target());
      return each(number).map((index) => {
        const { at, message, custom_id } = targets[Math.floor(index / players)] ?? missing('round');
        return press(member(index), at, message, custom_id);
      });
    },
  };
}

interface Target {
  readonly at: { readonly guild_id: string; readonly channel_id: string };
  readonly message: PostedMessage;
  readonly custom_id: string;
}
interface IndexedCommand {
  readonly name: string;
  readonly id: string;
  readonly version: string;
}
interface Part {
  readonly custom_id?: string;
  readonly components?: readonly Part[];
  readonly accessory?: Part;
}
interface PostedMessage {
  readonly id: string;
  readonly flags: number;
  readonly components: readonly Part[];
}

const idsIn = (parts: readonly Part[]): readonly string[] =>
  parts.flatMap(({ custom_id, components = [], accessory }) => [
    ...(custom_id === undefined ? [] : [custom_id]),
    ...idsIn(components),
    ...(accessory ? idsIn([accessory]) : []),
  ]);

/** Returns a quantile of the waiting times, in ms. `share` is 0.5 for the median. */
const quantileOf = ({ waits }: Load, share: number): number =>
  waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? NaN;

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}

/** Returns the results without the list of individual waiting times. */
function figuresOf({ steady, fullLoad, ...rest }: Measured): object {
  const brief = (loads: Measured['steady']) =>
    Object.fromEntries(
      kinds.map((kind) => {
        const { waits, ...load } = loads[kind];
        return [
          kind,
          { ...load, p50: quantileOf(loads[kind], 0.5), p99: quantileOf(loads[kind], 0.99), answered: waits.length },
        ];
      }),
    );
  return { ...rest, steady: brief(steady), fullLoad: brief(fullLoad) };
}

async function writeFigures(name: string, figures: object): Promise<void> {
  const file = new URL(`../../bench/${name}.json`, import.meta.url);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, `${JSON.stringify(figures, undefined, 2)}\n`);
  process.stderr.write(`${fileURLToPath(file)}\n`);
}
