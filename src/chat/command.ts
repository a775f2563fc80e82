/**
 * A command is a description of what can be typed and a function that returns its answer. Forgetting to reply cannot
 * be written here; acknowledging in time, flags and mentions are the business of `src/discord`.
 */
import type { ModalFields } from './message/modal-fields.ts';
import type { CommandContext, InteractionResponse, Services } from './command-context.ts';

// ---- Options

interface OptionBase<Value> {
  readonly description: string;
  readonly required: boolean;
  /** Never set; carries the type of the value. */
  readonly value?: Value;
}
export interface StringOption<Value> extends OptionBase<Value> {
  readonly type: 'string';
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly autocomplete?: (typed: string, services: Services) => Promise<readonly OptionChoice[]>;
}
export interface IntegerOption<Value> extends OptionBase<Value> {
  readonly type: 'integer';
  readonly min: number;
  readonly max: number;
}
export interface BooleanOption<Value> extends OptionBase<Value> {
  readonly type: 'boolean';
}
/** A role of the server; its value is the role's id. */
export interface RoleOption<Value> extends OptionBase<Value> {
  readonly type: 'role';
}
export interface OptionChoice {
  readonly name: string;
  readonly value: string;
}
export type Option<Value = unknown> =
  | StringOption<Value>
  | IntegerOption<Value>
  | BooleanOption<Value>
  | RoleOption<Value>;
export type Options = Readonly<Record<string, Option>>;
type OptionValue<O> = O extends OptionBase<infer Value> ? Value : never;
/** The arguments of `run`, typed by the options. */
export type OptionValues<O extends Options> = { readonly [Name in keyof O]: OptionValue<O[Name]> };

interface StringSettings {
  readonly autocomplete?: (typed: string, services: Services) => Promise<readonly OptionChoice[]>;
}
export const requiredString = (description: string, settings: StringSettings = {}): StringOption<string> => ({
  type: 'string',
  description,
  required: true,
  ...settings,
});
export const optionalString = (
  description: string,
  settings: StringSettings = {},
): StringOption<string | undefined> => ({
  type: 'string',
  description,
  required: false,
  ...settings,
});
/** One of a few fixed answers: value → the words shown. */
export const optionalChoice = <Value extends string>(
  description: string,
  choices: Readonly<Record<Value, string>>,
): StringOption<Value | undefined> => ({
  type: 'string',
  description,
  required: false,
  choices: Object.entries<string>(choices).map(([value, name]) => ({ name, value })),
});
export const optionalInteger = (description: string, min: number, max: number): IntegerOption<number | undefined> => ({
  type: 'integer',
  description,
  required: false,
  min,
  max,
});
export const optionalBoolean = (description: string): BooleanOption<boolean | undefined> => ({
  type: 'boolean',
  description,
  required: false,
});

export const optionalRole = (description: string): RoleOption<string | undefined> => ({
  type: 'role',
  description,
  required: false,
});

// ---- Commands

/** Where a command can be used: in servers alone, there and in the bot's private conversations, or wherever its user is. */
export type Availability = 'servers' | 'servers-and-dms' | 'everywhere';

type Run = (
  values: Readonly<Record<string, unknown>>,
  context: CommandContext,
) => InteractionResponse | Promise<InteractionResponse>;
/** What a button or a filled-in form does: `args` are the parts of its custom_id behind the press's name. */
export type ComponentAction = (
  args: readonly string[],
  context: CommandContext,
  fields: ModalFields,
) => InteractionResponse | Promise<InteractionResponse>;

export interface Subcommand {
  readonly description: string;
  readonly options: Options;
  readonly run: Run;
}
export interface Command {
  readonly name: string;
  readonly description: string;
  readonly availability: Availability;
  /** The answer is for the asking member alone, whatever it turns out to be; decides how a late answer is announced. */
  readonly ephemeral: boolean;
  /** Only for members who may manage the server. */
  readonly managersOnly: boolean;
  readonly components: Readonly<Record<string, ComponentAction>>;
  readonly options: Options;
  readonly run?: Run;
  readonly subcommands?: Readonly<Record<string, Subcommand>>;
}

interface CommandBody<O extends Options> {
  readonly description: string;
  readonly options?: O;
  run(values: OptionValues<O>, context: CommandContext): InteractionResponse | Promise<InteractionResponse>;
}
interface CommandHead {
  readonly name: string;
  readonly availability?: Availability;
  readonly ephemeral?: boolean;
  readonly managersOnly?: boolean;
  readonly components?: Readonly<Record<string, ComponentAction>>;
}

/** A command without subcommands. */
export function command<const O extends Options>(definition: CommandHead & CommandBody<O>): Command {
  const { name, availability = 'everywhere', ephemeral = false, managersOnly = false, components = {} } = definition;
  return { name, availability, ephemeral, managersOnly, components, ...subcommand(definition) };
}

/** One of a command's subcommands. */
export function subcommand<const O extends Options>(definition: CommandBody<O>): Subcommand {
  // The values were read against these very options (src/bot/dispatch.ts), which is what makes them of this type.
  const run: Run = (values, context) => definition.run(values as OptionValues<O>, context);
  return { description: definition.description, options: definition.options ?? {}, run };
}

/** A command that is only used through its subcommands. */
export function commandGroup(
  definition: CommandHead & {
    readonly description: string;
    readonly subcommands: Readonly<Record<string, Subcommand>>;
  },
): Command {
  const { availability = 'everywhere', ephemeral = false, managersOnly = false, components = {} } = definition;
  const { name, description, subcommands } = definition;
  return { name, description, availability, ephemeral, managersOnly, components, options: {}, subcommands };
}

/** The custom_id of a button or menu; `parts` must not hold a colon. At most 100 characters. */
export function customId(command: string, press: string, ...parts: readonly (string | number)[]): string {
  return [command, press, ...parts].join(':');
}
