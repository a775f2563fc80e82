/** The member who used a command or component, and the channel and server where it was used. */
/** The member who used a command or component. */
export interface Who {
  readonly id: string;
  /** The display name of this member in this server or conversation. */
  readonly name: string;
  /** Ids of the member's roles in this server. */
  readonly roles: readonly string[];
  /** Whether the member has the permission Manage Messages in this channel. */
  readonly moderator: boolean;
  /** Whether the member has the permission Manage Server. */
  readonly manager: boolean;
}

/** What the bot may do in a channel. */
export type ChannelAccess = Pick<Where, 'missingPermissions' | 'threads'>;

/** The channel and the server where a command or component was used. */
export interface Where {
  /** The channel's id. */
  readonly channel: string;
  /** The server's id. Absent in private conversations. */
  readonly guild?: string;
  /** Key under which scores are stored: the id of the server, or `dm:` and the id of the member. */
  readonly scope: string;
  /** The number of the gateway shard that receives the events of this server or private conversation. */
  readonly shard: number;
  /** Names of the permissions that the bot needs for posting in this channel but does not have. */
  readonly missingPermissions: readonly string[];
  /** The id of the channel to which this thread belongs. Absent if this is not a thread. */
  readonly threadOf?: string;
  /**
   * Names of the permissions that the bot needs for running a round in a thread but does not have. Present only in text
   * and announcement channels, because in other channels no thread can start at a message.
   */
  readonly threads?: readonly string[];
}
