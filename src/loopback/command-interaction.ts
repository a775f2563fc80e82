/** Checks a submitted command against the registered command. Discord docs, interactions/application-commands. */
import { apiError, invalidFormBody, problem, type Problem, throwIfAny } from './api-errors.ts';
import { applicationsIn, type GuildOrDm } from './api-objects.ts';
import type { CommandOption } from './component-json.ts';
import { type ResolvableKind, resolvedData } from './interaction-objects.ts';
import { type InteractionRequest, interactionType } from './interaction-request.ts';
import type { SubmittedOption, ValidateInteraction } from './interaction-request.ts';
import { canUseCommand, hasPermissions, sendPermission } from './permissions.ts';
import type { Attachment, Command, InstallOwners, World } from './world.ts';

const outdated = problem(['data'], 'INTERACTION_APPLICATION_COMMAND_INVALID_VERSION');

export const validateCommand: ValidateInteraction = ({ type, application_id, data }, context) => {
  const { world, channel, member, at } = context;
  const { guildId } = channel;
  const command = world.commands.find((command) => command.id === data.id && command.application_id === application_id);
  const owners = command ? authorizingOwners(command, channel, world, member.id) : {};
  if (!command || Object.keys(owners).length === 0) throw apiError('unknownCommand');
  if (command.version !== data.version) throw invalidFormBody([outdated]);
  if (!canUseCommand(command, world, guildId, member.id, at)) throw apiError('missingPermissions');
  if (!hasPermissions(world, channel, member.id, at, 'USE_APPLICATION_COMMANDS')) throw apiError('missingPermissions');
  if (command.type === menuType.user && !hasPermissions(world, channel, member.id, at, sendPermission(channel)))
    throw apiError('missingPermissions');
  const isComplete = type === interactionType.command;
  throwIfAny([...commandDataProblems(command, data, isComplete, context.files)]);
  const { id, name, type: commandType, guild_id } = command;
  const common = { id, name, type: commandType, ...(guild_id !== undefined && { guild_id }) };
  const { options, target_id: targetId } = data;
  if (targetId !== undefined) {
    const target = { id: targetId, as: commandType === menuType.user ? 'user' : 'message' } as const;
    const menuData = { ...common, target_id: targetId, ...resolvedData([target], context) };
    return { owners, commandName: name, commandType, targetId, data: menuData };
  }
  const files: Attachment[] = [];
  const stored = withFileIds(options, (n) => {
    const file = context.storeFile(n);
    files.push(file);
    return file.id;
  });
  const filled = filledOptions(options);
  const focused = filled.find((option) => option.focused);
  return {
    owners,
    commandName: [name, ...subcommandNames(options)].join(' '),
    commandType,
    ...(focused && { focusedType: focused.type }),
    data: {
      ...common,
      ...(options.length > 0 && { options: stored }),
      ...resolvedData(resolvableOptions(filled), context, files),
    },
  };
};

/** The options that the bot gets. The value of an attachment option is replaced by the id of the attachment. */
const withFileIds = (options: readonly SubmittedOption[], idOf: (n: string) => string): SubmittedOption[] =>
  options.map((option) => ({
    ...option,
    ...(option.options && { options: withFileIds(option.options, idOf) }),
    ...(option.type === attachmentOption && { value: idOf(String(option.value)) }),
  }));

const attachmentOption = 11;

/**
 * The types of context menu commands. A member may use a user command only in channels in which the member may send
 * messages. Discord docs, #user-commands.
 */
const menuType = { user: 2, message: 3 } as const;

/** A command of a context menu must have a target and no options. All other commands must have no target. */
function* commandDataProblems(
  command: Command,
  data: InteractionRequest['data'],
  isComplete: boolean,
  files: readonly string[],
): Iterable<Problem> {
  const isMenu = command.type === menuType.user || command.type === menuType.message;
  if ((data.type ?? command.type) !== command.type)
    yield problem(['data', 'type'], 'BASE_TYPE_CHOICES', `Value must be one of {${command.type}}.`);
  if (isMenu !== (data.target_id !== undefined))
    yield problem(['data', 'target_id'], 'BASE_TYPE_REQUIRED', 'Only a user or message command has a target');
  yield* optionProblems(command.options ?? [], data.options, isComplete, ['data', 'options']);
  const filled = filledOptions(data.options);
  for (const { type, name, value } of filled)
    if (type === attachmentOption && !files.includes(String(value)))
      yield problem(['data', 'options'], 'ATTACHMENT_NOT_FOUND', `No file was uploaded for the option ${name}`);
  if (!isComplete && filled.filter((option) => option.focused).length !== 1)
    yield problem(['data', 'options'], 'BASE_TYPE_REQUIRED', 'One option has focus');
}

