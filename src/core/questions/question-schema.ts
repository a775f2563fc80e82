/**
 * The schema of `questions.yaml`. The file contains pools of approved wrong answers, written questions, and rules that
 * generate questions. Whether a question is fair is decided in `checks.ts`.
 */
import { curlyQuotes } from '../curly-quotes.ts';
import { z } from 'zod';
import { issueProblems, locationIn, pathPart } from '../pack/problem-messages.ts';
import { invisibleError, isVisible } from '../pack/field-schemas.ts';
import { slug } from '../pack/slug.ts';
import { type PackFile, PackError } from '../pack/pack-file.ts';
import { type QuestionKind, questionKinds } from './question.ts';

/** Maximum length of an answer option, in characters. A longer option takes too much space in the message. */
export const maxOptionLength = 120;

/**
 * Maximum number of written questions. A larger number would be slow, because some checks compare all questions of a
 * pack.
 */
const maxQuestions = 2_000;

const id = slug('treaty-where');

/** The schema of a text in a question. `most` is the maximum length of the text in characters. */
export const questionText = (most: number) =>
  z
    .union([z.string(), z.number()], {
      error: ({ input }) => (input === undefined ? 'is missing; write a text' : 'write a text'),
    })
    .transform((value) => String(value).trim())
    .pipe(
      z
        .string()
        .min(1, 'write at least a word')
        .max(most, `shorten it to ${most} characters`)
        .refine(isVisible, invisibleError)
        .overwrite(curlyQuotes),
    )
    // The limits are repeated here for the JSON Schema. Zod creates the JSON Schema from the input of `pipe`, which
    // does not have these limits.
    .meta({ minLength: 1, maxLength: most });

const option = questionText(200);

/** Kinds of questions that an author can write. Questions of kind `card` are made from the cards themselves. */
const writtenKinds = questionKinds.filter((kind) => kind !== 'card');

const kindsInWords = `write ${writtenKinds.slice(0, -1).join(', ')} or ${writtenKinds.at(-1)}`;

/**
 * Kinds of questions whose wrong options are listed in the question or come from a pool. Every other kind has its own
 * schema below.
 */
const kindsWithOptions = writtenKinds.filter(
  (kind): kind is Exclude<QuestionKind, 'order' | 'true-false' | 'closest-year' | 'card'> =>
    kind !== 'order' && kind !== 'true-false' && kind !== 'closest-year',
);

const sentenceForm = 'write paragraph/sentence, such as 7/3';

const common = {
  id,
  about: z
    .array(id)
    .min(1, 'name the entry it is about')
    .max(6, 'name at most six entries')
    .describe('Ids of the entries it is about; it counts for the first, and its explanation leads to that card'),
  sentences: z
    .array(z.string(sentenceForm).regex(/^[1-9]\d*\/[1-9]\d*$/, sentenceForm))
    .max(6, 'name at most six sentences')
    .default([])
    .describe(
      'The sentences of the source that give the answer, as paragraph/sentence. In not-said: the sentences that give at least two of the wrong answers',
    ),
  explanation: questionText(500).describe('What the source says, in your own words'),
  difficulty: z.literal([1, 2, 3], 'write 1 (easy), 2 or 3 (hard)').describe('1 (easy), 2 or 3 (hard)'),
};

const written = z
  .strictObject({
    ...common,
    kind: z.literal(kindsWithOptions, kindsInWords),
    ask: questionText(320),
    answer: option,
    wrong: z
      .array(option)
      .optional()
      .describe('Three to five approved wrong answers: entry ids or texts. A round shows three of them'),
    pool: id.optional().describe('The name of a pool, in place of wrong'),
  })
  .refine(({ wrong, pool }) => (wrong === undefined) !== (pool === undefined), {
    path: ['wrong'],
    message: 'write either three to five wrong answers or the name of a pool, not both',
  });

/**
 * A question that asks for the right order of events. Every option lists all events in some order. The wrong orders are
 * derived from the right order.
 */
const order = z.strictObject({
  ...common,
  kind: z.literal('order'),
  ask: questionText(320),
  names: z
    .array(questionText(40))
    .min(3, 'name three or four events')
    .max(4, 'name three or four events')
    .describe('A short name for each entry of about, which is given in the right order'),
});

