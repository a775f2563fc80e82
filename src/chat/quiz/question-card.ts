/**
 * The card of a question, while it is open or after it was interrupted. The card never shows the right answer, which
 * appears only on the reveal card.
 */
import type { Question } from '../../core/questions/question.ts';
import { type Quiz, answerTime, answersTo } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { limits } from '../limits.ts';
import { cleanInline, escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import {
  actionRow,
  button,
  container,
  type Container,
  type Message,
  message,
  section,
  textDisplay,
} from '../message/message-components.ts';
import { modal, type Modal, textInputField } from '../message/modal-fields.ts';
import { endCard } from './end-card.ts';
import { accents, controlsButton, difficultyLabels, letteredOption, questionNumber } from './round-parts.ts';
import { quizWords } from '../words/quiz-words.ts';
import { optionLetter } from '../words/labels.ts';

/**
 * The card of an interrupted question. It has no buttons and does not show the answer, so the question can be asked
 * again in another round.
 */
export function closedQuestionCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  return message(
    container(
      [questionHeading(quiz, index, question), ...closedChoices(question), textDisplay(quizWords.cutShort)],
      accents.over,
    ),
  );
}

export function questionCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const time = timeLine(quiz, index);
  const buttons =
    quiz.mode === 'solo'
      ? [button(quizWords.end, customId('quiz', 'end', quiz.id))]
      : quiz.pace === 'host'
        ? [controlsButton(quiz)]
        : [];
  return message(
    container(
      [
        ...(quiz.phase.name === 'asking' && quiz.phase.lostAt !== undefined
          ? [textDisplay(quizWords.removedOnce)]
          : []),
        questionHeading(quiz, index, question),
        ...openChoices(quiz, index, question),
        ...(time === undefined ? [] : [textDisplay(time)]),
        ...(buttons.length > 0 ? [actionRow(...buttons)] : []),
      ],
      accents.asking,
    ),
  );
}

/**
 * The line with the answer time. On the first question of a solo round, the line also says that the first answer is
 * final and that answers count on leaderboards. Later questions of a solo round without a time limit have no such line.
 *
 * The line contains no Discord timestamp of the closing time, because the bot knows this time only after the message
 * was posted.
 */
function timeLine(quiz: Quiz, index: number): string | undefined {
  const all = `You have ${secondsInAll(quiz, index)} seconds`;
  if (quiz.mode === 'solo') {
    const isTimed = quiz.clock !== undefined;
    if (index > 0) return isTimed ? `${all}.` : undefined;
    const time = isTimed ? `${all}. ${quizWords.timeByLength}` : quizWords.noClock;
    return `${time} ${quizWords.firstIsFinal}\n-# ${quizWords.soloCounts}`;
  }
  const answered = isCrowded(quiz) ? 0 : Object.keys(answersTo(quiz, index)).length;
  return `${all} · answers are private · ${whatCounts(quiz)}${answered === 0 ? '' : ` · ${answered} answered`}`;
}

function whatCounts({ style, changes }: Quiz): string {
  if (style === 'first') return quizWords.raceCounts;
  return changes ? quizWords.lastCounts : quizWords.firstCounts;
}

/** The number of seconds for which a question is open, including the time that the host has added. */
export function secondsInAll(quiz: Quiz, index: number): number {
  const { phase } = quiz;
  const open = phase.name === 'asking' && phase.closesAt !== undefined ? phase.closesAt - phase.opensAt : 0;
  return Math.round(Math.max(answerTime(quiz, index), open) / 1_000);
}

/** If a round has more players than this, the number of answers is not shown while a question is open. */
const maxCountedPlayers = 50;

export const isCrowded = ({ players }: Quiz): boolean => Object.keys(players).length > maxCountedPlayers;

export type CardComponent = Container['components'][number];

/**
 * Maximum length of the text in the year field. It is longer than a year, so members can submit other texts and then
 * get an explanation.
 */
const maxYearLength = 20;

/** The question below a heading such as "Question 3 of 10 · hard". */
export function questionHeading(quiz: Quiz, index: number, question: Question): CardComponent {
  return textDisplay(
    `-# ${questionNumber(quiz, index)} · ${difficultyLabels[question.difficulty]}\n### ${escapeMarkdown(question.ask)}`,
  );
}

/** The options of an open question, each with a button. A typed-year question has one button, which opens a modal. */
function openChoices(quiz: Quiz, index: number, question: Question): readonly CardComponent[] {
  const answer = (label: string, slot: number) =>
    button(cleanInline(label, limits.buttonLabel), customId('quiz', 'answer', quiz.id, index, slot));
  switch (question.kind) {
    case 'true-false':
      return [actionRow(...question.options.map(answer))];
    case 'closest-year':
      return [
        textDisplay(quizWords.yearHint),
        actionRow(button(quizWords.typeYear, customId('quiz', 'type', quiz.id, index))),
      ];
    default:
      return question.options.map((_, slot) =>
        section(letteredOption(question, slot), answer(optionLetter(slot), slot)),
      );
  }
}

/** The modal in which a member types a year. */
export function yearModal(id: string, index: number): Modal {
  const field = textInputField(quizWords.yearField, 'year', {
    description: quizWords.yearHint,
    placeholder: 'such as 1987',
    maxLength: maxYearLength,
  });
  return modal(quizWords.typeYear, customId('quiz', 'year', id, index), field);
}

/** The options without buttons. Empty for a typed-year question. */
function closedChoices(question: Question): readonly CardComponent[] {
  const lines = question.options.map((option, slot) =>
    question.kind === 'true-false' ? escapePart(option) : letteredOption(question, slot),
  );
  return lines.length === 0 ? [] : [textDisplay(lines.join('\n'))];
}
