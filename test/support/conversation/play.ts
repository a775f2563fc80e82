/** The state of a running conversation: the app, the fake Discord, and the messages that were sent. */
import type { Bank } from '../../../src/core/questions/bank.ts';
import type { Modal } from '../../../src/chat/message/modal-fields.ts';
import { createPackByGuild, type PackByGuild } from '../../../src/bot/packs/pack-by-guild.ts';
import { library, polarFirsts } from '../caspian.ts';
import { type MemoryStore, memoryStore } from '../memory-store.ts';
import { general, type FakeDiscord, fakeDiscord, type ShownMessage } from '../fake-discord.ts';
import { startApp, type StartedApp } from '../start-app.ts';
import { type VirtualClock, virtualClock } from '../../../src/loopback/virtual-clock.ts';
import { buttonsOf, lineOf } from './message-parts.ts';

/** The part of the state that is kept when the app is restarted. */
interface LastingState {
  readonly bank: Bank;
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly discord: FakeDiscord;
  /** The ids of members who have left the server. */
  readonly absent: Set<string>;
  packs: PackByGuild;
  /**
   * Snapshots of the messages since the last action. If a `bot` line matches a message, all earlier messages to the
   * same recipient are removed.
   */
  fresh: readonly ShownMessage[];
  /** All commands and messages of the conversation, one per line. */
  readonly history: string[];
  suggestions: readonly string[];
  /** Texts of earlier questions. A line that expects a new question does not match these texts. */
  readonly oldQuestions: Set<string>;
  /** Maps the index of a question (from 0) to one of its answer buttons and to its message. */
  readonly asked: Map<number, { readonly customId: string; readonly on: ShownMessage }>;
  /** The modal that was opened most recently. Undefined after it was submitted. */
  form: { readonly modal: Modal; readonly on: ShownMessage | undefined } | undefined;
}

export interface Play extends LastingState {
  bot: StartedApp;
}

const second = new Map([['club', polarFirsts]]);
const shared = createPackByGuild(library, second);
export const packsWith = (bank: Bank): PackByGuild =>
  bank === library.bank ? shared : createPackByGuild({ ...library, bank }, second);

/** Starts the app on an empty store. */
export async function startPlay(bank: Bank): Promise<Play> {
  const clock = virtualClock();
  const state: LastingState = {
    bank,
    clock,
    store: memoryStore(),
    discord: fakeDiscord(clock, (one) => record(state, one)),
    absent: new Set(),
    packs: packsWith(bank),
    fresh: [],
    history: [],
    suggestions: [],
    oldQuestions: new Set(),
    asked: new Map(),
    form: undefined,
  };
  const bot = await startOn(state);
  await bot.rounds.resume();
  return Object.assign(state, { bot });
}

/** Starts the app again on the same store. The caller must then continue the rounds with `rounds.resume()`. */
export async function startAgain(play: Play): Promise<void> {
  play.bot = await startOn(play);
}

const startOn = ({ store, clock, discord, packs, absent }: LastingState): Promise<StartedApp> =>
  startApp({
    store,
    clock,
    channels: discord.channels,
    packs,
    membership: { isMember: async (_, user) => !absent.has(user) },
  });

/** Records a new or edited message. */
function record(play: LastingState, one: ShownMessage): void {
  for (const { custom_id } of buttonsOf(one.message)) {
    const question = /^quiz:(?:answer|type):[^:]+:(\d+)/.exec(custom_id)?.[1];
    if (question !== undefined) play.asked.set(Number(question), { customId: custom_id, on: one });
  }
  play.fresh = [...play.fresh, { ...one }];
  const where = one.place === general ? 'bot' : `bot in ${one.place}`;
  play.history.push(`${one.to === undefined ? where : `bot to ${one.to}`}: ${lineOf(one.message)}`);
}
