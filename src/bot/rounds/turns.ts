/**
 * Processes the events of rounds in batches, called turns. A turn applies its events to the quiz, saves the quiz, sets
 * the alarm and reports the change. Turns of the same round never run concurrently. Events that arrive during a turn
 * are processed in the next turn. If saving fails, the round does not change.
 */
import { dueAt, type Quiz, type QuizEvent, step, type Step } from '../../core/quiz/quiz.ts';
import { orderAnswers } from '../../core/quiz/events.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Alarms } from '../alarms.ts';
import type { Channels } from '../ports/channels.ts';
import type { DiscordTime } from '../ports/discord-time.ts';
import type { Retries } from '../retries.ts';
import { aboutRound } from './about-round.ts';
import type { LiveRound } from './live-round.ts';
import { saveRound } from './save-round.ts';
import { isOver } from './saved-round.ts';

/** Applies an event to a round. Resolves when the result is saved. Rejects with StoreError if saving failed. */
export type Dispatch = (live: LiveRound, event: QuizEvent) => Promise<Step>;

export interface TurnPorts {
  readonly store: Store;
  readonly alarms: Alarms;
  readonly retries: Retries;
  readonly time: DiscordTime;
  readonly channels: Pick<Channels, 'shardOf'>;
  readonly log: Log;
  /** Called when the alarm of a round is due. */
  readonly onDue: (live: LiveRound) => void;
  /** Called after a turn has changed the round and the change is saved. */
  readonly onChanged: (live: LiveRound, events: readonly QuizEvent[]) => void;
}

export function createDispatch(ports: TurnPorts): Dispatch {
  return (live, event) =>
    new Promise((resolve, reject) => {
      live.queue.push({ event, resolve, reject });
      wake(ports, live);
    });
}

function wake(ports: TurnPorts, live: LiveRound): void {
  live.turning ??= takeTurns(ports, live).finally(() => {
    live.turning = undefined;
    // An event may have been added to the queue after the last turn. In this case a new turn is needed.
    if (live.queue.length > 0) wake(ports, live);
  });
}

async function takeTurns(ports: TurnPorts, live: LiveRound): Promise<void> {
  // Presses that arrive together are collected into one turn by waiting for a microtask. The turn sorts them by
  // timestamp.
  await Promise.resolve();
  while (live.queue.length > 0) await takeTurn(ports, live);
}

async function takeTurn(ports: TurnPorts, live: LiveRound): Promise<void> {
  const batch = live.queue.splice(0);
  const steps = new Map<QuizEvent, Step>();
  /** The events that changed the quiz. */
  const changes: QuizEvent[] = [];
  let { quiz } = live;
  for (const event of orderAnswers(batch.map((one) => one.event)))
    try {
      const next = step(quiz, event);
      if (next.quiz !== quiz) changes.push(event);
      quiz = next.quiz;
      steps.set(event, next);
    } catch (error) {
      // `step` throws only because of a bug. Only the event that caused the error is dropped, and the round continues.
      batch.find((one) => one.event === event)?.reject(error);
    }
  const isChanged = quiz !== live.quiz;
  try {
    if (isChanged) await save(ports, live, quiz, changes);
  } catch (error) {
    for (const { reject } of batch) reject(error);
    return;
  }
  const hasEnded = isOver(quiz) && !isOver(live.quiz);
  live.quiz = quiz;
  if (hasEnded) logEnd(ports, quiz);
  if (isChanged) after(ports, live, [...steps.keys()]);
  for (const { event, resolve } of batch) {
    const result = steps.get(event);
    if (result) resolve({ ...result, quiz });
  }
}

function logEnd(ports: TurnPorts, quiz: Quiz): void {
  const { phase, players, answers } = quiz;
  const answered = answers.filter((all) => Object.keys(all).length > 0).length;
  const why = phase.name === 'ended' ? phase.why : undefined;
  ports.log.info(
    { ...aboutRound(ports, quiz), why, players: Object.keys(players).length, answered },
    'a round has ended',
  );
}

async function save(ports: TurnPorts, live: LiveRound, quiz: Quiz, changes: readonly QuizEvent[]): Promise<void> {
  const { store, retries, alarms, onDue, time } = ports;
  if (live.isArchived) return;
  const key = `save/${live.quiz.id}`;
  try {
    await saveRound(store, live, quiz, changes);
    retries.succeeded(key);
  } catch (error) {
    // The retry only sets the alarm again, which repeats a `timeUp` event. Other events are not repeated. If a member
    // caused the event, the member gets an error message.
    const about = aboutRound(ports, live.quiz);
    const tried = { what: 'a round could not be saved', tries: Infinity, longestDelay: 3_000, about };
    retries.failed(key, error, tried, () => {
      const due = dueAt(live.quiz);
      if (due !== undefined) alarms.set(live.quiz.id, time.onClock(due), () => onDue(live));
    });
    throw error;
  }
}

/** Sets the alarm and reports the change after the turn has been saved. An error here is a bug and is only logged. */
function after(ports: TurnPorts, live: LiveRound, events: readonly QuizEvent[]): void {
  setAlarm(ports, live);
  try {
    ports.onChanged(live, events);
  } catch (error) {
    ports.log.error({ ...aboutRound(ports, live.quiz), err: error }, 'a round could not act on a change');
  }
}

/**
 * Sets the alarm of a round to the time of its next `timeUp` event. Clears the alarm if the round needs no such event.
 */
export function setAlarm({ alarms, time, onDue }: Pick<TurnPorts, 'alarms' | 'time' | 'onDue'>, live: LiveRound): void {
  const due = dueAt(live.quiz);
  if (due === undefined) alarms.clear(live.quiz.id);
  else alarms.set(live.quiz.id, time.onClock(due), () => onDue(live));
}
