/**
 * Declares a button or modal of a round. If the round is shown in a single message, the response may be the current
 * card of the round.
 */
import type { z } from 'zod';
import type { CommandContext, InteractionResponse, MessageResponse } from '../command-context.ts';
import { identifier } from '../component-parts.ts';
import { type Component, component, parts } from '../component.ts';
import type { ModalFields } from '../message/modal-fields.ts';
import { goneLobbyCard } from './lobby-card.ts';
import { withTokenTakeover } from './round-responses.ts';

/** Like `component`, but the first part of the custom_id must be the id of the round. */
export const roundComponent = <Values extends readonly [string, ...unknown[]]>(
  schema: z.ZodType<Values>,
  action: (
    values: Values,
    context: CommandContext,
    fields: ModalFields,
  ) => InteractionResponse | Promise<InteractionResponse>,
): Component =>
  component(schema, async (values, context, fields) => {
    const response = await action(values, context, fields);
    return 'message' in response ? withTokenTakeover(values[0], response, context) : response;
  });

/**
 * Declares a button of the lobby. If the process ended before Discord confirmed the lobby, the bot does not know the id
 * of the lobby's message and could not remove its buttons later. Therefore each press tells the round this id. If the
 * round no longer exists, the response removes the buttons.
 */
export const lobbyComponent = (
  action: (round: string, context: CommandContext) => Promise<MessageResponse>,
): Component =>
  roundComponent(parts([identifier]), async ([id], context) => {
    const { rounds, messageId, isEphemeral, at } = context;
    if (messageId !== undefined && !isEphemeral) {
      const noted = await rounds.play(id, { type: 'shown', message: messageId, at }, context);
      if (noted.is === 'unknown') return { message: goneLobbyCard(), replace: true };
    }
    return action(id, context);
  });
