/**
 * Handles requests that Discord refuses with status 401. After such a response, discord.js forgets the token. Every
 * later request would then fail although the gateway stays connected. Therefore the token is set again immediately, and
 * a separate request checks whether Discord still accepts the token.
 */
import { type Client, DiscordAPIError, REST, Routes } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { SendRequest } from './callback-requests.ts';
import { ConnectionEnded } from './login-errors.ts';

/** The delay between two checks of the token, in ms. The delay doubles after each check, up to `longestDelay`. */
const firstDelay = 5_000;
const longestDelay = 5 * 60_000;
/** The token counts as invalid after this number of refusals in a row, because a single refusal may be a mistake. */
const refusals = 2;

interface Ports {
  readonly client: () => Client;
  readonly token: string;
  /** Base URL of a server that emulates Discord's API. */
  readonly api: string | undefined;
  readonly makeRequest: SendRequest;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when Discord no longer accepts the token. */
  readonly onEnd: (error: ConnectionEnded) => void;
}

export interface TokenWatch {
  readonly makeRequest: SendRequest;
  /** Stops the checks of the token. */
  close(): void;
}

export function watchToken(ports: Ports): TokenWatch {
  let probe: (() => void) | undefined;
  let isClosed = false;
  return {
    async makeRequest(url, init) {
      const response = await ports.makeRequest(url, init);
      if (response.status !== 401 || isClosed || !isWithToken(init.headers)) return response;
      // discord.js forgets the token as soon as it has seen this response.
      setImmediate(() => isClosed || ports.client().rest.setToken(ports.token));
      probe ??= startProbe(ports, () => (probe = undefined));
      return response;
    },
    close() {
      isClosed = true;
      probe?.();
    },
  };
}

const isWithToken = (headers: unknown): boolean =>
  typeof headers === 'object' && headers !== null && 'Authorization' in headers;

/**
 * Checks the token until Discord either accepts it or refuses it repeatedly. Returns a function that stops the checks.
 * @param done called when Discord has accepted the token
 */
function startProbe(ports: Ports, done: () => void): () => void {
  const { clock, log, token, api, onEnd } = ports;
  const rest = new REST({ ...(api !== undefined && { api }), retries: 0 }).setToken(token);
  log.warn('Discord refused a request with status 401; asking whether it still accepts the token');
  let cancel = () => {};
  let isEnded = false;
  const ask = async (delay: number, refused: number): Promise<void> => {
    try {
      rest.setToken(token);
      await rest.get(Routes.user());
      if (isEnded) return;
      log.warn('Discord accepts the token; the bot goes on');
      done();
    } catch (error) {
      if (isEnded) return;
      const count = error instanceof DiscordAPIError && error.status === 401 ? refused + 1 : 0;
      if (count >= refusals) return onEnd(new ConnectionEnded('token', 'Discord no longer accepts the token'));
      log.warn({ err: error, seconds: delay / 1_000 }, 'Discord did not confirm the token; asking again');
      cancel = clock.alarm(clock.now() + delay, () => void ask(Math.min(longestDelay, delay * 2), count));
    }
  };
  void ask(firstDelay, 0);
  return () => {
    isEnded = true;
    cancel();
  };
}
