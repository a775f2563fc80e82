/**
 * Declares a button or modal of a round. If the round is shown in a single message, the response may be the current
 * card of the round.
 */
import type { z } from 'zod';
import type { CommandContext, InteractionResponse } from '../command-context.ts';
import { type Component, component } from '../component.ts';
import type { ModalFields } from '../message/modal-fields.ts';
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
