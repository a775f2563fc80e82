/**
 * Connects the store, the rounds, the commands and Discord to form a running bot. `starts/` uses this module. Tests use
 * it with an emulated Discord.
 */
import { commands, messageCommands } from '../commands/index.ts';
import { measureTime } from './discord/measure-time.ts';
import { createApp } from './bot/dispatch.ts';
import type { Clock } from './clock.ts';
import { createDiscordClient } from './discord/client.ts';
import type { ConnectionEnded } from './discord/login-errors.ts';
import { register } from './discord/registration.ts';
import type { Log } from './log.ts';
import type { Facts } from './core/pack/facts.ts';
import type { LoadedPack } from './bot/packs/read-pack.ts';
import { createRemovedServers } from './bot/privacy/removed-servers.ts';
import { createRetries } from './bot/retries.ts';
import { createStarting } from './bot/starting.ts';
import { createRounds } from './bot/rounds/rounds.ts';
import { createScoreStore } from './bot/scores/score-store.ts';
import { createSettingsStore } from './bot/settings-store.ts';
import { cachePictures } from './pictures/picture-cache.ts';
import { drawPng } from './pictures/resvg.ts';
import type { Pictures } from './bot/ports/pictures.ts';
import { measuredFacts } from './operation/measured-facts.ts';
import { measuredStore } from './operation/measured-store.ts';
import type { Operation } from './operation/operation.ts';
import { logSetAside, settingAside } from './store/set-aside.ts';
import type { Store } from './store/store.ts';
import { deleteMember } from './bot/privacy/delete-member.ts';
import { forgetElsewhere } from './bot/privacy/forget-elsewhere.ts';
import { createUnseenFacts } from './bot/unseen-facts.ts';
import type { Processes } from './bot/ports/processes.ts';
import { readInWorker } from './bot/packs/load-in-worker.ts';
import { defaultPackLimits, type PackLimits } from './bot/packs/library-state.ts';
import type { PackReader } from './bot/packs/pack-reader.ts';
import { createPackRuntime } from './bot/packs/pack-runtime.ts';
import { createDownloads } from './discord/attachment-download.ts';
import { createPackByGuild } from './bot/packs/pack-by-guild.ts';
import { shardOwner } from './bot/ports/shard-owner.ts';
import { type Stoppable, stoppable } from './bot/stopping.ts';
import { identifyTimes } from './store/identify-times.ts';
import type { IdentifyTurns } from './discord/identify-turns.ts';
import type { ShardRange } from './core/shard-range.ts';

export interface BotSettings {
  /** The pack of all private conversations and of all servers that are not in `servers`. */
  readonly library: LoadedPack;
  /** A map from server ids to the packs of these servers. */
  readonly servers?: ReadonlyMap<string, LoadedPack>;
  readonly store: Store;
  readonly token: string;
  /** Base URL of a server that emulates Discord's API. If undefined, the bot connects to Discord. */
  readonly api: string | undefined;
  /** The shards of this process. Undefined if this process has all shards. */
  readonly shards?: ShardRange | undefined;
  /** Coordinates the processes that use the same token. Undefined if only one process uses the token. */
  readonly shared?: SharedAmongProcesses | undefined;
  readonly clock: Clock;
  /** Draws pictures. If absent, resvg draws them and the drawn pictures are cached. */
  readonly pictures?: Pictures;
  /** Reads the packs that servers add. If absent, they are read on worker threads. */
  readonly packReader?: PackReader;
  readonly packLimits?: PackLimits;
  readonly log: Log;
  /** Health checks and metrics. Absent if they are turned off. */
  readonly operation?: Operation | undefined;
  /** Called when Discord has permanently closed the connection of the running bot. */
  readonly onEnd: (error: ConnectionEnded) => void;
  /**
   * Called before the bot connects, with the functions that stop the bot. Therefore a signal can stop the bot even
   * during its start.
   */
  readonly onStarting?: (bot: Stoppable) => void;
  /**
   * Called once while the bot stops, before it leaves the gateway. If the bot waits for open questions to end, this
   * function is called after that wait.
   */
  readonly onLeaving?: () => void;
}

export interface SharedAmongProcesses extends Processes {
  /** Whether this process still owns its shards. If not, the process sends nothing more to Discord. */
  isHeld(): boolean;
  readonly identifyTurns: IdentifyTurns;
}

