/**
 * The card of a round in each phase. The card depends only on the state of the quiz, so the same card can be shown
 * after a restart. The right answer is shown only after a question has closed.
 */
import { timeLeftAfterRestart } from '../../core/quiz/outages.ts';
import type { Quiz } from '../../core/quiz/round.ts';
import { actionRow, container, type Message, message, textDisplay } from '../message/message-components.ts';
import { endCard } from './end-card.ts';
import { lobbyCard } from './lobby-card.ts';
import { questionCard } from './question-card.ts';
import { revealCard } from './reveal-card.ts';
import { accents, controlsButton, joinButton, joinButtonInOneMessage } from './round-parts.ts';
import { quizWords } from '../words/quiz-words.ts';

/** The card for the current phase of the round. Undefined if this phase has no card. */
export function roundCard(quiz: Quiz): Message | undefined {
  switch (quiz.phase.name) {
    case 'lobby':
      return lobbyCard(quiz, quiz.phase.endsAt);
    case 'posting':
    case 'asking':
      return questionCard(quiz, quiz.phase.question);
    case 'reveal':
      return revealCard(quiz, quiz.phase.question);
    case 'halted':
      return pausedCard(quiz, quiz.phase.by);
    case 'ended':
      return endCard(quiz);
    case 'paused':
      return quiz.shownIn === 'reply'
        ? message(textDisplay(quizWords.waiting), actionRow(joinButton(quiz)))
        : undefined;
  }
}

/** The announcement that a group round continues after a restart. Undefined if the phase needs no such message. */
export function resumedCard(quiz: Quiz): Message | undefined {
  const { mode, phase } = quiz;
  if (mode === 'solo') return undefined;
  if (phase.name === 'lobby') return message(textDisplay(quizWords.backInLobby));
  if (phase.name === 'halted' && phase.by === 'restart')
    return message(textDisplay(quizWords.backNext(phase.question + 1)));
  const left = timeLeftAfterRestart(quiz);
  return phase.name === 'asking' && left !== undefined
    ? message(textDisplay(quizWords.backAgain(phase.question + 1, quizWords.timeLeft(left))))
    : undefined;
}

/** The announcement that the bot is about to stop. */
export const stoppingCard = (quiz: Quiz): Message =>
  quiz.shownIn === 'reply'
    ? message(textDisplay(quizWords.backSoonHere), actionRow(joinButton(quiz)))
    : message(textDisplay(quizWords.backSoon));

function pausedCard(quiz: Quiz, by: 'host' | 'restart'): Message {
  if (by === 'restart') return stoppingCard(quiz);
  const end = quiz.shownIn === 'reply' ? quizWords.haltedHere : undefined;
  return message(
    container(
      [textDisplay(quizWords.halted(quiz.host, end)), actionRow(controlsButton(quiz), ...joinButtonInOneMessage(quiz))],
      accents.over,
    ),
  );
}
