/**
 * The bot's discord.js client. Guilds is its only intent, and its caches are small. Mentions are off by default. Raw
 * requests do not use this default, so they must turn mentions off in their own bodies.
 */
import { Client, Events, GatewayIntentBits, Options, Routes } from 'discord.js';
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { App } from '../bot/ports/app.ts';
import type { Channels } from '../bot/ports/channels.ts';
import type { Membership } from '../bot/ports/membership.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { channelRequests } from './channel-requests.ts';
import { channelError, isNoMember } from './errors.ts';
import { answerInteractions } from './interactions.ts';
import { ConnectionEnded } from './login-errors.ts';

export interface DiscordClient {
  readonly channels: Channels;
  readonly membership: Membership;
  /**
   * Logs in. Passes interactions to `app` and reports deleted channels, threads and servers. Resolves when the client
   * is ready. Rejects if Discord refuses the login. Rejects with ConnectionEnded if Discord permanently closes the
   * connection.
   */
  join(app: App): Promise<{ readonly applicationId: string; readonly name: string }>;
  /** Logs out within two seconds. A call of `join` rejects if it is still waiting or is made later. */
  leave(): Promise<void>;
}

interface ClientSettings {
  readonly token: string;
  /** Base URL of a server that emulates Discord's API. If undefined, the client connects to Discord. */
  readonly api: string | undefined;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly log: Log;
  /** Called when Discord has permanently closed the connection of a client that was ready. */
  readonly onEnd: (error: ConnectionEnded) => void;
}

/**
 * The caches are small because the bot does not need them. discord.js caches the member and the message of every
 * interaction, but the bot never reads these from the cache.
 */
export const cacheLimits = {
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  UserManager: {
    maxSize: 100,
    keepOverLimit: ({ id, client }: { id: string; client: Client }) => id === client.user?.id,
  },
  GuildMemberManager: {
    maxSize: 10,
    keepOverLimit: ({ id, client }: { id: string; client: Client }) => id === client.user?.id,
  },
  ThreadMemberManager: 0,
  PresenceManager: 0,
  VoiceStateManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  ReactionManager: 0,
};

/** Maximum time for destroying the client, in ms. */
const destroyWithin = 2_000;

/**
 * Gateway close codes after which a client must not reconnect. Source: Discord documentation,
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

export function createDiscordClient({ token, api, clock, time, log, onEnd }: ClientSettings): DiscordClient {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits(cacheLimits),
    // Without `shards`, discord.js would read the environment variable SHARDS.
    shards: 'auto',
    ...(api !== undefined && { rest: { api } }),
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reported an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  logConnection(client, log);
  const leaving = new AbortController();

  return {
    channels: channelRequests(client),
    membership: { isMember: (guild, user) => isMember(client, guild, user) },
    async join(app) {
      answerInteractions(client, app, clock, time, log);
      watchPlaces(client, app);
      const { application, user } = await loggedIn(client, token, onEnd, leaving.signal);
      return { applicationId: application.id, name: user.username };
    },
    async leave() {
      leaving.abort(new ConnectionEnded('the bot was stopped'));
      // When the client disconnects on purpose, discord.js reports an attempt to reconnect. The log must not contain
      // this report.
      client.removeAllListeners(Events.ShardReconnecting);
      await destroyed(client, clock);
    },
  };
}

/**
 * Destroys the client. Gives up after two seconds, because discord.js never destroys a client that waits for the READY
 * event.
 */
async function destroyed(client: Client, clock: Clock): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((resolve) => (cancel = clock.alarm(clock.now() + destroyWithin, resolve)));
  await Promise.race([client.destroy(), late]);
  cancel();
}

/**
 * Logs in. If Discord permanently closes the connection before the client is ready, the login is rejected. If this
 * happens afterwards, `onEnd` is called.
 */
async function loggedIn(
  client: Client,
  token: string,
  onEnd: ClientSettings['onEnd'],
  leaving: AbortSignal,
): Promise<Client<true>> {
  leaving.throwIfAborted();
  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.on(Events.ShardDisconnect, ({ code }) => {
      const error = new ConnectionEnded(finalCloses[code] ?? `the gateway closed with code ${code}`);
      if (client.isReady()) onEnd(error);
      else reject(error);
    });
    leaving.addEventListener('abort', () => reject(leaving.reason as Error), { once: true });
  });
  // `client.login` alone would not give the reason if Discord closes the connection permanently, or would never settle.
  const [readyClient] = await Promise.all([ready, client.login(token)]);
  return readyClient;
}

/** Logs each loss and each recovery of the gateway connection. */
function logConnection(client: Client, log: Log): void {
  client.on(Events.ShardError, (error, shard) => log.error({ err: error, shard }, 'the gateway connection failed'));
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, 'the gateway connection is lost; reconnecting'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'the gateway connection is resumed'));
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'the gateway session has begun'));
}

/**
 * Reports deleted channels, threads and servers to `app`. If a server has an outage, discord.js emits GuildUnavailable
 * instead of GuildDelete, so the server does not count as deleted.
 */
function watchPlaces(client: Client, app: App): void {
  client.on(Events.ChannelDelete, ({ id }) => app.placeGone({ channel: id }));
  client.on(Events.ThreadDelete, ({ id }) => app.placeGone({ channel: id }));
  client.on(Events.GuildDelete, ({ id }) => app.placeGone({ guild: id }));
}

/**
 * Whether the user is a member of the server. Throws ChannelError if the request fails for a reason other than that the
 * user is not a member.
 */
async function isMember(client: Client, guild: string, user: string): Promise<boolean> {
  try {
    await client.rest.get(Routes.guildMember(guild, user));
    return true;
  } catch (error) {
    if (isNoMember(error)) return false;
    throw channelError(error);
  }
}
