/** Converts a discord.js interaction to the bot's own types for the input, the member, the channel and the server. */
import {
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import type { CommandInput, InteractionContext } from '../bot/ports/app.ts';
import type { ModalFields } from '../chat/message/modal-fields.ts';
import type { Where } from '../chat/command-context.ts';
import { orChannelError } from './errors.ts';
import { componentsJson, fileJson } from './payloads.ts';
import { shardOf } from './shard-of.ts';

export type AnswerableInteraction = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

export function commandInput(interaction: ChatInputCommandInteraction | AutocompleteInteraction): CommandInput {
  const [first] = interaction.options.data;
  const subcommand = interaction.options.getSubcommand(false);
  const given: readonly CommandInteractionOption[] =
    (subcommand === null ? interaction.options.data : first?.options) ?? [];
  const values: Record<string, string | number | boolean> = {};
  for (const { name, value } of given) if (value !== undefined) values[name] = value;
  return { command: interaction.commandName, ...(subcommand !== null && { subcommand }), values };
}

export function fieldsOf({ fields }: ModalSubmitInteraction): ModalFields {
  return Object.fromEntries(
    [...fields.fields].flatMap(([id, field]) =>
      'value' in field && (typeof field.value === 'string' || typeof field.value === 'boolean')
        ? [[id, field.value]]
        : [],
    ),
  );
}

/**
 * Whether the interaction comes from a message. This is the case if a button or select of the message was used, or if a
 * modal was submitted that such a component had opened.
 */
export const hasSource = (
  interaction: AnswerableInteraction,
): interaction is MessageComponentInteraction | ModalMessageModalSubmitInteraction =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());

/** Permissions that the bot needs to post and edit messages, with the names that Discord shows to users. */
const needed = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
] as const;

/** Additional permissions that the bot needs to open a thread and run a round in it. */
const neededForThreads = [
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
] as const;

/**
 * `threads` lists the permissions that the bot lacks for opening a thread in this channel. It is missing if the channel
 * cannot have such a thread, because only text and announcement channels can have threads that start at a message.
 * `threadOf` is the parent channel if the interaction is in a thread. Source: Discord documentation, topics/threads.
 */
function threadsAt({
  channel,
  appPermissions,
}: AnswerableInteraction | AutocompleteInteraction): Pick<Where, 'threads' | 'threadOf'> {
  if (channel?.isThread()) return { ...(channel.parentId !== null && { threadOf: channel.parentId }) };
  if (channel?.type !== ChannelType.GuildText && channel?.type !== ChannelType.GuildAnnouncement) return {};
  return { threads: neededForThreads.filter(([, bit]) => !appPermissions.has(bit)).map(([name]) => name) };
}

export function whereOf(interaction: AnswerableInteraction | AutocompleteInteraction): Where {
  const { user, guildId, channelId, appPermissions } = interaction;
  // If the user has installed the bot but the server has not, the interaction is treated like one in a private
  // conversation.
  const isInstalled = guildId !== null && interaction.authorizingIntegrationOwners[0] !== undefined;
  const inThread = interaction.channel?.isThread() ?? false;
  const mustHave = inThread
    ? ([needed[0], ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads]] as const)
    : needed;
  return {
    channel: channelId ?? '',
    scope: isInstalled ? guildId : `dm:${user.id}`,
    ...(isInstalled && { guild: guildId }),
    shard: shardOf(interaction.client, guildId),
    missingPermissions: mustHave.filter(([, bit]) => !appPermissions.has(bit)).map(([name]) => name),
    ...threadsAt(interaction),
  };
}

export function contextOf(interaction: AnswerableInteraction): InteractionContext {
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
      await interaction.followUp({
        components: componentsJson(message),
        flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      });
    },
  };
}
