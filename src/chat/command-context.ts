/**
 * What a command receives and returns: the context of one interaction, the services of the bot, and the responses.
 * Types only; src/bot implements the services and src/discord sends the responses.
 */
import type { Facts } from '../core/pack/facts.ts';
import type { Board } from '../core/scores/board.ts';
import type { Member } from '../core/scores/member.ts';
import type { Ranking } from '../core/scores/ranking.ts';
import type { Outcome, Quiz, QuizEvent } from '../core/quiz/quiz.ts';
import type { Pace, Style } from '../core/quiz/round.ts';
import type { MemberSettings, ServerSettings } from '../core/settings.ts';
import type { Attachment, Message } from './message/message-components.ts';
import type { Modal } from './message/modal-fields.ts';
import type { Picture } from './message/picture.ts';
/** The member who used a command or component, as far as commands need to know them. */
export interface Who {
  readonly id: string;
  /** The display name of this member in this server or conversation. */
  readonly name: string;
  /** Ids of the member's roles in this server. */
  readonly roles: readonly string[];
  /** Has the permission Manage Messages in this channel. */
  readonly moderator: boolean;
  /** Has the permission Manage Server. */
  readonly manager: boolean;
}

/** The place where a command or component was used. */
export interface Where {
  /** The channel's id. */
  readonly channel: string;
  /** The server's id; absent in private conversations. */
  readonly guild?: string;
  /** Where scores are counted: the server's id, or `dm:` and the member's id. */
  readonly scope: string;
  /** Names of the permissions the bot lacks for posting in this channel. */
  readonly missingPermissions: readonly string[];
  /** The id of the parent channel; only in a thread. */
  readonly threadOf?: string;
  /** Names of the permissions the bot lacks for playing in a thread; absent where threads are impossible. */
  readonly threads?: readonly string[];
}

/**
 * What a command can ask the bot for. Facts and questions are those of the pack in use on this server. Look-ups are
 * async, so that the index can run in a worker.
 */
export interface Services {
  readonly facts: Facts;
  readonly rounds: Rounds;
  readonly scores: Scores;
  readonly settings: Settings;
  help(): readonly HelpLine[];
  /** Whether there are questions on this entry. */
  hasQuestions(entry: string): boolean;
  /**
   * Deletes all data about a member. Returns the number of servers and private conversations in which scores were
   * deleted; undefined when something could not be deleted.
   */
  forget(user: string): Promise<number | undefined>;
  /** Draws an entry that this member has not drawn before; undefined when the pack has no entries to show. */
  drawUnseen(user: string, seed: number): Promise<string | undefined>;
}

/** One interaction: a command, a button or a submitted modal. */
export interface CommandContext extends Services {
  readonly who: Who;
  readonly where: Where;
  /** When Discord created the interaction, in ms since the epoch. */
  readonly at: number;
  /** A number unique to the interaction; random choices are seeded with it. */
  readonly seed: number;
  /** Sends this member an ephemeral message, within 15 minutes of the interaction. */
  readonly followUp: (message: Message) => Promise<void>;
  /** The id of the message whose button was pressed, also when the press opened the submitted modal. */
  readonly messageId?: string;
  /**
   * Edits the reply to this interaction, within 15 minutes. Absent where there is no reply to edit. Throws
   * ChannelError.
   */
  readonly editReply?: (message: Message, file?: Attachment) => Promise<void>;
}

export interface HelpLine {
  /** `/quiz group`; a clickable mention where the command's id is known. */
  readonly mention: string;
  readonly description: string;
}

export interface MessageResponse {
  readonly message: Message;
  /** Only the member who used the command or button sees it. */
  readonly ephemeral?: boolean;
  /** Replaces the message whose button was pressed. */
  readonly replace?: boolean;
  /**
   * Added by an edit once it is drawn. The message is sent without waiting for it; if drawing fails, the text stays
   * alone.
   */
  readonly picture?: Picture | undefined;
  /** Called with the message's id once it is sent. */
  readonly onSent?: (message: string) => Promise<void>;
  /** Called when Discord did not take the message: nobody sees it. */
  readonly onNotSent?: () => Promise<void>;
}

/**
 * Opens a modal, whose fields come back to the component action in its custom_id. Discord accepts a modal only as the
 * first response, within 3 seconds, so a command that returns one must not wait for the store.
 */
export interface ModalResponse {
  readonly modal: Modal;
}

export type InteractionResponse = MessageResponse | ModalResponse;

