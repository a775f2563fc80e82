/**
 * How a button or a modal is declared: a schema for the parts of its custom_id, and an action that receives their
 * values. A custom_id that does not fit, such as one of an earlier version of the bot, never reaches the action.
 */
import { z } from 'zod';
import type { CommandContext, InteractionResponse } from './command-context.ts';
import type { ModalFields } from './message/modal-fields.ts';

type Response = InteractionResponse | Promise<InteractionResponse>;

export interface Component {
  /**
   * The action on these parts of a custom_id, which come after the action's name. Undefined when they do not fit the
   * schema.
   */
  bind(parts: readonly string[]): ((context: CommandContext, fields: ModalFields) => Response) | undefined;
}

/** Declares a component. `schema` reads all parts of the custom_id; {@link parts} makes one. */
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

/** A schema for each part, in order. Only parts at the end can be left out, by `.optional()`. */
export const parts = z.tuple;
