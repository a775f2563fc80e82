/**
 * Keeps the newest interaction of each round, because its token is needed to edit a reply. In a channel where the bot
 * may not post, a round is shown in a single reply. Button presses then renew the token before it expires.
 */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { withoutResuming } from '../../core/quiz/shown.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';
import { isOver } from './saved-round.ts';
import { longestQuiet, renewAfter } from './single-message.ts';

/** Lifetime of an interaction token, 15 minutes in ms. The interaction is dropped afterwards. */
const tokenLife = 15 * 60_000;
/** Minimum time between two attempts to renew a token, in ms. The second attempt is made if the first one failed. */
const renewRetry = 5_000;

/** Round → the time from which a press on its single message renews the token, in ms of the clock. */
const renewals = new WeakMap<LiveRound, number>();

export function keepInteraction(
  { alarms, clock }: Pick<Runtime, 'alarms' | 'clock'>,
  live: LiveRound,
  { followUp, editReply }: LiveRound['interaction'],
): void {
  // Each has a timer of its own, because they may belong to different interactions.
  if (followUp) {
    live.interaction = { ...live.interaction, followUp };
    alarms.set(`token/${live.quiz.id}/followUp`, clock.now() + tokenLife, () => {
      const { followUp: _, ...rest } = live.interaction;
      live.interaction = rest;
    });
  }
  if (editReply) {
    live.interaction = { ...live.interaction, editReply };
    alarms.set(`token/${live.quiz.id}/editReply`, clock.now() + tokenLife, () => {
      const { editReply: _, ...rest } = live.interaction;
      live.interaction = rest;
    });
  }
}

/** Called when the round is shown in the reply to its newest interaction. Starts the timers of that reply's token. */
export function showInReply(runtime: Runtime, live: LiveRound): void {
  renewals.set(live, runtime.clock.now() + renewAfter);
  endWhenQuiet(runtime, live);
}

/** Ends a round in a single message if nobody presses, while the token can still be used to show the end. */
export function endWhenQuiet({ alarms, clock, time, log, dispatch }: Runtime, live: LiveRound): void {
  alarms.set(`quiet/${live.quiz.id}`, clock.now() + longestQuiet, () => {
    live.shown = withoutResuming(live.shown);
    dispatch(live, { type: 'quiet', at: time.now() }).catch((error: unknown) =>
      log.error({ err: error, round: live.quiz.id }, 'a quiet round could not be ended'),
    );
  });
}

/** The round with this id if the press is on its single message and should renew the token, otherwise undefined. */
export function tokenTakeover({ rounds, clock }: Runtime, id: string, { messageId }: CommandContext): Quiz | undefined {
  const live = rounds.get(id);
  if (live?.quiz.shownIn !== 'reply' || isOver(live.quiz) || live.quiz.lobby !== messageId) return undefined;
  if (clock.now() < (renewals.get(live) ?? 0)) return undefined;
  renewals.set(live, clock.now() + renewRetry);
  return live.quiz;
}
