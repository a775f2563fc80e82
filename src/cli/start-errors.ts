/** The error message and exit code of a failed start. Only unexpected errors are printed with a stack trace. */
import { ConfigError } from '../config.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { ConnectionEnded, TokenRefused } from '../discord/login-errors.ts';
import { BackupError } from '../store/backup.ts';
import { FolderError } from '../store/folder.ts';
import { codeOf, isDamage, StoreError } from '../store/store.ts';

/** Exit codes from sysexits.h. `config` means that the user has to correct settings, files or the environment. */
export const exitCodes = { usage: 64, unreachable: 69, config: 78 } as const;

/** Error codes of the operating system and of the HTTP client that mean that a server cannot be reached. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export const exitCodeOf = (error: unknown): number =>
  unreachable.has(codeOf(error) ?? '') ? exitCodes.unreachable : exitCodes.config;

/** Returns the error message to print. It says what happened and then what to do. */
export function startErrorInWords(error: unknown): string {
  if (error instanceof ConfigError) return `Settings (.env or the environment) need a correction:\n${error.message}`;
  if (error instanceof PackError || error instanceof FolderError || error instanceof BackupError) return error.message;
  // The error is recognised by its name, because this file must not load the emulated Discord.
  if (error instanceof Error && error.name === 'SeedError') return error.message;
  if (error instanceof StoreError)
    return `The data cannot be read: ${error.message}.${isDamage(error.code) ? ` The file is damaged; put a copy back with: npm run restore FILE. Without one, move the file away, and the bot starts with empty scores.` : ''}`;
  if (error instanceof TokenRefused || codeOf(error) === 'TokenInvalid')
    return 'Discord does not accept DISCORD_TOKEN. Copy it anew from the Developer Portal (Bot, Reset Token) into .env; leave it empty for the playground.';
  if (error instanceof ConnectionEnded) return `Discord ended the connection for good: ${error.message}.`;
  const code = codeOf(error) ?? '';
  if (code === 'EADDRINUSE') {
    const port = error instanceof Error && 'port' in error ? ` ${String(error.port)}` : '';
    return `The port${port} of the playground is taken. Set PLAYGROUND_PORT to another one, or to 0 for any free port.`;
  }
  if (unreachable.has(code))
    return `Discord cannot be reached (${code}). Check the network, and DISCORD_API if it is set.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
