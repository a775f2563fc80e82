import { maxRoundChannels, type ServerSettings } from '../src/core/settings.ts';
import { findTimeZone } from '../src/core/time-zones.ts';
import { permissionCard } from '../src/chat/cards/permission-card.ts';
import { settingsCard } from '../src/chat/cards/settings-card.ts';
import type { CommandContext, InteractionResponse, MessageResponse } from '../src/chat/command-context.ts';
import {
  commandGroup,
  customId,
  optionalBoolean,
  optionalChoice,
  optionalId,
  subcommand,
} from '../src/chat/command.ts';
import { optionalTimeZone } from '../src/chat/time-zone-option.ts';
import { oneOf } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import { textDisplay } from '../src/chat/message/message-components.ts';
import { checkboxField, choiceOf, modal } from '../src/chat/message/modal-fields.ts';
import { serverChange, serverSettingNames, type SettingsPage, settingsPages } from '../src/chat/setting-changes.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { setupWords } from '../src/chat/words/setup-words.ts';
import { settingsWords } from '../src/chat/words/settings-words.ts';

export default commandGroup({
  name: 'setup',
  description: 'Settings of this server',
  availability: 'servers',
  ephemeral: true,
  managersOnly: true,
  subcommands: {
    show: subcommand({
      description: 'See and change settings (managers)',
      run: async (_, { settings, where }) => ({
        message: settingsCard(await settings.server(where.scope)),
        ephemeral: true,
      }),
    }),
    quiz: subcommand({
      description: 'Who may start quizzes, changing answers',
      options: {
        'starter-role': optionalId('role', 'Only members with this role open group rounds; @everyone lets everybody'),
        'answer-changes': optionalBoolean('Whether an answer may be changed until time is up'),
      },
      run: ({ 'starter-role': role, 'answer-changes': answerChanges }, context) =>
        change(context, 'quiz', {
          // The id of @everyone is the id of the server.
          ...(role !== undefined && { starterRole: role === context.where.guild ? undefined : role }),
          ...(answerChanges !== undefined && { answerChanges }),
        }),
    }),
    channels: subcommand({
      description: 'In which channels group rounds may be opened',
      options: {
        allow: optionalId('channel', 'Adds a channel to the list; then rounds are opened only in listed channels'),
        remove: optionalId('channel', 'Takes a channel off the list'),
        everywhere: optionalBoolean('Empties the list, so that rounds may be opened in every channel'),
      },
      run: changeChannels,
    }),
    board: subcommand({
      description: 'Leaderboard, time zone, who is left out, reset',
      options: {
        show: optionalChoice('Whether there is a leaderboard', { on: 'On', off: 'Off' }),
        'time-zone': optionalTimeZone('Where days, weeks and months begin, for example Asia/Tehran'),
        exclude: optionalId('user', 'Leaves a member out of the leaderboards'),
        include: optionalId('user', 'Brings a member back to the leaderboards'),
        reset: optionalBoolean('Deletes the scores of all members; a question comes first'),
      },
      run: changeBoard,
    }),
    check: subcommand({
      description: 'What the bot may do in a channel, and what to change',
      options: { channel: optionalId('channel', 'The channel to check (this channel)') },
      run({ channel }, { where, namedChannel }) {
        const access = channel === undefined || channel === where.channel ? where : namedChannel(channel);
        return access
          ? { message: permissionCard(channel ?? where.channel, access), ephemeral: true }
          : ephemeralNotice(setupWords.unknownChannel);
      },
    }),
  },
  components: {
    set: component(parts([oneOf(settingsPages), oneOf(serverSettingNames)]), ([page, name], context, fields) =>
      changeOnCard(context, page, serverChange(name, choiceOf(fields))),
    ),
    // If `name` is `role`, everybody may open group rounds from now on. If `name` is `channels`, group rounds may be
    // opened in every channel from now on.
    clear: component(parts([oneOf(settingsPages), oneOf(['role', 'channels'])]), ([page, name], context) =>
      changeOnCard(context, page, serverChange(name, '')),
    ),
    reset: component(parts([]), async (_, { who, where, scores }, { sure }) => {
      if (!who.manager) return ephemeralNotice(settingsWords.managersOnly);
      if (sure !== true) return ephemeralNotice(setupWords.notReset);
      return ephemeralNotice(setupWords.reset(await scores.reset(where.scope)));
    }),
  },
});

