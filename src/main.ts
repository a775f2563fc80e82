/**
 * Puts the parts together: settings, store, Discord or the playground, the bot; and takes them apart on SIGTERM.
 * `start` (default) runs the bot, `register` only tells Discord the commands, `loopback` runs the emulated Discord alone.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { checkPackCommand } from './bot/packs/check-cli.ts';
import { commands } from '../commands/index.ts';
import { realClock } from './clock.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { PackError } from './core/pack/pack-file.ts';
import { inviteLink, register, TokenRefused } from './discord/registration.ts';
import { createLog, type Log } from './log.ts';
import { type Loopback, startLoopback } from './loopback/loopback.ts';
import type { WorldStorage } from './loopback/persistence.ts';
import { type Seed, guildIdsOf, studyGroup, twoBots } from './loopback/seed.ts';
import type { LoadedPack } from './bot/packs/read-pack.ts';
import { pageHandler } from './playground/page-server.ts';
import { loadPackInWorker } from './bot/packs/load-in-worker.ts';
import { restartable, type RunningBot, startBot } from './compose.ts';
import { backup, BackupError, restore } from './store/backup.ts';
import { type Store, codeOf, isDamage, StoreError } from './store/store.ts';

import { type Folder, FolderError, takeFolder } from './store/folder.ts';
import { openSqlite, type SqliteStore } from './store/sqlite.ts';

/** sysexits.h: something about the settings or the surroundings has to be put right first. */
const configExit = 78;
const usageExit = 64;
const unreachableExit = 69;
const dataFile = 'caspian.sqlite';
/** How long a stop waits for questions that are being played on Discord, in ms. */
const questionsEnd = 30_000;
/** How often to look whether npm's shell is still there, in ms. */
const parentCheck = 250;

const usage = `Usage: npm start [-- --fresh]     --fresh empties the playground before it starts, never the data of a real bot
       npm run backup FILE      copies the data to a new file; the bot may run meanwhile
       npm run restore FILE     puts such a copy back; the bot must be stopped`;

process.umask(0o077);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const stops: (() => Promise<void>)[] = [];

async function main([mode = 'start', ...more]: readonly string[], config: Config): Promise<void> {
  const [file, ...surplus] = more;
  if ((mode === 'backup' || mode === 'restore') && file !== undefined && surplus.length === 0)
    return copies[mode](resolve(process.env['INIT_CWD'] ?? '', file), config);
  const fresh = mode === '--fresh' || more.includes('--fresh');
  const known = ['start', '--fresh', 'register', 'loopback'].includes(mode) && more.every((word) => word === '--fresh');
  if (!known) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = usageExit;
    return;
  }
  const log = createLog(config.logLevel);
  if (mode === 'register') return registerOnly(config);
  stopOnSignals(log);
  if (mode === 'loopback') return loopbackOnly(config, fresh, log);
  if (config.token === undefined) return playground(config, fresh, log);
  if (fresh) throw new ConfigError(['--fresh empties the playground only; take it out, or leave DISCORD_TOKEN empty.']);
  return discord(config, config.token, log);
}

async function discord(config: Config, token: string, log: Log): Promise<void> {
  const library = await loadPackInWorker(packs.common());
  const folder = await taken(folderOf(config));
  const store = await opened(folder, dataFile);
  const running = await joined({ library, store, token, api: config.api, clock: realClock, log, onEnd });
  say(
    `${running.name} is on Discord with ${library.pack.entries.length} entries and ${library.bank.questions.length} questions.`,
  );
  say(`Invite it to a server: ${inviteLink(running.applicationId)}`);
}

async function playground(config: Config, fresh: boolean, log: Log): Promise<void> {
  const [library, second] = await Promise.all([loadPackInWorker(packs.common()), loadPackInWorker(packs.second())]);
  const servers = new Map([[secondServer, second]]);
  const folder = await taken(folderOf(config));
  if (fresh) for (const name of [dataFile, 'discord.sqlite']) await folder.remove(name);
  const store = await opened(folder, dataFile);
  let restart: (() => Promise<void>) | undefined;
  const loopback = await emulated(config, folder, log, () => restart);
  say(`Open ${loopback.url} to try Caspian: an emulated Discord, nothing leaves this computer.`);
  const { botToken } = loopback.world();
  const bot = await restartable(() =>
    startBot({ library, servers, store, token: botToken, api: loopback.api, clock: realClock, log, onEnd }),
  );
  stops.unshift(() => bot.stop());
  restart = () => bot.restart();
  say(`The bot has joined. Type /fact ${exampleOf(library)} there; stop it here with Ctrl+C.`);
}

async function loopbackOnly(config: Config, fresh: boolean, log: Log): Promise<void> {
  const folder = await taken(`${config.dataDir}/loopback`);
  if (fresh) await folder.remove('discord.sqlite');
  const loopback = await emulated(config, folder, log, () => undefined, twoBots);
  say(JSON.stringify(loopback.world()));
}

async function registerOnly({ token, api }: Config): Promise<void> {
  if (token === undefined)
    throw new ConfigError(['DISCORD_TOKEN: is missing; registering commands needs the bot token.']);
  const { changed, applicationId } = await register(token, api, commands);
  say(changed ? `${commands.length} commands registered.` : 'Discord knows exactly these commands already.');
  say(`Invite the bot to a server: ${inviteLink(applicationId)}`);
}

/** The folder with the data of the bot that `npm start` runs with these settings. */
const folderOf = ({ token, dataDir }: Config): string => (token === undefined ? `${dataDir}/playground` : dataDir);

