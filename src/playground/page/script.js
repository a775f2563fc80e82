// @ts-check
/** Parses a conversation for the page. Says what to write instead of a line that cannot be played. */
import { plainEvents, readStep } from './conversation-reader.js';

/**
 * @typedef {{ number: number, text: string } & (
 *   | { kind: 'types' | 'says' | 'presses' | 'asks', who: string, privately: boolean, what: string }
 *   | { kind: 'told', to: string | undefined, what: string }
 *   | { kind: 'suggested' | 'unsaid', what: string }
 *   | { kind: 'nothing suggested' }
 *   | { kind: 'waits', ms: number }
 *   | { kind: 'happens', what: string }
 * )} Step a parsed line; line numbers start at 1
 * @typedef {{ number: number, text: string, problem: string }} Trouble
 *   a line that cannot be played; `problem` says why
 */

const forms = 'ana: /command, ana: (button), bot: words, bot to ana: words, or … 5s';
/** The kinds of steps that are allowed only in tests: events in the first list, all other steps in the second list. */
const testEvents = ['away', 'slows', 'happens in tests', 'forgotten', 'leaves', 'returns', 'scores'];
const testLines = ['fills in', 'sends', 'uses on', 'presses at once', 'unheard'];

/**
 * Returns the steps of a conversation, and the lines that cannot be played.
 * @param {string} script @param {readonly string[]} members usernames @returns {{ steps: Step[], troubles: Trouble[] }}
 */
export function readScript(script, members) {
  /** @type {Step[]} */
  const steps = [];
  /** @type {Trouble[]} */
  const troubles = [];
  for (const [index, raw] of script.split('\n').entries()) {
    const line = { number: index + 1, text: raw.trim() };
    if (!line.text) continue;
    const found = playable(line.text, members);
    if ('problem' in found) troubles.push({ ...line, ...found });
    else steps.push({ ...line, ...found });
  }
  return { steps, troubles };
}

/**
 * Returns the step of a line, without the fields `number` and `text`. If the line cannot be played, returns a problem.
 * @param {string} text @param {readonly string[]} members @returns {any}
 */
function playable(text, members) {
  const step = readStep(text);
  const name = text.slice(0, text.indexOf(':'));
  if (step.kind === 'unreadable' && step.event === undefined)
    return { problem: `This is no line of a conversation. Write one of: ${forms}.` };
  if (step.kind === 'unreadable') return noEvent(text, 'is not known here');
  if (testEvents.includes(step.kind) || ('unit' in step && step.unit === 'd'))
    return noEvent(text, 'happens in the tests only');
  if (testLines.includes(step.kind) || 'place' in step || 'ago' in step || name.startsWith('club-'))
    return { problem: `“${name}:” is for the tests only. Write one of: ${forms}.` };
  if ('what' in step && !step.what) return { problem: `Nothing stands after “${name}:”. Write one of: ${forms}.` };
  if (step.kind === 'asked anew')
    return {
      problem: 'Only tests can check which question is new. Write words of the question, such as bot: Question 2.',
    };
  const written = 'who' in step ? step.who : 'to' in step ? step.to : undefined;
  if (written === undefined) return step;
  const who = written.replace(/^dm-/, '');
  if (!members.includes(who))
    return { problem: `There is no member “${who}”. There are: ${members.join(', ')}; and the bot is called bot.` };
  if (step.kind === 'told') return { ...step, to: who };
  if (step.kind === 'asks' && !step.what.startsWith('/')) return { problem: 'A command begins with a slash.' };
  if (step.kind === 'answers' || step.kind === 'answers before')
    return { problem: 'Only tests know which answer is right. Press a letter, such as (A).' };
  return { ...step, who, privately: written !== who };
}

/** @param {string} text @param {string} why */
const noEvent = (text, why) => ({
  problem: `“${text.replace(/^\.\.\. */, '… ')}” ${why}. Here there are: … 5s, ${plainEvents.map((one) => `… ${one}`).join(', ')}.`,
});
