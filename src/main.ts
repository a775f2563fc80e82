/**
 * The command line: start | register | loopback | backup | restore | move | forget | pack-check. If no token is set, `start`
 * opens the playground, in which the real bot uses an emulated Discord. Each mode loads only the modules that it needs.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { createRetries } from './bot/retries.ts';
import type { Metrics } from './bot/ports/metrics.ts';
import type { LoadedPack } from './bot/packs/read-pack.ts';
import { type BotData, type OpenOptions, openBotData, placeOf } from './cli/bot-data.ts';
import { type LoopbackArguments, parseLoopbackArguments } from './cli/loopback-arguments.ts';
import { dataDirWarnings } from './cli/data-dir-warnings.ts';
import { readEnvFile } from './cli/env-file.ts';
import { createShutdown } from './cli/shutdown.ts';
import { exitCodes } from './cli/exit-codes.ts';
import { exitCodeOf, startErrorInWords } from './cli/start-errors.ts';
import { realClock } from './clock.ts';
import { type Config, ConfigError, envFile, projectFolder, readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import type { Loopback, LoopbackOptions } from './loopback/loopback.ts';
import type { WorldStorage } from './loopback/persistence.ts';
import type { Seed } from './loopback/seed.ts';
import type { Operation } from './operation/operation.ts';
import { type Folder, takeFolder } from './store/folder.ts';
import type { IdentifyLocks } from './store/identify-locks.ts';
import type { LeaseOptions } from './store/shard-lease.ts';
import { openSqlite, type SqliteStore } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

const usage = `Usage: npm start [-- --fresh]     --fresh empties the playground before it starts, never the data of a real bot
       npm run loopback [-- --seed FILE --strict]   an emulated Discord without a bot; see src/loopback/README.md
       npm run backup FILE      copies the data to a new file; the bot may run meanwhile
       npm run restore FILE     puts such a copy back; the bot must be stopped
       npm run move -- FROM TO  copies all data to an empty place; each place is a file, a data folder or a
                                postgres:// address; the bot must be stopped
       npm run forget -- SERVER deletes everything about the server with this id; the bot must be stopped`;

process.umask(0o077);
const print = (line: string) => void process.stdout.write(`${line}\n`);
const shutdown = createShutdown();

async function main([mode = 'start', ...more]: readonly string[], config: Config): Promise<void> {
  if (['backup', 'restore', 'move'].includes(mode) && (await copyData(mode, more, config))) return;
  const [server, ...surplus] = more;
  if (mode === 'forget' && server !== undefined && surplus.length === 0) return forgetServer(server, config);
  const loopbackArguments = mode === 'loopback' ? parseLoopbackArguments(more) : undefined;
  const fresh = mode === '--fresh' || more.includes('--fresh');
  const known = ['start', '--fresh', 'register', 'loopback'].includes(mode) && more.every((word) => word === '--fresh');
  if (!known && !loopbackArguments) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = exitCodes.usage;
    return;
  }
  const log = createLog(config.logLevel, undefined, config.token);
  if (mode === 'register') return registerCommands(config);
  shutdown.onSignals(log);
  shutdown.onErrors(log);
  if (loopbackArguments) return startLoopbackAlone(config, loopbackArguments, log);
  if (config.token === undefined) return startPlayground(config, fresh, log);
  if (fresh) throw new ConfigError(['--fresh empties the playground only; take it out, or leave DISCORD_TOKEN empty.']);
  return startOnDiscord(config, config.token, log);
}

async function startOnDiscord(config: Config, token: string, log: Log): Promise<void> {
  if (config.databaseUrl === undefined)
    for (const warning of await dataDirWarnings(config.dataDir, projectFolder)) process.stderr.write(`${warning}\n`);
  const operation = await startHealthChecks(config, log);
  // Loading the bot and its packs takes seconds, so mistakes in the settings are found first. A process that waits for
  // its shards loads them meanwhile, so that it can take over at once.
  const load = () =>
    Promise.all([
      loadPacks({ library: packs.common() }),
      import('./compose.ts'),
      import('./discord/registration.ts'),
    ] as const);
  const early = config.standby === 'wait' ? load() : undefined;
  // If the data cannot be opened, nobody waits for the packs.
  early?.catch(() => undefined);
  const end = onEnd(log);
  let abandon = async () => {};
  const leave = async (error: Error) => {
    await abandon();
    end(error);
  };
  const { store, lease, hurry } = await openData(config, log, takeDataFolder, {
    ...config,
    onLost: (error) => void leave(error),
    metrics: operation?.metrics,
  });
  const [{ library }, { startBot }, { inviteLink }] = await (early ?? load());
  const running = await startBot({
    library,
    store,
    token,
    api: config.api,
    shards: config.shards,
    shared: lease && { ...lease, identifyTurns: await identifyTurns(config, log) },
    packLimits: config.packLimits,
    clock: realClock,
    log,
    operation,
    onEnd: end,
    onStarting(bot) {
      ({ abandon } = bot);
      shutdown.add(() => bot.stop(config.stopPatience));
    },
    onLeaving: hurry,
  });
  print(
    `${running.name} is on Discord with ${library.pack.entries.length} entries and ${library.bank.questions.length} questions.`,
  );
  print(`Invite it to a server: ${inviteLink(running.applicationId)}`);
}

async function startPlayground(config: Config, fresh: boolean, log: Log): Promise<void> {
  const folder = await takeDataFolder(placeOf(config).folder);
  if (fresh) await folder.remove('discord.sqlite');
  const { store, hurry } = await openData(config, log, async () => folder, { onLost: onEnd(log), fresh });
  let restart: (() => Promise<void>) | undefined;
  const { guildIdsOf, studyGroup } = await import('./loopback/seed.ts');
  const [, secondServer = ''] = guildIdsOf(studyGroup);
  const loopback = await startEmulatedDiscord(config, folder, log, studyGroup, () => restart, {
    // Discord allows an identify request only every five seconds. The emulated Discord omits this delay, so that the
    // Restart button of the page works immediately.
    gateway: { concurrencyMs: 0 },
  });
  // Loading the bot and its packs takes seconds, so a port that is in use is found first.
  const [{ library, second }, { restartable, startBot }] = await Promise.all([
    loadPacks({ library: packs.common(), second: packs.second() }),
    import('./compose.ts'),
  ]);
  const servers = new Map([[secondServer, second]]);
  print(`Open ${loopback.url} to try Caspian: an emulated Discord, nothing leaves this computer.`);
  const { botToken } = loopback.world();
  const bot = await restartable(() =>
    startBot({
      library,
      servers,
      store,
      token: botToken,
      api: loopback.api,
      packLimits: config.packLimits,
      clock: realClock,
      log,
      onEnd: onEnd(log),
    }),
  );
  shutdown.add(() => bot.stop());
  shutdown.add(async () => hurry());
  restart = () => bot.restart();
  print(`The bot has joined. Type /fact ${exampleQuery(library)} there; stop it here with Ctrl+C.`);
}

/**
 * Starts the emulated Discord without a bot. With a seed file, the emulated Discord starts from that file and saves
 * nothing.
 */
