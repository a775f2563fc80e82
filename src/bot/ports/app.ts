/** The bot as a port: an adapter hands in interactions and shows the responses. */
import type { Command, OptionChoice } from '../../chat/command.ts';
import type { ModalFields } from '../../chat/message/modal-fields.ts';
import type { CommandContext, InteractionResponse, Where } from '../../chat/command-context.ts';
/** What Discord says about an interaction: the part of a {@link CommandContext} that is no service. */
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
  /** The response to a button, or to a form with its fields. Never rejects. */
  runComponent(customId: string, from: InteractionContext, fields?: ModalFields): Promise<InteractionResponse>;
  /** Choices for an option while it is typed; none when something fails. Never rejects. */
  autocomplete(use: CommandInput, option: string, where: Where): Promise<readonly OptionChoice[]>;
  /** A channel, a thread or a whole server was deleted, or the bot was removed from it. */
  placeGone(place: { readonly guild?: string; readonly channel?: string }): void;
}
