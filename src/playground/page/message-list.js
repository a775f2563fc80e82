/**
 * The list of messages of one channel. It is updated in place and follows new messages. If a message is taller than the
 * list, the list shows the start of the message.
 */
import { morph, part } from './dom.js';
import { timeOf } from '../../loopback/member-client.js';
import { article } from './message-article.js';

/** @typedef {import('./message-article.js').Message} Message */
/** @typedef {import('./state.js').Log} Log */

/** How far the reader may scroll away from the end, in CSS pixels, before the list stops following new messages. */
const nearEnd = 60;

/** Consecutive messages of the same author are shown as a group if they are less than this time (ms) apart. */
const groupedWithin = 7 * 60_000;

export const byId = (/** @type {{ id: string }} */ a, /** @type {{ id: string }} */ b) =>
  BigInt(a.id) < BigInt(b.id) ? -1 : 1;

const list = part('log');
const scroller = part('scroller');
/** The button that scrolls to new messages. */
const newer = part('newer');
/** Whether the list scrolls to new messages. */
let isFollowing = true;
/** If the newest message is taller than the list: true to show the start of this message, false to show its end. */
let showsStart = false;

scroller.addEventListener('scroll', () => {
  const isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
  const isAtStart = isLastHigh() && Math.abs(scrollTopOfLast() - scroller.scrollTop) < nearEnd;
  isFollowing = isAtEnd || isAtStart;
  // If the newest message fits into the list, both its start and its end are visible. Then `showsStart` stays
  // unchanged.
  if (isLastHigh()) showsStart = isAtStart;
  if (isFollowing) newer.hidden = true;
});
newer.addEventListener('click', () => {
  scrollToEnd();
  scroller.focus();
});
// A message becomes taller when its image has loaded. The listener needs `capture`, because `load` does not bubble.
list.addEventListener('load', follow, { capture: true });
new ResizeObserver(follow).observe(scroller);

/** Shows the messages of another channel. Screen readers do not announce these messages. @param {Log} log */
export function open(log) {
  withoutAnnouncement(() => list.replaceChildren(...[...log.values()].sort(byId).map(article)));
  showsStart = false;
  scrollToEnd();
}

/**
 * Groups a message with the message above if they have the same author and little time is between them.
 * @param {Element | null | undefined} message @param {Element | null | undefined} above
 */
function group(message, above = message?.previousElementSibling) {
  if (!(message instanceof HTMLElement)) return;
  const isGrouped =
    above instanceof HTMLElement &&
    !message.querySelector('.used') &&
    message.dataset['author'] === above.dataset['author'] &&
    message.classList.contains('private') === above.classList.contains('private') &&
    sentAt(message) - sentAt(above) < groupedWithin;
  if (isGrouped !== message.classList.contains('grouped')) message.classList.toggle('grouped', isGrouped);
}

const sentAt = (/** @type {Element} */ { id }) => timeOf(id.slice('message-'.length));

/** Changes the list without announcements by screen readers, and groups its messages. @param {() => void} change */
function withoutAnnouncement(change) {
  list.setAttribute('aria-live', 'off');
  change();
  for (const one of list.children) group(one);
  setTimeout(() => list.setAttribute('aria-live', 'polite'), 500);
}

export function scrollToEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  newer.hidden = true;
  isFollowing = true;
}

const isLastHigh = () => (list.lastElementChild?.getBoundingClientRect().height ?? 0) > scroller.clientHeight;

/** The `scrollTop` at which the last message begins at the top of the list. */
const scrollTopOfLast = () =>
  scroller.scrollTop + (list.lastElementChild?.getBoundingClientRect().top ?? 0) - scroller.getBoundingClientRect().top;

/**
 * If the list follows new messages, scrolls to the end of the newest message. If this message is taller than the list
 * and the reader has not scrolled to its end, scrolls to its start instead.
 */
function follow() {
  if (!isFollowing) return;
  scrollToEnd();
  if (showsStart && isLastHigh()) scroller.scrollTop = scrollTopOfLast();
}

/**
 * Adds older messages at the top of the list, without moving the view.
 * @param {readonly Message[]} older sorted from the newest to the oldest
 */
export function earlier(older) {
  const first = list.firstElementChild;
  const top = first?.getBoundingClientRect().top ?? 0;
  withoutAnnouncement(() => list.prepend(...older.toReversed().map(article)));
  scroller.scrollTop += (first?.getBoundingClientRect().top ?? 0) - top;
  const last = first?.previousElementSibling;
  if (last instanceof HTMLElement) last.focus({ preventScroll: true });
}

/** Renders a new or changed message. @param {Message} message */
export function draw(message) {
  const fresh = article(message);
  const old = document.getElementById(fresh.id);
  if (old) {
    group(fresh, old.previousElementSibling);
    keepingFocus(old, () => morph(old, fresh));
  } else {
    const later = [...list.children].find(({ id }) => byId({ id: id.slice('message-'.length) }, message) > 0);
    group(fresh, later ? later.previousElementSibling : list.lastElementChild);
    list.insertBefore(fresh, later ?? null);
    group(later);
    newer.hidden = isFollowing;
    if (isFollowing && !later) showsStart = true;
  }
  follow();
}

/**
 * Removes a message. If it had the focus, the next or previous message gets the focus.
 * @param {string} id
 */
export function remove(id) {
  const old = document.getElementById(`message-${id}`);
  const next = old?.nextElementSibling ?? old?.previousElementSibling;
  const hadFocus = old?.contains(document.activeElement);
  const below = old?.nextElementSibling;
  old?.remove();
  group(below);
  if (hadFocus) (next instanceof HTMLElement ? next : scroller).focus();
}

/**
 * Keeps the focus on the same component while `change` updates the message. If the component is gone or disabled, the
 * message gets the focus. @param {HTMLElement} message @param {() => void} change
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
  const target = press === undefined && focused.isConnected ? focused : (again ?? message);
  if (target instanceof HTMLElement && target !== document.activeElement) target.focus({ preventScroll: true });
}

/**
 * Updates the log with the messages of a response. `before` has the ids of the messages that were in the log when the
 * request was sent. These messages are replaced by those of the response. Messages that arrived after the request stay.
 * Ephemeral messages also stay, because a response never contains them.
 * @param {Log} log @param {ReadonlySet<string>} before @param {readonly Message[]} history
 */
export function mergeHistory(log, before, history) {
  for (const id of before) if ((log.get(id)?.flags & 64) === 0) log.delete(id);
  for (const message of history) if (!log.has(message.id)) log.set(message.id, message);
}
