/** The part of the drawer in which the user writes and plays a conversation. The result of each line is shown. */
import { isCheck } from './conversation-reader.js';
import { h, part } from './dom.js';
import { play } from './player.js';
import { readScript } from './script.js';
import { state } from './state.js';

const example = `ana: /quiz group questions:3 thread:no
bot: invites you to 3 questions
ben: (Join)
bot to ben: You are in.
ana: (Start now)
bot: Question 1 of 3
… 2s
ben: (A)
bot to ben: Locked A
ana: /quiz stop
bot: Podium`;
const input = /** @type {HTMLTextAreaElement} */ (part('script'));
const showResult = (/** @type {string} */ text) => {
  part('script-said').textContent = text;
};
/** @type {AbortController | undefined} */
let playing;

export function startScriptBox() {
  input.value = example;
  part('play').addEventListener('click', () => {
    if (playing) playing.abort(new Error('You stopped it.'));
    else void playScript();
  });
}

/** Fills the text box with a conversation and plays the conversation. @param {string} script */
export function playConversation(script) {
  input.value = script;
  return playScript();
}

async function playScript() {
  const { steps, troubles } = readScript(
    input.value,
    state.world.members.map(({ username }) => username),
  );
  const link = part('script-link');
  link.setAttribute('href', `?${new URLSearchParams({ script: input.value })}${location.hash}`);
  link.hidden = false;
  if (troubles.length > 0) {
    part('played').replaceChildren(
      ...troubles.map(({ number, text, problem }) => row(number, text, 'not read', problem)),
    );
    return showResult('Nothing was played: these lines cannot be read.');
  }
  if (steps.length === 0) return showResult('Write a conversation first, one line for each thing said or done.');
  const rows = new Map(steps.map((step) => [step, row(step.number, step.text, '', '')]));
  part('played').replaceChildren(...rows.values());
  playing = new AbortController();
  part('play').textContent = 'Stop';
  showResult('Playing…');
  try {
    await play(
      steps,
      (step, verdict, note = '') => {
        const fresh = row(step.number, step.text, verdict, note);
        rows.get(step)?.replaceWith(fresh);
        rows.set(step, fresh);
        fresh.scrollIntoView({ block: 'nearest' });
      },
      playing.signal,
    );
    const met = part('played').querySelectorAll('[data-verdict="met"]').length;
    showResult(`Played to the end: ${met} of ${steps.filter(isCheck).length} lines of the bot were met.`);
  } catch (reason) {
    showResult(`It ended early. ${reason instanceof Error ? reason.message : String(reason)}`);
  } finally {
    playing = undefined;
    part('play').textContent = 'Play this conversation';
  }
}

/** @param {number} number @param {string} text @param {string} verdict @param {string} note */
const row = (number, text, verdict, note) =>
  h(
    'li',
    { value: number, 'data-verdict': verdict || undefined },
    h('span', { dir: 'auto' }, text),
    ' ',
    verdict ? h('strong', verdict) : undefined,
    note ? h('p.failure', { dir: 'auto' }, note) : undefined,
  );
