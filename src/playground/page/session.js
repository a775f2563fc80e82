/**
 * The page's connection to the emulated Discord. After a reconnect, the page loads everything again except ephemeral
 * messages.
 */
import { openGateway, readWorld, rest, startInteractions } from '../../loopback/member-client.js';
import { dataOf, entriesOf } from './command-line.js';
import { part } from './dom.js';
import { drawFrame, showStatus } from './frame.js';
import * as log from './message-list.js';
import { showModal } from './modal-dialog.js';
import {
  addPlace,
  hashOf,
  isEphemeral,
  logHere,
  logOf,
  rememberNames,
  removePlace,
  setPlaces,
  state,
  wantedMember,
  wantedPlace,
} from './state.js';
import { drawWelcome } from './welcome.js';

export const noAnswerText = 'the bot did not answer within 3 seconds.';
/** Number of messages that are loaded by one request. */
const pageSize = 50;
/** Time before the first attempt to reconnect, in ms. The time doubles with each attempt, up to `longestWait`. */
const firstWait = 500;
const longestWait = 5000;
/** Time between two attempts to load the commands of a bot that is starting, in ms. */
const waitForCommands = 1000;

let interactions = startInteractions('');
/** Callbacks that were registered with `onChannelChange`. @type {((complete: boolean) => void)[]} */
const channelListeners = [];
/** Counters of connections and opened channels. If a counter changes during an `await`, the response is outdated. */
let connection = 0;
let visit = 0;
let attempts = 0;
let disconnect = () => {};

/**
 * Registers a callback. It is called with false when the page starts to open a channel, and whenever the commands of
 * the channel have been loaded. It is called with true once after each connect, when the page has opened the first
 * channel or failed to open it.
 * @param {(complete: boolean) => void} run
 */
export const onChannelChange = (run) => channelListeners.push(run);

/** @param {'GET' | 'POST'} method @param {string} path @param {unknown} [body] */
export const callApi = (method, path, body) => rest(state.me?.token ?? '', method, path, body);

/**
 * If the promise rejects, shows the error message in the status line.
 * @param {Promise<unknown> | undefined} work
 */
export function showErrors(work) {
  work?.catch((/** @type {Error} */ reason) => {
    console.error(reason);
    showStatus(reason.message);
  });
}

/** Connects as the member in the URL. Reconnects if the connection is lost. */
export async function connect() {
  disconnect();
  const mine = (connection += 1);
  state.session = undefined;
  interactions.drop('You are somebody else now.');
  // The list is cleared, so that the messages of the previous member are not shown to the new member.
  if (wantedMember()?.id !== state.me?.id) log.open(new Map());
  const lost = () => {
    state.session = undefined;
    interactions.drop('The connection was lost. Try again.');
    showStatus('Reconnecting…');
    setTimeout(() => mine === connection && showErrors(connect()), Math.min(firstWait * 2 ** attempts, longestWait));
    attempts += 1;
  };
  showStatus(attempts > 0 ? 'Reconnecting…' : 'Connecting…');
  const found = await Promise.all([readWorld(), rest('', 'GET', '/gateway')]).catch(() => undefined);
  if (mine !== connection) return;
  if (!found) return lost();
  state.world = found[0];
  state.gateway = found[1].url;
  state.me = wantedMember();
  if (!state.me) return showStatus('This emulated Discord has no members.');
  interactions = startInteractions(state.me.token);
  disconnect = openGateway(state.me.token, state.gateway, (event, data) => showErrors(dispatch(event, data)), lost);
}

/** @param {any} ready */
async function onReady(ready) {
  const mine = connection;
  const direct = await Promise.all(
    state.world.applications.map(async ({ id: bot, name }) => {
      const { id } = await callApi('POST', '/users/@me/channels', { recipients: [bot] });
      return { id, name: `@${name}`, label: `@${name}`, group: 'Direct messages' };
    }),
  );
  if (mine !== connection) return;
  state.session = ready.session_id;
  attempts = 0;
  showStatus('');
  setPlaces(ready.guilds, direct);
  try {
    await openChannel();
  } finally {
    for (const run of channelListeners) run(true);
  }
}

/** Opens the channel in the URL. Reconnects if the URL contains a different member. */
export async function openChannel() {
  if (!state.session || wantedMember()?.id !== state.me?.id) return connect();
  const place = wantedPlace();
  if (!place) return showStatus('There is no place here to write in.');
  const mine = (visit += 1);
  state.place = place;
  state.visited.set(place.guildId, place.id);
  state.unread.delete(place.id);
  state.failures.clear();
  history.replaceState(null, '', hashOf(state.me, place));
  const known = logHere();
  log.open(known);
  part('earlier').hidden = true;
  drawFrame();
  for (const run of channelListeners) run(false);
  const before = new Set(known.keys());
  const posts = await callApi('GET', `/channels/${place.id}/messages?limit=${pageSize}`);
  log.mergeHistory(known, before, posts);
  for (const message of posts) rememberNames(message);
  if (mine !== visit) return;
  log.open(known);
  part('earlier').hidden = posts.length < pageSize;
  await loadCommands();
}

