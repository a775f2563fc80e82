/**
 * Describes what the bot stores about a member. `/me show` and `/me export` use the same texts. A test checks that
 * .github/PRIVACY.md contains these texts.
 */
import type { StoredKind } from '../member-data.ts';
import { pluralize } from './labels.ts';

interface KindInWords {
  readonly title: string;
  /**
   * If a kind of data consists of several things, each of them has a line of its own in this text. The same applies to
   * `kept`.
   */
  readonly what: string;
  readonly kept: string;
}

export const storedDataWords: Readonly<Record<StoredKind, KindInWords>> = {
  scores: {
    title: 'Scores',
    what: [
      'For each server, and for your private conversations with the bot:',
      '- your display name, and whether leaderboards leave you out',
      '- your points, answers and right answers by week, month, topic and kind of question',
      '- the days on which you answered, and the facts that you missed',
      '- your latest rounds with their points, and why a leaderboard counted fewer points than a round gave',
      '- which questions you answered right in the last 30 days, and when, because they bring fewer points again',
      '- your points of the last days, because a day brings a limited number of points',
    ].join('\n'),
    kept: [
      'Until you type /me delete, or 30 days after the server has removed the bot.',
      'Points by week: 12 weeks. Other figures of a week: three weeks. Figures of a month: two months.',
      'If a server leaves you out of its leaderboards, your id stays after /me delete, as that is the server’s decision.',
    ].join('\n'),
  },
  settings: {
    title: 'Your settings',
    what: 'What you chose with /me settings: private look-ups, extra time, and when your days begin.',
    kept: 'Until you type /me delete.',
  },
  asked: {
    title: 'Questions you were asked',
    what: 'The ids of at most 1,000 questions of each pack that finished rounds asked you, so that later rounds prefer new ones. Your answers are not in this list.',
    kept: 'Until you type /me delete.',
  },
  seen: {
    title: 'Facts you were shown',
    what: 'The ids of the entries that /fact has shown you when you typed it without a query, so that it can show you new ones.',
    kept: 'Until you type /me delete.',
  },
  packs: {
    title: 'Packs you added',
    what: 'Your id and your display name with each pack that you added to a server, and when you added it.',
    kept: 'Until you type /me delete, until the pack is removed or somebody brings a new version of it, or 30 days after the server has removed the bot. The pack itself stays with the server.',
  },
  reports: {
    title: 'Reports',
    what: 'What you reported about questions and entries in each server, with your id, your display name and the time. After your report was deleted by those who manage the server, only your id is kept with the item, so that another report of yours does not count.',
    kept: 'Until you type /me delete, until those who manage the server change or retire the item or delete your report, or 30 days after the server has removed the bot or the pack.',
  },
  rounds: {
    title: 'Rounds',
    what: 'Your name and your answers in rounds that are being played, and in the last round of each channel.',
    kept: 'While the round can be looked at, at most a day after its first answer. After that, only the counts in your scores are left.',
  },
  lastPlayers: {
    title: 'Players of the last round',
    what: 'That you answered in the last round of a channel, for the leaderboard of that round.',
    kept: 'Until the next round in that channel, until you type /me delete, or 30 days after the server has removed the bot.',
  },
  unreadable: {
    title: 'Values set aside',
    what: 'Values that the bot could not read any more and has set aside. Only their names are listed.',
    kept: 'Until you type /me delete, or until whoever runs the bot has removed them.',
  },
};

/**
 * For each kind of data, a function that says how much is stored. The kinds are in the order of /me show. `inPrivate`
 * is the part of `count` that belongs to the private conversation with the bot.
 */
export const storedNumbers: Readonly<Record<StoredKind, (count: number, inPrivate: number) => string>> = {
  scores: (count, inPrivate) =>
    `${[
      ...(count > inPrivate ? [`on ${pluralize(count - inPrivate, 'server')}`] : []),
      ...(inPrivate > 0 ? ['in private with the bot'] : []),
    ].join(' and ')}, with the facts that you missed`,
  settings: () => 'what you chose',
  asked: (count) => `${pluralize(count, 'different question')}; those of an open round are added when it ends`,
  seen: (count) => `${pluralize(count, 'entry', 'entries')} by /fact without a query; other look-ups are not stored`,
  packs: (count) => `on ${pluralize(count, 'server')}`,
  reports: (count) => `on ${pluralize(count, 'server')}`,
  rounds: (count) => `your answers in ${pluralize(count, 'round')} of the last day`,
  lastPlayers: (count) => `your place in the last round of ${pluralize(count, 'channel')}`,
  unreadable: (count) => pluralize(count, 'value'),
};

export const exportWords = {
  about:
    'This file holds everything that the bot stores about you. Each part says in words what it is and how long it is kept. Times are in milliseconds since 1970 (UTC), days in days since 1970.',
  /** The headings of the pages of /me show, and the buttons that open them. */
  showTitles: { numbers: 'What is stored about you', rules: 'What each part is, and how long it is kept' },
  showOther: { numbers: 'Back to the numbers', rules: 'Explain each part' },
  showNothing: 'Nothing is stored about you.',
  showNote:
    '/me export gives all of it as a file, /me delete deletes it everywhere. If a server has left you out of its leaderboards, that stays so. Messages in channels belong to Discord and stay.',
  exported: 'Everything that is stored about you is in this file.',
} as const;
