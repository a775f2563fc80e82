/** A round as it is saved: its state, what Discord shows of it, and the settings used to draw its questions. */
import { z } from 'zod';
import { type Quiz, quizSchema } from '../../core/quiz/quiz.ts';
import { shownBefore, shownSchema } from '../../core/quiz/shown.ts';

/** The settings used to draw the questions of a round. A group round draws its questions again when it starts. */
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
  /** Absent in rounds that an earlier version of the bot opened. */
  drawing: drawing.optional(),
});

/** Also reads rounds of earlier versions, which saved only the quiz. */
export const savedRoundSchema = z.union([
  currentSchema,
  quizSchema.transform((quiz): SavedRound => ({ quiz, shown: shownBefore(quiz) })),
]);
export type SavedRound = Readonly<z.output<typeof currentSchema>>;

/** Prefix of the keys of rounds that are being played. */
export const roundPrefix = 'round/';
export const roundKey = (id: string): string => roundPrefix + id;
/** Prefix of the keys of finished rounds: the last round of each channel, kept to show its results. */
export const lastRoundsPrefix = 'over/';
export const lastRoundKey = (channel: string): string => lastRoundsPrefix + channel;

export const isOver = ({ phase }: Quiz): boolean => phase.name === 'ended';
