/**
 * Manages all rounds that are in memory. Connects the modules for events, rendering and scores, and implements the
 * round functions that commands call. After a restart, each round continues from its saved state.
 */
import { randomBytes } from 'node:crypto';
import type { CommandContext, PlayResult, Rounds } from '../../chat/command-context.ts';
import { roundCard } from '../../chat/quiz/round-card.ts';
import type { Clock } from '../../clock.ts';
import { dueAt, type QuizEvent } from '../../core/quiz/quiz.ts';
import { mayControl } from '../../core/quiz/participants.ts';
import type { Log } from '../../log.ts';
import { type Store, StoreError } from '../../store/store.ts';
import { createAlarms } from '../alarms.ts';
import type { DiscordTime } from '../ports/discord-time.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ServerPacks } from '../packs/server-packs.ts';
import type { Channels } from '../ports/channels.ts';
import { type ShardOwner, soleOwner } from '../ports/shard-owner.ts';
import { createRetries } from '../retries.ts';
import { createSumsStore } from '../reports/sums-store.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import { aboutRound } from './about-round.ts';
import { confirmTakeover, keepInteraction, tokenTakeover } from './latest-interaction.ts';
import type { LiveRound } from './live-round.ts';
import { keepControls } from './kept-controls.ts';
import { waitForPresses } from './missed-presses.ts';
import { drawForPlayers, openGroup, openSolo } from './opening.ts';
import { forgetInLastRounds, lastRoundOf } from './last-rounds.ts';
import { paidOut, payOut } from './payouts.ts';
import { createQuestionHistory } from './question-history.ts';
import { bestEffort, keepReceipt, showOwnResults, showVerdicts } from './receipts.ts';
import { renderChange } from './renderer.ts';
import { closeRounds, endGoneRound, loadRounds, resumeRounds, stopRounds } from './restart.ts';
import { createPlaces } from './round-places.ts';
import { type Runtime, unregister } from './runtime.ts';
import { isOver } from './saved-round.ts';
import { createDispatch, setAlarm, type TurnPorts } from './turns.ts';

export interface RoundRuntime extends Rounds {
  /**
   * Reads the saved rounds. Until `resume` is called, a button press in one of these rounds has no effect, and the
   * member is told to try again soon. Throws StoreError.
   */
  load(): Promise<void>;
  /** Continues the saved rounds. Call this after the bot has connected to Discord. */
  resume(): Promise<void>;
  /** The number of rounds that have not ended. */
  live(): { readonly group: number; readonly solo: number };
  /** Ends the rounds in a channel, thread or server that was deleted. */
  placeGone(place: { readonly guild?: string; readonly channel?: string }): void;
  /**
   * Refuses new rounds and waits until open questions have ended, but at most `patience` ms. Then announces in every
   * group round that the round will continue after the restart.
   */
  pause(patience: number): Promise<void>;
  /**
   * Refuses new rounds, cancels alarms and retries, and waits for running work. Rounds stay in the store and continue
   * after a restart.
   */
  close(): Promise<void>;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  /** Defaults to the time of `clock`. */
  readonly time?: DiscordTime;
  readonly channels: Channels;
  readonly packs: ServerPacks;
  readonly scores: ScoreStore;
  /** Defaults to random bytes of `node:crypto`. */
  readonly randomSeed?: () => number;
  /** Defaults to a process that has all shards. */
  readonly owner?: ShardOwner;
  readonly log: Log;
  readonly metrics?: Metrics | undefined;
}

