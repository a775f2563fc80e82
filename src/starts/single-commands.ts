/** The one-shot commands: register, backup, restore, move and forget. */
import { placeOf } from '../cli/bot-data.ts';
import { realClock } from '../clock.ts';
import { ConfigError } from '../config.ts';
import type { LeaseOptions } from '../store/shard-lease.ts';
import { endWith, openData, type Program, lockDataFolder } from './program.ts';

export async function registerCommands({ config: { token, api }, print }: Program): Promise<void> {
  if (token === undefined)
    throw new ConfigError(['DISCORD_TOKEN: is missing; registering commands needs the bot token.']);
  const { commands, messageCommands } = await import('../../commands/index.ts');
  const { inviteLink, register } = await import('../discord/registration.ts');
  const { applicationId } = await register(token, api, commands, messageCommands);
  print(`${commands.length + messageCommands.length} commands are registered.`);
  print(`Invite the bot to a server: ${inviteLink(applicationId)}`);
}

/** Runs backup, restore or move. Returns false if the arguments are wrong. */
export async function copyData(program: Program, mode: string, words: readonly string[]): Promise<boolean> {
  const { config, shutdown, print } = program;
  const { runCopyCommand } = await import('../cli/copies.ts');
  const base = process.env['INIT_CWD'] ?? '';
  const ports = {
    print,
    lockFolder: (path: string) => lockDataFolder(program, path),
    lockDatabase: lockFor(program),
  };
  const isDone = await runCopyCommand(mode, words, base, placeOf(config), ports);
  if (isDone) await shutdown.stopAll();
  return isDone;
}

export async function forgetServer(program: Program, server: string): Promise<void> {
  if (!/^\d{17,20}$/.test(server))
    throw new ConfigError([
      `forget: ${server} is no id of a server. An id has 17 to 20 digits; Discord shows it behind Copy Server ID in developer mode.`,
    ]);
  const { shutdown, print } = program;
  const { store } = await openData(program, { onLost: endWith(program) });
  const { deleteServer } = await import('../bot/privacy/delete-server.ts');
  const values = await deleteServer(store, server);
  const deleted = values === 1 ? '1 value' : `${values.toLocaleString('en')} values`;
  const verb = values === 1 ? 'is' : 'are';
  print(`${deleted} about the server ${server} ${verb} deleted. Copies that npm run backup made are left as they are.`);
  await shutdown.stopAll();
}

/** Takes the lease of all shards of a database until the process ends, so that no bot can use the database. */
const lockFor = (program: Program) => async (place: Pick<LeaseOptions, 'address' | 'schema'>) => {
  const { log, shutdown } = program;
  const { takeLease } = await import('../store/shard-lease.ts');
  const { createTable } = await import('../store/postgres-table.ts');
  const { clientConfig } = await import('../store/postgres-address.ts');
  await createTable(clientConfig(place.address, place.schema), place.address, place.schema);
  const lease = await takeLease({ ...place, clock: realClock, log, onLost: endWith(program) });
  shutdown.add(lease.release);
};
