/**
 * If the gateway connection is lost when a question is due to close, the question stays open for up to five seconds.
 * When the bot resumes its session, Discord delivers the presses that members have made meanwhile. Presses that were
 * made in time must still count. Later presses do not count, because each press is judged by its own timestamp.
 */
import { dueAt } from '../../core/quiz/quiz.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';

/** Maximum additional time that a question stays open, in ms. Most lost connections are resumed within two seconds. */
const longestWait = 5_000;
/** The delay between two checks of the connection, in ms. */
const interval = 250;

/** Returns true if presses may still arrive. In this case `again` is called after a short delay. */
export function waitForPresses(runtime: Runtime, live: LiveRound, again: () => void): boolean {
  const { channels, alarms, clock, time } = runtime;
  const { quiz } = live;
  const due = dueAt(quiz);
  if (quiz.phase.name !== 'asking' || due === undefined || time.now() >= due + longestWait) return false;
  if (channels.hears(quiz.mode === 'group' ? { guild: quiz.scope } : {})) return false;
  alarms.set(quiz.id, clock.now() + interval, again);
  return true;
}
