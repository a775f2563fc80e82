/**
 * The interface between the bot and Discord. An adapter passes interactions to these functions and sends the returned
 * responses.
 */
import type { Command, OptionChoice } from '../../chat/command.ts';
import type { ModalFields } from '../../chat/message/modal-fields.ts';
import type { CommandContext, InteractionResponse } from '../../chat/command-context.ts';
import type { UploadedFile } from '../../chat/uploaded-file.ts';
import type { Where } from '../../chat/who-and-where.ts';
/** The part of a {@link CommandContext} that comes from the interaction. The bot adds its services to this part. */
export type InteractionContext = Pick<
  CommandContext,
  | 'who'
  | 'where'
  | 'at'
  | 'seed'
  | 'namedMember'
  | 'namedChannel'
  | 'followUp'
  | 'announce'
  | 'editReply'
  | 'deleteReply'
  | 'messageId'
  | 'isEphemeral'
>;

/** The value of an option. The value of an attachment option is a file. */
export type OptionValue = string | number | boolean | UploadedFile;
/** The context of a request for suggestions. `at` is the time of the request in ms on Discord's clock. */
export interface TypingContext {
  readonly who: Pick<InteractionContext['who'], 'id'>;
  readonly where: Where;
  readonly at: number;
}

export interface CommandInput {
  readonly command: string;
  readonly subcommand?: string;
  readonly values: Readonly<Record<string, OptionValue>>;
}

export interface App {
  readonly commands: readonly Command[];
  /**
   * Runs a message command. Members choose such a command in the context menu of a message. `customIds` are the
   * custom_ids of the components in this message. The list is empty if the message is not the bot's own. Never rejects.
   */
  runMessageCommand(name: string, customIds: readonly string[], from: InteractionContext): Promise<InteractionResponse>;
  /** Runs a slash command and returns the response. Never rejects. */
  runCommand(use: CommandInput, from: InteractionContext): Promise<InteractionResponse>;
  /**
   * Handles a pressed button or a submitted modal and returns the response. `fields` are the fields of the modal. Never
   * rejects.
   */
  runComponent(customId: string, from: InteractionContext, fields?: ModalFields): Promise<InteractionResponse>;
  /**
   * Returns the choices for the option that a member is typing. Empty if an error occurred or if the member asks too
   * often. Never rejects.
   */
  autocomplete(use: CommandInput, option: string, from: TypingContext): Promise<readonly OptionChoice[]>;
  /** Must be called after a channel or thread was deleted. */
  channelDeleted(channel: string): void;
  /** Must be called after the bot was added to a server. */
  serverAdded(server: string): void;
  /** Must be called after the bot was removed from a server, or the server was deleted. */
  serverRemoved(server: string): void;
  /** Must be called after each start with the ids of all servers that the bot is in. */
  serversKnown(servers: ReadonlySet<string>): void;
}
