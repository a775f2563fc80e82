/**
 * The list of messages of one place, sorted by id. Messages are updated in place and keep the focus. At the end of
 * the list, new messages scroll into view.
 */
import { morph, part } from './dom.js';
import { article } from './message-article.js';

/** @typedef {import('./message-article.js').Message} Message */
/** @typedef {Map<string, Message>} Log by message id */

/** Within this distance of the end, in CSS pixels, the list follows new messages. */
const nearEnd = 60;

export const byId = (/** @type {{ id: string }} */ a, /** @type {{ id: string }} */ b) =>
  BigInt(a.id) < BigInt(b.id) ? -1 : 1;

/**
 * @typedef {object} MessageList
 * @property {HTMLElement} list
 * @property {HTMLElement} scroller
 * @property {HTMLElement} newer the button that leads to new messages below
 * @property {import('./message-article.js').Page} page
 * @property {boolean} isFollowing whether the reader is at the end, so that new messages scroll into view
 */

/**
 * Starts the list of messages.
 * @param {import('./message-article.js').Page} page
 */
export function startMessageList(page) {
  /** @type {MessageList} */
  const messages = { list: part('log'), scroller: part('scroller'), newer: part('newer'), page, isFollowing: true };
  listen(messages);
  return {
    toEnd: () => toEnd(messages),
    /** Puts older messages above the others, which keep their place on the screen. @param {readonly Message[]} older newest first */
    earlier: (older) => prepend(messages, older),
    /** Shows the messages of another place, without announcing them. @param {Log} log */
    open(log) {
      silently(messages.list, () => messages.list.replaceChildren(...articles([...log.values()].sort(byId), page)));
      toEnd(messages);
    },
    /** Draws a message that is new or has changed. @param {Message} message */
    draw: (message) => draw(messages, message),
    /** @param {string} id */
    remove: (id) => remove(messages, id),
  };
}

/** @param {readonly Message[]} messages @param {import('./message-article.js').Page} page */
const articles = (messages, page) => messages.map((message) => article(message, page));

/** @param {MessageList} messages */
function listen(messages) {
  const { list, scroller, newer } = messages;
  const follow = () => messages.isFollowing && toEnd(messages);
  scroller.addEventListener('scroll', () => {
    messages.isFollowing = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
    if (messages.isFollowing) newer.hidden = true;
  });
  newer.addEventListener('click', () => {
    toEnd(messages);
    scroller.focus();
  });
  // A message grows when its picture has loaded. `load` does not bubble, hence `capture`.
  list.addEventListener('load', follow, { capture: true });
  new ResizeObserver(follow).observe(scroller);
}

/** Changes the list without a screen reader announcing it. @param {HTMLElement} list @param {() => void} change */
function silently(list, change) {
  list.setAttribute('aria-live', 'off');
  change();
  setTimeout(() => list.setAttribute('aria-live', 'polite'), 500);
}

/** @param {MessageList} messages */
function toEnd(messages) {
  const { scroller, newer } = messages;
  scroller.scrollTop = scroller.scrollHeight;
  newer.hidden = true;
  messages.isFollowing = true;
}

/** @param {MessageList} messages @param {readonly Message[]} older newest first */
function prepend({ list, scroller, page }, older) {
  const first = list.firstElementChild;
  const top = first?.getBoundingClientRect().top ?? 0;
  silently(list, () => list.prepend(...articles(older.toReversed(), page)));
  scroller.scrollTop += (first?.getBoundingClientRect().top ?? 0) - top;
  const last = first?.previousElementSibling;
  if (last instanceof HTMLElement) last.focus({ preventScroll: true });
}

/** @param {MessageList} messages @param {Message} message */
function draw(messages, message) {
  const { list, newer, page, isFollowing } = messages;
  const fresh = article(message, page);
  const old = document.getElementById(fresh.id);
  if (old) keepingFocus(old, () => morph(old, fresh));
  else {
    const later = [...list.children].find(({ id }) => byId({ id: id.slice('message-'.length) }, message) > 0);
    list.insertBefore(fresh, later ?? null);
    newer.hidden = isFollowing;
  }
  if (isFollowing) toEnd(messages);
}

/** The focus of a removed message goes to its neighbour. @param {MessageList} messages @param {string} id */
function remove({ scroller }, id) {
  const old = document.getElementById(`message-${id}`);
  const next = old?.nextElementSibling ?? old?.previousElementSibling;
  const hadFocus = old?.contains(document.activeElement);
  old?.remove();
  if (hadFocus) (next instanceof HTMLElement ? next : scroller).focus();
}

/**
 * Keeps the focus on the button with the same custom_id. If it is gone, its message gets the focus.
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
 * Updates the known messages of a place with its history. Messages that arrived meanwhile and ephemeral ones stay.
 * @param {Log} log changed
 * @param {ReadonlySet<string>} before the ids that were known when the question was asked
 * @param {readonly Message[]} history
 */
export function takeHistory(log, before, history) {
  for (const id of before) if ((log.get(id)?.flags & 64) === 0) log.delete(id);
  for (const message of history) if (!log.has(message.id)) log.set(message.id, message);
}
