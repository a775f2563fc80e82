/** Checks whether Discord can be reached, and logs in. The message of every error says what went wrong. */
import { type Client, DiscordAPIError, Events, REST, Routes } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { isObject } from '../core/type-guards.ts';
import { ConnectionEnded, TokenRefused, Unreachable } from './login-errors.ts';
import { logRateLimits } from './rate-limit-log.ts';

/** The login fails if no shard begins a session within this time, in ms. */
const sessionWithin = 5 * 60_000;

/**
 * Gateway close codes after which clients must not reconnect. Source: Discord documentation,
 * topics/opcodes-and-status-codes.
 */
const finalCloses: Readonly<Record<number, string>> = {
  4004: 'Discord no longer accepts the token',
  4010: 'Discord refused the shard',
  4011: 'this bot is in so many servers that Discord demands sharding',
  4012: 'Discord no longer speaks this version of its gateway',
  4013: 'Discord did not know an intent',
  4014: 'Discord does not allow this bot an intent',
};

const finalClose = (code: number): ConnectionEnded =>
  new ConnectionEnded(code === 4004 ? 'token' : 'refused', finalCloses[code] ?? `the gateway closed with code ${code}`);

/**
 * Requests the URL of the gateway, as the login does. If Discord refuses the token, the request is sent a second time,
 * because the refusal may be a mistake. Throws TokenRefused if Discord refuses the token twice. Throws Unreachable
 * after any other error, because another try may then succeed.
 */
export async function reachDiscord(token: string, api: string | undefined, log: Log): Promise<void> {
  const options = { ...(api !== undefined && { api }), rejectOnRateLimit: logRateLimits(log) };
  const ask = async () => {
    const gateway = await new REST(options).setToken(token).get(Routes.gatewayBot());
    // The answer may come from another program, such as a proxy.
    if (!isObject(gateway) || typeof gateway['url'] !== 'string') throw new Unreachable('its answer is not of Discord');
  };
  try {
    await ask().catch((error: unknown) => {
      if (isRefused(error)) return ask();
      throw error;
    });
  } catch (error) {
    if (isRefused(error)) throw new TokenRefused('Discord does not accept the token', { cause: error });
    throw unreachable(error);
  }
}

const isRefused = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401;

/**
 * Converts an error to an Unreachable whose message says what happened. The message does not contain a URL, because a
 * URL may contain a token.
 */
export function unreachable(error: unknown): Unreachable {
  const { status, code, message } = error as { status?: unknown; code?: unknown; message?: unknown };
  const why =
    typeof status === 'number'
      ? `it answered with status ${status}`
      : typeof code === 'string'
        ? code
        : String(message);
  return new Unreachable(why, { cause: error });
}

interface Login {
  readonly token: string;
  readonly clock: Clock;
  /** Called when the connection ends permanently after the client was ready. */
  readonly onEnd: (error: ConnectionEnded) => void;
  /** This signal is aborted when the login has to end. Its reason is the error that the login throws. */
  readonly leaving: AbortSignal;
}

/** Resolves once the client is ready. Throws TokenRefused, ConnectionEnded or Unreachable. */
export async function loggedIn(client: Client, { token, clock, onEnd, leaving }: Login): Promise<Client<true>> {
  leaving.throwIfAborted();
  let cancel = () => {};
  const ready = new Promise<Client<true>>((resolve, reject) => {
    const waitForSession = () => {
      cancel();
      const late = () => reject(new Unreachable('it has begun no session for five minutes'));
      cancel = clock.alarm(clock.now() + sessionWithin, late);
    };
    waitForSession();
    client.on(Events.ShardReady, () => client.isReady() || waitForSession());
    client.once(Events.ClientReady, resolve);
    client.on(Events.ShardDisconnect, ({ code }) => (client.isReady() ? onEnd : reject)(finalClose(code)));
    leaving.addEventListener('abort', () => reject(leaving.reason as Error), { once: true });
  });
  try {
    // The promise of `client.login` alone is not enough. If Discord closes the connection permanently, this promise
    // never settles, or it rejects with an error that does not give the reason.
    const [readyClient] = await Promise.all([ready, client.login(token)]);
    return readyClient;
  } catch (error) {
    throw loginError(error);
  } finally {
    cancel();
  }
}

function loginError(error: unknown): Error {
  if (error instanceof ConnectionEnded || error instanceof Unreachable) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  if (code === 'TokenInvalid') return new TokenRefused('Discord does not accept the token', { cause: error });
  // discord.js throws this error if `session_start_limit` says that no IDENTIFY is left.
  const [, resetsAt] = /^Not enough sessions remaining.*resets at (\S+)/.exec(message) ?? [];
  if (resetsAt !== undefined)
    return new ConnectionEnded('later', `Discord allows this bot no new session before ${resetsAt}`);
  return unreachable(error);
}
