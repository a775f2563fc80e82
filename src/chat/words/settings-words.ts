/** The sentences that members read in /setup and /me. These functions escape the texts that members typed. */
import type { SettingsPage } from '../setting-changes.ts';
import { escapeInline } from '../message/escape-markdown.ts';
import { pluralize } from './labels.ts';

export const settingsWords = {
  managersOnly: 'Only members who may manage this server can use this command.',
  serverOnly: 'These settings belong to a server. Type the command in one of its channels.',
  settingsSaved: 'Saved.',
  /** The heading of each card of settings. */
  pages: {
    show: 'Settings of this server',
    quiz: 'Who opens group rounds, and changing answers',
    channels: 'Channels for group rounds',
    board: 'Leaderboard and time zone',
  } satisfies Readonly<Record<SettingsPage, string>>,
  noSuchTimeZone: (typed: string) =>
    `There is no time zone “${escapeInline(typed)}”. Examples: Asia/Tehran, Europe/Moscow or UTC. While you type one, suggestions appear.`,
  starterRole: 'Everybody opens rounds',
  roundChannels: 'Rounds in every channel',
  answers: { final: 'The first answer is final', change: 'The last answer counts' },
  leaderboard: { on: 'The leaderboard is on', off: 'The leaderboard is off' },
  whenSaved: 'A choice is saved as soon as it is sent, for the whole server.',
  everybody: 'Everybody may open them',
  everyChannel: 'Every channel',
  boardState: {
    on: 'on',
    off: 'off. Points still count, also in /profile, and are on the leaderboard when it is on again.',
  },
  boardMembers:
    'Leave a member out: /setup board exclude:@member. Delete all scores (the bot asks first): /setup board reset:True.',
  otherZones: 'Any other time zone: /setup board time-zone:Europe/Berlin',

  yourSettings: 'Your settings',
  labels: {
    lookUps:
      '**Who sees my look-ups**: what I look up with /fact, /event, /dispute or /timeline is shown to everybody in the channel, or to me alone.',
    extraTime:
      '**My time to answer** in solo rounds against the clock (/quiz solo timed:Yes). The usual time is 12 to 60 seconds, by the length of the question.',
    timeZone:
      '**My time zone**: when days, weeks and months begin for my scores in private conversations with the bot. A server has its own time zone.',
    dayStart:
      '**When my day begins**, for my scores in private conversations with the bot. On a server it begins at midnight.',
  },
  lookUps: { public: 'Look-ups for everyone', private: 'Look-ups for me alone' },
  extraTimes: {
    '1': 'Usual time to answer',
    '1.5': '1.5 × time to answer',
    '2': '2 × time to answer',
  },
  dayBegins: (hour: number) => `My day begins at ${hour}:00`,
  yourDays: 'Each choice is saved at once. Any other time zone: /me settings time-zone:Europe/Berlin',
  deleteTitle: 'Delete what is stored about you, for good',
  deleteWhat: [
    '**This deletes, on every server and in private:**',
    '- your scores, days in a row and missed facts',
    '- which facts and questions you were shown',
    '- your reports, and your name on packs that you added',
    '- your settings',
    '- your name and points in rounds that are being played and in the last round of each channel; “deleted player” takes your seat',
  ].join('\n'),
  deleteNotThis: [
    '**This stays:**',
    '- if a server has left you out of its leaderboards, that stays so, as it is the server’s decision',
    '- messages in channels, which belong to Discord',
    'To have all of it as a file, type /me export first.',
  ].join('\n'),
  deleteSure: 'Yes, delete it for good',
  deleteNoWayBack: 'This cannot be undone.',
  notDeleted:
    'Nothing was deleted: the box was not ticked. To delete everything, type /me delete again and tick the box.',
  notAllDeleted: (reference: string) =>
    `Not everything could be deleted just now. Please type /me delete again in a moment. Reference: ${reference}`,
  deleted: (places: number, exclusions: number) =>
    `Deleted: ${places === 0 ? 'there were no scores of yours' : `your scores in ${pluralize(places, 'place')} (servers and private conversations)`}, which facts and questions you were shown, your reports, your name on packs that you added, and your settings. In rounds that are being played your seat is a “deleted player” without points. If you answer again, it begins anew.${exclusions === 0 ? '' : ` ${pluralize(exclusions, 'server')} left you out of the leaderboards: that alone is kept, as it is the server’s decision.`}`,
} as const;
