/**
 * The errors of a failed login. They have their own file because the code that prints start errors imports them and
 * must not load discord.js.
 */

/** Thrown if Discord does not accept the bot's token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** Thrown if Discord did not answer or answered with a server error. A later try may succeed. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Thrown if Discord refuses the bot's commands. Another try does not help. The message says what Discord refuses. */
export class CommandsRefused extends Error {
  override readonly name = 'CommandsRefused';
}

/**
 * The gateway connection has ended and is not opened again. The message of the error says why.
 *
 * - `token`: Discord no longer accepts the token.
 * - `refused`: Discord refuses the bot for another reason, and a restart does not help.
 * - `later`: the bot must not begin a new session yet.
 * - `shared`: another process uses the same token.
 * - `stopped`: the bot itself was stopped.
 */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';
  readonly why: 'token' | 'refused' | 'later' | 'shared' | 'stopped';

  constructor(why: ConnectionEnded['why'], message: string) {
    super(message);
    this.why = why;
  }
}
