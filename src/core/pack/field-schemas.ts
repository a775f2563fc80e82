/**
 * Schemas of fields that several parts of a pack share: references, sentences, dates, sources, and item numbers in the
 * editor's files, such as C01.
 */
import { curlyQuotes } from '../curly-quotes.ts';
import { firstInvisible } from '../invisible-characters.ts';
import { z } from 'zod';
import { slugPattern } from './slug.ts';

/** Whether a text contains no invisible characters. Use it with {@link invisibleError}. */
export const isVisible = (text: string): boolean => firstInvisible(text) === undefined;

/**
 * The error message that says which invisible character a text contains. Such a character could reverse a line or make
 * a name look like another name.
 */
export const invisibleError = {
  error: ({ input }: { readonly input?: unknown }) =>
    `the text contains the invisible character ${firstInvisible(String(input))}; take it out or type the text anew`,
};

/**
 * The id of another entry. The format of the id is not checked here. If an author writes a title by mistake,
 * `check-references.ts` can then suggest the id.
 */
export const ref = z.string().meta({ maxLength: 60, pattern: slugPattern.source });

export const sentence = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'write at least a word')
    .max(most, `shorten it to ${most} characters`)
    .refine(isVisible, invisibleError)
    .overwrite(curlyQuotes);

const dateForm = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** A date with the precision that the source gives: a year, a month or a day. */
export const date = z
  .union([z.string(), z.number()], "write a year ('2013'), a month ('2015-08') or a day ('2013-09-13')")
  .transform(String)
  .pipe(
    z
      .string()
      .regex(dateForm, "write a year ('2013'), a month ('2015-08') or a day ('2013-09-13'), in quotation marks")
      .refine(isCalendarDate, 'there is no such day in the calendar'),
  )
  // The pattern is repeated here for the JSON Schema. Zod creates the JSON Schema from the input of `pipe`, which does
  // not have this pattern.
  .meta({ pattern: dateForm.source });

function isCalendarDate(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number);
  if (day === undefined || month === undefined || year === undefined) return true;
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1;
}

/** Characters that could end a link in a message. An address contains them only in encoded form. */
const unsafeInAddress = /[\s<>\\`|"^{}]/;

export const source = z.strictObject({
  title: sentence(200).describe('Who published it, when, and its title'),
  url: z
    .url({ protocol: /^https?$/, error: 'write a full address that begins with http:// or https://' })
    .max(1_000, 'shorten it to 1,000 characters')
    .refine((url) => !unsafeInAddress.test(url), {
      error: ({ input }) => {
        const [character = ''] = unsafeInAddress.exec(String(input)) ?? [];
        return `the address contains "${character}"; write ${encodeURIComponent(character)} in its place`;
      },
    })
    .refine(isVisible, invisibleError)
    .refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), 'the address contains a name before @; take it out'),
});

/**
 * The number of an item in the editor's own files, such as C01. Cards do not show these numbers. The letter gives the
 * subject of the item:
 *
 * - C: a check.
 * - R: a position.
 * - S: an event that happened after the article was written.
 * - T: a date.
 * - G: a term.
 */
export const editorsId = z
  .string()
  .regex(/^[CRSTG]\d{2}[a-z]?$/, "write a number of the editor's record, such as C01, R01, S01, T01 or G01")
  .describe("Number in the editor's record, such as C01; for editors only, never shown");
