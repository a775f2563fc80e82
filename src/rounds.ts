/**
 * The rounds that are being played. Each round takes one turn at a time: step, save, and only then tell, ring and show.
 * Events that arrive while a save is under way share the next one. Showing and paying happen outside the turn and are
 * harmless to do twice, so a round goes on from what was saved, wherever the process was stopped.
 */
import { randomBytes } from 'node:crypto';
import type { Channels } from './channels.ts';
import type { Call, Opened, Reaction, Rounds, RoundWish } from './chat/command.ts';
import { words } from './chat/words.ts';
import type { Clock } from './clock.ts';
import { drawRound } from './core/questions/draw.ts';
import { begin, dueAt, owed, type Quiz, type QuizEvent, quizSchema, step, type Step } from './core/quiz.ts';
import { resultsOf } from './core/scoring.ts';
import { type Live, newLive } from './live-round.ts';
import type { Log } from './log.ts';
import type { ScoreKeeping } from './scores.ts';
import { createShowing } from './showing.ts';
import type { Book } from './store/book.ts';
import type { Studies } from './studies.ts';

/** After a failed save, payment or post, the next attempt, in ms. */
const retryAfter = 3_000;
/** Stopping waits this long for cards that are on their way, in ms. */
const closeWithin = 5_000;
const roundsPerServer = 5;
/** A private round nobody touched for this long is forgotten, in ms. */
const soloKept = 7 * 86_400_000;

