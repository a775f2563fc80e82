/** What a member does to an application, as Discord's own client sends it to `POST /interactions`. */
import { z } from 'zod';
import type { Scene } from './api-objects.ts';
import type { Interaction } from './world.ts';

/** An option as a client sends it. */
export interface TypedOption {
  readonly type: number;
  readonly name: string;
  readonly value?: string | number | boolean | undefined;
  readonly focused?: boolean | undefined;
  readonly options?: readonly TypedOption[] | undefined;
}
const typedOption: z.ZodType<TypedOption> = z.object({
  type: z.number(),
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  options: z.array(z.lazy(() => typedOption)).optional(),
});
/** A component of a modal as it was filled in. */
export interface Filled {
  readonly type: number;
  readonly custom_id?: string | undefined;
  readonly value?: unknown;
  readonly values?: readonly unknown[] | undefined;
  readonly components?: readonly Filled[] | undefined;
  readonly component?: Filled | undefined;
}
const filled: z.ZodType<Filled> = z.looseObject({
  type: z.number(),
  custom_id: z.string().optional(),
  values: z.array(z.unknown()).optional(),
  components: z.array(z.lazy(() => filled)).optional(),
  component: z.lazy(() => filled).optional(),
});

export const act = z.object({
  type: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  application_id: z.string(),
  guild_id: z.string().nullish(),
  channel_id: z.string(),
  nonce: z.union([z.string(), z.number()]).transform(String).optional(),
  message_id: z.string().optional(),
  data: z.object({
    id: z.string().optional(),
    version: z.string().optional(),
    name: z.string().optional(),
    options: z.array(typedOption).default([]),
    component_type: z.number().optional(),
    custom_id: z.string().optional(),
    values: z.array(z.string()).optional(),
    components: z.array(filled).default([]),
  }),
});
export type Act = z.infer<typeof act>;

/** What an act comes to once it is found to be allowed: what the bot hears, and what the interaction remembers. */
type Judged = Pick<Interaction, 'commandName' | 'sourceId' | 'owners'> & { readonly data: object };

/** Finds an act allowed, or throws Discord's refusal. */
export type Judge = (asked: Act, scene: Scene) => Judged;
