/**
 * The messages of one place as the page shows them: articles in the order of their ids, changed in place, with the
 * keyboard kept where it was and the end kept in view for whoever reads there.
 */
import { morph, part } from './dom.js';
import { article } from './message-article.js';

/** @typedef {import('./message-article.js').Message} Message */
/** @typedef {Map<string, Message>} Log by message id */

/** How near the end still counts as reading there, in CSS pixels. */
const nearEnd = 60;

export const byId = (/** @type {{ id: string }} */ a, /** @type {{ id: string }} */ b) =>
  BigInt(a.id) < BigInt(b.id) ? -1 : 1;

/**
 * Brings the log to life.
 * @param {import('./message-article.js').Page} page
 */
export function startLog(page) {
  const list = part('log');
  const scroller = part('scroller');
  const newer = part('newer');
  let following = true;

  /** What was said long ago is not read out. @param {() => void} change */
  const quietly = (change) => {
    list.setAttribute('aria-live', 'off');
    change();
    setTimeout(() => list.setAttribute('aria-live', 'polite'), 500);
  };
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    newer.hidden = true;
    following = true;
  };
  scroller.addEventListener('scroll', () => {
    following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
    if (following) newer.hidden = true;
  });
  newer.addEventListener('click', () => {
    toEnd();
    scroller.focus();
  });
  // A picture that has come makes its message longer; `load` does not bubble.
  list.addEventListener('load', () => following && toEnd(), { capture: true });
  // Also when the window or the composer changes its size.
  new ResizeObserver(() => following && toEnd()).observe(scroller);

  return {
    toEnd,
    /** Puts older messages above the others, which stay where they are on the screen. @param {readonly Message[]} older newest first */
    earlier(older) {
      const first = list.firstElementChild;
      const top = first?.getBoundingClientRect().top ?? 0;
      quietly(() => list.prepend(...older.toReversed().map((message) => article(message, page))));
      scroller.scrollTop += (first?.getBoundingClientRect().top ?? 0) - top;
      const last = first?.previousElementSibling;
      if (last instanceof HTMLElement) last.focus({ preventScroll: true });
    },
    /** Shows another place's messages; they are not news, so nothing is read out. @param {Log} log */
    open(log) {
      quietly(() => list.replaceChildren(...[...log.values()].sort(byId).map((message) => article(message, page))));
      toEnd();
    },
    /** Draws one message, in its place or anew. @param {Message} message */
    draw(message) {
      const fresh = article(message, page);
      const old = document.getElementById(fresh.id);
      const stay = following;
      if (old) keepingFocus(old, () => morph(old, fresh));
      else {
        const later = [...list.children].find(({ id }) => byId({ id: id.slice('message-'.length) }, message) > 0);
        list.insertBefore(fresh, later ?? null);
        newer.hidden = stay;
      }
      if (stay) toEnd();
    },
    /** @param {string} id */
    remove(id) {
      const old = document.getElementById(`message-${id}`);
      const next = old?.nextElementSibling ?? old?.previousElementSibling;
      const focused = old?.contains(document.activeElement);
      old?.remove();
      if (focused) (next instanceof HTMLElement ? next : scroller).focus();
    },
  };
}

/**
 * A button that moved keeps the focus by its custom_id; where it is gone, its message takes the focus.
 * @param {HTMLElement} message
 * @param {() => void} change
 */
function keepingFocus(message, change) {
  const focused = document.activeElement;
  const inside = focused instanceof HTMLElement && message.contains(focused);
  const press = inside ? focused.dataset['press'] : undefined;
  change();
  if (!inside) return;
  const again = [...message.querySelectorAll('[data-press]:enabled')].find(
    (one) => one instanceof HTMLElement && one.dataset['press'] === press,
  );
  const heir = press === undefined && focused.isConnected ? focused : (again ?? message);
  if (heir instanceof HTMLElement && heir !== document.activeElement) heir.focus({ preventScroll: true });
}

/**
 * What is known of a place after its history was fetched: the history, what came in meanwhile, and the private
 * messages of this session, which no history has.
 * @param {Log} log changed
 * @param {ReadonlySet<string>} before the ids that were known when the question was asked
 * @param {readonly Message[]} history
 */
export function takeHistory(log, before, history) {
  for (const id of before) if ((log.get(id)?.flags & 64) === 0) log.delete(id);
  for (const message of history) if (!log.has(message.id)) log.set(message.id, message);
}
