/** The card of a group round's lobby. An open lobby has buttons, and a closed lobby has none. */
import { answerTimeRange, type Quiz } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { escapePart } from '../message/escape-markdown.ts';
import { actionRow, button, container, type Message, message, textDisplay } from '../message/message-components.ts';
import { accents, joinButton, playerNames, relativeTime } from './round-parts.ts';
import { quizWords } from '../words/quiz-words.ts';
import { pluralize } from '../words/labels.ts';

export function lobbyCard(quiz: Quiz, endsAt: number): Message {
  const pace = quiz.pace === 'host' ? ` ${quizWords.hostPace}` : '';
  return message(
    container(
      [
        textDisplay(lobbyTitle(quiz)),
        textDisplay(
          `<@${quiz.host}>, the host, invites you to ${pluralize(quiz.questions.length, 'question')}. ${quizWords.lobbyStarts(relativeTime(endsAt))}`,
        ),
        textDisplay(`**Players** ${playerNames(quiz)}`),
        actionRow(
          joinButton(quiz),
          button('Start now', customId('quiz', 'start', quiz.id)),
          button(quizWords.cancelRound, customId('quiz', 'cancel', quiz.id)),
        ),
        textDisplay(
          [
            `- ${secondsEach(quiz)}. ${quiz.changes && quiz.style !== 'first' ? quizWords.mayChange : quizWords.firstIsFinal}${pace}`,
            `- ${quizWords.styles[quiz.style]}`,
            `- ${quizWords.private}`,
          ].join('\n'),
        ),
        textDisplay(
          [
            quizWords.howToJoin,
            ...(quiz.shownIn === 'reply'
              ? []
              : [quizWords.questionsIn(quiz.thread ? 'thread' : 'channel', quiz.pace === 'auto')]),
          ].join(' '),
        ),
      ],
      accents.lobby,
    ),
  );
}

/** Says in words how long the answer time of each question is. */
function secondsEach({ seconds }: Quiz): string {
  if (seconds !== undefined) return quizWords.secondsEach(seconds);
  return quizWords.secondsByLength(answerTimeRange.min / 1_000, answerTimeRange.max / 1_000);
}

const lobbyTitle = ({ topic }: Pick<Quiz, 'topic'>) =>
  `## Quiz round${topic === undefined ? '' : `: ${escapePart(topic)}`}`;

/** The card of a lobby that is closed because the round has started or was cancelled. */
export function closedLobbyCard(quiz: Quiz): Message {
  const isCancelled = quiz.phase.name === 'ended' && quiz.phase.why === 'cancelled';
  const place = quiz.parent === undefined ? '' : ` in <#${quiz.channel}>`;
  const begun = `${pluralize(quiz.questions.length, 'question')}, hosted by <@${quiz.host}>. The round has begun${place}.`;
  return message(
    container(
      [textDisplay(lobbyTitle(quiz)), textDisplay(isCancelled ? quizWords.ended('cancelled') : begun)],
      accents.over,
    ),
  );
}

/** The card of a lobby whose round no longer exists. */
export const goneLobbyCard = (): Message =>
  message(container([textDisplay(lobbyTitle({})), textDisplay(quizWords.roundIsOver)], accents.over));
