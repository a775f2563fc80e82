/** Rounds across a restart: noting that the process lives, reading the saved rounds, going on, and stopping in time. */
import { z } from 'zod';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { withoutResuming } from '../../core/quiz/shown.ts';
import { endWhenQuiet } from './latest-interaction.ts';
import { type LiveRound, newLiveRound } from './live-round.ts';
import { paidOut } from './payouts.ts';
import { rendered } from './renderer.ts';
import { register, type Runtime } from './runtime.ts';
import { isOver, roundPrefix, savedRoundSchema } from './saved-round.ts';

/** The process notes this often that it lives, in ms: an outage is measured from the last note. */
const noteEvery = 60_000;
const aliveKey = 'alive';
const aliveSchema = z.object({ at: z.number() });
/** Stopping waits this long for what is being sent, in ms. */
const sentWithin = 1_500;

/** Reads the saved rounds; one that cannot be read is set aside. Throws StoreError when the store cannot be read. */
export async function loadRounds(runtime: Runtime): Promise<void> {
  const { store, clock } = runtime;
  const lastAlive = (await store.get(aliveKey, aliveSchema))?.at;
  for await (const [, saved] of store.range(roundPrefix, savedRoundSchema)) {
    const live = newLiveRound(saved, clock.now());
    const downSince = Math.max(saved.quiz.at, lastAlive ?? 0);
    live.shown = { ...saved.shown, stopping: false, ...(!isOver(saved.quiz) && { resuming: downSince }) };
    register(runtime, live);
  }
}

/** Notes now and each minute that the process lives. */
function noteAlive(runtime: Runtime): void {
  const { store, clock, time, alarms, log } = runtime;
  store
    .set(aliveKey, { at: time.now() })
    .catch((error: unknown) => log.warn({ err: error }, 'that the process lives could not be noted'));
  alarms.set(aliveKey, clock.now() + noteEvery, () => noteAlive(runtime));
}

/** Lets the rounds that were read go on, now that Discord can be reached. */
export async function resumeRounds(runtime: Runtime): Promise<void> {
  const { channels } = runtime;
  noteAlive(runtime);
  for (const live of runtime.rounds.values()) {
    const { quiz } = live;
    const place = { channel: quiz.parent ?? quiz.channel, ...(quiz.mode === 'group' && { guild: quiz.scope }) };
    if (!isOver(quiz) && !channels.exists(place)) endGoneRound(runtime, live, true);
    else if (quiz.mode === 'solo') resumeSolo(runtime, live);
    // A round in one message waits for a press, which brings the token it is shown with.
    else if (quiz.shownIn === 'reply' && !isOver(quiz)) endWhenQuiet(runtime, live);
    else runtime.wake(live);
  }
  await Promise.all([...runtime.rounds.values()].map((live) => rendered(runtime, live)));
}

/** Ends a round whose place was deleted. `isWhole`: so was the channel of its thread, so nothing is shown any more. */
export function endGoneRound({ time, dispatch, log }: Runtime, live: LiveRound, isWhole: boolean): void {
  const { podium } = live.shown;
  live.shown = { ...withoutResuming(live.shown), gone: true, podium: isWhole ? ['round', 'parent'] : podium };
  dispatch(live, { type: 'lost', at: time.now() }).catch((error: unknown) =>
    log.error({ err: error, round: live.quiz.id }, 'a round whose channel is gone could not be ended'),
  );
}

/** A solo round says nothing: its card is edited by the player's next press. */
function resumeSolo(runtime: Runtime, live: LiveRound): void {
  const { resuming: downSince } = live.shown;
  live.shown = withoutResuming(live.shown);
  runtime.wake(live);
  if (downSince === undefined) return;
  runtime
    .dispatch(live, { type: 'resumed', at: runtime.time.now(), downSince })
    .catch((error: unknown) =>
      runtime.log.error({ err: error, round: live.quiz.id }, 'a solo round could not be resumed'),
    );
}

/**
 * Takes no new rounds and lets open questions end, for at most `patience` ms; then every round says that it waits for
 * the next start.
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
      await atMost(runtime, until - sentWithin, questionOver(live));
      // The reveal is shown before the note.
      await atMost(runtime, until - sentWithin / 2, rendered(runtime, live));
      try {
        live.shown = { ...live.shown, stopping: !isOver(live.quiz) };
        await dispatch(live, { type: 'halt', at: time.now() });
      } catch (error) {
        log.error({ err: error, round: live.quiz.id }, 'a round could not be halted');
      }
      runtime.wake(live);
      await atMost(runtime, until, rendered(runtime, live));
    }),
  );
}

/** Takes no new rounds, stops the alarms and waits for what is under way. What is saved goes on at the next start. */
export async function closeRounds(runtime: Runtime): Promise<void> {
  const { alarms, retries, rounds, clock, store, time, log } = runtime;
  runtime.state = 'closed';
  alarms.close();
  retries.close();
  const all = [...rounds.values()];
  await atMost(runtime, clock.now() + sentWithin, Promise.all(all.map((live) => rendered(runtime, live))));
  await Promise.all(all.map((live) => paidOut(runtime, live)));
  for (const { turning } of all) await turning;
  await store
    .set(aliveKey, { at: time.now() })
    .catch((error: unknown) => log.warn({ err: error }, 'the time of the stop could not be noted'));
}

const isOpen = ({ phase }: Quiz): boolean => phase.name === 'asking' || phase.name === 'posting';

/** Resolves once the open question of a round has ended. */
async function questionOver(live: LiveRound): Promise<void> {
  if (!isOpen(live.quiz)) return;
  await new Promise<void>((resolve) => {
    live.onChanged = () => {
      if (!isOpen(live.quiz)) resolve();
    };
  });
}

/** Waits for `work` until `at` (ms of the clock) at the latest. */
async function atMost({ clock }: Runtime, at: number, work: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((resolve) => (cancel = clock.alarm(Math.max(at, clock.now()), resolve)));
  await Promise.race([work, late]);
  cancel();
}