export function createRounds(ports: Ports): RoundRuntime {
  const runtime = createRuntime(ports);
  const { rounds, places, history, time, dispatch } = runtime;
  return {
    inChannel: (channel) => places.inChannel(channel)?.quiz,
    byId(id) {
      const quiz = rounds.get(id)?.quiz;
      return quiz && !isOver(quiz) ? quiz : undefined;
    },
    soloOf: (user, scope) => places.soloOf(user, scope)?.quiz,
    openGroup: (options, context) => openGroup(runtime, options, context),
    openSolo: (options, context) => openSolo(runtime, options, context),
    resumeSolo(id, context) {
      const live = places.soloOf(context.who.id, context.where.scope);
      if (live?.quiz.id !== id) return undefined;
      const { deleteReply, messageId } = live.interaction;
      // If the button "Resume" was pressed twice, both presses show the round in the same message. This message must
      // not be deleted.
      const isSameMessage = messageId !== undefined && messageId === context.messageId;
      keepInteraction(runtime, live, context);
      return {
        quiz: live.quiz,
        deleteEarlier() {
          if (deleteReply && !isSameMessage) bestEffort(runtime, live.quiz, deleteReply());
        },
      };
    },
    async results(id, channel) {
      const quiz = rounds.get(id)?.quiz ?? (await lastRoundOf(runtime, channel));
      return quiz?.id === id && quiz.mode === 'group' ? quiz : undefined;
    },
    async forget(user) {
      const at = time.now();
      const all = [...rounds.values()];
      await Promise.all(all.map((live) => dispatch(live, { type: 'forget', user, at })));
      // When a round has ended, the bot stores it as the latest round of its channel. Such a write may be running now,
      // and the round may contain the member. Therefore the bot waits for all these writes before it removes the member
      // from the latest rounds.
      await Promise.all(all.filter(({ quiz }) => isOver(quiz)).map((live) => paidOut(runtime, live)));
      await forgetInLastRounds(runtime, user, at);
      await history.forget(user);
    },
    play: (id, event, context) => play(runtime, id, event, context),
    keepReceipt: (id, question, context) => keepReceipt(runtime, id, question, context),
    keepControls: (id, message, context) => keepControls(runtime, id, message, context),
    takeOverToken: (id, context) => tokenTakeover(runtime, id, context),
    confirmTakeover: (drawn, context) => confirmTakeover(runtime, drawn, context),
    load: () => loadRounds(runtime),
    resume: () => resumeRounds(runtime),
    live() {
      const modes = [...rounds.values()].flatMap(({ quiz }) => (isOver(quiz) ? [] : [quiz.mode]));
      const group = modes.filter((mode) => mode === 'group').length;
      return { group, solo: modes.length - group };
    },
    placeGone: (place) => placeGone(runtime, place),
    pause: (patience) => stopRounds(runtime, patience),
    close: () => closeRounds(runtime),
  };
}

function createRuntime(ports: Ports): Runtime {
  const { store, clock, log, time = clockTime(clock), randomSeed = systemSeed, owner = soleOwner } = ports;
  const alarms = createAlarms(clock);
  const retries = createRetries(clock, log, { metrics: ports.metrics });
  const rounds = new Map<string, LiveRound>();
  const turns: TurnPorts = {
    store,
    alarms,
    retries,
    time,
    channels: ports.channels,
    log,
    onDue: (live) => onDue(runtime, live),
    onChanged: (live, events) => onChanged(runtime, live, events),
  };
  const dispatch = createDispatch(turns);
  const runtime: Runtime = {
    ...ports,
    time,
    randomSeed,
    owner,
    alarms,
    retries,
    rounds,
    places: createPlaces(rounds),
    receipts: new Map(),
    controls: new Map(),
    history: createQuestionHistory(store),
    sums: createSumsStore(store),
    dispatch,
    wake(live) {
      setAlarm(turns, live);
      act(runtime, live);
    },
    state: 'open',
  };
  return runtime;
}

/** A {@link DiscordTime} that treats the bot's clock as Discord's clock. */
const clockTime = (clock: Clock): DiscordTime => ({
  now: () => clock.now(),
  observe: () => undefined,
  onClock: (at) => at,
});

const systemSeed = (): number => randomBytes(4).readUInt32LE();

function onChanged(runtime: Runtime, live: LiveRound, events: readonly QuizEvent[]): void {
  runtime.places.reserve(live.quiz);
  act(runtime, live);
  // If the solo player presses a button, the reply to the press shows the new card. The events `timeUp` and `stop` have
  // no reply that shows the card, so the bot must edit the card.
  const isSilent = events.some(({ type }) => type === 'timeUp' || type === 'stop');
  if (live.quiz.mode === 'solo' && isSilent) editSoloCard(runtime, live);
  live.onChanged?.();
}

function act(runtime: Runtime, live: LiveRound): void {
  if (runtime.state === 'closed') return;
  if (isOver(live.quiz)) {
    runtime.alarms.clear(`quiet/${live.quiz.id}`);
    showOwnResults(runtime, live.quiz);
  } else showVerdicts(runtime, live.quiz);
  if (live.quiz.mode === 'group') renderChange(runtime, live);
  if (live.shown.resuming === undefined) payOut({ ...runtime, onArchived: (over) => unregister(runtime, over) }, live);
}

