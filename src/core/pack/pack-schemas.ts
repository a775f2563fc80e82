/**
 * The schemas of the files of a pack. The JSON Schemas in data/schema are generated from these schemas, and editors
 * show their descriptions next to the fields. These schemas do not check whether a referenced entry exists;
 * `check-references.ts` does.
 */
import { z } from 'zod';
import { slug, slugPattern } from './slug.ts';

const id = slug('harbour-treaty');

/**
 * The id of another entry. This schema deliberately accepts any text. If an author writes a title instead of an id,
 * `check-references.ts` can then suggest the right id.
 */
const ref = z.string().meta({ maxLength: 60, pattern: slugPattern.source });

const sentence = (most: number) =>
  z.string().trim().min(1, 'write at least a word').max(most, `shorten it to ${most} characters`);

const dateForm = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** A date as precise as the source gives it: a year, a month or a day. */
const date = z
  .union([z.string(), z.number()], "write a year ('2013'), a month ('2015-08') or a day ('2013-09-13')")
  .transform(String)
  .pipe(
    z
      .string()
      .regex(dateForm, "write a year ('2013'), a month ('2015-08') or a day ('2013-09-13'), in quotation marks")
      .refine(isCalendarDate, 'there is no such day in the calendar'),
  )
  // The pattern is repeated here because the JSON Schema describes only the input of the pipe.
  .meta({ pattern: dateForm.source });

function isCalendarDate(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number);
  if (day === undefined || month === undefined || year === undefined) return true;
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1;
}

/**
 * Who makes the statement in an entry or in one side's position in a dispute. In `claimed by X`, X is the id of a
 * person, organisation or place of the pack, or a text that begins with `unnamed`. Speculation (`author's speculation`)
 * is shown only to members who ask for that entry, and no question is made from speculation.
 */
const voice = z
  .string()
  .regex(
    /^(reported|author's view|author's speculation|claimed by .+)$/,
    "write reported, author's view, author's speculation, or claimed by ID (the id of a person or organisation, or: claimed by unnamed observers)",
  )
  .meta({
    description: 'Who speaks. A claim names the id of a person, organisation or place, or somebody unnamed',
    examples: ['reported', "author's view", "author's speculation", 'claimed by '],
  });

const source = z.strictObject({
  title: sentence(200).describe('Who published it, when, and its title'),
  url: z
    .url({ protocol: /^https?$/, error: 'write a full address that begins with http:// or https://' })
    .max(1_000, 'shorten it to 1,000 characters'),
});

export const noteSchema = z.strictObject({
  check: z
    .string()
    .regex(/^C\d{2}[a-z]?$/, 'write the number of the check, such as C01')
    .optional()
    .describe("Number of the check in the editor's record, such as C01"),
  text: sentence(500).describe("What the record says, in the editor's own words"),
  date: date.optional().describe("The record's date, where it differs from the article's or the article has none"),
  sources: z
    .array(source)
    .max(6, 'keep the six best sources')
    .default([])
    .describe("Without sources it is the editor's own reading, and the card says so"),
});

const quote = z.strictObject({
  text: sentence(160).describe('Word for word, in the spelling of the source; better no longer than 100 characters'),
  paragraph: z.int().min(1, 'paragraphs are counted from 1'),
});

const ids = (description: string) => z.array(ref).default([]).describe(description);

const hedged = z.boolean().default(false).describe('true where the source itself hedges: it seems, may, appears');

const paragraphs = z
  .array(z.int().min(1, 'paragraphs are counted from 1'))
  .min(1, 'name the paragraph of the source it comes from')
  .describe('Numbers of the paragraphs of the source it comes from');

const common = {
  id: id.describe('Never changed again: questions and saved reviews refer to it'),
  title: sentence(80).describe('Names the matter and asserts nothing; up to 38 characters are shown whole on a button'),
  summary: sentence(900).describe('One to five sentences in your own words'),
  voice,
  hedged,
  paragraphs,
  date: date.optional().describe("The source's date, only as precise as the source: '2013', '2015-08', '2013-09-13'"),
  when: sentence(60).optional().describe("The source's own wording of a date that no calendar has: early 2014"),
  topics: z.array(ref).min(1, 'name at least one topic of pack.yaml').describe('Ids from the topics of pack.yaml'),
  aliases: z
    .array(sentence(80))
    .min(1, 'give at least one other name people may search for')
    .describe('Other names and phrases people search for; none that belongs to another entry'),
  links: ids('Ids of related entries, the most useful first; each of them links back. Four are shown on the card'),
  quote: quote.optional().describe('A short quotation where the wording matters'),
  notes: z
    .array(noteSchema)
    .default([])
    .describe('Where the public record differs, or what has to be known; the card shows the first two'),
  neverAsk: sentence(200).optional().describe('Why no question may be made of this entry'),
};

export const positionSchema = z.strictObject({
  party: ref.describe('One of the parties'),
  position: sentence(500).describe('What it wants or holds, without naming it'),
  voice,
  hedged,
  paragraphs,
});

const places = ids('Ids of places');

/** The schema of each kind of entry. */
export const entrySchemas = {
  event: z.strictObject({ ...common, people: ids('Ids of people'), places }),
  dispute: z.strictObject({
    ...common,
    about: sentence(300).describe('What is disputed'),
    parties: z.array(ref).min(2, 'a dispute has at least two parties').describe('Ids of those who disagree'),
    positions: z
      .array(positionSchema)
      .default([])
      .describe('What each party holds; one without a position is shown with the words that the source gives none'),
  }),
  agreement: z.strictObject({
    ...common,
    parties: ids('Ids of those who agree'),
    state: sentence(120).describe('Its state when the source was written'),
    places,
  }),
  claim: z.strictObject({ ...common, on: ids('Ids of what it is about') }),
  person: z.strictObject({
    ...common,
    role: sentence(160).describe('The role at the time: described in the article as …'),
  }),
  organisation: z.strictObject({ ...common }),
  place: z.strictObject({
    ...common,
    type: sentence(40).describe('Such as city or sea'),
    in: ref.optional().describe('Id of a larger place'),
  }),
  figure: z.strictObject({
    ...common,
    value: z.number('write a number without its unit').describe('Without its unit'),
    unit: sentence(40).describe('Such as percent or billion US dollars'),
    approximate: z.boolean().default(false).describe('true for nearly or expected'),
    of: sentence(160).describe('What is counted'),
  }),
} as const;

/** The schema of the file pack.yaml. */
export const manifestSchema = z.strictObject({
  id,
  title: sentence(60),
  description: sentence(300),
  source: z.strictObject({
    title: sentence(200),
    paragraphs: z.int().min(1).describe('How many text paragraphs the source has'),
    note: sentence(400).describe('What is known of the source and how its paragraphs are counted'),
  }),
  topics: z
    .array(z.strictObject({ id: id.max(32, 'shorten it to 32 characters'), title: sentence(60) }))
    .min(1, 'name at least one topic')
    .max(25, 'Discord shows at most 25 topics'),
  hoisted: ids('Ids of the entries that are offered before anything is typed, the most useful first'),
});
