/** A conversation while it is played: the app, the pretended Discord around it, and what members were told so far. */
import type { Bank } from '../../../src/core/questions/bank.ts';
import type { Modal } from '../../../src/chat/message/modal-fields.ts';
import { createPackByGuild, type PackByGuild } from '../../../src/bot/packs/pack-by-guild.ts';
import { library, polarFirsts } from '../caspian.ts';
import { type MemoryStore, memoryStore } from '../memory-store.ts';
import { general, type PretendedDiscord, pretendedDiscord, type ShownMessage } from '../pretended-discord.ts';
import { startApp, type StartedApp } from '../start-app.ts';
import { type VirtualClock, virtualClock } from '../virtual-clock.ts';
import { buttonsOf, lineOf } from './message-parts.ts';

/** Everything that a restart of the app does not replace. */
interface Surroundings {
  readonly bank: Bank;
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly discord: PretendedDiscord;
  /** Ids of members who are not in the server. */
  readonly absent: Set<string>;
  packs: PackByGuild;
  /** Messages since the last act that no line has met yet, each as it was when it came. */
  fresh: readonly ShownMessage[];
  /** Everything that was typed and said, one line each. */
  readonly history: string[];
  suggestions: readonly string[];
  /** The questions that `a new question` must not be. */
  readonly oldQuestions: Set<string>;
  /** By question, from 0: one of its buttons and where it was. */
  readonly asked: Map<number, { readonly customId: string; readonly place: string }>;
  /** The form that was opened last. Sending it closes it. */
  form: { readonly modal: Modal; readonly on: ShownMessage | undefined } | undefined;
}

export interface Play extends Surroundings {
  bot: StartedApp;
}

const second = new Map([['club', polarFirsts]]);
const shared = createPackByGuild(library, second);
export const packsWith = (bank: Bank): PackByGuild =>
  bank === library.bank ? shared : createPackByGuild({ ...library, bank }, second);

/** Starts the app on an empty store. */
export async function startPlay(bank: Bank): Promise<Play> {
  const clock = virtualClock();
  const surroundings: Surroundings = {
    bank,
    clock,
    store: memoryStore(),
    discord: pretendedDiscord(clock, (one) => hear(surroundings, one)),
    absent: new Set(),
    packs: packsWith(bank),
    fresh: [],
    history: [],
    suggestions: [],
    oldQuestions: new Set(),
    asked: new Map(),
    form: undefined,
  };
  const bot = await startOn(surroundings);
  await bot.rounds.resume();
  return Object.assign(surroundings, { bot });
}

/** Starts the app again. Its rounds go on when `rounds.resume()` is called. */
export async function startAgain(play: Play): Promise<void> {
  play.bot = await startOn(play);
}

const startOn = ({ store, clock, discord, packs, absent }: Surroundings): Promise<StartedApp> =>
  startApp({
    store,
    clock,
    channels: discord.channels,
    packs,
    membership: { isMember: async (_, user) => !absent.has(user) },
  });

function hear(play: Surroundings, one: ShownMessage): void {
  for (const { custom_id } of buttonsOf(one.message)) {
    const question = /^quiz:answer:[^:]+:(\d+):/.exec(custom_id)?.[1];
    if (question !== undefined) play.asked.set(Number(question), { customId: custom_id, place: one.place });
  }
  play.fresh = [...play.fresh, { ...one }];
  const where = one.place === general ? 'bot' : `bot in ${one.place}`;
  play.history.push(`${one.to === undefined ? where : `bot to ${one.to}`}: ${lineOf(one.message)}`);
}
