/**
 * The line a member writes in, with its menu of commands, options and values. Values may be picked from the menu or
 * typed; the menu never stands between a finished line and Enter: only commands are highlighted unasked.
 */
import { answers, knownValues, matching, range, read, unfinished, unknown } from './command-line.js';
import { bdi, h, part, update } from './dom.js';
import { startMenu } from './menu.js';

/** @typedef {import('./command-line.js').Entry} Entry */
/** @typedef {import('./command-line.js').Choice} Choice */
/** @typedef {import('./command-line.js').Line} Line */
/** @typedef {import('./menu.js').Row} Row */
/**
 * @typedef {object} Ports what the composer asks of the page
 * @property {() => readonly Entry[]} entries
 * @property {() => import('./command-line.js').People} people
 * @property {() => void} opened a slash was typed: a good moment to ask for the commands again
 * @property {(entry: Entry, options: any[]) => Promise<Choice[]>} complete
 * @property {(entry: Entry, options: any[]) => Promise<void>} run rejects with a sentence
 * @property {(text: string) => Promise<void>} post rejects with a sentence
 */

/** Milliseconds; long enough not to ask at every letter, short enough to feel live. */
const restBeforeAsking = 120;

/** Characters. docs, resources/message#create-message; a command may be longer, its options have limits of their own. */
const messageLimit = 2000;

/**
 * Brings the composer to life.
 * @param {Ports} ports
 */