async function changeChannels(
  {
    allow,
    remove,
    everywhere,
  }: {
    readonly allow: string | undefined;
    readonly remove: string | undefined;
    readonly everywhere: boolean | undefined;
  },
  context: CommandContext,
): Promise<MessageResponse> {
  if (everywhere === true && (allow ?? remove) !== undefined) return ephemeralNotice(setupWords.channelsTogether);
  if (everywhere === true) return change(context, 'channels', { roundChannels: [] });
  if ((allow ?? remove) === undefined) return change(context, 'channels', {});
  const { roundChannels } = await context.settings.server(context.where.scope);
  const others = roundChannels.filter((id) => id !== allow && id !== remove);
  const channels = allow === undefined ? others : [...others, allow];
  if (channels.length > maxRoundChannels) return ephemeralNotice(setupWords.tooManyChannels(maxRoundChannels));
  return change(context, 'channels', { roundChannels: channels });
}

interface BoardChanges {
  readonly show: 'on' | 'off' | undefined;
  readonly 'time-zone': string | undefined;
  readonly exclude: string | undefined;
  readonly include: string | undefined;
  readonly reset: boolean | undefined;
}

function changeBoard(
  changes: BoardChanges,
  context: CommandContext,
): InteractionResponse | Promise<InteractionResponse> {
  const { show, 'time-zone': typed, exclude, include, reset } = changes;
  const others = [show, typed, exclude, include].filter((value) => value !== undefined);
  if (reset === true) return others.length > 0 ? ephemeralNotice(setupWords.resetAlone) : { modal: resetModal() };
  const member = exclude ?? include;
  if (member !== undefined)
    return others.length > 1
      ? ephemeralNotice(setupWords.excludeAlone)
      : changeMemberOnBoard(member, exclude !== undefined, context);
  const timeZone = typed === undefined ? undefined : findTimeZone(typed);
  if (typed !== undefined && timeZone === undefined) return ephemeralNotice(settingsWords.noSuchTimeZone(typed));
  return change(context, 'board', {
    ...(show !== undefined && { board: show === 'on' }),
    ...(timeZone !== undefined && { timeZone }),
  });
}

const resetModal = () =>
  modal(
    setupWords.resetTitle,
    customId('setup', 'reset'),
    textDisplay(setupWords.resetWhat),
    checkboxField(setupWords.resetSure, 'sure', setupWords.resetNoWayBack),
  );

async function changeMemberOnBoard(
  id: string,
  isExcluded: boolean,
  { scores, where, namedMember }: CommandContext,
): Promise<MessageResponse> {
  const name = namedMember(id) ?? id;
  await scores.exclude(where.scope, { id, name }, isExcluded);
  return ephemeralNotice(isExcluded ? setupWords.excluded(name) : setupWords.included(name));
}

/** Changes settings and shows a card of settings. If `changes` is empty, only shows the card. */
async function change(
  { settings, where }: CommandContext,
  page: SettingsPage,
  changes: Partial<ServerSettings>,
): Promise<MessageResponse> {
  if (where.guild === undefined) return ephemeralNotice(settingsWords.serverOnly);
  if (Object.keys(changes).length === 0)
    return { message: settingsCard(await settings.server(where.scope), page), ephemeral: true };
  const now = await settings.changeServer(where.scope, changes);
  return { message: settingsCard(now, page, settingsWords.settingsSaved), ephemeral: true };
}

/** Carries out a choice on a card of settings, and shows the same card with the new settings. */
async function changeOnCard(
  context: CommandContext,
  page: SettingsPage,
  changes: Partial<ServerSettings>,
): Promise<MessageResponse> {
  if (!context.who.manager) return ephemeralNotice(settingsWords.managersOnly);
  return { ...(await change(context, page, changes)), replace: true };
}
