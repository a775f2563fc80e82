/**
 * Registers the commands with Discord. If the list that Discord has stored differs from the bot's list in any field,
 * the whole list is overwritten. Discord keeps the ids of existing commands. Only new names count towards Discord's
 * limit of 200 created commands a day.
 * Source: Discord documentation, interactions/application-commands#bulk-overwrite-global-application-commands.
 */
import { DiscordAPIError, REST } from '@discordjs/rest';
import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTGetAPIApplicationCommandsResult,
  type RESTGetCurrentApplicationResult,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsResult,
  Routes,
} from 'discord.js';
import { CommandsRefused, TokenRefused, Unreachable } from './login-errors.ts';
import { unreachable } from './login.ts';
import { logRateLimits } from './rate-limit-log.ts';
import { isSameCommands } from './same-commands.ts';
import type { Availability, Command, MessageCommand, Option, Options } from '../chat/command.ts';
import type { Log } from '../log.ts';

export interface Registered {
  readonly applicationId: string;
  /** Converts `quiz group` to `</quiz group:ID>`, which Discord shows as a clickable mention. */
  readonly mention: (line: string) => string;
}

/**
 * Registers the commands globally if they differ from the commands that Discord has stored.
 *
 * With `mayOverwrite: false`, another process registers the commands. Then this function only reads the ids of the
 * stored commands, and throws Unreachable if Discord has not yet stored all commands.
 *
 * Throws TokenRefused if Discord does not accept the token, CommandsRefused if Discord refuses the commands, and
 * Unreachable after any other error.
 */
export async function register(
  token: string,
  api: string | undefined,
  commands: readonly Command[],
  messageCommands: readonly MessageCommand[],
  log?: Log,
  mayOverwrite = true,
): Promise<Registered> {
  const rest = new REST({
    ...(api !== undefined && { api }),
    ...(log && { rejectOnRateLimit: logRateLimits(log) }),
  }).setToken(token);
  // discord.js types responses as unknown. These casts follow Discord's documentation.
  const { id } = (await orStartError(() => rest.get(Routes.currentApplication()))) as RESTGetCurrentApplicationResult;
  const body: RESTPutAPIApplicationCommandsJSONBody = [
    ...commands.map(commandJson),
    ...messageCommands.map(messageCommandJson),
  ];
  const route = Routes.applicationCommands(id);
  // Without this parameter, the list that Discord returns has no localizations.
  const query = new URLSearchParams({ with_localizations: 'true' });
  const stored = (await orStartError(() => rest.get(route, { query }))) as RESTGetAPIApplicationCommandsResult;
  if (!Array.isArray(stored)) throw unreachable(new TypeError('its answer is no list of commands'));
  let registered: RESTPutAPIApplicationCommandsResult = stored;
  if (!mayOverwrite) requireAll([...commands, ...messageCommands], stored);
  else if (!isSameCommands(body, stored)) {
    registered = (await orStartError(() => rest.put(route, { body }))) as RESTPutAPIApplicationCommandsResult;
    log?.info({ commands: registered.length }, 'the commands have changed and were registered');
  }
  const ids = new Map(registered.map(({ name, id: command }) => [name, command]));
  return {
    applicationId: id,
    mention: (line) => `</${line}:${ids.get(line.split(' ')[0] ?? '') ?? '0'}>`,
  };
}

function requireAll(
  commands: readonly { readonly name: string }[],
  stored: readonly { readonly name: string }[],
): void {
  const missing = commands.find(({ name }) => !stored.some((one) => one.name === name));
  if (missing) throw new Unreachable(`the process of the first shard has not registered /${missing.name} yet`);
}

/**
 * Returns the link that adds the bot to a server:
 * https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow. The link requests View Channel, Send
 * Messages, Send Messages in Threads, Create Public Threads and Attach Files.
 */
export function inviteLink(applicationId: string): string {
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=309237681152`;
}

/**
 * Runs a request. If it fails, throws one of the errors that {@link register} throws. Discord answers with status 400
 * if a command is invalid (code 50035) or if too many commands were created today (code 30034).
 */
async function orStartError<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { status, message } = error instanceof DiscordAPIError ? error : {};
    if (status === 401) throw new TokenRefused('Discord does not accept the token', { cause: error });
    if (status === 400) throw new CommandsRefused(message, { cause: error });
    throw unreachable(error);
  }
}

/** Converts a command to the JSON of Discord's API. */
export function commandJson(command: Command): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const { name, description, options, subcommands, availability, managersOnly } = command;
  return {
    name,
    description,
    options: subcommands
      ? Object.entries(subcommands).map(([sub, part]) => ({
          type: ApplicationCommandOptionType.Subcommand,
          name: sub,
          description: part.description,
          options: optionsJson(part.options),
        }))
      : optionsJson(options),
    ...placesJson(availability),
    ...(managersOnly && { default_member_permissions: String(PermissionFlagsBits.ManageGuild) }),
  };
}

/** Converts a command of the context menu of messages to the JSON of Discord's API. */
export const messageCommandJson = ({
  name,
  availability,
}: MessageCommand): RESTPostAPIContextMenuApplicationCommandsJSONBody => ({
  type: ApplicationCommandType.Message,
  name,
  ...placesJson(availability),
});

function placesJson(availability: Availability) {
  const { Guild, BotDM, PrivateChannel } = InteractionContextType;
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  return {
    contexts: { servers: [Guild], 'servers-and-dms': [Guild, BotDM], everywhere: [Guild, BotDM, PrivateChannel] }[
      availability
    ],
    integration_types: availability === 'everywhere' ? [GuildInstall, UserInstall] : [GuildInstall],
  };
}

type BasicOption = Exclude<
  APIApplicationCommandOption,
  { type: ApplicationCommandOptionType.Subcommand | ApplicationCommandOptionType.SubcommandGroup }
>;

function optionsJson(options: Options): BasicOption[] {
  const all = Object.entries(options).map(([name, option]) => optionJson(name, option));
  // Discord rejects a command in which an optional option comes before a required option.
  return all.toSorted((a, b) => Number(b.required) - Number(a.required));
}

function optionJson(name: string, option: Option): BasicOption {
  const { description, required } = option;
  switch (option.type) {
    case 'string':
      return option.choices
        ? { type: ApplicationCommandOptionType.String, name, description, required, choices: [...option.choices] }
        : {
            type: ApplicationCommandOptionType.String,
            name,
            description,
            required,
            autocomplete: option.autocomplete !== undefined,
          };
    case 'integer':
      return {
        type: ApplicationCommandOptionType.Integer,
        name,
        description,
        required,
        min_value: option.min,
        max_value: option.max,
      };
    case 'boolean':
      return { type: ApplicationCommandOptionType.Boolean, name, description, required };
    case 'attachment':
      return { type: ApplicationCommandOptionType.Attachment, name, description, required };
    case 'role':
      return { type: ApplicationCommandOptionType.Role, name, description, required };
    case 'user':
      return { type: ApplicationCommandOptionType.User, name, description, required };
    case 'channel':
      return {
        type: ApplicationCommandOptionType.Channel,
        name,
        description,
        required,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildVoice],
      };
  }
}
