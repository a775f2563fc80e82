/** Lists the questions that a member missed in a round. The list is divided into pages. */
import type { Quiz } from '../../core/quiz/round.ts';
import { missedBy, shownQuestions } from '../../core/quiz/shown-questions.ts';
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
  selectRow,
  textDisplay,
} from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { findRound } from './finished-round.ts';
import { accents, answerLabel } from './round-parts.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

/** Maximum number of questions on a page, so that the page stays within the text length of a message. */
export const questionsPerPage = 8;

/**
 * Shows the first {@link questionsPerPage} of the missed questions with these indexes. Each has its text, the right
 * answer, and the member's answer. A select menu opens the entry of one of the questions. A button beside each question
 * would leave too little space for the text on a phone.
 */
export function missedQuestions(quiz: Quiz, user: string, indexes: readonly number[]): Container['components'] {
  const shown = indexes.slice(0, questionsPerPage).flatMap((index) => {
    const question = quiz.questions[index];
    return question ? [{ question, index }] : [];
  });
  const texts = shown.map(({ question, index }, at) => {
    const mine = quiz.answers[index]?.[user];
    const right = question.options[question.right] ?? String(question.right);
    const said = mine ? (question.options[mine.option] ?? answerLabel(question, mine.option)) : undefined;
    const answered = said === undefined ? quizWords.notAnswered : quizWords.yourAnswer(said);
    const repeated = isRightInRepeat(quiz, user, index) ? `\n-# ${quizWords.rightInRepeat}` : '';
    const number = shown.length > 1 ? `${at + 1}. ` : '';
    const content = `**${number}${escapeMarkdown(question.ask)}**\n${quizWords.rightAnswer(escapePart(right))}\n-# ${answered}${repeated}`;
    return textDisplay(content);
  });
  // The values of a menu must be different. Therefore an entry is in the menu only once, even if several of the
  // questions are about it.
  const about = new Map(
    shown.flatMap(({ question }, at): [string, string][] => {
      const [entry] = question.about;
      return entry === undefined ? [] : [[entry, `${at + 1}. ${question.ask}`]];
    }),
  );
  const options = [...about].map(([value, label]) => ({ label: cleanInline(label, limits.optionLabel), value }));
  const menu = selectRow(customId('fact', 'open', ...inPack(quiz.pack)), quizWords.readAbout, options);
  return [...texts, ...(options.length > 0 ? [menu] : [])];
}

/** Whether the question with this index was repeated and then answered right. */
function isRightInRepeat({ questions, answers }: Quiz, user: string, index: number): boolean {
  const repeat = questions.findIndex(({ id }, at) => at > index && id === questions[index]?.id);
  return repeat !== -1 && answers[repeat]?.[user]?.option === questions[repeat]?.right;
}

/**
 * One page of the missed questions. `from` is the position of the page's first question in the list of missed
 * questions. Each question has a button that shows the card of its entry.
 */
export function missedQuestionsCard(quiz: Quiz, user: string, from: number): Message {
  if (!Object.hasOwn(quiz.players, user)) return message(textDisplay(quizWords.notPlayed));
  if (shownQuestions(quiz).length === 0) return message(textDisplay(quizWords.noneCounted));
  const missed = missedBy(quiz, user);
  if (missed.length === 0) return message(textDisplay(quizWords.noMisses));
  const shown = missed.slice(from, from + questionsPerPage);
  const left = missed.length - from - shown.length;
  const parts = missedQuestions(quiz, user, shown);
  const channel = quiz.parent ?? quiz.channel;
  const more = button(quizWords.more(left), customId('quiz', 'misses', quiz.id, channel, from + shown.length));
  return message(
    container(
      [textDisplay(`## ${quizWords.yourMisses(missed.length)}`), ...parts, ...(left > 0 ? [actionRow(more)] : [])],
      accents.over,
    ),
  );
}

/**
 * The questions that this member missed. `channel` is the channel under which the round is stored. The first page is
 * sent as a new message. Each later page replaces the previous page.
 */
export async function showMissedQuestions(
  id: string,
  channel: string,
  from: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const quiz = await findRound(id, context, channel);
  if (!quiz) return ephemeralNotice(quizWords.notKept);
  return {
    message: missedQuestionsCard(quiz, context.who.id, from),
    ephemeral: true,
    ...(from > 0 && { replace: true }),
  };
}
