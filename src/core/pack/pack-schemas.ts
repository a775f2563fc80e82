/**
 * The schemas of the files of a pack. The JSON Schemas in data/schema are generated from these schemas, and text
 * editors show the descriptions of the fields. `check-references.ts` checks whether a referenced entry exists.
 */
import { z } from 'zod';
import { date, editorsId, invisibleError, isVisible, ref, sentence, source } from './field-schemas.ts';
import { recordPositionSchema, recordStatementSchema } from './record-statement.ts';
import { slug } from './slug.ts';

const id = slug('harbour-treaty');

/**
 * Who makes the statement in an entry or position. In `claimed by X`, X is the id of a person, organisation or place of
 * the pack, or a text that begins with `unnamed`. An entry with `author's speculation` is shown only to members who ask
 * for this entry, and no question is made from it.
 */
const voice = z
  .string()
  .regex(
    /^(reported|author's view|author's speculation|claimed by .+)$/,
    "write reported, author's view, author's speculation, or claimed by ID (the id of a person or organisation, or: claimed by unnamed observers)",
  )
  .refine(isVisible, invisibleError)
  .meta({
    description: 'Who speaks. A claim names the id of a person, organisation or place, or somebody unnamed',
    examples: ['reported', "author's view", "author's speculation", 'claimed by '],
  });

export const noteSchema = z.strictObject({
  check: editorsId.optional(),
  text: sentence(500).describe("What the record says, in the editor's own words"),
  date: date.optional().describe("The record's date, where it differs from the article's or the article has none"),
  corrects: z
    .boolean()
    .optional()
    .describe('Whether the note corrects a mistake of the article; the card then says so and does not cut the note'),
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

/**
 * Maximum length of a list within an entry. Longer lists would be slow, because some checks compare every item with all
 * other items.
 */
const longestList = 500;
const tooLong = `keep to ${longestList} in one list`;

const ids = (description: string) => z.array(ref).max(longestList, tooLong).default([]).describe(description);

const hedged = z.boolean().default(false).describe('true where the source itself hedges: it seems, may, appears');

const paragraphs = z
  .array(z.int().min(1, 'paragraphs are counted from 1'))
  .max(longestList, tooLong)
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
  topics: z
    .array(ref)
    .max(longestList, tooLong)
    .min(1, 'name at least one topic of pack.yaml')
    .describe('Ids from the topics of pack.yaml'),
  aliases: z
    .array(sentence(80))
    .max(longestList, tooLong)
    .min(1, 'give at least one other name people may search for')
    .describe('Other names and phrases people search for; none that belongs to another entry'),
  links: ids('Ids of related entries, the most useful first; each of them links back. Four are shown on the card'),
  quote: quote.optional().describe('A short quotation where the wording matters'),
  notes: z
    .array(noteSchema)
    .max(longestList, tooLong)
    .default([])
    .describe('Where the public record differs, or what has to be known; the card shows the first two'),
  sinceThen: z
    .array(recordStatementSchema)
    .max(2, 'keep the two that matter most')
    .default([])
    .describe('What went on after the article, from the public record'),
  neverAsk: sentence(200).optional().describe('Why no question may be made of this entry'),
};

/**
 * The fields of an entry that comes from the public record and not from the article. Such an entry has no `voice` and
 * no `paragraphs`.
 */
const fromRecord = {
  id: common.id,
  title: common.title,
  statement: recordStatementSchema.describe('The entry itself, with its source'),
  topics: common.topics,
  aliases: z
    .array(sentence(80))
    .max(longestList, tooLong)
    .default([])
    .describe('Other names people may search for, if any'),
  links: ids('Ids of related entries, the most useful first; they need not link back'),
};

export const positionSchema = z.strictObject({
  party: ref.describe('One of the parties'),
  position: sentence(500).describe('What it wants or holds, without naming it'),
  voice,
  hedged,
  paragraphs,
});

const places = ids('Ids of places');

/** Maximum length of the title of an entry. The title of a card is its front, shortened to this length. */
export const maxTitle = 80;

/** Maximum lengths of the front and the back of a card, in characters. */
export const maxFront = 500;
export const maxBack = 1_500;

/** A text of a card. Its straight quotation marks are kept. In all other texts they are replaced with curly ones. */
const ownText = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'write at least a word')
    .max(most, `shorten it to ${most} characters`)
    .refine(isVisible, invisibleError);

/** A card of a deck, such as a word and its translation. The texts of its fields can be in any language. */
const card = z.strictObject({
  id,
  front: ownText(maxFront).describe('What is asked: a word, a name or a question'),
  back: ownText(maxBack).describe('What belongs to it: the meaning, the date, the answer'),
  wrong: z
    .array(ownText(200))
    .max(20, 'keep to 20 wrong answers')
    .default([])
    .describe('Wrong answers for the question about this card; without them other backs of the deck are taken'),
  extra: ownText(maxBack).optional().describe('A note that is shown below the back, such as an example'),
  date: date.optional().describe("A date: '2013', '2015-08' or '2013-09-13'"),
  when: ownText(60).optional().describe('A date in words that no calendar has: early 2014'),
  source: ownText(300).optional().describe('Where it comes from: a book and its page, or an address'),
  topics: common.topics,
  aliases: z.array(ownText(80)).max(longestList, tooLong).default([]).describe('Other names people may search for'),
  links: ids('Ids of related entries, the most useful first; they need not link back'),
  neverAsk: common.neverAsk,
});

/** The schema of each kind of entry. */
export const entrySchemas = {
  event: z.strictObject({ ...common, people: ids('Ids of people'), places }),
  dispute: z.strictObject({
    ...common,
    about: sentence(300).describe('What is disputed'),
    parties: z
      .array(ref)
      .max(longestList, tooLong)
      .min(2, 'a dispute has at least two parties')
      .describe('Ids of those who disagree'),
    positions: z
      .array(positionSchema)
      .max(longestList, tooLong)
      .default([])
      .describe('What each party holds; one without a position is shown with the words that the source gives none'),
    recordPositions: z
      .array(recordPositionSchema)
      .max(longestList, tooLong)
      .default([])
      .describe("What parties said by the public record; shown after the article's positions"),
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
  'record-event': z.strictObject({
    ...fromRecord,
    date: date.describe("The record's date; of several days the first"),
  }),
  term: z.strictObject({
    ...fromRecord,
    words: z
      .array(sentence(60))
      .max(longestList, tooLong)
      .min(1, 'give the term as texts write it')
      .describe('The term as texts write it; cards that use one of these words offer it'),
  }),
  card,
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
  copySites: z
    .array(sentence(100))
    .max(longestList, tooLong)
    .default([])
    .describe('Hosts that copy other sites, such as example.org; pack:check warns of a source there'),
  synonyms: z
    .array(z.array(sentence(60)).max(longestList, tooLong).min(2, 'name at least two words that mean the same'))
    .default([])
    .describe('Groups of words that mean the same to the search, in all languages of the members'),
  hoisted: ids('Ids of the entries that are offered before anything is typed, the most useful first'),
  addedByServer: z
    .boolean()
    .default(false)
    .describe('true for a pack that a server added; its labels then name the pack. The bot sets it itself'),
});
