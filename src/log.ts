/**
 * The log. pino writes each entry as a line with a JSON object. Message content and names of members are never logged.
 * The URLs in Discord's errors contain interaction tokens. Tokens are recognised by their pattern and removed.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** The fields that all log lines of an interaction contain. */
export interface LogContext {
  /** The command, such as `/quiz group`. For a button or modal, the command to which it belongs. */
  readonly command: string;
  /** The id of the server. Absent in private conversations. */
  readonly server?: string | undefined;
  readonly shard: number;
}

const contexts = new AsyncLocalStorage<LogContext | undefined>();

/** Runs a function. Each line that the function logs gets the fields of the context, also after an `await`. */
export const inLogContext = <T>(context: LogContext, run: () => T): T => contexts.run(context, run);

/**
 * Runs a function whose log lines must not get the fields of the current interaction, for example because a timer calls
 * the function.
 */
export const outsideLogContext = <T>(run: () => T): T => contexts.run(undefined, run);

/**
 * Returns a short random text. A log line and the message to a member both contain this text, so that the operator can
 * find the line.
 */
export const newReference = (): string => randomBytes(4).toString('hex');

const warning = 40;

/**
 * Creates a log with the minimum level `level`. The log is written to `out`, by default to standard error. Each warning
 * and each error gets a reference if it has none. `secret` is a text that no line may contain, such as the bot's token.
 */
export function createLog(
  level: LogLevel,
  out: DestinationStream = pino.destination({ dest: 2, sync: true }),
  secret = '',
): Log {
  return pino(
    {
      level,
      base: null,
      serializers: { err: (error: unknown) => describeError(error) },
      mixin: (_, level) => ({ ...(level >= warning && { reference: newReference() }), ...contexts.getStore() }),
      hooks: {
        streamWrite: (line) => withoutTokens(secret === '' ? line : line.replaceAll(secret, '[token]')),
      },
    },
    out,
  );
}

/** Replaces bot, interaction and webhook tokens in the text by "[token]". */
export function withoutTokens(line: string): string {
  return line
    .replaceAll(/(\/(?:interactions|webhooks)\/[^/"\s]*\/)[^/"\s?]+/g, '$1[token]')
    .replaceAll(/[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g, '[token]');
}

/**
 * Reduces an error to the fields that are logged. The request body is omitted, because it contains texts of members.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { name, message, code, status, stack, cause };
}
