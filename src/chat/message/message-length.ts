/** Shortens the texts of a message to Discord's limits, so that Discord does not reject the card of a long entry. */
import { limits } from '../limits.ts';
import { shorten } from './escape-markdown.ts';
import { type Component, type Message, type TextDisplay, componentType } from './message-components.ts';

/**
 * Cuts the longest texts until the message is within the limits on characters and bytes. Returns the same object if the
 * message is not too long.
 */
export function shortenMessage(message: Message): Message {
  let fitted = message;
  for (;;) {
    const texts = textsOf(fitted.components);
    const over = excess(texts);
    if (over <= 0) return fitted;
    const longest = texts.reduce((a, b) => (b.content.length > a.content.length ? b : a));
    // Cut in small steps, so that several long texts are each shortened a little instead of one losing all its text.
    const cut = Math.max(20, Math.ceil(over / texts.length));
    const shorter = shorten(longest.content, Math.max(1, longest.content.length - cut));
    fitted = { components: fitted.components.map((component) => replaceText(component, longest, shorter)) };
  }
}

/** The number of characters by which a message is too long. 0 or negative if it is within the limits. */
export function excessLength(message: Message): number {
  return excess(textsOf(message.components));
}

/** The excess in characters. Excess bytes are divided by four, because a character has at most four bytes in UTF-8. */
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
