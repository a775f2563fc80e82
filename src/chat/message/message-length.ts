/** Measures the texts of messages, and shortens them to Discord's limits. Discord would reject a longer message. */
import { limits } from '../limits.ts';
import { shorten } from './escape-markdown.ts';
import { type Component, type Message, type TextDisplay, componentType } from './message-components.ts';

/**
 * Shortens the longest texts until the message is within the limits for characters and bytes. If the message is short
 * enough, returns the same object.
 */
export function shortenMessage(message: Message): Message {
  let fitted = message;
  for (;;) {
    const texts = textsOf(fitted.components);
    const over = excess(texts);
    if (over <= 0) return fitted;
    const longest = texts.reduce((a, b) => (b.content.length > a.content.length ? b : a));
    // Only a small part of the longest text is cut off at a time. Therefore several long texts each become a little
    // shorter. If everything was cut from one text, this text could be lost completely.
    const cut = Math.max(20, Math.ceil(over / texts.length));
    const shorter = shorten(longest.content, Math.max(1, longest.content.length - cut));
    fitted = { components: fitted.components.map((component) => replaceText(component, longest, shorter)) };
  }
}

/**
 * The visible part of a text. Removes three things from the markdown: the characters for formatting, the addresses of
 * links, and the backslashes that escape characters.
 */
const visibleText = (markdown: string): string =>
  markdown.replaceAll(/\]\(<[^>]*>\)/g, '').replaceAll(/\\(.)|\*\*|^-# |^#{1,3} |^> |\[/gm, '$1');

export const visibleLength = (markdown: string): number => visibleText(markdown).length;

/** The number of visible characters in all texts of a message together. */
export const visibleTextLength = ({ components }: Message): number =>
  textsOf(components).reduce((sum, { content }) => sum + visibleLength(content), 0);

/** The number of lines in all texts of a message. If a line has more than 80 characters, it counts as several lines. */
export const lineCount = ({ components }: Message): number =>
  textsOf(components)
    .flatMap(({ content }) => visibleText(content).split('\n'))
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);

/**
 * The number of characters by which a message is too long. The number is 0 or negative if the message is within the
 * limits.
 */
export function excessLength(message: Message): number {
  return excess(textsOf(message.components));
}

/**
 * The minimum number of characters by which the texts are too long. Four excess bytes count as one character, because a
 * character has at most four bytes in UTF-8.
 */
function excess(texts: readonly TextDisplay[]): number {
  const characters = texts.reduce((sum, { content }) => sum + content.length, 0);
  const bytes = texts.reduce((sum, { content }) => sum + Buffer.byteLength(content) + limits.textBytesEach, 0);
  return Math.max(characters - limits.textCharacters, Math.ceil((bytes - limits.textBytes) / 4));
}

function textsOf(components: readonly Component[]): TextDisplay[] {
  return components.flatMap((component) => {
    if (component.type === componentType.textDisplay) return [component];
    if (component.type === componentType.section) return [...component.components];
    if (component.type === componentType.container) return textsOf(component.components);
    return [];
  });
}

function replaceText<C extends Component>(component: C, from: TextDisplay, to: string): C {
  const swap = (one: TextDisplay): TextDisplay => (one === from ? { ...one, content: to } : one);
  if (component.type === componentType.textDisplay) return swap(component) as C;
  if (component.type === componentType.section) return { ...component, components: component.components.map(swap) };
  if (component.type === componentType.container)
    return { ...component, components: component.components.map((child) => replaceText(child, from, to)) };
  return component;
}
