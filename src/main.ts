/**
 * The command line. Its modes are start, register, loopback, backup, restore, move, forget and pack-check. Each mode
 * loads only the modules that it needs. If no token is set, `start` opens the playground, in which the real bot uses an
 * emulated Discord.
 */
import { parseLoopbackArguments } from './cli/loopback-arguments.ts';
import { readEnvFile } from './cli/env-file.ts';
import { createShutdown } from './cli/shutdown.ts';
import { exitCodes } from './cli/exit-codes.ts';
import { exitCodeOf, startErrorMessage } from './cli/start-errors.ts';
import { type Config, ConfigError, envFile, readConfig } from './config.ts';
import { createLog } from './log.ts';
import type { Program } from './starts/program.ts';

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
  const log = createLog(config.logLevel, undefined, config.token);
  const program: Program = { config, log, shutdown, print };
  if (await runSingleCommand(program, mode, more)) return;
  const loopbackArguments = mode === 'loopback' ? parseLoopbackArguments(more) : undefined;
  const fresh = mode === '--fresh' || more.includes('--fresh');
  const known = ['start', '--fresh', 'loopback'].includes(mode) && more.every((word) => word === '--fresh');
  if (!known && !loopbackArguments) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = exitCodes.usage;
    return;
  }
  shutdown.onSignals(log);
  shutdown.onErrors(log);
  if (config.token === undefined || loopbackArguments) {
    const { startLoopbackAlone, startPlayground } = await import('./starts/start-emulated.ts');
    return loopbackArguments ? startLoopbackAlone(program, loopbackArguments) : startPlayground(program, fresh);
  }
  if (fresh) throw new ConfigError(['--fresh empties the playground only; take it out, or leave DISCORD_TOKEN empty.']);
  const { startOnDiscord } = await import('./starts/start-on-discord.ts');
  return startOnDiscord(program, config.token);
}

/** Runs a one-shot command, such as `backup`. Returns false if there is no such command with these arguments. */
async function runSingleCommand(program: Program, mode: string, words: readonly string[]): Promise<boolean> {
  const [server, ...surplus] = words;
  const { copyData, forgetServer, registerCommands } = await import('./starts/single-commands.ts');
  if (['backup', 'restore', 'move'].includes(mode)) return copyData(program, mode, words);
  if (mode === 'forget' && server !== undefined && surplus.length === 0) await forgetServer(program, server);
  else if (mode === 'register' && words.every((word) => word === '--fresh')) await registerCommands(program);
  else return false;
  return true;
}

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
  // If a signal stops the program during its start, the start fails with an error. This error is not reported.
  if (!shutdown.isStopping()) {
    process.exitCode = exitCodeOf(error);
    process.stderr.write(`${startErrorMessage(error)}\n`);
  }
  await shutdown
    .stopAll()
    .catch((failure: unknown) => process.stderr.write(`Stopping failed: ${startErrorMessage(failure)}\n`));
}
