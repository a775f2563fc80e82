/** Measures how fast the bot acknowledges button presses if 50 of 200 players press a button within 100 ms. */
import { mkdir, writeFile } from 'node:fs/promises';
import { type MemberInteraction, startTraffic } from './traffic/traffic.ts';

const players = 200;
const atOnce = 50;
/** The time in which all 50 presses are sent, in ms. */
const span = 100;
const questions = 5;

interface Part {
  readonly custom_id?: string;
  readonly content?: string;
  readonly components?: readonly Part[];
  readonly accessory?: Part;
}
interface PostedMessage {
  readonly id: string;
  readonly flags: number;
  readonly components: readonly Part[];
}

/** Returns Markdown and writes the results to a JSON file in dist/bench. */
export async function benchRounds(): Promise<string> {
  const traffic = await startTraffic('ours', 'all');
  try {
    const { world, request } = traffic;
    const guild = world.guilds[0] ?? missing('server');
    const channel = guild.channels[0] ?? missing('channel');
    const place = { guild_id: guild.id, channel_id: channel.id };
    let nonces = 0;
    const interaction = (member: number, more: object): MemberInteraction => ({
      member,
      body: { ...place, application_id: world.application.id, session_id: 'bench', nonce: String(++nonces), ...more },
    });
    const press = (member: number, message: PostedMessage, custom_id: string): MemberInteraction =>
      interaction(member, {
        type: 3,
        message_id: message.id,
        message_flags: message.flags,
        data: { component_type: 2, custom_id },
      });
    async function newest(fits: (message: PostedMessage) => boolean): Promise<PostedMessage> {
      for (let tries = 0; tries < 1_200; tries++) {
        const messages = (await request(0, 'GET', `/channels/${channel.id}/messages?limit=20`)) as PostedMessage[];
        const found = messages.find(fits);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error('the bot did not post what was waited for');
    }
    const idsOf = (message: PostedMessage, begins: string) =>
      ids(message.components).filter((id) => id.startsWith(begins));

    // The cast is safe because the tests of the emulated Discord check the format of this response.
    const index = (await request(0, 'GET', `/guilds/${guild.id}/application-command-index`)) as {
      application_commands: readonly { readonly name: string; readonly id: string; readonly version: string }[];
    };
    const { id, version } = index.application_commands.find(({ name }) => name === 'quiz') ?? missing('/quiz');
    const options = [
      { type: 4, name: 'questions', value: questions },
      { type: 4, name: 'seconds', value: 60 },
      { type: 3, name: 'thread', value: 'no' },
    ];
    const data = {
      id,
      version,
      name: 'quiz',
      type: 1,
      options: [{ type: 1, name: 'group', options }],
      attachments: [],
    };
    await traffic.atRate([interaction(0, { type: 2, data })], 1);
    const lobby = await newest((one) => idsOf(one, 'quiz:start:').length > 0);
    await traffic.atRate([press(0, lobby, idsOf(lobby, 'quiz:start:')[0] ?? '')], 1);

    const waits: number[] = [];
    let lost = 0;
    let unanswered = 0;
    for (let question = 0; question < questions; question++) {
      const open = await newest((one) =>
        idsOf(one, 'quiz:answer:').some((id) => id.split(':')[3] === String(question)),
      );
      const buttons = idsOf(open, 'quiz:answer:');
      for (let first = 0; first < players; first += atOnce) {
        const interactions = Array.from({ length: atOnce }, (_, index) =>
          press(first + index, open, buttons[index % buttons.length] ?? ''),
        );
        const load = await traffic.atRate(interactions, atOnce / (span / 1_000));
        waits.push(...load.waits);
        unanswered += load.unanswered;
      }
      const revealed = await newest((one) => one.id === open.id && JSON.stringify(one).includes('✔'));
      const counted = [...JSON.stringify(revealed).matchAll(/ (\d+) \(\d+\s%\)/g)].map(([, number]) => Number(number));
      lost += players - counted.reduce((sum, number) => sum + number, 0);
    }
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
    const figures = { players, atOnce, span, presses: waits.length, p50: at(0.5), p99: at(0.99), lost, unanswered };
    const file = new URL('../../bench/rounds.json', import.meta.url);
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, `${JSON.stringify(figures, undefined, 2)}\n`);
    return [
      '## Rounds',
      `${players} players in one round, of whom ${atOnce} press a button within ${span} ms; ${waits.length} presses in all. Each press is
saved before it is acknowledged. p50 and p99 are the times from the dispatch of a press to the arrival of its callback.
Node ${process.version}.`,
      [
        '| presses | p50 ms | p99 ms | unanswered | answers lost | p99 under 1 s |',
        '| --- | --- | --- | --- | --- | --- |',
        `| ${waits.length} | ${at(0.5).toFixed(1)} | ${at(0.99).toFixed(1)} | ${unanswered} | ${lost} | ${at(0.99) < 1_000 && unanswered + lost === 0 ? 'met' : 'missed'} |`,
      ].join('\n'),
    ].join('\n\n');
  } finally {
    await traffic.stop();
  }
}

const ids = (parts: readonly Part[]): readonly string[] =>
  parts.flatMap(({ custom_id, components = [], accessory }) => [
    ...(custom_id === undefined ? [] : [custom_id]),
    ...ids(components),
    ...(accessory ? ids([accessory]) : []),
  ]);

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