/**
 * Returns the installations through which the user can use the command in `place`. Empty if the user cannot use it
 * there. Discord docs, #contexts.
 */
export function authorizingOwners(command: Command, place: GuildOrDm, world: World, userId: string): InstallOwners {
  const { guild_id, application_id, rest } = command;
  const { guildId } = place;
  if (guild_id !== undefined && guild_id !== guildId) return {};
  const installedBy = world.applications.find(({ id }) => id === application_id)?.installedBy ?? [];
  const list = (key: string, otherwise: readonly number[]): readonly unknown[] =>
    Array.isArray(rest[key]) && guild_id === undefined ? (rest[key] as unknown[]) : otherwise;
  const types = list('integration_types', installedBy.length > 0 && guild_id === undefined ? [0, 1] : [0]);
  if (!list('contexts', [0, 1]).includes(guildId === undefined ? 1 : 0)) return {};
  const isHere = applicationsIn(place, world).includes(application_id);
  return {
    ...(isHere && types.includes(0) && { '0': guildId ?? '0' }),
    ...(types.includes(1) && installedBy.includes(userId) && { '1': userId }),
  };
}

const isSubcommand = ({ type }: { readonly type: number }): boolean => type === 1 || type === 2;

const subcommandNames = (options: readonly SubmittedOption[]): readonly string[] =>
  options.filter(isSubcommand).flatMap(({ name, options = [] }) => [name, ...subcommandNames(options)]);

const filledOptions = (options: readonly SubmittedOption[]): readonly SubmittedOption[] =>
  options.flatMap((option) => (isSubcommand(option) ? filledOptions(option.options ?? []) : [option]));

function* optionProblems(
  known: readonly CommandOption[],
  typed: readonly SubmittedOption[],
  isComplete: boolean,
  at: readonly (string | number)[],
): Iterable<Problem> {
  if (known.some(isSubcommand) && typed.length !== 1)
    yield problem(at, 'APPLICATION_COMMAND_SUBCOMMAND_REQUIRED', 'One subcommand is required');
  for (const [index, option] of typed.entries()) {
    const definition = known.find(({ name, type }) => name === option.name && type === option.type);
    if (!definition) yield problem([...at, index], 'APPLICATION_COMMAND_OPTION_UNKNOWN', 'This option does not exist');
    else if (isSubcommand(definition))
      yield* optionProblems(definition.options ?? [], option.options ?? [], isComplete, [...at, index, 'options']);
    else if (!option.focused && (isComplete || option.value !== undefined)) {
      const message = valueProblem(definition, option.value);
      if (message) yield problem([...at, index, 'value'], 'APPLICATION_COMMAND_OPTION_VALUE_INVALID', message);
    }
  }
  if (!isComplete) return;
  for (const { name, required } of known)
    if (required && !typed.some((option) => option.name === name))
      yield problem(at, 'APPLICATION_COMMAND_OPTION_REQUIRED', `The option ${name} is required`);
}

/**
 * Returns the reason why a value is invalid, or undefined if the value is valid. Discord docs,
 * interactions/application-commands#application-command-object.
 */
function valueProblem(option: CommandOption, value: SubmittedOption['value']): string | undefined {
  const { choices = [], min_value = -Infinity, max_value = Infinity, min_length = 0, max_length = 6_000 } = option;
  if (option.type === attachmentOption) return undefined;
  const isNumeric = option.type === 4 || option.type === 10;
  if (option.type === 5) return typeof value === 'boolean' ? undefined : 'This is not a boolean';
  if (isNumeric) {
    if (typeof value !== 'number' || (option.type === 4 && !Number.isInteger(value))) return 'This is not a number';
    if (value < min_value || value > max_value) return `Must be between ${min_value} and ${max_value}`;
  } else {
    if (typeof value !== 'string') return 'This is not text';
    if (option.type !== 3) return /^\d{17,19}$/.test(value) ? undefined : 'This is not an id';
    if (value.length < Math.max(1, min_length) || value.length > max_length)
      return `Must be between ${min_length} and ${max_length} in length.`;
  }
  return choices.length === 0 || choices.some((choice) => choice.value === value)
    ? undefined
    : 'Not one of the choices';
}

/** Types whose values are ids. Discord docs, #application-command-object-application-command-option-type. */
const kindOfOption: Readonly<Record<number, ResolvableKind>> = { 6: 'user', 7: 'channel', 8: 'role', 9: 'mentionable' };

const resolvableOptions = (
  options: readonly SubmittedOption[],
): readonly { readonly id: string; readonly as: ResolvableKind }[] =>
  options.flatMap(({ type, value }) => (kindOfOption[type] ? [{ id: String(value), as: kindOfOption[type] }] : []));
