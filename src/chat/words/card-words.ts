/**
 * Sentences of the look-up commands and of the entries' cards. These functions escape the queries and titles that they
 * receive.
 */
import { escapeInline } from '../message/escape-markdown.ts';

export const cardWords = {
  didYouMean: (query: string) => `Several entries fit “${escapeInline(query)}”. Which one did you mean?`,
  nothingAbout: (query: string) => `There is nothing about “${escapeInline(query)}” in the fact base.`,
  nothingAboutHint: 'Try a place, a name or a date, for example a city or a year.',
  nearest: (title: string) => `The closest entry is **${escapeInline(title, 80)}**.`,
  emptyQuery: 'Nothing was typed to look for. Type a place, a name or a date, or pick one of the suggestions.',
  queryCut: 'Only the first 100 characters and 12 words were searched.',
  noSuchEntry: 'That entry is no longer in the fact base. Look for it again by name.',
  noSources: 'No source beyond the article itself is on record for this entry.',

  timelineEmpty: 'The fact base has no dated event in that span. Widen the years or leave the topic out.',
  timelineBackwards: (from: number, to: number) =>
    `The span runs backwards: ${from} is after ${to}. Give the earlier year as “from”.`,
  timelineMark: '\\* The article gives another date, or none to the day; the card shows both.',
  noSuchTopic: (topic: string) => `There is no topic “${escapeInline(topic)}”. Pick one from the suggestions.`,
} as const;
