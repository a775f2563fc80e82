/**
 * Building the page from values: `h` makes an element, `morph` turns one tree into another in place, so that focus,
 * scroll position and what a screen reader is reading survive an update. Text only ever becomes text: nothing here
 * parses HTML.
 */

/**
 * An element with its attributes and children; `undefined` and `false` attributes are left out, `true` is an empty one.
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

/** A name or a label of somebody else's: its direction is its own and does not turn the sentence around it. */
export const bdi = (/** @type {string} */ text) => h('bdi', {}, text);

/**
 * The element of the page that carries this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
}

/**
 * Makes `old` look like `fresh`, keeping every node that may stay.
 * @param {ChildNode} old
 * @param {ChildNode} fresh
 */
export function morph(old, fresh) {
  if (old instanceof Text && fresh instanceof Text) {
    if (old.data !== fresh.data) old.data = fresh.data;
  } else if (!(old instanceof HTMLElement && fresh instanceof HTMLElement) || !sameThing(old, fresh)) {
    old.replaceWith(fresh);
  } else if (!(old.dataset['shown'] && old.textContent === fresh.textContent)) {
    morphAttributes(old, fresh);
    const left = [...old.childNodes];
    // A copy, because a child that finds no twin moves out of the list.
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
 * Gives an element other children, keeping those that may stay.
 * @param {HTMLElement} element
 * @param {...Node} children
 */
export function update(element, ...children) {
  const fresh = /** @type {HTMLElement} */ (element.cloneNode(false));
  fresh.replaceChildren(...children);
  morph(element, fresh);
}

/** A button that now does something else is another button, even where it stands in the same place. */
const sameThing = (/** @type {HTMLElement} */ old, /** @type {HTMLElement} */ fresh) =>
  old.tagName === fresh.tagName && old.dataset['press'] === fresh.dataset['press'];

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 */
function morphAttributes(old, fresh) {
  for (const name of old.getAttributeNames()) {
    // What the reader has unfolded stays unfolded.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name) ?? '';
    // The content policy refuses a style attribute but not the object behind it.
    if (name === 'style') old.style.cssText = fresh.style.cssText;
    else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}
