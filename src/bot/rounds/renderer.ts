/**
 * Brings a channel to what a round says. Everything here may be done twice or not at all: a card nobody saw is a pity,
 * what the round holds is saved elsewhere. One showing at a time per round, in order; a running card is drawn again at
 * most once in three seconds.
 */
import { type Channels, ChannelError } from '../ports/channels.ts';
import { type Message, message } from '../../chat/message/message-components.ts';
import { notice } from '../../chat/message/notice.ts';
import { closedLobbyCard } from '../../chat/quiz/lobby-card.ts';
import { closedQuestionCard } from '../../chat/quiz/question-card.ts';
import { resumedCard, roundCard, stoppingCard } from '../../chat/quiz/round-card.ts';
import { quizWords } from '../../chat/words/quiz-words.ts';
import type { Clock } from '../../clock.ts';
import { type Quiz, type QuizEvent, step, timing } from '../../core/quiz/quiz.ts';
import type { LiveRound } from './live-round.ts';
import type { Log } from '../../log.ts';
import { singleMessageChannels } from './single-message.ts';

/** At most one edit of a running card in this time, in ms. */
const editEvery = 3_000;
/** Above this many players the count of answers is not shown while a question runs. */
const countedPlayers = 50;

export interface Renderer {
  /** Shows what the round says now, once everything asked for before is shown. */
  show(live: LiveRound): void;
  /** Draws a solo round's card again where it stands, when something other than a press on it has changed it. */
  editReply(live: LiveRound): void;
  /** Says that the bot is about to stop, where a round does not say so by itself. */
  farewell(live: LiveRound): void;
  /** Says that an interrupted round goes on; gives the stamp from which it does, in ms since the epoch. */
  announce(live: LiveRound): Promise<number>;
}

interface Ports {
  readonly clock: Clock;
  readonly channels: Channels;
  readonly log: Log;
  /** Plays what came of showing. Never rejects. */
  readonly dispatch: (live: LiveRound, event: QuizEvent) => Promise<void>;
  readonly isClosing: () => boolean;
  /** The channel is free for another round. */
  readonly release: (quiz: Quiz) => void;
}

