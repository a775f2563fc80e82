import { findTimeZone } from '../src/core/time-zones.ts';
import { optionalTimeZone } from '../src/chat/time-zone-option.ts';
import { commandGroup, customId, optionalChoice, subcommand } from '../src/chat/command.ts';
import { component, parts } from '../src/chat/component.ts';
import { textDisplay } from '../src/chat/message/message-components.ts';
import { checkboxField, modal } from '../src/chat/message/modal-fields.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { settingsWords } from '../src/chat/words/settings-words.ts';

const factors = { '1': 1, '1.5': 1.5, '2': 2 } as const;

export default commandGroup({
  name: 'me',
  description: 'What the bot keeps about you, and how it treats you',
  ephemeral: true,
  subcommands: {
    'extra-time': subcommand({
      description: 'More time for each question when you play alone against a clock',
      options: {
        times: optionalChoice('How many times the usual time (empty: tells what holds now)', {
          '1': 'The usual time',
          '1.5': '1.5 times',
          '2': 'Twice',
        }),
      },
      async run({ times }, { who, settings }) {
        const { extraTime } = await (times === undefined
          ? settings.member(who.id)
          : settings.changeMember(who.id, { extraTime: factors[times] }));
        return ephemeralNotice(settingsWords.extraTime(extraTime));
      },
    }),
    day: subcommand({
      description: 'The time zone of your days and streaks in private conversations',
      options: { 'time-zone': optionalTimeZone('Where your days begin, for example Asia/Tehran (empty: tells it)') },
      async run({ 'time-zone': typed }, { who, settings }) {
        const timeZone = typed === undefined ? undefined : findTimeZone(typed);
        if (typed !== undefined && timeZone === undefined) return ephemeralNotice(settingsWords.noSuchTimeZone(typed));
        const now = await (timeZone === undefined
          ? settings.member(who.id)
          : settings.changeMember(who.id, { timeZone }));
        return ephemeralNotice(settingsWords.day(now.timeZone));
      },
    }),
    delete: subcommand({
      description: 'Delete everything the bot keeps about you, everywhere',
      run: () => ({
        modal: modal(
          settingsWords.deleteTitle,
          customId('me', 'delete'),
          textDisplay(settingsWords.deleteWhat),
          checkboxField(settingsWords.deleteSure, 'sure', settingsWords.deleteNoWayBack),
        ),
      }),
    }),
  },
  components: {
    delete: component(parts([]), async (_, { forget, who }, { sure }) => {
      if (sure !== true) return ephemeralNotice(settingsWords.notDeleted);
      const places = await forget(who.id);
      return ephemeralNotice(places === undefined ? settingsWords.notAllDeleted : settingsWords.deleted(places));
    }),
  },
});
