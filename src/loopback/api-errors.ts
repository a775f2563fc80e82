/** Discord's errors. Codes and messages: https://discord.com/developers/docs/topics/opcodes-and-status-codes */
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';

/** Where something stands in a request: `['data', 'components', 0]`. */
export type Path = readonly (string | number)[];

/** One entry of Discord's error tree. */
export interface Problem {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

export const problem = (path: Path, code: string, message: string): Problem => ({ path, code, message });

/** Puts the path of a part before the paths of its problems. */
export const prefixPath =
  (at: Path) =>
  ({ path, ...rest }: Problem): Problem => ({ path: [...at, ...path], ...rest });

/** An error answer of the API. Routes throw it and the server sends it. */
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

const knownErrors = {
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  tooManyAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  tooManyCommands: [400, 30032, 'Maximum number of application commands reached (100)'],
  tooManyCreates: [400, 30034, 'Max number of daily application command creates has been reached (200)'],
  tooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  tooManyFollowUps: [400, 40094, 'This interaction has reached the maximum number of follow up messages'],
  missingAccess: [403, 50001, 'Missing Access'],
  notYourMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  invalidGuild: [400, 50055, 'Invalid Guild'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  archived: [400, 50083, 'Thread is archived'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  locked: [400, 160005, 'Thread is locked'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  expiredToken: [401, 50027, 'Invalid Webhook Token'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

export function apiError(name: keyof typeof knownErrors): ApiError {
  const [status, code, message] = knownErrors[name];
  return new ApiError(status, code, message);
}

/** An error that only has a status, such as `500: Internal Server Error`. */
export const statusError = (status: number, code = 0, message = `${status}: ${STATUS_CODES[status] ?? ''}`): ApiError =>
  new ApiError(status, code, message);

/** Status 400, code 50035, and the tree `errors.path._errors[{ code, message }]`. docs, reference#error-messages. */
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

/** Parses a body with a schema of ours, where Discord's published schemas are not used. Throws 50035. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidFormBody(
    parsed.error.issues.map(({ path, message }) => problem(path as Path, 'BASE_TYPE_CONVERT', message)),
  );
}

/** Throws 50035 if there are any problems. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidFormBody(problems);
}
