/**
 * Renders Discord's message components as HTML elements. The elements have no event listeners. They store their
 * custom_id in `data-press` and their type in `data-kind`, and playground.js listens for events of the whole document.
 * Images from other hosts are replaced by their alt text, because the page loads nothing from other hosts.
 */
import { bdi, h } from './dom.js';
import { inline, link, markdown } from './discord-markdown.js';
import { offers, state } from './state.js';

/** @typedef {import('./command-line.js').Named} Named */
/** @typedef {any} Component a component in the format of Discord's API */

/** Whether the member has used the component and the bot has not responded yet. */
const isBusy = (/** @type {string} */ messageId, /** @type {string} */ customId) =>
  state.pressed.has(`${messageId}/${customId}`);

const buttonStyles = ['', 'primary', 'secondary', 'success', 'danger'];

/** @type {Record<number, (component: Component, messageId: string) => Node | Node[]>} */
const renderers = {
  1: (row, messageId) => h('div.row', components(row.components, messageId)),
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: (section, messageId) =>
    h(
      'div.section',
      h('div', components(section.components, messageId)),
      h('div.accessory', components([section.accessory], messageId)),
    ),
  10: (text) => h('div', markdown(text.content)),
  11: ({ media, description }) => picture(media ?? {}, description),
  12: ({ items }) =>
    h(
      'div.row',
      items.map((/** @type {any} */ { media, description }) => picture(media ?? {}, description)),
    ),
  13: ({ file, name, size }) => attachment({ filename: name ?? fileName(file?.url), url: file?.url, size: size ?? 0 }),
  14: (line) => h('hr', { class: line.divider === false ? 'gap' : undefined }),
  17: container,
};

/** @param {readonly Component[] | undefined} list @param {string} messageId @returns {Node[]} */
export function components(list, messageId) {
  return (list ?? []).flatMap((component) => {
    const draw = renderers[component.type];
    if (draw) return draw(component, messageId);
    return h('p.subtext', `(This playground does not draw components of type ${component.type}.)`);
  });
}

/** @param {Component} component @param {string} messageId */
function button(component, messageId) {
  const { label, emoji, custom_id: id, url, style, disabled } = component;
  // If the button has a label, screen readers do not need the emoji.
  const face = emoji?.name ? h('span', { 'aria-hidden': label ? 'true' : undefined }, emoji.name, ' ') : undefined;
  const words = label ? h('span', { dir: 'auto' }, label) : undefined;
  if (url) {
    const anchor = link(url, []);
    anchor.className = 'button link';
    anchor.append(...[face, words].filter((one) => one !== undefined), h('span', { 'aria-hidden': 'true' }, ' ↗'));
    return anchor;
  }
  const busy = isBusy(messageId, id);
  const state = { disabled: disabled === true, 'aria-busy': busy && 'true', 'aria-disabled': busy && 'true' };
  const look = `button ${buttonStyles[style] ?? 'secondary'}`;
  return h('button', { type: 'button', class: look, 'data-press': id, 'data-kind': 2, ...state }, face, words);
}

/**
 * The options of a select: the options in the select itself (type 3), members (5), roles (6), members and roles (7), or
 * channels (8). Undefined for other types.
 * @param {Component} select @returns {readonly Component[] | undefined}
 */
export function optionsOf({ type, options, default_values: chosen = [] }) {
  const { members, roles, channels } = offers();
  /** @type {Record<number, readonly Named[]>} */
  const things = { 5: members, 6: roles, 7: [...members, ...roles], 8: channels };
  const isChosen = (/** @type {string} */ id) => chosen.some((/** @type {Named} */ one) => one.id === id);
  const named = things[type]?.map(({ id, name }) => ({ label: name, value: id, default: isChosen(id) }));
  return options ?? named;
}

/**
 * A native select. If the member can choose several values, a button after the select sends the chosen values.
 * @param {Component} select @param {string} messageId
 */
