/** A card that shows the settings of a server, with a select menu for each setting. */
import { currentTimeZone } from '../../core/time-zones.ts';
import { mostRoundChannels, type ServerSettings } from '../../core/settings.ts';
import { customId } from '../command.ts';
import {
  channelSelectRow,
  container,
  type Message,
  message,
  roleSelectRow,
  textDisplay,
} from '../message/message-components.ts';
import { settingsWords } from '../words/settings-words.ts';
import { setupWords } from '../words/setup-words.ts';
import { settingSelect, timeZoneSelect } from './setting-selects.ts';

/** `said` is a sentence that is shown above the settings, for example that the settings were saved. */
export function settingsCard(settings: ServerSettings, said?: string): Message {
  const { starterRole, roundChannels, answerChanges, timeZone, board } = settings;
  const id = (name: string) => customId('setup', 'set', name);
  return message(
    container([
      textDisplay(`## Settings of this server${said === undefined ? '' : `\n${said}`}`),
      textDisplay(
        `**Who opens group rounds:** ${starterRole === undefined ? 'everybody' : `members with <@&${starterRole}>`}`,
      ),
      roleSelectRow(id('role'), settingsWords.starterRole, starterRole),
      textDisplay(
        `**Where group rounds are opened:** ${setupWords.whereRounds(roundChannels)}\n-# ${setupWords.howToChooseChannels}`,
      ),
      channelSelectRow(id('channels'), settingsWords.roundChannels, roundChannels, mostRoundChannels),
      textDisplay(
        `**Answers:** ${answerChanges ? 'may be changed until time is up; the last one counts' : 'the first one is final'}`,
      ),
      settingSelect({
        id: id('answers'),
        placeholder: 'Answers',
        labels: settingsWords.answers,
        current: answerChanges ? 'change' : 'final',
      }),
      textDisplay(`**Leaderboard:** ${board ? 'on' : 'off'}`),
      settingSelect({
        id: id('board'),
        placeholder: 'Leaderboard',
        labels: settingsWords.leaderboard,
        current: board ? 'on' : 'off',
      }),
      textDisplay(`**Days, weeks and months:** by the time zone ${currentTimeZone(timeZone)}`),
      timeZoneSelect(id('time-zone'), timeZone),
      textDisplay(`-# ${settingsWords.otherZones}`),
    ]),
  );
}
