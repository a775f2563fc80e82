/**
 * TypeScript types for everything that a command receives and returns: the context of one interaction, the services of
 * the bot, and the responses. src/bot implements the services, and src/discord sends the responses.
 */
import type { Facts } from '../core/pack/facts.ts';
import type { Board } from '../core/scores/board.ts';
import type { GroupProgress } from '../core/scores/group-progress.ts';
import type { Member } from '../core/scores/member.ts';
import type { Ranking } from '../core/scores/ranking.ts';
import type { Outcome, Quiz, QuizEvent } from '../core/quiz/quiz.ts';
import type { Pace, Style } from '../core/quiz/round.ts';
import type { DayRule } from '../core/scores/time-windows.ts';
import type { MemberSettings, ServerSettings } from '../core/settings.ts';
import type { Attachment, Message } from './message/message-components.ts';
import type { Modal } from './message/modal-fields.ts';
import type { Picture } from './message/picture.ts';
import type { DeletedScores, Deletion, StoredPart } from './member-data.ts';
import type { AddedPacks } from './packs/added-packs.ts';
import type { Reports } from './reports/reports.ts';
import { type Who, type ChannelAccess, type Where } from './who-and-where.ts';

/** A pack that is loaded and ready to be searched. */
export interface UsedPack {
  readonly facts: Facts;
  /** Whether the pack has questions about this entry. */
  hasQuestions(entry: string): boolean;
}

/** The functions of the bot that a command can call. */
export interface Services {
  /**
   * The pack that this server or private conversation uses. A pack that members added is loaded on first use, which may
   * take seconds. Therefore commands that open a modal must not call this function. Throws StoreError, and
   * PackUnavailable if the stored pack cannot be read.
   */
  pack(): Promise<UsedPack>;
  readonly rounds: Rounds;
  readonly scores: Scores;
  readonly settings: Settings;
  help(): readonly HelpLine[];
  /** Returns all data about a member. Throws StoreError. */
  storedAbout(user: string): Promise<readonly StoredPart[]>;
  /** Deletes all data about a member. */
  forget(user: string): Promise<Deletion>;
  /**
   * Draws an entry that this member has not drawn before. If the member has drawn all entries, draws from all of them.
   * Undefined if the pack has no entries to draw.
   */
  drawUnseen(user: string, seed: number): Promise<string | undefined>;
  /** The packs that this server added. A private conversation has none. */
  readonly addedPacks: AddedPacks;
  /**
   * The questions and entries that members of this server have reported or that the server has changed. A private
   * conversation has none.
   */
  readonly reports: Reports;
}

/** One interaction: a command, a button or a submitted modal. */
export interface CommandContext extends Services {
  readonly who: Who;
  readonly where: Where;
  /** When Discord created the interaction, in ms since the epoch. */
  readonly at: number;
  /** A number that is different for each interaction. It is used as the seed of random choices. */
  readonly seed: number;
  /**
   * Returns the name of a member. `id` is the member's id, from an option of the command. Undefined if Discord has not
   * sent the name.
   */
  readonly namedMember: (id: string) => string | undefined;
  /**
   * Returns what the bot may do in a channel. `id` is the channel's id, from an option of the command. Undefined if
   * Discord has not sent the channel.
   */
  readonly namedChannel: (id: string) => ChannelAccess | undefined;
  /** Sends the member an ephemeral message. Possible for 15 minutes after the interaction. */
  readonly followUp: (message: Message) => Promise<void>;
  /**
   * Sends a message that everybody in the channel sees. Possible for 15 minutes after the interaction. Best effort:
   * never rejects.
   */
  readonly announce: (message: Message) => Promise<void>;
  /**
   * The id of the message whose button was pressed. For a submitted modal, the id of the message whose button opened
   * it.
   */
  readonly messageId?: string;
  /** Whether only this member sees the message whose button was pressed. */
  readonly isEphemeral?: boolean;
  /**
   * Edits the reply to this interaction. Possible for 15 minutes. Absent if the interaction has no reply that can be
   * edited. Throws ChannelError.
   */
  readonly editReply?: (message: Message, file?: Attachment) => Promise<void>;
  /** Deletes the reply to this interaction. Possible for 15 minutes. Throws ChannelError. */
  readonly deleteReply?: () => Promise<void>;
}

