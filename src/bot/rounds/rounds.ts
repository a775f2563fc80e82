/**
 * The rounds that are being played. Each round takes one turn at a time: step, save, and only then tell, ring and show.
 * Events that arrive while a save is under way share the next one. Showing and paying happen outside the turn and are
 * harmless to do twice, so a round goes on from what was saved, wherever the process was stopped.
 */
import { randomBytes } from 'node:crypto';
import { type Asked, createAsked } from './question-history.ts';
import type { Channels } from '../ports/channels.ts';
import type { Call, Opened, Reaction, Rounds, RoundWish } from '../../chat/command.ts';
import { words } from '../../chat/words.ts';
import type { Clock } from '../../clock.ts';
import { drawRound } from '../../core/questions/draw.ts';
import { inOrder } from '../../core/quiz/events.ts';
import { begin, dueAt, type Quiz, type QuizEvent, quizSchema, step, type Step } from '../../core/quiz/quiz.ts';
import { type Live, newLive } from './live-round.ts';
import type { Log } from '../../log.ts';
import { longestQuiet, renewAfter } from './single-message.ts';
import { createPlaces, isOver } from './round-places.ts';
import type { ScoreKeeping } from '../scores/score-store.ts';
import { createSettling, roundKey } from './payouts.ts';
import { createShowing } from './renderer.ts';
import type { Book } from '../../store/store.ts';
import type { Studies } from '../packs/pack-by-guild.ts';

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

export interface RoundKeeping extends Rounds {
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
  readonly book: Book;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly studies: Studies;
  readonly scores: ScoreKeeping;
  readonly log: Log;
}

