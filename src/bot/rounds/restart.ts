/**
 * Lets rounds continue after a restart. While the bot runs, saves the current time every minute. At the start, reads
 * the saved rounds and continues them. When the bot stops, pauses the rounds within a time limit.
 */
import type { Quiz } from '../../core/quiz/quiz.ts';
import { withoutResuming } from '../../core/quiz/shown.ts';
import { endWhenQuiet } from './latest-interaction.ts';
import { type LiveRound, newLiveRound } from './live-round.ts';
import { aboutRound } from './about-round.ts';
import { aliveKey, lastAliveOf, saveAlive } from './alive.ts';
import { loadLastRounds } from './last-rounds.ts';
import { paidOut } from './payouts.ts';
import { rendered } from './renderer.ts';
import { register, type Runtime } from './runtime.ts';
import { withRecentAnswers } from './save-round.ts';
import { isOver, roundPrefix, savedRoundSchema } from './saved-round.ts';

/**
 * How often the process saves the current time, in ms. After a restart, the length of the outage is measured from the
 * last saved time.
 */
const saveTimeEvery = 60_000;
/** When the bot stops, the maximum time to wait for requests that are being sent to Discord, in ms. */
const maxRequestTime = 1_500;

/**
 * Reads the saved rounds. Rounds that cannot be parsed are moved to other keys. Throws StoreError if the store cannot
 * be read.
 */
export async function loadRounds(runtime: Runtime): Promise<void> {
  const { store, clock, owner } = runtime;
  const lastAlive = await lastAliveOf(store, owner);
  for await (const [, whole] of store.range(roundPrefix, savedRoundSchema)) {
    if (!owner.owns(whole.quiz.scope)) continue;
    const saved = await withRecentAnswers(store, whole);
    const live = newLiveRound(saved, clock.now());
    const downSince = Math.max(saved.quiz.at, lastAlive ?? 0);
    live.shown = { ...saved.shown, stopping: false, ...(!isOver(saved.quiz) && { resuming: downSince }) };
    register(runtime, live);
  }
  await loadLastRounds(runtime);
}

/** Saves the current time, now and every minute. */
function keepSavingTime(runtime: Runtime): void {
  const { store, clock, time, alarms, owner, log } = runtime;
  saveAlive(store, owner, time.now()).catch((error: unknown) =>
    log.warn({ err: error }, 'that the process lives could not be noted'),
  );
  alarms.set(aliveKey, clock.now() + saveTimeEvery, () => keepSavingTime(runtime));
}

/** Continues the rounds that were read from the store. Call this after the bot has connected to Discord. */
export async function resumeRounds(runtime: Runtime): Promise<void> {
  const { channels } = runtime;
  keepSavingTime(runtime);
  for (const live of runtime.rounds.values()) {
    const { quiz } = live;
    const place = { channel: quiz.parent ?? quiz.channel, ...(quiz.mode === 'group' && { guild: quiz.scope }) };
    if (!isOver(quiz) && !channels.exists(place)) endGoneRound(runtime, live, true);
    else if (quiz.mode === 'solo') resumeSolo(runtime, live);
    // A round in a single message cannot continue before a member presses a button, because editing the message
    // requires a new interaction token.
    else if (quiz.shownIn === 'reply' && !isOver(quiz)) endWhenQuiet(runtime, live);
    else runtime.wake(live);
  }
  await Promise.all([...runtime.rounds.values()].map((live) => rendered(runtime, live)));
}

/**
 * Ends a round because its channel or thread was deleted. `isWhole` is true if the parent channel of the thread, or the
 * whole server, was also deleted. In this case the podium (the final ranking) is not posted anywhere.
 */
export function endGoneRound(runtime: Runtime, live: LiveRound, isWhole: boolean): void {
  const { time, dispatch, log } = runtime;
  const { podium } = live.shown;
  live.shown = { ...withoutResuming(live.shown), gone: true, podium: isWhole ? ['round', 'parent'] : podium };
  dispatch(live, { type: 'lost', at: time.now() }).catch((error: unknown) =>
    log.error({ ...aboutRound(runtime, live.quiz), err: error }, 'a round whose channel is gone could not be ended'),
  );
}

/** Continues a solo round without announcing that the bot is back. The player's next press updates the card. */
function resumeSolo(runtime: Runtime, live: LiveRound): void {
  const { resuming: downSince } = live.shown;
  live.shown = withoutResuming(live.shown);
  runtime.wake(live);
  if (downSince === undefined) return;
  runtime
    .dispatch(live, { type: 'resumed', at: runtime.time.now(), downSince })
    .catch((error: unknown) =>
      runtime.log.error({ ...aboutRound(runtime, live.quiz), err: error }, 'a solo round could not be resumed'),
    );
}

/**
 * Refuses new rounds and waits until open questions have ended, but at most `patience` ms. Then announces in every
 * group round that the round will continue after the restart.
 */
export async function stopRounds(runtime: Runtime, patience: number): Promise<void> {
  const { clock, time, dispatch, log } = runtime;
  runtime.state = 'stopping';
  const until = clock.now() + patience;
  const rounds = [...runtime.rounds.values()].filter(
    ({ quiz, shown }) => quiz.mode === 'group' && !isOver(quiz) && shown.resuming === undefined,
  );
  await Promise.all(
    rounds.map(async (live) => {
      await waitAtMost(runtime, until - maxRequestTime, questionEnded(live));
      // The answer to the question must be shown before the announcement that the bot stops.
      await waitAtMost(runtime, until - maxRequestTime / 2, rendered(runtime, live));
      try {
        live.shown = { ...live.shown, stopping: !isOver(live.quiz) };
        await dispatch(live, { type: 'halt', at: time.now() });
      } catch (error) {
        log.error({ ...aboutRound(runtime, live.quiz), err: error }, 'a round could not be halted');
      }
      runtime.wake(live);
      await waitAtMost(runtime, until, rendered(runtime, live));
    }),
  );
}

/**
 * Refuses new rounds, cancels alarms and retries, and waits for running work. Rounds stay in the store and continue
 * after a restart.
 */
export async function closeRounds(runtime: Runtime): Promise<void> {
  const { alarms, retries, rounds, clock, store, time, owner, log } = runtime;
  runtime.state = 'closed';
  // If this process stops before it has resumed the saved rounds, it must not overwrite the saved time, because this
  // time is the start of their outage.
  const wasRunning = alarms.isSet(aliveKey);
  alarms.close();
  retries.close();
  const all = [...rounds.values()];
  await waitAtMost(runtime, clock.now() + maxRequestTime, Promise.all(all.map((live) => rendered(runtime, live))));
  await Promise.all(all.map((live) => paidOut(runtime, live)));
  for (const { turning } of all) await turning;
  if (!wasRunning) return;
  await saveAlive(store, owner, time.now()).catch((error: unknown) =>
    log.warn({ err: error }, 'the time of the stop could not be noted'),
  );
}

const isOpen = ({ phase }: Quiz): boolean => phase.name === 'asking' || phase.name === 'posting';

/** Resolves when the round has no open question. */
async function questionEnded(live: LiveRound): Promise<void> {
  if (!isOpen(live.quiz)) return;
  await new Promise<void>((resolve) => {
    live.onChanged = () => {
      if (!isOpen(live.quiz)) resolve();
    };
  });
}

/** Waits until `work` settles, but at most until the clock reaches `at` (ms). Rejects if `work` rejects. */
async function waitAtMost({ clock }: Runtime, at: number, work: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((resolve) => (cancel = clock.alarm(Math.max(at, clock.now()), resolve)));
  await Promise.race([work, late]);
  cancel();
}
