/**
 * This class has its own file so that code without discord.js can import it. The error messages of a failed start must
 * not load discord.js.
 */

/** Thrown if Discord does not accept the bot's token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** Discord closed the gateway connection and accepts no new one. The message says why. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';
}
