/** Who belongs to a server, as a port: Discord knows, and is asked about one member at a time. */
export interface Membership {
  /** Whether they are a member of the server now. Throws Refusal when Discord does not say. */
  isMember(guild: string, user: string): Promise<boolean>;
}
