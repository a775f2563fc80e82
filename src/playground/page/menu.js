/** The autocomplete menu. The focus stays in the text field. */
import { h, part } from './dom.js';

/** @typedef {{ label: string, detail: string, pick: () => void }} Row */

/** Starts the menu. @param {HTMLElement} input the text field to which the menu belongs */
export function startMenu(input) {
  const list = part('menu');
  /** @type {readonly Row[]} */ let rows = [];
  let active = -1;

  const highlight = (/** @type {number} */ index) => {
    active = index;
    for (const [at, row] of [...list.children].entries()) row.setAttribute('aria-selected', String(at === active));
    const row = list.children[active];
    row?.scrollIntoView({ block: 'nearest' });
    if (row) input.setAttribute('aria-activedescendant', row.id);
    else input.removeAttribute('aria-activedescendant');
  };
  // Without this listener, a click on a row would take the focus away from the text field.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const at = target instanceof Element ? [...list.children].findIndex((row) => row.contains(target)) : -1;
    rows[at]?.pick();
  });

  return {
    /** @param {readonly Row[]} next @param {number} [first] the row to highlight, by default none */
    show(next, first = -1) {
      rows = next;
      const drawn = rows.map(({ label, detail }, index) => {
        const more = detail ? h('span.subtext', { dir: 'auto' }, detail) : undefined;
        return h('li', { role: 'option', id: `menu-${index}` }, h('span', { dir: 'auto' }, label), more);
      });
      list.replaceChildren(...drawn);
      list.hidden = rows.length === 0;
      part('menu-count').textContent = rows.length === 0 ? '' : `${rows.length} suggestions, arrow keys to choose`;
      highlight(rows.length > 0 ? first : -1);
    },
    /**
     * Replaces the rows. If a new row has the same label as the highlighted row, the new row is highlighted, because
     * the user may be about to press Enter.
     * @param {readonly Row[]} next
     */
    refresh(next) {
      const label = rows[active]?.label;
      this.show(next, label === undefined ? -1 : next.findIndex((row) => row.label === label));
    },
    /** Handles a key press. Returns whether the menu used the key. A closed menu uses no keys. @param {string} key */
    takes(key) {
      if (rows.length === 0) return false;
      if (key === 'ArrowDown') highlight((active + 1) % rows.length);
      else if (key === 'ArrowUp') highlight(active > 0 ? active - 1 : rows.length - 1);
      else if (key === 'Tab') rows[Math.max(active, 0)]?.pick();
      else if (key === 'Escape') this.show([]);
      else if (key === 'Enter' && active >= 0) rows[active]?.pick();
      else return false;
      return true;
    },
  };
}
