/**
 * The text field with its autocomplete menu. Enter picks the highlighted row. If no row is highlighted, Enter submits
 * the line. In a new list of rows, the first row is highlighted only while the member types the name of a command. The
 * arrow keys highlight another row.
 */
import { nonce } from '../../loopback/member-client.js';
import { dataOf, optionsToSend, readLine, unfinishedOptions, unknownCommand } from './command-line.js';
import { showHint } from './composer-hint.js';
import { commandRows, optionRows, valueRows } from './composer-rows.js';
import { h, part } from './dom.js';
import { showStatus } from './frame.js';
import { startMenu } from './menu.js';
import { scrollToEnd } from './message-list.js';
import { callApi, complete, interact, loadCommands, noAnswerText, showErrors } from './session.js';
import { people, state } from './state.js';

/** @typedef {import('./command-line.js').Choice} Choice */
/** @typedef {import('./command-line.js').Line} Line */

/** Debounce time in ms. Suggestions are requested when the member has not typed for this time. */
const typingPause = 120;

/** Maximum length of a message in characters. Discord documentation, resources/message#create-message. */
const messageLimit = 2000;

const input = /** @type {HTMLTextAreaElement} */ (part('composer-text'));
const hint = part('hint');
const menu = startMenu(input);
/**
 * The suggestions that the member picked, by option name. The line shows the name of a suggestion, but the value of the
 * suggestion is sent.
 * @type {Map<string, Choice>}
 */
const picked = new Map();
/** `key` identifies the request for the suggestions. @type {{ key: string, option: string, choices: Choice[] }} */
let suggestions = { key: '', option: '', choices: [] };
/** The key of the pending request for suggestions, if any. */
let pendingKey = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let lastSent = '';

export function startComposer() {
  input.addEventListener('input', () => {
    showProblem('');
    if (input.value === '/') showErrors(loadCommands());
    refresh();
  });
  input.addEventListener('focus', () => refresh());
  input.addEventListener('blur', () => menu.show([]));
  input.addEventListener('keydown', onKey);
  hint.addEventListener('click', ({ target }) => {
    const chip = target instanceof Element ? target.closest('[data-option]') : undefined;
    const name = chip?.getAttribute('data-option');
    if (name) goToOption(name);
  });
  part('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
}

/** Must be called when the channel or its commands have changed. */
export function showChannel() {
  input.setAttribute('aria-label', `Message ${state.place?.label ?? ''}`);
  refresh();
}

export function allowTyping() {
  input.disabled = false;
}

/**
 * Writes a command into the text field. If `choice` is given, it counts as a suggestion that the member has picked.
 * @param {string} line @param {Choice & { option: string }} [choice]
 */
export function offer(line, choice) {
  if (choice) picked.set(choice.option, choice);
  fill(`/${line} `);
}

/**
 * Sends a command and shows the progress. Rejects with an error message for the user.
 * @param {string} name @param {any} command @param {object} data
 */
export async function runCommand(name, command, data) {
  scrollToEnd();
  showStatus(`Sending ${name}…`);
  try {
    const { failed } = await interact(2, data, { application_id: command.application_id });
    if (failed) throw new Error(`${name} failed — ${noAnswerText}`);
  } catch (reason) {
    // The commands are loaded again, because an outdated command can be the cause of the error.
    if (state.session) showErrors(loadCommands());
    throw reason;
  } finally {
    if (state.session) showStatus('');
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, isComposing, shiftKey } = event;
  if (isComposing || (shiftKey && (key === 'Enter' || key === 'Tab'))) return;
  if (!menu.takes(key)) {
    if (key === 'Enter') submit();
    else if (key === 'ArrowUp' && !input.value && lastSent) fill(lastSent);
    else return;
  }
  event.preventDefault();
}

/**
 * Moves the caret to the value of an option. Adds the option if the line does not contain it.
 * @param {string} name
 */
function goToOption(name) {
  const { value } = input;
  const at = value.search(new RegExp(`\\s${name}:`, 'iu'));
  if (at === -1) fill(`${value.trimEnd()} ${name}:`);
  else fill(value, at + name.length + 2);
}

/** Shows an error message, or removes it. @param {string} text */
function showProblem(text) {
  part('problem').textContent = text;
  input.setAttribute('aria-invalid', String(text !== ''));
}

/**
 * Shows why a line was not sent. Closes the menu, because the open menu would cover the messages of the channel until
 * the member types again.
 * @param {string} problem
 */
function refuse(problem) {
  cancelRequest();
  menu.show([]);
  showProblem(problem);
}

/** @param {string} text @param {number} [caret] */
function fill(text, caret = text.length) {
  input.value = text;
  input.focus();
  input.setSelectionRange(caret, caret);
  showProblem('');
  refresh();
}

/** Replaces the text between the index `from` and the caret. @param {number} from @param {string} text */
function replace(from, text) {
  const { value, selectionStart } = input;
  const before = value.slice(0, from) + text;
  fill(before + value.slice(selectionStart).trimStart(), before.length);
}

/** Updates hint and menu. @param {boolean} [isSameLine] keeps the highlighted row */
function refresh(isSameLine = false) {
  const text = input.value.slice(0, input.selectionStart);
  const line = text.startsWith('/') ? readLine(text, state.entries) : undefined;
  const isInOptions = line && text.length > line.entry.name.length + 1;
  showHint(hint, line);
  if (!isInOptions) cancelRequest();
  if (!text.startsWith('/') || document.activeElement !== input) return menu.show([]);
  // If the command name is complete, no row is highlighted, so that the Enter key submits the line.
  if (!isInOptions) return menu.show(commandRows(text, state.entries, replace), line ? -1 : 0);
  requestSuggestions(line);
  const suggestionsFor = (/** @type {any} */ { name, autocomplete }) =>
    autocomplete && suggestions.option === name ? suggestions.choices : undefined;
  const values = valueRows(line, { people: people(), picked, suggestionsFor, replace, chooseFile });
  const rows = [...values, ...optionRows(line, text, replace)];
  if (isSameLine) menu.refresh(rows);
  else menu.show(rows);
}

/** Opens the file picker. @param {(file: File) => void} done */
function chooseFile(done) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'file' }));
  input.addEventListener('change', () => input.files?.[0] && done(input.files[0]));
  input.click();
}

