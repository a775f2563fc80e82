/**
 * A fake Discord that implements the interfaces of the app. It has messages in channels, one thread, replies to
 * interactions, and settings that make requests fail or report missing permissions. It has no network and no rate
 * limits, and does not calculate permissions. The tests in test/loopback test the network, the rate limits and the
 * permissions with the emulated Discord.
 */
import type { InteractionContext } from '../../src/bot/ports/app.ts';
import { type Channels, ChannelError } from '../../src/bot/ports/channels.ts';
import type { InteractionResponse } from '../../src/chat/command-context.ts';
import type { Message } from '../../src/chat/message/message-components.ts';
import type { VirtualClock } from '../../src/loopback/virtual-clock.ts';

export interface ShownMessage {
  readonly id: string;
  /** The only member who sees the message. Undefined if everybody in the channel sees it. */
  readonly to: string | undefined;
  /** The channel of the message. */
  readonly place: string;
  message: Message;
}

/** The default channel of all messages and interactions. */
export const general = 'general';
/** The channel of the server that uses the second pack. */
export const baseCamp = 'base-camp';
/** How long Discord accepts edits of the reply to an interaction, in ms. */
const tokenLife = 15 * 60_000;

/** `place` is the channel of an interaction. `ago` is the time in ms that has passed since the interaction. */
export interface ActionOptions {
  readonly place?: string;
  readonly ago?: number;
}

export interface FakeDiscord {
  readonly channels: Channels;
  /** Called for every new or edited message. Tests may replace this function. */
  heard: Listener;
  /** The number of requests that failed because of `refuse` or `forbidden`. */
  refused: number;
  /** Returns whether a channel exists. Tests may replace this function. */
  exists: Channels['exists'];
  /** All messages that have not been deleted, oldest first. */
  readonly messages: readonly ShownMessage[];
  /** Returns a new unique number. */
  nextId(): number;
  /** While this is set, posting and editing messages in channels fails for this reason. */
  refuse: ChannelError['why'] | undefined;
  /** Permissions that every interaction reports as missing. */
  missingPermissions: readonly string[];
  /** While this is false, edits of the reply to an interaction fail. */
  canEditReplies: boolean;
  /** While this is false, new interactions have no reply that can be edited. */
  offersEdits: boolean;
  /** How long posting or editing a message takes on the virtual clock, in ms. */
  delay: number;
  /**
   * Permissions that the bot lacks for opening threads. Empty if it can open threads. Undefined if the channel cannot
   * have threads.
   */
  threads: readonly string[] | undefined;
  /** Channels in which only moderators can write. */
  readonly locked: Set<string>;
  /** Channels and threads in which the bot may not post. */
  readonly forbidden: Set<string>;
  /**
   * Returns the context of an interaction. Members named `dm-…` act in a DM. Members named `club-…` act in the second
   * server.
   */
  context(name: string, options?: ActionOptions): InteractionContext;
  /**
   * Runs an interaction of a member and posts the reply, as discord.js would do. A modal is returned but not posted.
   */
  interact(
    name: string,
    options: ActionOptions,
    run: (context: InteractionContext) => Promise<InteractionResponse>,
    pressed?: ShownMessage,
  ): Promise<InteractionResponse>;
  /** Deletes the newest message that everybody can see. */
  removeNewest(): void;
}

/** Called for every new or edited message. `by` is the way in which the bot sent the message. */
export type Listener = (one: ShownMessage, by: 'post' | 'answer' | 'follow-up') => void;

const missing = () => new ChannelError('gone', 'Unknown Message', undefined);

