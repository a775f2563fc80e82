/** The sentences of /setup check, /setup channels and /setup board. These functions escape the texts of members. */
import { escapeInline } from '../message/escape-markdown.ts';
import { pluralize } from './labels.ts';

/** What the bot needs each permission for. The names of the permissions are those that Discord shows. */
const purposes: Readonly<Record<string, string>> = {
  'View Channel': 'to see the channel',
  'Send Messages': 'to post the questions of a round as messages',
  'Create Public Threads': 'to open a thread for a round',
  'Send Messages in Threads': 'to post the questions of a round in a thread',
  'Manage Threads': 'to post in this thread, because it is locked',
};

const channelList = (channels: readonly string[]): string => channels.map((id) => `<#${id}>`).join(', ');

export const setupWords = {
  checkTitle: (channel: string) => `What I may do in <#${channel}>`,
  nothingMissing: 'I have every permission that I need.',
  missing: (permission: string) => {
    const purpose = purposes[permission];
    return `✘ **${permission}** is missing.${purpose === undefined ? '' : ` I need it ${purpose}.`}`;
  },
  howPlayed: {
    thread:
      'Group rounds here are played **in a thread**. If whoever starts one types /quiz group thread:No, it is played in the channel, without a thread.',
    channel: 'Group rounds here are played **in the channel itself**, without a thread.',
    message:
      'Group rounds here are played **in the one message** that answers /quiz group, with at most ten questions. Look-ups and /quiz solo work.',
  },
  noThreadsHere: 'Threads cannot be opened in a channel of this kind.',
  whatToChange: (channel: string, missing: readonly string[]) =>
    `**What to change**: Open the settings of <#${channel}> → Permissions, add me or my role, and allow ${missing.map((name) => `**${name}**`).join(', ')}. Then type /setup check again.`,
  unknownChannel: 'Discord did not say what I may do there. Type /setup check in that channel instead.',

  roundsOnlyIn: (channels: readonly string[]) =>
    `On this server group rounds are opened only in ${channelList(channels)}. You can play /quiz solo here.`,
  whereRounds: (channels: readonly string[]) =>
    channels.length === 0 ? 'in every channel' : `in ${channelList(channels)}`,
  howToChooseChannels:
    'Choose one or several; the choice takes the place of the one before. With none chosen, it is every channel, also those made later.',
  tooManyChannels: (most: number) =>
    `At most ${most} channels can be listed. Take one off the list, or allow every channel.`,
  channelsTogether: '`everywhere` empties the list, so it cannot be used together with `allow` or `remove`.',

  resetAlone: '`reset` asks a question first, so use it without other options.',
  resetTitle: 'Reset the leaderboard',
  resetWhat:
    'This deletes the points, days in a row, answers and missed facts of all members on this server. Settings stay, and who is left out stays left out. Rounds that are being played go on and count.',
  resetSure: 'Delete all scores of this server',
  resetNoWayBack: 'This cannot be undone.',
  notReset:
    'Nothing was reset: the box was not ticked. To reset it, type /setup board reset:True again and tick the box.',
  reset: (members: number) => `The leaderboard is reset: the scores of ${pluralize(members, 'member')} are deleted.`,
  excluded: (name: string) =>
    `${escapeInline(name)} is left out of the leaderboards from now on. Points still count in /profile. To show ${escapeInline(name)} on them again: /setup board include:@member.`,
  included: (name: string) => `${escapeInline(name)} is on the leaderboards again.`,
  excludeAlone: 'Name one member at a time: use either `exclude` or `include`.',
} as const;