export async function loadEarlier() {
  const mine = visit;
  const known = logHere();
  const [oldest] = [...known.values()].filter((one) => !isEphemeral(one)).sort(log.byId);
  if (!oldest) return;
  const posts = await callApi('GET', `/channels/${oldest.channel_id}/messages?limit=${pageSize}&before=${oldest.id}`);
  if (mine !== visit) return;
  for (const message of posts) {
    rememberNames(message);
    known.set(message.id, message);
  }
  log.earlier(posts);
  part('earlier').hidden = posts.length < pageSize;
}

export async function loadCommands() {
  const { place } = state;
  if (!place) return;
  const of = place.guildId ? `/guilds/${place.guildId}` : `/channels/${place.id}`;
  const index = await callApi('GET', `${of}/application-command-index`);
  if (place !== state.place) return;
  state.entries = entriesOf(index.application_commands);
  const before = JSON.stringify(state.menuCommands);
  state.menuCommands = index.application_commands.filter((/** @type {any} */ { type }) => type === 2 || type === 3);
  if (JSON.stringify(state.menuCommands) !== before) {
    for (const message of logHere().values()) log.draw(message);
    drawFrame();
  }
  drawWelcome(complete);
  for (const run of channelListeners) run(false);
  if (state.entries.length > 0) return;
  setTimeout(() => place === state.place && state.session && showErrors(loadCommands()), waitForCommands);
}

/** @param {string} event @param {any} data */
async function dispatch(event, data) {
  switch (event) {
    case 'READY':
      return onReady(data);
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
      return addMessage({ ...logOf(data.channel_id).get(data.id), ...data });
    case 'MESSAGE_DELETE':
      return removeMessage(data.channel_id, data.id);
    case 'MESSAGE_DELETE_BULK':
      for (const id of data.ids) removeMessage(data.channel_id, id);
      return;
    case 'CHANNEL_CREATE':
    case 'THREAD_CREATE':
      addPlace(data);
      return drawFrame();
    case 'CHANNEL_UPDATE':
    case 'THREAD_UPDATE':
      // An archived thread is removed from the list if it is not the current channel.
      if (data.thread_metadata?.archived && state.place?.id !== data.id) removePlace(data.id);
      else addPlace(data);
      return drawFrame();
    case 'CHANNEL_DELETE':
    case 'THREAD_DELETE':
      removePlace(data.id);
      return state.places.some(({ id }) => id === state.place?.id) ? drawFrame() : openChannel();
    case 'INTERACTION_MODAL_CREATE':
      // A modal that the same member opened in another window is ignored.
      if (interactions.settle(event, data)) showModal(data, (components) => submitModal(data, components));
      return;
    default:
      interactions.settle(event, data);
  }
}

/** @param {any} message */
function addMessage(message) {
  rememberNames(message);
  const known = logOf(message.channel_id);
  const fresh = !known.has(message.id);
  known.set(message.id, message);
  if (known === logHere()) {
    log.draw(message);
    if (fresh && message.author.id === state.me?.id) log.scrollToEnd();
    drawWelcome(complete);
  } else if (fresh) {
    state.unread.add(message.channel_id);
    drawFrame();
  }
}

/** Removes a message from the list. @param {string} channelId @param {string} id */
export function removeMessage(channelId, id) {
  logOf(channelId).delete(id);
  log.remove(id);
  drawWelcome(complete);
}

/**
 * Sends an interaction and resolves with its outcome. Rejects with an error message if Discord returns an error.
 * @param {2 | 3 | 4 | 5} type command, component, autocomplete, modal @param {object} data @param {object} about
 */
export function interact(type, data, about) {
  const { place, session } = state;
  if (!place || !session) return Promise.reject(new Error('There is no connection right now. Try again in a moment.'));
  const from = { ...(place.guildId && { guild_id: place.guildId }), channel_id: place.id, session_id: session };
  return interactions.send({ type, ...from, data, ...about });
}

/**
 * @param {import('./command-line.js').Entry} entry @param {object[]} options
 * @returns {Promise<import('./command-line.js').Choice[]>}
 */
export async function complete(entry, options) {
  const { data } = await interact(4, dataOf(entry, options), { application_id: entry.command.application_id });
  return data.choices ?? [];
}

/** @param {any} modal @param {object[]} components */
async function submitModal(modal, components) {
  const data = { id: modal.id, custom_id: modal.custom_id, components };
  const { failed } = await interact(5, data, { application_id: modal.application?.id ?? state.world.application.id });
  if (failed) throw new Error(`This was not taken — ${noAnswerText}`);
}
