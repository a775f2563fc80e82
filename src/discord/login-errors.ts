/** A file of its own, because the error messages of a failed start must not load discord.js. */

/** Discord does not accept the token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** Discord closed the gateway connection and accepts no new one. The message says why. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';
}
