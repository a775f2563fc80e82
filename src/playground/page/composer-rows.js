/** The rows of the autocomplete menu: commands, values and options that match the typed line. */
import { knownValues, matchingEntries } from './command-line.js';

/** @typedef {import('./command-line.js').Entry} Entry */
/** @typedef {import('./command-line.js').Choice} Choice */
/** @typedef {import('./command-line.js').Line} Line */
/** @typedef {import('./menu.js').Row} Row */
/**
 * Replaces the text between the index `from` and the caret.
 * @typedef {(from: number, text: string) => void} Replace
 */
/**
 * The data from which the rows are built.
 * @typedef {object} Offer
 * @property {import('./command-line.js').People} people
 * @property {Map<string, Choice>} picked the suggestions that the member picked, by option name
 * @property {(option: any) => readonly Choice[] | undefined} suggestionsFor the bot's last suggestions
 * @property {Replace} replace
 * @property {(done: (file: File) => void) => void} chooseFile opens the file picker
 */

/** @param {string} text with the slash @param {readonly Entry[]} entries @param {Replace} replace @returns {Row[]} */
export const commandRows = (text, entries, replace) =>
  matchingEntries(text.slice(1), entries).map(({ name, description }) => ({
    label: `/${name}`,
    detail: description,
    pick: () => replace(0, `/${name} `),
  }));

/** Returns rows for values of the current option. @param {Line} line @param {Offer} offer @returns {Row[]} */
export function valueRows(line, { people, picked, suggestionsFor, replace, chooseFile }) {
  const piece = line.pieces.at(-1);
  const option = piece?.option;
  if (!piece || !option || picked.get(option.name)?.name === piece.text) return [];
  const take = (/** @type {Choice} */ choice) => {
    if (option.autocomplete || option.type === 11) picked.set(option.name, choice);
    replace(piece.from, `${piece.named ? '' : `${option.name}:`}${choice.name} `);
  };
  if (option.type === 11) {
    const pick = () => chooseFile((file) => take({ name: file.name, value: file }));
    return [{ label: 'Choose a file…', detail: option.description, pick }];
  }
  const wanted = piece.text.toLowerCase();
  const fixed = knownValues(option, people).filter(({ name }) => name.toLowerCase().includes(wanted));
  if (fixed.some(({ name }) => name.toLowerCase() === wanted)) return [];
  const choices = suggestionsFor(option) ?? fixed;
  return choices.map((choice) => ({
    label: choice.name,
    detail: '',
    pick: () => take(choice),
  }));
}

/**
 * Returns rows for the options that the line does not contain yet.
 * @param {Line} line @param {string} text @param {Replace} replace @returns {Row[]}
 */
export function optionRows({ entry, pieces }, text, replace) {
  const piece = pieces.at(-1);
  const word = /\S*$/.exec(text)?.[0].toLowerCase() ?? '';
  if (!piece || (piece.named && (!piece.text || piece.text === word))) return [];
  return entry.options
    .filter(({ name }) => name.startsWith(word) && !pieces.some(({ named, option }) => named && option?.name === name))
    .filter(({ name }) => piece.named || !piece.text || piece.option?.name !== name)
    .map(({ name, description }) => ({
      label: `${name}:`,
      detail: description,
      pick: () => replace(text.length - word.length, `${name}:`),
    }));
}
