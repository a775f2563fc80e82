/**
 * The interface for checking whether a user is a member of a server. The interface has no function that lists all
 * members, because the bot does not need such a list.
 */
export interface Membership {
  /** Whether the user is currently a member of the server. Throws ChannelError when the request fails. */
  isMember(guild: string, user: string): Promise<boolean>;
}
