/** The error message and exit code of a failed start. Only unexpected errors are printed with a stack trace. */
import { ConfigError } from '../config.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { CommandsRefused, ConnectionEnded, TokenRefused, Unreachable } from '../discord/login-errors.ts';
import { HealthAddressError } from '../operation/health-address.ts';
import { BackupError } from '../store/backup.ts';
import { FormatError } from '../store/format.ts';
import { FolderError } from '../store/folder.ts';
import { ConnectionLost, DatabaseTaken, DatabaseUnusable, LeaseLost, ShardsTaken } from '../store/postgres-errors.ts';
import { codeOf, isDamage, StoreError } from '../store/store.ts';
import { exitCodes } from './exit-codes.ts';

/** Error codes of the operating system and of the HTTP client. Each code means that a server cannot be reached. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof ConnectionEnded) return endedCodes[error.why];
  if (error instanceof CommandsRefused) return exitCodes.refused;
  if (error instanceof DatabaseTaken || error instanceof ShardsTaken) return exitCodes.shared;
  if (error instanceof LeaseLost) return exitCodes.lost;
  if (error instanceof Unreachable || error instanceof ConnectionLost || unreachable.has(codeOf(error) ?? ''))
    return exitCodes.unreachable;
  return isCorrectable(error) ? exitCodes.config : exitCodes.software;
}

const endedCodes = {
  token: exitCodes.config,
  refused: exitCodes.refused,
  later: exitCodes.later,
  shared: exitCodes.shared,
  stopped: exitCodes.stopped,
} as const;

/** Whether the user can fix the cause of the error in the settings, the files or the environment. */
const isCorrectable = (error: unknown): boolean =>
  [
    ConfigError,
    HealthAddressError,
    PackError,
    FolderError,
    BackupError,
    FormatError,
    DatabaseUnusable,
    StoreError,
    TokenRefused,
  ].some((kind) => error instanceof kind) ||
  isSeedError(error) ||
  isSystemError(error);

const isSystemError = (error: unknown): error is Error => error instanceof Error && 'syscall' in error;

/** The error is recognised by its name. To compare its class, this file would have to load the emulated Discord. */
const isSeedError = (error: unknown): error is Error => error instanceof Error && error.name === 'SeedError';

/** Returns the error message to print. The message says what happened and then what the user can do. */
export function startErrorMessage(error: unknown): string {
  if (error instanceof ConfigError || error instanceof HealthAddressError)
    return `Settings (.env or the environment) need a correction:\n${error.message}`;
  if (
    [PackError, FolderError, BackupError, FormatError, DatabaseUnusable].some((kind) => error instanceof kind) &&
    error instanceof Error
  )
    return error.message;
  if (isSeedError(error)) return error.message;
  if (error instanceof ConnectionLost)
    return `The database cannot be reached: ${error.message}. Check that PostgreSQL is running, and DATABASE_URL; then start again.`;
  if (error instanceof LeaseLost)
    return `This process has lost its shards: ${error.message}. It has left Discord; its rounds go on where they are owned.`;
  if (error instanceof StoreError)
    return `The data cannot be read: ${error.message}.${isDamage(error.code) ? ` The file is damaged; put a copy back with: npm run restore FILE. Without one, move the file away, and the bot starts with empty scores.` : ''}`;
  if (error instanceof TokenRefused)
    return 'Discord does not accept DISCORD_TOKEN. Copy it anew from the Developer Portal (Bot, Reset Token) into .env; leave it empty for the playground.';
  if (error instanceof ConnectionEnded && error.why === 'later')
    return `No new session with Discord: ${error.message}.`;
  if (error instanceof ConnectionEnded && error.why === 'shared')
    return `Another process uses the same DISCORD_TOKEN: ${error.message}. Stop one of the two; if the other one is not yours, reset the token in the Developer Portal.`;
  if (error instanceof ConnectionEnded) return `Discord ended the connection for good: ${error.message}.`;
  if (error instanceof CommandsRefused)
    return `Discord refuses the commands: ${error.message}. The commands that it knows stay.`;
  if (error instanceof Unreachable)
    return `Discord cannot be reached: ${error.message}. Check the network, DISCORD_API if it is set, and https://discordstatus.com; then start again.`;
  const code = codeOf(error) ?? '';
  if (code === 'EADDRINUSE') {
    const port = error instanceof Error && 'port' in error ? ` ${String(error.port)}` : '';
    return `The port${port} of the playground is taken. Set PLAYGROUND_PORT to another one, or to 0 for any free port.`;
  }
  if (unreachable.has(code))
    return `Discord cannot be reached (${code}). Check the network, and DISCORD_API if it is set.`;
  if (isSystemError(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
