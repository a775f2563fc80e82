/**
 * Implements {@link Channels}: messages and threads that are not replies to interactions. The default `allowedMentions`
 * of the client does not apply to the raw requests in this file. Therefore each body with a message turns mentions off.
 */
import {
  type Client,
  DiscordAPIError,
  MessageFlags,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPatchAPIChannelMessageResult,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageResult,
  type RESTPostAPIChannelThreadsResult,
  Routes,
  SnowflakeUtil,
  Status,
} from 'discord.js';
import { ChannelError, type Channels } from '../bot/ports/channels.ts';
import { limits } from '../chat/limits.ts';
import { shorten } from '../chat/message/escape-markdown.ts';
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
      const sent = await orChannelError(() => client.rest.post(Routes.channelMessages(channel), { body }));
      // discord.js types responses as unknown. The casts in this file follow Discord's documentation.
      const { id } = sent as RESTPostAPIChannelMessageResult;
      return { id, at: SnowflakeUtil.timestampFrom(id) };
    },
    async thread(channel, message, name) {
      const body = { name: shorten(name, limits.threadName) };
      try {
        const made = await orChannelError(() => client.rest.post(Routes.threads(channel, message), { body }));
        return (made as RESTPostAPIChannelThreadsResult).id;
      } catch (error) {
        // The message already has a thread. A thread has the same id as the message that it starts from. Source:
        // Discord documentation, topics/threads.
        if (codeOfCause(error) === discordCodes.threadExists) return message;
        throw error;
      }
    },
    async edit(channel, id, message) {
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
        // Messages in an archived thread cannot be edited, so the thread is unarchived. Everyone who may post in a
        // thread may unarchive it. Source: Discord documentation, topics/threads.
        if (codeOfCause(error) !== discordCodes.threadArchived) throw error;
        await orChannelError(() => client.rest.patch(Routes.channel(channel), { body: { archived: false } }));
        edited = await patch();
      }
      const stamp = (edited as RESTPatchAPIChannelMessageResult).edited_timestamp;
      return { at: stamp === null ? undefined : Date.parse(stamp) };
    },
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

const codeOfCause = (error: unknown): unknown =>
  error instanceof ChannelError && error.cause instanceof DiscordAPIError ? error.cause.code : undefined;
