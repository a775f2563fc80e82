/** DOM functions. `morph` updates a tree in place, so that focus and scroll position stay. No function parses HTML. */

/**
 * Creates an element, such as `h('p.subtext', { dir: 'auto' }, 'words')`. The argument with the attributes is optional.
 * An attribute that is undefined or false is omitted. An attribute that is true becomes an empty attribute.
 * @param {string} selector the tag and the classes
 * @param {...(Record<string, string | number | boolean | undefined> | Child | readonly Child[])} rest
 * @returns {HTMLElement}
 */
export function h(selector, ...rest) {
  const [tag = '', ...classes] = selector.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  const attributes = rest[0]?.constructor === Object ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...rest.flat().filter((child) => child !== undefined));
  return element;
}
/** @typedef {Node | string | undefined} Child */

/** Wraps a text whose writing direction may differ from that of its surroundings. */
export const bdi = (/** @type {string} */ text) => h('bdi', text);

/** Finds an element by id. Throws if there is none. @param {string} id @returns {HTMLElement} */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
}

/** Changes the node `old` so that it equals the node `fresh`. @param {ChildNode} old @param {ChildNode} fresh */
export function morph(old, fresh) {
  if (old instanceof Text && fresh instanceof Text) {
    if (old.data !== fresh.data) old.data = fresh.data;
  } else if (!(old instanceof HTMLElement && fresh instanceof HTMLElement) || !isSameElement(old, fresh)) {
    old.replaceWith(fresh);
  } else if (!(old.dataset['shown'] && old.textContent === fresh.textContent)) {
    morphAttributes(old, fresh);
    const left = [...old.childNodes];
    // When a child moves to another element, it disappears from `childNodes`. Therefore the loop uses a copy.
    const wanted = [...fresh.childNodes];
    for (const child of wanted) {
      const twin = left.shift();
      if (twin) morph(twin, child);
      else old.append(child);
    }
    for (const child of left) child.remove();
  }
}

/** Replaces the children of an element in place. @param {HTMLElement} element @param {...Node} children */
export function update(element, ...children) {
  const fresh = /** @type {HTMLElement} */ (element.cloneNode(false));
  fresh.replaceChildren(...children);
  morph(element, fresh);
}

/** Whether `old` can be reused for `fresh`. Buttons with different custom_ids are different elements. */
const isSameElement = (/** @type {HTMLElement} */ old, /** @type {HTMLElement} */ fresh) =>
  old.tagName === fresh.tagName && old.dataset['press'] === fresh.dataset['press'];

/** @param {HTMLElement} old @param {HTMLElement} fresh */
function morphAttributes(old, fresh) {
  for (const name of old.getAttributeNames()) {
    // The attribute `open` is kept, because the user may have opened the element.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name) ?? '';
    // The content security policy forbids the style attribute but not the style object.
    if (name === 'style') old.style.cssText = fresh.style.cssText;
    else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}
