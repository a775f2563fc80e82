/** A question that can be answered, and one that was closed early. Absent: the right answer, which only the reveal shows. */
import type { Question } from '../../core/questions/question.ts';
import { type Quiz, answerTime, answersTo } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import {
  button,
  container,
  type Container,
  message,
  type Message,
  row,
  section,
  text,
} from '../message/message-components.ts';
import { type Modal, modal, textField } from '../message/modal-fields.ts';
import { endCard } from './end-card.ts';
import { accents, controls, difficultyInWords, inSeconds, placeOf } from './round-parts.ts';
import { letter, words } from '../words.ts';

/** A question that was cut short: without buttons, and without its answer, so that it can be asked again. */
export function questionOver(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  return message(
    container([asked(quiz, index, question), ...choicesOver(question), text(words.cutShort)], accents.over),
  );
}

export function questionCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const buttons =
    quiz.mode === 'solo'
      ? [button('End', customId('quiz', 'end', quiz.id))]
      : quiz.pace === 'host'
        ? [controls(quiz)]
        : [];
  return message(
    container(
      [
        ...(quiz.phase.name === 'asking' && quiz.phase.lostAt !== undefined ? [text(words.removedOnce)] : []),
        asked(quiz, index, question),
        ...choices(quiz, index, question),
        text(closingLine(quiz, index)),
        ...(buttons.length > 0 ? [row(...buttons)] : []),
      ],
      accents.asking,
    ),
  );
}

export function closingLine(quiz: Quiz, index: number): string {
  const { phase } = quiz;
  const closesAt = phase.name === 'asking' ? phase.closesAt : undefined;
  const all = `${Math.round(answerTime(quiz, index) / 1_000)} seconds`;
  if (quiz.mode === 'solo')
    return closesAt === undefined ? words.noClock : `Closes ${inSeconds(closesAt)} (${all} in all)`;
  if (closesAt === undefined) return `You have ${all} · answers are private`;
  const answered = Object.keys(answersTo(quiz, index)).length;
  return `Closes ${inSeconds(closesAt)} (${all} in all) · ${answered} answered`;
}

export type Part = Container['components'][number];

/** Longest thing to type that is read at all; it is answered in words, so it may be more than a year. */
export const longestYear = 20;

/** "Question 3 of 10 · hard" and what is asked. */
export function asked(quiz: Quiz, index: number, question: Question): Part {
  return text(
    `-# ${placeOf(quiz, index)} · ${difficultyInWords[question.difficulty]}\n### ${escapeMarkdown(question.ask)}`,
  );
}

/** What to press, each in full. */
export function choices(quiz: Quiz, index: number, question: Question): readonly Part[] {
  const answer = (label: string, slot: number) => button(label, customId('quiz', 'answer', quiz.id, index, slot));
  switch (question.kind) {
    case 'true-false':
      return [row(...question.options.map(answer))];
    case 'closest-year':
      return [text(words.yearHint), row(button(words.typeYear, customId('quiz', 'type', quiz.id, index)))];
    default:
      return question.options.map((option, slot) =>
        section(`**${letter(slot)}** ${escapeMarkdown(option)}`, answer(letter(slot), slot)),
      );
  }
}

/** The form behind the button of a year. */
export function yearForm(id: string, index: number): Modal {
  const field = textField(words.yearField, 'year', {
    description: words.yearHint,
    placeholder: '1987',
    most: longestYear,
  });
  return modal(words.typeYear, customId('quiz', 'year', id, index), field);
}

/** The same choices with nothing to press; none of a year. */
export function choicesOver(question: Question): readonly Part[] {
  const lines = question.options.map((option, slot) =>
    question.kind === 'true-false' ? escapeMarkdown(option) : `**${letter(slot)}** ${escapeMarkdown(option)}`,
  );
  return lines.length === 0 ? [] : [text(lines.join('\n'))];
}
