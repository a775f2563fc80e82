/** Sends the response of a command or component as the reply to its interaction. */
import { MessageFlags } from 'discord.js';
import { notice } from '../chat/message/notice.ts';
import type { InteractionResponse, MessageResponse } from '../chat/command-context.ts';
import { errorWords } from '../chat/words/error-words.ts';
import { type AnswerableInteraction, hasSource } from './interaction-context.ts';
import { componentsJson, fileJson, modalJson } from './payloads.ts';

export async function respond(interaction: AnswerableInteraction, answer: InteractionResponse): Promise<void> {
  if ('remove' in answer && hasSource(interaction)) {
    await interaction.deferUpdate();
    return interaction.deleteReply();
  }
  // Discord does not accept a modal as the response to a submitted modal.
  if (!('modal' in answer) || interaction.isModalSubmit()) return reply(interaction, replyOf(answer));
  await interaction.showModal(modalJson(answer.modal));
}

/**
 * Returns the message to send if Discord accepts only a message, for example after a deferral. If the response opens a
 * modal or removes a message, returns a notice that asks the member to press the button again.
 */
export const replyOf = (answer: InteractionResponse): MessageResponse =>
  'message' in answer ? answer : { message: notice(errorWords.tooLate), ephemeral: true };

const filesOf = ({ file }: MessageResponse) => (file ? [fileJson(file)] : []);

async function reply(interaction: AnswerableInteraction, answer: MessageResponse): Promise<void> {
  const components = componentsJson(answer.message);
  if (answer.replace && hasSource(interaction)) {
    await interaction.update({ components, flags: MessageFlags.IsComponentsV2 });
    await answer.onSent?.(interaction.message.id);
    return;
  }
  const flags = MessageFlags.IsComponentsV2 | (answer.ephemeral ? MessageFlags.Ephemeral : 0);
  const files = filesOf(answer);
  if (!answer.onSent) {
    await interaction.reply({ components, files, flags });
    return;
  }
  const { resource } = await interaction.reply({ components, files, flags, withResponse: true });
  if (resource?.message) await answer.onSent(resource.message.id);
}

/**
 * Sends the response to a deferred interaction. Discord has already made the deferred reply ephemeral or public, and
 * the bot cannot change this. If the visibility of the response is different, the response is sent as a follow-up.
 */
export async function fillIn(
  interaction: AnswerableInteraction,
  answer: MessageResponse,
  deferredEphemeral: boolean,
): Promise<void> {
  const components = componentsJson(answer.message);
  const files = filesOf(answer);
  const ephemeral = answer.ephemeral === true || answer.replace === true;
  if (ephemeral === deferredEphemeral) {
    const { id } = await interaction.editReply({ components, files, flags: MessageFlags.IsComponentsV2 });
    await answer.onSent?.(id);
    return;
  }
  // The deferred reply must be deleted first. Otherwise Discord would use the follow-up as the content of the deferred
  // reply.
  await interaction.deleteReply();
  const flags = MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0);
  const { id } = await interaction.followUp({ components, files, flags });
  await answer.onSent?.(id);
}

/**
 * Sends an ephemeral message to the member. The message is a follow-up if the interaction already has a reply.
 * Otherwise it is the reply.
 */
export async function replyWith(interaction: AnswerableInteraction, { message }: MessageResponse): Promise<void> {
  const components = componentsJson(message);
  const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
  if (interaction.replied || interaction.deferred) await interaction.followUp({ components, flags });
  else await interaction.reply({ components, flags });
}
