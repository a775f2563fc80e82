/**
 * What a command is given and what it gives back: the context of one interaction, the services behind it, and the
 * responses. Types only; src/bot implements the services and src/discord sends the responses.
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
export interface Who {
  readonly id: string;
  /** The name this member goes by where the command was used. */
  readonly name: string;
  /** Ids of the roles this member has here. */
  readonly roles: readonly string[];
  /** May manage messages here. */
  readonly moderator: boolean;
  /** May manage this server. */
  readonly manager: boolean;
}

export interface Where {
  readonly channel: string;
  /** Absent in private conversations. */
  readonly guild?: string;
  /** Whose scores count here: the server, or `dm:` and the member. */
  readonly scope: string;
  /** Names of the permissions the bot lacks to post messages of its own here. */
  readonly missingPermissions: readonly string[];
  /** The channel that this one is a thread of. */
  readonly threadOf?: string;
  /** Names of the permissions the bot lacks to make a thread and play in it; absent where there can be no thread. */
  readonly threads?: readonly string[];
}

/** What a command may ask of the bot where it is used: facts and questions are those studied there. Every look-up is async, so that an index may move to a worker. */
export interface Services {
  readonly facts: Facts;
  readonly rounds: Rounds;
  readonly scores: Scores;
  readonly settings: Settings;
  help(): readonly HelpLine[];
  /** Whether a round on this entry has anything to ask. */
  hasQuestions(entry: string): boolean;
  /**
   * Deletes all that is kept about a member. Gives the number of servers and private conversations that had scores of
   * theirs; undefined when not everything could be deleted.
   */
  forget(user: string): Promise<number | undefined>;
  /** An entry this member has not been shown by this means before; undefined when the pack has none to show. */
  drawUnseen(user: string, seed: number): Promise<string | undefined>;
}

/** One use of a command, a button or a menu. */
export interface CommandContext extends Services {
  readonly who: Who;
  readonly where: Where;
  /** When Discord stamped it, in ms since the epoch. */
  readonly at: number;
  /** A number that is different for every use: the seed of whatever is drawn by chance. */
  readonly seed: number;
  /** Tells this member something later that only they see; possible for 15 minutes after this use. */
  readonly followUp: (message: Message) => Promise<void>;
  /** The message whose button was pressed, or on which the form was opened. */
  readonly messageId?: string;
  /** Changes the answer to this use later, for 15 minutes; only where the answer was a message. Throws Refusal. */
  readonly editReply?: (message: Message, file?: Attachment) => Promise<void>;
}

export interface HelpLine {
  /** `/quiz group` as people type it; clickable where the command's id is known. */
  readonly mention: string;
  readonly description: string;
}

export interface MessageResponse {
  readonly message: Message;
  /** Only the member who asked sees it. */
  readonly ephemeral?: boolean;
  /** Takes the place of the message whose button was pressed. */
  readonly replace?: boolean;
  /** Added to the message once it is drawn; the message is sent without waiting for it, and stays alone when it fails. */
  readonly picture?: Picture | undefined;
  /** Told the id of the message once it stands. */
  readonly onSent?: (message: string) => Promise<void>;
}

/**
 * A form for the member to fill in; it comes back as a press with its fields. Discord takes it as the very first
 * response only, so whoever answers with one decides without waiting for the store.
 */
export interface ModalResponse {
  readonly modal: Modal;
}

export type InteractionResponse = MessageResponse | ModalResponse;

/** What a round needs to be opened. */
export interface RoundOptions {
  readonly topic?: string;
  /** Questions on these entries only. */
  readonly about?: readonly string[];
  /** The entries are those this member knows least. */
  readonly weakest?: true;
  readonly questions: number;
  readonly seconds?: number;
  readonly style?: Style;
  readonly pace?: Pace;
  /** Whether answers may be changed until time is up. */
  readonly changes?: boolean;
  /** A solo round against a clock: what its time is multiplied by. */
  readonly clock?: number;
  readonly thread?: boolean;
  readonly shownIn?: Quiz['shownIn'];
}

export type OpenResult =
  | { readonly is: 'opened'; readonly quiz: Quiz; readonly fewer: boolean }
  | { readonly is: 'running'; readonly quiz: Quiz }
  | { readonly is: 'no-questions' }
  | { readonly is: 'enough-rounds' }
  /** The member hosts as many rounds as one may. */
  | { readonly is: 'hosting' }
  | { readonly is: 'stopping' };

export type PlayResult =
  | { readonly is: 'stepped'; readonly quiz: Quiz; readonly outcome: Outcome }
  | { readonly is: 'unknown' }
  | { readonly is: 'resuming' }
  /** A round in one message, after a restart: it goes on with the next press on that message. */
  | { readonly is: 'waiting' };

export interface Rounds {
  openGroup(options: RoundOptions, context: CommandContext): Promise<OpenResult>;
  openSolo(options: RoundOptions, context: CommandContext): Promise<OpenResult>;
  /** This member's open solo round, drawn from now on as the answer to this use. */
  resumeSolo(id: string, context: CommandContext): Quiz | undefined;
  /** A group round, also when it is over, as long as it is the last one of `channel`. Throws StoreError. */
  results(id: string, channel: string): Promise<Quiz | undefined>;
  /** Takes a member out of every round, and forgets what they were asked. Throws StoreError. */
  forget(user: string): Promise<void>;
  /** A round that is not over; undefined also when there never was one. */
  byId(id: string): Quiz | undefined;
  /** Plays one event; resolved means saved. Throws StoreError when it could not be saved, and nothing has changed. */
  play(id: string, event: QuizEvent, context: CommandContext): Promise<PlayResult>;
  /**
   * The round whose one message this press is on, when the press is to be answered with its card: from then on the card
   * is drawn again as the answer to this use. Undefined for all other components.
   */
  takeOverToken(round: string, context: CommandContext): Quiz | undefined;
  /** The press has been answered with the card of `drawn`. Gives whether the round goes on with it after a restart. */
  confirmTakeover(drawn: Quiz, context: CommandContext): boolean;
  inChannel(channel: string): Quiz | undefined;
  soloOf(user: string, scope: string): Quiz | undefined;
}

export interface Scores {
  /** These boards of `scope`, in the same order. Throws StoreError. */
  boards(scope: string, boards: readonly Board[]): Promise<readonly Ranking[]>;
  /** The id of the latest group round whose answers were counted in this channel. Throws StoreError. */
  lastRound(scope: string, channel: string): Promise<string | undefined>;
  /** Looks up, at most once a week for each of them, who has left the server, and takes them off its boards. Never rejects. */
  removeMembersWhoLeft(guild: string, users: readonly string[], at: number): Promise<void>;
  /** Deletes a member's scores everywhere; gives the number of places. Throws StoreError. */
  forget(user: string): Promise<number>;
  /** Throws StoreError. */
  member(scope: string, user: string): Promise<Member | undefined>;
}

export interface Settings {
  /** What `scope` has decided, with the defaults for the rest. Throws StoreError. */
  server(scope: string): Promise<ServerSettings>;
  /** What holds afterwards; `undefined` takes a decision back. Throws StoreError, and then nothing has changed. */
  changeServer(scope: string, changes: Partial<ServerSettings>): Promise<ServerSettings>;
  /** Throws StoreError. */
  member(user: string): Promise<MemberSettings>;
  /** Throws StoreError, and then nothing has changed. */
  changeMember(user: string, changes: Partial<MemberSettings>): Promise<MemberSettings>;
  /** Throws StoreError. */
  forgetMember(user: string): Promise<void>;
}
