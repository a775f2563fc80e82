/**
 * Returns the text of a message as the user reads it. The text of components and embeds is included. Conversation tests
 * compare the same text.
 */

/** @param {any} message in the format of Discord's API @returns {string} */
export const textOfMessage = ({ content, components, embeds }) =>
  [content, ...(components ?? []).flatMap(texts), ...(embeds ?? []).flatMap(embedded)]
    .filter(Boolean)
    .join('\n')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/<(\/[^:>\n]+):\d+>/g, '$1')
    .replaceAll(/\*\*|^-# |^#{1,3} /gm, '');

/** @param {any} component @returns {string[]} */
const texts = ({ type, content, components = [] }) => (type === 10 ? [content] : components.flatMap(texts));

const embedded = (/** @type {any} */ { title, description, fields = [] }) => [
  title,
  description,
  ...fields.flatMap((/** @type {any} */ { name, value }) => [name, value]),
];
