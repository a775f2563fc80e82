/** Converts a discord.js interaction to the bot's own types for the input, the member, the channel and the server. */
import {
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { CommandInput, InteractionContext, OptionValue } from '../bot/ports/app.ts';
import type { ModalFields } from '../chat/message/modal-fields.ts';
import type { ChannelAccess, Where } from '../chat/who-and-where.ts';
import { orChannelError } from './errors.ts';
import { componentsJson, fileJson } from './payloads.ts';
import type { ResolvedChannels } from './resolved-channels.ts';
import { shardOf } from './shard-of.ts';

export type AnswerableInteraction =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | MessageComponentInteraction
  | ModalSubmitInteraction;

export function commandInput(interaction: ChatInputCommandInteraction | AutocompleteInteraction): CommandInput {
  const [first] = interaction.options.data;
  const subcommand = interaction.options.getSubcommand(false);
  const given: readonly CommandInteractionOption[] =
    (subcommand === null ? interaction.options.data : first?.options) ?? [];
  const values: Record<string, OptionValue> = {};
  for (const { name, value, attachment } of given)
    if (attachment) values[name] = { name: attachment.name, size: attachment.size, url: attachment.url };
    else if (value !== undefined) values[name] = value;
  return { command: interaction.commandName, ...(subcommand !== null && { subcommand }), values };
}

export function fieldsOf({ fields }: ModalSubmitInteraction): ModalFields {
  return Object.fromEntries(
    [...fields.fields].flatMap(([id, field]): readonly (readonly [string, string | boolean])[] => {
      if ('value' in field && (typeof field.value === 'string' || typeof field.value === 'boolean'))
        return [[id, field.value]];
      const [chosen] = 'values' in field && Array.isArray(field.values) ? (field.values as unknown[]) : [];
      return typeof chosen === 'string' ? [[id, chosen]] : [];
    }),
  );
}

/**
 * Whether the interaction comes from a message. This is the case if a member used a button or select menu of a message,
 * or submitted a modal that such a button or select menu had opened.
 */
export const hasSource = (
  interaction: AnswerableInteraction,
): interaction is MessageComponentInteraction | ModalMessageModalSubmitInteraction =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());

/**
 * Whether the interaction comes from a message of another application. Discord should never send such an interaction,
 * and the custom_ids of another application mean nothing to this bot. Source: Discord documentation,
 * resources/message#message-object.
 */
export function isFromForeignMessage(interaction: AnswerableInteraction): boolean {
  if (!hasSource(interaction)) return false;
  const { message, applicationId, client } = interaction;
  return message.applicationId === null
    ? message.author.id !== client.user.id && message.author.id !== applicationId
    : message.applicationId !== applicationId;
}

/**
 * The custom_ids in the message on which a message command was used. Empty if the message is not the bot's own, because
 * the custom_ids of other applications mean nothing to this bot.
 */
export function targetIds({ targetMessage, client }: MessageContextMenuCommandInteraction): readonly string[] {
  return targetMessage.author.id === client.user.id ? targetMessage.components.flatMap(idsIn) : [];
}

/** The custom_ids of a component and of all components in it. */
function idsIn(component: object): readonly string[] {
  if ('customId' in component && typeof component.customId === 'string') return [component.customId];
  const inner = [
    ...('components' in component && Array.isArray(component.components) ? (component.components as unknown[]) : []),
    ...('accessory' in component ? [component.accessory] : []),
  ];
  return inner.flatMap((one) => (typeof one === 'object' && one !== null ? idsIn(one) : []));
}

/** Permissions that the bot needs to post and edit messages, with the names that Discord shows to users. */
const needed = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
] as const;

/** Permissions that the bot needs to post and edit messages in a thread. */
const neededInThreads = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
] as const;

/** Additional permissions that the bot needs to open a thread and run a round in it. */
const neededForThreads = [
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
] as const;

/** What the bot may do in a channel of this type, if the bot has these permissions in the channel. */
function accessIn(type: ChannelType | undefined, permissions: Readonly<PermissionsBitField>): ChannelAccess {
  const missing = (wanted: typeof needed | typeof neededForThreads | typeof neededInThreads) =>
    wanted.filter(([, bit]) => !permissions.has(bit)).map(([name]) => name);
  const inThread =
    type === ChannelType.PublicThread || type === ChannelType.PrivateThread || type === ChannelType.AnnouncementThread;
  // Only text and announcement channels can have threads that start at a message. Source: Discord documentation,
  // topics/threads.
  const hasThreads = type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
  return {
    missingPermissions: missing(inThread ? neededInThreads : needed),
    ...(hasThreads && { threads: missing(neededForThreads) }),
  };
}

export function whereOf(interaction: AnswerableInteraction | AutocompleteInteraction): Where {
  const { user, guildId, channelId, appPermissions } = interaction;
  // If the user has installed the bot but the server has not, the interaction is treated like one in a private
  // conversation.
  const isInstalled = guildId !== null && interaction.authorizingIntegrationOwners[0] !== undefined;
  const { channel } = interaction;
  const thread = channel?.isThread() ? channel : undefined;
  const access = accessIn(channel?.type, appPermissions);
  const lacksUnlocking = thread?.locked === true && !appPermissions.has(PermissionFlagsBits.ManageThreads);
  return {
    channel: channelId ?? '',
    scope: isInstalled ? guildId : `dm:${user.id}`,
    ...(isInstalled && { guild: guildId }),
    shard: shardOf(interaction.client, guildId),
    ...access,
    missingPermissions: [...access.missingPermissions, ...(lacksUnlocking ? ['Manage Threads'] : [])],
    ...(thread?.parentId && { threadOf: thread.parentId }),
  };
}

function namedMember(interaction: AnswerableInteraction, id: string): string | undefined {
  if (!interaction.isChatInputCommand()) return undefined;
  const { resolved } = interaction.options;
  const member = resolved?.members?.get(id);
  const nick = member && 'displayName' in member ? member.displayName : member?.nick;
  return nick ?? resolved?.users?.get(id)?.displayName;
}

export function contextOf(interaction: AnswerableInteraction, resolved: ResolvedChannels): InteractionContext {
  const { user, member, memberPermissions } = interaction;
  const nick = member && 'displayName' in member ? member.displayName : member?.nick;
  return {
    who: {
      id: user.id,
      name: nick ?? user.displayName,
      roles: member ? (Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()]) : [],
      moderator: memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false,
      manager: memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
    },
    where: whereOf(interaction),
    namedMember: (id) => namedMember(interaction, id),
    namedChannel(id) {
      const channel = resolved(interaction.id, id);
      return channel && accessIn(channel.type, channel.permissions);
    },
    at: interaction.createdTimestamp,
    seed: Number(BigInt(interaction.id) & 0xffff_ffffn),
    editReply: async (message, file) => {
      const files = file ? [fileJson(file)] : [];
      await orChannelError(() =>
        interaction.editReply({ components: componentsJson(message), files, flags: MessageFlags.IsComponentsV2 }),
      );
    },
    deleteReply: () => orChannelError(() => interaction.deleteReply()),
    ...(hasSource(interaction) && {
      messageId: interaction.message.id,
      isEphemeral: interaction.message.flags.has(MessageFlags.Ephemeral),
    }),
    followUp: async (message) => {
      await orChannelError(() =>
        interaction.followUp({
          components: componentsJson(message),
          flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
        }),
      );
    },
    announce: async (message) => {
      await interaction.followUp({ components: componentsJson(message), flags: MessageFlags.IsComponentsV2 });
    },
  };
}
