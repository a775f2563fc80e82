/** Collects the bot's responses to interactions from the request log of the emulated Discord. */
import type { Loopback } from '../../src/loopback/loopback.ts';
import type { LoggedRequest } from '../../src/loopback/server.ts';
import type { Callbacks } from './unanswered.ts';

/** Time between two reads of the log, in ms. It is short, because the log keeps only the last 1,000 requests. */
const readEvery = 200;

export interface RequestLog {
  readonly callbacks: ReadonlyMap<string, Callbacks>;
  /** When the bot sent its latest response to an interaction, in ms since the epoch. */
  latestCallback(): number;
  /** Number of requests that had an injected fault. */
  faulty(): number;
  /** Whether the log dropped requests before they were read. */
  isOverwritten(): boolean;
  /** Reads the rest of the log, and then stops reading. */
  stop(): void;
}

/** `onRequest` is called with each request. */
export function readRequestLog(
  { log }: Pick<Loopback, 'log'>,
  onRequest: (request: LoggedRequest) => void,
): RequestLog {
  const callbacks = new Map<string, Callbacks>();
  let last: LoggedRequest | undefined;
  let faulty = 0;
  let latestCallback = 0;
  let isOverwritten = false;
  function read(): void {
    const known = last === undefined ? -1 : log.lastIndexOf(last);
    isOverwritten ||= last !== undefined && known === -1;
    for (const request of log.slice(known + 1)) {
      if (request.fault) faulty++;
      if (recordCallback(callbacks, request)) latestCallback = request.at;
      onRequest(request);
    }
    last = log.at(-1);
  }
  const timer = setInterval(read, readEvery);
  return {
    callbacks,
    latestCallback: () => latestCallback,
    faulty: () => faulty,
    isOverwritten: () => isOverwritten,
    stop() {
      clearInterval(timer);
      read();
    },
  };
}

/** Records a response to an interaction. Returns false if the request is not a response to an interaction. */
function recordCallback(callbacks: Map<string, Callbacks>, { path, at, fault }: LoggedRequest): boolean {
  const id = /^\/interactions\/(\d+)\/[^/]+\/callback$/.exec(path)?.[1];
  if (id === undefined) return false;
  const { firstAt = at, requests = 0, faulty = 0 } = callbacks.get(id) ?? {};
  callbacks.set(id, { firstAt, requests: requests + 1, faulty: faulty + (fault ? 1 : 0) });
  return true;
}
