/** Membership of a server as a port. Discord is asked about one member at a time. */
export interface Membership {
  /** Whether they are a member of the server now. Throws ChannelError when Discord does not say. */
  isMember(guild: string, user: string): Promise<boolean>;
}