export interface RoundKeeping extends Rounds {
  /** Reads the rounds that were being played; presses on them are answered politely from now on. Throws StoreError. */
  load(): Promise<void>;
  /** Lets the rounds go on, now that Discord can be reached. */
  resume(): Promise<void>;
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
  /** Channel → round, taken before anything is awaited, so that two commands at once cannot both begin. */
  const groups = new Map<string, string>();
  const solos = new Map<string, string>();
  let closing = false;
  const showing = createShowing({ clock, channels, log, happen, isClosing: () => closing, release });
  const soloKey = (home: string, user: string) => `${home} ${user}`;
  const keyOf = (id: string) => `round/${id}`;

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
    while (live.queue.length > 0) {
      const batch = live.queue.splice(0);
      let { quiz } = live;
      const steps = batch.map(({ event }) => {
        const next = step(quiz, event);
        quiz = next.quiz;
        return next;
      });
      try {
        if (quiz !== live.quiz) await book.set(keyOf(quiz.id), quiz);
      } catch (error) {
        // Nothing has changed: whoever waits is told so, and the round's own clock tries again.
        for (const { failed } of batch) failed(error);
        const due = dueAt(live.quiz);
        ring(live, Math.max(clock.now() + retryAfter, due === undefined ? 0 : due - live.skew));
        continue;
      }
      const changed = quiz !== live.quiz;
      live.quiz = quiz;
      if (changed && !live.resuming) act(live);
      for (const [index, { told }] of batch.entries()) {
        const result = steps[index];
        if (result) told({ ...result, quiz });
      }
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
    if (due !== undefined) ring(live, due - live.skew);
    pay(live);
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

  // ---- Paying: what is owed is written once per member and question, however often it is tried

  function pay(live: Live): void {
    const due = owed(live.quiz);
    const last = due.at(-1);
    if (last === undefined) return void retire(live);
    if (live.paying) return;
    live.paying = (async () => {
      try {
        const tried = await Promise.allSettled(due.map((index) => scores.apply(resultsOf(live.quiz, index))));
        // A question that cannot be paid in full keeps nobody from what the others brought.
        for (const one of tried) if (one.status === 'rejected') throw one.reason;
        live.paying = undefined;
        await turn(live, { type: 'settled', questions: last + 1, at: live.quiz.at });
      } catch (error) {
        live.paying = undefined;
        log.error({ err: error, round: live.quiz.id }, 'points could not be written yet; they stay owed');
        if (!closing) clock.alarm(clock.now() + retryAfter, () => void (closing || pay(live)));
      }
    })();
  }

  /** A round that has ended, been shown and owes nothing is forgotten. */
  async function retire(live: Live): Promise<void> {
    const { phase, id } = live.quiz;
    if (phase.name !== 'ended' || !phase.shown || owed(live.quiz).length > 0 || !lives.delete(id)) return;
    release(live.quiz);
    try {
      await book.delete(keyOf(id));
    } catch (error) {
      // It is settled and shown; the next start finds that out again and deletes it.
      log.warn({ err: error, round: id }, 'a finished round could not be deleted');
    }
  }

  function release(quiz: Quiz): void {
    const [map, key] =
      quiz.mode === 'group' ? ([groups, quiz.channel] as const) : ([solos, soloKey(quiz.home, quiz.host)] as const);
    if (map.get(key) === quiz.id) map.delete(key);
  }

  // ---- Opening

  function liven(quiz: Quiz, resuming: boolean): Live {
    const live = newLive(quiz, resuming, clock.now());
    lives.set(quiz.id, live);
    if (quiz.mode === 'group') groups.set(quiz.channel, quiz.id);
    else solos.set(soloKey(quiz.home, quiz.host), quiz.id);
    return live;
  }

  async function open(mode: 'group' | 'solo', wish: RoundWish, call: Call): Promise<Opened> {
    if (closing) return { is: 'stopping' };
    const { who, where, at, seed } = call;
    const { facts, bank } = studies.at(where.home);
    const questions = drawRound(bank, facts.pack, {
      seed,
      count: wish.questions,
      ...(wish.topic !== undefined && { topic: wish.topic }),
      ...(wish.about !== undefined && { about: wish.about }),
    });
    if (questions.length === 0) return { is: 'no-questions' };
    const topic =
      wish.about === undefined
        ? facts.pack.topics.find(({ id }) => id === wish.topic)?.title
        : wish.weakest
          ? words.weakestFacts
          : facts.entry(wish.about[0] ?? '')?.title;
    const id = randomBytes(6).toString('base64url');
    const quiz = begin({
      id,
      mode,
      home: where.home,
      channel: where.channel,
      host: who,
      topic,
      seconds: wish.seconds,
      questions,
      at,
    });
    const live = liven(quiz, false);
    live.whisper = call.whisper;
    try {
      await book.set(keyOf(id), quiz);
    } catch (error) {
      lives.delete(id);
      release(quiz);
      throw error;
    }
    act(live);
    return { is: 'opened', quiz, fewer: wish.about === undefined && questions.length < wish.questions };
  }

  return {
    inChannel(channel) {
      const live = lives.get(groups.get(channel) ?? '');
      return live?.quiz.phase.name === 'ended' ? undefined : live?.quiz;
    },
    byId(id) {
      const quiz = lives.get(id)?.quiz;
      return quiz?.phase.name === 'ended' ? undefined : quiz;
    },
    soloOf(user, home) {
      const live = lives.get(solos.get(soloKey(home, user)) ?? '');
      return live?.quiz.phase.name === 'ended' ? undefined : live?.quiz;
    },
    async openGroup(wish, call) {
      const running = lives.get(groups.get(call.where.channel) ?? '');
      if (running && running.quiz.phase.name !== 'ended') return { is: 'running', quiz: running.quiz };
      const here = [...lives.values()].filter(({ quiz }) => quiz.mode === 'group' && quiz.home === call.where.home);
      if (here.length >= roundsPerServer) return { is: 'enough-rounds' };
      return open('group', wish, call);
    },
    openSolo: (wish, call) => open('solo', wish, call),
    async play(id, event, call): Promise<Reaction> {
      const live = lives.get(id);
      if (!live) return { is: 'unknown' };
      if (live.resuming) return { is: 'resuming' };
      if (call.who.id === live.quiz.host) live.whisper = call.whisper;
      const { quiz, outcome } = await turn(live, event);
      return { is: 'stepped', quiz, outcome };
    },
    async load() {
      for await (const [, quiz] of book.range('round/', quizSchema)) {
        if (quiz.mode === 'solo' && clock.now() - quiz.at > soloKept) await book.delete(keyOf(quiz.id));
        else liven(quiz, true);
      }
    },
    async resume() {
      await Promise.all([...lives.values()].filter(({ resuming }) => resuming).map(goOn));
    },
    async close() {
      closing = true;
      for (const live of lives.values()) {
        live.stopAlarm();
        live.stopRefresh?.();
      }
      const underWay = () => [...lives.values()].flatMap(({ turning, paying }) => [turning ?? [], paying ?? []].flat());
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

  async function goOn(live: Live): Promise<void> {
    const at = await showing.announce(live);
    live.resuming = false;
    await happen(live, { type: 'resumed', at });
    act(live);
  }
}
