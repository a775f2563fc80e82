/** Renders a message as an article element. */
import { timeOf } from '../../loopback/member-client.js';
import { attachment, components, embed } from './components.js';
import { messageMenu } from './context-menu.js';
import { bdi, h } from './dom.js';
import { inline, markdown, time } from './discord-markdown.js';
import { markdownOfMessage, textOfMessage } from './message-text.js';
import { hashOf, isEphemeral, nameOf, state } from './state.js';

/** @typedef {any} Message a message in the format of Discord's API */

const isThinking = (/** @type {Message} */ message) => (message.flags & 128) !== 0;

/** The message type THREAD_CREATED. Discord documentation, resources/message#message-object-message-types. */
const threadCreated = 18;
const hasThread = 1 << 5;

/** @param {Message} message @returns {HTMLElement} */
export function article(message) {
  const id = `message-${message.id}`;
  const hidden = isEphemeral(message);
  const failure = state.failures.get(message.id);
  const name = nameOf(message.author, message.member);
  const edited = message.edited_timestamp ? h('span.edited', '(edited)') : undefined;
  return h(
    'article',
    {
      id,
      'aria-labelledby': `${id}-by`,
      dir: directionOf(message),
      tabindex: -1,
      class: hidden ? 'private' : undefined,
      'data-author': message.author.id,
    },
    avatar(message.author.id, initialsOf(name, 1)),
    h(
      'div.body',
      commandNote(message),
      replyNote(message),
      h(
        'h3',
        { id: `${id}-by` },
        bdi(name),
        ' ',
        message.author.bot ? h('span.tag', 'APP') : undefined,
        ' ',
        time(Math.floor(timeOf(message.id) / 1000), isToday(message.id) ? 't' : 's'),
        ' ',
        messageMenu(message),
      ),
      isThinking(message) ? h('p.subtext', sentence(bdi(name), ' is thinking…')) : undefined,
      message.type === threadCreated
        ? h('p', sentence('started a thread: ', threadLink(message.message_reference?.channel_id, message.content)))
        : message.content
          ? h('div.content', markdown(message.content))
          : undefined,
      (message.embeds ?? []).map(embed),
      // In a message with Components V2, the components already show the attachments.
      (message.flags & (1 << 15)) === 0 ? (message.attachments ?? []).map(attachment) : [],
      components(message.components, message.id),
      edited,
      // A thread that was started from a message has the same id as the message.
      (message.flags & hasThread) !== 0
        ? h('p', sentence('Thread: ', threadLink(message.id, message.thread?.name ?? '')))
        : undefined,
      failure ? h('p.failure', failure) : undefined,
      hidden ? ephemeralNote(message.id) : undefined,
    ),
  );
}

/**
 * Returns the writing direction of a message, for the attribute `dir` of the article element. It is the direction of
 * the first letter of the first heading. A heading says what the message is about, and the heading stays when the bot
 * edits the message. Therefore the message does not change sides, even if the bot adds many words in another language.
 * If there is no heading, the direction of most letters of the message is used. Texts with `dir="auto"` inside the
 * element have their own direction.
 * @param {Message} message
 */
function directionOf(message) {
  const [, first] = /^#{1,3} [^\p{L}\n]*(\p{L})/mu.exec(markdownOfMessage(message)) ?? [];
  const letters = first ? [first] : (textOfMessage(message).match(/\p{L}/gu) ?? []);
  if (letters.length === 0) return undefined;
  const rightToLeft = letters.filter((one) =>
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(one),
  );
  return 2 * rightToLeft.length > letters.length ? 'rtl' : 'ltr';
}

const hues = [230, 150, 350, 30, 285, 190];

const letters = new Intl.Segmenter();

/**
 * Returns the initials of a name. Uses only the first words, at most `most` words.
 * @param {string} name @param {number} most
 */
export const initialsOf = (name, most) =>
  name
    .trim()
    .split(/\s+/)
    .slice(0, most)
    .map((word) => letters.segment(word).containing(0)?.segment ?? '')
    .join('');

/** The avatar of a user or server. The id determines the colour. @param {string} id @param {string} initials */
export function avatar(id, initials) {
  const element = h('span.avatar', { 'aria-hidden': 'true' }, initials);
  element.style.setProperty('--hue', String(hues[Number(BigInt(id) % 6n)]));
  return element;
}

/**
 * Renders a link to a thread. If the thread is not available, renders only the name of the thread.
 * @param {string | undefined} id @param {string} name
 */
function threadLink(id, name) {
  const place = state.places.find((one) => one.id === id);
  return place ? h('a', { href: hashOf(state.me, place), dir: 'auto' }, place.name) : bdi(name || 'not open any more');
}

/** Renders a text that the page adds to a message. Its writing direction may differ from that of the message. */
const sentence = (/** @type {(Node | string)[]} */ ...parts) => h('span', { dir: 'auto' }, ...parts);

const isToday = (/** @type {string} */ id) => new Date(timeOf(id)).toDateString() === new Date().toDateString();

/**
 * Says who used which command. If the message is the response to a submitted modal, this is the command that opened the
 * modal.
 * @param {Message} message
 */
function commandNote(message) {
  const own = message.interaction_metadata;
  const by = own?.type === 5 ? own.triggering_interaction_metadata : own;
  if (by?.type !== 2) return undefined;
  const name = message.interaction?.name ?? by.name;
  const isTyped = !by.target_user && !by.target_message_id;
  const command = name ? h('strong', { dir: 'auto' }, isTyped ? `/${name}` : name) : 'a command';
  return h('p.used', sentence(bdi(nameOf(by.user)), ' used ', command));
}

/** @param {Message} message */
function replyNote(message) {
  const other = message.referenced_message;
  if (!other) return undefined;
  const [first = ''] = markdownOfMessage(other).split('\n');
  const words = first ? h('span', { dir: 'auto' }, inline(first.replace(/^(?:#{1,3}|-#|>) +/, ''))) : 'a message';
  return h('p.used.reply', sentence('In reply to ', bdi(nameOf(other.author)), ': ', words));
}

/** @param {string} id */
const ephemeralNote = (id) =>
  h(
    'p.subtext.only-you',
    sentence('Only you can see this · ', h('button.plain', { type: 'button', 'data-dismiss': id }, 'Dismiss message')),
  );
