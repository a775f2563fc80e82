/** A round as it is saved: the quiz, what of it has been shown, and how its questions are drawn. */
import { z } from 'zod';
import { type Quiz, quizSchema } from '../../core/quiz/quiz.ts';
import { shownBefore, shownSchema } from '../../core/quiz/shown.ts';

/** How the questions of a round are drawn, so that they can be drawn again when it starts. */
const drawing = z.object({
  seed: z.number(),
  count: z.number(),
  topic: z.string().optional(),
  about: z.array(z.string()).optional(),
});
export type Drawing = Readonly<z.output<typeof drawing>>;

const currentSchema = z.object({
  quiz: quizSchema,
  shown: shownSchema,
  /** Absent in rounds that were opened by an earlier version. */
  drawing: drawing.optional(),
});

/** Earlier versions saved the quiz alone. */
export const savedRoundSchema = z.union([
  currentSchema,
  quizSchema.transform((quiz): SavedRound => ({ quiz, shown: shownBefore(quiz) })),
]);
export type SavedRound = Readonly<z.output<typeof currentSchema>>;

/** Keys of rounds that are being played begin so. */
export const roundPrefix = 'round/';
export const roundKey = (id: string): string => roundPrefix + id;
/** The last round of a channel, for its results. */
export const lastRoundsPrefix = 'over/';
export const lastRoundKey = (channel: string): string => lastRoundsPrefix + channel;

export const isOver = ({ phase }: Quiz): boolean => phase.name === 'ended';
