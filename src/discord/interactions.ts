/** From discord.js interactions to the app and back, acknowledged in time and once. */
import {
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Client,
  type CommandInteractionOption,
  DiscordAPIError,
  Events,
  type Interaction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { App, InteractionContext, CommandInput } from '../bot/ports/app.ts';
import type { InteractionResponse, MessageResponse, Where } from '../chat/command.ts';
import type { Fields } from '../chat/modal.ts';
import { notice } from '../chat/cards/cards.ts';
import { words } from '../chat/words.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { orChannelError } from './errors.ts';
import { componentsJson, fileJson, modalJson } from './payloads.ts';

/** After this long without an answer the use is acknowledged by itself, in ms; Discord waits 3 s at most. */
const patience = 1_500;
/** Ids of the latest uses: Discord may dispatch one more than once. */
const remembered = 1_000;

type Use = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

/** Answers every use the client hears of. Nothing thrown here leaves: it is logged. */
export function answerInteractions(client: Client, app: App, clock: Clock, log: Log): void {
  const seen = new LRUCache<string, true>({ max: remembered });
  client.on(Events.InteractionCreate, (interaction) => {
    if (seen.has(interaction.id)) return;
    seen.set(interaction.id, true);
    void react(interaction).catch((error: unknown) => {
      if (isLate(error)) log.warn({ err: error }, 'a use could not be acknowledged in time');
      else log.error({ err: error }, 'a use could not be answered');
    });
  });

  async function react(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return suggest(interaction);
    if (interaction.isChatInputCommand()) {
      const ephemeral = app.commands.find(({ name }) => name === interaction.commandName)?.ephemeral ?? false;
      return answer(interaction, app.runCommand(typed(interaction), circumstances(interaction)), ephemeral);
    }
    if (interaction.isButton())
      return answer(interaction, app.runComponent(interaction.customId, circumstances(interaction)), true);
    if (interaction.isModalSubmit()) {
      const pending = app.runComponent(interaction.customId, circumstances(interaction), fieldsOf(interaction));
      return answer(interaction, pending, true);
    }
  }

  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { name } = interaction.options.getFocused(true);
    await interaction.respond([...(await app.autocomplete(typed(interaction), name, whereOf(interaction)))]);
  }

  /** Replies directly when the answer comes soon; otherwise acknowledges first and fills the answer in. */
  async function answer(interaction: Use, pending: Promise<InteractionResponse>, ephemeral: boolean): Promise<void> {
    const late = after(patience);
    const soon = await Promise.race([pending, late.passed]);
    late.cancel();
    if (soon) return respond(interaction, soon);
    await interaction.deferReply(ephemeral ? { flags: MessageFlags.Ephemeral } : {});
    return fillIn(interaction, replyOf(await pending), ephemeral);
  }

  function after(ms: number): { readonly passed: Promise<undefined>; readonly cancel: () => void } {
    let cancel = () => {};
    const passed = new Promise<undefined>((resolve) => {
      cancel = clock.alarm(clock.now() + ms, () => resolve(undefined));
    });
    return { passed, cancel };
  }
}

async function respond(interaction: Use, answer: InteractionResponse): Promise<void> {
  // Discord opens no form upon a form, and no command of ours asks for that.
  if (!('modal' in answer) || interaction.isModalSubmit()) return reply(interaction, replyOf(answer));
  await interaction.showModal(modalJson(answer.modal));
}

/** A form cannot follow an acknowledgement; then there is only something to say. */
const replyOf = (answer: InteractionResponse): MessageResponse =>
  'modal' in answer ? { message: notice(words.formTooLate), ephemeral: true } : answer;

function fieldsOf({ fields }: ModalSubmitInteraction): Fields {
  return Object.fromEntries(
    [...fields.fields].flatMap(([id, field]) =>
      'value' in field && (typeof field.value === 'string' || typeof field.value === 'boolean')
        ? [[id, field.value]]
        : [],
    ),
  );
}