function select(select, messageId) {
  const sign = select.type === 8 ? '#' : '';
  const options = optionsOf(select) ?? [];
  const name = select.placeholder ?? 'Make a choice';
  const several = (select.max_values ?? 1) > 1;
  const busy = isBusy(messageId, select.custom_id);
  const chosen = options.some((option) => option.default);
  const face = h('option', { value: '', disabled: true, hidden: true, selected: !chosen, dir: 'auto' }, name);
  const list = h(
    'select',
    {
      'aria-label': name,
      'aria-busy': busy && 'true',
      'data-press': select.custom_id,
      'data-kind': select.type,
      disabled: select.disabled === true,
      multiple: several,
      size: several ? Math.min(options.length, 6) : undefined,
    },
    several ? [] : face,
    options.map(({ label, value, description, emoji, default: picked }) => {
      const text = [emoji?.name, sign + label].filter(Boolean).join(' ') + (description ? ` — ${description}` : '');
      return h('option', { value, selected: picked === true, dir: 'auto' }, text);
    }),
  );
  if (!several) return list;
  const send = { type: 'button', class: 'button secondary', 'data-sends': select.custom_id };
  return h('div.choice', list, h('button', { ...send, disabled: select.disabled === true }, 'Send choice'));
}

/** @param {Component} box @param {string} messageId */
function container(box, messageId) {
  const element = accented(h('div.container', components(box.components, messageId)), box.accent_color);
  if (!box.spoiler) return element;
  return h('details.hidden-box', h('summary', 'Spoiler'), element);
}

/**
 * Shows an image whose URL is on this server. For any other image, shows the alt text.
 * @param {{ url?: string, width?: number, height?: number }} media @param {string} [words]
 */
function picture({ url = '', width, height }, words) {
  const src = localPath(url);
  // The width and height prevent a layout shift when the image has loaded.
  if (src) return h('img', { src, alt: words ?? '', width, height, title: words });
  return h('p.subtext', { dir: 'auto' }, `[Picture${words ? `: ${words}` : ''}]`);
}

/**
 * The path and query of a URL on this server. Undefined for any other URL.
 * @param {string} url
 */
function localPath(url) {
  const { protocol, hostname, port, pathname, search } = URL.canParse(url) ? new URL(url) : new URL('about:blank');
  const isHere = protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname) && port === location.port;
  return isHere ? pathname + search : undefined;
}

/** Returns the last part of a URL. @param {string} [url] */
const fileName = (url = '') => url.replace(/^.*\//, '');

/** Renders an attachment: an image, or the name and size of any other file. @param {any} file */
export function attachment({ filename, url, content_type: type = '', description, size, width, height }) {
  if (type.startsWith('image/')) return picture({ url, width, height }, description ?? filename);
  const src = localPath(url ?? '');
  const name = src ? h('a', { href: src, download: filename, dir: 'auto' }, filename) : bdi(filename);
  const about = description ? ` — ${description}` : '';
  return h('p', 'File: ', name, h('span.subtext', `${size ? ` ${Math.ceil(size / 1024)} KB` : ''}${about}`));
}

/** @param {any} embed */
export function embed(embed) {
  const fields = (embed.fields ?? []).map((/** @type {any} */ field) =>
    h('div', h('dt', { dir: 'auto' }, inline(field.name)), h('dd', markdown(field.value))),
  );
  const element = h(
    'div.container',
    embed.author ? h('p.subtext', bdi(embed.author.name)) : undefined,
    embed.title ? h('h4', { dir: 'auto' }, inline(embed.title)) : undefined,
    embed.description ? markdown(embed.description) : [],
    fields.length > 0 ? h('dl', fields) : undefined,
    embed.image ? picture(embed.image, embed.image.description) : undefined,
    embed.footer ? h('p.subtext', { dir: 'auto' }, embed.footer.text) : undefined,
  );
  return accented(element, embed.color);
}

/**
 * Colours the edge of an element. The colour 0 is valid and means black.
 * @param {HTMLElement} element @param {number | null} [color]
 */
function accented(element, color) {
  if (typeof color === 'number') element.style.setProperty('--accent', `#${color.toString(16).padStart(6, '0')}`);
  return element;
}
