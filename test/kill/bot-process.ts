/** The bot under test as a process of its own, and what it tells. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

interface Told {
  readonly is: string;
  readonly id?: number;
  /** How many rounds the store holds. */
  readonly rounds?: number;
}

export interface BotProcess {
  readonly child: ChildProcess;
  dead: boolean;
  /** Resolves when it was killed or has stopped. Rejects when it ended by itself. */
  readonly died: Promise<unknown[]>;
  /** How many rounds were running when it was last asked. */
  rounds: number;
  /** Acknowledged answers since it was told to die. */
  acknowledged: number;
  /** It knows when to kill itself. */
  doomed: boolean;
}

/** Starts `program` and waits until it is ready or dead. `rounds`: how many were running when the last one died. */
export async function startProcess(program: string, settings: object, rounds: number): Promise<BotProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', program, JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code, signal]) => {
    started.dead = true;
    if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the bot ended by itself with ${code}`);
    return [];
  });
  const started: BotProcess = { child, dead: false, died, rounds, acknowledged: 0, doomed: false };
  await Promise.race([heard(child, ({ is }) => is === 'ready'), died]);
  return started;
}

/** The next message of the bot that fits. */
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
