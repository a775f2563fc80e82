/**
 * Answers questions as a member, and records which button the member pressed and what Discord then showed. This file
 * decides without the code of the bot whether an answer is right, so the records can be used to check the bot's scores.
 */
import type { Dice } from '../../src/core/dice.ts';
import type { Question } from '../../src/core/questions/question.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import type { Component } from '../../src/loopback/component-json.ts';
import { flat, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';

/** An answer as it was recorded by the player who gave it. */
export interface RecordedAnswer {
  readonly round: string;
  readonly question: number;
  readonly user: string;
  readonly asked: Question;
  /** The label of the pressed button, or the typed year. */
  readonly label: string;
  readonly right: boolean;
  readonly solo: boolean;
  /** Whether the bot told the member that the answer is saved. */
  acknowledged: boolean;
}

/** Whether a button with this label starts or continues a round, or shows its result. */
export const isContinueLabel = (label = ''): boolean =>
  /^(?:Start now|Resume|Next|Repeat (?:it|the \d+)|See the result)$/.test(label);

/** Whether a member can answer a question with this component. */
export const isAnswer = ({ custom_id = '', disabled = false }: Component): boolean =>
  /^quiz:(?:answer|type):/.test(custom_id) && !disabled;

/**
 * Presses a random answer button of a message. The answer is added to `pressed` before the button is pressed. Throws
 * if the question is not in `bank`.
 */
export async function answerQuestion(
  member: LoopbackMember,
  message: SeenMessage,
  {
    bank,
    chance,
    pressed,
  }: { readonly bank: readonly Question[]; readonly chance: Dice; readonly pressed: RecordedAnswer[] },
): Promise<RecordedAnswer> {
  const buttons = flat(message.components).filter(isAnswer);
  const button = buttons[chance.below(buttons.length)];
  if (!button) throw new Error(`no answer button: ${textOf(message)}`);
  const [, , round = '', question] = (button.custom_id ?? '').split(':');
  const text = textOf(message);
  const asked = bank.find(({ ask }) => plain(text).includes(plain(ask)));
  if (!asked) throw new Error(`not a question of the bank: ${text}`);
  const isYear = asked.kind === 'closest-year';
  // The typed year is either the right year or 50 years too early. A year that is 50 years too early scores no points.
  const year = String(asked.right - 50 * chance.below(2));
  const label = isYear ? year : (button.label ?? '');
  const printed = new RegExp(`^${label} (.*)$`, 'm').exec(plain(text))?.[1];
  const option = asked.kind === 'true-false' ? label : printed;
  const right = isYear ? year === String(asked.right) : option === plain(asked.options[asked.right] ?? '');
  const solo = (message.flags & 64) !== 0;
  const user = member.id;
  const one: RecordedAnswer = {
    round,
    question: Number(question),
    user,
    asked,
    label,
    right,
    solo,
    acknowledged: false,
  };
  pressed.push(one);
  const shown = await member.press(message, button.custom_id ?? '');
  const outcome = shown.kind === 'modal' ? await member.submit(shown.modal, { year }) : shown;
  const told = outcome.kind === 'answered' && outcome.message ? textOf(outcome.message) : '';
  one.acknowledged = solo ? isSoloResult(told, text, label) : told.startsWith('Locked');
  return one;
}

/**
 * Whether the card of a solo round shows the result of this answer. All questions of a solo round are shown in the same
 * message. If several presses arrive at the same time, the message may already show another question. Therefore the
 * number of the question is compared, too.
 */
function isSoloResult(told: string, question: string, label: string): boolean {
  const number = /^-# (?:Question|Once more, what you missed:) \d+ of /m.exec(question)?.[0];
  return (
    number !== undefined &&
    told.includes(number) &&
    new RegExp(`Right: ${label}\\.|[Yy]ou said ${label}[.:]`).test(told)
  );
}

const plain = (text: string): string =>
  text.replaceAll(/\\(.)/g, '$1').replaceAll('**', '').replaceAll(/^### /gm, '').trim();
