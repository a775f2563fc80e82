/** Sends the response of a command or a component as the reply to its interaction. */
import { MessageFlags } from 'discord.js';
import { notice } from '../chat/message/notice.ts';
import type { InteractionResponse, MessageResponse } from '../chat/command-context.ts';
import { errorWords } from '../chat/words/error-words.ts';
import { type AnswerableInteraction, hasSource } from './interaction-context.ts';
import { componentsJson, modalJson } from './payloads.ts';

export async function respond(interaction: AnswerableInteraction, answer: InteractionResponse): Promise<void> {
  // Discord opens no form from a form.
  if (!('modal' in answer) || interaction.isModalSubmit()) return reply(interaction, replyOf(answer));
  await interaction.showModal(modalJson(answer.modal));
}

/** After an acknowledgement Discord opens no form, so a notice takes its place. */
export const replyOf = (answer: InteractionResponse): MessageResponse =>
  'modal' in answer ? { message: notice(errorWords.formTooLate), ephemeral: true } : answer;

async function reply(interaction: AnswerableInteraction, answer: MessageResponse): Promise<void> {
  const components = componentsJson(answer.message);
  if (answer.replace && hasSource(interaction)) {
    await interaction.update({ components, flags: MessageFlags.IsComponentsV2 });
    await answer.onSent?.(interaction.message.id);
    return;
  }
  const flags = MessageFlags.IsComponentsV2 | (answer.ephemeral ? MessageFlags.Ephemeral : 0);
  if (!answer.onSent) {
    await interaction.reply({ components, flags });
    return;
  }
  const { resource } = await interaction.reply({ components, flags, withResponse: true });
  if (resource?.message) await answer.onSent(resource.message.id);
}

/** A deferred reply keeps the visibility it was deferred with. A response with another one becomes a follow-up. */
export async function fillIn(
  interaction: AnswerableInteraction,
  answer: MessageResponse,
  deferredEphemeral: boolean,
): Promise<void> {
  const components = componentsJson(answer.message);
  const ephemeral = answer.ephemeral === true || answer.replace === true;
  if (ephemeral === deferredEphemeral) {
    const { id } = await interaction.editReply({ components, flags: MessageFlags.IsComponentsV2 });
    await answer.onSent?.(id);
    return;
  }
  // Discord would turn a follow-up into the deferred reply, so that reply is deleted first.
  await interaction.deleteReply();
  const flags = MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0);
  const { id } = await interaction.followUp({ components, flags });
  await answer.onSent?.(id);
}

/** Says something to the member whether or not the interaction was acknowledged before. */
export async function replyWith(interaction: AnswerableInteraction, { message }: MessageResponse): Promise<void> {
  const components = componentsJson(message);
  const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
  if (interaction.replied || interaction.deferred) await interaction.followUp({ components, flags });
  else await interaction.reply({ components, flags });
}
