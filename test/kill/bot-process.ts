/** Starts the bot under test in a separate process and receives the messages of that process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

interface Told {
  readonly is: string;
  readonly id?: number;
  /** The number of rounds in the store of the bot. */
  readonly rounds?: number;
}

export interface BotProcess {
  readonly child: ChildProcess;
  dead: boolean;
  /** Resolves when the process was killed or has stopped. Rejects if the process crashed. */
  readonly died: Promise<unknown[]>;
  /** The number of answers that were acknowledged since a kill of this process was planned. */
  acknowledged: number;
  /** Whether a kill of this process is planned. */
  isKillPlanned: boolean;
}

/**
 * Starts `program` and waits until the bot is ready or the process has ended. `wrapper` is a command that runs the bot:
 * the command line of the bot is appended to it.
 */
export async function startProcess(
  program: string,
  settings: object,
  wrapper: readonly string[] = [],
): Promise<BotProcess> {
  const bot = [process.execPath, program, JSON.stringify(settings)];
  const [command = '', ...words] = [...wrapper, ...bot];
  const child = spawn(command, words, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code, signal]) => {
    started.dead = true;
    if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the bot ended by itself with ${code}`);
    return [];
  });
  const started: BotProcess = { child, dead: false, died, acknowledged: 0, isKillPlanned: false };
  await Promise.race([heard(child, ({ is }) => is === 'ready'), died]);
  return started;
}

/** Resolves with the next message of the bot for which `fits` returns true. */
export function heard(child: ChildProcess, fits: (told: Told) => boolean): Promise<Told> {
  return new Promise((resolve) => {
    const hear = (told: Told) => {
      if (!fits(told)) return;
      child.off('message', hear);
      resolve(told);
    };
    child.on('message', hear);
  });
}
