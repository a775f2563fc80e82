/**
 * Reads the form in which a manager of a server corrects a question, and applies the correction to the question from
 * the pack. The label of a corrected question names neither the article nor the pack, because the wording comes from
 * the server.
 */
import type { z } from 'zod';
import { readYear } from '../questions/answers.ts';
import { displayOrder } from '../questions/bank.ts';
import { failedFormChecks } from '../questions/checks.ts';
import { seedOf } from '../dice.ts';
import { type PackIndex, optionFrom } from '../questions/question-candidate.ts';
import { type Question, type QuestionKind, answerOf } from '../questions/question.ts';
import { maxOptionLength, questionText } from '../questions/question-schema.ts';
import { normaliseText } from '../questions/text-comparison.ts';
import { questionVersion } from './question-sums.ts';
import type { Mend } from './reported-items.ts';

/** Maximum lengths of the texts, in characters. All limits except the limit for notes are the same as in packs. */
export const mendLimits = { ask: 320, option: maxOptionLength, explanation: 500, note: 300 } as const;

/** The form as the manager filled it in. `wrong` has one wrong answer on each line. */
export interface MendForm {
  readonly ask: string;
  readonly answer: string;
  readonly wrong: string;
  readonly explanation: string;
  readonly difficulty: string;
}

/**
 * The values of the fields `voice` and `label` in every corrected question. In other questions, these fields say who
 * makes the statement that the question is about.
 */
const voice = 'mended';
const mendedLabel = 'mended by this server';

/** A question, and additional wrong answers that a round may show instead of the wrong answers in `options`. */
export interface MendedQuestion {
  readonly question: Question;
  readonly spares: readonly string[];
}

/** Fills in a form with the texts of a question. `spares` are additional wrong answers. */
export function mendFormOf(question: Question, spares: readonly string[] = []): MendForm {
  const wrong = [...question.options.filter((_, index) => index !== question.right), ...spares];
  return {
    ask: question.ask,
    answer: answerOf(question),
    wrong: wrong.slice(0, 5).join('\n'),
    explanation: question.explanation,
    difficulty: String(question.difficulty),
  };
}

/**
 * Reads the form with a corrected question. `original` is the same question in the wording of the pack. If the form has
 * mistakes, returns one sentence for each mistake.
 */
export function readMend(
  form: MendForm,
  original: Question,
  packIndex: PackIndex,
): { readonly problems: readonly string[] } | { readonly mend: Mend } {
  const problems: string[] = [];
  const read = (field: string, schema: z.ZodType<string>, text: string): string => {
    const result = schema.safeParse(text);
    if (!result.success) problems.push(...result.error.issues.map(({ message }) => `${field}: ${message}.`));
    return result.data ?? '';
  };
  const ask = read('Question', questionText(mendLimits.ask), form.ask);
  const answer = read('Right answer', questionText(mendLimits.option), form.answer);
  const explanation = read('Explanation', questionText(mendLimits.explanation), form.explanation);
  const wrong = form.wrong
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => read(`Wrong answer ${index + 1}`, questionText(mendLimits.option), line));
  const difficulty = ([1, 2, 3] as const).find((level) => String(level) === form.difficulty.trim());
  if (difficulty === undefined) problems.push('Difficulty: write 1 (easy), 2 (medium) or 3 (hard).');
  if (problems.length > 0 || difficulty === undefined) return { problems };
  const mend: Mend = { ask, answer, wrong, explanation, difficulty, of: questionVersion(original) };
  const kind = kindOf(mend, original);
  const failed = isTrueOrFalse(mend) ? [] : failedFormChecks(candidateOf(mend, kind, original, packIndex), packIndex);
  return failed.length > 0 ? { problems: [...new Set(failed.map(({ problem }) => sentenceOf(problem)))] } : { mend };
}

/**
 * Checks the note that a server wants to add to an entry. Returns one sentence for each mistake. An empty note has no
 * mistakes.
 */
export function noteProblems(note: string): readonly string[] {
  const read = questionText(mendLimits.note).safeParse(note);
  return note === '' || read.success ? [] : read.error.issues.map(({ message }) => `Note: ${message}.`);
}

/** Turns the error message of a check, such as `wrong, "x": too long; shorten it`, into a sentence for members. */
function sentenceOf(problem: string): string {
  const [, field = '', rest = ''] = /^(\w+)(.*)$/s.exec(problem) ?? [];
  return `${{ ask: 'Question', wrong: 'Wrong answers' }[field] ?? field}${rest}.`;
}

const isTrueOrFalse = ({ answer, wrong }: Mend): boolean =>
  wrong.length === 1 &&
  [answer, wrong[0]]
    .map((text) => normaliseText(text ?? ''))
    .toSorted()
    .join() === 'false,true';

function kindOf(mend: Mend, { kind }: Question): QuestionKind {
  if (isTrueOrFalse(mend)) return 'true-false';
  if (mend.wrong.length === 0 && readYear(mend.answer) !== undefined) return 'closest-year';
  return kind === 'true-false' || kind === 'closest-year' ? 'what' : kind;
}

function candidateOf(mend: Mend, kind: QuestionKind, original: Question, packIndex: PackIndex) {
  return {
    id: original.id,
    kind,
    about: original.about.flatMap((id) => packIndex.entry(id) ?? []),
    ask: mend.ask,
    answer: optionFrom(mend.answer, packIndex),
    wrong: mend.wrong.map((text) => optionFrom(text, packIndex)),
    explanation: mend.explanation,
    difficulty: mend.difficulty,
    voice,
    hedged: false,
    paragraphs: [],
    label: mendedLabel,
    notes: [],
    origin: 'written',
  } as const;
}

/**
 * The question with the server's wording. The question keeps its id, so members keep their progress on this question.
 */
export function mendedQuestion(original: Question, mend: Mend): MendedQuestion {
  const { ask, answer, wrong, explanation, difficulty } = mend;
  const kind = kindOf(mend, original);
  const common = { id: original.id, about: original.about, ask, explanation, difficulty, kind };
  const source = { voice, label: mendedLabel, paragraphs: [], notes: [] };
  if (kind === 'true-false') {
    const options = ['True', 'False'];
    const right = normaliseText(answer) === 'true' ? 0 : 1;
    return { question: { ...common, ...source, options, right }, spares: [] };
  }
  if (kind === 'closest-year')
    return { question: { ...common, ...source, options: [], right: readYear(answer) ?? 0 }, spares: [] };
  const options = displayOrder([answer, ...wrong.slice(0, 3)], seedOf(original.id));
  return { question: { ...common, ...source, options, right: options.indexOf(answer) }, spares: wrong.slice(3) };
}