export function createRounds(ports: Ports): RoundKeeping {
  const { book, clock, channels, studies, scores, log } = ports;
  const lives = new Map<string, Live>();
  const places = createPlaces(lives);
  /** No new rounds. */
  let pausing = false;
  let closing = false;
  const asked: Asked = createAsked(book);
  const isClosing = () => closing;
  const { release } = places;
  const drop = (id: string) => void lives.delete(id);
  const showing = createShowing({ clock, channels, log, happen, isClosing, release });
  const settling = createSettling({ book, clock, scores, asked, log, turn, isClosing, release, drop });
  const isOpen = ({ phase }: Quiz) => phase.name === 'asking' || phase.name === 'posting';

  // ---- Turns: step, save, tell

  function turn(live: Live, event: QuizEvent): Promise<Step> {
    return new Promise((told, failed) => {
      live.queue.push({ event, told, failed });
      wake(live);
    });
  }

  function wake(live: Live): void {
    live.turning ??= takeTurns(live).finally(() => {
      live.turning = undefined;
      // What came after the last turn was taken, and before this was known, has nobody else to wake for it.
      if (live.queue.length > 0) wake(live);
    });
  }

  async function takeTurns(live: Live): Promise<void> {
    // Presses that Discord delivers together take one turn together, in the order of their stamps.
    await Promise.resolve();
    while (live.queue.length > 0) {
      const batch = live.queue.splice(0);
      let { quiz } = live;
      const steps = new Map<QuizEvent, Step>();
      for (const event of inOrder(batch.map(({ event }) => event))) {
        const next = step(quiz, event);
        quiz = next.quiz;
        steps.set(event, next);
      }
      try {
        if (quiz !== live.quiz) await book.set(roundKey(quiz.id), quiz);
      } catch (error) {
        // Nothing has changed: whoever waits is told so, and the round's own clock tries again.
        for (const { failed } of batch) failed(error);
        const due = dueAt(live.quiz);
        ring(live, Math.max(clock.now() + retryAfter, due === undefined ? 0 : due - live.skew));
        continue;
      }
      const changed = quiz !== live.quiz;
      live.quiz = quiz;
      if (changed) places.reserve(quiz);
      if (changed && !live.resuming) act(live);
      if (changed && quiz.mode === 'solo' && batch.some(({ event: { type } }) => type === 'timeUp' || type === 'stop'))
        showing.redraw(live);
      for (const { event, told } of batch) {
        const result = steps.get(event);
        if (result) told({ ...result, quiz });
      }
      for (const watch of live.watchers) watch();
    }
  }

  /** For events nobody waits for: a failed save is logged, and the alarm that `takeTurns` sets makes up for it. */
  async function happen(live: Live, event: QuizEvent): Promise<void> {
    try {
      await turn(live, event);
    } catch (error) {
      log.error({ err: error, round: live.quiz.id, event: event.type }, 'a round could not be saved');
    }
  }

  function act(live: Live): void {
    const due = dueAt(live.quiz);
    live.stopAlarm();
    if (isOver(live.quiz)) live.stopQuiet();
    if (due !== undefined) ring(live, due - live.skew);
    settling.pay(live);
    showing.show(live);
  }

  function ring(live: Live, at: number): void {
    if (closing) return;
    live.stopAlarm();
    live.stopAlarm = clock.alarm(at, () => {
      const due = dueAt(live.quiz);
      if (due === undefined) return act(live);
      void happen(live, { type: 'timeUp', at: Math.max(clock.now() + live.skew, due) });
    });
  }

  // ---- The one message of a round that is played in the answer to a use

  /** The answer to this use is where the round is drawn from now on. */
  function hold(live: Live, call: Call): void {
    live.renewAt = clock.now() + renewAfter;
    live.skew = call.at - clock.now();
    endIfQuiet(live);
  }

  function endIfQuiet(live: Live): void {
    live.stopQuiet();
    if (closing) return;
    live.stopQuiet = clock.alarm(clock.now() + longestQuiet, () => {
      live.resuming = false;
      void happen(live, { type: 'quiet', at: clock.now() + live.skew });
    });
  }

  // ---- Questions that the players do not know

  /** Draws the questions of a lobby again, for whoever is in it now; what cannot be read is taken as unknown. */
  function renew(live: Live): void {
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

  function liven(quiz: Quiz, resuming: boolean): Live {
    const live = newLive(quiz, resuming, clock.now());
    lives.set(quiz.id, live);
    places.reserve(quiz);
    return live;
  }

  async function open(
    mode: 'group' | 'solo',
    wish: RoundWish,
    call: Call,
    known: ReadonlySet<string>,
  ): Promise<Opened> {
    const { who, where, at, seed } = call;
    const { facts, bank } = studies.at(where.home);
    const { topic, about, seconds, style, pace, changes, clock: factor, thread, stage } = wish;
    const draw = (seen: ReadonlySet<string>) =>
      drawRound(bank, facts.pack, {
        seed,
        count: wish.questions,
        seen,
        ...(topic !== undefined && { topic }),
        ...(about !== undefined && { about }),
      });
    const questions = draw(known);
    if (questions.length === 0) return { is: 'no-questions' };
    const title =
      about === undefined
        ? facts.pack.topics.find((one) => one.id === topic)?.title
        : wish.weakest
          ? words.weakestFacts
          : facts.entry(about[0] ?? '')?.title;
    const id = randomBytes(6).toString('base64url');
    const quiz = begin({
      id,
      mode,
      home: where.home,
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
      stage,
      questions,
      at,
    });
    const live = liven(quiz, false);
    live.whisper = call.whisper;
    live.redraw = call.redraw;
    if (stage === 'reply') hold(live, call);
    live.draw = draw;
    try {
      await book.set(roundKey(id), quiz);
    } catch (error) {
      lives.delete(id);
      places.release(quiz);
      throw error;
    }
    act(live);
    if (mode === 'group') renew(live);
    return { is: 'opened', quiz, fewer: about === undefined && questions.length < wish.questions };
  }

  return {
    inChannel: (channel) => places.inChannel(channel)?.quiz,
    byId(id) {
      const quiz = lives.get(id)?.quiz;
      return quiz && !isOver(quiz) ? quiz : undefined;
    },
    soloOf: (user, home) => places.soloOf(user, home)?.quiz,
    async openGroup(wish, call) {
      if (pausing) return { is: 'stopping' };
      const running = places.inChannel(call.where.channel);
      if (running) return { is: 'running', quiz: running.quiz };
      const groupRounds = [...lives.values()].filter(({ quiz }) => quiz.mode === 'group' && !isOver(quiz));
      if (groupRounds.filter(({ quiz }) => quiz.host === call.who.id).length >= roundsPerHost) return { is: 'hosting' };
      if (groupRounds.filter(({ quiz }) => quiz.home === call.where.home).length >= roundsPerServer)
        return { is: 'enough-rounds' };
      return open('group', wish, call, new Set());
    },
    async openSolo(wish, call) {
      if (pausing) return { is: 'stopping' };
      const known = await asked
        .known([call.who.id], studies.at(call.where.home).facts.pack.id)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'what a player knows could not be read');
          return new Set<string>();
        });
      const before = places.soloOf(call.who.id, call.where.home);
      return before ? { is: 'running', quiz: before.quiz } : open('solo', wish, call, known);
    },
    resumeSolo(id, { who, where, redraw }) {
      const live = places.soloOf(who.id, where.home);
      if (live?.quiz.id !== id) return undefined;
      live.redraw = redraw;
      return live.quiz;
    },
    async results(id, channel) {
      const quiz = lives.get(id)?.quiz ?? (await settling.lastOf(channel));
      return quiz?.id === id && quiz.mode === 'group' ? quiz : undefined;
    },
    async forget(user) {
      const at = clock.now();
      await Promise.all([...lives.values()].map((live) => turn(live, { type: 'forget', user, at })));
      // What is being put away was taken before, and is put away as it is now.
      await Promise.all([...lives.values()].flatMap(({ retiring }) => retiring ?? []));
      await settling.forget(user, at);
      await asked.forget(user);
    },
    async play(id, event, call): Promise<Reaction> {
      const live = lives.get(id);
      if (!live || live.retiring) return { is: 'unknown' };
      if (live.resuming) return { is: live.quiz.stage === 'reply' ? 'waiting' : 'resuming' };
      const isHost = call.who.id === live.quiz.host;
      if (isHost) live.whisper = call.whisper;
      if (isHost && live.quiz.mode === 'solo' && (event.type === 'answer' || event.type === 'next')) {
        live.redraw = call.redraw;
        live.skew = call.at - clock.now();
      }
      const { quiz, outcome } = await turn(live, event);
      if (event.type === 'join' && outcome.is === 'joined' && !outcome.already) renew(live);
      return { is: 'stepped', quiz, outcome };
    },
    async load() {
      for await (const [, quiz] of book.range('round/', quizSchema)) {
        if (quiz.mode === 'solo' && !isOver(quiz) && clock.now() - quiz.at > soloKept)
          await book.delete(roundKey(quiz.id));
        else liven(quiz, true);
      }
    },
    async resume() {
      const waiting = [...lives.values()].filter(({ resuming }) => resuming);
      const isShown = ({ quiz }: Live) => quiz.stage === 'channel' || isOver(quiz);
      for (const live of waiting) if (!isShown(live)) endIfQuiet(live);
      await Promise.all(waiting.filter(isShown).map(goOn));
    },
    renewedBy(round, { on }) {
      const live = lives.get(round);
      if (live?.quiz.stage !== 'reply' || isOver(live.quiz)) return undefined;
      if (live.quiz.lobby !== on || clock.now() < live.renewAt) return undefined;
      live.renewAt = clock.now() + renewRetry;
      return live.quiz;
    },
    renewed(drawn, call) {
      const live = lives.get(drawn.id);
      if (!live || isOver(live.quiz)) return false;
      live.redraw = call.redraw;
      live.lastEdit = clock.now();
      hold(live, call);
      const { resuming } = live;
      if (resuming) void goOn(live);
      // The answer may have overtaken a newer card.
      else if (JSON.stringify(live.quiz.phase) !== JSON.stringify(drawn.phase)) showing.redraw(live);
      return resuming;
    },
    async pause(patience) {
      pausing = true;
      const rounds = [...lives.values()].filter(
        ({ quiz, resuming }) => quiz.mode === 'group' && !isOver(quiz) && !resuming,
      );
      await atMost(patience, Promise.all(rounds.map((live) => until(live, (quiz) => !isOpen(quiz)))));
      for (const live of rounds) {
        // The reveal is shown before the round says that it waits.
        await atMost(closeWithin, live.showing);
        await happen(live, { type: 'halt', at: clock.now() + live.skew });
        showing.farewell(live);
      }
      await atMost(closeWithin, Promise.all(rounds.map((live) => live.showing)));
    },
    async close() {
      pausing = true;
      closing = true;
      for (const live of lives.values()) {
        live.stopAlarm();
        live.stopQuiet();
        live.stopRefresh?.();
      }
      const underWay = () =>
        [...lives.values()].flatMap(({ turning, paying, retiring, drawing }) =>
          [turning ?? [], paying ?? [], retiring ?? [], drawing ?? []].flat(),
        );
      await atMost(closeWithin, Promise.all([...lives.values()].map(({ showing }) => showing)));
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
  function until(live: Live, holds: (quiz: Quiz) => boolean): Promise<void> {
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

  async function goOn(live: Live): Promise<void> {
    const at = await showing.announce(live);
    live.resuming = false;
    await happen(live, { type: 'resumed', at });
    act(live);
  }
}
