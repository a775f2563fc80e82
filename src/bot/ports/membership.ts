/** Membership of a server as a port. Checks one member per request; lists of members are deliberately absent. */
export interface Membership {
  /** Whether the user is currently a member of the server. Throws ChannelError when the request fails. */
  isMember(guild: string, user: string): Promise<boolean>;
}
