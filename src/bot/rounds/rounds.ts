/**
 * The rounds that are being played. Each round takes one turn at a time: step, save, and only then tell, scheduleAlarm and show.
 * Events that arrive while a save is under way share the next one. Showing and paying dispatch outside the turn and are
 * harmless to do twice, so a round goes on from what was saved, wherever the process was stopped.
 */
import { randomBytes } from 'node:crypto';
import { type QuestionHistory, createQuestionHistory } from './question-history.ts';
import type { Channels } from '../ports/channels.ts';
import type { CommandContext, OpenResult, PlayResult, RoundOptions, Rounds } from '../../chat/command-context.ts';
import { boardWords } from '../../chat/words/board-words.ts';
import type { Clock } from '../../clock.ts';
import { drawRound } from '../../core/questions/draw.ts';
import { orderAnswers } from '../../core/quiz/events.ts';
import { begin, dueAt, type Quiz, type QuizEvent, quizSchema, step, type Step } from '../../core/quiz/quiz.ts';
import { type LiveRound, newLiveRound } from './live-round.ts';
import type { Log } from '../../log.ts';
import { longestQuiet, renewAfter } from './single-message.ts';
import { createPlaces, isOver } from './round-places.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import { createPayouts, roundKey } from './payouts.ts';
import { createRenderer } from './renderer.ts';
import type { Store } from '../../store/store.ts';
import type { PackByGuild } from '../packs/pack-by-guild.ts';

/** After a failed save, the next attempt, in ms. */
const retryAfter = 3_000;
/** Stopping waits this long for cards that are on their way, in ms. */
const closeWithin = 5_000;
/** A press whose answer did not arrive leaves the renewal to one that comes this much later, in ms. */
const renewRetry = 5_000;
const roundsPerServer = 5;
const roundsPerHost = 2;
/** A private round nobody touched for this long is forgotten, in ms. */
const soloKept = 7 * 86_400_000;

export interface RoundRuntime extends Rounds {
  /** Reads the rounds that were being played; presses on them are answered politely from now on. Throws StoreError. */
  load(): Promise<void>;
  /** Lets the rounds go on, now that Discord can be reached. */
  resume(): Promise<void>;
  /**
   * Takes no new rounds and lets running questions end, for at most `patience` ms; then every round waits for the next
   * start and says so.
   */
  pause(patience: number): Promise<void>;
  /** Takes no new rounds, stops the alarms and waits for what is under way. What is saved goes on at the next start. */
  close(): Promise<void>;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly packs: PackByGuild;
  readonly scores: ScoreStore;
  readonly log: Log;
}