function cancelRequest() {
  clearTimeout(timer);
  pendingKey = '';
}

/** Requests suggestions for the last option, after a pause in typing. @param {Line} line */
function requestSuggestions(line) {
  const piece = line.pieces.at(-1);
  const option = piece?.option;
  if (!option?.autocomplete || picked.get(option.name)?.name === piece?.text) return;
  const key = `${line.entry.name} ${option.name} ${piece?.text.toLowerCase()}`;
  if (key === suggestions.key || key === pendingKey) return;
  pendingKey = key;
  clearTimeout(timer);
  timer = setTimeout(() => void loadSuggestions(line, key, option.name), typingPause);
}

/** @param {Line} line @param {string} key @param {string} option */
async function loadSuggestions({ entry, pieces }, key, option) {
  try {
    const choices = await complete(entry, unfinishedOptions({ entry, pieces }, picked, people()));
    if (pendingKey !== key) return;
    suggestions = { key, option, choices };
    refresh(true);
  } catch (reason) {
    if (pendingKey !== key) return;
    pendingKey = '';
    showProblem(`No suggestions: ${reason instanceof Error ? reason.message : 'no answer'}`);
  }
}

/** Submits the line, and restores it after an error. */
function submit() {
  const text = input.value.trim();
  if (!text) return;
  const line = text.startsWith('/') ? readLine(text, state.entries) : undefined;
  if (text.startsWith('/') && !line) return refuse(unknownCommand(text, state.entries));
  if (!line && text.length > messageLimit) {
    const much = `${text.length.toLocaleString('en')} of at most ${messageLimit.toLocaleString('en')} characters`;
    return refuse(`This message is too long: it has ${much}.`);
  }
  const answer = line && optionsToSend(line, picked, people());
  if (answer && 'problem' in answer) return refuse(answer.problem);
  const { entry } = line ?? {};
  const sending =
    entry && answer
      ? runCommand(`/${entry.name}`, entry.command, dataOf(entry, answer.options))
      : callApi('POST', `/channels/${state.place?.id}/messages`, { content: text, nonce: nonce() });
  lastSent = text;
  picked.clear();
  fill('');
  sending.catch((/** @type {Error} */ reason) => {
    if (!input.value) fill(text);
    refuse(reason.message);
  });
}
