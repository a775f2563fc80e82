/** The bot as a port: an adapter hands in interactions and shows the responses. */
import type { Choice, Command } from '../../chat/command.ts';
import type { Fields } from '../../chat/message/modal-fields.ts';
import type { CommandContext, InteractionResponse, Where } from '../../chat/services.ts';
/** What Discord says about an interaction: the part of a {@link CommandContext} that is no service. */
export type InteractionContext = Pick<
  CommandContext,
  'who' | 'where' | 'at' | 'seed' | 'followUp' | 'editReply' | 'on'
>;

export interface CommandInput {
  readonly command: string;
  readonly subcommand?: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

export interface App {
  readonly commands: readonly Command[];
  /** The response to a slash command. Never rejects. */
  runCommand(use: CommandInput, from: InteractionContext): Promise<InteractionResponse>;
  /** The response to a button, or to a form with its fields. Never rejects. */
  runComponent(customId: string, from: InteractionContext, fields?: Fields): Promise<InteractionResponse>;
  /** Choices for an option while it is typed; none when something fails. Never rejects. */
  autocomplete(use: CommandInput, option: string, where: Where): Promise<readonly Choice[]>;
}
