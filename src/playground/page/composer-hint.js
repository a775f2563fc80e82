/** The hint above the text field: the typed command, with a button for each option. */
import { rangeText } from './command-line.js';
import { bdi, h, update } from './dom.js';

/** Shows or hides the hint. @param {HTMLElement} hint @param {import('./command-line.js').Line | undefined} line */
export function showHint(hint, line) {
  hint.hidden = line === undefined;
  if (!line) return;
  const { entry, pieces } = line;
  const now = pieces.at(-1)?.option;
  const chips = entry.options.map((option) => {
    const given = pieces.some((piece) => piece.option === option && piece.text !== '');
    const mark = given ? '✓ ' : undefined;
    const required = option.required ? h('span.subtext', ' required') : undefined;
    const look = { class: option === now ? 'chip now' : 'chip', 'data-option': option.name };
    return h('button', { type: 'button', ...look }, mark, bdi(option.name), required);
  });
  const about = now ? `${now.name}: ${now.description}${rangeText(now)}` : entry.description;
  update(hint, h('strong', `/${entry.name}`), ...chips, h('span.subtext', { dir: 'auto' }, about));
}
