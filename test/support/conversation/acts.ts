/** Actions of members in a conversation: running commands, pressing buttons and submitting modals. */
import type { InteractionContext } from '../../../src/bot/ports/app.ts';
import type { InteractionResponse } from '../../../src/chat/command-context.ts';
import type { Message } from '../../../src/chat/message/message-components.ts';
import { chosenField, type ModalFields, type Modal } from '../../../src/chat/message/modal-fields.ts';
import { quizWords } from '../../../src/chat/words/quiz-words.ts';
import type { Bank } from '../../../src/core/questions/bank.ts';
import { polarFirsts } from '../caspian.ts';
import { type ActionOptions, general, type ShownMessage } from '../fake-discord.ts';
import { settled } from '../../../src/loopback/virtual-clock.ts';
import { buttonsOf, lineOf, textFilledIn, wordsOf } from './message-parts.ts';
import type { Play } from './play.ts';
import { readCommand } from './typed-command.ts';

export const type = (play: Play, name: string, line: string, options: ActionOptions): Promise<void> =>
  use(play, name, options, (context) => play.bot.app.runCommand(readCommand(line), context));

/**
 * Presses the button or chooses the select option that has this label. Uses the newest message that contains the label
 * and that the member can see.
 */
export async function press(play: Play, name: string, label: string, options: ActionOptions): Promise<void> {
  // A label with a colon is the custom_id of a button or select. In this way, conversations can press buttons of old
  // messages. The custom_id of a select can be followed by the chosen values: (setup:set:channels = general, books).
  if (label.includes(':')) {
    const [id = '', values] = label.split(' = ');
    return pressId(play, name, id, options, undefined, values === undefined ? {} : chosenField(...values.split(', ')));
  }
  for (const one of visibleTo(play, name, options)) {
    const button = buttonsOf(one.message).find((candidate) => candidate.label === label);
    if (!button) continue;
    const fields = button.value === undefined ? {} : chosenField(button.value);
    return pressId(play, name, button.custom_id, { ...options, place: one.place }, one, fields);
  }
  throw new Error(`no message that ${name} sees has a button "${label}"`);
}

/** Answers the newest question that the member can see. Presses a button, or submits the modal for a typed year. */
export async function answer(play: Play, name: string, right: boolean, options: ActionOptions): Promise<void> {
  for (const one of visibleTo(play, name, options)) {
    const found = answerTo(one.message, play.bank, right);
    if (found === undefined) continue;
    if (typeof found === 'string') return press(play, name, found, options);
    await open(play, name, quizWords.typeYear);
    return send(play, name, (modal) => textFilledIn(modal, String(found.year)));
  }
  throw new Error(`no message that ${name} sees shows a question`);
}

/** Presses a button of an earlier question. `question` is the number of that question, from 1. */
export async function answerBefore(play: Play, name: string, question: number, options: ActionOptions): Promise<void> {
  const button = play.asked.get(question - 1);
  if (!button) throw new Error(`question ${question} was never shown`);
  return pressId(play, name, button.customId, { ...options, place: button.on.place }, button.on);
}

/** Uses a message command on the newest message that contains this text and that the member can see. */
export async function useOn(play: Play, name: string, command: string, text: string): Promise<void> {
  play.form = undefined;
  const one = visibleTo(play, name, {}).find(({ message }) => lineOf(message).includes(text));
  if (!one) throw new Error(`no message that ${name} sees contains "${text}"`);
  const ids = buttonsOf(one.message).map(({ custom_id }) => custom_id);
  await use(play, name, { place: one.place }, (context) => play.bot.app.runMessageCommand(command, ids, context));
}

/** Opens a modal with `opener`, which is a command (`/…`) or the label of a button. */
export async function open(play: Play, name: string, opener: string): Promise<void> {
  play.form = undefined;
  if (opener.startsWith('/')) await type(play, name, opener, {});
  else await press(play, name, opener, {});
}

/** Submits the modal that was opened most recently. */
export async function send(play: Play, name: string, filled: (modal: Modal) => ModalFields): Promise<void> {
  if (!play.form) throw new Error('no form is open');
  const { modal, on } = play.form;
  play.form = undefined;
  await pressId(play, name, modal.custom_id, { place: on?.place ?? general }, on, filled(modal));
}

export async function suggest(play: Play, name: string, line: string): Promise<void> {
  const input = readCommand(line);
  const option = Object.keys(input.values).at(-1) ?? '';
  const choices = await play.bot.app.autocomplete(input, option, play.discord.context(name));
  play.suggestions = choices.map((choice) => choice.name);
}

const pressId = (
  play: Play,
  name: string,
  customId: string,
  options: ActionOptions,
  on?: ShownMessage,
  fields: ModalFields = {},
): Promise<void> => use(play, name, options, (context) => play.bot.app.runComponent(customId, context, fields), on);

async function use(
  play: Play,
  name: string,
  options: ActionOptions,
  run: (context: InteractionContext) => Promise<InteractionResponse>,
  on?: ShownMessage,
): Promise<void> {
  const response = await play.discord.interact(name, options, run, on);
  if ('modal' in response) {
    play.form = { modal: response.modal, on };
    play.history.push(`a form for ${name}: ${response.modal.title}`);
  }
  await settled();
}

/**
 * Returns the messages that a member can see, newest first. If a channel is given, returns only the messages in this
 * channel.
 */
const visibleTo = ({ discord }: Play, name: string, { place }: ActionOptions): readonly ShownMessage[] =>
  discord.messages
    .filter((one) => (one.to === undefined || one.to === name) && one.place === (place ?? one.place))
    .toReversed();

/** Returns a right or wrong answer: the label of a button, or a year. Undefined if the message has no open question. */
function answerTo(message: Message, bank: Bank, right: boolean): string | { readonly year: number } | undefined {
  const said = wordsOf(message);
  if (!buttonsOf(message).some(({ custom_id }) => /^quiz:(answer|type):/.test(custom_id))) return undefined;
  const questions = [...bank.questions, ...polarFirsts.bank.questions];
  const asked = questions.find(({ ask }) => said.includes(`\n${ask}\n`));
  if (!asked) throw new Error(`no such question: ${said}`);
  if (asked.kind === 'closest-year') return { year: asked.right + (right ? 0 : 20) };
  const correct = asked.options[asked.right];
  if (asked.kind === 'true-false') return asked.options.find((option) => (option === correct) === right);
  const options = [...said.matchAll(/^([A-E]) (.*)$/gm)].map(([, letter, option]) => ({ letter, option }));
  return options.find(({ option }) => (option === correct) === right)?.letter;
}
