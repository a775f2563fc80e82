/** Finds texts, buttons and fields in the JSON of messages and modals. */
import type { Component, Message } from '../../../src/chat/message/message-components.ts';
import type { ModalFields, Label, Modal } from '../../../src/chat/message/modal-fields.ts';
import { textOfMessage } from '../../../src/playground/page/message-text.js';

interface Button {
  readonly label: string;
  readonly custom_id: string;
  /** The value of a select option. Absent if this is a button. */
  readonly value?: string;
}

/** Returns the text of a message as a member reads it, without markdown, escape characters and no-break spaces. */
export const wordsOf = (message: Message): string => textOfMessage(message).replaceAll('\u00a0', ' ');

/** Returns the text of a message as a single line, with slashes instead of line breaks. */
export const lineOf = (message: Message): string => wordsOf(message).replaceAll('\n', ' / ');

/** Returns the enabled buttons and the select options of a message, in reading order. */
export function buttonsOf({ components }: Message): readonly Button[] {
  const all = (list: readonly Component[]): readonly Button[] =>
    list.flatMap((component) => {
      if (component.type === 17) return all(component.components);
      if (component.type === 9) return pressable([component.accessory]);
      return component.type === 1 ? pressable(component.components) : [];
    });
  return all(components);
}

const pressable = (components: readonly object[]): readonly Button[] =>
  components.flatMap((one) => {
    if (!isEnabled(one)) return [];
    const { custom_id, label, options = [] } = one;
    return label === undefined
      ? options.map(({ label: option, value }) => ({ label: option, custom_id, value }))
      : [{ label, custom_id }];
  });

interface Pressable {
  readonly custom_id: string;
  readonly label?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}

const isEnabled = (one: object): one is Pressable =>
  'custom_id' in one && !('disabled' in one && one.disabled === true);

/**
 * Returns the fields that a modal submits if the member changes nothing. A select in which the member must choose
 * submits its first option.
 */
export const unchanged = (modal: Modal): ModalFields =>
  Object.fromEntries(labelsOf(modal).map(({ component }) => [component.custom_id, valueOf(component)]));

function valueOf(component: Label['component']): string | boolean {
  if (component.type === 23) return false;
  if (component.type !== 3) return component.value ?? '';
  return component.required === false ? '' : (component.options[0]?.value ?? '');
}

/**
 * Returns the fields that a modal submits after a member has typed `words` into its first text field. If `words` has
 * the form `Label = text | Label = text`, the fields with these labels are filled in instead.
 */
export function textFilledIn(modal: Modal, words: string): ModalFields {
  const named = words.split(' | ').map((part) => part.split(' = '));
  const isNamed = named.every(
    ([name, text]) => text !== undefined && labelsOf(modal).some((one) => one.label === name),
  );
  if (!isNamed) return { ...unchanged(modal), [fieldOf(modal, 4)]: words };
  const filled = named.map(([name = '', text = '']) => {
    const component = labelsOf(modal).find((one) => one.label === name)?.component;
    const option = component?.type === 3 && component.options.find(({ label }) => label === text);
    return [component?.custom_id ?? '', option ? option.value : text] as const;
  });
  return { ...unchanged(modal), ...Object.fromEntries(filled) };
}

/** Returns the submitted fields of a modal after a member has ticked the checkbox with this label. */
export const checkboxTicked = (modal: Modal, label: string): ModalFields => ({
  ...unchanged(modal),
  [fieldOf(modal, 23, label)]: true,
});

const labelsOf = (modal: Modal): readonly Label[] => modal.components.filter((part): part is Label => part.type === 18);

/**
 * Returns the custom_id of the first field with this type and, if given, this label. Throws if the modal has no such
 * field.
 */
function fieldOf(modal: Modal, type: number, label?: string): string {
  const found = labelsOf(modal).find(
    (one) => one.component.type === type && (label === undefined || one.label === label),
  );
  if (!found) throw new Error(`the form has no such field: ${JSON.stringify(modal)}`);
  return found.component.custom_id;
}