/** @param idOf maps the name of a member to an id */
export function fakeDiscord(
  clock: VirtualClock,
  heard: Listener,
  idOf: (name: string) => string = (name) => `id-${name}`,
): FakeDiscord {
  const messages: ShownMessage[] = [];
  const posts = new Map<string, { readonly id: string; readonly at: number }>();
  let ids = 0;
  const nextId = () => ++ids;

  function show(message: Message, place: string, by: Parameters<Listener>[1], to?: string): ShownMessage {
    const one: ShownMessage = { id: String(nextId()), to, place, message };
    messages.push(one);
    discord.heard(one, by);
    return one;
  }
  function edit(one: ShownMessage, message: Message, by: Parameters<Listener>[1]): ShownMessage {
    one.message = message;
    discord.heard(one, by);
    return one;
  }
  const delayed = () =>
    discord.delay > 0 && new Promise<void>((resolve) => void clock.alarm(clock.now() + discord.delay, resolve));
  function checkRefusal(place: string): void {
    const why = discord.refuse ?? (discord.forbidden.has(place) ? 'forbidden' : undefined);
    if (!why) return;
    discord.refused += 1;
    throw new ChannelError(why, `pretended: ${why}`, undefined);
  }

  const channels: Channels = {
    async thread(_, message) {
      if (discord.threads?.length !== 0) throw new ChannelError('forbidden', 'Missing Permissions', undefined);
      if (!messages.some(({ id }) => id === message)) throw missing();
      return 'thread';
    },
    async post(place, message, nonce) {
      await delayed();
      checkRefusal(place);
      if (discord.locked.has(place)) throw new ChannelError('closed', 'Thread is locked', undefined);
      const posted = posts.get(nonce) ?? { id: show(message, place, 'post').id, at: clock.now() };
      posts.set(nonce, posted);
      return posted;
    },
    async edit(place, id, message) {
      await delayed();
      checkRefusal(place);
      const one = messages.find((candidate) => candidate.id === id);
      if (!one) throw missing();
      edit(one, message, 'post');
      return { at: clock.now() };
    },
    exists: (place) => discord.exists(place),
    hears: () => true,
    shardOf: (server) => (server === undefined ? 0 : 1),
  };

  const discord: FakeDiscord = {
    channels,
    heard,
    refused: 0,
    exists: () => true,
    messages,
    nextId,
    refuse: undefined,
    missingPermissions: [],
    canEditReplies: true,
    offersEdits: true,
    delay: 0,
    threads: undefined,
    locked: new Set(),
    forbidden: new Set(),
    context: (name, { place = general, ago = 0 } = {}) => ({
      who: {
        id: idOf(name),
        name,
        roles: name === 'starter' ? ['starters'] : [],
        moderator: name === 'moderator',
        manager: name === 'manager',
      },
      where: whereOf(discord, name, place),
      namedMember: (id) => id.replace(/^id-/, ''),
      namedChannel: () => ({
        missingPermissions: discord.missingPermissions,
        ...(discord.threads && { threads: discord.threads }),
      }),
      at: clock.now() - ago,
      seed: nextId() * 7_919,
      followUp: async (message) => void show(message, place, 'follow-up', name),
      announce: async (message) => void show(message, place, 'follow-up'),
    }),
    async interact(name, options, run, pressed) {
      let answered: ShownMessage | undefined;
      const until = clock.now() + tokenLife;
      const editReply = async (message: Message) => {
        await delayed();
        if (!discord.canEditReplies || clock.now() >= until)
          throw new ChannelError('failed', 'Invalid Webhook Token', undefined);
        if (!answered || !messages.includes(answered)) throw missing();
        edit(answered, message, 'answer');
      };
      const deleteReply = async () => {
        if (!answered || !messages.includes(answered)) throw missing();
        messages.splice(messages.indexOf(answered), 1);
      };
      const on = pressed && { messageId: pressed.id, isEphemeral: pressed.to !== undefined };
      const response = await run({
        ...discord.context(name, options),
        ...(discord.offersEdits && { editReply }),
        deleteReply,
        ...on,
      });
      if ('modal' in response) return response;
      if ('remove' in response) {
        if (pressed) messages.splice(messages.indexOf(pressed), 1);
        return response;
      }
      const to = response.ephemeral || name.startsWith('dm-') ? name : undefined;
      answered =
        response.replace && pressed
          ? edit(pressed, response.message, 'answer')
          : show(response.message, options.place ?? general, 'answer', to);
      await response.onSent?.(answered.id);
      return response;
    },
    removeNewest() {
      messages.splice(
        messages.findLastIndex(({ to }) => to === undefined),
        1,
      );
    },
  };
  return discord;
}

function whereOf(
  { missingPermissions, threads }: FakeDiscord,
  name: string,
  place: string,
): InteractionContext['where'] {
  if (name.startsWith('dm-'))
    return { channel: `dm-${name}`, scope: `dm:id-${name}`, shard: 0, missingPermissions: [] };
  if (name.startsWith('club-'))
    return { channel: baseCamp, guild: 'club', scope: 'club', shard: 1, missingPermissions };
  return {
    channel: place,
    guild: 'guild',
    scope: 'guild',
    shard: 1,
    missingPermissions,
    ...(place === 'thread' ? { threadOf: general } : threads && { threads }),
  };
}
