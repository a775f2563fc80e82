/**
 * Starts the real app with its real commands and cards. The test provides the interfaces, such as the store, the clock
 * and the channels.
 */
import { commands, messageCommands } from '../../commands/index.ts';
import type { Clock } from '../../src/clock.ts';
import { createApp } from '../../src/bot/dispatch.ts';
import type { PackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import { defaultPackLimits } from '../../src/bot/packs/library-state.ts';
import { createPackRuntime, type PackRuntime } from '../../src/bot/packs/pack-runtime.ts';
import { readHere } from '../../src/bot/packs/read-added.ts';
import type { App } from '../../src/bot/ports/app.ts';
import type { Channels } from '../../src/bot/ports/channels.ts';
import type { Membership } from '../../src/bot/ports/membership.ts';
import { createRemovedServers, type RemovedServers } from '../../src/bot/privacy/removed-servers.ts';
import { createRetries } from '../../src/bot/retries.ts';
import { createRounds, type RoundRuntime } from '../../src/bot/rounds/rounds.ts';
import { createScoreStore, type ScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { UseLimits } from '../../src/bot/use-limits.ts';
import type { Store } from '../../src/store/store.ts';
import { fixtureDownloads } from './fixture-files.ts';

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly packs: PackByGuild;
  readonly membership: Membership;
  /** If true, questions are drawn with random seeds. By default, the seeds are the same in every run. */
  readonly systemSeed?: boolean;
  /**
   * How often members may use the bot. By default there are no limits. The virtual clock often stands still, so a
   * member who reached a limit would stay blocked.
   */
  readonly limits?: UseLimits;
  /** By default nothing is logged. */
  readonly log?: Log;
  /** Wraps the score store, for example to make it fail. */
  readonly wrapScores?: (scores: ScoreStore) => ScoreStore;
}

export interface StartedApp {
  readonly app: App;
  readonly rounds: RoundRuntime;
  readonly scores: ScoreStore;
  readonly removedServers: RemovedServers;
  readonly added: PackRuntime;
}

/** Starts the app and loads the saved rounds. The caller must then call `rounds.resume()` to continue these rounds. */
export async function startApp({ wrapScores = (scores) => scores, ...ports }: Ports): Promise<StartedApp> {
  const { log = createLog('silent'), limits = { allow: () => true, allowSuggestions: () => true } } = ports;
  const settings = createSettingsStore(ports.store);
  const retries = createRetries(ports.clock, log);
  const added = createPackRuntime({
    ...ports,
    defaults: ports.packs,
    reader: readHere,
    downloads: fixtureDownloads,
    limits: defaultPackLimits,
    retries,
    log,
  });
  added.cleanup.start();
  const { packs, library, reports } = added;
  const scores = wrapScores(createScoreStore({ ...ports, packs: added.unchanged, settings, log }));
  let seeds = 0;
  const randomSeed = () => ++seeds * 7_919;
  const rounds = createRounds({ ...ports, packs, scores, log, ...(!ports.systemSeed && { randomSeed }) });
  await rounds.load();
  const pictures = { png: async (svg: string) => Buffer.from(svg), forget: () => undefined };
  const removedServers = createRemovedServers({ ...ports, packs, settings, retries, log });
  const mention = (line: string) => `/${line}`;
  const app = createApp({
    ...ports,
    packs,
    library,
    reports,
    commands,
    messageCommands,
    rounds,
    removedServers,
    scores,
    settings,
    pictures,
    log,
    mention,
    limits,
  });
  return { app, rounds, scores, removedServers, added };
}
