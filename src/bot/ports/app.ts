/** The bot as a port: the way in from Discord. An adapter hands in what was used, and shows the answer. */
import type { InteractionResponse, CommandContext, Choice, Command, Where } from '../../chat/command.ts';
import type { Fields } from '../../chat/modal.ts';
/** Who used what, where and when: everything of a {@link CommandContext} that Discord tells. */
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
  /** The answer to a command. Never rejects. */
  runCommand(use: CommandInput, from: InteractionContext): Promise<InteractionResponse>;
  /** The answer to a button, or to a form with what was filled in. Never rejects. */
  runComponent(customId: string, from: InteractionContext, fields?: Fields): Promise<InteractionResponse>;
  /** Choices for an option while it is typed; none when anything goes wrong. Never rejects. */
  autocomplete(use: CommandInput, option: string, where: Where): Promise<readonly Choice[]>;
}
