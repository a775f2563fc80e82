/** Converts messages, modals and files to the types of discord.js. */
import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  AttachmentPayload,
} from 'discord.js';
import type { Attachment, Message } from '../chat/message/message-components.ts';
import { shortenMessage } from '../chat/message/message-length.ts';
import type { Modal } from '../chat/message/modal-fields.ts';

/** The components of a message, with texts shortened to Discord's limits. */
export function componentsJson(message: Message): APIMessageTopLevelComponent[] {
  // The cast is safe because these types are the same as those of discord.js, except that they are read-only.
  // discord.js gets a copy because it may change the object.
  return structuredClone(shortenMessage(message).components) as APIMessageTopLevelComponent[];
}

export function modalJson(modal: Modal): APIModalInteractionResponseCallbackData {
  return structuredClone(modal) as APIModalInteractionResponseCallbackData;
}

export function fileJson({ name, data, description }: Attachment): AttachmentPayload {
  return { name, description, attachment: Buffer.from(data) };
}
