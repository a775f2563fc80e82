/**
 * The drawer "behind the scenes". It has switches that cause faults, and it shows the bot's requests. On narrow screens
 * and beside the view of a second member, it is a modal dialog.
 */
import { callApi, showErrors } from './session.js';
import { control } from './switches.js';
import { h, part } from './dom.js';
import { byId } from './message-list.js';
import { besideMe, isEphemeral, logHere, state } from './state.js';
import { textOfMessage } from './message-text.js';

/**
 * For each permission: its name in the API, its label in Discord's settings, and its bit.
 * @type {[string, string, bigint][]}
 */
const permissions = [
  ['VIEW_CHANNEL', 'View Channel', 1n << 10n],
  ['SEND_MESSAGES', 'Send Messages', 1n << 11n],
  ['SEND_MESSAGES_IN_THREADS', 'Send Messages in Threads', 1n << 38n],
  ['EMBED_LINKS', 'Embed Links', 1n << 14n],
  ['ATTACH_FILES', 'Attach Files', 1n << 15n],
  ['READ_MESSAGE_HISTORY', 'Read Message History', 1n << 16n],
];
/**
 * The index is the callback type. The text says what the bot does. Discord documentation,
 * interactions/receiving-and-responding#interaction-callback-type.
 */
const callbacks = ['', '', '', '', 'answers', 'defers', 'defers an update', 'updates', 'suggests', 'opens a form'];
const everySecond = 1000;

const drawer = /** @type {HTMLDialogElement} */ (part('drawer'));
const opener = part('open-drawer');
const narrow = matchMedia('(max-width: 60rem)');
const say = (/** @type {string} */ text) => {
  part('drawer-said').textContent = text;
};

export function startDrawer() {
  const boxes = permissions.map(([name, label]) =>
    h('label.option', h('input', { type: 'checkbox', value: name, checked: true }), label),
  );
  part('permissions').append(...boxes);
  opener.addEventListener('click', () => (drawer.open ? drawer.close() : openDrawer()));
  part('close-drawer').addEventListener('click', () => drawer.close());
  drawer.addEventListener('close', () => {
    opener.setAttribute('aria-expanded', 'false');
    opener.focus();
  });
  drawer.addEventListener('keydown', ({ key }) => key === 'Escape' && drawer.close());
  drawer.addEventListener('click', ({ target }) => {
    const name = target instanceof HTMLElement ? target.dataset['control'] : undefined;
    if (name) showErrors(useSwitch(name));
  });
  drawer.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement) showErrors(useSwitch('delay', { ms: Number(target.value) }));
    if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return;
    showErrors(useSwitch('permission', { name: target.value, channel: state.place?.id, allowed: target.checked }));
  });
  // The drawer is closed and opened again, because an open dialog cannot become modal or non-modal.
  narrow.addEventListener('change', () => {
    if (!drawer.open) return;
    drawer.close();
    openDrawer();
  });
  setInterval(() => drawer.open && !document.hidden && showErrors(refresh()), everySecond);
}

export function openDrawer() {
  if (narrow.matches || besideMe()) drawer.showModal();
  else drawer.show();
  opener.setAttribute('aria-expanded', 'true');
  showErrors(refresh());
  showErrors(showBotPermissions());
}

/**
 * Shows which permissions are denied to the bot in the current channel. Only the bot's own permission overwrite is
 * read.
 */
export async function showBotPermissions() {
  const { place } = state;
  part('permissions').hidden = !place?.guildId;
  if (!drawer.open || !place?.guildId) return;
  part('permissions-place').textContent = place.label;
  const channel = await callApi('GET', `/channels/${place.id}`);
  if (place !== state.place) return;
  const own = channel.permission_overwrites?.find((/** @type {any} */ one) => one.id === state.world.application.id);
  for (const box of part('permissions').querySelectorAll('input')) {
    const bit = permissions.find(([name]) => name === box.value)?.[2] ?? 0n;
    box.checked = (BigInt(own?.deny ?? 0) & bit) === 0n;
  }
}

/** @param {string} name @param {any} [body] */
async function useSwitch(name, body) {
  try {
    if (name === 'restart') say('The bot is stopping and starting again…');
    if (name === 'delete') body = newestOfBot();
    await control(name, body);
    say(outcomes[name]?.(body) ?? '');
  } catch (reason) {
    say(reason instanceof Error ? reason.message : String(reason));
    await showBotPermissions();
  }
  await refresh();
}

function newestOfBot() {
  const seen = [...logHere().values()].filter((one) => one.author.bot && !isEphemeral(one));
  const newest = seen.sort(byId).at(-1);
  if (!newest) throw new Error('There is no message of a bot here to delete. Let it answer something first.');
  return { channel: newest.channel_id, message: newest.id };
}

/** For each switch, the text that is shown after its use. @type {Record<string, (body: any) => string>} */
const outcomes = {
  drop: () => 'The bot’s gateway connection was closed. It connects again by itself.',
  delete: () => 'The message was deleted, as a moderator would.',
  restart: () => 'The bot was stopped and has started again.',
  delay: ({ ms }) =>
    ms > 0 ? `Every reply of the bot now arrives ${ms / 1000} seconds late.` : 'Replies are on time.',
  permission({ name, allowed }) {
    const label = permissions.find(([one]) => one === name)?.[1];
    return `${label} is ${allowed ? 'given back' : 'taken from the bot'} in ${state.place?.label}.`;
  },
};

async function refresh() {
  const { log, delayMs, canRestart } = await control();
  /** @type {HTMLSelectElement} */ (part('delay')).value = String(delayMs);
  const restart = drawer.querySelector('[data-control="restart"]');
  if (restart instanceof HTMLElement) restart.hidden = !canRestart;
  const list = part('sent');
  for (const one of log) {
    const key = `sent-${one.number}`;
    const old = document.getElementById(key);
    if (!old) list.prepend(request(one, key));
    else if (old.dataset['status'] !== String(one.status)) old.replaceWith(request(one, key));
  }
  while (list.children.length > log.length) list.lastChild?.remove();
}

/** @param {any} one @param {string} id */
function request({ at, method, path, body, status }, id) {
  const means = path.endsWith('/callback') ? callbacks[body?.type] : undefined;
  const words = textOfMessage(body?.data ?? body ?? {}).slice(0, 100);
  const short = [means, words].filter(Boolean).join(': ');
  const mark = h(status >= 400 ? 'strong.failure' : 'strong', status === 0 ? 'waiting' : String(status));
  const about = short ? h('span.subtext', { dir: 'auto' }, short) : undefined;
  const time = h('span.subtext', new Date(at).toLocaleTimeString('en-GB'));
  const line = h('summary', mark, ` ${method} `, h('code', path), about, time);
  const whole = body === undefined ? 'No body.' : JSON.stringify(body, undefined, 2);
  return h('li', { id, 'data-status': status }, h('details', line, h('pre', { tabindex: 0 }, whole)));
}
