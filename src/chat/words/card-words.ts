/**
 * The sentences that members read in look-ups and on the cards of entries. These functions escape the queries and
 * titles that they receive.
 */
import { escapeInline } from '../message/escape-markdown.ts';

/** Joins names for a sentence: “A, B and C”. */
const listed = (names: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(names.map((name) => escapeInline(name)));

export const cardWords = {
  didYouMean: (query: string) => `Several entries fit “${escapeInline(query)}”. Which one did you mean?`,
  didYouMeanOne: (query: string, title: string) =>
    `No entry is called “${escapeInline(query)}”. Did you mean **${escapeInline(title, 80)}**?`,
  nothingAbout: (query: string) => `There is nothing about “${escapeInline(query)}” in the fact base.`,
  closest: (query: string) => `Nothing fits “${escapeInline(query)}” exactly. These entries come closest:`,
  fromThatTime: (query: string, number: number) => `The fact base has ${number} entries from “${escapeInline(query)}”:`,
  moreOnTimeline: (number: number) => `and ${number} more; see /timeline`,
  nothingAboutHint: 'Try a place, a name or a date, for example a city or a year.',
  emptyQuery: 'Nothing was typed to look for. Type a place, a name or a date, or pick one of the suggestions.',
  queryCut: 'Only the first 100 characters and 12 words were searched.',
  noSuchEntry: 'That entry is no longer in the fact base. Look for it again by name.',
  noSources: 'No source beyond the article itself is on record for this entry.',

  timelineEmpty: 'The fact base has no dated event in that span. Widen the years or leave the topic out.',
  timelineBackwards: (from: number, to: number) =>
    `The span runs backwards: ${from} is after ${to}. Give the earlier year as “from”.`,
  timelineMarks: {
    '*': 'by the public record; the article gives another date, or none to the day',
    '†': 'by the public record; the article gives no date',
    '‡': 'only in the public record, not in the article',
    '§': 'by the article; the public record gives another date',
  },
  noSuchTopic: (topic: string) => `There is no topic “${escapeInline(topic)}”. Pick one from the suggestions.`,

  more: 'More',
  sources: 'Sources',
  quizMe: 'Quiz me',
  remove: 'Remove',
  notYours: 'Only the member who asked for this, or a moderator, can remove it.',
  related: 'Related entries',
  openOne: 'Open one of them',
  note: 'Editor’s note',
  ownReading: '(the editor’s own reading)',
  allOfSide: 'In full',

  fromRecord: 'From the public record, not from the article',
  sinceThen: 'Since then (public record)',
  said: (date: string) => `said ${date.includes(' ') && /^\d/.test(date) ? 'on' : 'in'} ${date}`,
  asOf: (date: string) => `as of ${date}`,
  notInArticle: 'Source: the public record, linked above. This is not from the article.',
  noPosition: 'The article gives no position of this side.',
  nothingFound: 'No statement of this side was found in the public record.',
  alsoSides: (sides: readonly string[]) => `Under More: ${listed(sides)}.`,
  noPositionOf: (sides: readonly string[]) => `The article gives no position of ${listed(sides)}.`,
  nothingFoundOf: (sides: readonly string[]) => `No statement of ${listed(sides)} was found in the public record.`,
  noSuchSide: (side: string, sides: string) =>
    `“${escapeInline(side)}” is no side of this dispute. Its sides are ${escapeInline(sides, 300)}.`,
  noSides: (title: string) => `**${escapeInline(title, 80)}** is no dispute and has no sides. Leave the side out.`,
} as const;
