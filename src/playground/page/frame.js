/** Renders what is around the messages: channels, titles and the select in which the user chooses the acting member. */
import { memberMenu } from './context-menu.js';
import { bdi, h, part, update } from './dom.js';
import { serverLinks } from './server-list.js';
import { besideMe, hashOf, names, people, state } from './state.js';

/** Whether this page is in the iframe of the side-by-side view, which shows the second member's view. */
const isBeside = window !== window.parent;
document.documentElement.classList.toggle('is-beside', isBeside);

/** Shows a text in the status line. An empty text clears the status line. @param {string} text */
export const showStatus = (text) => {
  part('status').textContent = text;
};

export function drawFrame() {
  const { me, place, places, unread, world } = state;
  update(part('servers'), ...serverLinks());
  const here = places.filter(({ guildId }) => guildId === place?.guildId);
  update(part('channels'), guildSection(here), ...memberMenus(), ...besideLinks());
  part('open-places').classList.toggle('unread', unread.size > 0);
  part('unread').hidden = unread.size === 0;
  drawBeside();
  const acting = /** @type {HTMLSelectElement} */ (part('acting'));
  update(acting, ...people().members.map(({ id, name }) => h('option', { value: id }, name)));
  acting.value = me?.id ?? '';
  const label = place?.label ?? '';
  part('place').textContent = label;
  document.title = `${label} as ${names.user(me?.id ?? '')} · ${world.application.name} playground`;
}

/** Renders the members with their context menus. Renders nothing if no bot has commands for members. */
function memberMenus() {
  const rows = people().members.flatMap((member) => {
    const menu = memberMenu(member);
    return menu ? [h('li', bdi(member.name), ' ', menu)] : [];
  });
  return rows.length > 0 ? [h('section', h('h2', 'Members'), h('ul', rows))] : [];
}

/**
 * Renders links that open the page of another member, side by side or in a new tab. If the side-by-side view is open,
 * renders a link that closes it.
 */
function besideLinks() {
  const { me, place, world } = state;
  const next = world.members[(world.members.findIndex(({ id }) => id === me?.id) + 1) % world.members.length];
  const there = besideMe();
  const name = bdi(names.user((there ?? next)?.id ?? ''));
  if (isBeside || !next || next.id === me?.id) return [];
  if (there) return [h('a.beside', { href: hashOf(me, place, '') }, 'Close ', name)];
  const tab = { class: 'beside in-tab', href: hashOf(next, place), target: '_blank', rel: 'noopener' };
  return [
    h('a.beside', { href: hashOf(me, place, next.username) }, 'Open a second view as ', name),
    h('a', tab, 'Open ', name.cloneNode(true), ' in a tab ↗'),
  ];
}

function drawBeside() {
  const box = part('beside');
  const there = isBeside ? undefined : besideMe();
  box.hidden = there === undefined;
  if (box.dataset['member'] === there?.username) return;
  box.dataset['member'] = there?.username ?? '';
  const title = `${names.user(there?.id ?? '')}’s view`;
  box.replaceChildren(...(there ? [h('iframe', { title, src: `/${hashOf(there, state.place, '')}` })] : []));
}

/** Renders the channels of one server. @param {import('./state.js').Place[]} places */
function guildSection(places) {
  const rows = places
    .filter(({ parent }) => !parent)
    .map((place) => {
      const inner = places.filter(({ parent }) => parent === place.id);
      return h('li', placeLink(place), inner.length > 0 ? threadsOf(place, inner) : undefined);
    });
  return h('section', h('h2', bdi(places[0]?.group ?? '')), h('ul', rows));
}

/** @param {import('./state.js').Place} channel @param {import('./state.js').Place[]} threads */
const threadsOf = (channel, threads) =>
  h(
    'ul',
    { class: 'threads', 'aria-label': `Threads of ${channel.label}` },
    threads.map((thread) => h('li', placeLink(thread))),
  );

/** @param {import('./state.js').Place} place */
function placeLink(place) {
  const unread = state.unread.has(place.id);
  const marks = { 'aria-current': place.id === state.place?.id && 'page', class: unread ? 'unread' : undefined };
  const news = unread ? h('span.unseen', ' (unread)') : undefined;
  return h('a', { href: hashOf(state.me, place), ...marks }, h('span', { dir: 'auto' }, place.label), news);
}
