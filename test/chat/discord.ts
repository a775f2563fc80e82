/** Checks a Components V2 message against Discord's documented limits. */
import { limits } from '../../src/chat/limits.ts';
import type { Component, Message } from '../../src/chat/message/message-components.ts';

interface Seen {
  readonly type: number;
  readonly content?: string;
  readonly label?: string;
  readonly custom_id?: string;
  readonly url?: string;
  readonly components?: readonly Seen[];
  readonly accessory?: Seen;
  readonly placeholder?: string;
  readonly options?: readonly { readonly label: string; readonly value: string; readonly description?: string }[];
}

function flat(component: Seen): readonly Seen[] {
  const inner = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])];
  return [component, ...inner.flatMap(flat)];
}
export const partsOf = (message: Message): readonly Seen[] =>
  message.components.flatMap((component: Component) => flat(component));
/** All texts of a message, with ordinary spaces instead of no-break spaces. */
export const textOf = (message: Message): string =>
  partsOf(message)
    .flatMap(({ content }) => content ?? [])
    .join('\n')
    .replaceAll('\u00a0', ' ');

/** Lists the reasons why Discord would reject the message. Empty if the message is valid. */
export function refusals(message: Message): readonly string[] {
  const parts = partsOf(message);
  const texts = parts.flatMap(({ content }) => (content === undefined ? [] : [content]));
  const characters = texts.join('').length;
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + limits.textBytesEach, 0);
  const ids = parts.flatMap(({ custom_id }) => custom_id ?? []);
  const found: string[] = [];
  const refuse = (isWrong: boolean, problem: string) => isWrong && found.push(problem);
  refuse(parts.length === 0, 'nothing in it');
  refuse(parts.length > limits.components, `${parts.length} components`);
  refuse(characters > limits.textCharacters, `${characters} characters`);
  refuse(bytes > limits.textBytes, `${bytes} bytes`);
  refuse(new Set(ids).size < ids.length, `a custom_id twice: ${ids.join(' ')}`);
  for (const text of texts) refuse(text.trim() === '', 'an empty text');
  for (const id of ids) refuse(id.length > limits.customId, `a custom_id of ${id.length}: ${id}`);
  for (const part of parts) {
    if (part.type === 1) {
      const { length } = part.components ?? [];
      refuse(length < 1 || length > limits.rowButtons, `${length} buttons in a row`);
    }
    if (part.type === 9) {
      const { length } = part.components ?? [];
      refuse(length < 1 || length > limits.sectionTexts, `${length} texts in a section`);
    }
    if (part.type === 17) refuse((part.components ?? []).length === 0, 'an empty container');
    if (part.type === 3) {
      const { options = [], placeholder = '' } = part;
      refuse(options.length < 1 || options.length > 25, `${options.length} options`);
      refuse(new Set(options.map(({ value }) => value)).size < options.length, 'two options of one value');
      refuse(placeholder.length > 150, `a placeholder of ${placeholder.length}`);
      for (const { label, value, description = '' } of options)
        refuse(label === '' || [label, value, description].some((text) => text.length > 100), `an option: ${label}`);
    }
    if (part.type !== 2) continue;
    const { label = '', custom_id, url } = part;
    refuse(label.trim() === '' || label.length > limits.buttonLabel, `a label of ${label.length}: ${label}`);
    refuse((custom_id === undefined) === (url === undefined), `a button with both or neither: ${label}`);
    refuse(url !== undefined && url.length > limits.buttonUrl, `an address of ${url?.length}`);
    refuse(url !== undefined && !/^https?:\/\//.test(url), `an address of another kind: ${url}`);
  }
  return found;
}
