/**
 * Declares commands. A command has options and a function that returns the response, so a command cannot forget to
 * reply. src/discord replies within Discord's time limit and sets message flags and allowed mentions.
 */
import type { Component } from './component.ts';
import type { CommandContext, InteractionResponse, Services } from './command-context.ts';
import type { UploadedFile } from './uploaded-file.ts';

interface OptionBase<Value> {
  readonly description: string;
  readonly required: boolean;
  /**
   * This field is never set. The compiler uses its type to derive the type of the value that `run` receives for the
   * option.
   */
  readonly value?: Value;
}
/** Suggests values for an option. `given` has the values of all options that the member has filled in so far. */
type Autocomplete = (
  typed: string,
  services: Services,
  given: Readonly<Record<string, unknown>>,
) => Promise<readonly OptionChoice[]>;

export interface StringOption<Value> extends OptionBase<Value> {
  readonly type: 'string';
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly autocomplete?: Autocomplete;
}
export interface IntegerOption<Value> extends OptionBase<Value> {
  readonly type: 'integer';
  readonly min: number;
  readonly max: number;
}
export interface BooleanOption<Value> extends OptionBase<Value> {
  readonly type: 'boolean';
}
/** An option whose value is the id of a role, a member or a text channel. */
export interface IdOption<Value> extends OptionBase<Value> {
  readonly type: 'role' | 'user' | 'channel';
}
/** An option whose value is a file. */
export interface FileOption<Value> extends OptionBase<Value> {
  readonly type: 'attachment';
}
export interface OptionChoice {
  readonly name: string;
  readonly value: string;
}
export type Option<Value = unknown> =
  | StringOption<Value>
  | IntegerOption<Value>
  | BooleanOption<Value>
  | IdOption<Value>
  | FileOption<Value>;
export type Options = Readonly<Record<string, Option>>;
type OptionValue<O> = O extends OptionBase<infer Value> ? Value : never;
/** The values that `run` receives. Their types are derived from the options. */
export type OptionValues<O extends Options> = { readonly [Name in keyof O]: OptionValue<O[Name]> };

interface StringSettings {
  readonly autocomplete?: Autocomplete;
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
/** A required option with a fixed list of choices. `choices` is a map from the value of each choice to its label. */
export const requiredChoice = <Value extends string>(
  description: string,
  choices: Readonly<Record<Value, string>>,
): StringOption<Value> => ({
  type: 'string',
  description,
  required: true,
  choices: Object.entries<string>(choices).map(([value, name]) => ({ name, value })),
});
/** An option with a fixed list of choices. `choices` is a map from the value of each choice to its label. */
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

export const optionalId = (type: IdOption<string>['type'], description: string): IdOption<string | undefined> => ({
  type,
  description,
  required: false,
});

export const optionalFile = (description: string): FileOption<UploadedFile | undefined> => ({
  type: 'attachment',
  description,
  required: false,
});

/**
 * Where a command can be used. `everywhere` includes servers and conversations that the bot has not been added to, if
 * the user has installed the bot.
 */
export type Availability = 'servers' | 'servers-and-dms' | 'everywhere';

type Run = (
  values: Readonly<Record<string, unknown>>,
  context: CommandContext,
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
  /**
   * Whether only the member sees the response. This is fixed for each command, because Discord must know it when the
   * bot defers a response that is not ready yet.
   */
  readonly ephemeral: boolean;
  /** Whether only members with the permission Manage Server can use the command. */
  readonly managersOnly: boolean;
  readonly components: Readonly<Record<string, Component>>;
  readonly options: Options;
  readonly run?: Run;
  readonly subcommands?: Readonly<Record<string, Subcommand>>;
}

/** A command in the context menu of a message. Members find it there under "Apps". */
export interface MessageCommand {
  readonly name: string;
  /** Shown in /help. Discord shows no descriptions of message commands. */
  readonly description: string;
  readonly availability: Availability;
  /** `customIds` are the custom_ids of all components of the message. Empty if the message is not from this bot. */
  run(customIds: readonly string[], context: CommandContext): InteractionResponse | Promise<InteractionResponse>;
}

/** Declares a message command. Only the member who uses it sees the response. */
export const messageCommand = (definition: MessageCommand): MessageCommand => definition;

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
  readonly components?: Readonly<Record<string, Component>>;
}

/** Declares a command without subcommands. */
export function command<const O extends Options>(definition: CommandHead & CommandBody<O>): Command {
  const { name, availability = 'everywhere', ephemeral = false, managersOnly = false, components = {} } = definition;
  return { name, availability, ephemeral, managersOnly, components, ...subcommand(definition) };
}

/** Declares a subcommand. */
export function subcommand<const O extends Options>(definition: CommandBody<O>): Subcommand {
  // The cast is safe because src/bot/dispatch.ts checks the values against `options` before it calls `run`.
  const run: Run = (values, context) => definition.run(values as OptionValues<O>, context);
  return { description: definition.description, options: definition.options ?? {}, run };
}

/** Declares a command that consists of subcommands. */
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

/**
 * The custom_id of a button or modal. The `parts` must not contain colons. The whole custom_id may have at most 100
 * characters.
 */
export function customId(command: string, action: string, ...parts: readonly (string | number)[]): string {
  return [command, action, ...parts].join(':');
}
