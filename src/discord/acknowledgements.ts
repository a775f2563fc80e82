/** Measures how long it takes until Discord has accepted the first response to an interaction. */
import type { Interaction } from 'discord.js';
import type { App } from '../bot/ports/app.ts';
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { MeasuredInteraction, Metrics } from '../bot/ports/metrics.ts';
import { commandOf } from './interaction-place.ts';

export interface Acknowledgements {
  /** Must be called when an interaction has arrived. */
  arrived(interaction: Interaction, commands: App['commands']): void;
  /**
   * Must be called when Discord has accepted a response to the interaction. Later calls for the same interaction are
   * ignored.
   */
  accepted(interaction: string): void;
  /** Must be called if no response was accepted. */
  unanswered(reason: 'late' | 'failed'): void;
  /** Must be called when the bot has done everything that belongs to the interaction. */
  ended(interaction: string): void;
}

export function createAcknowledgements(metrics: Metrics, time: DiscordTime): Acknowledgements {
  const waiting = new Map<string, { readonly measured: MeasuredInteraction; readonly created: number }>();
  return {
    arrived(interaction, commands) {
      const measured = {
        command: knownCommand(commandOf(interaction), commands),
        type: typeOf(interaction),
        install: interaction.authorizingIntegrationOwners[0] === undefined ? 'user' : 'server',
      } as const;
      waiting.set(interaction.id, { measured, created: interaction.createdTimestamp });
    },
    accepted(interaction) {
      const found = waiting.get(interaction);
      waiting.delete(interaction);
      if (found) metrics.acknowledged(found.measured, Math.max(0, time.now() - found.created) / 1_000);
    },
    unanswered: metrics.unanswered,
    ended: (interaction) => void waiting.delete(interaction),
  };
}

function typeOf(interaction: Interaction): MeasuredInteraction['type'] {
  if (interaction.isAutocomplete()) return 'autocomplete';
  if (interaction.isModalSubmit()) return 'modal';
  return interaction.isMessageComponent() ? 'component' : 'command';
}

/**
 * The value of the metric label for the command. The value is `unknown` for a command that does not exist, because a
 * forged custom_id may begin with any text.
 */
function knownCommand(line: string, commands: App['commands']): string {
  const [, name, subcommand] = /^\/(\S+)(?: (\S+))?$/.exec(line) ?? [];
  const command = commands.find((one) => one.name === name);
  const isKnown = command && (subcommand === undefined || Object.hasOwn(command.subcommands ?? {}, subcommand));
  return isKnown ? line : 'unknown';
}
