/** Set-up for tests of the loopback: a loopback, discord.js clients, members, plain WebSockets and API requests. */
import { Client, Events, GatewayIntentBits, type ClientOptions, type Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startLoopback, type Loopback, type LoopbackOptions } from '../../src/loopback/loopback.ts';
import { joinAs, type Outcome, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage } from '../../src/loopback/seen-message.ts';

/**
 * Starts a loopback that stops when the test ends. The test fails if a request used a route, a field or a query
 * parameter that is not modelled. With `refusals: true`, the test does not fail.
 * @param finished Concurrent tests must pass the `onTestFinished` of their own context. The same applies to `finished`
 * in the functions below.
 */
export async function loopbackFor(
  { refusals = false, ...options }: Partial<LoopbackOptions> & { readonly refusals?: boolean } = {},
  finished: typeof onTestFinished = onTestFinished,
): Promise<Loopback> {
  // Bots do not have to wait between two Identify payloads, except in tests that set `concurrencyMs`.
  const gateway = { concurrencyMs: 0, ...options.gateway };
  const loopback = await startLoopback({ port: 0, ...options, gateway });
  finished(async () => {
    await loopback.stop();
    // A request to an unknown route makes the test fail, because the response does not show what Discord would do.
    if (!refusals && loopback.unknownRoutes.length > 0)
      throw new Error(`Not modelled: ${loopback.unknownRoutes.join(', ')}`);
  });
  return loopback;
}

/** Logs in a discord.js client that passes interactions to `answer`. The client is destroyed after the test. */
export async function realBot(
  loopback: Loopback,
  answer: (interaction: Interaction) => unknown = () => undefined,
  intents: readonly GatewayIntentBits[] = [GatewayIntentBits.Guilds],
  { token = loopback.world().botToken, ...options }: Partial<ClientOptions> & { readonly token?: string } = {},
  finished: typeof onTestFinished = onTestFinished,
): Promise<Client<true>> {
  const client = new Client({ intents, rest: { api: loopback.api }, allowedMentions: { parse: [] }, ...options });
  finished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  return ready;
}

/** By default, discord.js waits five seconds between two Identify payloads. These client options turn this off. */
export const withoutIdentifyThrottle = {
  ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
};

/** Connects a member, who disconnects after the test. */
export async function joinMember(
  loopback: Loopback,
  username: string,
  guildId?: string,
  finished: typeof onTestFinished = onTestFinished,
): Promise<LoopbackMember> {
  const member = await joinAs(loopback, username, guildId);
  finished(() => member.close());
  return member;
}

/** Opens a plain WebSocket to the gateway. `frames` are all frames received until now. `closed` is the close code. */
export function openSocket(
  url: string,
  { headers = {}, query = 'v=10&encoding=json' }: { headers?: Readonly<Record<string, string>>; query?: string } = {},
) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/?${query}`, { headers });
  const frames: { op: number; t: string | null; s: number | null; d: unknown }[] = [];
  let wake = deferred<void>();
  const closed = deferred<number>();
  socket.on('message', (raw: Buffer) => {
    frames.push(JSON.parse(raw.toString()) as (typeof frames)[number]);
    wake.resolve();
    wake = deferred<void>();
  });
  socket.on('error', () => closed.resolve(0));
  socket.on('close', closed.resolve);
  return {
    frames,
    closed: closed.promise,
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    /** Sends an Identify payload. `more` adds or replaces fields. */
    identify: (token: string, more: object = {}) =>
      socket.send(JSON.stringify({ op: 2, d: { token, intents: 1, properties: {}, ...more } })),
    sendRaw: (text: string) => socket.send(text),
    close: (code: number) => socket.close(code),
    cut: () => socket.terminate(),
    async until(fits: (frame: (typeof frames)[number]) => boolean) {
      for (;;) {
        const found = frames.find(fits);
        if (found) return found;
        await wake.promise;
      }
    },
  };
}

export const channelId = (loopback: Loopback, name = 'general'): string =>
  loopback.world().guilds[0]?.channels.find((channel) => channel.name === name)?.id ?? '';

/** The message that the bot sent as the reply to an interaction. Throws if the bot has sent no reply. */
export function answerOf(outcome: Outcome): SeenMessage {
  if (outcome.kind !== 'answered' || !outcome.message) throw new Error(`No message: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly code?: number;
    readonly message?: string;
    readonly errors?: object;
    readonly [key: string]: unknown;
  };
  readonly headers: Headers;
}

/** Sends an API request, with the bot's token by default. If `token` is empty, there is no Authorization header. */
export async function apiRequest(
  loopback: Loopback,
  method: string,
  path: string,
  body?: unknown,
  token = `Bot ${loopback.world().botToken}`,
): Promise<Answer> {
  const response = await fetch(`${loopback.api}/v10${path}`, {
    method,
    headers: { ...(token && { authorization: token }), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
    headers: response.headers,
  };
}

/** Flattens an error tree to lines such as `components.0.label BASE_TYPE_MAX_LENGTH`. */
export function errorPaths(errors: object | undefined, at: readonly string[] = []): readonly string[] {
  return Object.entries(errors ?? {}).flatMap(([key, inner]: [string, unknown]) =>
    key === '_errors'
      ? (inner as { code: string }[]).map(({ code }) => `${at.join('.')} ${code}`)
      : errorPaths(inner as object, [...at, key]),
  );
}

/** A promise with its resolve function, so that a test can resolve the promise later. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  const ends: { resolve?: (value: T) => void } = {};
  const promise = new Promise<T>((resolve) => (ends.resolve = resolve));
  return { promise, resolve: (value) => ends.resolve?.(value) };
}
