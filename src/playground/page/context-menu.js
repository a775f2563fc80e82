/**
 * Context menus with the commands of bots, as native selects. The value of an item is the id of a command, a space and
 * the id of the target. playground.js listens for choices.
 */
import { h } from './dom.js';
import { isEphemeral, nameOf, state } from './state.js';

/** Command types. Discord documentation, interactions/application-commands#application-command-object. */
const userCommand = 2;
const messageCommand = 3;

/** The commands of one type as menu items. @param {number} type @param {string} label @param {string} targetId */
function group(type, label, targetId) {
  const fitting = state.menuCommands.filter((command) => command.type === type);
  const rows = fitting.map(({ id, name }) => h('option', { value: `${id} ${targetId}`, dir: 'auto' }, name));
  return rows.length > 0 ? h('optgroup', { label }, rows) : undefined;
}

/** @param {string} label @param {(Node | undefined)[]} groups */
function menu(label, groups) {
  if (groups.every((one) => one === undefined)) return undefined;
  const face = h('option', { value: '', selected: true }, '⋯');
  return h('select.apps', { 'aria-label': label, 'data-apps': true }, face, groups);
}

/** Renders the menu of a message, with commands for the message and for its author. @param {any} message */
export function messageMenu(message) {
  // Ephemeral messages have no menu, because they are not in the message history of a channel.
  if (isEphemeral(message)) return undefined;
  const { id, author, member } = message;
  const name = nameOf(author, member);
  return menu(`Commands for the message of ${name}`, [
    group(messageCommand, 'Message', id),
    group(userCommand, name, author.id),
  ]);
}

/** Renders the menu of a member. @param {import('./command-line.js').Named} member */
export const memberMenu = ({ id, name }) => menu(`Commands for ${name}`, [group(userCommand, name, id)]);

/**
 * The command that the user chose in a context menu. Undefined if the bot has deleted this command.
 * @param {string} value @returns {{ command: any, data: object } | undefined}
 */
export function chosenCommand(value) {
  const [commandId, target_id] = value.split(' ');
  const command = state.menuCommands.find(({ id }) => id === commandId);
  if (!command) return undefined;
  const { id, version, name, type } = command;
  return { command, data: { id, version, name, type, target_id } };
}
