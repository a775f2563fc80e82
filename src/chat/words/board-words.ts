/**
 * The sentences that members read on leaderboards, profiles and progress pictures. These functions escape the titles
 * that they receive.
 */
import type { Measure } from '../../core/scores/board.ts';
import { maxPointsPerDay } from '../../core/scores/fair-points.ts';
import { escapeInline } from '../message/escape-markdown.ts';
import { pluralize } from './labels.ts';

const times = (number: number): string => (number === 1 ? 'once' : `${number} times`);

const startRound = (isPrivate: boolean): string => `Start a round with ${isPrivate ? '/quiz solo' : '/quiz group'}.`;

interface ProgressSummary {
  readonly name: string;
  /** The sentence that `weeksAlt` creates. It lists the points of each week. */
  readonly weeks: string;
  readonly topics: readonly string[];
  readonly more: number;
  readonly streak: string;
}

export const boardWords = {
  fairPoints: `On leaderboards your first right answer to a question brings all its points, the second within 30 days half, the third a quarter, and later ones none. A day brings at most ${maxPointsPerDay.toLocaleString('en')} points, and an answer given faster than one can read gets no speed bonus.`,
  /** `topic` is the title of the chosen topic. Undefined if the leaderboard is for all topics. */
  boardEmpty: (isPrivate: boolean, topic: string | undefined) =>
    `${isPrivate ? 'You have not answered a question' : 'Nobody has answered a question'}${topic === undefined ? '' : ` about “${escapeInline(topic, 80)}”`}${isPrivate ? ' in this conversation' : ''} in the chosen time.${isPrivate ? ' Answers on a server count on its own leaderboard.' : ''} ${startRound(isPrivate)}`,
  boardEmptyAccuracy: (fewest: number) =>
    `Members with at least ${fewest} answers are ranked by accuracy. Nobody has that many in this time yet.`,
  boardEmptyStreak: (isPrivate: boolean) =>
    `${isPrivate ? 'You have not answered a question' : 'Nobody has answered a question'} today or yesterday. ${startRound(isPrivate)}`,
  boardPrivate: 'In a private conversation the board shows only you.',
  boardOff: 'This server has no leaderboard: whoever manages it switched it off. /profile shows your own numbers.',
  weekNotKept: (week: string) =>
    `The ${week} is no longer kept; the board goes back three weeks. /leaderboard shows this one.`,
  monthNotKept: (month: string) =>
    `${month} is no longer kept; the board goes back two months. /leaderboard window:month shows this one.`,
  roundNotKept: 'That round is no longer kept, so it has no board any more.',
  weakestFacts: 'What you get wrong most',
  severalTopics: '-# A question can belong to several topics, so the topics add up to more than the whole.',
  boardRound: 'The latest round in this channel with answers that count',
  boardTopic: (title: string) => `only “${escapeInline(title, 80)}”`,
  titles: {
    points: 'Leaderboard: points',
    accuracy: 'Leaderboard: accuracy',
    streak: 'Leaderboard: days in a row',
  } satisfies Readonly<Record<Measure, string>>,
  allRounds: 'group and solo rounds',
  byStreak: 'Days in a row with an answer. Whoever answered yesterday can still continue the row today',
  otherBoards: 'Another leaderboard',
  others: {
    'points-week': 'Points this week',
    'points-month': 'Points this month',
    'points-all': 'Points of all time',
    'points-round': 'Points, latest round here',
    'accuracy-week': 'Accuracy this week',
    'accuracy-month': 'Accuracy this month',
    'accuracy-all': 'Accuracy of all time',
    streak: 'Days in a row',
  },
  you: ' (you)',
  around: (name: string | undefined) => `Around ${name ?? 'you'}`,
  noRoundYet: (isPrivate: boolean) =>
    isPrivate
      ? 'Group rounds are played in the channels of a server, so there is none here.'
      : 'No round has been played in this channel yet. Start one with /quiz group.',
  /** `name` is escaped. If it is undefined, the sentence is addressed to the member. */
  haveAnswers: (name: string | undefined, have: number) =>
    `${name === undefined ? 'You have' : `${name} has`} ${pluralize(have, 'answer')} here`,
  tooFewAnswers: (have: string, fewest: number) => `${have}; members are ranked by accuracy from ${fewest} answers on.`,
  missed: (wrong: number, right: number) =>
    `missed ${times(wrong)}, ${right === 0 ? 'not right since' : `right ${times(right)} since`}`,
  noProfile: 'You have not answered a question here yet. Try /quiz solo.',

  progress: 'Progress',
  progressWeeks: (weeks: number) => `Points in the last ${weeks} weeks`,
  progressTopics: 'Right answers by topic',
  progressMore: (more: number) => `${pluralize(more, 'more topic')} in the text above`,
  topicNumber: (number: number) => `Topic ${number}`,
  reached: (share: string, right: number, answered: number) => `${share} · ${right} of ${answered}`,
  daysInARow: (now: number, longest: number) => `${pluralize(now, 'day')} in a row now, ${longest} at best`,
  /**
   * The points of the last weeks, for alt texts. `points` lists the points of each week in one text, oldest week first.
   */
  weeksAlt: (weeks: number, points: string | undefined) =>
    points === undefined
      ? `No points in the last ${weeks} weeks.`
      : `Points in the last ${weeks} weeks, this week last: ${points}.`,
  /** Alt text of a member's progress picture. */
  progressAlt: ({ name, weeks, topics, more, streak }: ProgressSummary) =>
    [
      `Progress of ${name}: ${streak}.`,
      weeks,
      ...(topics.length > 0 ? [`Right answers by topic: ${topics.join('; ')}.`] : []),
      ...(more > 0 ? [`${pluralize(more, 'more topic')} in the text above.`] : []),
    ].join(' '),

  groupProgress: 'Group progress',
  groupTitle: 'Progress of this server',
  groupMembers: (members: number) => `${pluralize(members, 'member')} with answers`,
  /**
   * Says how old the progress of a server may be, because it is cached for five minutes. The leaderboard may show
   * points that this progress does not contain yet.
   */
  groupAge: 'at most five minutes old',
  groupTopics: 'Topics to work on',
  groupTopicsNote: (members: number) =>
    `-# Under 75 % right, the lowest first; only topics that at least ${members} members have answered.`,
  groupTopicsNone: (members: number) => `No topic has answers of ${members} members yet.`,
  groupTopicsAllRight: (members: number) =>
    `At least 75 % of the answers were right in all topics that at least ${members} members have answered.`,
  groupNobody: 'Nobody on this server has answered a question yet. Start a round with /quiz group.',
  /** Alt text of the picture of a server's progress. */
  groupAlt: (members: number, weeks: string, topics: readonly string[]) =>
    [
      `Progress of this server, ${pluralize(members, 'member')} with answers.`,
      weeks,
      ...(topics.length > 0 ? [`Topics to work on, by right answers: ${topics.join('; ')}.`] : []),
    ].join(' '),
} as const;