export interface HelpLine {
  /** The name of the command, without its subcommand. */
  readonly command: string;
  /**
   * The command, such as `/quiz group`. If the id of the command is known, this is a mention that members can click.
   */
  readonly mention: string;
  readonly description: string;
}

export interface MessageResponse {
  readonly message: Message;
  /** Whether only the member who used the command or button sees the message. */
  readonly ephemeral?: boolean;
  /** Whether the message replaces the message whose button was pressed. */
  readonly replace?: boolean;
  /**
   * A picture that is added to the message later. The message is sent without the picture, and an edit adds the picture
   * when it has been drawn. If drawing fails, the message keeps only its text.
   */
  readonly picture?: Picture | undefined;
  /** A file that is sent with the message. A component of the message must show it. */
  readonly file?: Attachment;
  /** Called with the id of the message after it was sent. */
  readonly onSent?: (message: string) => Promise<void>;
  /** Called if Discord rejected the message. In this case nobody sees the message. */
  readonly onNotSent?: () => Promise<void>;
}

/**
 * Opens a modal. The modal's custom_id names an action. When the member submits the modal, this action receives the
 * values of the fields. Discord accepts a modal only as the first response to an interaction, within 3 seconds.
 * Therefore a command that opens a modal must not wait for the store.
 */
export interface ModalResponse {
  readonly modal: Modal;
}

/** Deletes the message whose button was pressed. */
export interface RemoveResponse {
  readonly remove: true;
}

export type InteractionResponse = MessageResponse | ModalResponse | RemoveResponse;

