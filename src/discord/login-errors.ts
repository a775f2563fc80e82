/**
 * The errors of a failed login. They have their own file because the code that prints start errors imports them and
 * must not load discord.js.
 */

/** Thrown if Discord does not accept the bot's token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** Thrown if Discord has permanently closed the gateway connection. The message gives the reason. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';
}