/**
 * A true statement, or a true statement that was made false by replacing some of its words. The options are True and
 * False.
 */
const trueFalse = z.strictObject({
  ...common,
  kind: z.literal('true-false'),
  says: questionText(320).describe(
    "What the source says, put into its mouth: The article says that …; In the author's view, …",
  ),
  part: option.describe('The words of says on which it turns, exactly as they stand there'),
  instead: option
    .optional()
    .describe('What is put in place of part, so that the statement is false. Without it the statement is true'),
});

/** A question that is answered by typing a year. It has no options. */
const closestYear = z.strictObject({
  ...common,
  kind: z.literal('closest-year'),
  ask: questionText(320),
  year: z
    .int('write a year of four digits')
    .min(1000, 'write a year of four digits')
    .max(9999, 'write a year of four digits')
    .describe('The right year, by the source and by the record'),
});

/** The schema of the whole questions.yaml. */
export const questionsFileSchema = z.strictObject({
  pools: z
    .record(id, z.array(option).min(3, 'list at least three wrong answers').max(500, 'keep to 500 wrong answers'))
    .default({})
    .describe('Wrong answers approved for a whole kind of question: entry ids or texts'),
  deny: z
    .array(
      z.strictObject({
        words: z.array(questionText(80)).min(1, 'list at least one word'),
        about: z.array(id).default([]),
        because: questionText(300),
      }),
    )
    .default([])
    .describe('Words that may stand in no question and no option; with about, only in questions about these entries'),
  apart: z
    .array(z.array(id).min(2, 'name at least two questions'))
    .default([])
    .describe(
      'Lists of question ids. Questions of one list tell each other’s answers in other words; a round asks only one of them',
    ),
  askRecord: z
    .array(id)
    .default([])
    .describe('Ids of the entries on which the public record may be asked: its dates and places have two sources'),
  generate: z
    .array(
      z.strictObject({
        from: z.literal(
          ['role', 'described-as', 'place', 'year', 'position', 'claim'],
          'write role, described-as, place, year, position or claim',
        ),
        pool: id,
        except: z.array(id).default([]).describe('Ids of entries that the pool does not suit'),
        difficulty: common.difficulty.default(2),
      }),
    )
    .default([])
    .describe("Questions made from the pack's own fields, and the pool each takes its wrong answers from"),
  questions: z
    .array(z.discriminatedUnion('kind', [written, order, trueFalse, closestYear]))
    .max(maxQuestions, `keep to ${maxQuestions} questions`)
    .default([]),
});

export type QuestionsFile = z.output<typeof questionsFileSchema>;
export type WrittenQuestion = QuestionsFile['questions'][number];
export type GenerateRule = QuestionsFile['generate'][number];
export type DenyRule = QuestionsFile['deny'][number];

/**
 * Checks a `questions.yaml` against its schema. Throws {@link PackError} with every mistake and its line in the file.
 */
export function parseQuestions(file: PackFile): QuestionsFile {
  const read = questionsFileSchema.safeParse(file.value, { reportInput: true });
  if (read.success) return read.data;
  throw new PackError(read.error.issues.flatMap((issue) => inWords(issue, file)));
}

function inWords(issue: z.core.$ZodIssue, file: PackFile): string[] {
  const [list, index, ...rest] = issue.path;
  const named = idAt(file.value, list, index);
  const fields = [...(named ? [named] : issue.path.slice(0, 2).map(pathPart)), rest.map(pathPart).join(' ')];
  const isKind = issue.code === 'invalid_union' && issue.discriminator === 'kind';
  const problems = isKind ? [{ key: [], message: kindsInWords }] : issueProblems(issue);
  return problems.map(
    ({ key, message }) =>
      `${[locationIn(file, [...issue.path, ...key]), ...fields].filter(Boolean).join(', ')}: ${message}`,
  );
}

function idAt(value: unknown, list: PropertyKey | undefined, index: PropertyKey | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || list !== 'questions' || typeof index !== 'number')
    return undefined;
  const items: unknown = 'questions' in value ? value.questions : undefined;
  const item: unknown = Array.isArray(items) ? items[index] : undefined;
  return typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : undefined;
}