const copies = {
  async backup(file: string, config: Config): Promise<void> {
    const values = await backup(`${folderOf(config)}/${dataFile}`, file);
    say(`${values.toLocaleString('en')} values are copied to ${file}. Put them back with: npm run restore ${file}`);
  },
  async restore(file: string, config: Config): Promise<void> {
    const folder = await taken(folderOf(config));
    const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const { values, before } = await restore(file, folder, dataFile, stamp);
    say(`${values.toLocaleString('en')} values are put back from ${file}.`);
    if (before !== undefined) say(`What was there before is kept as ${before}`);
    await stopAll();
  },
};

// ---- Parts, each with its end. What was started last is stopped first.

async function taken(path: string): Promise<Folder> {
  const folder = await takeFolder(path);
  stops.unshift(() => folder.leave());
  return folder;
}

async function opened(folder: Folder, name: string): Promise<SqliteStore> {
  const store = await openSqlite(folder.file(name));
  stops.unshift(() => store.close());
  return store;
}

/** The emulated Discord's world in a file of its own, so that a second start finds its messages again. */
const keptIn = (store: Store): WorldStorage => ({
  // The loopback checks the shape itself; here it is only carried.
  load: () => store.get('world', z.unknown()),
  save: (world) => store.set('world', world),
});

/** `restart` is asked for late: the bot joins an emulated Discord that is there already. */
async function emulated(
  config: Config,
  folder: Folder,
  log: Log,
  restart: () => (() => Promise<void>) | undefined,
  seed: Seed = studyGroup,
): Promise<Loopback> {
  let loopback: Loopback | undefined;
  loopback = await startLoopback({
    port: config.playgroundPort,
    storage: keptIn(await opened(folder, 'discord.sqlite')),
    seed,
    page: pageHandler(
      new URL('.', import.meta.resolve('#page/index.html')),
      () => loopback && { emulated: loopback, restart: restart() },
    ),
    onError: (error) => log.error({ err: error }, 'the playground could not be saved'),
  });
  stops.unshift(() => loopback.stop());
  return loopback;
}

async function joined(settings: Parameters<typeof startBot>[0]): Promise<RunningBot> {
  const running = await startBot(settings);
  stops.unshift(() => running.stop(questionsEnd));
  return running;
}

/** Folders of packs; which ones they are stands in package.json. The second is read on the playground's second server. */
const packs = {
  common: () => new URL('.', import.meta.resolve('#pack/pack.yaml')),
  second: () => new URL('.', import.meta.resolve('#second-pack/pack.yaml')),
};
const [, secondServer = ''] = guildIdsOf(studyGroup);

/** Something a newcomer finds when they look it up. */
const exampleOf = ({ pack }: LoadedPack): string =>
  pack.entries.find(({ id }) => id === pack.hoisted[0])?.aliases[0] ?? pack.title;

function onEnd(cause: string): void {
  process.stderr.write(`Discord ended the connection for good: ${cause}.\n`);
  process.exitCode = 1;
  void stopAll();
}

let stopping: Promise<void> | undefined;
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.splice(0)) await stop();
  })();
  return stopping;
}

function stopOnSignals(log: Log): void {
  const stop = () =>
    void stopAll().then(
      () => process.exit(),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  // Not once: a second Ctrl+C, or npm passing the same one on, must not cut the saving short.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // npm hands SIGTERM to the shell between it and us, which ends without passing it on: that it is gone is the signal.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), parentCheck).unref();
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile(new URL('../.env', import.meta.resolve('#data/README.md')));
  } catch (error) {
    // No .env is the ordinary case of a newcomer; anything else must be heard of.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** What system and HTTP client say when there is nobody at the other end. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A failed start in words. Only what we did not foresee shows a stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Settings (.env or the environment) need a correction:\n${error.message}`;
  if (error instanceof PackError || error instanceof FolderError || error instanceof BackupError) return error.message;
  if (error instanceof StoreError)
    return `The data cannot be read: ${error.message}.${isDamage(error.code) ? ` The file is damaged; put a copy back with: npm run restore FILE. Without one, move the file away, and the bot starts with empty scores.` : ''}`;
  if (error instanceof TokenRefused || codeOf(error) === 'TokenInvalid')
    return 'Discord does not accept DISCORD_TOKEN. Copy it anew from the Developer Portal (Bot, Reset Token) into .env; leave it empty for the playground.';
  const code = codeOf(error) ?? '';
  if (code === 'EADDRINUSE') {
    const port = error instanceof Error && 'port' in error ? ` ${String(error.port)}` : '';
    return `The port${port} of the playground is taken. Set PLAYGROUND_PORT to another one, or to 0 for any free port.`;
  }
  if (unreachable.has(code))
    return `Discord cannot be reached (${code}). Check the network, and DISCORD_API if it is set.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Says in words what is wrong with a pack; needs no settings. */
async function checkPack(words: readonly string[]): Promise<void> {
  // npm runs scripts in the project's folder, and says where it was called.
  const { code, words: said } = await checkPackCommand(words, process.env['INIT_CWD'] ?? process.cwd());
  (code === 0 || code === 1 ? process.stdout : process.stderr).write(`${said}\n`);
  process.exitCode = code;
}

try {
  const [mode, ...words] = process.argv.slice(2);
  if (mode === 'pack-check') await checkPack(words);
  else {
    loadEnvFile();
    await main(process.argv.slice(2), readConfig(process.env));
  }
} catch (error) {
  process.exitCode = unreachable.has(codeOf(error) ?? '') ? unreachableExit : configExit;
  process.stderr.write(`${explain(error)}\n`);
  await stopAll();
}
