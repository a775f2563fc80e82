/** Starts the app with a virtual clock. Tests can simulate failures of Discord and failed writes of scores. */
import { onTestFinished } from 'vitest';
import type { App } from '../../src/bot/ports/app.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import type { RoundRuntime } from '../../src/bot/rounds/rounds.ts';
import type { ScoreStore } from '../../src/bot/scores/score-store.ts';
import type { InteractionResponse } from '../../src/chat/command-context.ts';
import type { Message } from '../../src/chat/message/message-components.ts';
import type { Quiz } from '../../src/core/quiz/quiz.ts';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { Store } from '../../src/store/store.ts';
import { library } from '../support/caspian.ts';
import { type Listener, type FakeDiscord, fakeDiscord } from '../support/fake-discord.ts';
import { startApp } from '../support/start-app.ts';
import { type VirtualClock, virtualClock } from '../../src/loopback/virtual-clock.ts';

const packs = createPackByGuild(library);

export interface FailingPorts {
  readonly app: App;
  readonly rounds: RoundRuntime;
  readonly scores: ScoreStore;
  readonly clock: VirtualClock;
  /** Texts that the bot posted or edited without an interaction, oldest first. */
  readonly shown: readonly string[];
  /** Ephemeral follow-ups, written as `ana: …` with the name of the recipient. */
  readonly followUps: readonly string[];
  /** The fake Discord. If its field `refuse` contains a reason, posting and editing messages fails for this reason. */
  readonly discord: FakeDiscord;
  /** While true, writing results to the scores fails. */
  scoresFail: boolean;
  /** Called at each attempt to write results to the scores. */
  onApply: () => void;
  /** The answer results that were written to the scores. */
  readonly paid: readonly AnswerResult[];
  typed(name: string, command: string, values?: Readonly<Record<string, string | number>>): Promise<string>;
  typedIn: (place: string, ...rest: Parameters<FailingPorts['typed']>) => Promise<string>;
  /** Presses a button of the round in #general. `what` is, for example, `answer:0:1`, `join` or `control:pause:0`. */
  press(name: string, what: string): Promise<string>;
  pressIn(place: string, name: string, what: string): Promise<string>;
  /** Answers the open question by pressing the button of the right answer or of a wrong answer. */
  answer(name: string, right: boolean): Promise<string>;
  /** The round in #general. Throws if no round is running there. */
  quiz(): Quiz;
}

/** Starts the app and stops it after the test. A second call with the same store and clock acts as a restart. */
export async function startWithFailingPorts(
  store: Store,
  clock: VirtualClock = virtualClock(),
  before?: FakeDiscord,
  { systemSeed = false, log = createLog('silent') }: { readonly systemSeed?: boolean; readonly log?: Log } = {},
): Promise<FailingPorts> {
  const shown: string[] = [];
  const followUps: string[] = [];
  const paid: AnswerResult[] = [];
  const heard: Listener = (one, by) => {
    if (by === 'post') shown.push(textOf(one.message));
    if (by === 'follow-up') followUps.push(`${one.to}: ${textOf(one.message)}`);
  };
  // User names serve as ids here, so that tests can compare stored ids with names.
  const discord = before ?? fakeDiscord(clock, heard, (name) => name);
  discord.heard = heard;
  const { app, rounds, scores } = await startApp({
    store,
    clock,
    channels: discord.channels,
    packs,
    systemSeed,
    log,
    membership: { isMember: async () => true },
    wrapScores: (inner) => ({
      ...inner,
      async apply(results) {
        ports.onApply();
        if (ports.scoresFail) throw new Error('pretended: the scores cannot be written');
        const reduced = await inner.apply(results);
        paid.push(...results);
        return reduced;
      },
    }),
  });
  onTestFinished(() => rounds.close());

  const quiz = () => {
    const quiz = rounds.inChannel('general');
    if (!quiz) throw new Error('no round is running');
    return quiz;
  };
  const ports: FailingPorts = {
    app,
    rounds,
    scores,
    clock,
    shown,
    followUps,
    discord,
    scoresFail: false,
    onApply: () => undefined,
    paid,
    typed: (name, line, values) => ports.typedIn('general', name, line, values),
    async typedIn(place, name, line, values = {}) {
      const [command = '', subcommand] = line.split(' ');
      const input = { command, ...(subcommand !== undefined && { subcommand }), values };
      return wordsOf(await discord.interact(name, { place }, (context) => app.runCommand(input, context)));
    },
    press: (name, what) => ports.pressIn('general', name, what),
    async pressIn(place, name, what) {
      const id = rounds.inChannel(place)?.id ?? '';
      const [press = '', ...rest] = what.split(':');
      // In the custom_id of a host control (such as `pause`), the name of the control comes before the id of the round.
      const parts = press === 'control' ? [press, rest[0], id, rest[1]] : [press, id, ...rest];
      const customId = ['quiz', ...parts].join(':');
      return wordsOf(await discord.interact(name, { place }, (context) => app.runComponent(customId, context)));
    },
    answer(name, right) {
      const { phase, questions } = quiz();
      const index = 'question' in phase ? phase.question : 0;
      const { kind, right: slot } = questions[index] ?? { right: 0 };
      const wrong = kind === 'closest-year' ? slot + 20 : slot === 0 ? 1 : 0;
      return ports.press(name, `answer:${index}:${right ? slot : wrong}`);
    },
    quiz,
  };
  await rounds.resume();
  return ports;
}

const wordsOf = (response: InteractionResponse): string =>
  'modal' in response ? response.modal.title : 'remove' in response ? '' : textOf(response.message);

function textOf(message: Message): string {
  const texts: string[] = [];
  JSON.stringify(message, (key, value: unknown) => {
    if (key === 'content' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

/** Waits until `check` returns true. Calls `check` once per iteration of the event loop, so that I/O can finish. */
export async function until(what: string, check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200_000; turn++) {
    if (check()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`waited in vain until ${what}`);
}
