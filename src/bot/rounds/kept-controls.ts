/**
 * Deletes outdated cards with host controls. Such a card is the private reply to the button "Host controls". It shows
 * the round as it was when the button was pressed. If the same member opens the controls again, the earlier card would
 * stay above the new card, and its buttons would look usable. Therefore the bot deletes the earlier card.
 *
 * If a card cannot be deleted, the bot does not try again, for the reasons given in `receipts.ts`. A press on an
 * outdated card then updates the card and changes nothing else.
 */
import type { CommandContext } from '../../chat/command-context.ts';
import { tokenLife } from './latest-interaction.ts';
import { bestEffort } from './receipts.ts';
import type { Runtime } from './runtime.ts';

/** `message` is the id of the card that the reply to this interaction shows. */
export function keepControls(runtime: Runtime, round: string, message: string, context: CommandContext): void {
  const { rounds, controls, alarms, clock } = runtime;
  const quiz = rounds.get(round)?.quiz;
  const { deleteReply, who } = context;
  // If a round is shown in a single message, the reply to a press can be the message of the round. This message must
  // not be deleted.
  if (!quiz || !deleteReply || quiz.shownIn === 'reply') return;
  const key = `${round}/${who.id}`;
  const before = controls.get(key);
  controls.set(key, { message, deleteReply });
  alarms.set(`controls/${key}`, clock.now() + tokenLife, () => controls.delete(key));
  // If the member pressed a button on the earlier card, the reply has updated the earlier card. In this case the card
  // is not outdated.
  if (before?.deleteReply && before.message !== message) bestEffort(runtime, quiz, before.deleteReply());
}
