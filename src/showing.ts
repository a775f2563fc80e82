/**
 * Brings a channel to what a round says. Everything here may be done twice or not at all: a card nobody saw is a pity,
 * what the round holds is saved elsewhere. One showing at a time per round, in order; a running card is drawn again at
 * most once in three seconds.
 */
import { type Channels, Refusal } from './channels.ts';
import { notice } from './chat/cards.ts';
import { backAgainCard, lobbyOver, questionOver, quizCard } from './chat/quiz-cards.ts';
import { words } from './chat/words.ts';
import type { Clock } from './clock.ts';
import { type Quiz, type QuizEvent, timing } from './core/quiz.ts';
import type { Live } from './live-round.ts';
import type { Log } from './log.ts';

/** At most one edit of a running card in this time, in ms. */
const editEvery = 3_000;
/** Above this many players the count of answers is not shown while a question runs. */
const countedPlayers = 50;

export interface Showing {
  /** Shows what the round says now, once everything asked for before is shown. */
  show(live: Live): void;
  /** Says that an interrupted round goes on; gives the stamp from which it does, in ms since the epoch. */
  announce(live: Live): Promise<number>;
}

interface Ports {
  readonly clock: Clock;
  readonly channels: Channels;
  readonly log: Log;
  /** Plays what came of showing. Never rejects. */
  readonly happen: (live: Live, event: QuizEvent) => Promise<void>;
  readonly isClosing: () => boolean;
  /** The channel is free for another round. */
  readonly release: (quiz: Quiz) => void;
}

export function createShowing({ clock, channels, log, happen, isClosing, release }: Ports): Showing {
  function show(live: Live): void {
    if (live.quiz.mode === 'solo') return;
    live.showing = live.showing.then(() => draw(live));
  }

  async function draw(live: Live): Promise<void> {
    const { quiz } = live;
    const { phase, id } = quiz;
    if (isClosing()) return;
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
        if (current !== message || isClosing()) return;
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

  async function announce(live: Live): Promise<number> {
    const { quiz } = live;
    const now = clock.now();
    if (quiz.phase.name === 'asking' && quiz.phase.message !== undefined)
      live.open = { question: quiz.phase.question, message: quiz.phase.message };
    const note = backAgainCard(quiz);
    if (!note || now - quiz.at > timing.longestOutage) return now;
    try {
      const posted = await channels.post(quiz.channel, note, `${quiz.id}:b${String(now).slice(-8)}`);
      live.skew = posted.at - clock.now();
      return posted.at;
    } catch (error) {
      log.warn({ err: error, round: quiz.id }, 'the note that a round goes on could not be posted');
      return now;
    }
  }

  return { show, announce };
}

function card(quiz: Quiz) {
  return quizCard(quiz) ?? notice(words.closedQuestion);
}

const questionAt = ({ phase }: Quiz): number => ('question' in phase ? phase.question : 0);
