/**
 * Stores the latest interaction of each round, because the bot needs the token of an interaction to edit a reply. In a
 * channel where the bot may not post, a round is shown in a single reply. A token expires after 15 minutes, so later
 * button presses must supply newer tokens.
 */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { withoutResuming } from '../../core/quiz/shown.ts';
import { aboutRound } from './about-round.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';
import { isOver } from './saved-round.ts';
import { longestQuiet, renewAfter } from './single-message.ts';

/** Lifetime of an interaction token: 15 minutes, in ms. After this time, the bot forgets the interaction. */
export const tokenLife = 15 * 60_000;
/**
 * Minimum time between two attempts to replace a token, in ms. There is a second attempt only if the first attempt
 * failed.
 */
const renewRetry = 5_000;

/**
 * For each round that is shown in a single message, the time from which a button press replaces the token, in ms on the
 * bot's clock.
 */
const renewals = new WeakMap<LiveRound, number>();

export function keepInteraction(
  { alarms, clock }: Pick<Runtime, 'alarms' | 'clock'>,
  live: LiveRound,
  { followUp, editReply }: LiveRound['interaction'],
): void {
  // `followUp` and `editReply` have separate timers because they may come from different interactions.
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

/**
 * Called when the round is shown in the reply to its latest interaction. Starts the timers for the token of this
 * interaction.
 */
export function showInReply(runtime: Runtime, live: LiveRound): void {
  renewals.set(live, runtime.clock.now() + renewAfter);
  endWhenQuiet(runtime, live);
}

/**
 * Ends a round that is shown in a single message if nobody presses a button for a long time. The round ends before the
 * token expires, so the bot can still show the end.
 */
export function endWhenQuiet(runtime: Runtime, live: LiveRound): void {
  const { alarms, clock, time, log, dispatch } = runtime;
  alarms.set(`quiet/${live.quiz.id}`, clock.now() + longestQuiet, () => {
    live.shown = withoutResuming(live.shown);
    dispatch(live, { type: 'quiet', at: time.now() }).catch((error: unknown) =>
      log.error({ ...aboutRound(runtime, live.quiz), err: error }, 'a quiet round could not be ended'),
    );
  });
}

/**
 * Returns the round if this press is on the round's single message and should replace the token. Otherwise undefined.
 */
export function tokenTakeover({ rounds, clock }: Runtime, id: string, { messageId }: CommandContext): Quiz | undefined {
  const live = rounds.get(id);
  if (live?.quiz.shownIn !== 'reply' || isOver(live.quiz) || live.quiz.lobby !== messageId) return undefined;
  if (clock.now() < (renewals.get(live) ?? 0)) return undefined;
  renewals.set(live, clock.now() + renewRetry);
  return live.quiz;
}
