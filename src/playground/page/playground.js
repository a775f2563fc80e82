/** Handles the input of the user. The URL contains the member and the channel, so both can differ between tabs. */
import { allowTyping, offer, runCommand, showChannel, startComposer } from './composer.js';
import { chosenCommand } from './context-menu.js';
import { part } from './dom.js';
import { showBotPermissions, openDrawer, startDrawer } from './drawer.js';
import { updateRelativeTimes } from './discord-markdown.js';
import {
  openChannel,
  connect,
  removeMessage,
  interact,
  noAnswerText,
  onChannelChange,
  loadEarlier,
  showErrors,
} from './session.js';
import { playConversation, startScriptBox } from './script-box.js';
import * as log from './message-list.js';
import { hashOf, logHere, messageFields, state } from './state.js';

let script = new URLSearchParams(location.search).get('script');
onChannelChange((complete) => {
  showChannel();
  showErrors(showBotPermissions());
  if (!complete) return;
  allowTyping();
  if (script === null) return;
  openDrawer();
  showErrors(playConversation(script));
  script = null;
});

/** Sends the chosen command of a context menu. @param {HTMLSelectElement} menu */
function useMenu(menu) {
  const chosen = chosenCommand(menu.value);
  menu.value = '';
  if (chosen) showErrors(runCommand(chosen.command.name, chosen.command, chosen.data));
}

/**
 * Uses a component. The component is shown as busy until the bot has responded.
 * @param {HTMLElement} control @param {string[]} [values] the values chosen in a select
 */
async function press(control, values) {
  const known = logHere();
  const message = known.get(control.closest('article')?.id.slice('message-'.length) ?? '');
  const { press: customId = '', kind } = control.dataset;
  const key = `${message?.id}/${customId}`;
  if (!message || state.pressed.has(key)) return;
  const redraw = () => {
    const now = known.get(message.id);
    if (now && known === logHere()) log.draw(now);
  };
  state.pressed.add(key);
  state.failures.delete(message.id);
  redraw();
  const data = { component_type: Number(kind), custom_id: customId, ...(values && { type: Number(kind), values }) };
  try {
    const { failed } = await interact(3, data, messageFields(message));
    if (failed) state.failures.set(message.id, `This interaction failed — ${noAnswerText}`);
  } catch (reason) {
    state.failures.set(message.id, reason instanceof Error ? reason.message : String(reason));
  } finally {
    state.pressed.delete(key);
    redraw();
    // The select is reset to the bot's defaults, so that the user can choose the same option again.
    if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = option.defaultSelected;
    }
  }
}

/** @param {Element} spoiler */
function reveal(spoiler) {
  spoiler.setAttribute('data-shown', 'true');
  for (const name of ['role', 'tabindex', 'aria-label']) spoiler.removeAttribute(name);
  spoiler.firstElementChild?.removeAttribute('aria-hidden');
}

/**
 * Shows or hides the lists of servers and channels on narrow screens. Wide screens always show these lists.
 * @param {boolean} open
 */
function showPlaces(open) {
  part('open-places').setAttribute('aria-expanded', String(open));
  const here = part('channels').querySelector('[aria-current]');
  if (open && here instanceof HTMLElement) here.focus();
}

const selected = (/** @type {HTMLSelectElement} */ list) => [...list.selectedOptions].map(({ value }) => value);

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  // After a click on a server, the lists stay open, so that the user can choose a channel of this server.
  if (!target.closest('#open-places, #servers')) showPlaces(false);
  const on = target.closest('button, .spoiler');
  if (!(on instanceof HTMLElement)) return;
  const { choice, command, dismiss, kind, sends } = on.dataset;
  const list = on.previousElementSibling;
  if (on.matches('.spoiler')) reveal(on);
  else if (command) offer(command, choice ? JSON.parse(choice) : undefined);
  else if (dismiss) removeMessage(state.place?.id ?? '', dismiss);
  else if (kind) showErrors(press(on));
  else if (sends && list instanceof HTMLSelectElement) showErrors(press(list, selected(list)));
});

// If several values can be chosen in a list, a click selects or deselects one value. The user need not hold a key down.
document.addEventListener('mousedown', (event) => {
  const { target } = event;
  const list = target instanceof HTMLOptionElement ? target.closest('select[multiple]') : undefined;
  if (!list || !(target instanceof HTMLOptionElement) || !(list instanceof HTMLSelectElement)) return;
  event.preventDefault();
  if (!list.disabled) target.selected = !target.selected;
  list.focus();
});

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  const member = state.world.members.find(({ id }) => id === target.value);
  if (target.dataset['apps'] !== undefined) return useMenu(target);
  if (target.id === 'acting') location.hash = hashOf(member, state.place);
  else if (target.dataset['press'] && !target.multiple) showErrors(press(target, selected(target)));
});

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (key === 'Escape' && part('open-places').getAttribute('aria-expanded') === 'true') {
    showPlaces(false);
    part('open-places').focus();
  }
  if (target instanceof Element && target.matches('.spoiler') && (key === 'Enter' || key === ' ')) {
    event.preventDefault();
    reveal(target);
  }
  // In a closed select, a letter or an arrow key would immediately choose and submit an option. Therefore these keys
  // open the select.
  const { press, apps } = target instanceof HTMLSelectElement ? target.dataset : {};
  if (!(target instanceof HTMLSelectElement) || (!press && apps === undefined) || target.multiple) return;
  const moves = key !== ' ' && /^(Arrow.+|Home|End|Page.+|.)$/.test(key) && !event.ctrlKey && !event.metaKey;
  if (moves && 'showPicker' in target) {
    event.preventDefault();
    target.showPicker();
  }
});

part('earlier').addEventListener('click', () => showErrors(loadEarlier()));
part('skip').addEventListener('click', (event) => {
  // The skip link must not change the URL hash, because the hash contains the member and the channel.
  event.preventDefault();
  part('composer-text').focus();
});
part('open-places').addEventListener('click', () =>
  showPlaces(part('open-places').getAttribute('aria-expanded') !== 'true'),
);
addEventListener('hashchange', () => showErrors(openChannel()));
startComposer();
startDrawer();
startScriptBox();
setInterval(() => updateRelativeTimes(document), 1000);
showErrors(connect());
