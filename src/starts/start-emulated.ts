/**
 * Starts the emulated Discord and its web page on this computer, either alone or together with the bot. Together with
 * the bot, they are called the playground.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { LoadedPack } from '../bot/packs/read-pack.ts';
import { placeOf } from '../cli/bot-data.ts';
import { exitCodes } from '../cli/exit-codes.ts';
import type { LoopbackArguments } from '../cli/loopback-arguments.ts';
import { realClock } from '../clock.ts';
import type { Loopback, LoopbackOptions } from '../loopback/loopback.ts';
import type { WorldStorage } from '../loopback/persistence.ts';
import type { Seed } from '../loopback/seed.ts';
import type { Folder } from '../store/folder.ts';
import { openSqlite, type SqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { restartable } from './restartable-bot.ts';
import { endWith, loadPacks, lockDataFolder, openData, packs, type Program } from './program.ts';

export async function startPlayground(program: Program, fresh: boolean): Promise<void> {
  const { config, log, shutdown, print } = program;
  const folder = await lockDataFolder(program, placeOf(config).folder);
  if (fresh) await folder.remove('discord.sqlite');
  const { store, hurry } = await openData(program, { folder, onLost: endWith(program), fresh });
  let restart: (() => Promise<void>) | undefined;
  const { guildIdsOf, studyGroup } = await import('../loopback/seed.ts');
  const [, secondServer = ''] = guildIdsOf(studyGroup);
  const loopback = await startEmulatedDiscord(program, folder, studyGroup, () => restart, {
    // Discord allows an identify request only every five seconds. The emulated Discord omits this delay, so that the
    // Restart button of the page works immediately.
    gateway: { concurrencyMs: 0 },
  });
  // The bot and its packs are loaded after the server has started, because loading takes seconds. Therefore the user
  // sees immediately if the port is in use.
  const [{ library, second }, { startBot }] = await Promise.all([
    loadPacks({ library: packs.common(), second: packs.second() }),
    import('../compose.ts'),
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
      onEnd: endWith(program),
    }),
  );
  shutdown.add(() => bot.stop());
  shutdown.add(async () => hurry());
  restart = () => bot.restart();
  print(`The bot has joined. Type /fact ${exampleQuery(library)} there; stop it here with Ctrl+C.`);
}

/** Returns a query that finds an entry. The start message shows the query as an example. */
const exampleQuery = ({ pack }: LoadedPack): string =>
  pack.entries.find(({ id }) => id === pack.hoisted[0])?.aliases[0] ?? pack.title;

/**
 * Starts the emulated Discord without a bot. If a seed file is given, the state is read from this file and is not
 * saved.
 */
export async function startLoopbackAlone(program: Program, { fresh, strict, seed }: LoopbackArguments): Promise<void> {
  const [{ twoBots }, { readSeedFile }] = await Promise.all([
    import('../loopback/seed.ts'),
    import('../loopback/seed-file.ts'),
  ]);
  const storage = seed === undefined ? await lockDataFolder(program, `${program.config.dataDir}/loopback`) : undefined;
  if (fresh) await storage?.remove('discord.sqlite');
  const loopback = await startEmulatedDiscord(program, storage, twoBots, () => undefined, {
    ...(seed !== undefined && { world: await readSeedFile(resolve(process.env['INIT_CWD'] ?? '', seed)) }),
    ...(strict && { onUnknown: endOnUnknownRequest(program) }),
  });
  program.print(JSON.stringify(loopback.world()));
}

const endOnUnknownRequest =
  ({ shutdown }: Program) =>
  (what: string): void => {
    process.stderr.write(`The emulated Discord does not model ${what}, and --strict ends it there.\n`);
    process.exitCode = exitCodes.failed;
    void shutdown.stopAll();
  };

async function openStore({ shutdown }: Program, folder: Folder, name: string): Promise<SqliteStore> {
  const store = await openSqlite(folder.file(name));
  shutdown.add(() => store.close());
  return store;
}

/**
 * Stores the state of the emulated Discord, so that messages survive a restart. Its database is separate from the
 * database of the bot.
 */
const worldStorage = (store: Store): WorldStorage => ({
  // The schema accepts any value because the loopback validates the value itself.
  load: () => store.get('world', z.unknown()),
  save: (world) => store.set('world', world),
});

/**
 * Starts the emulated Discord and its web page, without the bot.
 * @param restart returns the function that restarts the bot, or undefined if no bot has been started
 */
async function startEmulatedDiscord(
  program: Program,
  folder: Folder | undefined,
  seed: Seed,
  restart: () => (() => Promise<void>) | undefined,
  more: Pick<LoopbackOptions, 'world' | 'onUnknown' | 'gateway'> = {},
): Promise<Loopback> {
  const { config, log, shutdown } = program;
  const [{ startLoopback }, { pageHandler }] = await Promise.all([
    import('../loopback/loopback.ts'),
    import('../playground/page-server.ts'),
  ]);
  let loopback: Loopback | undefined;
  loopback = await startLoopback({
    port: config.playgroundPort,
    ...(folder && { storage: worldStorage(await openStore(program, folder, 'discord.sqlite')) }),
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