/** The settings of a round that a member wants to open. */
export interface RoundOptions {
  readonly topic?: string;
  /** Ids of entries. If set, only questions about these entries are asked. */
  readonly about?: readonly string[];
  /** True if `about` contains the entries that the member knows least. */
  readonly weakest?: true;
  readonly questions: number;
  readonly seconds?: number;
  readonly style?: Style;
  readonly pace?: Pace;
  /** Whether a player may change an answer until time is up. */
  readonly changes?: boolean;
  /** Factor by which the answer time is multiplied in a solo round with a time limit. */
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
  /**
   * The event was not applied, because the round waits for a button press. After a restart of the bot, a round that is
   * shown in a single message does not continue until somebody presses a button of this message.
   */
  | { readonly is: 'waiting' };

/**
 * The effect of a button press whose interaction token the bot uses from now on.
 *
 * - `resumed`: the round continues after a restart.
 * - `moved`: the round continues in the message whose button was pressed.
 * - `renewed`: only the token has changed.
 */
export type TakeoverResult = 'resumed' | 'moved' | 'renewed';

export interface Rounds {
  openGroup(options: RoundOptions, context: CommandContext): Promise<OpenResult>;
  openSolo(options: RoundOptions, context: CommandContext): Promise<OpenResult>;
  /**
   * Finds the member's open solo round with the id `id`. Undefined if there is no such round. From now on, the round is
   * shown in the reply to this interaction.
   *
   * Call `deleteEarlier` after this reply was sent. It deletes the message in which the round was shown before, because
   * the buttons of that message would look usable. Best effort: it does nothing if the interaction token of that
   * message has expired, and never throws.
   */
  resumeSolo(
    id: string,
    context: CommandContext,
  ): { readonly quiz: Quiz; readonly deleteEarlier: () => void } | undefined;
  /**
   * Finds a group round by its id. A round that has ended is found only if it is the latest round of its channel.
   * Throws StoreError.
   */
  results(id: string, channel: string): Promise<Quiz | undefined>;
  /**
   * Removes a member from all rounds, and deletes the list of questions that the member was asked. Throws StoreError.
   */
  forget(user: string): Promise<void>;
  /** Finds a round that has not ended. Undefined if there is no such round. */
  byId(id: string): Quiz | undefined;
  /**
   * Applies an event to a round. Resolves when the round is saved. If saving failed, throws StoreError, and the round
   * is unchanged.
   */
  play(id: string, event: QuizEvent, context: CommandContext): Promise<PlayResult>;
  /**
   * Decides whether the bot from now on edits the round's message with the token of this press. If so, returns the
   * round, and the reply to the press must be the card of this round. Otherwise returns undefined.
   *
   * Only two kinds of rounds need such a token: rounds that are shown in a single message, and rounds that wait because
   * the bot may not post.
   */
  takeOverToken(round: string, context: CommandContext): Quiz | undefined;
  /**
   * Must be called after the reply to the press has shown the card of the round `drawn`. Returns the effect of the
   * press.
   */
  confirmTakeover(drawn: Quiz, context: CommandContext): TakeoverResult;
  /**
   * A receipt is the ephemeral reply to an answer. Keeps the reply to this interaction as the member's receipt in this
   * round, and deletes the member's previous receipt. When the question with the index `question` is closed, the bot
   * edits the receipt to say whether the answer was right. When the round ends, the bot edits it to show the member's
   * result. Best effort: never throws.
   */
  keepReceipt(round: string, question: number, context: CommandContext): void;
  /**
   * Keeps the message with the id `message` as the member's card with the host controls of this round. Deletes the
   * member's previous card, so that no card shows an earlier state of the round. Best effort: never throws.
   */
  keepControls(round: string, message: string, context: CommandContext): void;
  inChannel(channel: string): Quiz | undefined;
  soloOf(user: string, scope: string): Quiz | undefined;
}

export interface Scores {
  /** The rankings of these boards, in the order of `boards`. Throws StoreError. */
  boards(scope: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /**
   * The progress of a whole server, at most five minutes old. `today` is in days since 1970, `at` in ms since the
   * epoch. Throws StoreError.
   */
  groupProgress(scope: string, today: number, at: number): Promise<GroupProgress>;
  /**
   * The id of the latest group round in this channel. Rounds without any counted answer are ignored. Throws StoreError.
   */
  lastRound(scope: string, channel: string): Promise<string | undefined>;
  /**
   * Checks which of these members have left the server, and removes them from the server's leaderboards. A member is
   * checked at most once a week. Never rejects.
   */
  removeMembersWhoLeft(guild: string, users: readonly string[], at: number): Promise<void>;
  /**
   * Deletes all scores of a member. If a server has excluded the member from its leaderboards, only the exclusion is
   * kept. Throws StoreError.
   */
  forget(user: string): Promise<DeletedScores>;
  /**
   * Excludes a member from the leaderboards of a server, or ends the exclusion. The scores do not change. Throws
   * StoreError.
   */
  exclude(scope: string, user: { readonly id: string; readonly name: string }, isExcluded: boolean): Promise<void>;
  /** Deletes the scores of all members of a server. Returns how many members had results. Throws StoreError. */
  reset(scope: string): Promise<number>;
  /** The scores of a member. Undefined if the member has no scores. Throws StoreError. */
  member(scope: string, user: string): Promise<Member | undefined>;
}

export interface Settings {
  /**
   * The settings of a server or private conversation. Settings that nobody has changed have their default values.
   * Throws StoreError.
   */
  server(scope: string): Promise<ServerSettings>;
  /**
   * Changes settings and returns all settings after the change. The value `undefined` resets a setting to its default
   * value. If saving failed, throws StoreError, and the settings are unchanged.
   */
  changeServer(scope: string, changes: Partial<ServerSettings>): Promise<ServerSettings>;
  /** The settings of a member. Throws StoreError. */
  member(user: string): Promise<MemberSettings>;
  /** Changes settings of a member. If saving failed, throws StoreError, and the settings are unchanged. */
  changeMember(user: string, changes: Partial<MemberSettings>): Promise<MemberSettings>;
  /**
   * The time zone, and the hour at which a day begins. In a server, a day begins at midnight in the time zone of the
   * server. In a private conversation, the settings of the member are used. Throws StoreError.
   */
  days(scope: string): Promise<DayRule>;
  /** Deletes the settings of a server. Throws StoreError. */
  forgetServer(scope: string): Promise<void>;
  /** Deletes the settings of a member. Throws StoreError. */
  forgetMember(user: string): Promise<void>;
}
