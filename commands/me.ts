import { findTimeZone } from '../src/core/time-zones.ts';
import { optionalTimeZone } from '../src/chat/time-zone-option.ts';
import { memberSettingsCard } from '../src/chat/cards/member-settings-card.ts';
import { exportResponse, storedDataCard, storedDataPages } from '../src/chat/cards/stored-data-card.ts';
import { commandGroup, customId, subcommand } from '../src/chat/command.ts';
import { oneOf } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import { textDisplay } from '../src/chat/message/message-components.ts';
import { checkboxField, choiceOf, modal } from '../src/chat/message/modal-fields.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { memberChange, memberSettingNames } from '../src/chat/setting-changes.ts';
import { settingsWords } from '../src/chat/words/settings-words.ts';

export default commandGroup({
  name: 'me',
  description: 'What the bot keeps about you, and how it treats you',
  ephemeral: true,
  subcommands: {
    settings: subcommand({
      description: 'Who sees look-ups, extra time, time zone',
      options: { 'time-zone': optionalTimeZone('Where your days begin, for example Asia/Tehran') },
      async run({ 'time-zone': typed }, { who, settings }) {
        const timeZone = typed === undefined ? undefined : findTimeZone(typed);
        if (typed !== undefined && timeZone === undefined) return ephemeralNotice(settingsWords.noSuchTimeZone(typed));
        if (timeZone === undefined)
          return { message: memberSettingsCard(await settings.member(who.id)), ephemeral: true };
        const now = await settings.changeMember(who.id, { timeZone });
        return { message: memberSettingsCard(now, settingsWords.settingsSaved), ephemeral: true };
      },
    }),
    show: subcommand({
      description: 'See what the bot keeps about you, why and how long',
      run: async (_, { who, storedAbout }) => ({
        message: storedDataCard(await storedAbout(who.id)),
        ephemeral: true,
      }),
    }),
    export: subcommand({
      description: 'Get everything the bot keeps about you as a file',
      run: async (_, { who, at, storedAbout }) => exportResponse(await storedAbout(who.id), who.id, at),
    }),
    delete: subcommand({
      description: 'Delete everything the bot keeps about you, everywhere',
      run: () => ({
        modal: modal(
          settingsWords.deleteTitle,
          customId('me', 'delete'),
          textDisplay(settingsWords.deleteWhat),
          checkboxField(settingsWords.deleteSure, 'sure', settingsWords.deleteNoWayBack),
          textDisplay(settingsWords.deleteNotThis),
        ),
      }),
    }),
  },
  components: {
    set: component(parts([oneOf(memberSettingNames)]), async ([name], { who, settings }, fields) => {
      const now = await settings.changeMember(who.id, memberChange(name, choiceOf(fields)));
      return { message: memberSettingsCard(now, settingsWords.settingsSaved), replace: true };
    }),
    stored: component(parts([oneOf(storedDataPages)]), async ([page], { who, storedAbout }) => ({
      message: storedDataCard(await storedAbout(who.id), page),
      replace: true,
    })),
    delete: component(parts([]), async (_, { forget, who }, { sure }) => {
      if (sure !== true) return ephemeralNotice(settingsWords.notDeleted);
      const deletion = await forget(who.id);
      return ephemeralNotice(
        'places' in deletion
          ? settingsWords.deleted(deletion.places, deletion.exclusions)
          : settingsWords.notAllDeleted(deletion.reference),
      );
    }),
  },
});
