/** A member who acts in a conversation script that is being played. Each member has a separate gateway connection. */
import { openGateway, rest, startInteractions } from '../../loopback/member-client.js';
import { state } from './state.js';

/** @typedef {import('../../loopback/member-client.js').Member} Member */
/** @typedef {import('./state.js').Place} Place */
/**
 * A button or select option. `press` is the `data` of the interaction that uses it.
 * @typedef {{ press: object, message: any }} Pressable
 */
/** @typedef {(member: Member, message: any, isDirect: boolean) => void} OnMessage called for new and edited messages */
/**
 * @typedef {object} Actor
 * @property {Member} member
 * @property {Place} place the channel in which the conversation is played
 * @property {Place | undefined} direct the DM with the bot; undefined until it is opened
 * @property {string} sessionId
 * @property {ReturnType<typeof startInteractions>} interactions
 * @property {Map<string, any>} messages the messages in `place` and `direct`, by id
 * @property {Promise<unknown>} ready resolves when the member is connected; rejects if the connection is lost
 * @property {() => void} leave
 */

/** @param {Member} member @param {Place} place @param {OnMessage} onMessage @returns {Actor} */
export function joinAs(member, place, onMessage) {
  const { promise: ready, resolve, reject } = Promise.withResolvers();
  const interactions = startInteractions(member.token);
  const lost = () => {
    interactions.drop('The connection was lost.');
    reject(new Error('The connection was lost.'));
  };
  const dispatch = (/** @type {string} */ event, /** @type {any} */ data) => {
    if (event === 'READY') {
      actor.sessionId = data.session_id;
      void loadHistory(actor).then(resolve, reject);
    } else handleEvent(actor, event, data, onMessage);
  };
  const leave = openGateway(member.token, state.gateway, dispatch, lost);
  /** @type {Actor} */
  const actor = { member, place, direct: undefined, sessionId: '', interactions, messages: new Map(), ready, leave };
  return actor;
}

/** @param {Actor} actor @param {string} event @param {any} data @param {OnMessage} onMessage */
function handleEvent({ member, place, direct, interactions, messages }, event, data, onMessage) {
  interactions.settle(event, data);
  if (event === 'MESSAGE_DELETE') messages.delete(data.id);
  if (event === 'MESSAGE_DELETE_BULK') for (const id of data.ids) messages.delete(id);
  if (event !== 'MESSAGE_CREATE' && event !== 'MESSAGE_UPDATE') return;
  if (![place.id, direct?.id].includes(data.channel_id)) return;
  messages.set(data.id, { ...messages.get(data.id), ...data });
  onMessage(member, messages.get(data.id), data.channel_id === direct?.id);
}

/**
 * Loads the latest messages of the channel, because the member may use the components of these messages.
 * @param {Actor} actor
 */
async function loadHistory(actor) {
  const { place, messages } = actor;
  if (!place.guildId) return;
  for (const message of (await callAs(actor, 'GET', `/channels/${place.id}/messages?limit=50`)).toReversed())
    messages.set(message.id, message);
}

/** @param {Actor} actor @param {'GET' | 'POST'} method @param {string} path @param {unknown} [body] */
export const callAs = ({ member }, method, path, body) => rest(member.token, method, path, body);

/** Opens the DM with the bot. @param {Actor} actor @returns {Promise<Place>} */
export async function openDm(actor) {
  const { id } = await callAs(actor, 'POST', '/users/@me/channels', { recipients: [state.world.application.id] });
  actor.direct = { id, name: 'bot', label: 'bot', group: '' };
  return actor.direct;
}

/**
 * Finds an enabled button or select option by its label. If several messages contain it, the newest of them is used.
 * @param {Actor} actor @param {string} channelId @param {string} label @returns {Pressable | undefined}
 */
export function findPressable({ messages }, channelId, label) {
  for (const message of [...messages.values()].toReversed()) {
    const press = message.channel_id === channelId ? pressOf(message.components ?? [], label) : undefined;
    if (press) return { press, message };
  }
  return undefined;
}

/**
 * Resolves with the data of the event that ended the interaction. Rejects if the bot does not respond in time.
 * @param {Actor} actor @param {number} type @param {object} data @param {Place} place @param {object} fields
 */
export async function interactAs({ interactions, sessionId }, type, data, place, fields) {
  const location = { ...(place.guildId && { guild_id: place.guildId }), channel_id: place.id, session_id: sessionId };
  const { failed, data: result } = await interactions.send({ type, data, ...location, ...fields });
  if (failed) throw new Error('The bot did not answer within 3 seconds.');
  return result;
}

/** @param {readonly any[]} components @param {string} label @returns {object | undefined} */
function pressOf(components, label) {
  for (const { type, custom_id, disabled, label: own, options = [], components: inner = [], accessory } of components) {
    if (custom_id && !disabled) {
      const option = options.find((/** @type {any} */ one) => one.label === label);
      if (option) return { component_type: type, type, custom_id, values: [option.value] };
      if (own === label) return { component_type: type, custom_id };
    }
    const found = pressOf([...inner, ...(accessory ? [accessory] : [])], label);
    if (found) return found;
  }
  return undefined;
}
