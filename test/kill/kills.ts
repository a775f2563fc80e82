/** The ways in which the bot is disturbed during a game (see games.ts). */
import { type KillStep, stepAtStart } from './steps.ts';

/**
 * A disturbance of the bot. Most disturbances kill a process, either at a step of the bot (see steps.ts) or after a
 * number of acknowledged answers. The other disturbances are:
 *
 * - `cut: 'lease'` ends a database connection that holds a lease.
 * - `cut: 'all'` ends all connections to the database, as a restart of the database does.
 * - `restart` restarts the database with the given command.
 */
export type Kill =
  | KillStep
  | { readonly acknowledged: number }
  | { readonly cut: 'lease' | 'all' }
  | { readonly restart: string };

/** Whether the kill happens during the start of the process. */
export const isAtStart = (kill: Kill): kill is KillStep => 'step' in kill && kill.step === stepAtStart;