export interface RunningBot extends Stoppable {
  readonly applicationId: string;
  /** The bot's username on Discord. */
  readonly name: string;
}

/**
 * Reads the saved rounds, registers the commands, logs in and continues the rounds. Rejects with TokenRefused if
 * Discord does not accept the token, with ConnectionEnded if Discord permanently closes the connection, and with
 * StoreError if the saved rounds cannot be read. After a rejection, no part of the bot is running.
 */
export async function startBot({
  library,
  servers,
  store: rawStore,
  token,
  api,
  shards,
  shared,
  clock,
  pictures = cachePictures(drawPng),
  packReader = readInWorker(),
  packLimits = defaultPackLimits,
  log,
  operation,
  onEnd,
  onStarting,
  onLeaving = () => undefined,
}: BotSettings): Promise<RunningBot> {
  const owner = shardOwner(shards);
  const metrics = operation?.metrics;
  const store = settingAside(metrics ? measuredStore(rawStore, metrics) : rawStore, log);
  if (owner.isFirst) await logSetAside(store, log);
  const retries = createRetries(clock, log, { metrics });
  const wrapFacts = metrics && ((facts: Facts) => measuredFacts(facts, metrics));
  const added = createPackRuntime({
    defaults: createPackByGuild(library, servers, wrapFacts),
    wrapFacts,
    store,
    owner,
    clock,
    reader: packReader,
    downloads: createDownloads(api),
    limits: packLimits,
    retries,
    log,
  });
  const { packs } = added;
  const settings = createSettingsStore(store, owner);
  const time = measureTime(clock);
  const bot = createDiscordClient({
    ...shared,
    token,
    api,
    shards,
    clock,
    time,
    log,
    identifies: identifyTimes(store),
    metrics,
    onEnd,
  });
  // Scores use the original packs, without the changes that servers make. If a server retires an entry, earlier answers
  // still count for the topics of the entry.
  const scores = createScoreStore({
    store,
    settings,
    packs: added.unchanged,
    membership: bot.membership,
    owner,
    log,
  });
  const rounds = createRounds({ store, clock, time, channels: bot.channels, packs, scores, owner, log, metrics });
  const starting = createStarting(retries, clock, log);
  const removedServers = createRemovedServers({ store, settings, packs, clock, retries, owner, log });
  const forgetHere = async (user: string) => {
    const unseenFacts = createUnseenFacts({ store, log, defaultPack: packs.common.facts.pack.id });
    const { library, reports } = added;
    const ports = { rounds, scores, settings, pictures, unseenFacts, packs, library, reports, store, log };
    const deletion = await deleteMember(ports, user);
    if ('reference' in deletion) throw new Error(`a member could not be deleted: ${deletion.reference}`);
  };
  const elsewhere = shared && forgetElsewhere({ store, owner, processes: shared, clock, retries, forgetHere });
  const discord = operation && bot.watchHealth();
  const { stop, abandon } = stoppable({
    rounds,
    removedServers,
    packs: added,
    connection: bot,
    starting,
    retries,
    onStopping: () => operation?.stopping(),
    onLeaving,
  });
  onStarting?.({ stop, abandon });
  try {
    await rounds.load();
    await elsewhere?.start();
    // A process that was killed may have left deleted content in the write-ahead log.
    if (owner.isFirst)
      retries.run('purge', { what: 'deleted content may still be in the data file', tries: 12, run: store.purge });
    added.cleanup.start();
    await starting.untilReached(bot);
    const registration = starting.registering(() =>
      register(token, api, commands, messageCommands, log, owner.isFirst),
    );
    const app = createApp({
      commands,
      messageCommands,
      packs,
      library: added.library,
      reports: added.reports,
      rounds,
      removedServers,
      scores,
      settings,
      store,
      pictures,
      forgetElsewhere: elsewhere?.forget,
      log,
      ...registration,
    });
    const { applicationId, name } = await bot.join(app);
    await registration.settled;
    await rounds.resume();
    if (discord) operation.running({ discord, store, liveRounds: rounds.live, lease: shared });
    return { applicationId, name, stop, abandon };
  } catch (error) {
    await stop();
    throw error;
  }
}
