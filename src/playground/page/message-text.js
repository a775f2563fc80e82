/** Returns the text of a message as the user reads it, without labels of buttons. Conversation tests use it too. */

/** Returns the text with its markdown. @param {any} message in the format of Discord's API @returns {string} */
export const markdownOfMessage = ({ content, components, embeds }) =>
  [content, ...(components ?? []).flatMap(texts), ...(embeds ?? []).flatMap(embedded)].filter(Boolean).join('\n');

/** @param {any} message in the format of Discord's API @returns {string} */
export const textOfMessage = (message) =>
  markdownOfMessage(message)
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/<(\/[^:>\n]+):\d+>/g, '$1')
    .replaceAll(/\*\*|^-# |^#{1,3} |\u200e/gm, '');

/** @param {any} component @returns {string[]} */
function texts({ type, content, components = [], items = [], options = [], default_values: chosen = [] }) {
  if (type === 10) return [content];
  return [
    ...components.flatMap(texts),
    ...items.map((/** @type {any} */ { description }) => `Picture: ${description ?? ''}`),
    ...options.flatMap((/** @type {any} */ { label, default: isChosen }) => (isChosen ? [label] : [])),
    ...chosen.map(mention),
  ];
}

const signs = /** @type {Record<string, string>} */ ({ user: '@', role: '@&', channel: '#' });

const mention = (/** @type {{ id: string, type: string }} */ { id, type }) => `<${signs[type]}${id}>`;

const embedded = (/** @type {any} */ { title, description, fields = [] }) => [
  title,
  description,
  ...fields.flatMap((/** @type {any} */ { name, value }) => [name, value]),
];
