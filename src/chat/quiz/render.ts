/**
 * Decides which messages must be posted or edited so that a channel shows the current state of a round. `render` is a
 * pure function of the quiz, the record of what has been shown, and the time. The renderer in `bot/rounds` sends the
 * requests. Solo rounds are not rendered here, because their card is sent as the reply to the player's button press.
 */
import { noteReused, type Shown, unrevealed } from '../../core/quiz/shown.ts';
import { nextPlace } from '../../core/quiz/moving.ts';
import { openQuestion } from '../../core/quiz/round.ts';
import { type Quiz, step } from '../../core/quiz/quiz.ts';
import { timing } from '../../core/quiz/timing.ts';
import type { RenderStep } from './render-step.ts';
import { type Message, message } from '../message/message-components.ts';
import { notice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import { toldHost } from './host-messages.ts';
import { closedLobbyCard } from './lobby-card.ts';
import { closedQuestionCard, isCrowded, secondsInAll } from './question-card.ts';
import { plainAnswerCard, plainPodiumCard } from './plain-cards.ts';
import { resumedCard, roundCard, stoppingCard } from './round-card.ts';

/**
 * The steps, in order, that make the channel show the current state of the round. Empty if the channel already shows
 * this state.
 * @param now the time on Discord's clock, in ms since the epoch
 */
export function render(quiz: Quiz, shown: Shown, now: number): readonly RenderStep[] {
  if (quiz.mode === 'solo') return [];
  const { phase } = quiz;
  if (shown.gone) return phase.name === 'ended' && !phase.shown ? podiumSteps(quiz, shown) : toldHost(quiz, shown);
  if (shown.resuming !== undefined) return [resumingStep(quiz, shown, now)];
  const place = shown.refused > 0 && !isSilentEnd(quiz) ? nextPlace(quiz, shown) : undefined;
  if (place) return [moveStep(quiz, place)];
  // While the bot lacks a permission, it does not post or edit anything except the next question. If this question can
  // be posted, the bot has the permission again.
  const steps =
    shown.refused > 0
      ? []
      : quiz.shownIn === 'reply'
        ? isCancelled(quiz)
          ? lobbyStep(quiz, shown)
          : []
        : [...lobbyStep(quiz, shown), ...unrevealed(quiz, shown).map((index) => revealStep(quiz, shown, index))];
  return [...steps, ...phaseSteps(quiz, shown), ...toldHost(quiz, shown), ...stoppingStep(quiz, shown, now)];
}

/**
 * Moves the round to another place, because the bot lacks a permission in the present place. If `to` is `channel`, the
 * round moves to the parent channel of its thread. If `to` is `reply`, the round moves to the message of its lobby,
 * which the bot can edit with a token.
 */
const moveStep = ({ lobby = '' }: Quiz, to: 'channel' | 'reply'): RenderStep => ({
  is: 'moved',
  to,
  do: to === 'channel' ? { is: 'nothing' } : { is: 'token', message: lobby },
});

function phaseSteps(quiz: Quiz, shown: Shown): readonly RenderStep[] {
  const { phase } = quiz;
  const isOneMessage = quiz.shownIn === 'reply';
  switch (phase.name) {
    case 'lobby':
      return shown.refused > 0 ? [] : runningStep(quiz, shown, quiz.lobby);
    case 'posting':
      if (awaitsThread(quiz, shown)) return [threadStep(quiz)];
      return [questionStep(quiz, shown, phase.question, '')];
    case 'asking':
      if (phase.message === undefined) return [questionStep(quiz, shown, phase.question, ' again')];
      return shown.refused > 0 ? [] : runningStep(quiz, shown, phase.message);
    case 'reveal':
    case 'paused':
      return isOneMessage && shown.refused === 0 ? runningStep(quiz, shown, quiz.lobby) : [];
    case 'halted':
      if (phase.by === 'restart' || shown.halt === quiz.at || shown.refused > 0) return [];
      return [
        {
          is: 'halted',
          since: quiz.at,
          do: post(quiz, quiz.channel, cardOf(quiz), `h${lastDigits(quiz.at)}`),
        },
      ];
    case 'ended':
      return phase.shown ? [] : podiumSteps(quiz, shown);
  }
}

/** Removes the buttons from the lobby's message after the round has started or was cancelled. */
function lobbyStep(quiz: Quiz, shown: Shown): readonly RenderStep[] {
  const { lobby, parent, channel, phase } = quiz;
  if (phase.name === 'lobby' || lobby === undefined || shown.lobbyClosed || awaitsThread(quiz, shown)) return [];
  return [{ is: 'lobbyOver', do: edit(parent ?? channel, lobby, closedLobbyCard(quiz)) }];
}

const awaitsThread = ({ thread, phase, lobby }: Quiz, { noThread }: Shown): boolean =>
  thread && noThread === undefined && lobby !== undefined && phase.name === 'posting' && phase.question === 0;

const threadStep = ({ channel, lobby = '', topic }: Quiz): RenderStep => ({
  is: 'thread',
  do: { is: 'thread', channel, message: lobby, name: quizWords.threadName(topic) },
});

function questionStep(quiz: Quiz, shown: Shown, question: number, again: string): RenderStep {
  const stands = shown.questions[question];
  if (stands?.is === 'open' && stands.message !== undefined && stands.at !== undefined)
    return { is: 'question', question, do: { is: 'confirm', message: stands.message, at: stands.at } };
  return { is: 'question', question, do: post(quiz, quiz.channel, cardOf(quiz), `${question}${again}`) };
}

function revealStep(quiz: Quiz, { questions }: Shown, question: number): RenderStep {
  const shownQuestion = questions[question];
  const before = shownQuestion?.message;
  const card = shownQuestion?.plain ? plainAnswerCard(quiz, question) : overCard(quiz, question);
  // `unsure`: it is unknown whether the question was posted. Then the reveal card is posted with the nonce of the
  // question. If Discord has the question's message, it returns that message. Otherwise it posts the reveal card.
  const nonce = shownQuestion?.is === 'unsure' ? `${question}` : `r${question}`;
  return {
    is: 'reveal',
    question,
    do: before === undefined ? post(quiz, quiz.channel, card, nonce) : edit(quiz.channel, before, card),
  };
}

/** The card of a question that has ended, even if the round has already continued with another question. */
function overCard(quiz: Quiz, question: number): Message {
  const { phase } = quiz;
  if (phase.name === 'ended' && quiz.void.includes(question)) return closedQuestionCard(quiz, question);
  if (phase.name === 'reveal' && phase.question === question) return cardOf(quiz);
  return cardOf({ ...quiz, phase: { name: 'reveal', question } });
}

/** Edits the card of the running round if the card no longer shows the current state of the round. */
function runningStep(quiz: Quiz, shown: Shown, on: string | undefined): readonly RenderStep[] {
  const key = runningKey(quiz);
  if (on === undefined || key === (shown.running || postedKey(quiz))) return [];
  const question = openQuestion(quiz.phase);
  return [
    {
      is: 'running',
      key,
      ...(question !== undefined && { question }),
      do: edit(quiz.channel, on, cardOf(quiz)),
    },
  ];
}

/**
 * The {@link runningKey} that the card of an open question had when it was posted. At that time, nobody had answered
 * and the host had not added time.
 */
const postedKey = (quiz: Quiz): string =>
  quiz.phase.name === 'asking'
    ? runningKey({ ...quiz, answers: [], phase: { name: 'asking', question: quiz.phase.question, opensAt: 0 } })
    : '';

/** Identifies the content of the card of a running round. Two equal keys mean that the card looks the same. */
function runningKey(quiz: Quiz): string {
  const { phase, players, host, questions, hold } = quiz;
  switch (phase.name) {
    case 'lobby':
      return ['lobby', Object.keys(players).length, host, questions.length, phase.endsAt].join(' ');
    case 'asking': {
      const answered = isCrowded(quiz) ? '' : Object.keys(quiz.answers[phase.question] ?? {}).length;
      return ['asking', phase.question, secondsInAll(quiz, phase.question), answered].join(' ');
    }
    default:
      return [phase.name, 'question' in phase ? phase.question : '', hold, quiz.at].join(' ');
  }
}

/**
 * Posts the podium in the channel of the round and, if the round is in a thread, also in the parent channel. After
 * that, the quiz is told that the end of the round has been shown.
 */
function podiumSteps(quiz: Quiz, shown: Shown): readonly RenderStep[] {
  const { parent, channel } = quiz;
  const places = [
    ...(shown.gone ? [] : [{ place: 'round', channel, nonce: 'end' } as const]),
    ...(parent === undefined ? [] : [{ place: 'parent', channel: parent, nonce: 'up' } as const]),
  ];
  const open =
    isSilentEnd(quiz) || shown.refused > 0 ? [] : places.filter(({ place }) => !shown.podium.includes(place));
  if (open.length > 0)
    return open.map((one) => ({
      is: 'podium',
      place: one.place,
      do: shown.plainPodium
        ? post(quiz, one.channel, plainPodiumCard(quiz), `${one.nonce} plain`)
        : post(quiz, one.channel, cardOf(quiz), one.nonce),
    }));
  return [...toldHost(quiz, shown), { is: 'finished', do: { is: 'nothing' } }];
}

/** Announces that the bot is back after a restart. The round continues at the timestamp of this message. */
function resumingStep(quiz: Quiz, shown: Shown, now: number): RenderStep {
  const note = resumedCard(quiz);
  const showing = { is: 'resuming', channel: quiz.channel } as const;
  const isAway = now - Math.max(quiz.at, shown.resuming ?? 0) > timing.longestOutage;
  if (!note || isAway) return { ...showing, do: { is: 'nothing' } };
  // If the round is shown in a single message, the announcement replaces the card of the open question. Members need
  // the buttons of this card, so the card is added below the announcement.
  const card =
    quiz.shownIn === 'reply' && quiz.phase.name !== 'halted'
      ? message(
          ...note.components,
          ...cardOf(step(quiz, { type: 'resumed', at: now, downSince: shown.resuming ?? quiz.at }).quiz).components,
        )
      : note;
  return { ...showing, do: noteRequest(quiz, shown, now, card, 'b') };
}

function stoppingStep(quiz: Quiz, shown: Shown, now: number): readonly RenderStep[] {
  if (!shown.stopping || quiz.phase.name === 'ended' || shown.refused > 0) return [];
  const request = noteRequest(quiz, shown, now, stoppingCard(quiz), 's');
  return [{ is: 'stopping', do: request }];
}

/**
 * Announces that the bot is about to stop or is back after a restart. Edits the latest such announcement if it is in
 * the channel of the round and younger than ten minutes. Otherwise posts a new message. If the round is shown in a
 * single message, always posts. The post replaces the content of this single message.
 */
function noteRequest(quiz: Quiz, { note }: Shown, now: number, card: Message, mark: string): RenderStep['do'] {
  return note && note.channel === quiz.channel && now - note.at < noteReused && quiz.shownIn === 'channel'
    ? edit(quiz.channel, note.message, card)
    : post(quiz, quiz.channel, card, `${mark}${lastDigits(quiz.at)}`);
}

const post = ({ id }: Quiz, channel: string, card: Message, nonce: string): RenderStep['do'] => ({
  is: 'post',
  channel,
  card,
  nonce: `${id}:${nonce}`,
});

const edit = (channel: string, id: string, card: Message): RenderStep['do'] => ({
  is: 'edit',
  channel,
  message: id,
  card,
});

const cardOf = (quiz: Quiz): Message => roundCard(quiz) ?? notice(quizWords.closedQuestion);

/** Whether the round has ended and needs no podium: the podium was posted already, or the round ends without one. */
const isSilentEnd = ({ phase }: Quiz): boolean =>
  phase.name === 'ended' && (phase.shown || phase.why === 'cancelled' || phase.why === 'refused');

const isCancelled = ({ phase }: Quiz): boolean => phase.name === 'ended' && phase.why === 'cancelled';

/** The last eight digits of a timestamp. They distinguish the announcements of one round and fit into a nonce. */
const lastDigits = (at: number): string => String(at).slice(-8);
