/** The rows of the composer's menu for a line that is being typed: commands, values of an option, names of options. */
import { knownValues, matchingEntries } from './command-line.js';

/** @typedef {import('./command-line.js').Entry} Entry */
/** @typedef {import('./command-line.js').Choice} Choice */
/** @typedef {import('./command-line.js').Line} Line */
/** @typedef {import('./menu.js').Row} Row */
/** @typedef {(from: number, text: string) => void} Replace puts `text` in the place of everything from `from` to the caret */
/**
 * @typedef {object} Offer what the rows are made from
 * @property {import('./command-line.js').People} people
 * @property {Map<string, Choice>} picked by option name
 * @property {(option: any) => readonly Choice[] | undefined} suggestionsFor the bot's last suggestions, if they are for this option
 * @property {Replace} replace
 */

/** Commands that fit the text. @param {string} text with its slash @param {readonly Entry[]} entries @param {Replace} replace @returns {Row[]} */
export const commandRows = (text, entries, replace) =>
  matchingEntries(text.slice(1), entries).map(({ name, description }) => ({
    label: `/${name}`,
    detail: description,
    pick: () => replace(0, `/${name} `),
  }));

/** Values for the option that is being typed. @param {Line} line @param {Offer} offer @returns {Row[]} */
export function valueRows(line, { people, picked, suggestionsFor, replace }) {
  const piece = line.pieces.at(-1);
  const option = piece?.option;
  if (!piece || !option || picked.get(option.name)?.name === piece.text) return [];
  const wanted = piece.text.toLowerCase();
  const fixed = knownValues(option, people).filter(({ name }) => name.toLowerCase().includes(wanted));
  if (fixed.some(({ name }) => name.toLowerCase() === wanted)) return [];
  const choices = suggestionsFor(option) ?? fixed;
  return choices.map((choice) => ({
    label: choice.name,
    detail: '',
    pick: () => {
      if (option.autocomplete) picked.set(option.name, choice);
      replace(piece.from, `${piece.named ? '' : `${option.name}:`}${choice.name} `);
    },
  }));
}

/** Options that have no value yet, where the name of an option can begin. @param {Line} line @param {string} text @param {Replace} replace @returns {Row[]} */
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
