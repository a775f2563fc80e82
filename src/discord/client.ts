/**
 * The bot's discord.js client. Its only intent is Guilds, and its caches are small. Mentions are off by default. Raw
 * requests do not use this default, so the body of each raw request must turn mentions off itself.
 */
import { Client, DefaultRestOptions, Events, GatewayIntentBits, Options, Routes } from 'discord.js';
import type { DiscordHealth } from '../bot/ports/discord-health.ts';
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { App } from '../bot/ports/app.ts';
import type { Channels } from '../bot/ports/channels.ts';
import type { Membership } from '../bot/ports/membership.ts';
import type { Metrics } from '../bot/ports/metrics.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { requestsPerSecond, type ShardRange, shardsIn } from '../core/shard-range.ts';
import { type Acknowledgements, createAcknowledgements } from './acknowledgements.ts';
import { callbackRequests, type SendRequest } from './callback-requests.ts';
import { channelRequests } from './channel-requests.ts';
import { clientHealth } from './client-health.ts';
import { rejectAfterClockStep } from './clock-steps.ts';
import { logConnection } from './connection-log.ts';
import { channelError, isNoMember } from './errors.ts';
import { identifyBudget, type IdentifyBudget, type IdentifyTimes } from './identify-budget.ts';
import { answerInteractions } from './interactions.ts';
import type { IdentifyTurns } from './identify-turns.ts';
import { ConnectionEnded } from './login-errors.ts';
import { surviveMalformedFrames } from './malformed-packets.ts';
import { loggedIn, reachDiscord } from './login.ts';
import { measuredRequests, measureWaits } from './measured-requests.ts';
import { cutStuckConnections } from './stuck-connections.ts';
import { type SharedTokenWatch, watchSharedToken } from './shared-token.ts';
import { type TokenWatch, watchToken } from './token-watch.ts';

export interface DiscordClient {
  readonly channels: Channels;
  readonly membership: Membership;
  /** Begins to watch the connections, for health checks. Must be called before `join`. */
  watchHealth(): DiscordHealth;
  /**
   * Resolves if Discord can be reached. Throws TokenRefused if Discord does not accept the token. Throws Unreachable
   * if the request fails for any other reason, because another try may then succeed.
   */
  reach(): Promise<void>;
  /**
   * Logs in. Passes interactions to `app`, and tells `app` which channels and threads were deleted and which servers
   * have added or removed the bot. Resolves when the client is ready. Rejects if Discord refuses the login. Rejects
   * with ConnectionEnded if Discord permanently closes the connection.
   */
  join(app: App): Promise<{ readonly applicationId: string; readonly name: string }>;
  /** Logs out within two seconds. A pending call of `join` rejects, and later calls of `join` reject too. */
  leave(): Promise<void>;
}

