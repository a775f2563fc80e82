/** Parts that several cards of a round use: colours, buttons, and the names of questions, answers and players. */
import type { Question } from '../../core/questions/question.ts';
import type { Quiz } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { directionMark, escapeInline, escapePart } from '../message/escape-markdown.ts';
import { button, buttonStyle } from '../message/message-components.ts';
import { quizWords } from '../words/quiz-words.ts';
import { optionLetter } from '../words/labels.ts';

export const accents = {
  lobby: 0x5b6ee1,
  asking: 0xd9a441,
  right: 0x3f9d63,
  missed: 0xc0504d,
  over: 0x7a7f87,
} as const;

export const joinButton = ({ id }: Quiz) => button('Join', customId('quiz', 'join', id), buttonStyle.primary);

/**
 * The button "Join", but only for a round that is shown in a single message. Such a round can continue only while
 * members press buttons, so each of its cards needs a button.
 */
export const joinButtonInOneMessage = (quiz: Quiz) => (quiz.shownIn === 'reply' ? [joinButton(quiz)] : []);

export const controlsButton = ({ id }: Quiz) => button(quizWords.controls, customId('quiz', 'controls', id));

/** The escaped names of at most ten players, followed by the number of the other players. */
export function playerNames(quiz: Quiz, users: readonly string[] = Object.keys(quiz.players)): string {
  const shown = users.slice(0, maxNames).map((user) => escapeInline(playerName(quiz, user), 32));
  const rest = users.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

export const difficultyLabels = { 1: 'easy', 2: 'medium', 3: 'hard' } as const;

/** Maximum number of names in a list. If there are more players, the list ends with a text such as "and 5 more". */
export const maxNames = 10;

/**
 * An option with its letter: `**A** Option`. If the question is written from right to left, the line has the same
 * direction, so that the letter comes first for its readers, too.
 */
export function letteredOption({ ask, options }: Question, slot: number): string {
  const mark = directionMark(ask);
  return `${mark}**${optionLetter(slot)}**${mark} ${escapePart(options[slot] ?? '')}`;
}

/** An answer as members see it: the letter of an option, True or False, or a year. */
export function answerLabel(question: Question | undefined, option: number): string {
  if (question?.kind === 'closest-year') return String(option);
  if (question?.kind === 'true-false') return question.options[option] ?? optionLetter(option);
  return optionLetter(option);
}

/**
 * The number of a question, such as "Question 3 of 10". For a repeated question: "Once more, what you missed: 1 of 2".
 */
export function questionNumber({ questions, repeats }: Quiz, index: number): string {
  const first = questions.length - repeats;
  return index < first
    ? `Question ${index + 1} of ${first}`
    : `Once more, what you missed: ${index - first + 1} of ${repeats}`;
}

/** The name of a player, not escaped. */
export const playerName = ({ players }: Quiz, user: string): string => players[user]?.name || quizWords.deletedPlayer;

export const relativeTime = (at: number) => `<t:${Math.round(at / 1_000)}:R>`;
