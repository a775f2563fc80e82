/** Removes buttons and select menus from a card. The rest of the card is unchanged. */
import { type Component, type Container, componentType, type Message, message } from '../message/message-components.ts';

/**
 * Used for the sample cards in a preview. The pack of a preview is not installed, so buttons on these cards could not
 * find its entries.
 */
export const withoutControls = ({ components }: Message): Message => message(...components.flatMap(withoutOwn));

function withoutOwn(one: Component): Component[] {
  return one.type === componentType.container
    ? [{ ...one, components: one.components.flatMap(partsWithout) }]
    : partsWithout(one);
}

function partsWithout(one: Container['components'][number]): Container['components'][number][] {
  if (one.type === componentType.actionRow) return [];
  return one.type === componentType.section ? [...one.components] : [one];
}
