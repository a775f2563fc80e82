/**
 * Declares buttons and modals. A declaration has a schema for the parts of the custom_id, and an action that receives
 * the parsed parts. If a custom_id does not match the schema, the action is not called. Messages from an earlier
 * version of the bot may have such custom_ids.
 */
import { z } from 'zod';
import type { CommandContext, InteractionResponse } from './command-context.ts';
import type { ModalFields } from './message/modal-fields.ts';

type Response = InteractionResponse | Promise<InteractionResponse>;

export interface Component {
  /**
   * Parses the parts of a custom_id that follow the name of the action. Returns a function that runs the action with
   * these parts. Undefined if the parts do not match the schema.
   */
  bind(parts: readonly string[]): ((context: CommandContext, fields: ModalFields) => Response) | undefined;
}

/**
 * Declares a component. `schema` parses the parts of the custom_id after the name of the action. Use {@link parts} to
 * create such a schema.
 */
export function component<Values>(
  schema: z.ZodType<Values>,
  action: (values: Values, context: CommandContext, fields: ModalFields) => Response,
): Component {
  return {
    bind(given) {
      const read = schema.safeParse(given);
      return read.success ? (context, fields) => action(read.data, context, fields) : undefined;
    },
  };
}

/** Creates a schema from the schemas of all parts, in order. Only the last parts may be optional. */
export const parts = z.tuple;
