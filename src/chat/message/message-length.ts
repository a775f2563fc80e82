/** Brings a message under Discord's limits on text, so that no entry, however long, can make a card fail. */
import { limits } from '../limits.ts';
import { shorten } from './escape-markdown.ts';
import type { Component, Message, TextDisplay } from './message-components.ts';

/** The same message, its longest texts cut until characters and bytes are within the limits. */
export function shortenMessage(message: Message): Message {
  let fitted = message;
  for (;;) {
    const texts = textsOf(fitted.components);
    const over = excess(texts);
    if (over <= 0) return fitted;
    const longest = texts.reduce((a, b) => (b.content.length > a.content.length ? b : a));
    // In shares, so that of several long texts none is cut to nothing while another stays whole.
    const cut = Math.max(20, Math.ceil(over / texts.length));
    const shorter = shorten(longest.content, Math.max(1, longest.content.length - cut));
    fitted = { components: fitted.components.map((component) => replaceText(component, longest, shorter)) };
  }
}

/** By how many characters a message is too long; 0 or less when it is shown whole. */
export function excessLength(message: Message): number {
  return excess(textsOf(message.components));
}

/** Characters that must go; bytes are counted as if each were one character, which cuts rather too much than too little. */
function excess(texts: readonly TextDisplay[]): number {
  const characters = texts.reduce((sum, { content }) => sum + content.length, 0);
  const bytes = texts.reduce((sum, { content }) => sum + Buffer.byteLength(content) + limits.textBytesEach, 0);
  return Math.max(characters - limits.textCharacters, Math.ceil((bytes - limits.textBytes) / 4));
}

function textsOf(components: readonly Component[]): TextDisplay[] {
  return components.flatMap((component) => {
    if (component.type === 10) return [component];
    if (component.type === 9) return [...component.components];
    if (component.type === 17) return textsOf(component.components);
    return [];
  });
}

function replaceText<C extends Component>(component: C, from: TextDisplay, to: string): C {
  const swap = (one: TextDisplay): TextDisplay => (one === from ? { ...one, content: to } : one);
  if (component.type === 10) return swap(component) as C;
  if (component.type === 9) return { ...component, components: component.components.map(swap) };
  if (component.type === 17)
    return { ...component, components: component.components.map((child) => replaceText(child, from, to)) };
  return component;
}
