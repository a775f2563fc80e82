/**
 * Parses commands that a member types, such as `/quiz group topic:caspian questions:3`. All functions are pure and need
 * no DOM or network. The value after `name:` ends at the next `name:` of a known option. Text before the first `name:`
 * is the value of the first option whose name does not occur in the line.
 */

/** @typedef {any} Option a command option in the format of Discord's API */
/** @typedef {{ name: string, command: any, description: string, options: Option[] }} Entry a command or subcommand */
/**
 * A value that the member typed for an option. `from` is the position in the command line at which the value begins.
 * @typedef {{ option?: Option, named: boolean, text: string, from: number }} Piece
 */
/** @typedef {{ entry: Entry, pieces: Piece[] }} Line */
/** @typedef {{ id: string, name: string }} Named */
/**
 * The members and channels that can be values of options.
 * @typedef {{ members: readonly Named[], channels: readonly Named[] }} People
 */
/**
 * A value of an option, and the name that stands for it in the command line. Only attachment options have a File.
 * @typedef {{ name: string, value: string | number | File }} Choice
 */

/** Returns all commands and subcommands, sorted by name. @param {any[]} commands @returns {Entry[]} */
export const entriesOf = (commands) =>
  commands
    .filter(({ type = 1 }) => type === 1)
    .flatMap((command) => subcommandsOf(command, command, command.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** @param {any} command @param {any} node @param {string} name @returns {Entry[]} */
function subcommandsOf(command, node, name) {
  const options = node.options ?? [];
  const inner = options.filter((/** @type {any} */ { type }) => type === 1 || type === 2);
  if (inner.length > 0)
    return inner.flatMap((/** @type {any} */ one) => subcommandsOf(command, one, `${name} ${one.name}`));
  const ordered = [...options].sort((a, b) => Number(b.required === true) - Number(a.required === true));
  return [{ name, command, description: node.description, options: ordered }];
}

/**
 * Finds commands. Matches at the start of the name come first, then at the start of a later word, then elsewhere in the
 * name, then in the description.
 * @param {string} typed @param {readonly Entry[]} entries
 */
export function matchingEntries(typed, entries) {
  const wanted = typed.toLowerCase().trimEnd();
  const rank = (/** @type {Entry} */ { name, description }) => {
    if (name.startsWith(wanted)) return 0;
    if (name.includes(` ${wanted}`)) return 1;
    if (name.includes(wanted)) return 2;
    return description.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return entries.filter((entry) => rank(entry) < 4).sort((a, b) => rank(a) - rank(b));
}

/**
 * If a line begins with a known command, splits it into the command and its values. Otherwise returns undefined.
 * @param {string} text @param {readonly Entry[]} entries @returns {Line | undefined}
 */
export function readLine(text, entries) {
  const typed = text.slice(1).toLowerCase();
  const fits = entries.filter(
    ({ name }) => typed === name || (/^\s/.test(typed.slice(name.length)) && typed.startsWith(name)),
  );
  const entry = fits.sort((a, b) => b.name.length - a.name.length)[0];
  if (!entry) return undefined;
  const start = 1 + entry.name.length;
  const optionOf = (/** @type {string} */ name) => entry.options.find((option) => option.name === name.toLowerCase());
  const marks = [...text.slice(start).matchAll(/(?<=\s)([-_'\p{L}\p{N}]{1,32}):/gu)]
    .map((match) => ({ option: optionOf(match[1] ?? ''), at: start + match.index, length: match[0].length }))
    .filter(({ option }) => option !== undefined);
  const free = entry.options.find((option) => marks.every((mark) => mark.option !== option));
  const ends = [...marks.map(({ at }) => at), text.length];
  return {
    entry,
    pieces: [{ option: free, at: start, length: 0 }, ...marks].map(({ option, at, length }, index) => {
      const raw = text.slice(at + length, ends[index]);
      const from = at + length + (raw.length - raw.trimStart().length);
      return { option, named: index > 0, text: raw.trim(), from };
    }),
  };
}

/**
 * Returns the options to send, or an error message if the line is not a complete command.
 * @param {Line} line
 * @param {ReadonlyMap<string, Choice>} picked the suggestions that the member picked, by option name
 * @param {People} people
 * @returns {{ options: any[] } | { problem: string }}
 */
export function optionsToSend({ entry, pieces }, picked, people) {
  /** @type {any[]} */
  const options = [];
  for (const { option, named, text } of pieces) {
    if (!named && !text) continue;
    const strange = !named && /^([-_\p{L}\p{N}]{1,32}):(?!\/\/)\S/u.exec(text)?.[1];
    const known = entry.options.map(({ name }) => name).join(', ');
    if (strange) return { problem: `/${entry.name} has no option “${strange}”. It has: ${known || 'none'}.` };
    if (!option) return { problem: known ? `“${text}” has no place here.` : `/${entry.name} takes nothing after it.` };
    if (options.some(({ name }) => name === option.name)) return { problem: `“${option.name}” is given twice.` };
    const choice = picked.get(option.name);
    const found = choice?.name === text ? { value: choice.value } : valueOf(option, text, people);
    if ('problem' in found) return { problem: `“${option.name}” ${found.problem}` };
    options.push({ type: option.type, name: option.name, value: found.value });
  }
  const missing = entry.options.find(({ name, required }) => required && !options.some((one) => one.name === name));
  if (!missing) return { options };
  if (missing.type === 11) return { problem: `“${missing.name}” is missing: ${missing.description}.` };
  return { problem: `Type something after /${entry.name} before you send it.` };
}

/**
 * @param {Option} option @param {string} text @param {People} people
 * @returns {{ value: string | number | boolean | File } | { problem: string }}
 */
function valueOf(option, text, people) {
  if (!text) return { problem: `is empty: ${option.description}.` };
  if (option.choices?.length > 0) {
    const choice = option.choices.find(
      (/** @type {{ name: string, value: string | number }} */ one) =>
        same(one.name, text) || same(String(one.value), text),
    );
    if (choice) return { value: choice.value };
    return { problem: `must be one of: ${option.choices.map((/** @type {Choice} */ one) => one.name).join(', ')}.` };
  }
  switch (option.type) {
    case 3:
      if (text.length < (option.min_length ?? 0)) return { problem: `needs at least ${option.min_length} characters.` };
      if (text.length > (option.max_length ?? 6000))
        return { problem: `takes at most ${option.max_length ?? 6000} characters.` };
      return { value: text };
    case 4:
    case 10: {
      const { min_value: least = -(2 ** 53), max_value: most = 2 ** 53 } = option;
      const fits = (option.type === 4 ? /^-?\d{1,16}$/ : /^-?\d{1,16}(\.\d+)?$/).test(text);
      const value = Number(text);
      if (fits && value >= least && value <= most) return { value };
      return { problem: `must be a ${option.type === 4 ? 'whole number' : 'number'}${rangeText(option)}.` };
    }
    case 5:
      if (/^(true|yes|false|no)$/i.test(text)) return { value: /^(true|yes)$/i.test(text) };
      return { problem: 'must be true or false.' };
    case 6:
    case 9:
      return idIn(people.members, text, '@', 'a member');
    case 7:
      return idIn(people.channels, text, '#', 'a channel');
    default:
      if (option.type === 11) return { problem: 'needs a file: pick “Choose a file…” in the menu.' };
      return { problem: 'cannot be given in this playground (a role).' };
  }
}

const same = (/** @type {string} */ a, /** @type {string} */ b) => a.toLowerCase() === b.toLowerCase();

/** @param {readonly Named[]} list @param {string} text @param {string} sign @param {string} what */
function idIn(list, text, sign, what) {
  const wanted = text.replace(/^<?[@#]!?/, '').replace(/>$/, '');
  const found = list.find(({ id, name }) => id === wanted || same(name, wanted));
  const some = list.slice(0, 5).map(({ name }) => sign + name);
  return found ? { value: found.id } : { problem: `must be ${what}, such as ${some.join(', ')}.` };
}

/** Returns a text such as " from 1 to 10" for the allowed range of a number option. @param {Option} option */
export function rangeText({ min_value: least, max_value: most }) {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return `, at least ${least}`;
  return most === undefined ? '' : `, at most ${most}`;
}

/**
 * The values that are known without a request to the bot.
 * @param {Option} option @param {People} people @returns {Choice[]}
 */
export function knownValues(option, people) {
  if (option.choices?.length > 0) return option.choices;
  if (option.type === 5) return ['true', 'false'].map((name) => ({ name, value: name }));
  if (option.type === 6 || option.type === 9)
    return people.members.map(({ id, name }) => ({ name: `@${name}`, value: id }));
  if (option.type === 7) return people.channels.map(({ id, name }) => ({ name: `#${name}`, value: id }));
  return [];
}

/**
 * Returns the `data` of a command interaction or autocomplete interaction.
 * @param {Entry} entry @param {any[]} options
 */
export function dataOf({ name, command }, options) {
  const { id, version } = command;
  const steps = name.split(' ').slice(1);
  // The last word is the subcommand (type 1). If there are two words, the first word is the subcommand group (type 2).
  const nested = steps.reduceRight(
    (inner, step, at) => [{ type: at === steps.length - 1 ? 1 : 2, name: step, options: inner }],
    options,
  );
  return { id, version, name: command.name, type: 1, options: nested, attachments: [] };
}

/**
 * Returns the options of an autocomplete request. The last option is marked as focused.
 * @param {Line} line @param {ReadonlyMap<string, Choice>} picked @param {People} people @returns {any[]}
 */
export function unfinishedOptions({ entry, pieces }, picked, people) {
  const loose = { ...entry, options: entry.options.map((option) => ({ ...option, required: false })) };
  // Autocomplete requests contain no files (option type 11). Files are uploaded only with the finished command.
  const before = pieces.slice(0, -1).filter((piece) => piece.option?.type !== 11);
  const others = optionsToSend({ entry: loose, pieces: before }, picked, people);
  const { option, text = '' } = pieces.at(-1) ?? {};
  const focused = { type: option.type, name: option.name, value: text, focused: true };
  return [...('options' in others ? others.options : []), focused];
}

/**
 * Returns an error message for a line that does not begin with a known command.
 * @param {string} text @param {readonly Entry[]} entries
 */
export function unknownCommand(text, entries) {
  const [word = ''] = text.slice(1).split(/\s/);
  const subs = entries.filter(({ name }) => name.startsWith(`${word} `)).map(({ name }) => name.slice(word.length + 1));
  if (word && subs.length > 0) return `/${word} needs one of these after it: ${subs.join(', ')}.`;
  return `You have no command /${word} here. Type / to see what there is.`;
}
