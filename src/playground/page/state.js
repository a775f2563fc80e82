/**
 * What the page knows, as one value, and the questions that can be answered from it alone. Messages are kept by member
 * and channel: what one member sees privately, another must not.
 */
import { nameOf } from './message.js';

/** @typedef {import('./client.js').World} World */
/** @typedef {import('./client.js').Member} Member */
/** @typedef {import('./log.js').Log} Log */
/** @typedef {{ id: string, name: string, label: string, guildId?: string | undefined, group: string }} Place somewhere to write */
/**
 * @typedef {object} State
 * @property {World} world
 * @property {string} gateway its address
 * @property {Member | undefined} [me]
 * @property {string | undefined} [session] while there is a connection
 * @property {Place[]} places
 * @property {Place} [place] where we are
 * @property {import('./command-line.js').Entry[]} entries the commands there are here
 * @property {Map<string, Log>} logs
 * @property {Set<string>} unread channel ids
 * @property {Map<string, string>} met names of users seen in messages
 * @property {Set<string>} pressed components whose answer is awaited, as message/custom_id
 * @property {Map<string, string>} failures what went wrong, by message id
 */

/** @type {State} */
export const state = {
  world: { application: { id: '0', name: 'the bot' }, guilds: [], members: [] },
  gateway: '',
  places: [],
  entries: [],
  logs: new Map(),
  unread: new Set(),
  met: new Map(),
  pressed: new Set(),
  failures: new Map(),
};

/** The messages the member knows of a channel. @param {string} channelId @returns {Log} */
export function logOf(channelId) {
  const key = `${state.me?.id}/${channelId}`;
  const found = state.logs.get(key) ?? new Map();
  state.logs.set(key, found);
  return found;
}

/** The messages of the place we are in. */
export const logHere = () => logOf(state.place?.id ?? '');

/** Remembers how the people of a message are called. @param {any} message */
export function meet({ author, member, interaction_metadata: by }) {
  state.met.set(author.id, nameOf(author, member));
  if (by?.user) state.met.set(by.user.id, nameOf(by.user));
}

/** Whom and what an option of a command may name. */
export const people = () => ({
  members: state.world.members.map((member) => ({ id: member.id, name: nameOf(member) })),
  channels: state.places.filter(({ guildId }) => guildId),
});

export const names = {
  user: (/** @type {string} */ id) =>
    people().members.find((one) => one.id === id)?.name ?? state.met.get(id) ?? 'someone',
  channel: (/** @type {string} */ id) => state.places.find((one) => one.id === id)?.name ?? 'a channel',
};

/** Text and announcement channels, and the three kinds of threads. */
const writable = [0, 5, 10, 11, 12];

/**
 * Every place of a member: the channels of the servers, then the conversation with the bot.
 * @param {any[]} guilds as READY has them
 * @param {{ id: string }} dm
 */
export function setPlaces(guilds, dm) {
  const bot = `@${state.world.application.name}`;
  state.places = [
    ...guilds.flatMap((guild) =>
      [...guild.channels, ...(guild.threads ?? [])]
        .filter(({ type }) => writable.includes(type))
        .map(({ id, name }) => ({ id, name, label: `#${name}`, guildId: guild.id, group: guild.name ?? 'Server' })),
    ),
    { id: dm.id, name: bot, label: bot, group: 'Direct messages' },
  ];
}

/** Puts a new channel or thread below the others of its server. @param {any} channel */
export function addPlace({ id, name, guild_id: guildId }) {
  const last = state.places.findLastIndex((one) => one.guildId === guildId);
  const group = state.places[last]?.group;
  if (group === undefined || state.places.some((one) => one.id === id)) return;
  state.places.splice(last + 1, 0, { id, name, label: `#${name}`, guildId, group });
}

/** The address of a member in a place. @param {Member | undefined} member @param {Place | undefined} place */
export function hashOf(member, place) {
  const twins = state.places.filter(({ name }) => name === place?.name).length > 1;
  const channel = (twins ? place?.id : place?.name) ?? '';
  return `#${new URLSearchParams({ member: member?.username ?? '', channel })}`;
}

/** The member the address names, else the one we are, else the first. */
export function wantedMember() {
  const name = new URLSearchParams(location.hash.slice(1)).get('member');
  const { members } = state.world;
  return (
    members.find(({ username }) => username === name) ?? members.find(({ id }) => id === state.me?.id) ?? members[0]
  );
}

/** The place the address names, else the first. */
export function wantedPlace() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get('channel') ?? '';
  return state.places.find(({ id, name }) => id === wanted || name === wanted) ?? state.places[0];
}
