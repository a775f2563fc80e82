/** Messages, forms and files as discord.js and the API take them. */
import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  AttachmentPayload,
} from 'discord.js';
import type { Attachment, Message } from '../chat/message/message-components.ts';
import { shortenMessage } from '../chat/message/message-length.ts';
import type { Modal } from '../chat/message/modal-fields.ts';

/** The components of a message, shortened to Discord's limits. */
export function componentsJson(message: Message): APIMessageTopLevelComponent[] {
  // Our types are the same with everything readonly; discord.js gets a copy it may change.
  return structuredClone(shortenMessage(message).components) as APIMessageTopLevelComponent[];
}

export function modalJson(modal: Modal): APIModalInteractionResponseCallbackData {
  return structuredClone(modal) as APIModalInteractionResponseCallbackData;
}

export function fileJson({ name, data, description }: Attachment): AttachmentPayload {
  return { name, description, attachment: Buffer.from(data) };
}
