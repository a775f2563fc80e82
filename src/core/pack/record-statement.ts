/**
 * A statement from the public record (sources other than the article). A statement says what somebody said or what
 * happened, and lists its sources. Statements are used for positions in disputes, for what happened after the article
 * was written, and for events and terms that are not in the article.
 *
 * A statement does not say how its sources were found, and contains no judgement by the authors of the pack.
 */
import { z } from 'zod';
import { date, editorsId, invisibleError, isVisible, sentence, source } from './field-schemas.ts';

export const recordStatementSchema = z.strictObject({
  check: editorsId.optional(),
  who: sentence(160).optional().describe('Who says so, with the office at that time'),
  said: date.optional().describe('When it was said, where somebody says it'),
  text: sentence(500).describe('What was said or what happened, in your own words'),
  asOf: date.describe('The date up to which it is known to hold, such as that of the newest source'),
  caveat: sentence(300).optional().describe('What has to be known beside it, such as a denial; always shown with it'),
  sources: z
    .array(source)
    .min(1, 'name at least one source that you have read')
    .max(4, 'keep the four best sources')
    .describe('The best first'),
});

export const recordPositionSchema = recordStatementSchema.extend({
  party: z
    .string()
    .trim()
    .min(1, 'write at least a word')
    .max(80, 'shorten it to 80 characters')
    .refine(isVisible, invisibleError)
    .describe('The id of an entry, or the name of a party that has no entry'),
});

export type RecordStatement = z.output<typeof recordStatementSchema>;
export type RecordPosition = z.output<typeof recordPositionSchema>;