interface ClientSettings {
  readonly token: string;
  /** Base URL of a server that emulates Discord's API. If undefined, the client connects to Discord. */
  readonly api: string | undefined;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly log: Log;
  readonly identifies: IdentifyTimes;
  /** The shards of this process. Undefined if this process has all shards. */
  readonly shards: ShardRange | undefined;
  /**
   * Ensures that the processes with the same token send their identify requests one after the other. Undefined if only
   * this process uses the token.
   */
  readonly identifyTurns?: IdentifyTurns;
  /** Whether this process still owns its shards. If not, no request is sent. */
  readonly isHeld?: () => boolean;
  /** Undefined if metrics are turned off. */
  readonly metrics?: Metrics | undefined;
  /** Called when the connection ends permanently after the client was ready. */
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

export function createDiscordClient(settings: ClientSettings): DiscordClient {
  const { token, api, clock, time, log } = settings;
  const leaving = new AbortController();
  const { metrics } = settings;
  const acknowledgements = metrics && createAcknowledgements(metrics, time);
  const { makeRequest: plainRequest } = DefaultRestOptions;
  const makeRequest = whileHeld(settings.isHeld, metrics ? measuredRequests(plainRequest, metrics) : plainRequest);
  const watch = watchToken({ ...settings, client: () => client, makeRequest });
  const onEnd = (error: ConnectionEnded) => (client.isReady() ? settings.onEnd(error) : leaving.abort(error));
  const budget = identifyBudget({
    clock,
    log,
    times: settings.identifies,
    turns: settings.identifyTurns,
    onUsedUp: onEnd,
  });
  const client = newClient(settings, watch, budget, watchSharedToken({ clock, log, onEnd }), acknowledgements);
  if (metrics) measureWaits(client.rest, metrics);
  client.on(Events.ShardReady, budget.ready);
  logConnection(client, log);
  const stopCutting = cutStuckConnections(client, clock, log);

  return {
    channels: channelRequests(client),
    membership: { isMember: (guild, user) => isMember(client, guild, user) },
    watchHealth: () => clientHealth(client, clock),
    async reach() {
      leaving.signal.throwIfAborted();
      await reachDiscord(token, api, log);
    },
    async join(app) {
      answerInteractions(client, app, clock, time, log, acknowledgements);
      watchPlaces(client, app);
      const { application, user, guilds } = await loggedIn(client, { ...settings, leaving: leaving.signal });
      app.serversKnown(new Set(guilds.cache.keys()));
      return { applicationId: application.id, name: user.username };
    },
    async leave() {
      leaving.abort(new ConnectionEnded('stopped', 'the bot was stopped'));
      watch.close();
      stopCutting();
      // When the client is destroyed, discord.js emits ShardReconnecting. This must not be logged as a lost connection.
      client.removeAllListeners(Events.ShardReconnecting);
      client.removeAllListeners(Events.Debug);
      client.removeAllListeners(Events.InteractionCreate);
      const wasReady = client.isReady();
      await destroyed(client, clock);
      if (wasReady) log.info('the bot has left Discord');
    },
  };
}

/** @param watch its function `makeRequest` sends the requests of the client */
function newClient(
  { api, shards, clock, time, log }: ClientSettings,
  watch: TokenWatch,
  budget: IdentifyBudget,
  sharedToken: SharedTokenWatch,
  acknowledgements: Acknowledgements | undefined,
): Client {
  const { makeRequest } = watch;
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits(cacheLimits),
    // Without `shards`, discord.js would read the environment variable SHARDS.
    shards: shards ? Array.from({ length: shardsIn(shards) }, (_, index) => shards.first + index) : 'auto',
    ...(shards && { shardCount: shards.total }),
    rest: {
      ...(api !== undefined && { api }),
      ...(shards && { globalRequestsPerSecond: requestsPerSecond(shards) }),
      makeRequest: callbackRequests({
        makeRequest,
        clock,
        time,
        sharedToken,
        applicationId: () => client.application?.id,
        onAccepted: acknowledgements?.accepted,
      }),
      rejectOnRateLimit: rejectAfterClockStep(() => client.rest, log),
    },
    ws: {
      buildStrategy: surviveMalformedFrames(log),
      async buildIdentifyThrottler(manager) {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        const left = async () => (await manager.fetchGatewayInformation(true)).session_start_limit;
        return budget.throttler({ maxConcurrency: limit.max_concurrency, left });
      },
    },
  });
  return client;
}

/**
 * Returns a function that sends requests. After this process has lost its shards, the function throws and sends
 * nothing, because another process then owns the shards and is responsible for all messages.
 */
function whileHeld(isHeld: (() => boolean) | undefined, makeRequest: SendRequest): SendRequest {
  if (!isHeld) return makeRequest;
  return async (url, init) => {
    if (!isHeld()) throw new Error('this process has lost its shards');
    return makeRequest(url, init);
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
 * Tells `app` which channels and threads were deleted, and which servers added or removed the bot. If a server becomes
 * unavailable because of a Discord outage, discord.js emits GuildUnavailable and not GuildDelete.
 */
function watchPlaces(client: Client, app: App): void {
  client.on(Events.ChannelDelete, ({ id }) => app.channelDeleted(id));
  client.on(Events.ThreadDelete, ({ id }) => app.channelDeleted(id));
  client.on(Events.GuildCreate, ({ id }) => app.serverAdded(id));
  client.on(Events.GuildDelete, ({ id }) => app.serverRemoved(id));
}

/**
 * Whether the user is a member of the server. Returns false if Discord answers that the user is not a member. Throws
 * ChannelError if the request fails for any other reason.
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