export function createRounds(ports: Ports): RoundRuntime {
  const { store, clock, channels, packs, scores, log } = ports;
  const liveRounds = new Map<string, LiveRound>();
  const places = createPlaces(liveRounds);
  /** No new rounds. */
  let pausing = false;
  let closing = false;
  const asked: QuestionHistory = createQuestionHistory(store);
  const isClosing = () => closing;
  const { release } = places;
  const drop = (id: string) => void liveRounds.delete(id);
  const showing = createRenderer({ clock, channels, log, dispatch, isClosing, release });
  const settling = createPayouts({ store, clock, scores, asked, log, turn, isClosing, release, drop });
  const isOpen = ({ phase }: Quiz) => phase.name === 'asking' || phase.name === 'posting';

  // ---- Turns: step, save, tell

  function turn(live: LiveRound, event: QuizEvent): Promise<Step> {
    return new Promise((resolve, reject) => {
      live.queue.push({ event, resolve, reject });
      wake(live);
    });
  }

  function wake(live: LiveRound): void {
    live.turning ??= takeTurns(live).finally(() => {
      live.turning = undefined;
      // What came after the last turn was taken, and before this was known, has nobody else to wake for it.
      if (live.queue.length > 0) wake(live);
    });
  }

  async function takeTurns(live: LiveRound): Promise<void> {
    // Presses that Discord delivers together take one turn together, in the order of their stamps.
    await Promise.resolve();
    while (live.queue.length > 0) {
      const batch = live.queue.splice(0);
      let { quiz } = live;
      const steps = new Map<QuizEvent, Step>();
      for (const event of orderAnswers(batch.map(({ event }) => event))) {
        const next = step(quiz, event);
        quiz = next.quiz;
        steps.set(event, next);
      }
      try {
        if (quiz !== live.quiz) await store.set(roundKey(quiz.id), quiz);
      } catch (error) {
        // Nothing has changed: whoever waits is told so, and the round's own clock tries again.
        for (const { reject } of batch) reject(error);
        const due = dueAt(live.quiz);
        scheduleAlarm(live, Math.max(clock.now() + retryAfter, due === undefined ? 0 : due - live.skew));
        continue;
      }
      const changed = quiz !== live.quiz;
      live.quiz = quiz;
      if (changed) places.reserve(quiz);
      if (changed && !live.resuming) act(live);
      if (changed && quiz.mode === 'solo' && batch.some(({ event: { type } }) => type === 'timeUp' || type === 'stop'))
        showing.editReply(live);
      for (const { event, resolve } of batch) {
        const result = steps.get(event);
        if (result) resolve({ ...result, quiz });
      }
      for (const watch of live.watchers) watch();
    }
  }

  /** For events nobody waits for: a failed save is logged, and the alarm that `takeTurns` sets makes up for it. */
  async function dispatch(live: LiveRound, event: QuizEvent): Promise<void> {
    try {
      await turn(live, event);
    } catch (error) {
      log.error({ err: error, round: live.quiz.id, event: event.type }, 'a round could not be saved');
    }
  }

  function act(live: LiveRound): void {
    const due = dueAt(live.quiz);
    live.stopAlarm();
    if (isOver(live.quiz)) live.stopQuiet();
    if (due !== undefined) scheduleAlarm(live, due - live.skew);
    settling.pay(live);
    showing.show(live);
  }

  function scheduleAlarm(live: LiveRound, at: number): void {
    if (closing) return;
    live.stopAlarm();
    live.stopAlarm = clock.alarm(at, () => {
      const due = dueAt(live.quiz);
      if (due === undefined) return act(live);
      void dispatch(live, { type: 'timeUp', at: Math.max(clock.now() + live.skew, due) });
    });
  }

  // ---- The one message of a round that is played in the answer to a use

  /** The answer to this use is where the round is drawn from now on. */
  function hold(live: LiveRound, context: CommandContext): void {
    live.renewAt = clock.now() + renewAfter;
    live.skew = context.at - clock.now();
    endIfQuiet(live);
  }

  function endIfQuiet(live: LiveRound): void {
    live.stopQuiet();
    if (closing) return;
    live.stopQuiet = clock.alarm(clock.now() + longestQuiet, () => {
      live.resuming = false;
      void dispatch(live, { type: 'quiet', at: clock.now() + live.skew });
    });
  }

  // ---- Questions that the players do not know

  /** Draws the questions of a lobby again, for whoever is in it now; what cannot be read is taken as unknown. */
  function renew(live: LiveRound): void {
    live.drawing ??= (async () => {
      try {
        const players = Object.keys(live.quiz.players);
        const known = await asked.known(players, live.quiz.pack);
        if (live.draw && known.size > 0)
          await turn(live, { type: 'redrawn', questions: live.draw(known), at: live.quiz.at });
        live.drawing = undefined;
        // Whoever joined meanwhile is taken into account by one more drawing for all of them.
        const isStale = Object.keys(live.quiz.players).length > players.length;
        if (isStale && live.quiz.phase.name === 'lobby') renew(live);
      } catch (error) {
        live.drawing = undefined;
        log.warn({ err: error, round: live.quiz.id }, 'what players know could not be read');
      }
    })();
  }

  // ---- Opening

  function register(quiz: Quiz, resuming: boolean): LiveRound {
    const live = newLiveRound(quiz, resuming, clock.now());
    liveRounds.set(quiz.id, live);
    places.reserve(quiz);
    return live;
  }

  async function open(
    mode: 'group' | 'solo',
    options: RoundOptions,
    context: CommandContext,
    known: ReadonlySet<string>,
  ): Promise<OpenResult> {
    const { who, where, at, seed } = context;
    const { facts, bank } = packs.at(where.scope);
    const { topic, about, seconds, style, pace, changes, clock: factor, thread, shownIn } = options;
    const draw = (seen: ReadonlySet<string>) =>
      drawRound(bank, facts.pack, {
        seed,
        count: options.questions,
        seen,
        ...(topic !== undefined && { topic }),
        ...(about !== undefined && { about }),
      });
    const questions = draw(known);
    if (questions.length === 0) return { is: 'no-questions' };
    const title =
      about === undefined
        ? facts.pack.topics.find((one) => one.id === topic)?.title
        : options.weakest
          ? boardWords.weakestFacts
          : facts.entry(about[0] ?? '')?.title;
    const id = randomBytes(6).toString('base64url');
    const quiz = begin({
      id,
      mode,
      scope: where.scope,
      pack: facts.pack.id,
      channel: where.channel,
      host: who,
      topic: title,
      seconds,
      style,
      pace,
      changes,
      clock: factor,
      thread,
      shownIn,
      questions,
      at,
    });
    const live = register(quiz, false);
    live.followUp = context.followUp;
    live.editReply = context.editReply;
    if (shownIn === 'reply') hold(live, context);
    live.draw = draw;
    try {
      await store.set(roundKey(id), quiz);
    } catch (error) {
      liveRounds.delete(id);
      places.release(quiz);
      throw error;
    }
    act(live);
    if (mode === 'group') renew(live);
    return { is: 'opened', quiz, fewer: about === undefined && questions.length < options.questions };
  }

  return {
    inChannel: (channel) => places.inChannel(channel)?.quiz,
    byId(id) {
      const quiz = liveRounds.get(id)?.quiz;
      return quiz && !isOver(quiz) ? quiz : undefined;
    },
    soloOf: (user, scope) => places.soloOf(user, scope)?.quiz,
    async openGroup(options, context) {
      if (pausing) return { is: 'stopping' };
      const running = places.inChannel(context.where.channel);
      if (running) return { is: 'running', quiz: running.quiz };
      const groupRounds = [...liveRounds.values()].filter(({ quiz }) => quiz.mode === 'group' && !isOver(quiz));
      if (groupRounds.filter(({ quiz }) => quiz.host === context.who.id).length >= roundsPerHost)
        return { is: 'hosting' };
      if (groupRounds.filter(({ quiz }) => quiz.scope === context.where.scope).length >= roundsPerServer)
        return { is: 'enough-rounds' };
      return open('group', options, context, new Set());
    },
    async openSolo(options, context) {
      if (pausing) return { is: 'stopping' };
      const known = await asked
        .known([context.who.id], packs.at(context.where.scope).facts.pack.id)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'what a player knows could not be read');
          return new Set<string>();
        });
      const before = places.soloOf(context.who.id, context.where.scope);
      return before ? { is: 'running', quiz: before.quiz } : open('solo', options, context, known);
    },
    resumeSolo(id, { who, where, editReply }) {
      const live = places.soloOf(who.id, where.scope);
      if (live?.quiz.id !== id) return undefined;
      live.editReply = editReply;
      return live.quiz;
    },
    async results(id, channel) {
      const quiz = liveRounds.get(id)?.quiz ?? (await settling.lastOf(channel));
      return quiz?.id === id && quiz.mode === 'group' ? quiz : undefined;
    },
    async forget(user) {
      const at = clock.now();
      await Promise.all([...liveRounds.values()].map((live) => turn(live, { type: 'forget', user, at })));
      // What is being put away was taken before, and is put away as it is now.
      await Promise.all([...liveRounds.values()].flatMap(({ retiring }) => retiring ?? []));
      await settling.forget(user, at);
      await asked.forget(user);
    },
    async play(id, event, context): Promise<PlayResult> {
      const live = liveRounds.get(id);
      if (!live || live.retiring) return { is: 'unknown' };
      if (live.resuming) return { is: live.quiz.shownIn === 'reply' ? 'waiting' : 'resuming' };
      const isHost = context.who.id === live.quiz.host;
      if (isHost) live.followUp = context.followUp;
      if (isHost && live.quiz.mode === 'solo' && (event.type === 'answer' || event.type === 'next')) {
        live.editReply = context.editReply;
        live.skew = context.at - clock.now();
      }
      const { quiz, outcome } = await turn(live, event);
      if (event.type === 'join' && outcome.is === 'joined' && !outcome.already) renew(live);
      return { is: 'stepped', quiz, outcome };
    },
    async load() {
      for await (const [, quiz] of store.range('round/', quizSchema)) {
        if (quiz.mode === 'solo' && !isOver(quiz) && clock.now() - quiz.at > soloKept)
          await store.delete(roundKey(quiz.id));
        else register(quiz, true);
      }
    },
    async resume() {
      const waiting = [...liveRounds.values()].filter(({ resuming }) => resuming);
      const isShown = ({ quiz }: LiveRound) => quiz.shownIn === 'channel' || isOver(quiz);
      for (const live of waiting) if (!isShown(live)) endIfQuiet(live);
      await Promise.all(waiting.filter(isShown).map(goOn));
    },
    takeOverToken(round, { messageId }) {
      const live = liveRounds.get(round);
      if (live?.quiz.shownIn !== 'reply' || isOver(live.quiz)) return undefined;
      if (live.quiz.lobby !== messageId || clock.now() < live.renewAt) return undefined;
      live.renewAt = clock.now() + renewRetry;
      return live.quiz;
    },
    confirmTakeover(drawn, context) {
      const live = liveRounds.get(drawn.id);
      if (!live || isOver(live.quiz)) return false;
      live.editReply = context.editReply;
      live.lastEdit = clock.now();
      hold(live, context);
      const { resuming } = live;
      if (resuming) void goOn(live);
      // The answer may have overtaken a newer card.
      else if (JSON.stringify(live.quiz.phase) !== JSON.stringify(drawn.phase)) showing.editReply(live);
      return resuming;
    },
    async pause(patience) {
      pausing = true;
      const rounds = [...liveRounds.values()].filter(
        ({ quiz, resuming }) => quiz.mode === 'group' && !isOver(quiz) && !resuming,
      );
      await atMost(patience, Promise.all(rounds.map((live) => until(live, (quiz) => !isOpen(quiz)))));
      for (const live of rounds) {
        // The reveal is shown before the round says that it waits.
        await atMost(closeWithin, live.showing);
        await dispatch(live, { type: 'halt', at: clock.now() + live.skew });
        showing.farewell(live);
      }
      await atMost(closeWithin, Promise.all(rounds.map((live) => live.showing)));
    },
    async close() {
      pausing = true;
      closing = true;
      for (const live of liveRounds.values()) {
        live.stopAlarm();
        live.stopQuiet();
        live.stopRefresh?.();
      }
      const underWay = () =>
        [...liveRounds.values()].flatMap(({ turning, paying, retiring, drawing }) =>
          [turning ?? [], paying ?? [], retiring ?? [], drawing ?? []].flat(),
        );
      await atMost(closeWithin, Promise.all([...liveRounds.values()].map(({ showing }) => showing)));
      while (underWay().length > 0) await Promise.allSettled(underWay());
    },
  };

  /** Waits for `work`, but no longer than `ms`: cards that Discord does not take in time are drawn at the next start. */
  async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
    let stop = () => {};
    const late = new Promise<void>((resolve) => (stop = clock.alarm(clock.now() + ms, resolve)));
    await Promise.race([work, late]);
    stop();
  }

  /** Waits for a change after which `holds`. */
  function until(live: LiveRound, holds: (quiz: Quiz) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = () => {
        if (!holds(live.quiz)) return;
        live.watchers.delete(watch);
        resolve();
      };
      live.watchers.add(watch);
      watch();
    });
  }

  async function goOn(live: LiveRound): Promise<void> {
    const at = await showing.announce(live);
    live.resuming = false;
    await dispatch(live, { type: 'resumed', at });
    act(live);
  }
}
