/** A button or modal of a round, whose answer may be the newest card of a round that is played in a single message. */
import type { z } from 'zod';
import type { CommandContext, InteractionResponse } from '../command-context.ts';
import { type Component, component } from '../component.ts';
import type { ModalFields } from '../message/modal-fields.ts';
import { withTokenTakeover } from './round-responses.ts';

/** The first part of the custom_id is the round's id. */
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
    return 'modal' in response ? response : withTokenTakeover(values[0], response, context);
  });
