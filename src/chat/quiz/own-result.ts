/** The card with a player's own result in a group round. Only this player sees the card. */
import type { Quiz } from '../../core/quiz/quiz.ts';
import { missedBy, shownQuestions } from '../../core/quiz/shown-questions.ts';
import { hasPoints, type PlayerTally, talliesOf } from '../../core/quiz/tallies.ts';
import { customId } from '../command.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { actionRow, button, container, type Message, message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import { pluralize } from '../words/labels.ts';
import { findRound } from './finished-round.ts';
import { reducedLines } from './reduced-points.ts';
import { accents } from './round-parts.ts';

/**
 * The card shows the player's rank, points, and a mark for each question. If the player missed questions, a button
 * shows the missed questions.
 */
export function ownResultCard(quiz: Quiz, user: string): Message {
  const tallies = talliesOf(quiz);
  const mine = tallies.find((tally) => tally.user === user);
  if (!mine) return message(textDisplay(quizWords.notPlayed));
  const { right, answered } = mine;
  const marks = shownQuestions(quiz).map((index) => `${index + 1} ${markOf(quiz, index, user)}`);
  const misses = customId('quiz', 'misses', quiz.id, quiz.parent ?? quiz.channel, 0);
  return message(
    container(
      [
        textDisplay(
          [
            `## ${quizWords.yourResult}`,
            `${placeText(mine, tallies)}${right} of ${answered} right`,
            quizWords.marks(marks.join(' · ')),
            ...reducedLines(quiz, user),
          ].join('\n'),
        ),
        ...(missedBy(quiz, user).length > 0 ? [actionRow(button(quizWords.reviewMisses, misses))] : []),
      ],
      accents.over,
    ),
  );
}

/**
 * The player's rank and points. If nobody has points, the text says only this, because all players would share the
 * first place.
 */
function placeText({ place, points }: PlayerTally, tallies: readonly PlayerTally[]): string {
  if (!hasPoints(tallies)) return `${quizWords.nobodyScored} `;
  const isShared = tallies.filter((tally) => tally.place === place).length > 1;
  return `${quizWords.place(place, tallies.length, isShared)} · ${pluralize(points, 'point')} · `;
}

function markOf({ answers, questions }: Quiz, index: number, user: string): string {
  const given = answers[index]?.[user];
  if (!given) return '–';
  return given.option === questions[index]?.right ? '✔' : '✘';
}

/** Handles the button "My result" of the podium. `channel` is the channel under which the round is stored. */
export async function showOwnResult(id: string, channel: string, context: CommandContext): Promise<MessageResponse> {
  const quiz = await findRound(id, context, channel);
  return quiz ? { message: ownResultCard(quiz, context.who.id), ephemeral: true } : ephemeralNotice(quizWords.notKept);
}
