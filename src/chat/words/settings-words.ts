/** Sentences of /setup and /me. These functions escape the texts that members typed. */
import { escapeInline } from '../message/escape-markdown.ts';
import { pluralize } from './labels.ts';

export const settingsWords = {
  managersOnly: 'Only members who may manage this server can use this command.',
  serverOnly: 'These settings belong to a server. Type the command in one of its channels.',
  settingsSaved: 'Saved.',
  nothingToChange: 'Nothing was named to change, so everything stays as it is:',
  noSuchTimeZone: (typed: string) =>
    `There is no time zone “${escapeInline(typed)}”. Pick one from the suggestions, for example Asia/Tehran, Europe/Moscow or UTC.`,
  day: (timeZone: string) =>
    `In private conversations with the bot your days, weeks and months go by the time zone ${timeZone}. On a server its own time zone holds (/setup board).`,
  deleteTitle: 'Delete what is kept about you',
  deleteWhat:
    'This deletes your scores, streaks and missed facts on every server and in private, which facts and questions you were shown, and your settings. In rounds that are being played a “deleted player” takes your seat, without points.',
  deleteSure: 'Delete all of it',
  deleteNoWayBack: 'There is no way back.',
  notDeleted: 'Nothing was deleted: the box was not ticked.',
  notAllDeleted: 'Not everything could be deleted just now. Please type /me delete again in a moment.',
  deleted: (places: number) =>
    `Deleted: ${places === 0 ? 'there were no scores of yours' : `your scores in ${pluralize(places, 'place')} (servers and private conversations)`}, which facts and questions you were shown, and your settings. In rounds that are being played your seat is a “deleted player” without points. If you answer again, it begins anew.`,
  extraTime: (factor: number) =>
    factor === 1
      ? 'You have the usual time for each question.'
      : `You have ${factor} times the usual time for each question when you play alone against a clock. Nobody else is shown this.`,
} as const;
