/** Renders the column of servers. Each link opens the channel that was opened last in its server. */
import { h } from './dom.js';
import { avatar, initialsOf } from './message-article.js';
import { hashOf, state } from './state.js';

/** @typedef {import('./state.js').Place} Place */

const maxInitials = 3;

export function serverLinks() {
  const servers = [...Map.groupBy(state.places, ({ guildId }) => guildId)];
  const direct = servers.filter(([id]) => id === undefined);
  const guilds = servers.filter(([id]) => id !== undefined);
  return [...direct, ...guilds].map(([, places]) => h('li', serverLink(places)));
}

/** @param {Place[]} places the channels of one server, or the DMs */
function serverLink(places) {
  const guildId = places[0]?.guildId;
  const group = places[0]?.group ?? '';
  const visited = places.find(({ id }) => id === state.visited.get(guildId)) ?? places[0];
  const isUnread = places.some(({ id }) => state.unread.has(id));
  const marks = {
    title: group,
    'aria-current': guildId === state.place?.guildId && 'true',
    class: isUnread ? 'unread' : undefined,
  };
  return h(
    'a',
    { href: hashOf(state.me, visited), ...marks },
    avatar(guildId ?? '0', guildId ? initialsOf(group, maxInitials) : '@'),
    h('span.unseen', { dir: 'auto' }, group),
    isUnread ? h('span.unseen', ' (unread)') : undefined,
  );
}
