/**
 * The rounds that are being played. Each round takes one turn at a time: step, save, and only then tell, ring and show.
 * Events that arrive while a save is under way share the next one. Showing and paying happen outside the turn and are
 * harmless to do twice, so a round goes on from what was saved, wherever the process was stopped.
 */
import { randomBytes } from 'node:crypto';
import { type Channels, Refusal } from './channels.ts';
import { notice } from './chat/cards.ts';
import type { Call, Opened, Reaction, Rounds, RoundWish } from './chat/command.ts';
import { backAgainCard, lobbyOver, questionOver, quizCard } from './chat/quiz-cards.ts';
import { words } from './chat/words.ts';
import type { Clock } from './clock.ts';
import type { Facts } from './core/facts.ts';
import type { Bank } from './core/questions/bank.ts';
import { drawRound } from './core/questions/draw.ts';
import { begin, dueAt, owed, type Quiz, type QuizEvent, quizSchema, step, type Step, timing } from './core/quiz.ts';
import { resultsOf } from './core/scoring.ts';
import type { Log } from './log.ts';
import type { ScoreKeeping } from './scores.ts';
import type { Book } from './store/book.ts';

/** At most one edit of a running card in this time, in ms. */
const editEvery = 3_000;
/** After a failed save, payment or post, the next attempt, in ms. */
const retryAfter = 3_000;
/** Stopping waits this long for cards that are on their way, in ms. */
const closeWithin = 5_000;
const roundsPerServer = 5;
/** A private round nobody touched for this long is forgotten, in ms. */
const soloKept = 7 * 86_400_000;
/** Above this many players the count of answers is not shown while a question runs. */
const countedPlayers = 50;

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
  readonly bank: Bank;
  readonly facts: Facts;
  readonly scores: ScoreKeeping;
  readonly log: Log;
}

interface Waiting {
  readonly event: QuizEvent;
  readonly told: (result: Step) => void;
  readonly failed: (error: unknown) => void;
}

/** A round in this process: the saved value, and what is only worth remembering while it runs. */
interface Live {
  quiz: Quiz;
  readonly queue: Waiting[];
  /** The turns under way. */
  turning: Promise<void> | undefined;
  /** Waiting for the note that says the bot is back. */
  resuming: boolean;
  stopAlarm: () => void;
  stopRefresh: (() => void) | undefined;
  lastEdit: number;
  /** Discord's clock minus ours, in ms, from the last message posted. */
  skew: number;
  /** One showing at a time, in order. */
  showing: Promise<void>;
  /** The last attempt to show that was begun, so that a repeated "show" does nothing. */
  attempted: string;
  /** The lobby has lost its buttons. */
  lobbyClosed: boolean;
  /** The question message that still carries buttons. */
  open: { readonly question: number; readonly message: string } | undefined;
  paying: Promise<void> | undefined;
  /** How to reach the host privately, from the newest use of a button or command. */
  whisper: Call['whisper'] | undefined;
  /** Start of the pause the host has been told of. */
  toldPause: number | undefined;
}

