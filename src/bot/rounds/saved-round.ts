/**
 * The stored form of a round: its state, the record of its messages on Discord, and the settings for drawing its
 * questions.
 */
import { z } from 'zod';
import { type Quiz, quizSchema } from '../../core/quiz/quiz.ts';
import { shownBefore, shownSchema } from '../../core/quiz/shown.ts';

/**
 * The settings for drawing the questions of a round. They are stored because a group round draws its questions again
 * when it starts.
 */
const drawing = z.object({
  seed: z.number(),
  count: z.number(),
  topic: z.string().optional(),
  about: z.array(z.string()).optional(),
  /** The version of an added pack. Absent if the pack ships with the bot. */
  edition: z.string().optional(),
});
export type Drawing = Readonly<z.output<typeof drawing>>;

const currentSchema = z.object({
  quiz: quizSchema,
  shown: shownSchema,
  /** Absent in rounds that were stored by older versions of the bot. */
  drawing: drawing.optional(),
  /**
   * The number of this save of the whole round. Failed saves are counted too. Recent answers contain the number of the
   * save to which they belong, so that they are never applied to a round from another save.
   */
  saves: z.number().default(0),
});

/** The schema of a stored round. It also accepts rounds from older versions of the bot, which stored only the quiz. */
export const savedRoundSchema = z.union([
  currentSchema,
  quizSchema.transform((quiz): SavedRound => ({ quiz, shown: shownBefore(quiz), saves: 0 })),
]);
export type SavedRound = Readonly<z.output<typeof currentSchema>>;

const answerEvent = z.object({
  type: z.literal('answer'),
  user: z.string(),
  name: z.string(),
  question: z.number(),
  option: z.number(),
  at: z.number(),
  tie: z.number().optional(),
});
export type AnswerEvent = z.output<typeof answerEvent>;

/** The answers since the whole round was last saved, in the order in which they were applied. */
export const recentAnswersSchema = z.object({
  /** The number of the save after which these answers were given (see `saves` of the saved round). */
  after: z.number(),
  answers: z.array(answerEvent),
});
/** Prefix of the keys of the recent answers of each round. */
export const recentAnswersPrefix = 'answers/';
export const recentAnswersKey = (id: string): string => recentAnswersPrefix + id;

/** Prefix of the keys of rounds that are being played. */
export const roundPrefix = 'round/';
export const roundKey = (id: string): string => roundPrefix + id;

export const isOver = ({ phase }: Quiz): boolean => phase.name === 'ended';
