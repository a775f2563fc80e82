/** Renders Discord's markdown as DOM nodes, never as HTML strings. */
import { bdi, h } from './dom.js';
import { names } from './state.js';

/**
 * An item of a list. Items with a bullet have no `number`.
 * @typedef {{ indent: number, number?: number | undefined, text: string }} Item
 */

const listLine = /^( *)(?:[-*]|(\d{1,9})\.) +(.+)$/;
const blockStart = /^(?:#{1,3} +\S|-# +\S|>>> |> | *(?:[-*]|\d{1,9}\.) +\S)/;

/**
 * Renders blocks. Headings begin at h4, because the author of a message is an h3.
 * @param {string} text @returns {Node[]}
 */
export function markdown(text) {
  // `split` returns groups of three pieces: a text, and then the language and the content of the next code block.
  return text.split(/```(?:([\w+-]*)\n)?([\s\S]*?)```/).flatMap((piece, index) => {
    if (index % 3 === 0) return piece ? blocks(piece.replace(/^\n|\n$/g, '').split('\n')) : [];
    return index % 3 === 2 ? [h('pre', { dir: 'auto', tabindex: 0 }, h('code', piece.replace(/\n$/, '')))] : [];
  });
}

/** @param {string[]} lines @returns {Node[]} */
function blocks(lines) {
  /** @type {Node[]} */
  const made = [];
  const rest = [...lines];
  const takeWhile = (/** @type {(line: string) => boolean} */ fits) => {
    const end = rest.findIndex((line) => !fits(line));
    return rest.splice(0, end === -1 ? rest.length : end);
  };
  while (rest.length > 0) {
    const line = rest[0] ?? '';
    const [, mark, words = ''] = /^(#{1,3}|-#) +(.+)$/.exec(line) ?? [];
    if (mark) {
      rest.shift();
      made.push(h(mark === '-#' ? 'p.subtext' : `h${mark.length + 3}`, { dir: 'auto' }, inline(words)));
    } else if (line.startsWith('>>> ')) {
      made.push(h('blockquote', blocks([line.slice(4), ...rest.splice(0).slice(1)])));
    } else if (line.startsWith('> ')) {
      const quoted = takeWhile((one) => one.startsWith('> ')).map((one) => one.slice(2));
      made.push(h('blockquote', blocks(quoted)));
    } else if (listLine.test(line)) {
      made.push(...lists(takeWhile((one) => listLine.test(one)).map(item)));
    } else {
      const first = rest.shift() ?? '';
      const text = [first, ...takeWhile((one) => !blockStart.test(one))].join('\n');
      if (text.trim()) made.push(h('p', { dir: 'auto' }, inline(text)));
    }
  }
  return made;
}

/** @returns {Item} */
const item = (/** @type {string} */ line) => {
  const [, indent = '', number, text = ''] = listLine.exec(line) ?? [];
  return { indent: indent.length, number: number === undefined ? undefined : Number(number), text };
};

/** Renders lists, nested by indentation. @param {Item[]} items @returns {HTMLElement[]} */
function lists(items) {
  const base = items[0]?.indent ?? 0;
  /** @type {HTMLElement[]} */
  const made = [];
  const rest = [...items];
  for (let one = rest.shift(); one; one = rest.shift()) {
    const next = rest.findIndex(({ indent }) => indent <= base);
    const inner = rest.splice(0, next === -1 ? rest.length : next);
    const entry = h('li', { dir: 'auto' }, inline(one.text), inner.length > 0 ? lists(inner) : []);
    const tag = one.number === undefined ? 'UL' : 'OL';
    if (made.at(-1)?.tagName !== tag) made.push(h(tag.toLowerCase(), { start: one.number }));
    made.at(-1)?.append(entry);
  }
  return made;
}

/** @typedef {(match: RegExpExecArray, linked: boolean) => Node | string | undefined} Rule */

/**
 * The patterns of inline markdown. If a rule returns undefined, the next rule is tried. `linked` is true inside a link.
 * @type {[RegExp, Rule][]}
 */
const rules = [
  [/\\([!-/:-@[-`{-~])/y, ([, char = '']) => char],
  [/(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y, ([, , code = '']) => h('code', { dir: 'auto' }, code)],
  [/<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y, ([, unix, style]) => time(Number(unix), style ?? 'f')],
  [/<@!?(\d{17,20})>/y, ([, id = '']) => h('span.mention', '@', bdi(names.user(id)))],
  [/<@&(\d{17,20})>/y, ([, id = '']) => h('span.mention', '@', bdi(names.role(id)))],
  [/<#(\d{17,20})>/y, ([, id = '']) => h('span.mention', '#', bdi(names.channel(id)))],
  [
    /<\/([^:>\n]{1,100}):\d{1,20}>/y,
    ([, name = '']) => h('button.mention', { type: 'button', 'data-command': name }, `/${name}`),
  ],
  [/<a?(:\w{2,32}:)\d{17,20}>/y, ([, name]) => name],
  [/<(https?:\/\/[^\s>]+)>/y, ([, url = ''], linked) => (linked ? url : link(url, [url]))],
  [
    /\[((?:[^[\]\\\n]|\\.)+)\]\(<?(https?:\/\/(?:[^\s()<>]|\([^\s()]*\))+)>?(?: +"[^"\n]*")?\)/y,
    ([, label = '', url = ''], linked) => (linked ? undefined : link(url, inline(label, true))),
  ],
  [/https?:\/\/[^\s<]*[^\s<.,:;!?"'\])*_~|]/y, ([url], linked) => (linked ? url : link(url, [url]))],
  [/\*\*\*(?=\S)([\s\S]+?)\*\*\*/y, ([, text = ''], linked) => h('strong', h('em', inline(text, linked)))],
  [/\*\*(?=\S)([\s\S]+?)\*\*(?!\*)/y, ([, text = ''], linked) => h('strong', inline(text, linked))],
  [/__(?=\S)([\s\S]+?)__(?!_)/y, ([, text = ''], linked) => h('u', inline(text, linked))],
  [/\*(?=\S)((?:\*\*|[^*])+?)\*(?!\*)/y, ([, text = ''], linked) => h('em', inline(text, linked))],
  [/(?<!\w)_(?=\S)((?:__|[^_]|_(?=[^\W_]))+?)_(?!\w)/y, ([, text = ''], linked) => h('em', inline(text, linked))],
  [/~~(?=\S)([\s\S]+?)~~/y, ([, text = ''], linked) => h('s', inline(text, linked))],
  [/\|\|([\s\S]+?)\|\|/y, ([, text = ''], linked) => spoiler(inline(text, linked))],
];

/** @param {string} text @param {boolean} [linked] @returns {(Node | string)[]} */
export function inline(text, linked = false) {
  /** @type {(Node | string)[]} */
  const made = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = special(text, at, linked);
    if (found) {
      if (plain) made.push(...isolateCommands(plain));
      plain = '';
      made.push(found.node);
    } else plain += text[at];
    at += found?.length ?? 1;
  }
  if (plain) made.push(...isolateCommands(plain));
  return made;
}

/**
 * Isolates commands such as /help, so that the slash stays on the left of the command in right-to-left texts.
 * @param {string} text
 */
const isolateCommands = (text) =>
  text
    .split(/((?<![\w/.:])\/[a-z][\w-]*)/)
    .flatMap((piece, index) => (piece === '' ? [] : index % 2 === 0 ? [piece] : [h('bdi', { dir: 'ltr' }, piece)]));

/** @param {string} text @param {number} at @param {boolean} linked */
function special(text, at, linked) {
  if (!/[\\`<[h*_~|]/.test(text[at] ?? '')) return undefined;
  for (const [pattern, rule] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const node = match ? rule(match, linked) : undefined;
    if (match && node !== undefined) return { node, length: match[0].length };
  }
  return undefined;
}

/** @param {string} url @param {(Node | string)[]} label */
export function link(url, label) {
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) return h('span', label);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, label);
}

/** Hides a text, also from screen readers, until the user activates it. @param {(Node | string)[]} inner */
const spoiler = (inner) =>
  h(
    'span.spoiler',
    { role: 'button', tabindex: 0, 'aria-label': 'Spoiler, press to show' },
    h('span', { 'aria-hidden': 'true' }, inner),
  );

/** The locale for dates: the language of the browser if it is a variant of English, otherwise British English. */
const locale = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const styles = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
const relative = new Intl.RelativeTimeFormat('en');

/**
 * Formats a time. The style `R` is relative, such as "in 5 minutes".
 * @param {number} unix seconds since the epoch @param {string} style
 */
function timeText(unix, style) {
  if (style !== 'R') return new Intl.DateTimeFormat(locale, styles[style]).format(unix * 1000);
  const ahead = Math.round(unix - Date.now() / 1000);
  const [unit, size] = units.find(([, seconds]) => Math.abs(ahead) >= seconds) ?? ['second', 1];
  return relative.format(Math.trunc(ahead / size), unit);
}

/** @param {number} unix @param {string} style */
export function time(unix, style) {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${unix}:${style}>`;
  // With `aria-live` off, screen readers do not announce a countdown every second.
  const quiet = style === 'R' ? 'off' : undefined;
  const marks = { datetime: date.toISOString(), title: timeText(unix, 'F'), 'aria-live': quiet };
  return h('time', { ...marks, dir: 'ltr', 'data-unix': unix, 'data-style': style }, timeText(unix, style));
}

/** Updates all relative times inside `root`. @param {ParentNode} root */
export function updateRelativeTimes(root) {
  for (const one of root.querySelectorAll('time[data-style="R"]')) {
    const text = timeText(Number(one.getAttribute('data-unix')), 'R');
    if (one.textContent !== text) one.textContent = text;
  }
}
