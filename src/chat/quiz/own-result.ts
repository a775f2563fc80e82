/** The card with a player's own result in a group round. Only this player sees the card. */
import type { Quiz } from '../../core/quiz/quiz.ts';
import { answerBy, cutShortQuestion } from '../../core/quiz/round.ts';
import { missedBy, shownQuestions } from '../../core/quiz/shown-questions.ts';
import { hasPoints, type PlayerTally, talliesOf } from '../../core/quiz/tallies.ts';
import { customId } from '../command.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { actionRow, button, container, type Message, message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import { pluralize } from '../words/labels.ts';
import { findRound } from './finished-round.ts';
import { questionList, reducedLines } from './reduced-points.ts';
import { accents, answerLabel } from './round-parts.ts';

/**
 * The card shows the player's rank and points, and lists which questions the player answered right, answered wrong or
 * did not answer. If the player missed questions, a button shows the missed questions.
 */
export function ownResultCard(quiz: Quiz, user: string): Message {
  const tallies = talliesOf(quiz);
  const mine = tallies.find((tally) => tally.user === user);
  if (!mine) return message(textDisplay(noResultText(quiz, user)));
  const { right, answered } = mine;
  const misses = customId('quiz', 'misses', quiz.id, quiz.parent ?? quiz.channel, 0);
  return message(
    container(
      [
        textDisplay(
          [
            `## ${quizWords.yourResult}`,
            `${placeText(mine, tallies)}${right} of ${answered} right`,
            `-# ${marks(quiz, user).join(' · ')}`,
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
 * The player's rank and points. If nobody has points, the text says so and gives no rank, because all players would
 * share the first place.
 */
function placeText({ place, points }: PlayerTally, tallies: readonly PlayerTally[]): string {
  if (!hasPoints(tallies)) return `${quizWords.nobodyScored} `;
  const isShared = tallies.filter((tally) => tally.place === place).length > 1;
  return `${quizWords.place(place, tallies.length, isShared)} · ${pluralize(points, 'point')} · `;
}

/**
 * Lists the questions that the player answered right, answered wrong or did not answer, and those that do not count.
 */
function marks(quiz: Quiz, user: string): readonly string[] {
  const cutShort = cutShortQuestion(quiz);
  const shown = shownQuestions(quiz);
  const isRight = (index: number) => answerBy(quiz, index, user)?.option === quiz.questions[index]?.right;
  const isAnswered = (index: number) => answerBy(quiz, index, user) !== undefined;
  const lists: Readonly<Record<keyof typeof quizWords.marks, readonly number[]>> = {
    right: shown.filter(isRight),
    wrong: shown.filter((index) => isAnswered(index) && !isRight(index)),
    unanswered: shown.filter((index) => !isAnswered(index)),
    skipped: quiz.void.filter((index) => index !== cutShort),
    cutShort: cutShort === undefined ? [] : [cutShort],
  };
  const kinds = ['right', 'wrong', 'unanswered', 'skipped', 'cutShort'] as const;
  return kinds.flatMap((kind) => (lists[kind].length > 0 ? [quizWords.marks[kind](questionList(lists[kind]))] : []));
}

/**
 * Says why a member has no result: the member did not play, did not answer, or answered only questions that do not
 * count.
 */
function noResultText(quiz: Quiz, user: string): string {
  const { phase, players, questions } = quiz;
  if (!Object.hasOwn(players, user)) return quizWords.notPlayed;
  const cutShort = cutShortQuestion(quiz);
  const reasons = quiz.void.flatMap((index) => {
    const given = answerBy(quiz, index, user);
    const why = index === cutShort ? 'cutShort' : 'skipped';
    return given ? [quizWords.notCounted[why](index + 1, answerLabel(questions[index], given.option))] : [];
  });
  if (reasons.length === 0) return quizWords.playedWithoutAnswer;
  return [...(phase.name === 'ended' ? [quizWords.ended(phase.why)] : []), ...reasons].join(' ');
}

/** Handles the button "My result" of the podium. `channel` is the channel under which the round is stored. */
export async function showOwnResult(id: string, channel: string, context: CommandContext): Promise<MessageResponse> {
  const quiz = await findRound(id, context, channel);
  return quiz ? { message: ownResultCard(quiz, context.who.id), ephemeral: true } : ephemeralNotice(quizWords.notKept);
}
