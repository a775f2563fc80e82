/**
 * Plays a conversation that was read, in real time: every member in it joins by a connection of their own and does what
 * their lines say, through the same protocol as the page. What the bot says is held against its lines as it comes.
 */
import { control, openGateway, rest, startInteractions } from './client.js';
import { answers, dataOf, entriesOf, read, unfinished, unknown } from './command-line.js';
import { isCheck } from './script.js';
import { names, people, state } from './state.js';
import { wordsOf } from './words.js';

/** @typedef {import('./script.js').Step} Step */
/** @typedef {import('./client.js').Member} Member */
/** @typedef {'now' | 'done' | 'met' | 'not met'} Verdict */
/** @typedef {{ id: string, to: string | undefined, words: string }} Heard `to` when one member alone is told */
/** @typedef {{ press: object, message: any }} Pressable */

/** How long the bot may take to say what a line expects, and a button to appear, in milliseconds. */
const patience = 5000;

/** @param {any} message */
const isPrivate = ({ flags }) => (flags & 64) !== 0;
/** As a line of a conversation has it: names for ids, slashes where lines end. */
const plain = (/** @type {string} */ words) =>
  words
    .replaceAll(/<@!?(\d+)>/g, (_, id) => `@${names.user(id)}`)
    .replaceAll('\n', ' / ')
    .toLowerCase();

/**
 * Plays the steps one after another; a line that cannot be done ends the play, a line that is not met does not.
 * @param {readonly Step[]} steps
 * @param {(step: Step, verdict: Verdict, note?: string) => void} report
 * @param {AbortSignal} signal
 * @returns {Promise<void>} rejects when it was aborted, or a line could not be done
 */
export async function play(steps, report, signal) {
  const { place } = state;
  if (!place) throw new Error('There is no connection right now. Try again in a moment.');
  /** What came since the last act, and has not been met by a line yet. @type {Heard[]} */
  let fresh = [];
  /** @type {string[]} */
  let suggested = [];
  /** @type {Set<() => void>} */
  const lookers = new Set();

  const named = new Set(
    steps.flatMap((step) => ('who' in step ? [step.who] : 'to' in step && step.to ? [step.to] : [])),
  );
  const members = state.world.members.filter(({ username }) => named.has(username));
  // Somebody has to hear what the bot says in the channel.
  if (members.length === 0 && state.me) members.push(state.me);
  const cast = new Map(members.map((member, index) => [member.username, enter(member, place, hear(index === 0))]));

  /** What everybody hears is noted once, by the first. @param {boolean} isFirst */
  function hear(isFirst) {
    return (/** @type {Member} */ { username }, /** @type {any} */ message, /** @type {boolean} */ isDirect) => {
      const to = isPrivate(message) || isDirect ? username : undefined;
      if (message.author.bot && (to || isFirst)) fresh.push({ id: message.id, to, words: plain(wordsOf(message)) });
      for (const look of lookers) look();
    };
  }

  /**
   * What `look` finds as soon as it finds something, undefined when time is up.
   * @template T
   * @param {() => T | undefined} look
   * @param {number} [ms]
   * @returns {Promise<T | undefined>}
   */
  const until = (look, ms = patience) =>
    new Promise((resolve, reject) => {
      /** @param {T | undefined} found */
      const end = (found) => {
        clearTimeout(timer);
        lookers.delete(again);
        signal.removeEventListener('abort', abort);
        resolve(found);
      };
      const again = () => {
        const found = look();
        if (found !== undefined) end(found);
      };
      const abort = () => {
        reject(signal.reason);
        end(undefined);
      };
      const timer = setTimeout(() => end(undefined), ms);
      lookers.add(again);
      signal.addEventListener('abort', abort);
      again();
    });

  /** @param {Extract<Step, { who: string }>} step */
  async function act({ kind, who, privately, what }) {
    const actor = cast.get(who);
    if (!actor) throw new Error(`${who} is not here.`);
    const where = privately ? await actor.direct() : place;
    if (kind === 'says') return actor.call('POST', `/channels/${where?.id}/messages`, { content: what });
    if (kind === 'presses') {
      const found = await until(() => actor.find(where?.id ?? '', what));
      if (!found) throw new Error(`No message that ${who} sees has “${what}” to press.`);
      return actor.interact(3, found.press, where, aboutMessage(found.message));
    }
    const index = where?.guildId ? `/guilds/${where.guildId}` : `/channels/${where?.id}`;
    const known = await actor.call('GET', `${index}/application-command-index`);
    const entries = entriesOf(known.application_commands);
    const line = read(what, entries);
    if (!line) throw new Error(unknown(what, entries));
    const { command } = line.entry;
    const options =
      kind === 'asks' ? { options: unfinished(line, new Map(), people()) } : answers(line, new Map(), people());
    if ('problem' in options) throw new Error(options.problem);
    const about = { application_id: command.application_id };
    const data = await actor.interact(kind === 'asks' ? 4 : 2, dataOf(line.entry, options.options), where, about);
    suggested = (data.choices ?? []).map((/** @type {any} */ { name }) => name);
  }

  /** @param {string} what */
  async function happen(what) {
    if (what === 'restart') return control('restart');
    if (what === 'message removed') {
      const newest = [...(cast.values().next().value?.seen.values() ?? [])].findLast(
        (one) => one.author.bot && !isPrivate(one) && one.channel_id === place?.id,
      );
      if (!newest) throw new Error('There is no message of the bot to remove.');
      return control('delete', { channel: newest.channel_id, message: newest.id });
    }
    return control('permission', { name: 'SEND_MESSAGES', channel: place?.id, allowed: what === 'may post' });
  }

  /** @param {Extract<Step, { kind: 'told' }>} step @returns {Promise<string | undefined>} what is wrong */
  async function told({ to, what }) {
    const wanted = what.toLowerCase();
    const found = await until(() => fresh.find((one) => one.to === to && one.words.includes(wanted)));
    if (!found) return `Since the line above it was said: ${fresh.map(heardBy).join('; ') || 'nothing'}`;
    // In order for each reader; who of two readers heard first is not promised.
    const at = fresh.indexOf(found);
    fresh = fresh.filter((one, index) => index > at || one.to !== to);
    return undefined;
  }

  /** @param {string} what @returns {string | undefined} what is wrong */
  function unsaid(what) {
    const here = [...(cast.values().next().value?.seen.values() ?? [])];
    const saying = here.some((one) => !isPrivate(one) && plain(wordsOf(one)).includes(what.toLowerCase()));
    return saying ? 'The channel shows it.' : undefined;
  }

  /** @param {string} what @returns {string | undefined} what is wrong */
  function isSuggested(what) {
    const met = what ? suggested.some((one) => one.toLowerCase().includes(what.toLowerCase())) : suggested.length === 0;
    return met ? undefined : `Suggested were: ${suggested.join(' | ') || 'none'}`;
  }

  /** @param {Step} step @returns {Promise<string | undefined>} what is wrong with what the bot did */
  async function perform(step) {
    switch (step.kind) {
      case 'told':
        return told(step);
      case 'unsaid':
        return unsaid(step.what);
      case 'suggested':
        return isSuggested(step.what);
      case 'waits':
        fresh = [];
        await until(() => undefined, step.ms);
        return;
      case 'happens':
        fresh = [];
        await happen(step.what);
        return;
      default:
        fresh = [];
        await act(step);
    }
  }

  try {
    for (const actor of cast.values()) await actor.ready;
    for (const step of steps) {
      signal.throwIfAborted();
      report(step, 'now');
      try {
        const wrong = await perform(step);
        report(step, wrong ? 'not met' : isCheck(step) ? 'met' : 'done', wrong);
      } catch (reason) {
        report(step, 'not met', reason instanceof Error ? reason.message : String(reason));
        throw reason;
      }
    }
  } finally {
    for (const actor of cast.values()) actor.leave();
  }
}

