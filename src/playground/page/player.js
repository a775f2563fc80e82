/** Plays a conversation script in real time, and compares its `bot:` lines with the bot's messages. */
import { callAs, joinAs, findPressable, interactAs, openDm } from './actor.js';
import { control } from './switches.js';
import { optionsToSend, dataOf, entriesOf, readLine, unfinishedOptions, unknownCommand } from './command-line.js';
import { isCheck } from './conversation-reader.js';
import { textOfMessage } from './message-text.js';
import { isEphemeral, messageFields, names, people, state } from './state.js';

/** @typedef {import('./script.js').Step} Step */
/** @typedef {import('./actor.js').Actor} Actor */
/** @typedef {'now' | 'done' | 'met' | 'not met'} Verdict */
/** @typedef {(step: Step, verdict: Verdict, note?: string) => void} Report */
/**
 * A message. If `to` is given, only `to` can see the message.
 * @typedef {{ id: string, to: string | undefined, text: string }} Heard
 */
/**
 * @typedef {object} Performance a conversation that is being played
 * @property {import('./state.js').Place} place the channel in which the conversation is played
 * @property {Map<string, Actor>} cast the connected members, by username
 * @property {AbortSignal} signal
 * @property {Heard[]} heard messages that the bot has sent since the last action and that no line has matched yet
 * @property {string[]} suggestions the suggestions of the latest autocomplete request
 */

/** Maximum time to wait for the text of a `bot:` line or for a button, in ms. */
const patience = 5000;

/** Time between two searches for the text or the button, in ms. */
const betweenLooks = 50;

/**
 * Converts a text of the bot so that it can be compared with the lines of a conversation: names instead of ids, slashes
 * instead of newlines, and lower case.
 */
const normalized = (/** @type {string} */ text) =>
  text
    .replaceAll(/<@!?(\d+)>/g, (_, id) => `@${names.user(id)}`)
    .replaceAll('\n', ' / ')
    .toLowerCase();

/**
 * Plays the steps one after another. Continues after a failed check, and rejects if an action is impossible.
 * @param {readonly Step[]} steps @param {Report} report @param {AbortSignal} signal @returns {Promise<void>}
 */
export async function play(steps, report, signal) {
  const { place } = state;
  if (!place) throw new Error('There is no connection right now. Try again in a moment.');
  /** @type {Performance} */
  const performance = { place, cast: new Map(), signal, heard: [], suggestions: [] };
  for (const [index, member] of membersIn(steps).entries())
    performance.cast.set(member.username, joinAs(member, place, listener(performance, index === 0)));
  const actors = [...performance.cast.values()];
  try {
    for (const actor of actors) await actor.ready;
    for (const step of steps) await playStep(performance, step, report);
  } finally {
    for (const actor of actors) actor.leave();
  }
}

/**
 * Returns the members who occur in the steps. If no member occurs, returns the acting member.
 * @param {readonly Step[]} steps
 */
function membersIn(steps) {
  const named = new Set(
    steps.flatMap((step) => ('who' in step ? [step.who] : 'to' in step && step.to ? [step.to] : [])),
  );
  const members = state.world.members.filter(({ username }) => named.has(username));
  return members.length === 0 && state.me ? [state.me] : members;
}

/**
 * Returns a listener that records messages of the bot. All members receive public messages, so only the listener of the
 * first member records these.
 * @param {Performance} performance @param {boolean} isFirst @returns {import('./actor.js').OnMessage}
 */
function listener({ heard }, isFirst) {
  return ({ username }, message, isDirect) => {
    const to = isEphemeral(message) || isDirect ? username : undefined;
    if (message.author.bot && (to || isFirst))
      heard.push({ id: message.id, to, text: normalized(textOfMessage(message)) });
  };
}

/** @param {Performance} performance @param {Step} step @param {Report} report */
async function playStep(performance, step, report) {
  performance.signal.throwIfAborted();
  report(step, 'now');
  try {
    const problem = await perform(performance, step);
    report(step, problem ? 'not met' : isCheck(step) ? 'met' : 'done', problem);
  } catch (reason) {
    report(step, 'not met', reason instanceof Error ? reason.message : String(reason));
    throw reason;
  }
}

/** @param {Performance} performance @param {Step} step @returns {Promise<string | undefined>} why a check failed */
async function perform(performance, step) {
  switch (step.kind) {
    case 'told':
      return checkHeard(performance, step);
    case 'unsaid':
      return checkUnsaid(performance, step.what);
    case 'suggested':
      return hasSuggestion(performance, step.what) ? undefined : listed(performance);
    case 'nothing suggested':
      return performance.suggestions.length > 0 ? listed(performance) : undefined;
    case 'waits':
      performance.heard.length = 0;
      await until(performance, () => undefined, step.ms);
      return;
    case 'happens':
      performance.heard.length = 0;
      await runEvent(performance, step.what);
      return;
    default:
      performance.heard.length = 0;
      await act(performance, step);
  }
}

