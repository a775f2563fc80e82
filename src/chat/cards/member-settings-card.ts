/** The card of /me settings, which only the member sees. */
import type { MemberSettings } from '../../core/settings.ts';
import { customId } from '../command.ts';
import { container, type Message, message, textDisplay } from '../message/message-components.ts';
import { settingsWords } from '../words/settings-words.ts';
import { settingSelect, timeZoneSelect } from './setting-selects.ts';

const hours = Object.fromEntries(
  Array.from({ length: 24 }, (_, hour) => [String(hour), settingsWords.dayBegins(hour)] as const),
);

/** `said` is a sentence that is shown above the settings, for example that a change was saved. */
export function memberSettingsCard(settings: MemberSettings, said?: string): Message {
  const id = (name: string) => customId('me', 'set', name);
  const { labels } = settingsWords;
  return message(
    container([
      textDisplay(`## ${settingsWords.yourSettings}${said === undefined ? '' : `\n${said}`}`),
      textDisplay(labels.lookUps),
      settingSelect({
        id: id('look-ups'),
        placeholder: 'Look-ups',
        labels: settingsWords.lookUps,
        current: settings.privateLookUps ? 'private' : 'public',
      }),
      textDisplay(labels.extraTime),
      settingSelect({
        id: id('extra-time'),
        placeholder: 'Extra time',
        labels: settingsWords.extraTimes,
        current: String(settings.extraTime),
      }),
      textDisplay(labels.timeZone),
      timeZoneSelect(id('time-zone'), settings.timeZone),
      textDisplay(labels.dayStart),
      settingSelect({ id: id('day-start'), placeholder: 'Day', labels: hours, current: String(settings.dayStart) }),
      textDisplay(`-# ${settingsWords.yourDays}`),
    ]),
  );
}
