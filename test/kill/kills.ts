/** The ways in which a game disturbs the bot. */
import { type Death, stepAtStart } from './steps.ts';

/**
 * When a process is killed: at a step of the bot (see steps.ts) or after a number of acknowledged answers. Or what else
 * happens: `lease` ends the connection of a lease, `all` ends all connections to the database, as its restart does, and
 * `restart` is a command that restarts the database.
 */
export type Kill =
  | Death
  | { readonly acknowledged: number }
  | { readonly cut: 'lease' | 'all' }
  | { readonly restart: string };

/** Whether the process is to be killed while it starts. */
export const isAtStart = (kill: Kill): kill is Death => 'step' in kill && kill.step === stepAtStart;