/**
 * Calls `find` again and again until it returns a result. Resolves with undefined after `ms`.
 * @template T
 * @param {Performance} performance @param {() => T | undefined} find @param {number} [ms]
 * @returns {Promise<T | undefined>}
 */
async function until({ signal }, find, ms = patience) {
  const end = Date.now() + ms;
  for (;;) {
    signal.throwIfAborted();
    const found = find();
    const left = end - Date.now();
    if (found !== undefined || left <= 0) return found;
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, betweenLooks)));
  }
}

/** @param {Performance} performance @param {Extract<Step, { who: string }>} step */
async function act(performance, { kind, who, privately, what }) {
  const actor = performance.cast.get(who);
  if (!actor) throw new Error(`${who} is not here.`);
  const place = privately ? await openDm(actor) : performance.place;
  if (kind === 'says') return callAs(actor, 'POST', `/channels/${place.id}/messages`, { content: what });
  if (kind === 'presses') {
    const found = await until(performance, () => findPressable(actor, place.id, what));
    if (!found) throw new Error(`No message that ${who} sees has “${what}” to press.`);
    return interactAs(actor, 3, found.press, place, messageFields(found.message));
  }
  const isAutocomplete = kind === 'asks';
  const { line, options } = await readCommand(actor, place, what, isAutocomplete);
  const fields = { application_id: line.entry.command.application_id };
  const data = await interactAs(actor, isAutocomplete ? 4 : 2, dataOf(line.entry, options), place, fields);
  performance.suggestions = (data.choices ?? []).map((/** @type {any} */ { name }) => name);
}

/**
 * Parses a command that a member types in the conversation. Rejects if the command is unknown or incomplete.
 * @param {Actor} actor @param {import('./state.js').Place} place @param {string} text @param {boolean} isUnfinished
 */
async function readCommand(actor, place, text, isUnfinished) {
  const owner = place.guildId ? `/guilds/${place.guildId}` : `/channels/${place.id}`;
  const index = await callAs(actor, 'GET', `${owner}/application-command-index`);
  const entries = entriesOf(index.application_commands);
  const line = readLine(text, entries);
  if (!line) throw new Error(unknownCommand(text, entries));
  const result = isUnfinished
    ? { options: unfinishedOptions(line, new Map(), people()) }
    : optionsToSend(line, new Map(), people());
  if ('problem' in result) throw new Error(result.problem);
  return { line, options: result.options };
}

/** @param {Performance} performance @param {string} event */
async function runEvent(performance, event) {
  const { place } = performance;
  if (event === 'restart') return control('restart');
  if (event === 'message removed') {
    const newest = publicMessages(performance).findLast((one) => one.author.bot && one.channel_id === place.id);
    if (!newest) throw new Error('There is no message of the bot to remove.');
    return control('delete', { channel: newest.channel_id, message: newest.id });
  }
  return control('permission', { name: 'SEND_MESSAGES', channel: place.id, allowed: event === 'may post' });
}

/** Returns the public messages that the first member has received. @param {Performance} performance @returns {any[]} */
const publicMessages = ({ cast }) =>
  [...(cast.values().next().value?.messages.values() ?? [])].filter((one) => !isEphemeral(one));

/**
 * @param {Performance} performance @param {Extract<Step, { kind: 'told' }>} step
 * @returns {Promise<string | undefined>} why the check failed
 */
async function checkHeard(performance, { to, what }) {
  const { heard } = performance;
  const wanted = what.toLowerCase();
  const found = await until(performance, () => heard.find((one) => one.to === to && one.text.includes(wanted)));
  if (!found) return `Since the line above it was said: ${heard.map(quote).join('; ') || 'nothing'}`;
  // Messages to the same recipient must arrive in the order of the lines. Messages to different recipients may arrive
  // in any order.
  const at = heard.indexOf(found);
  const later = heard.filter((one, index) => index > at || one.to !== to);
  heard.splice(0, heard.length, ...later);
  return undefined;
}

/** @param {Performance} performance @param {string} what @returns {string | undefined} why the check failed */
function checkUnsaid(performance, what) {
  const isShown = publicMessages(performance).some((one) =>
    normalized(textOfMessage(one)).includes(what.toLowerCase()),
  );
  return isShown ? 'The channel shows it.' : undefined;
}

/** @param {Performance} performance @param {string} what */
const hasSuggestion = ({ suggestions }, what) =>
  suggestions.some((text) => text.toLowerCase().includes(what.toLowerCase()));

/** @param {Performance} performance */
const listed = ({ suggestions }) => `Suggested were: ${suggestions.join(' | ') || 'none'}`;

/** @param {Heard} heard */
const quote = ({ to, text }) => `${to ? `to ${to}: ` : ''}“${text.slice(0, 160)}”`;
