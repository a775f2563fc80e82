/** Returns the command, server, channel and shard of an interaction, for log lines and metrics. */
import type { Interaction } from 'discord.js';
import type { AnswerableInteraction } from './interaction-context.ts';
import { shardOf } from './shard-of.ts';

export const placeOf = (interaction: Interaction | AnswerableInteraction) => ({
  command: commandOf(interaction),
  server: interaction.guildId ?? undefined,
  channel: interaction.channelId,
  shard: shardOf(interaction.client, interaction.guildId),
});

/** The command, such as `/quiz group`. For a component or modal, the command to which it belongs. */
export function commandOf(interaction: Interaction | AnswerableInteraction): string {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const subcommand = interaction.options.getSubcommand(false);
    return `/${interaction.commandName}${subcommand === null ? '' : ` ${subcommand}`}`;
  }
  if ('customId' in interaction) return `/${interaction.customId.split(':')[0]}`;
  return 'commandName' in interaction ? `/${interaction.commandName}` : '';
}
