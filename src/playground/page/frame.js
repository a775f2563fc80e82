/** Everything around the messages: the places, who one acts as, and what an empty place says. */
import { bdi, h, part, update } from './dom.js';
import { hashOf, logHere, names, people, state } from './state.js';

/** Says something in the status line; an empty text takes it back. @param {string} text */
export const say = (text) => {
  part('status').textContent = text;
};

/** Draws the places, the members and the titles. */
export function drawFrame() {
  const { me, place, places, world } = state;
  const groups = [...Map.groupBy(places, ({ guildId }) => guildId).values()];
  const next = world.members[(world.members.findIndex(({ id }) => id === me?.id) + 1) % world.members.length];
  const beside = h('a', { href: hashOf(next, place), target: '_blank', rel: 'noopener', class: 'beside' });
  beside.append('Open ', bdi(names.user(next?.id ?? '')), ' beside this ↗');
  update(part('places'), ...groups.map(section), ...(next?.id === me?.id ? [] : [beside]));
  const acting = /** @type {HTMLSelectElement} */ (part('acting'));
  update(acting, ...people().members.map(({ id, name }) => h('option', { value: id }, name)));
  acting.value = me?.id ?? '';
  const label = place?.label ?? '';
  part('place').textContent = label;
  document.title = `${label} as ${names.user(me?.id ?? '')} · ${world.application.name} playground`;
}

/** @param {import('./state.js').Place[]} places of one server */
function section(places) {
  const rows = places.map((place) => {
    const unread = state.unread.has(place.id);
    const marks = { 'aria-current': place.id === state.place?.id && 'page', class: unread ? 'unread' : undefined };
    const news = unread ? h('span', { class: 'unseen' }, ' (unread)') : undefined;
    return h(
      'li',
      {},
      h('a', { href: hashOf(state.me, place), ...marks }, h('span', { dir: 'auto' }, place.label), news),
    );
  });
  return h('section', {}, h('h2', { dir: 'auto' }, places[0]?.group), h('ul', {}, rows));
}

/** Shown first where the bot has them: lines that can be tried without knowing anything. */
const goodLines = ['event rasht', 'quiz group', 'leaderboard', 'quiz solo', 'dispute caspian', 'help'];

/** An empty place offers three lines to try. */
export function drawWelcome() {
  const empty = state.place !== undefined && logHere().size === 0;
  part('welcome').hidden = !empty;
  if (!empty) return;
  const known = state.entries.map(({ name }) => name);
  const good = goodLines.filter((line) => known.some((name) => `${line} `.startsWith(`${name} `)));
  const lines = [...good, ...known.filter((name) => !good.some((line) => line.startsWith(name)))].slice(0, 3);
  part('welcome-title').textContent = `Welcome to ${state.place?.label}`;
  part('welcome-text').textContent =
    lines.length > 0
      ? 'Type / to see what the bot can do, or try one of these:'
      : 'No bot has told its commands yet. They appear here as soon as one does.';
  update(
    part('suggestions'),
    ...lines.map((line) =>
      h('button', { type: 'button', class: 'button secondary', 'data-command': line }, `/${line}`),
    ),
  );
}
