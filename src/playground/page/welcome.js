/**
 * What an empty place says: three lines to try. They are taken from the bot that is there, so none of them finds
 * nothing: its commands, and where one needs something that it suggests itself, its first suggestion for an empty text.
 */
import { h, part, update } from './dom.js';
import { logHere, state } from './state.js';

/** @typedef {import('./command-line.js').Entry} Entry */
/** @typedef {import('./command-line.js').Choice} Choice */
/** @typedef {(entry: Entry, options: any[]) => Promise<Choice[]>} Complete asks the bot for suggestions */

/** What a first visitor likes to see first, where the bot has it. */
const good = ['event', 'quiz group', 'leaderboard', 'quiz solo'];
const rank = (/** @type {Entry} */ { name }) => (good.includes(name) ? good.indexOf(name) : good.length);
const shown = 3;

/** The bot's first suggestion, by place, command and version; undefined while it is awaited, or where it gave none. @type {Map<string, Choice | undefined>} */
const suggested = new Map();

/** The option that has to be given and that the bot has suggestions for. @param {Entry} entry */
const asked = ({ options }) => options.find(({ required, autocomplete }) => required && autocomplete);

const keyOf = (/** @type {Entry} */ { name, command }) =>
  [state.me?.id, state.place?.guildId ?? state.place?.id, name, command.id, command.version].join(' ');

/** Draws the welcome of an empty place, and takes it away where something was said. @param {Complete} complete */
export function drawWelcome(complete) {
  const empty = state.place !== undefined && logHere().size === 0;
  part('welcome').hidden = !empty;
  if (!empty) return;
  const entries = [...state.entries].sort((a, b) => rank(a) - rank(b)).slice(0, shown);
  part('welcome-title').textContent = `Welcome to ${state.place?.label}`;
  part('welcome-text').textContent =
    entries.length > 0
      ? 'Type / to see what the bot can do, or try one of these:'
      : 'No bot has told its commands yet. They appear here as soon as one does.';
  update(part('suggestions'), ...entries.map((entry) => suggestion(entry, complete)));
}

/** @param {Entry} entry @param {Complete} complete */
function suggestion(entry, complete) {
  const option = asked(entry);
  const key = keyOf(entry);
  if (option && !suggested.has(key)) void ask(entry, option, key, complete);
  const choice = suggested.get(key);
  const line = choice ? `${entry.name} ${choice.name}` : entry.name;
  const given = choice && { 'data-choice': JSON.stringify({ ...choice, option: option.name }) };
  return h('button', { type: 'button', class: 'button secondary', 'data-command': line, ...given }, `/${line}`);
}

/** @param {Entry} entry @param {any} option @param {string} key @param {Complete} complete */
async function ask(entry, { type, name }, key, complete) {
  suggested.set(key, undefined);
  try {
    const [first] = await complete(entry, [{ type, name, value: '', focused: true }]);
    suggested.set(key, first);
    if (first) drawWelcome(complete);
  } catch {
    // The command alone is offered then, and the next look at an empty place asks again.
    suggested.delete(key);
  }
}