/** @param {Heard} heard */
const heardBy = ({ to, words }) => `${to ? `to ${to}: ` : ''}“${words.slice(0, 160)}”`;

const aboutMessage = (/** @type {any} */ { id, flags, application_id: application, author }) => ({
  application_id: application ?? author.id,
  message_id: id,
  message_flags: flags,
});

/**
 * One member of the cast, on a connection of their own.
 * @param {Member} member
 * @param {import('./state.js').Place} place
 * @param {(member: Member, message: any, isDirect: boolean) => void} heard
 */
function enter(member, place, heard) {
  const { token } = member;
  const interactions = startInteractions(token);
  /** @type {Map<string, any>} */
  const seen = new Map();
  /** @type {import('./state.js').Place | undefined} */
  let direct;
  let session = '';
  let leave = () => {};
  const ready = new Promise((resolve, reject) => {
    const lost = () => {
      interactions.drop('The connection was lost.');
      reject(new Error('The connection was lost.'));
    };
    leave = openGateway(token, state.gateway, take, lost);
    /** @param {string} event @param {any} data */
    function take(event, data) {
      interactions.settle(event, data);
      if (event === 'READY') session = data.session_id;
      if (event === 'READY') remember().then(resolve, reject);
      if (event === 'MESSAGE_DELETE') seen.delete(data.id);
      if (event !== 'MESSAGE_CREATE' && event !== 'MESSAGE_UPDATE') return;
      if (![place.id, direct?.id].includes(data.channel_id)) return;
      seen.set(data.id, { ...seen.get(data.id), ...data });
      heard(member, seen.get(data.id), data.channel_id === direct?.id);
    }
  });
  /** @param {'GET' | 'POST'} method @param {string} path @param {unknown} [body] */
  const call = (method, path, body) => rest(token, method, path, body);

  /** Buttons of earlier messages may be pressed too. */
  async function remember() {
    if (!place.guildId) return;
    for (const message of (await call('GET', `/channels/${place.id}/messages?limit=50`)).toReversed())
      seen.set(message.id, message);
  }

  return {
    ready,
    seen,
    call,
    leave: () => leave(),
    /** The conversation with the bot. */
    async direct() {
      const { id } = await call('POST', '/users/@me/channels', { recipients: [state.world.application.id] });
      direct = { id, name: 'bot', label: 'bot', group: '' };
      return direct;
    },
    /** The newest message in a channel that shows this to press. @param {string} channel @param {string} label @returns {Pressable | undefined} */
    find(channel, label) {
      for (const message of [...seen.values()].toReversed()) {
        const press = message.channel_id === channel ? pressOf(message.components ?? [], label) : undefined;
        if (press) return { press, message };
      }
      return undefined;
    },
    /** What the bot did; throws a sentence when it did not answer. @param {number} type @param {object} data @param {import('./state.js').Place | undefined} where @param {object} about */
    async interact(type, data, where, about) {
      const from = { ...(where?.guildId && { guild_id: where.guildId }), channel_id: where?.id, session_id: session };
      const { failed, data: said } = await interactions.send({ type, data, ...from, ...about });
      if (failed) throw new Error('The bot did not answer within 3 seconds.');
      return said;
    },
  };
}

/**
 * What to send for the button, or the option of a select, that carries this label.
 * @param {readonly any[]} components
 * @param {string} label
 * @returns {object | undefined}
 */
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
