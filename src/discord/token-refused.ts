/** In a file of its own, so that the words of start errors load no discord.js. */

/** Discord does not accept the token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}
