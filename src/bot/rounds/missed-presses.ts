/**
 * If the bot has no connection to the gateway when a question is due to close, keeps the question open for up to five
 * more seconds. When the connection is resumed, Discord delivers the button presses that the bot has missed. A press
 * with a timestamp before the closing time still counts, and a press with a later timestamp does not.
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