async function startLoopbackAlone(config: Config, { fresh, strict, seed }: LoopbackArguments, log: Log): Promise<void> {
  const [{ twoBots }, { readSeedFile }] = await Promise.all([
    import('./loopback/seed.ts'),
    import('./loopback/seed-file.ts'),
  ]);
  const storage = seed === undefined ? await takeDataFolder(`${config.dataDir}/loopback`) : undefined;
  if (fresh) await storage?.remove('discord.sqlite');
  const loopback = await startEmulatedDiscord(config, storage, log, twoBots, () => undefined, {
    ...(seed !== undefined && { world: await readSeedFile(resolve(process.env['INIT_CWD'] ?? '', seed)) }),
    ...(strict && { onUnknown: endStrictly }),
  });
  print(JSON.stringify(loopback.world()));
}

function endStrictly(what: string): void {
  process.stderr.write(`The emulated Discord does not model ${what}, and --strict ends it there.\n`);
  process.exitCode = exitCodes.failed;
  void shutdown.stopAll();
}

async function registerCommands({ token, api }: Config): Promise<void> {
  if (token === undefined)
    throw new ConfigError(['DISCORD_TOKEN: is missing; registering commands needs the bot token.']);
  const { commands, messageCommands } = await import('../commands/index.ts');
  const { inviteLink, register } = await import('./discord/registration.ts');
  const { applicationId } = await register(token, api, commands, messageCommands);
  print(`${commands.length + messageCommands.length} commands are registered.`);
  print(`Invite the bot to a server: ${inviteLink(applicationId)}`);
}