/** A message was pressed, or carried the button that opened the form. */
const hasSource = (interaction: Use): interaction is MessageComponentInteraction | ModalMessageModalSubmitInteraction =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());

async function reply(interaction: Use, answer: MessageResponse): Promise<void> {
  const components = componentsJson(answer.message);
  if (answer.replace && hasSource(interaction)) {
    await interaction.update({ components, flags: MessageFlags.IsComponentsV2 });
    await answer.sent?.(interaction.message.id);
    return;
  }
  const flags = MessageFlags.IsComponentsV2 | (answer.ephemeral ? MessageFlags.Ephemeral : 0);
  if (!answer.sent) {
    await interaction.reply({ components, flags });
    return;
  }
  const { resource } = await interaction.reply({ components, flags, withResponse: true });
  if (resource?.message) await answer.sent(resource.message.id);
}

/** A deferred reply keeps the visibility it was deferred with; an answer with another one follows it up. */
async function fillIn(interaction: Use, answer: MessageResponse, deferredHidden: boolean): Promise<void> {
  const components = componentsJson(answer.message);
  const ephemeral = answer.ephemeral === true || answer.replace === true;
  if (ephemeral === deferredHidden) {
    const { id } = await interaction.editReply({ components, flags: MessageFlags.IsComponentsV2 });
    await answer.sent?.(id);
    return;
  }
  // A follow-up right after a deferral would itself become the deferred reply, so that one goes first.
  await interaction.deleteReply();
  const flags = MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0);
  const { id } = await interaction.followUp({ components, flags });
  await answer.sent?.(id);
}

/** Unknown interaction, or acknowledged already: the answer is lost, what it did is not. */
function isLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === 10_062 || error.code === 40_060);
}

function typed(interaction: ChatInputCommandInteraction | AutocompleteInteraction): CommandInput {
  const [first] = interaction.options.data;
  const subcommand = interaction.options.getSubcommand(false);
  const given: readonly CommandInteractionOption[] =
    (subcommand === null ? interaction.options.data : first?.options) ?? [];
  const values: Record<string, string | number | boolean> = {};
  for (const { name, value } of given) if (value !== undefined) values[name] = value;
  return { command: interaction.commandName, ...(subcommand !== null && { subcommand }), values };
}

/** Permissions that posting and editing messages of the bot's own takes, by the names Discord shows. */
const needed = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
] as const;

/** Permissions that a thread of the bot's own takes besides. */
const neededForThreads = [
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
] as const;

/** Text and announcement channels can have threads. docs, topics/threads. */
function threadsAt({ channel, appPermissions }: Use | AutocompleteInteraction): Pick<Where, 'threads' | 'threadOf'> {
  if (channel?.isThread()) return { ...(channel.parentId !== null && { threadOf: channel.parentId }) };
  if (channel?.type !== ChannelType.GuildText && channel?.type !== ChannelType.GuildAnnouncement) return {};
  return { threads: neededForThreads.filter(([, bit]) => !appPermissions.has(bit)).map(([name]) => name) };
}

function whereOf(interaction: Use | AutocompleteInteraction): Where {
  const { user, guildId, channelId, appPermissions } = interaction;
  // A server counts only where the bot itself is a member; elsewhere it acts for the user alone.
  const isInstalled = guildId !== null && interaction.authorizingIntegrationOwners[0] !== undefined;
  const inThread = interaction.channel?.isThread() ?? false;
  const mustHave = inThread
    ? ([needed[0], ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads]] as const)
    : needed;
  return {
    channel: channelId ?? '',
    scope: isInstalled ? guildId : `dm:${user.id}`,
    ...(isInstalled && { guild: guildId }),
    missingPermissions: mustHave.filter(([, bit]) => !appPermissions.has(bit)).map(([name]) => name),
    ...threadsAt(interaction),
  };
}

function circumstances(interaction: Use): InteractionContext {
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
    ...(hasSource(interaction) && { on: interaction.message.id }),
    followUp: async (message) => {
      await interaction.followUp({
        components: componentsJson(message),
        flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      });
    },
  };
}
