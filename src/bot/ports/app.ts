/** The bot as a port: the way in from Discord. An adapter hands in what was used, and shows the answer. */
import type { Answer, Call, Choice, Command, Where } from '../../chat/command.ts';
import type { Fields } from '../../chat/modal.ts';
/** Who used what, where and when: everything of a {@link Call} that Discord tells. */
export type Circumstances = Pick<Call, 'who' | 'where' | 'at' | 'seed' | 'whisper' | 'redraw' | 'on'>;

export interface Typed {
  readonly command: string;
  readonly subcommand?: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

export interface App {
  readonly commands: readonly Command[];
  /** The answer to a command. Never rejects. */
  typed(use: Typed, from: Circumstances): Promise<Answer>;
  /** The answer to a button, or to a form with what was filled in. Never rejects. */
  pressed(customId: string, from: Circumstances, fields?: Fields): Promise<Answer>;
  /** Choices for an option while it is typed; none when anything goes wrong. Never rejects. */
  suggested(use: Typed, option: string, where: Where): Promise<readonly Choice[]>;
}
