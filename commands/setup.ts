import { notice } from '../src/chat/cards/cards.ts';
import {
  type Answer,
  type Call,
  commandGroup,
  flag,
  maybeOneOf,
  maybeRole,
  maybeText,
  subcommand,
} from '../src/chat/command.ts';
import { settingsCard } from '../src/chat/cards/settings-card.ts';
import { words } from '../src/chat/words.ts';
import { type ServerSettings, timeZoneNamed, timeZonesLike } from '../src/core/settings.ts';

export default commandGroup({
  name: 'setup',
  description: 'Settings of this server',
  reach: 'server-only',
  hidden: true,
  managers: true,
  subcommands: {
    show: subcommand({
      description: 'See the settings of this server',
      run: async (_, { settings, where }) => ({
        message: settingsCard(await settings.server(where.home)),
        hidden: true,
      }),
    }),
    quiz: subcommand({
      description: 'Who may open group rounds, and whether answers may be changed',
      options: {
        'starter-role': maybeRole('Only members with this role open group rounds; @everyone lets everybody'),
        'answer-changes': flag('Whether an answer may be changed until time is up'),
      },
      run: ({ 'starter-role': role, 'answer-changes': answerChanges }, call) =>
        change(call, {
          // The role that everybody has carries the id of the server.
          ...(role !== undefined && { starterRole: role === call.where.guild ? undefined : role }),
          ...(answerChanges !== undefined && { answerChanges }),
        }),
    }),
    board: subcommand({
      description: 'Whether there is a leaderboard, and the time zone of its weeks',
      options: {
        show: maybeOneOf('Whether there is a leaderboard', { on: 'On', off: 'Off' }),
        'time-zone': maybeText('Where days, weeks and months begin, for example Asia/Tehran', {
          suggest: async (typed) => timeZonesLike(typed).map((zone) => ({ name: zone, value: zone })),
        }),
      },
      run({ show, 'time-zone': typed }, call) {
        const timeZone = typed === undefined ? undefined : timeZoneNamed(typed);
        if (typed !== undefined && timeZone === undefined)
          return { message: notice(words.noSuchTimeZone(typed)), hidden: true };
        return change(call, {
          ...(show !== undefined && { board: show === 'on' }),
          ...(timeZone !== undefined && { timeZone }),
        });
      },
    }),
  },
});

async function change({ settings, where }: Call, changes: Partial<ServerSettings>): Promise<Answer> {
  if (where.guild === undefined) return { message: notice(words.serverOnly), hidden: true };
  if (Object.keys(changes).length === 0)
    return { message: settingsCard(await settings.server(where.home), words.nothingToChange), hidden: true };
  const now = await settings.changeServer(where.home, changes);
  return { message: settingsCard(now, words.settingsSaved), hidden: true };
}
