/** From our messages to the ones discord.js and the API take. */
import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  AttachmentPayload,
} from 'discord.js';
import { fit } from '../chat/fit.ts';
import type { Attached, Message } from '../chat/message.ts';
import type { Modal } from '../chat/modal.ts';

/** The components of a message as discord.js and the API take them, shortened to Discord's limits. */
export function componentsJson(message: Message): APIMessageTopLevelComponent[] {
  // Ours are the same shapes with everything readonly; the copy is what makes them theirs to change.
  return structuredClone(fit(message).components) as APIMessageTopLevelComponent[];
}

/** A form as they take it. */
export function modalJson(modal: Modal): APIModalInteractionResponseCallbackData {
  return structuredClone(modal) as APIModalInteractionResponseCallbackData;
}

/** A file as discord.js takes it. */
export function fileJson({ name, data, description }: Attached): AttachmentPayload {
  return { name, description, attachment: Buffer.from(data) };
}
