/**
 * The log. pino writes each entry as a line with a JSON object. Message content is never logged. The URLs in Discord's
 * errors contain interaction tokens. Tokens are recognised by their pattern and removed.
 */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Creates a log with the minimum level `level`. The log is written to `out`, by default to standard error. */
export function createLog(level: LogLevel, out: DestinationStream = pino.destination({ dest: 2, sync: true })): Log {
  return pino(
    {
      level,
      base: null,
      serializers: { err: (error: unknown) => describeError(error) },
      hooks: { streamWrite: withoutTokens },
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
 * Returns the fields of an error that are logged. The request body is omitted, because it contains texts of members.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { name, message, code, status, stack, cause };
}
