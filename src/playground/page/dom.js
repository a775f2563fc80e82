/**
 * Builds the page: `h` creates an element, `morph` turns one tree into another in place, so that focus, scroll
 * position and screen readers are not disturbed by an update. Nothing here parses HTML; text always stays text.
 */

/**
 * Creates an element. Attributes that are undefined or false are left out; true becomes an empty attribute.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string | undefined | readonly (Node | string | undefined)[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

/** Text that may run in another direction than the sentence around it, such as a name. */
export const bdi = (/** @type {string} */ text) => h('bdi', {}, text);

/**
 * The element of the page with this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
}

/**
 * Makes `old` equal to `fresh`, keeping nodes where possible.
 * @param {ChildNode} old
 * @param {ChildNode} fresh
 */
export function morph(old, fresh) {
  if (old instanceof Text && fresh instanceof Text) {
    if (old.data !== fresh.data) old.data = fresh.data;
  } else if (!(old instanceof HTMLElement && fresh instanceof HTMLElement) || !isSameElement(old, fresh)) {
    old.replaceWith(fresh);
  } else if (!(old.dataset['shown'] && old.textContent === fresh.textContent)) {
    morphAttributes(old, fresh);
    const left = [...old.childNodes];
    // Copied, because appending a child removes it from the list.
    const wanted = [...fresh.childNodes];
    for (const child of wanted) {
      const twin = left.shift();
      if (twin) morph(twin, child);
      else old.append(child);
    }
    for (const child of left) child.remove();
  }
}

/**
 * Replaces the children of an element, keeping nodes where possible.
 * @param {HTMLElement} element
 * @param {...Node} children
 */
export function update(element, ...children) {
  const fresh = /** @type {HTMLElement} */ (element.cloneNode(false));
  fresh.replaceChildren(...children);
  morph(element, fresh);
}

/** A button with another custom_id is another button, even in the same position. */
const isSameElement = (/** @type {HTMLElement} */ old, /** @type {HTMLElement} */ fresh) =>
  old.tagName === fresh.tagName && old.dataset['press'] === fresh.dataset['press'];

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 */
function morphAttributes(old, fresh) {
  for (const name of old.getAttributeNames()) {
    // Keep open what the reader has opened.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name) ?? '';
    // The content security policy forbids the style attribute but not the style object.
    if (name === 'style') old.style.cssText = fresh.style.cssText;
    else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}
