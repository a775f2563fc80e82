/** The judge of the emulation: the real discord.js client, logged in to it; and bare requests with the bot's token. */
import { Client, Events, GatewayIntentBits, type ClientOptions, type Interaction } from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import { startLoopback, type Loopback, type LoopbackOptions } from '../../src/loopback/loopback.ts';
import { joinAs, type Outcome, type SeenMessage, type TestMember } from '../support/member.ts';

/** A loopback that stops with the test, which fails if it used routes that do not exist, but for those it names. */
export async function loopbackFor(
  options: Partial<LoopbackOptions> = {},
  missing: readonly string[] = [],
): Promise<Loopback> {
  const loopback = await startLoopback({ port: 0, ...options });
  onTestFinished(async () => {
    await loopback.stop();
    expect(loopback.unknownRoutes, 'requests for routes that do not exist').toEqual(missing);
  });
  return loopback;
}

/** A discord.js client that is ready, hands interactions to `answer` and leaves with the test. */
export async function realBot(
  loopback: Loopback,
  answer: (interaction: Interaction) => unknown = () => undefined,
  intents: readonly GatewayIntentBits[] = [GatewayIntentBits.Guilds],
  { token = loopback.world().botToken, ...options }: Partial<ClientOptions> & { readonly token?: string } = {},
): Promise<Client<true>> {
  const client = new Client({ intents, rest: { api: loopback.api }, allowedMentions: { parse: [] }, ...options });
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  return ready;
}

/** A member who leaves with the test. */
export async function joined(loopback: Loopback, username: string): Promise<TestMember> {
  const member = await joinAs(loopback, username);
  onTestFinished(() => member.close());
  return member;
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
