/**
 * The forms with which members report an item, and with which managers correct a question or change the server's note
 * on an entry. An item is a question or an entry.
 */
import { readYear } from '../../core/questions/answers.ts';
import type { MendForm } from '../../core/reports/mend-question.ts';
import { mendLimits } from '../../core/reports/mend-question.ts';
import { type MistakeKind, mistakeKinds } from '../../core/reports/reported-items.ts';
import { customId } from '../command.ts';
import { limits } from '../limits.ts';
import { shorten } from '../message/escape-markdown.ts';
import { textDisplay } from '../message/message-components.ts';
import {
  type Label,
  type Modal,
  modal,
  type ModalFields,
  selectField,
  textAreaField,
  textInputField,
} from '../message/modal-fields.ts';
import { reportWords } from '../words/report-words.ts';
import { itemId } from './report-button.ts';
import type { ItemName, NoteForm, ReviewedItem } from './reports.ts';

/** Maximum length of a report in characters. */
export const longestReport = 200;

/** @param found the item. Undefined if the server now uses another pack */
export const reportForm = (item: ItemName, found: ReviewedItem | undefined): Modal =>
  modal(
    reportWords.title,
    customId('pack', 'reported', ...itemId(item)),
    ...(found?.title === undefined ? [] : [textDisplay(reportWords.about(found.title))]),
    selectField(
      reportWords.mistakeField,
      'mistake',
      mistakeKinds
        // The mistake `several` is about the answers of a question. An entry has no answers.
        .filter((value) => item.kind === 'question' || value !== 'several')
        .map((value) => ({ value, label: reportWords.mistakes[value] })),
    ),
    ...answerField(found),
    textAreaField(reportWords.wordsField, 'words', {
      description: reportWords.wordsHow[item.kind],
      maxLength: longestReport,
      isRequired: false,
    }),
    textDisplay(reportWords.whoReads),
  );

/**
 * A menu with the texts of the answers of a question. Without the menu, members might name an answer by its letter. But
 * the same answer has different letters in different rounds. The answers are in alphabetical order, so that the menu
 * does not show which answer is right. Empty for a question without options.
 */
function answerField({ answer, wrong = [] }: Partial<ReviewedItem> = {}): readonly Label[] {
  if (answer === undefined || wrong.length === 0) return [];
  const answers = [...new Set([answer, ...wrong].map((one) => shorten(one, limits.optionLabel)))];
  const options = answers.toSorted((a, b) => a.localeCompare(b)).map((value) => ({ value, label: value }));
  return [selectField(reportWords.answerField, 'answer', options, false)];
}

/** The chosen answer. Undefined if none was chosen. */
export const answerIn = ({ answer }: ModalFields): string | undefined =>
  typeof answer === 'string' && answer !== '' ? answer.slice(0, limits.optionLabel) : undefined;

/** The chosen mistake. Undefined if none was chosen. */
export const mistakeIn = ({ mistake }: ModalFields): MistakeKind | undefined =>
  mistakeKinds.find((one) => one === mistake);

/** The form for correcting a question, or the form for the server's note on an entry. */
export const mendModal = (item: ItemName, form: MendForm | NoteForm): Modal =>
  'note' in form ? noteModal(item, form) : questionModal(item, form);

const noteModal = (item: ItemName, { note, title }: NoteForm): Modal =>
  modal(
    reportWords.noteTitle,
    customId('pack', 'mended', ...itemId(item)),
    ...(title === undefined ? [] : [textDisplay(reportWords.about(title))]),
    textDisplay(reportWords.noteWhat),
    textAreaField(reportWords.noteField, 'note', {
      description: note === '' ? reportWords.noteHow : reportWords.noteHowAgain,
      value: note.slice(0, mendLimits.note),
      maxLength: mendLimits.note,
      // An empty text removes the note, so it is allowed only if there is a note.
      isRequired: note === '',
    }),
  );

const questionModal = (item: ItemName, { ask, answer, wrong, explanation, difficulty }: MendForm): Modal => {
  const { fields, wrongHow, difficultyHow } = reportWords;
  return modal(
    reportWords.mendTitle,
    customId('pack', 'mended', ...itemId(item)),
    textAreaField(fields.ask, 'ask', { value: ask.slice(0, mendLimits.ask), maxLength: mendLimits.ask }),
    textInputField(fields.answer, 'answer', {
      value: answer.slice(0, mendLimits.option),
      maxLength: mendLimits.option,
    }),
    textAreaField(fields.wrong, 'wrong', {
      description: wrongHow,
      value: wrong.slice(0, maxWrongText),
      maxLength: maxWrongText,
      // A typed-year question needs no wrong answers. All other questions need them.
      isRequired: readYear(answer) === undefined,
    }),
    textAreaField(fields.explanation, 'explanation', {
      value: explanation.slice(0, mendLimits.explanation),
      maxLength: mendLimits.explanation,
    }),
    textInputField(fields.difficulty, 'difficulty', {
      description: difficultyHow,
      value: difficulty.slice(0, 10),
      maxLength: 10,
    }),
  );
};

/**
 * Maximum length of the text with the wrong answers. It is long enough for six wrong answers, each with a line break,
 * although only five are allowed. Then a member who writes six gets an explanation of the mistake.
 */
const maxWrongText = 6 * (mendLimits.option + 1);

export const mendFormIn = ({ kind }: ItemName, fields: ModalFields): MendForm | NoteForm => {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  if (kind === 'entry') return { note: text('note') };
  return {
    ask: text('ask'),
    answer: text('answer'),
    wrong: text('wrong'),
    explanation: text('explanation'),
    difficulty: text('difficulty'),
  };
};
