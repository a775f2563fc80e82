/**
 * The text field with its autocomplete menu. Enter submits a line, unless a row is highlighted. A row is highlighted by
 * default only while the name of a command is being typed.
 */
import { optionsToSend, readLine, unfinishedOptions, unknownCommand } from './command-line.js';
import { showHint } from './composer-hint.js';
import { commandRows, optionRows, valueRows } from './composer-rows.js';
import { h, part } from './dom.js';
import { startMenu } from './menu.js';

/** @typedef {import('./command-line.js').Entry} Entry */
/** @typedef {import('./command-line.js').Choice} Choice */
/** @typedef {import('./command-line.js').Line} Line */
/**
 * @typedef {object} Ports the functions of the page that the composer calls
 * @property {() => readonly Entry[]} entries
 * @property {() => import('./command-line.js').People} people
 * @property {() => void} opened called when the member has typed a slash; reloads the commands
 * @property {(entry: Entry, options: any[]) => Promise<Choice[]>} complete
 * @property {(entry: Entry, options: any[]) => Promise<void>} run rejects with an error message for the user
 * @property {(text: string) => Promise<void>} post rejects with an error message for the user
 */
/**
 * @typedef {object} Composer
 * @property {Ports} ports
 * @property {HTMLTextAreaElement} input
 * @property {HTMLElement} hint
 * @property {ReturnType<typeof startMenu>} menu
 * @property {Map<string, Choice>} picked by option; the line shows the name of a suggestion, but its value is sent
 * @property {{ key: string, option: string, choices: Choice[] }} suggestions `key` identifies their request
 * @property {string} pendingKey the key of the pending request for suggestions, if any
 * @property {number | undefined} timer
 * @property {string} lastSent
 */

/** Debounce time in ms. Suggestions are requested when the member has not typed for this time. */
const typingPause = 120;

/** Maximum length of a message that is no command. Discord documentation, resources/message#create-message. */
const messageLimit = 2000;

/** @param {Ports} ports */
export function startComposer(ports) {
  const input = /** @type {HTMLTextAreaElement} */ (part('composer-text'));
  /** @type {Composer} */
  const composer = {
    ports,
    input,
    hint: part('hint'),
    menu: startMenu(input),
    picked: new Map(),
    suggestions: { key: '', option: '', choices: [] },
    pendingKey: '',
    timer: undefined,
    lastSent: '',
  };
  listen(composer);
  return {
    /**
     * Writes a command, as if the member had picked the suggestion `choice`.
     * @param {string} line @param {Choice & { option: string }} [choice]
     */
    offer(line, choice) {
      if (choice) composer.picked.set(choice.option, choice);
      fill(composer, `/${line} `);
    },
    /** Must be called when the channel or its commands have changed. @param {string} place */
    setChannel(place) {
      input.placeholder = `Message ${place} or type /`;
      input.setAttribute('aria-label', `Message ${place}`);
      refresh(composer);
    },
    open() {
      input.disabled = false;
    },
  };
}

/** @param {Composer} composer */
function listen(composer) {
  const { input, hint, menu, ports } = composer;
  input.addEventListener('input', () => {
    showProblem(composer, '');
    if (input.value === '/') ports.opened();
    refresh(composer);
  });
  input.addEventListener('focus', () => refresh(composer));
  input.addEventListener('blur', () => menu.show([]));
  input.addEventListener('keydown', (event) => onKey(composer, event));
  hint.addEventListener('click', ({ target }) => {
    const chip = target instanceof Element ? target.closest('[data-option]') : undefined;
    const name = chip?.getAttribute('data-option');
    if (name) goToOption(composer, name);
  });
  part('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit(composer);
  });
}

/** @param {Composer} composer @param {KeyboardEvent} event */
function onKey(composer, event) {
  const { input, menu, lastSent } = composer;
  const { key, isComposing, shiftKey } = event;
  if (isComposing || (shiftKey && (key === 'Enter' || key === 'Tab'))) return;
  if (!menu.takes(key)) {
    if (key === 'Enter') submit(composer);
    else if (key === 'ArrowUp' && !input.value && lastSent) fill(composer, lastSent);
    else return;
  }
  event.preventDefault();
}

/** Moves the caret to an option, which is added if necessary. @param {Composer} composer @param {string} name */
function goToOption(composer, name) {
  const { value } = composer.input;
  const at = value.search(new RegExp(`\\s${name}:`, 'iu'));
  if (at === -1) fill(composer, `${value.trimEnd()} ${name}:`);
  else fill(composer, value, at + name.length + 2);
}

/** Shows an error message, or removes it. @param {Composer} composer @param {string} text */
function showProblem({ input }, text) {
  part('problem').textContent = text;
  input.setAttribute('aria-invalid', String(text !== ''));
}

