/**
 * Stores the latest interaction of each round. In a channel where the bot may not post, a round is shown in the reply
 * to its command. To edit a reply, the bot needs the token of an interaction. A token expires after 15 minutes, so
 * later button presses must supply newer tokens.
 */
import type { CommandContext, TakeoverResult } from '../../chat/command-context.ts';
import { type Quiz, step } from '../../core/quiz/quiz.ts';
import { noted, withoutResuming } from '../../core/quiz/shown.ts';
import { aboutRound } from './about-round.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';
import { isOver } from './saved-round.ts';
import { longestQuiet, renewAfter } from './single-message.ts';

/** Lifetime of an interaction token: 15 minutes, in ms. After this time, the bot forgets the interaction. */
export const tokenLife = 15 * 60_000;
/**
 * Minimum time between two attempts to replace the token, in ms. If the reply to a press fails, the attempt has failed.
 * A later press then makes the next attempt.
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
  { followUp, editReply, deleteReply, messageId }: LiveRound['interaction'],
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
    live.interaction = { ...live.interaction, editReply, deleteReply, messageId, editReplySince: clock.now() };
    alarms.set(`token/${live.quiz.id}/editReply`, clock.now() + tokenLife, () => {
      const { followUp: kept } = live.interaction;
      live.interaction = kept ? { followUp: kept } : {};
    });
  }
}

/**
 * Call this when the round is shown in the reply to its latest interaction. Starts the timers for the token of this
 * interaction.
 */
export function showInReply(runtime: Runtime, live: LiveRound): void {
  const since = live.interaction.editReplySince ?? runtime.clock.now();
  renewals.set(live, since + renewAfter);
  endWhenQuiet(runtime, live, since);
}

/**
 * Whether a group round can continue in the reply to its command. This has two conditions: the bot can edit the reply,
 * and {@link endWhenQuiet} will not end the round within the next two minutes.
 */
export function hasLastingToken({ clock }: Pick<Runtime, 'clock'>, { interaction }: LiveRound): boolean {
  const { editReply, editReplySince = 0 } = interaction;
  return editReply !== undefined && clock.now() < editReplySince + longestQuiet - 2 * 60_000;
}

/**
 * Ends a round that is shown in a single message if nobody presses a button for a long time. The round ends before the
 * token expires, so the bot can still show the end.
 */
export function endWhenQuiet(runtime: Runtime, live: LiveRound, since = runtime.clock.now()): void {
  const { alarms, time, log, dispatch } = runtime;
  alarms.set(`quiet/${live.quiz.id}`, since + longestQuiet, () => {
    live.shown = withoutResuming(live.shown);
    dispatch(live, { type: 'quiet', at: time.now() }).catch((error: unknown) =>
      log.error({ ...aboutRound(runtime, live.quiz), err: error }, 'a quiet round could not be ended'),
    );
  });
}

/**
 * Decides whether the token of a press replaces the token with which the bot edits the round's single message. If so,
 * returns a quiz, and the reply to the press must show the card of this quiz. If not, returns undefined.
 *
 * If the round waits because the bot may not post, a press on any message of the round replaces the token. The round
 * then continues in the message whose button was pressed.
 */
export function tokenTakeover(
  runtime: Runtime,
  id: string,
  { messageId, isEphemeral }: CommandContext,
): Quiz | undefined {
  const { rounds, clock, time } = runtime;
  const live = rounds.get(id);
  if (!live || isOver(live.quiz) || messageId === undefined || isEphemeral) return undefined;
  const { quiz } = live;
  const isMoving = isStuck(live) && isOwnMessage(live, messageId);
  if (!isMoving && (quiz.shownIn !== 'reply' || quiz.lobby !== messageId)) return undefined;
  if (clock.now() < (renewals.get(live) ?? 0)) return undefined;
  renewals.set(live, clock.now() + renewRetry);
  return isMoving ? step(quiz, { type: 'moved', to: 'reply', message: messageId, at: time.now() }).quiz : quiz;
}

/** Whether the round is waiting. A round waits if the bot may not post in its channel and also has no token. */
const isStuck = ({ quiz, shown }: LiveRound): boolean =>
  quiz.shownIn === 'channel' && quiz.phase.name === 'paused' && shown.noToken === true && shown.resuming === undefined;

const isOwnMessage = ({ quiz, shown }: LiveRound, id: string): boolean =>
  quiz.lobby === id || Object.values(shown.questions).some(({ message }) => message === id);

/** Continues a waiting round in the message with the id `lobby`. */
function moveToMessage(runtime: Runtime, live: LiveRound, { lobby = '' }: Quiz): void {
  const { time, log, dispatch } = runtime;
  const at = time.now();
  live.shown = noted(live.shown, { is: 'moved', to: 'reply' }, { is: 'done', message: lobby, at });
  dispatch(live, { type: 'moved', to: 'reply', message: lobby, at }).catch((error: unknown) =>
    log.error({ ...aboutRound(runtime, live.quiz), err: error }, 'a round could not be moved to a message'),
  );
}

/**
 * Call this after the reply to a press has shown the card of `drawn`. Returns `resumed` if this press continues the
 * round after a restart. Returns `moved` if this press moves the round to the message of the button. Otherwise returns
 * `renewed`: the bot has a newer token, and nothing else has changed.
 */
export function confirmTakeover(runtime: Runtime, drawn: Quiz, context: CommandContext): TakeoverResult {
  const live = runtime.rounds.get(drawn.id);
  if (!live || isOver(live.quiz)) return 'renewed';
  if (context.editReply) keepInteraction(runtime, live, { editReply: context.editReply });
  live.lastEdit = runtime.clock.now();
  showInReply(runtime, live);
  if (live.quiz.shownIn === 'channel') {
    moveToMessage(runtime, live, drawn);
    return 'moved';
  }
  // If the round has changed since `drawn`, the reply may have overwritten a newer card. Therefore the card is rendered
  // again.
  if (JSON.stringify(live.quiz.phase) !== JSON.stringify(drawn.phase)) live.shown = { ...live.shown, running: '' };
  runtime.wake(live);
  return live.shown.resuming === undefined ? 'renewed' : 'resumed';
}