export function createRenderer({ clock, channels, log, dispatch, isClosing, release }: Ports): Renderer {
  const stageOf = (live: LiveRound): Channels =>
    live.quiz.shownIn === 'reply' ? singleMessageChannels(live, clock) : channels;

  function show(live: LiveRound): void {
    if (live.quiz.mode === 'solo') return;
    live.showing = live.showing.then(() => draw(live));
  }

  async function draw(live: LiveRound): Promise<void> {
    const { quiz } = live;
    const { phase, id } = quiz;
    if (isClosing()) return;
    if (phase.name !== 'lobby' && !awaitsThread(quiz)) await closeLobby(live);
    if (live.open && !isOpen(quiz, live.open.question)) await closeQuestion(live);
    switch (phase.name) {
      case 'lobby':
        return refresh(live);
      case 'posting':
        return once(live, `post ${phase.question} ${phase.since}`, async () => {
          if (awaitsThread(quiz)) await openThread(live);
          await ask(live, phase.question);
        });
      case 'asking':
        if (phase.message === undefined)
          return once(live, `again ${phase.question}`, () => ask(live, phase.question, ' again'));
        live.open = { question: phase.question, message: phase.message };
        return refresh(live);
      case 'reveal':
        return once(live, `reveal ${phase.question}`, () => reveal(live, phase.question, phase.message));
      case 'ended':
        release(quiz);
        if (phase.shown) return;
        await once(live, 'end', async () => {
          if (phase.why === 'cancelled' || phase.why === 'refused') return;
          await attempt(live, () => stageOf(live).post(quiz.channel, card(quiz), `${id}:end`));
          const { parent } = quiz;
          if (parent !== undefined) await attempt(live, () => stageOf(live).post(parent, card(quiz), `${id}:up`));
        });
        return dispatch(live, { type: 'told', at: quiz.at });
      case 'halted':
        return once(live, `halt ${phase.question} ${quiz.at}`, () =>
          attempt(live, () => stageOf(live).post(quiz.channel, card(quiz), `${id}:h${lastDigits(quiz.at)}`)),
        );
      case 'paused':
        return;
    }
  }

  async function once(live: LiveRound, what: string, run: () => Promise<void>): Promise<void> {
    if (live.attempted === what) return;
    live.attempted = what;
    await run();
  }

  /** A round plays in its channel where no thread can be made, and its host is told why. */
  async function openThread(live: LiveRound): Promise<void> {
    const { channel, lobby, topic, id } = live.quiz;
    if (lobby === undefined || live.threadRefused) return;
    try {
      const thread = await stageOf(live).thread(channel, lobby, quizWords.threadName(topic));
      await dispatch(live, { type: 'threaded', channel: thread, at: live.quiz.at });
    } catch (error) {
      live.threadRefused = true;
      log.warn({ err: error, round: id }, 'a thread could not be made');
      const missing = error instanceof ChannelError && error.why === 'forbidden' ? ['Create Public Threads'] : [];
      await attempt(live, async () => live.followUp?.(notice(quizWords.noThread(missing))));
    }
    await closeLobby(live);
  }

  async function ask(live: LiveRound, question: number, again = ''): Promise<void> {
    const { quiz } = live;
    try {
      const posted = await stageOf(live).post(quiz.channel, card(quiz), `${quiz.id}:${question}${again}`);
      live.skew = posted.at - clock.now();
      live.lastEdit = clock.now();
      await dispatch(live, { type: 'posted', question, message: posted.id, at: posted.at });
    } catch (error) {
      log.warn({ err: error, round: quiz.id }, 'a question could not be posted');
      const at = clock.now() + live.skew;
      if (error instanceof ChannelError && error.why === 'closed') return dispatch(live, { type: 'lost', at });
      await dispatch(live, { type: 'refused', at });
      await tellHost(live, error);
    }
  }

  async function tellHost(live: LiveRound, error: unknown): Promise<void> {
    const { phase } = live.quiz;
    if (phase.name !== 'paused' || live.toldPause === phase.since || !live.followUp) return;
    live.toldPause = phase.since;
    const missing = error instanceof ChannelError && error.why === 'forbidden' ? 'View Channel or Send Messages' : '';
    try {
      await live.followUp(notice(quizWords.paused(missing)));
    } catch (problem) {
      log.warn({ err: problem, round: live.quiz.id }, 'the host could not be told');
    }
  }

  async function reveal(live: LiveRound, question: number, message: string | undefined): Promise<void> {
    live.open = undefined;
    live.stopRefresh?.();
    await showOver(live, question, message, card(live.quiz));
  }

  /** A question that closed while something else was being shown, or was cut short, gets its last card. */
  async function closeQuestion(live: LiveRound): Promise<void> {
    const { open, quiz } = live;
    if (!open || ('question' in quiz.phase && quiz.phase.name === 'reveal' && quiz.phase.question === open.question))
      return;
    live.open = undefined;
    live.stopRefresh?.();
    const { question } = open;
    const isCutShort = quiz.phase.name === 'ended' && quiz.void.includes(question);
    const last = isCutShort
      ? closedQuestionCard(quiz, question)
      : card({ ...quiz, phase: { name: 'reveal', question } });
    await showOver(live, question, open.message, last);
  }

  async function showOver(
    live: LiveRound,
    question: number,
    message: string | undefined,
    last: Message,
  ): Promise<void> {
    const { id, channel } = live.quiz;
    const anew = () => stageOf(live).post(channel, last, `${id}:r${question}`);
    if (message === undefined) return attempt(live, anew);
    try {
      await stageOf(live).edit(channel, message, last);
    } catch (error) {
      if (error instanceof ChannelError && error.why === 'gone') return attempt(live, anew);
      log.warn({ err: error, round: id }, 'a reveal could not be shown');
    }
  }

  async function closeLobby(live: LiveRound): Promise<void> {
    const { lobby, parent, channel, shownIn, phase } = live.quiz;
    if (lobby === undefined || live.lobbyClosed) return;
    live.lobbyClosed = true;
    live.stopRefresh?.();
    // In one message the first question takes the place of the lobby; only a cancelled one stays.
    if (shownIn === 'reply' && !(phase.name === 'ended' && phase.why === 'cancelled')) return;
    await attempt(live, () => stageOf(live).edit(parent ?? channel, lobby, closedLobbyCard(live.quiz)));
  }

  /** Draws a running card again, at most once in three seconds; the last state always gets drawn. */
  function refresh(live: LiveRound): void {
    const { phase } = live.quiz;
    const message = phase.name === 'lobby' ? live.quiz.lobby : phase.name === 'asking' ? phase.message : undefined;
    if (message === undefined || live.stopRefresh) return;
    if (isCrowded(live.quiz)) return;
    const stop = clock.alarm(Math.max(clock.now(), live.lastEdit + editEvery), () => {
      live.stopRefresh = undefined;
      live.showing = live.showing.then(async () => {
        const now = live.quiz.phase;
        const current = now.name === 'lobby' ? live.quiz.lobby : now.name === 'asking' ? now.message : undefined;
        if (current !== message || isClosing() || isCrowded(live.quiz)) return;
        live.lastEdit = clock.now();
        await editRunning(live, message);
      });
    });
    live.stopRefresh = () => {
      stop();
      live.stopRefresh = undefined;
    };
  }

  async function editRunning(live: LiveRound, message: string): Promise<void> {
    try {
      await stageOf(live).edit(live.quiz.channel, message, card(live.quiz));
    } catch (error) {
      log.warn({ err: error, round: live.quiz.id }, 'a running card could not be drawn again');
      if (error instanceof ChannelError && error.why === 'gone')
        await dispatch(live, { type: 'removed', message, at: clock.now() + live.skew });
    }
  }

  async function attempt(live: LiveRound, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      // A card nobody saw is a pity; what the round holds is safe.
      log.warn({ err: error, round: live.quiz.id }, 'a card could not be shown');
    }
  }

  async function announce(live: LiveRound): Promise<number> {
    const { quiz } = live;
    const now = clock.now();
    if (quiz.phase.name === 'asking' && quiz.phase.message !== undefined)
      live.open = { question: quiz.phase.question, message: quiz.phase.message };
    const note = resumedCard(quiz);
    if (!note || now - quiz.at > timing.longestOutage) return now;
    try {
      // The note in the place of an open question would leave nothing to press.
      const shown =
        quiz.shownIn === 'reply' && quiz.phase.name !== 'halted' ? withNote(note, quiz, now + live.skew) : note;
      const posted = await stageOf(live).post(quiz.channel, shown, `${quiz.id}:b${lastDigits(now)}`);
      live.skew = posted.at - clock.now();
      return posted.at;
    } catch (error) {
      log.warn({ err: error, round: quiz.id }, 'the note that a round goes on could not be posted');
      return now;
    }
  }

  function editReply(live: LiveRound): void {
    const { editReply: draw } = live;
    if (draw) live.showing = live.showing.then(() => attempt(live, () => draw(card(live.quiz))));
  }

  function farewell(live: LiveRound): void {
    const { id, channel, phase } = live.quiz;
    if (phase.name === 'ended' || (phase.name === 'halted' && phase.by === 'restart')) return;
    live.showing = live.showing.then(() =>
      attempt(live, () => stageOf(live).post(channel, stoppingCard(live.quiz), `${id}:s${lastDigits(clock.now())}`)),
    );
  }

  return { show, editReply, farewell, announce };
}

/** What is shown once the round goes on at `at`, below the note that says so. */
const withNote = (note: Message, quiz: Quiz, at: number): Message =>
  message(...note.components, ...card(step(quiz, { type: 'resumed', at }).quiz).components);

function card(quiz: Quiz) {
  return roundCard(quiz) ?? notice(quizWords.closedQuestion);
}

const isCrowded = ({ phase, players }: Quiz): boolean =>
  phase.name === 'asking' && Object.keys(players).length > countedPlayers;

const awaitsThread = ({ thread, phase }: Quiz): boolean => thread && phase.name === 'posting' && phase.question === 0;

const isOpen = ({ phase }: Quiz, question: number): boolean => phase.name === 'asking' && phase.question === question;

/** Enough of a time to tell two notes of one round apart within what a nonce can hold. */
const lastDigits = (at: number): string => String(at).slice(-8);