export function startComposer(ports) {
  const input = /** @type {HTMLTextAreaElement} */ (part('composer-text'));
  const hint = part('hint');
  const menu = startMenu(input);
  /** What was picked from the bot's suggestions: the line shows the name, the value is sent. @type {Map<string, Choice>} */
  const picked = new Map();
  /** The bot's suggestions for one piece of text. @type {{ key: string, option: string, choices: Choice[] }} */
  let known = { key: '', option: '', choices: [] };
  let asking = '';
  /** @type {number | undefined} */ let timer;
  let lastSent = '';

  const complain = (/** @type {string} */ text) => {
    part('problem').textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
  };

  const fill = (/** @type {string} */ text, caret = text.length) => {
    input.value = text;
    input.focus();
    input.setSelectionRange(caret, caret);
    complain('');
    refresh();
  };

  /** Puts `text` in the place of everything from `from` to the caret. @param {number} from @param {string} text */
  const replace = (from, text) => {
    const before = input.value.slice(0, from) + text;
    fill(before + input.value.slice(input.selectionStart).trimStart(), before.length);
  };

  function refresh() {
    const text = input.value.slice(0, input.selectionStart);
    const line = text.startsWith('/') ? read(text, ports.entries()) : undefined;
    const inside = line && text.length > line.entry.name.length + 1;
    showHint(line);
    if (!inside) stopAsking();
    if (!text.startsWith('/') || document.activeElement !== input) menu.show([]);
    else if (inside) menu.show([...valueRows(line), ...optionRows(line, text)]);
    // A line that is a whole command already is Enter's, not the menu's.
    else menu.show(matching(text.slice(1), ports.entries()).map(commandRow), line ? -1 : 0);
  }

  /** @param {Entry} entry @returns {Row} */
  const commandRow = ({ name, description }) => ({
    label: `/${name}`,
    detail: description,
    pick: () => replace(0, `/${name} `),
  });

  /** @param {Line} line @returns {Row[]} */
  function valueRows(line) {
    const piece = line.pieces.at(-1);
    const option = piece?.option;
    if (!piece || !option || picked.get(option.name)?.name === piece.text) return [];
    const wanted = piece.text.toLowerCase();
    if (option.autocomplete) ask(line, wanted);
    const fixed = knownValues(option, ports.people()).filter(({ name }) => name.toLowerCase().includes(wanted));
    if (fixed.some(({ name }) => name.toLowerCase() === wanted)) return [];
    const choices = option.autocomplete && known.option === option.name ? known.choices : fixed;
    return choices.map((choice) => ({
      label: choice.name,
      detail: '',
      pick: () => {
        if (option.autocomplete) picked.set(option.name, choice);
        replace(piece.from, `${piece.named ? '' : `${option.name}:`}${choice.name} `);
      },
    }));
  }

  /** The options that are not given yet, where a new one may begin. @param {Line} line @param {string} text @returns {Row[]} */
  function optionRows({ entry, pieces }, text) {
    const piece = pieces.at(-1);
    const word = /\S*$/.exec(text)?.[0].toLowerCase() ?? '';
    if (!piece || (piece.named && (!piece.text || piece.text === word))) return [];
    return entry.options
      .filter(
        ({ name }) => name.startsWith(word) && !pieces.some(({ named, option }) => named && option?.name === name),
      )
      .filter(({ name }) => piece.named || !piece.text || piece.option?.name !== name)
      .map(({ name, description }) => ({
        label: `${name}:`,
        detail: description,
        pick: () => replace(text.length - word.length, `${name}:`),
      }));
  }

  function stopAsking() {
    clearTimeout(timer);
    asking = '';
  }

  /** Asks the bot for suggestions once the typing rests. @param {Line} line @param {string} wanted */
  function ask({ entry, pieces }, wanted) {
    const option = pieces.at(-1)?.option;
    const key = `${entry.name} ${option.name} ${wanted}`;
    if (key === known.key || key === asking) return;
    asking = key;
    clearTimeout(timer);
    timer = setTimeout(() => void answer(), restBeforeAsking);

    async function answer() {
      try {
        const choices = await ports.complete(entry, unfinished({ entry, pieces }, picked, ports.people()));
        if (asking !== key) return;
        known = { key, option: option.name, choices };
        refresh();
      } catch (reason) {
        if (asking !== key) return;
        asking = '';
        complain(`No suggestions: ${reason instanceof Error ? reason.message : 'no answer'}`);
      }
    }
  }

  /** The command as it is understood, with its options to press. @param {Line | undefined} line */
  function showHint(line) {
    hint.hidden = line === undefined;
    if (!line) return;
    const { entry, pieces } = line;
    const now = pieces.at(-1)?.option;
    const chips = entry.options.map((option) => {
      const given = pieces.some((piece) => piece.option === option && piece.text !== '');
      const mark = given ? '✓ ' : undefined;
      const required = option.required ? h('span', { class: 'subtext' }, ' required') : undefined;
      const look = { class: option === now ? 'chip now' : 'chip', 'data-option': option.name };
      return h('button', { type: 'button', ...look }, mark, bdi(option.name), required);
    });
    const about = now ? `${now.name}: ${now.description}${range(now)}` : entry.description;
    update(hint, h('strong', {}, `/${entry.name}`), ...chips, h('span', { class: 'subtext', dir: 'auto' }, about));
  }

  function submit() {
    const text = input.value.trim();
    if (!text) return;
    const line = text.startsWith('/') ? read(text, ports.entries()) : undefined;
    if (text.startsWith('/') && !line) return complain(unknown(text, ports.entries()));
    if (!line && text.length > messageLimit) {
      const much = `${text.length.toLocaleString('en')} of at most ${messageLimit.toLocaleString('en')} characters`;
      return complain(`This message is too long: it has ${much}.`);
    }
    const answer = line && answers(line, picked, ports.people());
    if (answer && 'problem' in answer) return complain(answer.problem);
    const sending = line && answer ? ports.run(line.entry, answer.options) : ports.post(text);
    lastSent = text;
    picked.clear();
    fill('');
    sending.catch((/** @type {Error} */ reason) => {
      if (!input.value) fill(text);
      complain(reason.message);
    });
  }

  input.addEventListener('input', () => {
    complain('');
    if (input.value === '/') ports.opened();
    refresh();
  });
  input.addEventListener('focus', refresh);
  input.addEventListener('blur', () => menu.show([]));
  input.addEventListener('keydown', (event) => {
    const { key, isComposing, shiftKey } = event;
    if (isComposing || (shiftKey && (key === 'Enter' || key === 'Tab'))) return;
    if (!menu.takes(key)) {
      if (key === 'Enter') submit();
      else if (key === 'ArrowUp' && !input.value && lastSent) fill(lastSent);
      else return;
    }
    event.preventDefault();
  });
  hint.addEventListener('click', ({ target }) => {
    const chip = target instanceof Element ? target.closest('[data-option]') : undefined;
    const name = chip?.getAttribute('data-option');
    if (!name) return;
    const there = input.value.search(new RegExp(`\\s${name}:`, 'iu'));
    if (there === -1) fill(`${input.value.trimEnd()} ${name}:`);
    else fill(input.value, there + name.length + 2);
  });
  part('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return {
    /** Fills in a command; what the bot suggested for one of its options is sent as if it were picked. @param {string} line @param {Choice & { option: string }} [choice] */
    offer(line, choice) {
      if (choice) picked.set(choice.option, choice);
      fill(`/${line} `);
    },
    /** Takes in where we are and which commands there are now. @param {string} place */
    arrive(place) {
      input.placeholder = `Message ${place}`;
      input.setAttribute('aria-label', `Message ${place}`);
      refresh();
    },
    /** From now on something may be written. */
    open() {
      input.disabled = false;
    },
  };
}
