// @ts-check
/** A client that acts as one member, for the page and the tests. It does not resume sessions. */

/** @typedef {{ id: string, username: string, global_name?: string | null, token: string }} Member */
/** @typedef {{ id: string, name: string, type: number }} Channel */
/** @typedef {{ id: string, name: string, channels: Channel[] }} Guild */
/**
 * @typedef {{ application: { id: string, name: string }, applications: { id: string, name: string }[], guilds: Guild[], members: Member[] }} World
 */
/** @typedef {{ code: number, message: string, errors?: unknown, retry_after?: number }} ErrorBody of error responses */

/** Thrown if the emulated Discord responds with an error. The message is meant for the user of the page. */
export class RefusedRequest extends Error {
  /** @param {number} status @param {ErrorBody} body */
  constructor(status, body) {
    super(refusal(status, body));
    this.status = status;
    this.body = body;
  }
}

/**
 * Loads the servers, channels and members.
 * @param {string} [home] by default the page's origin @returns {Promise<World>}
 */
export async function readWorld(home = '') {
  const answer = await fetch(`${home}/world.json`, /** @type {object} */ ({ cache: 'no-store' }));
  if (!answer.ok) throw new Error(`/world.json answered ${answer.status}.`);
  /** @type {any} */
  const world = await answer.json();
  return world;
}

/**
 * Calls the REST API. The messages of thrown errors are meant for the user of the page.
 * @param {string} token @param {string} method @param {string} path after /api/v10 @param {unknown} [body]
 * @param {string} [home] by default the page's origin
 * @returns {Promise<any>} the response body, or undefined if it is empty
 */
export async function rest(token, method, path, body, home = '') {
  const { content, type } = encoded(body);
  const headers = { Authorization: token, ...(type && { 'Content-Type': type }) };
  const sent = { method, headers, ...(content !== undefined && { body: content }) };
  const answer = await fetch(`${home}/api/v10${path}`, sent).catch((cause) => {
    throw new Error('The emulated Discord cannot be reached. Is it still running?', { cause });
  });
  const text = await answer.text();
  if (!answer.ok) throw new RefusedRequest(answer.status, text.startsWith('{') ? JSON.parse(text) : {});
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Encodes a body. A body with files becomes a form. In the JSON of the form, each file is replaced by its number.
 * Discord docs, reference#uploading-files.
 * @param {any} body @returns {{ content?: string | FormData, type?: string }}
 */
function encoded(body) {
  if (body === undefined) return {};
  /** @type {(Blob & { name?: string })[]} */ const files = [];
  const content = JSON.stringify(body, (_, value) => (value instanceof Blob ? String(files.push(value) - 1) : value));
  if (files.length === 0) return { content, type: 'application/json' };
  const form = new FormData();
  const attachments = files.map(({ name }, id) => ({ id: String(id), filename: name }));
  const { data, ...rest } = JSON.parse(content);
  const listed = data ? { data: { ...data, attachments } } : { attachments };
  form.set('payload_json', JSON.stringify({ ...rest, ...listed }));
  for (const [n, file] of files.entries()) form.set(`files[${n}]`, file, file.name);
  return { content: form };
}

/** Converts an error response into a message. @param {number} status @param {Partial<ErrorBody>} body */
function refusal(status, { code, message, errors, retry_after: seconds }) {
  const wait = seconds ? ` Try again in ${Math.ceil(seconds)} s.` : '';
  const fields = fieldErrors(errors, '').join(' ');
  return `Discord refused: ${message ?? `status ${status}`}${code ? ` (${code})` : ''}. ${fields}${wait}`.trim();
}

/** @param {any} errors @param {string} path @returns {string[]} */
function fieldErrors(errors, path) {
  if (typeof errors !== 'object' || errors === null) return [];
  const own = errors['_errors'];
  if (Array.isArray(own)) return own.map(({ message }) => `${path}: ${message}`);
  return Object.keys(errors).flatMap((key) => fieldErrors(errors[key], path ? `${path}.${key}` : key));
}

let made = 0;

/** Creates a nonce. The nonce has the format of an id, as in Discord's own client. */
export function nonce() {
  made += 1;
  return String(((BigInt(Date.now()) - 1_420_070_400_000n) << 22n) + BigInt(made % 4096));
}

/** The creation time of an id, in ms since the epoch. */
export const timeOf = (/** @type {string} */ id) => Number((BigInt(id) >> 22n) + 1_420_070_400_000n);

/**
 * The part of the WebSocket interface that is used.
 * @typedef {{ send(text: string): void, close(): void,
 *   addEventListener(event: any, listener: (event: any) => void): void }} Socket
 */

/**
 * Connects to the gateway as a member. Calls `closed` if the connection is lost. Returns a function that closes the
 * connection.
 * @param {string} token @param {string} url @param {(event: string, data: any) => void} dispatch
 * @param {() => void} closed @param {(url: string) => Socket} [connect]
 *   opens the socket. Tests must pass it, because Node 20 has no global WebSocket.
 */
export function openGateway(token, url, dispatch, closed, connect = (to) => new globalThis.WebSocket(to)) {
  const socket = connect(`${url}/?v=10&encoding=json`);
  /** @type {ReturnType<typeof setInterval> | undefined} */ let beats;
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
  // In tests, an 'error' event without a listener would crash the process.
  socket.addEventListener('error', end);
  socket.addEventListener('close', end);
  return () => {
    over = true;
    clearInterval(beats);
    socket.close();
  };
}

/** @typedef {{ event: string, failed: boolean, data: any }} Ending how an interaction ended */

const endings = new Set([
  'INTERACTION_SUCCESS',
  'INTERACTION_FAILURE',
  'INTERACTION_MODAL_CREATE',
  'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE',
]);

/** Sends interactions of one member. @param {string} token @param {string} [home] by default the page's origin */
export function startInteractions(token, home) {
  /** Pending promises, by nonce. @type {Map<string, { resolve(ending: Ending): void, reject(reason: Error): void }>} */
  const waiting = new Map();
  return {
    /** Resolves with the outcome of an interaction. @param {object} body without a nonce @returns {Promise<Ending>} */
    send(body) {
      const key = nonce();
      return new Promise((resolve, reject) => {
        waiting.set(key, { resolve, reject });
        rest(token, 'POST', '/interactions', { ...body, nonce: key }, home).catch((/** @type {Error} */ reason) => {
          waiting.delete(key);
          reject(reason);
        });
      });
    },
    /**
     * If the event ends a pending interaction, resolves the promise of this interaction and returns true.
     * @param {string} event @param {any} data
     */
    settle(event, data) {
      const asked = endings.has(event) ? waiting.get(data.nonce) : undefined;
      if (asked) waiting.delete(data.nonce);
      asked?.resolve({ event, failed: event === 'INTERACTION_FAILURE', data });
      return asked !== undefined;
    },
    /** @param {string} why */
    drop(why) {
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}
