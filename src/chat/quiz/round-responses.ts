/** The responses to button presses in a round. They depend on the outcome that the quiz returned. */
import type { Outcome, Quiz } from '../../core/quiz/quiz.ts';
import { answerBy } from '../../core/quiz/round.ts';
import { type Message, message, textDisplay } from '../message/message-components.ts';
import { type AnswerResult, isTooFastForBonus, resultsOf } from '../../core/scores/scoring.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { isCrowded } from './question-card.ts';
import { roundCard } from './round-card.ts';
import { answerLabel } from './round-parts.ts';
import type { CommandContext, MessageResponse, PlayResult } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

/** An ephemeral message that tells the member the outcome of their press. */
export function groupResponse(result: PlayResult): MessageResponse {
  if (result.is === 'unknown') return ephemeralNotice(quizWords.roundIsOver);
  if (result.is === 'resuming') return ephemeralNotice(quizWords.resuming);
  if (result.is === 'waiting') return ephemeralNotice(quizWords.waitsForPress);
  return ephemeralNotice(describeOutcome(result.outcome, result.quiz));
}

/**
 * The ephemeral receipt for an answer in a group round. It also says whether the member's answer to the previous
 * question was right. Receipts for earlier questions are deleted, so that the member sees only the newest receipt.
 */
export function receipt(result: PlayResult, question: number, context: CommandContext): MessageResponse {
  if (result.is !== 'stepped') return groupResponse(result);
  const before = resultsOf(result.quiz, question - 1).find(({ user }) => user === context.who.id);
  const sentences = [
    describeOutcome(result.outcome, result.quiz),
    ...(before ? [quizWords.before(before.right, before.points), ...whyFewer(result.quiz, before)] : []),
  ];
  const notice = ephemeralNotice(sentences.join(' '));
  return isCrowded(result.quiz)
    ? notice
    : { ...notice, onSent: async () => context.rounds.keepReceipt(result.quiz.id, question, context) };
}

/**
 * The text of a receipt after its question was closed: the member's answer, the right answer, and the points. If the
 * question was skipped, the text says so. Undefined if the member has no answer.
 */
export function verdictNotice(quiz: Quiz, question: number, user: string): Message | undefined {
  const result = resultsOf(quiz, question).find((one) => one.user === user);
  const asked = quiz.questions[question];
  const given = answerBy(quiz, question, user);
  if (!asked || !given) return undefined;
  const said = answerLabel(asked, given.option);
  if (quiz.void.includes(question)) return notice(quizWords.skippedVerdict(question + 1, said));
  if (!result) return undefined;
  const { right, points } = result;
  return notice(quizWords.verdict(question + 1, said, right, answerLabel(asked, asked.right), points));
}

/**
 * One sentence for each reason why an answer earned fewer points: it was so fast that it got no speed bonus, or it
 * earned fewer points on the leaderboards than in the round.
 */
function whyFewer(quiz: Quiz, { question, user }: AnswerResult): readonly string[] {
  const reduced = quiz.reduced.find((one) => one.question === question && one.user === user);
  return [
    ...(isTooFastForBonus(quiz, question, user) ? [quizWords.noBonus] : []),
    ...(reduced ? [quizWords.reduced[reduced.reduction]] : []),
  ];
}

/**
 * The next card of the solo round, which replaces the message with the pressed button. If another member pressed the
 * button, that member is told that this is not their round.
 */
export function soloResponse(result: PlayResult): MessageResponse {
  if (result.is === 'unknown') return ephemeralNotice(quizWords.newRoundHint);
  if (result.is !== 'stepped') return groupResponse(result);
  const { quiz, outcome } = result;
  if (outcome.is === 'not-yours' || outcome.is === 'not-host') return ephemeralNotice(quizWords.notYours);
  const card = roundCard(quiz) ?? notice(quizWords.closedQuestion);
  const late = outcome.is === 'too-late' ? [textDisplay(quizWords.tooLate(outcome.by))] : [];
  return { message: message(...late, ...card.components), replace: true };
}

/** The outcome of a press as a sentence for the member. */
export function describeOutcome(outcome: Outcome, { questions, changes, style, phase }: Quiz): string {
  const mayChange = changes && style !== 'first';
  // In style `study` the time of an answer does not matter, so the sentence does not give it.
  const timeOf = ({ elapsed }: { readonly elapsed?: number }) => (style === 'study' ? undefined : elapsed);
  const said = (given: { readonly question: number; readonly option: number }) =>
    answerLabel(questions[given.question], given.option);
  switch (outcome.is) {
    case 'done':
      return quizWords.started;
    case 'joined':
      return outcome.already ? quizWords.joinedAlready : quizWords.joined(phase.name === 'lobby');
    case 'locked':
      return quizWords.locked(said(outcome), timeOf(outcome), mayChange);
    case 'first':
      return quizWords.first(said(outcome), outcome.elapsed);
    case 'out':
      return quizWords.out(said(outcome));
    case 'changed':
      return quizWords.changed(said(outcome), timeOf(outcome));
    case 'same':
      return quizWords.same(said(outcome), mayChange);
    case 'final':
      return quizWords.final(said(outcome));
    case 'too-late':
      return quizWords.tooLate(outcome.by);
    case 'closed':
      return quizWords.closedQuestion;
    case 'voted':
      return quizWords.voted('', outcome.votes, outcome.needed);
    case 'not-host':
      return quizWords.notHost(outcome.host);
    case 'not-yours':
      return quizWords.notYours;
    case 'may-not-skip':
      return quizWords.mayNotSkip;
  }
}

/**
 * Adjusts the response to a press in a round that is shown in a single message. The bot edits that message with the
 * token of an interaction. A token is valid for only 15 minutes, so the bot needs a newer token from time to time. To
 * get it, the bot responds to a press with the round's card. The member then gets `response` in a second, ephemeral
 * message. But if the press made the round continue after a restart, or moved the round to this message, the second
 * message says so and does not contain `response`.
 */
export function withTokenTakeover(round: string, response: MessageResponse, context: CommandContext): MessageResponse {
  const quiz = context.rounds.takeOverToken(round, context);
  if (!quiz) return response;
  return {
    message: roundCard(quiz) ?? message(),
    replace: true,
    async onSent(id) {
      const result = id === quiz.lobby ? context.rounds.confirmTakeover(quiz, context) : 'renewed';
      await context.followUp(
        { resumed: notice(quizWords.pickingUp), moved: notice(quizWords.movedHere), renewed: response.message }[result],
      );
    },
  };
}
