/**
 * The sentences that members read in look-ups and on the cards of entries. These functions escape the queries and
 * titles that they receive.
 */
import { escapeInline } from '../message/escape-markdown.ts';
import { pluralize } from './labels.ts';

/** If a member names an unknown topic, the answer lists at most this many topics of the pack. */
const namedTopics = 15;

/** Joins names for a sentence: “A, B and C”. */
const listed = (names: readonly string[], type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat('en', { type }).format(names.map((name) => escapeInline(name)));

function topicNames(titles: readonly string[]): string {
  const named = titles.slice(0, namedTopics);
  const more = titles.length - named.length;
  const names = [...named.map((name) => escapeInline(name)), ...(more > 0 ? [pluralize(more, 'more topic')] : [])];
  return ['The topics are:', ...names.map((name) => `- ${name}`)].join('\n');
}

/** Says how to set an option of /timeline. If other options are already set, the text begins with "add". */
const timelineWith = (option: string, isFiltered: boolean) => `${isFiltered ? 'add' : '/timeline'} ${option}`;

export const cardWords = {
  didYouMean: (query: string) => `These entries are closest to “${escapeInline(query)}”. Which one did you mean?`,
  didYouMeanOne: (query: string, title: string) =>
    `Closest to “${escapeInline(query)}” is **${escapeInline(title, 80)}**. Did you mean that?`,
  nothingAbout: (query: string) => `Nothing was found about “${escapeInline(query)}”.`,
  closest: (query: string) =>
    `Nothing was found about “${escapeInline(query)}”. The closest entries, perhaps about something else:`,
  fromThatTime: (query: string, number: number) =>
    `Found for “${escapeInline(query)}”: ${pluralize(number, 'entry', 'entries')}.`,
  moreOnTimeline: (number: number) => `and ${number} more; see /timeline`,
  nothingAboutHint: 'Try a place, a name or a date, or see all events with /timeline.',
  emptyQuery: 'Nothing was typed to look for. Type a place, a name or a date, or pick one of the suggestions.',
  queryCut: 'Only the first 100 characters and 12 words were searched.',
  noSuchEntry: 'The bot no longer has that entry. Look for it again by name.',
  noSources: 'This entry has no source but the article itself.',

  /**
   * `hasEvents`: whether the pack has any event with a date. `isFiltered`: whether the member has set an option that
   * can leave out events.
   */
  timelineEmpty: (hasEvents: boolean, isFiltered: boolean) =>
    hasEvents && isFiltered
      ? 'No dated event fits all the options that you set. Widen the years, or leave an option out.'
      : 'This pack has no event with a date, so there is no timeline.',
  timelineBackwards: (from: number, to: number) =>
    `The span runs backwards: ${from} is after ${to}. Give the earlier year first: /timeline from:${to} to:${from}.`,
  /** Explains the mark ‡, which is shown after the title of each event that comes from the public record. */
  timelineMark: (events: number, isFiltered: boolean) =>
    `‡ from the public record, not from the article: ${pluralize(events, 'event')}. To leave these out: ${timelineWith('source:Only the article', isFiltered)}`,
  timelineFrom: (year: number, isFiltered: boolean) =>
    `to begin with a year: ${timelineWith(`from:${year}`, isFiltered)}`,
  /**
   * Explains a timeline that shows only events for which the article gives a date. `undated` is the number of the
   * article's events that are left out because the article gives no date for them.
   */
  timelineArticleOnly: (undated: number, hasOtherDates: boolean) =>
    `Only events that the article dates${undated === 0 ? '' : `; it gives no date for ${undated} more of its events`}.${hasOtherDates ? ' Where the public record has another date, it follows in brackets.' : ''}`,
  /**
   * Remarks after the title of an event on the timeline. They are used if the article and the public record give
   * different dates, or if only the public record gives a date.
   */
  timelineDates: {
    differs: (article: string) => `in the article: ${article}`,
    missing: 'no date in the article',
    articleOnly: (record: string) => `in the public record: ${record}`,
  },
  /** The labels are the same on every page, so that the buttons keep their positions. */
  earlier: 'Previous',
  later: 'Next',
  /** `titles` lists all topics of the pack. */
  noSuchTopic: (topic: string, titles: readonly string[]) =>
    `There is no topic “${escapeInline(topic)}”. ${titles.length === 0 ? 'This pack has no topics.' : topicNames(titles)}`,

  notShownNow:
    'This entry is not shown here at present: members have reported it, or this server has retired it or uses another pack. Look for something else with /fact, or see all events with /timeline.',

  more: 'More',
  allSides: 'All sides',
  sources: 'Sources',
  quizMe: 'Quiz me',
  remove: 'Remove for all',
  notYours: 'Only the member who asked for this, or a moderator, can remove it.',
  related: 'Related, for you alone',
  openOne: 'Open one, for you alone',
  note: 'Editor’s note',
  serverNote: 'Note of this server',
  correction: 'The article is mistaken here',
  ownReading: '(the editor’s own conclusion, without a source)',
  moreHas: 'In full: what the first card shortens or leaves out.',
  quoteCorrected: 'The article is mistaken here, as the first card says.',
  wholeDispute: 'What the dispute is about',
  onlySide: (side: string) => `Only the position of ${escapeInline(side)}.`,

  fromRecord: 'From the public record, not from the article',
  sinceThen: 'Since then (public record)',
  onDate: (date: string) => `${date.includes(' ') && /^\d/.test(date) ? 'on' : 'in'} ${date}`,
  asOf: (date: string) => `Sources up to ${date}`,
  noSourceGiven: 'none given',
  notInArticle: 'Source: linked above. This is not from the article.',
  noPosition: 'The article does not say what this side’s own position is.',
  nothingFound: 'No statement of this side was found in the public record.',
  moreOf: (sides: readonly string[]) => `More from ${listed(sides, 'conjunction')}: press More.`,
  moreOfAll: 'More from all sides: press More.',
  noPositionOf: (sides: readonly string[]) =>
    `The article does not say what the position of ${listed(sides, 'disjunction')} is.`,
  nothingFoundOf: (sides: readonly string[]) =>
    `No statement of ${listed(sides, 'disjunction')} was found in the public record.`,
  noSuchSide: (side: string, sides: string) =>
    `“${escapeInline(side)}” is no side of this dispute. Its sides are ${escapeInline(sides, 300)}.`,
  noSides: (title: string) => `**${escapeInline(title, 80)}** is no dispute and has no sides. Leave the side out.`,
} as const;
