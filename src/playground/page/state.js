/** The state of the page. Messages are stored per member, because members see different ephemeral messages. */
/** @typedef {import('../../loopback/member-client.js').World} World */
/** @typedef {import('../../loopback/member-client.js').Member} Member */
/** @typedef {Map<string, any>} Log messages in the format of Discord's API, by id */
/**
 * @typedef {object} Place a channel, thread or DM
 * @property {string} id
 * @property {string} name
 * @property {string} label
 * @property {string} [guildId]
 * @property {string} group
 * @property {string} [parent] for a thread, the id of its channel
 */
/**
 * @typedef {object} State
 * @property {World} world
 * @property {string} gateway the address of the gateway
 * @property {Member | undefined} [me]
 * @property {string | undefined} [session] the session id; undefined without a connection
 * @property {Place[]} places
 * @property {Place} [place] the current channel
 * @property {Map<string | undefined, string>} visited
 *   the channel that was opened last in each server, by server id; for DMs, the key is undefined
 * @property {Map<string, import('./command-line.js').Named[]>} roles the roles of each server, by server id
 * @property {import('./command-line.js').Entry[]} entries the commands that are available in the current channel
 * @property {any[]} menuCommands the commands for context menus that are available in the current channel
 * @property {Map<string, Log>} logs
 * @property {Set<string>} unread channel ids
 * @property {Map<string, string>} met names of users who occurred in messages, by user id
 * @property {Set<string>} pressed components to which the bot has not responded yet, as `messageId/customId`
 * @property {Map<string, string>} failures error messages, by message id
 */

/** @type {State} */
export const state = {
  world: { application: { id: '0', name: 'the bot' }, applications: [], guilds: [], members: [] },
  gateway: '',
  places: [],
  visited: new Map(),
  roles: new Map(),
  entries: [],
  menuCommands: [],
  logs: new Map(),
  unread: new Set(),
  met: new Map(),
  pressed: new Set(),
  failures: new Map(),
};

/** Returns the loaded messages of a channel. @param {string} channelId @returns {Log} */
export function logOf(channelId) {
  const key = `${state.me?.id}/${channelId}`;
  const found = state.logs.get(key) ?? new Map();
  state.logs.set(key, found);
  return found;
}

export const logHere = () => logOf(state.place?.id ?? '');

/** Returns the display name of a user: the nickname in the guild, otherwise the global name, otherwise the username. */
export const nameOf = (/** @type {any} */ user, /** @type {any} */ member = user.member) =>
  member?.nick ?? user.global_name ?? user.username;

/** Whether only one member can see a message. @param {any} message */
export const isEphemeral = ({ flags }) => (flags & 64) !== 0;

/** The fields of an interaction that say to which message the used component belongs. @param {any} message */
export const messageFields = ({ id, flags, application_id: application, author }) => ({
  application_id: application ?? author.id,
  message_id: id,
  message_flags: flags,
});

/** Stores the names of the users who occur in a message. @param {any} message */
export function rememberNames({ author, member, interaction_metadata: by }) {
  state.met.set(author.id, nameOf(author, member));
  if (by?.user) state.met.set(by.user.id, nameOf(by.user));
}

/** Returns the members and channels that can be values of command options. */
export const people = () => ({
  members: state.world.members.map((member) => ({ id: member.id, name: nameOf(member) })),
  channels: state.places.filter(({ guildId }) => guildId),
});

/** Returns the members, channels and roles that can be chosen in the selects of a message. */
export const offers = () => ({
  ...people(),
  roles: state.roles.get(state.place?.guildId ?? '') ?? [],
  channels: state.places.filter(({ guildId, parent }) => guildId && guildId === state.place?.guildId && !parent),
});

export const names = {
  user: (/** @type {string} */ id) =>
    people().members.find((one) => one.id === id)?.name ?? state.met.get(id) ?? 'someone',
  role: (/** @type {string} */ id) => [...state.roles.values()].flat().find((one) => one.id === id)?.name ?? 'a role',
  channel: (/** @type {string} */ id) => state.places.find((one) => one.id === id)?.name ?? 'a channel',
};

/** Channel types in which members can write: text channels, announcement channels and the three types of threads. */
const writable = [0, 5, 10, 11, 12];
const threads = [10, 11, 12];

/**
 * Sets the list of channels: first the channels of guilds with their threads, then the DMs.
 * @param {any[]} guilds the guilds in the event READY @param {Place[]} direct the DMs
 */
export function setPlaces(guilds, direct) {
  state.places = direct;
  state.roles = new Map(guilds.map(({ id, roles }) => [id, roles]));
  // `addPlace` inserts a guild channel after the other channels of its guild, and before the DMs.
  for (const guild of guilds)
    for (const channel of [...guild.channels, ...(guild.threads ?? [])]) addPlace(channel, guild);
}

/** Removes a channel and its threads. @param {string} gone the id of the channel */
export function removePlace(gone) {
  state.places = state.places.filter(({ id, parent }) => id !== gone && parent !== gone);
}

/**
 * Adds a channel after the other channels of its guild, or a thread after its channel. If the list already contains the
 * channel or thread, only changes its name.
 * @param {any} channel @param {any} [guild]
 */
export function addPlace({ id, type, name, parent_id: above, guild_id }, guild) {
  const guildId = guild?.id ?? guild_id;
  const parent = threads.includes(type) ? above : undefined;
  const { places } = state;
  const group = guild?.name ?? places.find((one) => one.guildId === guildId)?.group;
  const label = parent ? name : `#${name}`;
  const known = places.find((one) => one.id === id);
  if (known) Object.assign(known, { name, label });
  if (!writable.includes(type) || group === undefined || known) return;
  const before = places.findLastIndex((one) =>
    parent ? one.id === parent || one.parent === parent : one.guildId === guildId,
  );
  const end = places.findIndex((one) => !one.guildId);
  const place = { id, name, label, guildId, group, parent };
  places.splice(before === -1 ? end : before + 1, 0, place);
}

/**
 * Returns the URL hash for a member and a channel. `beside` is the username of the second member of the side-by-side
 * view. By default, the second member does not change. An empty `beside` closes the view.
 * @param {Member | undefined} member @param {Place | undefined} place @param {string} [beside]
 */
export function hashOf(member, place, beside = besideMe()?.username) {
  const twins = state.places.filter(({ name }) => name === place?.name).length > 1;
  const channel = (twins ? place?.id : place?.name) ?? '';
  return `#${new URLSearchParams({ member: member?.username ?? '', channel, ...(beside && { beside }) })}`;
}

const inHash = (/** @type {string} */ name) => new URLSearchParams(location.hash.slice(1)).get(name) ?? '';

/** Returns the second member of the side-by-side view. The URL contains the username of this member. */
export const besideMe = () => state.world.members.find(({ username }) => username === inHash('beside'));

/** Returns the member in the URL, otherwise the acting member, otherwise the first member. */
export function wantedMember() {
  const name = inHash('member');
  const { members } = state.world;
  return (
    members.find(({ username }) => username === name) ?? members.find(({ id }) => id === state.me?.id) ?? members[0]
  );
}

/** Returns the channel in the URL, otherwise the first channel. */
export function wantedPlace() {
  const wanted = inHash('channel');
  return state.places.find(({ id, name }) => id === wanted || name === wanted) ?? state.places[0];
}
