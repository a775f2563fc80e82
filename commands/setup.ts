import { type ServerSettings } from '../src/core/settings.ts';
import { findTimeZone } from '../src/core/time-zones.ts';
import { settingsCard } from '../src/chat/cards/settings-card.ts';
import type { CommandContext, MessageResponse } from '../src/chat/command-context.ts';
import { commandGroup, optionalBoolean, optionalChoice, optionalRole, subcommand } from '../src/chat/command.ts';
import { optionalTimeZone } from '../src/chat/time-zone-option.ts';
import { oneOf } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';
import { serverChange, serverSettingNames } from '../src/chat/setting-changes.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { settingsWords } from '../src/chat/words/settings-words.ts';

export default commandGroup({
  name: 'setup',
  description: 'Settings of this server',
  availability: 'servers',
  ephemeral: true,
  managersOnly: true,
  subcommands: {
    show: subcommand({
      description: 'See and change the settings of this server (managers)',
      run: async (_, { settings, where }) => ({
        message: settingsCard(await settings.server(where.scope)),
        ephemeral: true,
      }),
    }),
    quiz: subcommand({
      description: 'Who may start group quizzes, whether answers may change (managers)',
      options: {
        'starter-role': optionalRole('Only members with this role open group rounds; @everyone lets everybody'),
        'answer-changes': optionalBoolean('Whether an answer may be changed until time is up'),
      },
      run: ({ 'starter-role': role, 'answer-changes': answerChanges }, context) =>
        change(context, {
          // The id of @everyone is the id of the server.
          ...(role !== undefined && { starterRole: role === context.where.guild ? undefined : role }),
          ...(answerChanges !== undefined && { answerChanges }),
        }),
    }),
    board: subcommand({
      description: 'Turn the leaderboard on or off, set its time zone (managers)',
      options: {
        show: optionalChoice('Whether there is a leaderboard', { on: 'On', off: 'Off' }),
        'time-zone': optionalTimeZone('Where days, weeks and months begin, for example Asia/Tehran'),
      },
      run({ show, 'time-zone': typed }, context) {
        const timeZone = typed === undefined ? undefined : findTimeZone(typed);
        if (typed !== undefined && timeZone === undefined) return ephemeralNotice(settingsWords.noSuchTimeZone(typed));
        return change(context, {
          ...(show !== undefined && { board: show === 'on' }),
          ...(timeZone !== undefined && { timeZone }),
        });
      },
    }),
  },
  components: {
    set: component(parts([oneOf(serverSettingNames)]), async ([name], context, fields) => {
      if (!context.who.manager) return ephemeralNotice(settingsWords.managersOnly);
      return { ...(await change(context, serverChange(name, choiceOf(fields)))), replace: true };
    }),
  },
});

async function change({ settings, where }: CommandContext, changes: Partial<ServerSettings>): Promise<MessageResponse> {
  if (where.guild === undefined) return ephemeralNotice(settingsWords.serverOnly);
  if (Object.keys(changes).length === 0)
    return {
      message: settingsCard(await settings.server(where.scope), settingsWords.nothingToChange),
      ephemeral: true,
    };
  const now = await settings.changeServer(where.scope, changes);
  return { message: settingsCard(now, settingsWords.settingsSaved), ephemeral: true };
}
