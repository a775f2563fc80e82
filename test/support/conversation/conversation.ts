/**
 * Runs tests that are written as conversations in a channel. The tests use the real app with its real commands and
 * cards. Only Discord, the clock and the disk are fakes. `src/playground/page/conversation-reader.js` lists all kinds
 * of lines. A `bot` line is compared with the messages that the bot has sent since the last line with an action or
 * event.
 */
import { isCheck, readStep, type Step } from '../../../src/playground/page/conversation-reader.js';
import type { Bank } from '../../../src/core/questions/bank.ts';
import { library } from '../caspian.ts';
import { baseCamp, type ActionOptions, general, type ShownMessage } from '../fake-discord.ts';
import { settled } from '../../../src/loopback/virtual-clock.ts';
import { answer, answerBefore, open, press, send, suggest, type, useOn } from './acts.ts';
import { happen } from './events.ts';
import { checkboxTicked, lineOf, textFilledIn, unchanged, wordsOf } from './message-parts.ts';
import { type Play, startPlay } from './play.ts';

interface Setting {
  /** The questions that rounds can ask. The default is all questions of the shipped pack. */
  readonly bank?: Bank;
}

type Script = (parts: TemplateStringsArray, ...values: readonly (string | number)[]) => Promise<void>;

/** Runs a conversation. Rejects at the first line that fails. The error message contains this line. */
export const conversation: Script = conversationWith({});

/** Returns a function like `conversation` that uses other settings. */
export function conversationWith({ bank = library.bank }: Setting): Script {
  return async (parts, ...values) => {
    const play = await startPlay(bank);
    for (const [index, raw] of String.raw({ raw: parts.raw }, ...values)
      .split('\n')
      .entries()) {
      const line = raw.trim();
      if (line === '') continue;
      try {
        await playLine(play, line);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const soFar = play.history.slice(-25).join('\n');
        throw new Error(`line ${index}: ${line}\n${reason}\n\nThe channel so far:\n${soFar}`, { cause: error });
      }
    }
  };
}

async function playLine(play: Play, line: string): Promise<void> {
  const step = readStep(line);
  if (step.kind === 'unreadable') throw new Error('this is no line of a conversation');
  if (isCheck(step)) return perform(play, step);
  play.fresh = [];
  if ('who' in step && !line.startsWith('…')) play.history.push(line);
  return perform(play, step);
}

async function perform(play: Play, step: Step): Promise<void> {
  switch (step.kind) {
    case 'types':
    case 'says':
      return type(play, step.who, step.what, optionsOf(step));
    case 'presses':
      return press(play, step.who, step.what, optionsOf(step));
    case 'answers':
      return answer(play, step.who, step.right, optionsOf(step));
    case 'answers before':
      return answerBefore(play, step.who, step.question, optionsOf(step));
    case 'presses at once':
      await Promise.all(step.labels.map((label, ago) => press(play, step.who, label, { ago })));
      return;
    case 'asks':
      return suggest(play, step.who, step.what);
    case 'fills in':
      await open(play, step.who, step.opener);
      return send(play, step.who, (modal) =>
        step.field === 'checkbox'
          ? checkboxTicked(modal, step.what)
          : textFilledIn(modal, step.what.replaceAll('⏎', '\n')),
      );
    case 'sends':
      return send(play, step.who, (modal) => (step.what === '' ? unchanged(modal) : textFilledIn(modal, step.what)));
    case 'uses on':
      return useOn(play, step.who, step.command, step.what);
    case 'told':
    case 'asked anew':
    case 'unsaid':
    case 'unheard':
    case 'suggested':
    case 'nothing suggested':
      return check(play, step);
    default:
      await happen(play, step);
      return settled();
  }
}

const optionsOf = ({ place, ago }: ActionOptions): ActionOptions => ({
  ...(place !== undefined && { place }),
  ...(ago !== undefined && { ago }),
});

type Check = Extract<Step, { kind: 'told' | 'asked anew' | 'unsaid' | 'unheard' | 'suggested' | 'nothing suggested' }>;

/**
 * @throws {Error} The check failed. If an expected message or suggestion is missing, the error lists what the bot sent
 * instead.
 */
function check(play: Play, step: Check): void {
  const { bank, discord, fresh, oldQuestions, suggestions } = play;
  switch (step.kind) {
    case 'told':
      return expectTold(play, step, (said) => said.includes(step.what));
    case 'asked anew':
      return expectTold(play, step, (said) =>
        bank.questions.some(({ ask }) => !oldQuestions.has(ask) && said.includes(ask)),
      );
    case 'unsaid': {
      const isPublic = ({ to, place }: ShownMessage) => to === undefined && place === general;
      const shows = discord.messages.some((one) => isPublic(one) && wordsOf(one.message).includes(step.what));
      if (shows) throw new Error('the channel shows it');
      return;
    }
    case 'unheard':
      if (fresh.some(({ message }) => wordsOf(message).includes(step.what))) throw new Error('that was said');
      return;
    case 'suggested':
      if (!suggestions.some((one) => one.includes(step.what)))
        throw new Error(`suggested were: ${suggestions.join(' | ')}`);
      return;
    case 'nothing suggested':
      if (suggestions.length > 0) throw new Error(`suggested: ${suggestions.join()}`);
      return;
  }
}

function expectTold(
  play: Play,
  { to, place = general }: { readonly to?: string | undefined; readonly place?: string },
  fits: (said: string) => boolean,
): void {
  const placeOf = (one: ShownMessage) => (one.place === baseCamp ? general : one.place);
  const isAddressed = (one: ShownMessage) => one.to === to && (to !== undefined || placeOf(one) === place);
  const at = play.fresh.findIndex((one) => isAddressed(one) && fits(lineOf(one.message)));
  if (at < 0) {
    const heard = play.fresh.map((one) => `  ${one.to ?? 'channel'}: ${wordsOf(one.message)}`).join('\n');
    throw new Error(`nothing that was said since then is that. Said:\n${heard || '  nothing'}`);
  }
  // The order of messages is checked for each recipient separately. Messages to different recipients may have any
  // order.
  play.fresh = play.fresh.filter((one, index) => index >= at || !isAddressed(one));
}
