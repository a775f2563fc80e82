/**
 * Finds lines in the bot's log that must not occur: uncaught errors, errors in the bot's own code, and output that is
 * not a log entry, such as a warning of Node with a stack trace. Errors that only report a fault of Discord are
 * expected.
 */
import { z } from 'zod';

const entry = z.looseObject({
  level: z.number(),
  msg: z.string().default(''),
  err: z.looseObject({ name: z.string(), message: z.string(), code: z.unknown().optional() }).optional(),
});

/** The level of pino's `fatal`. */
const fatal = 60;
/** Beginnings of log messages about errors that no other code has caught. */
const uncaught = ['a promise was rejected unnoticed', 'an exception was not caught', 'an answer failed'];
/**
 * Names of errors for failed requests. The list does not contain `Error`, because a bug in the bot can also throw an
 * `Error`.
 */
const failedRequest =
  /^(?:DiscordAPIError\[.*\]|HTTPError|RateLimitError|ChannelError|NotDelivered|AbortError|SocketError|ConnectTimeoutError|HeadersTimeoutError)$/;
/** Codes of a broken connection. The emulated Discord breaks connections on purpose. */
const brokenConnection = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
/** Discord's codes for an invalid body and an empty message. Only a mistake of the bot causes them. */
const invalidBody = [50_006, 50_035];

/** Returns what is wrong with a line of the log. Undefined if the line is expected. */
export function logProblem(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  const read = entry.safeParse(parsed(line));
  if (!read.success) return `not a log entry: ${line.slice(0, 500)}`;
  const { level, msg, err } = read.data;
  const isWrong =
    level >= fatal ||
    uncaught.some((words) => msg.startsWith(words)) ||
    (err && (!isFailedRequest(err) || invalidBody.includes(Number(err.code))));
  return isWrong ? line.slice(0, 2_000) : undefined;
}

const isFailedRequest = ({ name, code }: { readonly name: string; readonly code?: unknown }): boolean =>
  failedRequest.test(name) || brokenConnection.includes(String(code));

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
