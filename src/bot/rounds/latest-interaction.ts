/** The newest interaction of a round, and the one message of a round that is shown in a reply. */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { withoutResuming } from '../../core/quiz/shown.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';
import { isOver } from './saved-round.ts';
import { longestQuiet, renewAfter } from './single-message.ts';

/** An interaction token is valid for 15 minutes; afterwards nothing of the interaction is kept, in ms. */
const tokenLife = 15 * 60_000;
/** After a press that renews the token, the next one does so this much later if the first was lost, in ms. */
const renewRetry = 5_000;

/** When a press on the one message renews its token; by round, in ms of the clock. */
const renewals = new WeakMap<LiveRound, number>();

export function keepInteraction(
  { alarms, clock }: Runtime,
  live: LiveRound,
  interaction: LiveRound['interaction'],
): void {
  live.interaction = { ...live.interaction, ...interaction };
  alarms.set(`token/${live.quiz.id}`, clock.now() + tokenLife, () => (live.interaction = {}));
}

/** The reply to this interaction shows the round from now on. */
export function showInReply(runtime: Runtime, live: LiveRound): void {
  renewals.set(live, runtime.clock.now() + renewAfter);
  endWhenQuiet(runtime, live);
}

/** Ends a round in one message in time to say so, when nobody presses. */
export function endWhenQuiet({ alarms, clock, time, log, dispatch }: Runtime, live: LiveRound): void {
  alarms.set(`quiet/${live.quiz.id}`, clock.now() + longestQuiet, () => {
    live.shown = withoutResuming(live.shown);
    dispatch(live, { type: 'quiet', at: time.now() }).catch((error: unknown) =>
      log.error({ err: error, round: live.quiz.id }, 'a quiet round could not be ended'),
    );
  });
}

/** The round whose one message this press is on, when its token is old enough to be renewed. */
export function tokenTakeover({ rounds, clock }: Runtime, id: string, { messageId }: CommandContext): Quiz | undefined {
  const live = rounds.get(id);
  if (live?.quiz.shownIn !== 'reply' || isOver(live.quiz) || live.quiz.lobby !== messageId) return undefined;
  if (clock.now() < (renewals.get(live) ?? 0)) return undefined;
  renewals.set(live, clock.now() + renewRetry);
  return live.quiz;
}
