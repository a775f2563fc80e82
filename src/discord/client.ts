/**
 * The bot's discord.js client. Its only intent is Guilds, and its caches are small. Mentions are off by default. This
 * default does not apply to raw requests, which must turn mentions off in their own bodies.
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
   * Logs in, and passes interactions and deletions of channels, threads and servers to `app`. Resolves once the client
   * is ready. Rejects if Discord refuses the login, with ConnectionEnded if it closes the connection for good.
   */
  join(app: App): Promise<{ readonly applicationId: string; readonly name: string }>;
  /** Logs out, within two seconds. A `join` that is waiting, or that is called later, rejects. */
  leave(): Promise<void>;
}

interface ClientSettings {
  readonly token: string;
  /** Base URL of a server that emulates Discord's API. If undefined, the client connects to Discord. */
  readonly api: string | undefined;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly log: Log;
  /** Called when Discord has closed the connection of a client that was ready, and accepts no new one. */
  readonly onEnd: (error: ConnectionEnded) => void;
}

/**
 * The caches are small because the bot does not need them. discord.js caches the member and message of every
 * interaction, but the bot never reads them from the cache.
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

/** Gateway close codes after which clients must not reconnect. Source: docs, topics/opcodes-and-status-codes. */
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
    // Without this setting, discord.js would read the environment variable SHARDS.
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
      // discord.js reports its own disconnection as an attempt to reconnect.
      client.removeAllListeners(Events.ShardReconnecting);
      await destroyed(client, clock);
    },
  };
}

/** Destroys the client. Gives up after a while, because discord.js never destroys a client that waits for READY. */
async function destroyed(client: Client, clock: Clock): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((resolve) => (cancel = clock.alarm(clock.now() + destroyWithin, resolve)));
  await Promise.race([client.destroy(), late]);
  cancel();
}

/** Logs in. A final close rejects the login if the client is not ready yet, and calls `onEnd` afterwards. */
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
  // Alone, the login would not give the reason of a final close, or would never settle.
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

/** Reports deleted places to `app`. For a server in an outage, discord.js emits GuildUnavailable, not GuildDelete. */
function watchPlaces(client: Client, app: App): void {
  client.on(Events.ChannelDelete, ({ id }) => app.placeGone({ channel: id }));
  client.on(Events.ThreadDelete, ({ id }) => app.placeGone({ channel: id }));
  client.on(Events.GuildDelete, ({ id }) => app.placeGone({ guild: id }));
}

/**
 * Whether the user is a member of the server. Throws ChannelError if the request fails for any other reason than that
 * the user is not a member.
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
