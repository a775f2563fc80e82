/**
 * Keeps a question open for a moment longer while the gateway connection is lost. When the bot resumes its session,
 * Discord delivers the presses that were made meanwhile, and those that were made in time must still count. Presses that
 * are made after the end of the question are too late in any case, because each is judged by its own timestamp.
 */
import { dueAt } from '../../core/quiz/quiz.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';

/** How long a question waits at most. Most lost connections are resumed within two seconds. In ms. */
const longestWait = 5_000;
/** How often the connection is looked at, in ms. */
const interval = 250;

/** If presses may still arrive, calls `again` in a moment and returns true. */
export function waitForPresses(runtime: Runtime, live: LiveRound, again: () => void): boolean {
  const { channels, alarms, clock, time } = runtime;
  const { quiz } = live;
  const due = dueAt(quiz);
  if (quiz.phase.name !== 'asking' || due === undefined || time.now() >= due + longestWait) return false;
  if (channels.hears(quiz.mode === 'group' ? { guild: quiz.scope } : {})) return false;
  alarms.set(quiz.id, clock.now() + interval, again);
  return true;
}
