/**
 * Manages the private receipts for answers in group rounds. A player sees only the newest receipt, because the bot
 * deletes the previous receipt. When a question is closed, the receipt of each answer is edited to say whether the
 * answer was right. When a round ends, the newest receipt of each player is edited to show that player's result.
 *
 * If a receipt cannot be deleted or edited, the bot does not try again. A retry would need the interaction token, which
 * expires after 15 minutes and is lost in a restart.
 */
import type { CommandContext } from '../../chat/command-context.ts';
import { ownResultCard } from '../../chat/quiz/own-result.ts';
import { verdictNotice } from '../../chat/quiz/round-responses.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { tokenLife } from './latest-interaction.ts';
import { aboutRound } from './about-round.ts';
import type { Receipt, Runtime } from './runtime.ts';
import { isOver } from './saved-round.ts';

export function keepReceipt(runtime: Runtime, round: string, question: number, context: CommandContext): void {
  const { rounds, receipts, alarms, clock } = runtime;
  const quiz = rounds.get(round)?.quiz;
  if (!quiz || quiz.shownIn === 'reply') return;
  const { editReply, deleteReply, who } = context;
  const ofRound = receipts.get(round) ?? new Map<string, Receipt>();
  const before = ofRound.get(who.id);
  const receipt = { question, ...(editReply && { editReply }), ...(deleteReply && { deleteReply }) };
  receipts.set(round, ofRound.set(who.id, receipt));
  alarms.set(`receipt/${round}/${who.id}`, clock.now() + tokenLife, () => drop(receipts, round, who.id));
  if (before?.deleteReply) bestEffort(runtime, quiz, before.deleteReply());
  // The question may have been closed, or the round may have ended, before Discord received this receipt. In this case
  // the receipt is edited now.
  if (isOver(quiz)) showOwnResults(runtime, quiz);
  else showVerdicts(runtime, quiz);
}

/** If the round is now showing the solution of a question, edits its receipts to say whether the answers were right. */
export function showVerdicts(runtime: Runtime, quiz: Quiz): void {
  const { phase } = quiz;
  const ofRound = runtime.receipts.get(quiz.id);
  if (phase.name !== 'reveal' || !ofRound) return;
  for (const [user, receipt] of ofRound) {
    if (receipt.question !== phase.question || receipt.hasVerdict) continue;
    const verdict = verdictNotice(quiz, phase.question, user);
    if (!verdict || !receipt.editReply) continue;
    ofRound.set(user, { ...receipt, hasVerdict: true });
    bestEffort(runtime, quiz, receipt.editReply(verdict));
  }
}

/** After a round has ended, edits the newest receipt of each player, so that the receipt shows the player's result. */
export function showOwnResults(runtime: Runtime, quiz: Quiz): void {
  const { receipts, alarms } = runtime;
  const ofRound = receipts.get(quiz.id);
  receipts.delete(quiz.id);
  for (const [user, { editReply }] of ofRound ?? []) {
    alarms.clear(`receipt/${quiz.id}/${user}`);
    if (editReply && Object.hasOwn(quiz.players, user)) bestEffort(runtime, quiz, editReply(ownResultCard(quiz, user)));
  }
}

function drop(receipts: Runtime['receipts'], round: string, user: string): void {
  const ofRound = receipts.get(round);
  ofRound?.delete(user);
  if (ofRound?.size === 0) receipts.delete(round);
}

/** Logs the error if a request fails. The failure has no other consequences. Does not wait for the request. */
export function bestEffort(runtime: Runtime, quiz: Quiz, work: Promise<void>): void {
  work.catch((error: unknown) =>
    runtime.log.debug({ ...aboutRound(runtime, quiz), err: error }, 'a private reply could not be changed'),
  );
}
