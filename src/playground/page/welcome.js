/** The welcome text of an empty channel, with up to four commands and the bot's first suggestions for their values. */
import { h, part, update } from './dom.js';
import { logHere, state } from './state.js';

/** @typedef {import('./command-line.js').Entry} Entry */
/** @typedef {import('./command-line.js').Choice} Choice */
/** Asks the bot for suggestions. @typedef {(entry: Entry, options: any[]) => Promise<Choice[]>} Complete */

/** Commands that are shown before all other commands, if the bot has them. */
const preferredCommands = {
  server: ['help', 'fact', 'event', 'quiz solo', 'quiz group'],
  direct: ['help', 'fact', 'event', 'quiz solo'],
};

/** The index of a command in the preferred commands. @param {Entry} entry */
function rank({ name }) {
  const preferred = preferredCommands[state.place?.guildId ? 'server' : 'direct'];
  return preferred.includes(name) ? preferred.indexOf(name) : preferred.length;
}
const shownCommands = 4;

/**
 * The bot's first suggestion for each command. Undefined while the request is pending or if the bot suggests nothing.
 * @type {Map<string, Choice | undefined>}
 */
const firstSuggestions = new Map();

/** Finds the required option with autocomplete, if any. @param {Entry} entry */
const requiredAutocomplete = ({ options }) => options.find(({ required, autocomplete }) => required && autocomplete);

const keyOf = (/** @type {Entry} */ { name, command }) =>
  [state.me?.id, state.place?.guildId ?? state.place?.id, name, command.id, command.version].join(' ');

/** Shows the welcome text if the channel is empty. Otherwise hides it. @param {Complete} complete */
export function drawWelcome(complete) {
  const empty = state.place !== undefined && logHere().size === 0;
  part('welcome').hidden = !empty;
  if (!empty) return;
  const entries = [...state.entries].sort((a, b) => rank(a) - rank(b)).slice(0, shownCommands);
  part('welcome-title').textContent = `Welcome to ${state.place?.label}`;
  part('welcome-text').textContent =
    entries.length > 0
      ? `${state.world.application.name} is a bot in this playground${entries.some(({ name }) => name === 'help') ? '; /help says what it is about' : ''}. At the top you choose which member you are, and ⚙ shows what the bot sends. Type / to see what it can do, or try one of these:`
      : 'No bot has told its commands yet. They appear here as soon as one does.';
  update(part('suggestions'), ...entries.map((entry) => suggestion(entry, complete)));
}

/** @param {Entry} entry @param {Complete} complete */
function suggestion(entry, complete) {
  const option = requiredAutocomplete(entry);
  const key = keyOf(entry);
  if (option && !firstSuggestions.has(key)) void loadFirstSuggestion(entry, option, key, complete);
  const choice = firstSuggestions.get(key);
  const line = choice ? `${entry.name} ${choice.name}` : entry.name;
  // A suggestion can contain the kind and date of an entry after its name. The button shows only the name.
  const face = choice ? `${entry.name} ${choice.name.split(' · ')[0]}` : entry.name;
  const given = choice && { 'data-choice': JSON.stringify({ ...choice, option: option.name }) };
  return h('button.button.secondary', { type: 'button', dir: 'auto', 'data-command': line, ...given }, `/${face}`);
}

/** @param {Entry} entry @param {any} option @param {string} key @param {Complete} complete */
async function loadFirstSuggestion(entry, { type, name }, key, complete) {
  firstSuggestions.set(key, undefined);
  try {
    const [first] = await complete(entry, [{ type, name, value: '', focused: true }]);
    firstSuggestions.set(key, first);
    if (first) drawWelcome(complete);
  } catch {
    // The command is shown without a value. The next call of drawWelcome requests the suggestion again.
    firstSuggestions.delete(key);
  }
}
