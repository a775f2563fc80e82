/**
 * Measures the time and the processor load of an interaction, and compares them with a discord.js bot that always sends
 * the same answer. The two bots run one after the other, each in its own process. Also measures the emulated Discord.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Act, type Checks, type Load, type MeasuredBot, startTraffic, type Traffic } from './traffic/traffic.ts';

/** Number of interactions per second in the measurements at a constant rate. */
const rate = 200;
const seconds = 10;
const atOnce = 32;
const flatOutActs = 2_000;

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
const beginning = (index: number): string => {
  const query = typedText(Math.floor(index / 7));
  return query.slice(0, 1 + (index % query.length));
};

const kinds = ['/event', 'a keystroke', 'a quiz press'] as const;
type Kind = (typeof kinds)[number];

interface Measured {
  readonly steady: Readonly<Record<Kind, Load>>;
  readonly flatOut: Readonly<Record<Kind, Load>>;
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
  await keep('interactions', {
    rate,
    floor: told(floor),
    ours: told(ours),
    ...(postgres && { postgres: told(postgres) }),
  });
  const rows = kinds.map((kind) => {
    const [mine, theirs] = [ours.steady[kind], floor.steady[kind]];
    return `| ${[
      kind,
      ...[mine.cpuMs, theirs.cpuMs].map((ms) => ms.toFixed(2)),
      (mine.cpuMs / theirs.cpuMs).toFixed(2),
      ...[at(mine, 0.5), at(mine, 0.99), at(theirs, 0.5), at(theirs, 0.99)].map((ms) => ms.toFixed(1)),
      ...[ours.flatOut[kind].perSecond, floor.flatOut[kind].perSecond].map((number) => number.toFixed(0)),
      mine.unanswered + ours.flatOut[kind].unanswered,
      ...onPostgres(postgres, kind, mine),
    ].join(' | ')} |`;
  });
  const times = (kind: Kind) => ours.steady[kind].cpuMs / floor.steady[kind].cpuMs;
  const dearest = Math.max(...kinds.map(times));
  const press = times('a quiz press');
  const slowest = Math.max(...kinds.map((kind) => at(ours.steady[kind], 0.99)));
  return [
    '## Interactions',
    `The bot beside a discord.js bot that answers a constant (the floor), each alone on the emulated Discord,
which limits no rates and judges no shapes here. CPU is the bot
process's own for one interaction at ${rate} a second for ${seconds} seconds; waits are from the dispatch to the arrival of the
callback at that rate; "a second" is with ${atOnce} members who ask again as soon as they are answered. A quiz press is
saved before it is acknowledged. The last five columns are the bot on PostgreSQL (only with TEST_DATABASE_URL; the
server's own CPU is not counted). Node ${process.version}.`,
    [
      '| interaction | CPU ms | floor | × floor | p50 ms | p99 ms | floor p50 | floor p99 | a second | floor | unanswered | PostgreSQL CPU ms | × SQLite | p50 ms | p99 ms | a second |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    [
      '| target | reached | |',
      '| --- | --- | --- |',
      `| at most 3 × the floor's CPU | ${dearest.toFixed(2)} | ${dearest <= 3 ? 'met' : 'missed'} |`,
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

/** The cells of one kind of interaction on PostgreSQL. */
function onPostgres(postgres: Measured | undefined, kind: Kind, sqlite: Load): readonly string[] {
  if (!postgres) return ['–', '–', '–', '–', '–'];
  const { [kind]: load } = postgres.steady;
  return [
    load.cpuMs.toFixed(2),
    (load.cpuMs / sqlite.cpuMs).toFixed(2),
    at(load, 0.5).toFixed(1),
    at(load, 0.99).toFixed(1),
    postgres.flatOut[kind].perSecond.toFixed(0),
  ];
}

/** Measures the start time, memory and throughput of the emulated Discord. */
export async function benchLoopback(): Promise<string> {
  const floor = await measured('echo', 'shapes', ['/event']);
  const ours = await measured('ours', 'shapes', ['/event']);
  await keep('loopback', { rate, floor: told(floor), ours: told(ours) });
  const row = (what: string, mine: number, theirs: number, unit: string) =>
    `| ${what} | ${mine.toFixed(1)} ${unit} | ${theirs.toFixed(1)} ${unit} | ${(mine / theirs).toFixed(2)} |`;
  const [mine, theirs] = [ours.steady['/event'], floor.steady['/event']];
  return [
    '## Emulated Discord',
    `The emulated Discord, with all its checks but rate limits, in a process of its
own; on it this bot, or a discord.js bot that answers a
constant. Node ${process.version}.`,
    [
      '| | with this bot | with the constant | ratio |',
      '| --- | --- | --- | --- |',
      row('emulated Discord, start', ours.loopbackStartMs, floor.loopbackStartMs, 'ms'),
      row('emulated Discord, memory after the load', ours.loopbackMemoryMb, floor.loopbackMemoryMb, 'MB'),
      row('bot, start of the process until it answers', ours.botStartMs, floor.botStartMs, 'ms'),
      row('bot, memory after the load', ours.botMemoryMb, floor.botMemoryMb, 'MB'),
      row(`dispatch to callback, p50 at ${rate} a second`, at(mine, 0.5), at(theirs, 0.5), 'ms'),
      row(`dispatch to callback, p99 at ${rate} a second`, at(mine, 0.99), at(theirs, 0.99), 'ms'),
      row('interactions a second', ours.flatOut['/event'].perSecond, floor.flatOut['/event'].perSecond, ''),
    ].join('\n'),
  ].join('\n\n');
}

async function measured(bot: MeasuredBot, checks: Checks, only: readonly Kind[] = kinds): Promise<Measured> {
  const traffic = await startTraffic(bot, checks);
  try {
    const acts = await actsOf(traffic, bot);
    const steady: Partial<Record<Kind, Load>> = {};
    const flatOut: Partial<Record<Kind, Load>> = {};
    for (const kind of only) {
      process.stderr.write(`${bot}, ${kind}\n`);
      // Warms up the bot. The first interactions are slow because code is compiled. A long-running bot compiles its
      // code only once.
      await traffic.steadily(await acts[kind](rate), rate);
      steady[kind] = await traffic.steadily(await acts[kind](rate * seconds), rate);
      flatOut[kind] = await traffic.flatOut(await acts[kind](flatOutActs), atOnce);
    }
    const none: Load = { waits: [], unanswered: 0, cpuMs: 0, perSecond: 0 };
    const all = { '/event': none, 'a keystroke': none, 'a quiz press': none };
    return {
      steady: { ...all, ...steady },
      flatOut: { ...all, ...flatOut },
      botStartMs: traffic.bot.startMs,
      botMemoryMb: await traffic.bot.memoryMb(),
      loopbackStartMs: traffic.loopback.startMs,
      loopbackMemoryMb: await traffic.loopback.memoryMb(),
    };
  } finally {
    await traffic.stop();
  }
}

type Acts = Readonly<Record<Kind, (number: number) => Promise<readonly Act[]>>>;

/** Members whose number is less than `hosts` open rounds. The other members answer questions. */
const hosts = 30;
const players = 200;

/** Creates interactions in the format of Discord clients (https://discord.com/developers/docs). */
export async function actsOf(traffic: Traffic, bot: MeasuredBot): Promise<Acts> {
  const { world, request } = traffic;
  const places = world.guilds.flatMap(({ id, channels }) =>
    channels.map((channel) => ({ guild_id: id, channel_id: channel.id })),
  );
  const place = (index: number) => places[index % places.length] ?? missing('channel');
  const commands = new Map<string, IndexedCommand>();
  for (const { id } of world.guilds.slice(0, 1)) {
    // The tests of the emulated Discord check the format of this response.
    const index = (await request(0, 'GET', `/guilds/${id}/application-command-index`)) as {
      application_commands: IndexedCommand[];
    };
    for (const command of index.application_commands) commands.set(command.name, command);
  }
  let nonces = 0;
  const act = (member: number, at: object, more: object): Act => ({
    member,
    body: { ...at, application_id: world.application.id, session_id: 'bench', nonce: String(++nonces), ...more },
  });
  const command = (member: number, at: object, type: 2 | 4, name: string, options: readonly object[]): Act => {
    const { id, version } = commands.get(name) ?? missing(name);
    return act(member, at, { type, data: { id, version, name, type: 1, options, attachments: [] } });
  };
  const about = (text: string, focused: boolean) => ({
    type: 3,
    name: 'about',
    value: text,
    ...(focused && { focused }),
  });
  const press = (member: number, at: object, message: Posted, custom_id: string): Act =>
    act(member, at, {
      type: 3,
      message_id: message.id,
      message_flags: message.flags,
      data: { component_type: 2, custom_id },
    });

  async function newest(channel: string, fits: (message: Posted) => boolean): Promise<Posted> {
    for (let tries = 0; tries < 200; tries++) {
      const messages = (await request(0, 'GET', `/channels/${channel}/messages?limit=20`)) as Posted[];
      const found = messages.find(fits);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the bot did not post what was waited for');
  }
  const buttonIn = (message: Posted, begins: string) => idsIn(message.components).find((id) => id.startsWith(begins));

  /** Number of rounds that have been opened. */
  let rounds = 0;
  async function target(): Promise<Target> {
    const number = rounds++;
    const at = place(number);
    if (bot === 'echo') {
      await traffic.steadily([command(0, at, 2, 'event', [about('rasht', false)])], rate);
      return { at, message: await newest(at.channel_id, (one) => buttonIn(one, 'a') !== undefined), custom_id: 'a' };
    }
    const wish = [
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
    await traffic.steadily([command(number, at, 2, 'quiz', wish)], rate);
    const lobby = await newest(at.channel_id, (one) => buttonIn(one, 'quiz:start:') !== undefined);
    // The host never answers. Therefore not all players have answered, and the question does not end early.
    await traffic.steadily([press(number, at, lobby, buttonIn(lobby, 'quiz:start:') ?? '')], rate);
    const question = await newest(at.channel_id, (one) => buttonIn(one, 'quiz:answer:') !== undefined);
    return { at, message: question, custom_id: buttonIn(question, 'quiz:answer:') ?? '' };
  }

  const each = (number: number) => Array.from({ length: number }, (_, index) => index);
  const member = (index: number) => hosts + (index % players);
  return {
    '/event': async (number) =>
      each(number).map((index) => command(member(index), place(index), 2, 'event', [about(typedText(index), false)])),
    'a keystroke': async (number) =>
      each(number).map((index) => command(member(index), place(index), 4, 'event', [about(beginning(index), true)])),
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
  readonly message: Posted;
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
interface Posted {
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

/** Returns this quantile of the waiting times, in ms. */
const at = ({ waits }: Load, share: number): number =>
  waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? NaN;

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}

/** Returns the results without the list of individual waiting times. */
function told({ steady, flatOut, ...rest }: Measured): object {
  const brief = (loads: Measured['steady']) =>
    Object.fromEntries(
      kinds.map((kind) => {
        const { waits, ...load } = loads[kind];
        return [kind, { ...load, p50: at(loads[kind], 0.5), p99: at(loads[kind], 0.99), answered: waits.length }];
      }),
    );
  return { ...rest, steady: brief(steady), flatOut: brief(flatOut) };
}

async function keep(name: string, figures: object): Promise<void> {
  const file = new URL(`../../bench/${name}.json`, import.meta.url);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, `${JSON.stringify(figures, undefined, 2)}\n`);
  process.stderr.write(`${fileURLToPath(file)}\n`);
}
