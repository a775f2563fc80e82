/** The bot as a port. An adapter passes interactions to it and shows the responses on Discord. */
import type { Command, OptionChoice } from '../../chat/command.ts';
import type { ModalFields } from '../../chat/message/modal-fields.ts';
import type { CommandContext, InteractionResponse, Where } from '../../chat/command-context.ts';
/** The part of a {@link CommandContext} that comes from the interaction; the services are added later. */
export type InteractionContext = Pick<
  CommandContext,
  'who' | 'where' | 'at' | 'seed' | 'followUp' | 'editReply' | 'messageId'
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
  /** The response to a button, or to a modal with its filled-in fields. Never rejects. */
  runComponent(customId: string, from: InteractionContext, fields?: ModalFields): Promise<InteractionResponse>;
  /** Choices for the option that a member is typing. Empty when an error occurs. Never rejects. */
  autocomplete(use: CommandInput, option: string, where: Where): Promise<readonly OptionChoice[]>;
  /** To be called when a channel, thread or server was deleted, or the bot was removed from the server. */
  placeGone(place: { readonly guild?: string; readonly channel?: string }): void;
}
