/**
 * The log: pino, one JSON object a line. Message content is never logged. Tokens are removed by their form, because the
 * URLs in Discord's errors contain interaction tokens.
 */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A log at `level` that writes to `out`, by default standard error; start-up messages go to standard output. */
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

/** The same text with bot, interaction and webhook tokens replaced by "[token]". */
export function withoutTokens(line: string): string {
  return line
    .replaceAll(/(\/(?:interactions|webhooks)\/\d{17,19}\/)[^/"\s?]+/g, '$1[token]')
    .replaceAll(/[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g, '[token]');
}

/** The fields of an error to log: never the request body, which holds what members wrote. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { name, message, code, status, stack, cause };
}