function editSoloCard(runtime: Runtime, live: LiveRound): void {
  const { editReply } = live.interaction;
  const card = roundCard(live.quiz);
  if (!editReply || !card) return;
  runtime.retries.run(`render/${live.quiz.id}`, {
    what: 'the card of a solo round could not be edited',
    about: aboutRound(runtime, live.quiz),
    tries: 1,
    run: () => editReply(card),
  });
}

/**
 * Called when the alarm of a round is due. Applies the event `timeUp`. If the round cannot be saved, `turns.ts` sets
 * the alarm again after a delay, so nothing needs to be done here.
 *
 * Any other error is a bug. After such an error the event is tried again, up to ten times in total, because the round
 * cannot continue without this event.
 */
function onDue(runtime: Runtime, live: LiveRound): void {
  const due = dueAt(live.quiz);
  if (due === undefined || live.shown.resuming !== undefined) return;
  if (waitForPresses(runtime, live, () => onDue(runtime, live))) return;
  const key = `due/${live.quiz.id}`;
  const about = aboutRound(runtime, live.quiz);
  const tried = { what: 'a timed event failed', tries: 10, longestDelay: 60_000, about };
  start(runtime, live, { type: 'timeUp', at: Math.max(runtime.time.now(), due) }).then(
    () => runtime.retries.succeeded(key),
    (error: unknown) => {
      if (!(error instanceof StoreError)) runtime.retries.failed(key, error, tried, () => onDue(runtime, live));
    },
  );
}

/** Applies an event that may start the round. If a group round is in its lobby, draws the questions again first. */
async function start(runtime: Runtime, live: LiveRound, event: QuizEvent) {
  if (live.quiz.phase.name !== 'lobby' || live.quiz.mode !== 'group') return runtime.dispatch(live, event);
  const questions = await drawForPlayers(runtime, live);
  const drawn = { type: 'redrawn', questions, at: live.quiz.at } as const;
  const [, result] = await Promise.all([runtime.dispatch(live, drawn), runtime.dispatch(live, event)]);
  return result;
}

async function play(runtime: Runtime, id: string, event: QuizEvent, context: CommandContext): Promise<PlayResult> {
  const live = runtime.rounds.get(id);
  if (!live || live.isArchived) return { is: 'unknown' };
  if (!isBound(live, event, context)) return { is: 'unknown' };
  if (live.shown.resuming !== undefined && event.type !== 'shown')
    return { is: live.quiz.shownIn === 'reply' ? 'waiting' : 'resuming' };
  const { quiz: before } = live;
  const isHost = context.who.id === before.host;
  if (isHost) keepInteraction(runtime, live, { followUp: context.followUp });
  // The response to this press shows the next card of the solo round. The token of the press is kept, because the bot
  // may have to edit the card later.
  const { editReply, deleteReply, messageId } = context;
  if (isHost && before.mode === 'solo' && (event.type === 'answer' || event.type === 'next') && editReply)
    keepInteraction(runtime, live, { editReply, deleteReply, messageId });
  const starts = event.type === 'start' && mayControl(before, event);
  const { quiz, outcome } = await (starts ? start(runtime, live, event) : runtime.dispatch(live, event));
  return { is: 'stepped', quiz, outcome };
}

/**
 * Whether the round accepts a press from this place. A solo round accepts presses in every channel. A group round
 * accepts presses in its channel or thread.
 *
 * A group round in a thread also accepts presses in the parent channel. A group round in a channel also accepts presses
 * in the threads of this channel, because the round may have moved out of a thread.
 *
 * An answer must come from the message of its question. Only forged presses fail this check.
 */
function isBound({ quiz, shown }: LiveRound, event: QuizEvent, { where, messageId }: CommandContext): boolean {
  if (quiz.mode === 'solo') return true;
  const places = [quiz.channel, quiz.parent];
  if (!places.includes(where.channel) && where.threadOf !== quiz.channel) return false;
  if (event.type !== 'answer') return true;
  const message = quiz.shownIn === 'reply' ? quiz.lobby : shown.questions[event.question]?.message;
  return message === undefined || messageId === undefined || message === messageId;
}

function placeGone(runtime: Runtime, place: { readonly guild?: string; readonly channel?: string }): void {
  for (const live of runtime.rounds.values()) {
    const { quiz } = live;
    const isWhole = place.guild === undefined ? quiz.parent === place.channel : quiz.scope === place.guild;
    if (isOver(quiz) || (!isWhole && quiz.channel !== place.channel)) continue;
    endGoneRound(runtime, live, isWhole);
  }
}