/** What to play and how. */
export interface RoundOptions {
  readonly topic?: string;
  /** Ids of entries; only questions on these are asked. */
  readonly about?: readonly string[];
  /** `about` holds the entries this member knows least. */
  readonly weakest?: true;
  readonly questions: number;
  readonly seconds?: number;
  readonly style?: Style;
  readonly pace?: Pace;
  /** Whether an answer can be changed until time is up. */
  readonly changes?: boolean;
  /** Factor for the time of each question in a timed solo round. */
  readonly clock?: number;
  readonly thread?: boolean;
  readonly shownIn?: Quiz['shownIn'];
}

export type OpenResult =
  | { readonly is: 'opened'; readonly quiz: Quiz; readonly fewer: boolean }
  | { readonly is: 'running'; readonly quiz: Quiz }
  | { readonly is: 'no-questions' }
  | { readonly is: 'enough-rounds' }
  /** The member already hosts the maximum number of rounds. */
  | { readonly is: 'hosting' }
  | { readonly is: 'stopping' };

export type PlayResult =
  | { readonly is: 'stepped'; readonly quiz: Quiz; readonly outcome: Outcome }
  | { readonly is: 'unknown' }
  | { readonly is: 'resuming' }
  /** A round in a single message, after a restart: the next press on that message resumes it. */
  | { readonly is: 'waiting' };

export interface Rounds {
  openGroup(options: RoundOptions, context: CommandContext): Promise<OpenResult>;
  openSolo(options: RoundOptions, context: CommandContext): Promise<OpenResult>;
  /** This member's open solo round. From now on it is shown in the reply to this interaction. */
  resumeSolo(id: string, context: CommandContext): Quiz | undefined;
  /** A group round. One that ended is kept while it is the last of its channel. Throws StoreError. */
  results(id: string, channel: string): Promise<Quiz | undefined>;
  /** Removes a member from every round and deletes their question history. Throws StoreError. */
  forget(user: string): Promise<void>;
  /** A round that has not ended; undefined otherwise. */
  byId(id: string): Quiz | undefined;
  /** Plays one event and resolves once it is saved. Throws StoreError when saving failed; then nothing has changed. */
  play(id: string, event: QuizEvent, context: CommandContext): Promise<PlayResult>;
  /**
   * The round that should edit its message with this press's token from now on, because the token is newer than the one in
   * use. Only for rounds that are shown in a single message. The bot answers such a press with the round's card. Undefined
   * for all other presses.
   */
  takeOverToken(round: string, context: CommandContext): Quiz | undefined;
  /**
   * To be called once the press is answered with the card of `drawn`. Returns whether this press resumes the round
   * after a restart.
   */
  confirmTakeover(drawn: Quiz, context: CommandContext): boolean;
  inChannel(channel: string): Quiz | undefined;
  soloOf(user: string, scope: string): Quiz | undefined;
}

export interface Scores {
  /** The rankings of these boards, in the same order. Throws StoreError. */
  boards(scope: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /** The id of the latest group round in this channel with counted answers. Throws StoreError. */
  lastRound(scope: string, channel: string): Promise<string | undefined>;
  /**
   * Removes from the server's leaderboards the members who have left. Checks each member at most once a week. Never rejects.
   */
  removeMembersWhoLeft(guild: string, users: readonly string[], at: number): Promise<void>;
  /** Deletes a member's scores everywhere and returns in how many scopes there were any. Throws StoreError. */
  forget(user: string): Promise<number>;
  /** Throws StoreError. */
  member(scope: string, user: string): Promise<Member | undefined>;
}

export interface Settings {
  /** The settings of a scope, with defaults for those not set. Throws StoreError. */
  server(scope: string): Promise<ServerSettings>;
  /**
   * Returns the settings after the change; `undefined` resets one to its default. Throws StoreError; then nothing has
   * changed.
   */
  changeServer(scope: string, changes: Partial<ServerSettings>): Promise<ServerSettings>;
  /** Throws StoreError. */
  member(user: string): Promise<MemberSettings>;
  /** Throws StoreError; then nothing has changed. */
  changeMember(user: string, changes: Partial<MemberSettings>): Promise<MemberSettings>;
  /**
   * The time zone in which a scope counts days: the server's, or in a private conversation the member's. Throws
   * StoreError.
   */
  timeZone(scope: string): Promise<string>;
  /** Throws StoreError. */
  forgetMember(user: string): Promise<void>;
}
