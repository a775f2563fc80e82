/**
 * The bot's discord.js client, with the intent Guilds alone. Mentions are off on every path: the client's default covers
 * replies; `post` and `edit` set it themselves, because raw requests bypass the default.
 */
import {
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageResult,
  type RESTPostAPIChannelThreadsResult,
  Routes,
  SnowflakeUtil,
  MessageFlags,
} from 'discord.js';
import type { App } from '../bot/ports/app.ts';
import { type Channels, ChannelError } from '../bot/ports/channels.ts';
import { limits } from '../chat/limits.ts';
import { shorten } from '../chat/message/escape-markdown.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Membership } from '../bot/ports/membership.ts';
import { orChannelError, channelError } from './errors.ts';
import { answerInteractions } from './interactions.ts';
import { componentsJson } from './payloads.ts';

export interface DiscordClient {
  readonly channels: Channels;
  readonly membership: Membership;
  /** Logs in and hands every interaction to `app`. Resolves when the client is ready, rejects when Discord refuses. */
  join(app: App): Promise<{ readonly applicationId: string; readonly name: string }>;
  leave(): Promise<void>;
}

interface ClientSettings {
  readonly token: string;
  /** Address of another server with Discord's API; Discord itself when undefined. */
  readonly api: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when Discord ends the session for good; `cause` says why. */
  readonly onEnd: (cause: string) => void;
}

/** Close codes after which Discord accepts no new session. docs, topics/opcodes-and-status-codes. */
const finalCloses: Readonly<Record<number, string>> = {
  4004: 'Discord no longer accepts the token',
  4010: 'Discord refused the shard',
  4011: 'this bot is in so many servers that Discord demands sharding',
  4012: 'Discord no longer speaks this version of its gateway',
  4013: 'Discord did not know an intent',
  4014: 'Discord does not allow this bot an intent',
};

export function createDiscordClient({ token, api, clock, log, onEnd }: ClientSettings): DiscordClient {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    // Set here because discord.js would read SHARDS from the environment otherwise.
    shards: 'auto',
    ...(api !== undefined && { rest: { api } }),
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reported an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  client.on(Events.ShardDisconnect, ({ code }) => onEnd(finalCloses[code] ?? `the gateway closed with code ${code}`));
  client.on(Events.Invalidated, () => onEnd('Discord ended the session'));

  const noMentions = { allowed_mentions: { parse: [] } };
  return {
    channels: {
      async post(channel, message, nonce) {
        const body: RESTPostAPIChannelMessageJSONBody = {
          components: componentsJson(message),
          flags: MessageFlags.IsComponentsV2,
          ...noMentions,
          nonce,
          enforce_nonce: true,
        };
        const sent = await orChannelError(() => client.rest.post(Routes.channelMessages(channel), { body }));
        // discord.js types every response as unknown; this is the documented shape.
        const { id } = sent as RESTPostAPIChannelMessageResult;
        return { id, at: SnowflakeUtil.timestampFrom(id) };
      },
      async thread(channel, message, name) {
        const body = { name: shorten(name, limits.threadName) };
        try {
          const made = await orChannelError(() => client.rest.post(Routes.threads(channel, message), { body }));
          // As above.
          return (made as RESTPostAPIChannelThreadsResult).id;
        } catch (error) {
          // docs, topics/threads: a thread shares its id with the message it was started from.
          if (
            error instanceof ChannelError &&
            error.cause instanceof DiscordAPIError &&
            error.cause.code === threadExists
          )
            return message;
          throw error;
        }
      },
      async edit(channel, id, message) {
        const body: RESTPatchAPIChannelMessageJSONBody = {
          components: componentsJson(message),
          flags: MessageFlags.IsComponentsV2,
          ...noMentions,
        };
        await orChannelError(() => client.rest.patch(Routes.channelMessage(channel, id), { body }));
      },
    },
    membership: {
      async isMember(guild, user) {
        try {
          await client.rest.get(Routes.guildMember(guild, user));
          return true;
        } catch (error) {
          if (error instanceof DiscordAPIError && error.code === unknownMember) return false;
          throw channelError(error);
        }
      },
    },
    async join(app) {
      answerInteractions(client, app, clock, log);
      const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
      await client.login(token);
      const { application, user } = await ready;
      return { applicationId: application.id, name: user.username };
    },
    leave: () => client.destroy(),
  };
}

/** docs, topics/opcodes-and-status-codes: Unknown Member; a thread exists already for this message. */
const unknownMember = 10_007;
const threadExists = 160_004;
