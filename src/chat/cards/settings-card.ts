/**
 * The cards that show settings of a server, with a select menu for each setting. The card of `/setup show` has all
 * settings. The cards of `/setup quiz`, `/setup channels` and `/setup board` have only the settings that the command
 * changes.
 */
import { currentTimeZone } from '../../core/time-zones.ts';
import { maxRoundChannels, type ServerSettings } from '../../core/settings.ts';
import { customId } from '../command.ts';
import {
  actionRow,
  button,
  channelSelectRow,
  type Container,
  container,
  type Message,
  message,
  roleSelectRow,
  textDisplay,
} from '../message/message-components.ts';
import type { SettingsPage } from '../setting-changes.ts';
import { settingsWords } from '../words/settings-words.ts';
import { setupWords } from '../words/setup-words.ts';
import { settingSelect, timeZoneSelect } from './setting-selects.ts';

type Parts = Container['components'];

/** `said` is a sentence that is shown above the settings, for example that the settings were saved. */
export function settingsCard(settings: ServerSettings, page: SettingsPage = 'show', said?: string): Message {
  const idOf = (name: string) => customId('setup', 'set', page, name);
  const clearId = (name: string) => customId('setup', 'clear', page, name);
  const parts: Readonly<Record<Exclude<SettingsPage, 'show'>, () => Parts>> = {
    quiz: () => [...starterParts(settings, idOf, clearId), ...answerParts(settings, idOf)],
    channels: () => channelParts(settings, idOf, clearId),
    board: () => boardParts(settings, idOf),
  };
  const shown =
    page === 'show'
      ? [
          ...starterParts(settings, idOf, clearId),
          ...parts.channels(),
          ...answerParts(settings, idOf),
          ...parts.board(),
        ]
      : parts[page]();
  const heading = `## ${settingsWords.pages[page]}${said === undefined ? '' : `\n${said}`}`;
  return message(container([textDisplay(heading), ...shown, textDisplay(`-# ${settingsWords.whenSaved}`)]));
}

type IdOf = (name: string) => string;

const starterParts = ({ starterRole }: ServerSettings, idOf: IdOf, clearId: IdOf): Parts => [
  textDisplay(
    `**Who opens group rounds:** ${starterRole === undefined ? 'everybody' : `members with <@&${starterRole}>`}`,
  ),
  roleSelectRow(idOf('role'), settingsWords.starterRole, starterRole),
  ...(starterRole === undefined ? [] : [actionRow(button(settingsWords.everybody, clearId('role')))]),
];

const channelParts = ({ roundChannels }: ServerSettings, idOf: IdOf, clearId: IdOf): Parts => [
  textDisplay(
    `**Where group rounds are opened:** ${setupWords.whereRounds(roundChannels)}\n-# ${setupWords.howToChooseChannels}`,
  ),
  channelSelectRow(idOf('channels'), settingsWords.roundChannels, roundChannels, maxRoundChannels),
  ...(roundChannels.length === 0 ? [] : [actionRow(button(settingsWords.everyChannel, clearId('channels')))]),
];

const answerParts = ({ answerChanges }: ServerSettings, idOf: IdOf): Parts => [
  textDisplay(
    `**Answers:** ${answerChanges ? 'may be changed until time is up; the last one counts' : 'the first one is final'}`,
  ),
  settingSelect({
    id: idOf('answers'),
    placeholder: 'Answers',
    labels: settingsWords.answers,
    current: answerChanges ? 'change' : 'final',
  }),
];

const boardParts = ({ board, timeZone }: ServerSettings, idOf: IdOf): Parts => [
  textDisplay(`**Leaderboard:** ${settingsWords.boardState[board ? 'on' : 'off']}\n-# ${settingsWords.boardMembers}`),
  settingSelect({
    id: idOf('board'),
    placeholder: 'Leaderboard',
    labels: settingsWords.leaderboard,
    current: board ? 'on' : 'off',
  }),
  textDisplay(
    `**Days, weeks and months:** by the time zone ${currentTimeZone(timeZone)}\n-# ${settingsWords.otherZones}`,
  ),
  timeZoneSelect(idOf('time-zone'), timeZone),
];
