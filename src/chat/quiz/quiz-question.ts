/** One question of a round as it is shown: open with what to press, cut short, revealed. What is right shows only in the reveal. */
import type { Question } from '../../core/questions/question.ts';
import { pointsFor } from '../../core/scores/scoring.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { paragraphs } from '../cards/entry-card.ts';
import { customId } from '../command.ts';
import { escapeMarkdown, oneLine } from '../message/escape-markdown.ts';
import { button, type Container, row, section, text } from '../message/message-components.ts';
import { modal, type Modal, textField } from '../message/modal-fields.ts';
import { count, letter, words } from '../words.ts';

type Part = Container['components'][number];

const difficultyInWords = { 1: 'easy', 2: 'medium', 3: 'hard' } as const;
/** Names listed before "and 5 more". */
export const namesShown = 10;
/** Longest thing to type that is read at all; it is answered in words, so it may be more than a year. */
const longestYear = 20;

/** An answer as its member knows it: the letter of the option, True or False, or the year. */
export function answerInWords(question: Question | undefined, option: number): string {
  if (question?.kind === 'closest-year') return String(option);
  if (question?.kind === 'true-false') return question.options[option] ?? letter(option);
  return letter(option);
}

/** "Question 3 of 10", or which of the missed ones it is. */
export function placeOf({ questions, repeats }: Quiz, index: number): string {
  const first = questions.length - repeats;
  return index < first
    ? `Question ${index + 1} of ${first}`
    : `Once more: ${index - first + 1} of ${repeats} you missed`;
}

/** What a player is called on cards. */
export const nameOf = ({ players }: Quiz, user: string): string => players[user]?.name || words.deletedPlayer;

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

/** The right answer among the others, and in a group how many chose each, or who came closest. */
export function revealed(quiz: Quiz, index: number, question: Question): readonly Part[] {
  if (question.kind === 'closest-year') return yearRevealed(quiz, index, question);
  const options = Object.values(quiz.answers[index] ?? {}).map(({ option }) => option);
  const lines = question.options.map((option, slot) => {
    const isRight = slot === question.right;
    const name =
      question.kind === 'true-false'
        ? `**${escapeMarkdown(option)}**`
        : `**${letter(slot)}** ${escapeMarkdown(option)}`;
    const chosen = options.filter((one) => one === slot).length;
    const said = quiz.mode === 'solo' ? '' : `\n-# ${bar(chosen, options.length)}`;
    return `${isRight ? '✔ ' : ''}${name}${isRight ? ' — the right answer' : ''}${said}`;
  });
  return [text(lines.join('\n'))];
}

function yearRevealed(quiz: Quiz, index: number, question: Question): readonly Part[] {
  const right = text(`✔ **${question.right}** — the right answer`);
  const answers = Object.entries(quiz.answers[index] ?? {});
  if (quiz.mode === 'solo' || answers.length === 0) return [right];
  const off = (option: number) => Math.abs(option - question.right);
  const nearest = answers.toSorted(([, a], [, b]) => off(a.option) - off(b.option) || a.at - b.at);
  const lines = nearest.slice(0, namesShown).map(([user, { option }]) => {
    const name = oneLine(nameOf(quiz, user), 32);
    const far = off(option) === 0 ? 'exact' : `${count(off(option), 'year')} off`;
    return `${name}: ${option}, ${far} · ${count(pointsFor(question, option), 'point')}`;
  });
  if (nearest.length > namesShown) lines.push(`and ${nearest.length - namesShown} more`);
  return [right, text(`**Closest answers**\n${lines.join('\n')}`)];
}

/** How a solo player did. */
export function verdict(quiz: Quiz, index: number, question: Question): string {
  const mine = quiz.answers[index]?.[quiz.host];
  if (mine === undefined) return 'No answer.';
  const said = answerInWords(question, mine.option);
  if (mine.option === question.right) return `Right: ${said}.`;
  if (question.kind !== 'closest-year') return `Not this time: you said ${said}.`;
  const off = count(Math.abs(mine.option - question.right), 'year');
  return `You said ${said}: ${off} off, ${count(pointsFor(question, mine.option), 'point')}.`;
}

/** What it teaches: the explanation, who says so, where, and what the record says. */
export function explanation(question: Question): string {
  const notes = question.notes.map(({ text: said, sources }) => {
    const [first] = sources;
    const link = first ? ` ([${escapeMarkdown(first.title)}](<${first.url}>))` : ' (the editor’s own reading)';
    return `**Editor’s note** ${escapeMarkdown(said)}${link}`;
  });
  return [
    escapeMarkdown(question.explanation),
    `-# ${escapeMarkdown(question.label)} · ${paragraphs(question.paragraphs)} of the article`,
    ...notes,
  ].join('\n');
}

function bar(chosen: number, all: number): string {
  const share = all === 0 ? 0 : chosen / all;
  return `${'█'.repeat(Math.round(share * 10)) || '·'} ${chosen} (${Math.round(share * 100)} %)`;
}
