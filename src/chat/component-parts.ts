/** Schemas for the parts of a custom_id, which are texts without colons. */
import { z } from 'zod';
import { slugPattern } from '../core/pack/slug.ts';

/** The id of a round, a channel or a member. */
export const identifier = z.string().regex(/^[^\s:]{1,64}$/);

/** The id of an entry or a topic. */
export const packId = z.string().max(60).regex(slugPattern);

/** A number in digits, as `String` writes it. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,6})$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** A place in a list, from 0. */
export const index = wholeNumber(0, 9_999_999);

/** An empty part stands for undefined. */
export const orEmpty = <Value>(part: z.ZodType<Value, string>) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(part);

export const oneOf = z.enum;
