/** The judge of the emulation: the real discord.js client, logged in to it; and bare requests with the bot's token. */
import { Client, Events, GatewayIntentBits, type ClientOptions, type Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startLoopback, type Loopback, type LoopbackOptions } from '../../src/loopback/loopback.ts';
import { joinAs, type Outcome, type SeenMessage, type TestMember } from '../support/member.ts';

/**
 * A loopback that stops with the test, which fails when a route was used that does not exist.
 * @param finished here and below: tests that run concurrently pass the `onTestFinished` of their context
 */
export async function loopbackFor(
  options: Partial<LoopbackOptions> = {},
  finished: typeof onTestFinished = onTestFinished,
): Promise<Loopback> {
  const loopback = await startLoopback({ port: 0, ...options });
  finished(async () => {
    await loopback.stop();
    // A test that asks for what is not modelled says nothing; which route it was is the message.
    if (loopback.unknownRoutes.length > 0) throw new Error(`Not modelled: ${loopback.unknownRoutes.join(', ')}`);
  });
  return loopback;
}

/** A discord.js client that is ready, hands interactions to `answer` and leaves with the test. */
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

/** Identifies at once: the real client would wait five seconds between two identifies. */
export const atOnce = { ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) } };

/** A member who leaves with the test. */
export async function joined(
  loopback: Loopback,
  username: string,
  guildId?: string,
  finished: typeof onTestFinished = onTestFinished,
): Promise<TestMember> {
  const member = await joinAs(loopback, username, guildId);
  finished(() => member.close());
  return member;
}

/** A gateway connection driven by hand: what comes in, in order, and how it closed. */
export function connected(
  url: string,
  { headers = {}, query = 'v=10&encoding=json' }: { headers?: Readonly<Record<string, string>>; query?: string } = {},
) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/?${query}`, { headers });
  const frames: { op: number; t: string | null; s: number | null; d: unknown }[] = [];
  let wake = later<void>();
  const closed = later<number>();
  socket.on('message', (raw: Buffer) => {
    frames.push(JSON.parse(raw.toString()) as (typeof frames)[number]);
    wake.resolve();
    wake = later<void>();
  });
  socket.on('error', () => closed.resolve(0));
  socket.on('close', closed.resolve);
  return {
    frames,
    closed: closed.promise,
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    /** As a bot, or with fields of an identify of its own. */
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

/** The message of an act that was answered with one. */
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

/** A bare request, as the bot unless `token` says otherwise ('' sends none). */
export async function bare(
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

/** Where an error tree complains: `components.0.label BASE_TYPE_MAX_LENGTH`. */
export function complaints(errors: object | undefined, at: readonly string[] = []): readonly string[] {
  return Object.entries(errors ?? {}).flatMap(([key, inner]: [string, unknown]) =>
    key === '_errors'
      ? (inner as { code: string }[]).map(({ code }) => `${at.join('.')} ${code}`)
      : complaints(inner as object, [...at, key]),
  );
}

/** A promise and its two ends, for an answer that a test gives later. */
export function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  const ends: { resolve?: (value: T) => void } = {};
  const promise = new Promise<T>((resolve) => (ends.resolve = resolve));
  return { promise, resolve: (value) => ends.resolve?.(value) };
}