/** Runs one of the commands that copy data. Returns false if the arguments are wrong. */
async function copyData(mode: string, words: readonly string[], config: Config): Promise<boolean> {
  const { copyDataBy } = await import('./cli/copies.ts');
  const base = process.env['INIT_CWD'] ?? '';
  const ports = {
    print,
    takeFolder: takeDataFolder,
    lockDatabase: lockFor(createLog(config.logLevel, undefined, config.token)),
  };
  const isDone = await copyDataBy(mode, words, base, placeOf(config), ports);
  if (isDone) await shutdown.stopAll();
  return isDone;
}

async function forgetServer(server: string, config: Config): Promise<void> {
  if (!/^\d{17,20}$/.test(server))
    throw new ConfigError([
      `forget: ${server} is no id of a server. An id has 17 to 20 digits; Discord shows it behind Copy Server ID in developer mode.`,
    ]);
  const log = createLog(config.logLevel, undefined, config.token);
  const { store } = await openData(config, log, takeDataFolder, { onLost: onEnd(log) });
  const { deleteServer } = await import('./bot/privacy/delete-server.ts');
  const values = await deleteServer(store, server);
  const deleted = values === 1 ? '1 value' : `${values.toLocaleString('en')} values`;
  const verb = values === 1 ? 'is' : 'are';
  print(`${deleted} about the server ${server} ${verb} deleted. Copies that npm run backup made are left as they are.`);
  await shutdown.stopAll();
}

// ---- Parts of the process. Each function starts a part and tells `shutdown` how to stop this part.

async function takeDataFolder(path: string): Promise<Folder> {
  const folder = await takeFolder(path);
  shutdown.add(() => folder.leave());
  return folder;
}

/** Starts the health checks and metrics, if they are turned on. Throws HealthAddressError. */
async function startHealthChecks({ health }: Config, log: Log): Promise<Operation | undefined> {
  if (!health) return undefined;
  const { startOperation } = await import('./operation/operation.ts');
  const operation = await startOperation(health, { clock: realClock, log });
  shutdown.add(operation.close);
  print(`Health checks and metrics: ${operation.url}/ready and ${operation.url}/metrics`);
  return operation;
}

/** How long operations of the store may take while the process stops, in ms. */
const storePatience = 3_000;

/**
 * Opens the data of the bot: a file in the data folder, or a database. The result has the function `hurry`, which must
 * be called when the process stops. Otherwise a database that cannot be reached delays the stop.
 */
async function openData(
  config: Config,
  log: Log,
  takeFolder: (path: string) => Promise<Folder>,
  {
    metrics,
    ...options
  }: Pick<OpenOptions, 'shards' | 'standby' | 'onLost' | 'fresh'> & {
    readonly metrics?: Metrics | undefined;
  },
): Promise<BotData & { readonly hurry: () => void }> {
  const repetition = createRetries(realClock, log, { metrics });
  shutdown.add(async () => repetition.close());
  const ports = { log, clock: realClock, repetition, shutdown, takeFolder };
  const data = await openBotData(placeOf(config), { ...options, ...ports });
  return { ...data, hurry: () => repetition.hurry(storePatience) };
}

/** Makes the processes that share a database identify one after the other. */
async function identifyTurns(config: Config, log: Log): Promise<IdentifyLocks> {
  const { database } = placeOf(config);
  if (!database) throw new TypeError('there is no database');
  const { identifyLocks } = await import('./store/identify-locks.ts');
  const locks = identifyLocks({ ...database, clock: realClock, log });
  shutdown.add(locks.close);
  return locks;
}

