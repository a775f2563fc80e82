/** The body of `POST /interactions`, as Discord's own client sends it. */
import type { InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { SubmitContext } from './interaction-objects.ts';
import type { Interaction } from './world.ts';

export const interactionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const satisfies Record<
  string,
  InteractionType
>;

const submittedOption = z.object({
  type: z.number(),
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options() {
    return z.array(submittedOption).optional();
  },
});
export type SubmittedOption = z.infer<typeof submittedOption>;

const submittedComponent = z.object({
  type: z.number(),
  custom_id: z.string().optional(),
  value: z.unknown().optional(),
  values: z.array(z.string()).optional(),
  get components() {
    return z.array(submittedComponent).optional();
  },
  get component() {
    return submittedComponent.optional();
  },
});
export type SubmittedComponent = z.infer<typeof submittedComponent>;

export const interactionRequest = z.object({
  type: z.literal([2, 3, 4, 5]),
  application_id: z.string(),
  guild_id: z.string().nullish(),
  channel_id: z.string(),
  nonce: z.union([z.string(), z.number()]).transform(String).optional(),
  message_id: z.string().optional(),
  data: z.object({
    id: z.string().optional(),
    version: z.string().optional(),
    name: z.string().optional(),
    type: z.number().optional(),
    target_id: z.string().optional(),
    options: z.array(submittedOption).default([]),
    component_type: z.number().optional(),
    custom_id: z.string().optional(),
    values: z.array(z.string()).optional(),
    components: z.array(submittedComponent).default([]),
  }),
});
export type InteractionRequest = z.infer<typeof interactionRequest>;

/** The result of validation. `data` is sent to the bot. The other fields are stored with the interaction. */
type ValidInteraction = Pick<
  Interaction,
  'commandName' | 'commandType' | 'focusedType' | 'targetId' | 'sourceId' | 'openedBy' | 'owners'
> & {
  readonly data: object;
};

export type ValidateInteraction = (request: InteractionRequest, context: SubmitContext) => ValidInteraction;