/** @param {Composer} composer @param {string} text @param {number} [caret] */
function fill(composer, text, caret = text.length) {
  const { input } = composer;
  input.value = text;
  input.focus();
  input.setSelectionRange(caret, caret);
  showProblem(composer, '');
  refresh(composer);
}

/**
 * Replaces the text between the index `from` and the caret.
 * @param {Composer} composer @param {number} from @param {string} text
 */
function replace(composer, from, text) {
  const { value, selectionStart } = composer.input;
  const before = value.slice(0, from) + text;
  fill(composer, before + value.slice(selectionStart).trimStart(), before.length);
}

/** Updates hint and menu. @param {Composer} composer @param {boolean} [isSameLine] keeps the highlighted row */
function refresh(composer, isSameLine = false) {
  const { input, menu, ports, picked } = composer;
  const text = input.value.slice(0, input.selectionStart);
  const line = text.startsWith('/') ? readLine(text, ports.entries()) : undefined;
  const isInOptions = line && text.length > line.entry.name.length + 1;
  const replaceText = (/** @type {number} */ from, /** @type {string} */ by) => replace(composer, from, by);
  showHint(composer.hint, line);
  if (!isInOptions) cancelRequest(composer);
  if (!text.startsWith('/') || document.activeElement !== input) return menu.show([]);
  // No row is highlighted if the command name is complete, because the Enter key then submits the line.
  if (!isInOptions) return menu.show(commandRows(text, ports.entries(), replaceText), line ? -1 : 0);
  requestSuggestions(composer, line);
  const people = ports.people();
  const suggestionsFor = (/** @type {any} */ { name, autocomplete }) =>
    autocomplete && composer.suggestions.option === name ? composer.suggestions.choices : undefined;
  const values = valueRows(line, { people, picked, suggestionsFor, replace: replaceText, chooseFile });
  const rows = [...values, ...optionRows(line, text, replaceText)];
  if (isSameLine) menu.refresh(rows);
  else menu.show(rows);
}

/** Opens the file picker. @param {(file: File) => void} done */
function chooseFile(done) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'file' }));
  input.addEventListener('change', () => input.files?.[0] && done(input.files[0]));
  input.click();
}

/** @param {Composer} composer */
function cancelRequest(composer) {
  clearTimeout(composer.timer);
  composer.pendingKey = '';
}

/** Requests suggestions for the last option, after a pause in typing. @param {Composer} composer @param {Line} line */
function requestSuggestions(composer, line) {
  const { picked, suggestions } = composer;
  const piece = line.pieces.at(-1);
  const option = piece?.option;
  if (!option?.autocomplete || picked.get(option.name)?.name === piece?.text) return;
  const key = `${line.entry.name} ${option.name} ${piece?.text.toLowerCase()}`;
  if (key === suggestions.key || key === composer.pendingKey) return;
  composer.pendingKey = key;
  clearTimeout(composer.timer);
  composer.timer = setTimeout(() => void loadSuggestions(composer, line, key, option.name), typingPause);
}

/** @param {Composer} composer @param {Line} line @param {string} key @param {string} option */
async function loadSuggestions(composer, { entry, pieces }, key, option) {
  const { ports, picked } = composer;
  try {
    const choices = await ports.complete(entry, unfinishedOptions({ entry, pieces }, picked, ports.people()));
    if (composer.pendingKey !== key) return;
    composer.suggestions = { key, option, choices };
    refresh(composer, true);
  } catch (reason) {
    if (composer.pendingKey !== key) return;
    composer.pendingKey = '';
    showProblem(composer, `No suggestions: ${reason instanceof Error ? reason.message : 'no answer'}`);
  }
}

/** Submits the line, and restores it after an error. @param {Composer} composer */
function submit(composer) {
  const { input, ports, picked } = composer;
  const text = input.value.trim();
  if (!text) return;
  const line = text.startsWith('/') ? readLine(text, ports.entries()) : undefined;
  if (text.startsWith('/') && !line) return showProblem(composer, unknownCommand(text, ports.entries()));
  if (!line && text.length > messageLimit) {
    const much = `${text.length.toLocaleString('en')} of at most ${messageLimit.toLocaleString('en')} characters`;
    return showProblem(composer, `This message is too long: it has ${much}.`);
  }
  const answer = line && optionsToSend(line, picked, ports.people());
  if (answer && 'problem' in answer) return showProblem(composer, answer.problem);
  const sending = line && answer ? ports.run(line.entry, answer.options) : ports.post(text);
  composer.lastSent = text;
  picked.clear();
  fill(composer, '');
  sending.catch((/** @type {Error} */ reason) => {
    if (!input.value) fill(composer, text);
    showProblem(composer, reason.message);
  });
}