/** Owns all shards of a database until the process ends, so that no bot uses it. */
const lockFor = (log: Log) => async (place: Pick<LeaseOptions, 'address' | 'schema'>) => {
  const { takeLease } = await import('./store/shard-lease.ts');
  const { createTable } = await import('./store/postgres-table.ts');
  const { clientConfig } = await import('./store/postgres-address.ts');
  await createTable(clientConfig(place.address, place.schema), place.address, place.schema);
  const lease = await takeLease({ ...place, clock: realClock, log, onLost: onEnd(log) });
  shutdown.add(lease.release);
};

async function openStore(folder: Folder, name: string): Promise<SqliteStore> {
  const store = await openSqlite(folder.file(name));
  shutdown.add(() => store.close());
  return store;
}

/** Stores the state of the emulated Discord in a separate database, so that messages survive a restart. */
const worldIn = (store: Store): WorldStorage => ({
  // The schema accepts any value because the loopback validates the value itself.
  load: () => store.get('world', z.unknown()),
  save: (world) => store.set('world', world),
});

/** Starts the emulated Discord. The bot starts afterwards. Until then, `restart` returns undefined. */
async function startEmulatedDiscord(
  config: Config,
  folder: Folder | undefined,
  log: Log,
  seed: Seed,
  restart: () => (() => Promise<void>) | undefined,
  more: Pick<LoopbackOptions, 'world' | 'onUnknown' | 'gateway'> = {},
): Promise<Loopback> {
  const [{ startLoopback }, { pageHandler }] = await Promise.all([
    import('./loopback/loopback.ts'),
    import('./playground/page-server.ts'),
  ]);
  let loopback: Loopback | undefined;
  loopback = await startLoopback({
    port: config.playgroundPort,
    ...(folder && { storage: worldIn(await openStore(folder, 'discord.sqlite')) }),
    seed,
    ...more,
    page: pageHandler(
      new URL('.', import.meta.resolve('#page/index.html')),
      () => loopback && { emulated: loopback, restart: restart() },
    ),
    onError: (error) => log.error({ err: error }, 'the playground could not be saved'),
  });
  shutdown.add(() => loopback.stop());
  return loopback;
}

/**
 * The folders of the packs, found through `imports` in package.json. In the playground, the second server uses the
 * second pack.
 */
const packs = {
  common: () => new URL('.', import.meta.resolve('#pack/pack.yaml')),
  second: () => new URL('.', import.meta.resolve('#second-pack/pack.yaml')),
};

async function loadPacks<Name extends string>(folders: Readonly<Record<Name, URL>>) {
  const { loadPacksInWorker } = await import('./bot/packs/load-in-worker.ts');
  return loadPacksInWorker(folders);
}

/** Returns a query that finds an entry. The start message shows it as an example. */
const exampleQuery = ({ pack }: LoadedPack): string =>
  pack.entries.find(({ id }) => id === pack.hoisted[0])?.aliases[0] ?? pack.title;

const onEnd = (log: Log) => (error: Error) => {
  process.stderr.write(`${startErrorInWords(error)}\n`);
  void shutdown.end(log, exitCodeOf(error));
};

/** Runs the mode `pack-check`, which does not need the settings. */
async function checkPack(words: readonly string[]): Promise<void> {
  const { runCheckPack } = await import('./bot/packs/check-pack-cli.ts');
  // npm runs scripts in the project folder. INIT_CWD is the folder in which the user called npm.
  const { code, words: said } = await runCheckPack(words, process.env['INIT_CWD'] ?? process.cwd());
  (code === 0 || code === 1 ? process.stdout : process.stderr).write(`${said}\n`);
  process.exitCode = code;
}

try {
  const [mode, ...words] = process.argv.slice(2);
  if (mode === 'pack-check') await checkPack(words);
  else {
    const { values, notices } = await readEnvFile(envFile, process.env);
    for (const notice of notices) process.stderr.write(`${notice}\n`);
    await main(process.argv.slice(2), readConfig({ ...values, ...process.env }));
  }
} catch (error) {
  // A signal during the start makes the start fail. This is not an error.
  if (!shutdown.isStopping()) {
    process.exitCode = exitCodeOf(error);
    process.stderr.write(`${startErrorInWords(error)}\n`);
  }
  await shutdown
    .stopAll()
    .catch((failure: unknown) => process.stderr.write(`Stopping failed: ${startErrorInWords(failure)}\n`));
}