export function createRounds(ports: Ports): RoundKeeping {
  const { book, clock, channels, bank, facts, scores, log } = ports;
  const lives = new Map<string, Live>();
  /** Channel → round, taken before anything is awaited, so that two commands at once cannot both begin. */
  const groups = new Map<string, string>();
  const solos = new Map<string, string>();
  let closing = false;
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
    show(live);
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
        for (const index of due) await Promise.all(resultsOf(live.quiz, index).map((result) => scores.apply(result)));
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

  // ---- Showing: the channel is brought to what the round says

  function show(live: Live): void {
    if (live.quiz.mode === 'solo') return;
    live.showing = live.showing.then(() => draw(live));
  }

  async function draw(live: Live): Promise<void> {
    const { quiz } = live;
    const { phase, id } = quiz;
    if (closing) return;
    if (phase.name !== 'lobby') await closeLobby(live);
    switch (phase.name) {
      case 'lobby':
        return refresh(live);
      case 'posting':
        return once(live, `post ${phase.question} ${phase.since}`, () => ask(live, phase.question));
      case 'asking':
        if (phase.message === undefined)
          return once(live, `again ${phase.question}`, () => ask(live, phase.question, ' again'));
        live.open = { question: phase.question, message: phase.message };
        return refresh(live);
      case 'reveal':
        return once(live, `reveal ${phase.question}`, () => reveal(live, phase.message));
      case 'ended':
        release(quiz);
        if (phase.shown) return;
        await once(live, 'end', async () => {
          await closeQuestion(live);
          if (phase.why !== 'cancelled' && phase.why !== 'refused')
            await attempt(live, () => channels.post(quiz.channel, card(quiz), `${id}:end`));
        });
        return happen(live, { type: 'told', at: quiz.at });
      case 'paused':
        return;
    }
  }

  async function once(live: Live, what: string, run: () => Promise<void>): Promise<void> {
    if (live.attempted === what) return;
    live.attempted = what;
    await run();
  }

  async function ask(live: Live, question: number, again = ''): Promise<void> {
    const { quiz } = live;
    try {
      const posted = await channels.post(quiz.channel, card(quiz), `${quiz.id}:${question}${again}`);
      live.skew = posted.at - clock.now();
      live.lastEdit = clock.now();
      await happen(live, { type: 'posted', question, message: posted.id, at: posted.at });
    } catch (error) {
      log.warn({ err: error, round: quiz.id }, 'a question could not be posted');
      await happen(live, { type: 'refused', at: clock.now() + live.skew });
      await tellHost(live, error);
    }
  }

  async function tellHost(live: Live, error: unknown): Promise<void> {
    const { phase } = live.quiz;
    if (phase.name !== 'paused' || live.toldPause === phase.since || !live.whisper) return;
    live.toldPause = phase.since;
    const missing = error instanceof Refusal && error.why === 'forbidden' ? 'View Channel or Send Messages' : '';
    try {
      await live.whisper(notice(words.paused(missing)));
    } catch (problem) {
      log.warn({ err: problem, round: live.quiz.id }, 'the host could not be told');
    }
  }

  async function reveal(live: Live, message: string | undefined): Promise<void> {
    const { quiz } = live;
    live.open = undefined;
    live.stopRefresh?.();
    const anew = () => channels.post(quiz.channel, card(quiz), `${quiz.id}:r${questionAt(quiz)}`);
    if (message === undefined) return attempt(live, anew);
    try {
      await channels.edit(quiz.channel, message, card(quiz));
    } catch (error) {
      if (error instanceof Refusal && error.why === 'gone') return attempt(live, anew);
      log.warn({ err: error, round: quiz.id }, 'a reveal could not be shown');
    }
  }

  /** A question that was cut short loses its buttons. */
  async function closeQuestion(live: Live): Promise<void> {
    const { open, quiz } = live;
    live.open = undefined;
    live.stopRefresh?.();
    if (open) await attempt(live, () => channels.edit(quiz.channel, open.message, questionOver(quiz, open.question)));
  }

  async function closeLobby(live: Live): Promise<void> {
    const { lobby, channel } = live.quiz;
    if (lobby === undefined || live.lobbyClosed) return;
    live.lobbyClosed = true;
    live.stopRefresh?.();
    await attempt(live, () => channels.edit(channel, lobby, lobbyOver(live.quiz)));
  }

  /** Draws a running card again, at most once in three seconds; the last state always gets drawn. */
  function refresh(live: Live): void {
    const { phase } = live.quiz;
    const message = phase.name === 'lobby' ? live.quiz.lobby : phase.name === 'asking' ? phase.message : undefined;
    if (message === undefined || live.stopRefresh) return;
    if (phase.name === 'asking' && Object.keys(live.quiz.players).length > countedPlayers) return;
    const stop = clock.alarm(Math.max(clock.now(), live.lastEdit + editEvery), () => {
      live.stopRefresh = undefined;
      live.showing = live.showing.then(async () => {
        const now = live.quiz.phase;
        const current = now.name === 'lobby' ? live.quiz.lobby : now.name === 'asking' ? now.message : undefined;
        if (current !== message || closing) return;
        live.lastEdit = clock.now();
        await editRunning(live, message);
      });
    });
    live.stopRefresh = () => {
      stop();
      live.stopRefresh = undefined;
    };
  }

  async function editRunning(live: Live, message: string): Promise<void> {
    try {
      await channels.edit(live.quiz.channel, message, card(live.quiz));
    } catch (error) {
      log.warn({ err: error, round: live.quiz.id }, 'a running card could not be drawn again');
      if (error instanceof Refusal && error.why === 'gone')
        await happen(live, { type: 'removed', message, at: clock.now() + live.skew });
    }
  }

  async function attempt(live: Live, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      // A card nobody saw is a pity; what the round holds is safe.
      log.warn({ err: error, round: live.quiz.id }, 'a card could not be shown');
    }
  }

  // ---- Opening

  function liven(quiz: Quiz, resuming: boolean): Live {
    const live: Live = {
      quiz,
      queue: [],
      turning: undefined,
      toldPause: undefined,
      resuming,
      stopAlarm: () => undefined,
      stopRefresh: undefined,
      lastEdit: clock.now(),
      skew: 0,
      showing: Promise.resolve(),
      attempted: '',
      lobbyClosed: false,
      open: undefined,
      paying: undefined,
      whisper: undefined,
    };
    lives.set(quiz.id, live);
    if (quiz.mode === 'group') groups.set(quiz.channel, quiz.id);
    else solos.set(soloKey(quiz.home, quiz.host), quiz.id);
    return live;
  }

  async function open(mode: 'group' | 'solo', wish: RoundWish, call: Call): Promise<Opened> {
    if (closing) return { is: 'stopping' };
    const { who, where, at, seed } = call;
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
        : facts.entry(wish.about)?.title;
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
    canAsk: (entry) => bank.questions.some(({ about }) => about.includes(entry)),
    inChannel(channel) {
      const live = lives.get(groups.get(channel) ?? '');
      return live?.quiz.phase.name === 'ended' ? undefined : live?.quiz;
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
    const { quiz } = live;
    let at = clock.now();
    const note = backAgainCard(quiz);
    if (note && at - quiz.at <= timing.longestOutage) {
      try {
        const posted = await channels.post(quiz.channel, note, `${quiz.id}:b${String(at).slice(-8)}`);
        live.skew = posted.at - clock.now();
        at = posted.at;
      } catch (error) {
        log.warn({ err: error, round: quiz.id }, 'the note that a round goes on could not be posted');
      }
    }
    if (quiz.phase.name === 'asking' && quiz.phase.message !== undefined)
      live.open = { question: quiz.phase.question, message: quiz.phase.message };
    live.resuming = false;
    await happen(live, { type: 'resumed', at });
    act(live);
  }
}

function card(quiz: Quiz) {
  return quizCard(quiz) ?? notice(words.closedQuestion);
}

const questionAt = ({ phase }: Quiz): number => ('question' in phase ? phase.question : 0);
