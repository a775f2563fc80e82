/**
 * Speaks to the emulated Discord as one member: REST calls and one gateway connection, always to the server of
 * this page. It never resumes a session: after a gap the page fetches the history again.
 */

/** @typedef {{ id: string, username: string, global_name?: string | null, token: string }} Member */
/** @typedef {{ id: string, name: string, type: number }} Channel */
/** @typedef {{ id: string, name: string, channels: Channel[] }} Guild */
/** @typedef {{ application: { id: string, name: string }, applications: { id: string, name: string }[], guilds: Guild[], members: Member[] }} World */

/**
 * Who and what there is: servers, channels, and the members one may act as.
 * @returns {Promise<World>}
 */
export async function readWorld() {
  const answer = await fetch('/world.json', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`/world.json answered ${answer.status}.`);
  return answer.json();
}

/**
 * One REST call; what it throws is a sentence for the person in front of the page.
 * @param {string} token
 * @param {'GET' | 'POST'} method
 * @param {string} path below /api/v10
 * @param {unknown} [body]
 * @returns {Promise<any>} what the server said, undefined for 204
 */
export async function rest(token, method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { Authorization: token };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(`/api/v10${path}`, sent).catch(() => {
    throw new Error('The emulated Discord cannot be reached. Is it still running?');
  });
  if (answer.status === 204) return undefined;
  const text = await answer.text();
  if (!answer.ok) throw new Error(refusal(answer.status, text));
  return JSON.parse(text);
}

/**
 * The drawer's own routes, which are no part of Discord: without a name what there is to show, else presses a switch.
 * @param {string} [name]
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function control(name, body = {}) {
  const asked = name ? { method: 'POST', body: JSON.stringify(body) } : {};
  const answer = await fetch(`/controls${name ? `/${name}` : ''}`, asked).catch(() => {
    throw new Error('The playground cannot be reached. Is it still running?');
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.message);
  return said;
}

/**
 * Discord's error body in words: its message, its code, and what it says about single fields.
 * @param {number} status
 * @param {string} text
 */
function refusal(status, text) {
  const said = text.startsWith('{') ? JSON.parse(text) : {};
  const fields = fieldErrors(said.errors, '').join(' ');
  const code = said.code ? ` (${said.code})` : '';
  const wait = said.retry_after ? ` Try again in ${Math.ceil(said.retry_after)} s.` : '';
  return `Discord refused: ${said.message ?? `status ${status}`}${code}. ${fields}${wait}`.trim();
}

/**
 * @param {any} errors
 * @param {string} path
 * @returns {string[]}
 */
function fieldErrors(errors, path) {
  if (typeof errors !== 'object' || errors === null) return [];
  const own = errors['_errors'];
  if (Array.isArray(own)) return own.map(({ message }) => `${path}: ${message}`);
  return Object.keys(errors).flatMap((key) => fieldErrors(errors[key], path ? `${path}.${key}` : key));
}

let made = 0;

/** A nonce that looks like an id, as Discord's own client makes them. */
export function nonce() {
  made += 1;
  return String(((BigInt(Date.now()) - 1_420_070_400_000n) << 22n) + BigInt(made % 4096));
}

/** Milliseconds since the epoch at which an id was made. */
export const timeOf = (/** @type {string} */ id) => Number((BigInt(id) >> 22n) + 1_420_070_400_000n);

/**
 * Opens the gateway as a member. `closed` is called once, however the connection ends, unless the page closed it.
 * @param {string} token
 * @param {string} url of the gateway, as `GET /gateway` tells it
 * @param {(event: string, data: any) => void} dispatch
 * @param {() => void} closed
 * @returns {() => void} closes it
 */
export function openGateway(token, url, dispatch, closed) {
  const socket = new WebSocket(`${url}/?v=10&encoding=json`);
  /** @type {number | undefined} */ let beats;
  /** @type {number | null} */ let sequence = null;
  let answered = true;
  let over = false;

  const send = (/** @type {number} */ op, /** @type {unknown} */ d) => socket.send(JSON.stringify({ op, d }));
  const end = () => {
    if (over) return;
    over = true;
    clearInterval(beats);
    socket.close();
    closed();
  };
  const beat = () => {
    if (!answered) return end();
    answered = false;
    send(1, sequence);
  };
  socket.addEventListener('message', ({ data }) => {
    const { op, d, s, t } = JSON.parse(data);
    if (over) return;
    if (s !== undefined && s !== null) sequence = s;
    if (op === 10) {
      beats = setInterval(beat, d.heartbeat_interval);
      const properties = { os: 'Browser', browser: 'Playground', device: '' };
      send(2, { token, capabilities: 0, properties, compress: false });
    } else if (op === 0) dispatch(t, d);
    else if (op === 1) send(1, sequence);
    else if (op === 7 || op === 9) end();
    else if (op === 11) answered = true;
  });
  socket.addEventListener('close', end);
  return () => {
    over = true;
    clearInterval(beats);
    socket.close();
  };
}

/** @typedef {{ failed: boolean, data: any }} Outcome how an interaction ended */

/** The events that end an interaction. */
const endings = new Set([
  'INTERACTION_SUCCESS',
  'INTERACTION_FAILURE',
  'INTERACTION_MODAL_CREATE',
  'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE',
]);

/** The interactions of one member that still wait for how they end. @param {string} token */
export function startInteractions(token) {
  /** By nonce. @type {Map<string, { resolve(outcome: Outcome): void, reject(reason: Error): void }>} */
  const waiting = new Map();
  return {
    /**
     * Sends one and gives back how it ended; rejects with a sentence when Discord refuses it.
     * @param {object} body without its nonce
     * @returns {Promise<Outcome>}
     */
    send(body) {
      const key = nonce();
      return new Promise((resolve, reject) => {
        waiting.set(key, { resolve, reject });
        rest(token, 'POST', '/interactions', { ...body, nonce: key }).catch((/** @type {Error} */ reason) => {
          waiting.delete(key);
          reject(reason);
        });
      });
    },
    /** Hands an event to whoever waits for it, and says whether it ended something that was asked for here. @param {string} event @param {any} data */
    settle(event, data) {
      const asked = endings.has(event) ? waiting.get(data.nonce) : undefined;
      if (asked) waiting.delete(data.nonce);
      asked?.resolve({ failed: event === 'INTERACTION_FAILURE', data });
      return asked !== undefined;
    },
    /** Nobody will answer any more. @param {string} why */
    drop(why) {
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}
