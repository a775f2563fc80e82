/**
 * Implements {@link Channels}: threads, and messages that are not replies to interactions. The default
 * `allowedMentions` of the client does not apply to the raw requests in this file. Therefore each request body with a
 * message sets `allowed_mentions` so that nobody is mentioned.
 */
import {
  type Client,
  DiscordAPIError,
  MessageFlags,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
  SnowflakeUtil,
  Status,
} from 'discord.js';
import { ChannelError, type Channels } from '../bot/ports/channels.ts';
import { limits } from '../chat/limits.ts';
import { shorten } from '../chat/message/escape-markdown.ts';
import { isObject } from '../core/type-guards.ts';
import { discordCodes, orChannelError } from './errors.ts';
import { componentsJson } from './payloads.ts';
import { shardOf } from './shard-of.ts';

const noMentions = { allowed_mentions: { parse: [] } };

export function channelRequests(client: Client): Channels {
  return {
    async post(channel, message, nonce) {
      const body: RESTPostAPIChannelMessageJSONBody = {
        components: componentsJson(message),
        flags: MessageFlags.IsComponentsV2,
        ...noMentions,
        nonce,
        enforce_nonce: true,
      };
      const id = await orChannelError(async () =>
        idOf(await client.rest.post(Routes.channelMessages(channel), { body })),
      );
      return { id, at: SnowflakeUtil.timestampFrom(id) };
    },
    async thread(channel, message, name) {
      const body = { name: shorten(name, limits.threadName) };
      try {
        return await orChannelError(async () =>
          idOf(await client.rest.post(Routes.threads(channel, message), { body })),
        );
      } catch (error) {
        // The message already has a thread. A thread has the same id as the message that it starts from. Source:
        // Discord documentation, topics/threads.
        if (codeOfCause(error) === discordCodes.threadExists) return message;
        throw error;
      }
    },
    edit: (channel, id, message) => editMessage(client, channel, id, message),
    hears({ guild }) {
      // Discord sends the events of private conversations to the first shard.
      const server = guild === undefined ? undefined : client.guilds.cache.get(guild);
      return (server?.shard ?? client.ws.shards.first())?.status === Status.Ready;
    },
    shardOf: (server) => shardOf(client, server),
    exists: ({ guild, channel }) => {
      if (guild === undefined) return true;
      const known = client.guilds.cache.get(guild);
      // While a server is unavailable because of a Discord outage, discord.js does not know all channels of the server.
      // Then a channel may exist although it is not in the cache.
      return known !== undefined && (!known.available || client.channels.cache.has(channel));
    },
  };
}

async function editMessage(
  client: Client,
  channel: string,
  id: string,
  message: Parameters<Channels['edit']>[2],
): ReturnType<Channels['edit']> {
  const body: RESTPatchAPIChannelMessageJSONBody = {
    components: componentsJson(message),
    flags: MessageFlags.IsComponentsV2,
    ...noMentions,
  };
  const patch = () => orChannelError(() => client.rest.patch(Routes.channelMessage(channel, id), { body }));
  let edited: unknown;
  try {
    edited = await patch();
  } catch (error) {
    // Messages in an archived thread cannot be edited, so the thread is unarchived. Everyone who may post in a thread
    // may unarchive it. Source: Discord documentation, topics/threads.
    if (codeOfCause(error) !== discordCodes.threadArchived) throw error;
    await unarchive(client, channel);
    edited = await patch();
  }
  return { at: editedAt(edited) };
}

/**
 * The id in a response of Discord. Throws TypeError if there is no id, for example because the response is an HTML
 * page.
 */
function idOf(response: unknown): string {
  const id = isObject(response) ? response['id'] : undefined;
  if (typeof id !== 'string' || !/^\d{1,20}$/.test(id)) throw new TypeError('the response of Discord has no id');
  return id;
}

/** The timestamp of the edit in a response of Discord, in ms since the epoch. */
function editedAt(response: unknown): number | undefined {
  const stamp = isObject(response) ? response['edited_timestamp'] : undefined;
  const at = typeof stamp === 'string' ? Date.parse(stamp) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Unarchives a thread. Throws ChannelError if this fails, with `why: 'locked'` if the bot has no permission. */
async function unarchive(client: Client, thread: string): Promise<void> {
  try {
    await orChannelError(() => client.rest.patch(Routes.channel(thread), { body: { archived: false } }));
  } catch (error) {
    if (error instanceof ChannelError && error.why === 'forbidden')
      throw new ChannelError('locked', error.message, error.cause);
    throw error;
  }
}

const codeOfCause = (error: unknown): unknown =>
  error instanceof ChannelError && error.cause instanceof DiscordAPIError ? error.cause.code : undefined;
