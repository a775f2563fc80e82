/** Starts the bot on Discord, or on a server that emulates Discord and runs elsewhere. */
import { placeOf } from '../cli/bot-data.ts';
import { dataDirWarnings } from '../cli/data-dir-warnings.ts';
import { realClock } from '../clock.ts';
import { projectFolder } from '../config.ts';
import type { Operation } from '../operation/operation.ts';
import type { IdentifyLocks } from '../store/identify-locks.ts';
import { endWith, loadPacks, openData, packs, type Program } from './program.ts';

export async function startOnDiscord(program: Program, token: string): Promise<void> {
  const { config, log, shutdown, print } = program;
  if (config.databaseUrl === undefined)
    for (const warning of await dataDirWarnings(config.dataDir, projectFolder)) process.stderr.write(`${warning}\n`);
  const operation = await startHealthChecks(program);
  // Loading the bot and its packs takes seconds. Usually the loading begins after the data has been opened. With
  // STANDBY=wait, opening the data waits while another process owns the same shards. In this case, the loading begins
  // before that wait, so that the bot can start as soon as the other process has ended.
  const early = config.standby === 'wait' ? load() : undefined;
  // If the data cannot be opened, nothing waits for this promise. This handler prevents an unhandled rejection if
  // loading also fails.
  early?.catch(() => undefined);
  const end = endWith(program);
  let abandon = async () => {};
  const leave = async (error: Error) => {
    await abandon();
    end(error);
  };
  const { store, lease, hurry } = await openData(program, {
    shards: config.shards,
    standby: config.standby,
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
    shared: lease && { ...lease, identifyTurns: await identifyTurns(program) },
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
  const { pack, bank } = library;
  print(`${running.name} is on Discord with ${pack.entries.length} entries and ${bank.questions.length} questions.`);
  print(`Invite it to a server: ${inviteLink(running.applicationId)}`);
}

const load = () =>
  Promise.all([loadPacks({ library: packs.common() }), import('../compose.ts'), import('../discord/registration.ts')]);

/** Starts the health checks and metrics, if they are turned on. Throws HealthAddressError. */
async function startHealthChecks({ config, log, shutdown, print }: Program): Promise<Operation | undefined> {
  if (!config.health) return undefined;
  const { startOperation } = await import('../operation/operation.ts');
  const operation = await startOperation(config.health, { clock: realClock, log });
  shutdown.add(operation.close);
  print(`Health checks and metrics: ${operation.url}/ready and ${operation.url}/metrics`);
  return operation;
}

/**
 * Returns locks for the processes that share a database. With these locks, the processes identify to Discord one after
 * another.
 */
async function identifyTurns({ config, log, shutdown }: Program): Promise<IdentifyLocks> {
  const { database } = placeOf(config);
  if (!database) throw new TypeError('there is no database');
  const { identifyLocks } = await import('../store/identify-locks.ts');
  const locks = identifyLocks({ ...database, clock: realClock, log });
  shutdown.add(locks.close);
  return locks;
}
