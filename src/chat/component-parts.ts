/** Schemas for the parts of a custom_id. The parts of a custom_id are separated by colons. */
import { z } from 'zod';
import { slugPattern } from '../core/pack/slug.ts';

/** The id of a round, a channel or a member. */
export const identifier = z.string().regex(/^[^\s:]{1,64}$/);

/** The id of an entry or a topic in its pack. */
export const packId = z.string().max(60).regex(slugPattern);

/** A whole number in decimal digits, without leading zeros. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,6})$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** An index in a list. The first index is 0. */
export const index = wholeNumber(0, 9_999_999);

/** A schema that reads an empty part as undefined, and any other part with the schema `part`. */
export const orEmpty = <Value>(part: z.ZodType<Value, string>) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(part);

export const oneOf = z.enum;
