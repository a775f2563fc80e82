/** Discord's errors. Codes and messages: https://discord.com/developers/docs/topics/opcodes-and-status-codes */
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { discordLimits } from './discord-limits.ts';

/** The path of a field in a request body, such as `['data', 'components', 0]`. */
export type Path = readonly (string | number)[];

export interface Problem {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

/** Messages of field errors, by error code. Contains only codes that always have the same message. */
const fieldMessages = {
  APPLICATION_COMMANDS_DUPLICATE_NAME: 'Application command names must be unique',
  APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES: 'An option with autocomplete cannot have choices',
  APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION: 'Must be empty',
  APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS: 'Must be empty',
  APPLICATION_COMMAND_INVALID_NAME: 'Command name is invalid',
  APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS: 'Option name already exists',
  APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID: 'Required options must be placed before non-required options',
  APPLICATION_COMMAND_OPTIONS_TYPE_INVALID:
    'Sub-command and sub-command group option types are mutually exclusive to all other types',
  APPLICATION_COMMAND_TOO_LARGE: `Command exceeds maximum size (${discordLimits.commandSize})`,
  BASE_TYPE_REQUIRED: 'This field is required',
  BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE: 'A custom id and url cannot both be specified',
  BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI: 'A button must have either a label or an emoji',
  COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED: `The displayable text size exceeds the maximum size of ${discordLimits.textCharacters}`,
  COMPONENT_LAYOUT_WIDTH_EXCEEDED: 'The specified component exceeds the maximum width',
  COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED: `The total number of components cannot exceed ${discordLimits.components}`,
  INTERACTION_APPLICATION_COMMAND_INVALID_VERSION: 'This command is outdated, please try again in a few minutes',
  MAX_EMBED_SIZE_EXCEEDED: `Embed size exceeds maximum size of ${discordLimits.embedCharacters}`,
  MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG: 'The IS_COMPONENTS_V2 flag cannot be removed',
  SELECT_COMPONENT_MAX_VALUES: 'There are fewer options than max_values',
  SELECT_COMPONENT_MIN_MAX: 'min_values must not be greater than max_values',
  SELECT_COMPONENT_OPTION_VALUE_DUPLICATED: 'The specified option value is already used',
  TEXT_INPUT_MIN_MAX: 'min_length must not be greater than max_length',
} as const satisfies Record<string, string>;

export function problem(path: Path, code: keyof typeof fieldMessages): Problem;
export function problem(path: Path, code: string, message: string): Problem;
export function problem(path: Path, code: string, message?: string): Problem {
  return { path, code, message: message ?? fieldMessages[code as keyof typeof fieldMessages] };
}

export const tooLong = (path: Path, most: number | bigint): Problem =>
  problem(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);

export const badLength = (path: Path, least: number, most: number): Problem =>
  problem(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);

/** Prepends `at`, the path of a body part, to the path of a field error inside this part. */
export const prefixPath =
  (at: Path) =>
  ({ path, ...rest }: Problem): Problem => ({ path: [...at, ...path], ...rest });

/** An error response of the API. Routes throw an ApiError, and the server sends it as the HTTP response. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, code: number, message: string, more: object = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.body = { message, code, ...more };
  }
}

/**
 * The error for a field, value or query parameter that the emulation does not model. `what` says which one it is. The
 * server records `what`.
 */
export class NotModelledError extends ApiError {
  readonly what: string;

  constructor(what: string) {
    super(400, 0, `The emulated Discord does not model ${what}.`);
    this.name = 'NotModelledError';
    this.what = what;
  }
}

export const unmodelledField = (path: Path): NotModelledError => new NotModelledError(`the field ${path.join('.')}`);

/** Throws a NotModelledError unless the value is missing, null or in the list `modelled`. */
export function requireModelledValue(name: string, value: unknown, modelled: readonly unknown[]): void {
  if (value !== undefined && value !== null && !modelled.includes(value))
    throw new NotModelledError(`the value ${JSON.stringify(value)} of the field ${name}`);
}

const knownErrors = {
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownOverwrite: [404, 10009, 'Unknown Permission Overwrite'],
  unknownEmoji: [404, 10014, 'Unknown Emoji'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  tooManyPins: [400, 30003, 'Maximum number of pins reached (250)'],
  tooManyReactions: [400, 30010, 'Maximum number of reactions reached (20)'],
  tooManyAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  tooManyCommands: [400, 30032, 'Maximum number of application commands reached (100)'],
  tooManyCreates: [400, 30034, 'Max number of daily application command creates has been reached (200)'],
  tooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  tooManyFollowUps: [400, 40094, 'This interaction has reached the maximum number of follow up messages'],
  missingAccess: [403, 50001, 'Missing Access'],
  notYourMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  invalidRole: [400, 50028, 'Invalid Role'],
  invalidGuild: [400, 50055, 'Invalid Guild'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  archived: [400, 50083, 'Thread is archived'],
  tooOldToDelete: [400, 50034, 'You can only bulk delete messages that are under 14 days old.'],
  systemMessage: [403, 50021, 'Cannot execute action on a system message'],
  noHistory: [403, 160002, 'Cannot reply without permission to read message history'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  locked: [400, 160005, 'Thread is locked'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  notText: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  expiredToken: [401, 50027, 'Invalid Webhook Token'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

type ErrorName = keyof typeof knownErrors;

export function apiError(name: ErrorName): ApiError {
  const [status, code, message] = knownErrors[name];
  return new ApiError(status, code, message);
}

export function found<T>(thing: T | undefined, otherwise: ErrorName): T {
  if (thing === undefined) throw apiError(otherwise);
  return thing;
}

export const byId = <T extends { readonly id: string }>(
  list: readonly T[],
  id: string | null | undefined,
  otherwise: ErrorName,
): T =>
  found(
    list.find((entry) => entry.id === id),
    otherwise,
  );

/** An error with an HTTP status. The default message is the name of the status. */
export const statusError = (status: number, code = 0, message = `${status}: ${STATUS_CODES[status] ?? ''}`): ApiError =>
  new ApiError(status, code, message);

/** Error 50035. Its body has the field errors as a tree. Discord docs, reference#error-messages. */
export function invalidFormBody(problems: readonly Problem[]): ApiError {
  interface Branch {
    [key: string]: Branch | { code: string; message: string }[];
  }
  const errors: Branch = {};
  for (const { path, code, message } of problems) {
    let branch = errors;
    for (const step of path) branch = (branch[step] ??= {}) as Branch;
    const list = (branch['_errors'] ??= []);
    if (Array.isArray(list)) list.push({ code, message });
  }
  return new ApiError(400, 50035, 'Invalid Form Body', { errors });
}

export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidFormBody(
    parsed.error.issues.map(({ path, message }) => problem(path as Path, 'BASE_TYPE_CONVERT', message)),
  );
}

/** Throws error 50035 unless the list is empty. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidFormBody(problems);
}

export function refuseField(path: Path, code: string, message: string): never {
  throw invalidFormBody([problem(path, code, message)]);
}
