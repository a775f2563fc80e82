/** The app on a pretended Discord: a channel whose manners a test decides, a clock it moves, and any store. */
import { onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createApp } from '../../src/bot/dispatch.ts';
import { type App, type InteractionContext } from '../../src/bot/ports/app.ts';
import { type Channels, ChannelError } from '../../src/bot/ports/channels.ts';
import type { Message } from '../../src/chat/message/message-components.ts';
import type { InteractionResponse } from '../../src/chat/command-context.ts';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import type { Quiz } from '../../src/core/quiz/quiz.ts';
import { createLog } from '../../src/log.ts';
import { createRounds, type RoundRuntime } from '../../src/bot/rounds/rounds.ts';
import { createScoreStore, type ScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import { library } from '../support/caspian.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

const packs = createPackByGuild(library);

interface Stage {
  readonly app: App;
  readonly rounds: RoundRuntime;
  readonly scores: ScoreStore;
  readonly clock: VirtualClock;
  /** Everything posted or edited in the channel, as text, oldest first. */
  readonly shown: readonly string[];
  /** What members were told privately later: `ana: …`. */
  readonly followUps: readonly string[];
  /** While set, every post and edit is refused so. */
  refuse: ChannelError['why'] | undefined;
  /** While set, results cannot be written. */
  scoresFail: boolean;
  /** Results handed to the scores that were written. */
  readonly paid: readonly AnswerResult[];
  typed(name: string, command: string, values?: Readonly<Record<string, string | number>>): Promise<string>;
  /** Presses a button of the round in the channel: `answer:0:1`, `join`, `start` … */
  press(name: string, what: string): Promise<string>;
  /** Presses the button of the right answer, or of a wrong one, of the question that is on. */
  answer(name: string, right: boolean): Promise<string>;
  /** The round in the channel. */
  quiz(): Quiz;
}

/** Ends with the test. */
export async function stage(store: Store, clock: VirtualClock = virtualClock()): Promise<Stage> {
  const log = createLog('silent');
  const shown: string[] = [];
  const followUps: string[] = [];
  const paid: AnswerResult[] = [];
  const nonces = new Map<string, { readonly id: string; readonly at: number }>();
  const settings = createSettingsStore(store);
  const membership = { isMember: async () => true };
  const inner = createScoreStore({ store, settings, packs, membership, log });
  let uses = 0;
  const checkManners = () => {
    if (self.refuse) throw new ChannelError(self.refuse, `pretended: ${self.refuse}`, undefined);
  };
  const channels: Channels = {
    async post(_, message, nonce) {
      checkManners();
      const known = nonces.get(nonce);
      if (known) return known;
      shown.push(textOf(message));
      const posted = { id: `message-${shown.length}`, at: clock.now() };
      nonces.set(nonce, posted);
      return posted;
    },
    async thread() {
      throw new ChannelError('forbidden', 'pretended: no threads', undefined);
    },
    async edit(_, __, message) {
      checkManners();
      shown.push(textOf(message));
    },
  };
  const scores: ScoreStore = {
    ...inner,
    async apply(results) {
      if (self.scoresFail) throw new Error('pretended: the scores cannot be written');
      await inner.apply(results);
      paid.push(...results);
    },
  };
  const rounds = createRounds({ store, clock, channels, packs, scores, log });
  await rounds.load();
  const app = createApp({
    commands,
    packs,
    rounds,
    scores,
    settings,
    store,
    pictures: { png: async (svg) => Buffer.from(svg), forget: () => undefined },
    log,
    mention: (line) => `/${line}`,
  });
  onTestFinished(() => rounds.close());

  const from = (name: string): InteractionContext => ({
    who: { id: name, name, roles: [], moderator: false, manager: false },
    where: { channel: 'general', guild: 'guild', scope: 'guild', missingPermissions: [] },
    at: clock.now(),
    seed: ++uses,
    followUp: async (message) => void followUps.push(`${name}: ${textOf(message)}`),
  });
  const told = async (answer: InteractionResponse): Promise<string> => {
    if ('modal' in answer) return answer.modal.title;
    await answer.onSent?.(`message-of-use-${uses}`);
    return textOf(answer.message);
  };
  const quiz = () => {
    const quiz = rounds.inChannel('general');
    if (!quiz) throw new Error('no round is running');
    return quiz;
  };
  const self: Stage = {
    app,
    rounds,
    scores,
    clock,
    shown,
    followUps,
    refuse: undefined,
    scoresFail: false,
    paid,
    async typed(name, line, values = {}) {
      const [command = '', subcommand] = line.split(' ');
      return told(
        await app.runCommand({ command, ...(subcommand !== undefined && { subcommand }), values }, from(name)),
      );
    },
    async press(name, what) {
      const [press = '', ...rest] = what.split(':');
      return told(await app.runComponent(['quiz', press, quiz().id, ...rest].join(':'), from(name)));
    },
    answer(name, right) {
      const { phase, questions } = quiz();
      const index = 'question' in phase ? phase.question : 0;
      const { kind, right: slot } = questions[index] ?? { right: 0 };
      const wrong = kind === 'closest-year' ? slot + 20 : slot === 0 ? 1 : 0;
      return self.press(name, `answer:${index}:${right ? slot : wrong}`);
    },
    quiz,
  };
  await rounds.resume();
  return self;
}

function textOf(message: Message): string {
  const texts: string[] = [];
  JSON.stringify(message, (key, value: unknown) => {
    if (key === 'content' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

/** Waits until `check` holds; what it waits for is input and output, so it looks again after each turn of the loop. */
export async function until(what: string, check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000; turn++) {
    if (check()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`it never came to be that ${what}`);
}
