/**
 * Checks request bodies against Discord's published OpenAPI schemas. Rules that the schemas lack are in the
 * `*-rules.ts` files.
 */
import * as spec from 'discord-api-spec/zod';
import type { core } from 'zod';
import * as z from 'zod/mini';
import { type Path, prefixPath, problem, type Problem, throwIfAny, tooLong } from './api-errors.ts';
import type { Context } from './context.ts';
import { requireModelledFields } from './request-fields.ts';

/**
 * Schemas of bodies for which the specification has no named schema. Discord docs, resources/guild, resources/channel.
 */
const nick = z.optional(z.nullable(z.string().check(z.maxLength(32))));
const member = z.object({
  nick,
  roles: z.optional(z.nullable(z.array(spec.SnowflakeTypeSchema))),
  communication_disabled_until: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
});
const overwriteEdit = z.object({
  type: z.literal([0, 1]),
  allow: z.optional(z.nullable(z.number())),
  deny: z.optional(z.nullable(z.number())),
});

const schemas = {
  command: spec.ApplicationCommandCreateRequestSchema,
  commandEdit: spec.ApplicationCommandPatchRequestPartialSchema,
  message: spec.MessageCreateRequestSchema,
  messageEdit: spec.MessageEditRequestPartialSchema,
  reply: spec.IncomingWebhookInteractionRequestSchema,
  replyEdit: spec.IncomingWebhookUpdateRequestPartialSchema,
  modal: spec.ModalInteractionCallbackRequestDataSchema,
  thread: spec.CreateTextThreadWithoutMessageRequestSchema,
  threadFrom: spec.CreateTextThreadWithMessageRequestSchema,
  threadEdit: spec.UpdateThreadRequestPartialSchema,
  channel: spec.CreateGuildChannelRequestSchema,
  channelEdit: spec.UpdateGuildChannelRequestPartialSchema,
  overwrite: spec.ChannelPermissionOverwriteRequestSchema,
  overwriteEdit,
  role: spec.CreateRoleRequestSchema,
  roleEdit: spec.UpdateRoleRequestPartialSchema,
  rolePositions: z.array(z.object({ id: spec.SnowflakeTypeSchema, position: z.optional(z.nullable(z.int())) })),
  guild: spec.GuildPatchRequestPartialSchema,
  member,
  ownMember: z.object({ nick }),
  ownUser: spec.BotAccountPatchRequestSchema,
  dm: spec.CreatePrivateChannelRequestSchema,
  bulkDelete: z.object({ messages: z.array(spec.SnowflakeTypeSchema).check(z.minLength(2), z.maxLength(100)) }),
};
export type BodySchema = keyof typeof schemas;

/** Returns the schema errors of the body at the path `at`. Throws a NotModelledError for an unmodelled valid field. */
export function bodySchemaProblems(shape: BodySchema, body: unknown, at: Path = []): readonly Problem[] {
  const result = schemas[shape].safeParse(body);
  const problems = (result.error?.issues ?? [])
    .flatMap((issue) => problemsOf(issue, [], body))
    .filter(({ path }) => !isPermissionString(path, body))
    .map(prefixPath(at));
  if (problems.length === 0) requireModelledFields(shape, body, at);
  return problems;
}

/** Throws error 50035 if the body does not match its schema. Does nothing if validation is off. */
export function validateBody({ bodyValidation }: Context, shape: BodySchema, body: unknown, at?: Path): void {
  if (bodyValidation === 'on') throwIfAny(bodySchemaProblems(shape, body, at));
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the schema gives the body no static type
export function readBody<T extends object>(shape: BodySchema, { body }: { body: unknown }): T {
  throwIfAny(bodySchemaProblems(shape, body ?? {}));
  return (body ?? {}) as T;
}

const permissionFields: readonly unknown[] = ['default_member_permissions', 'permissions', 'allow', 'deny'];

/** Discord's schema requires integers for permissions, but Discord's documentation and clients use strings. */
const isPermissionString = (path: Path, body: unknown): boolean =>
  permissionFields.includes(path.at(-1)) && /^\d{1,20}$/.test(String(valueAt(body, path)));

function problemsOf(issue: core.$ZodIssue, at: Path, body: unknown): readonly Problem[] {
  const path = [...at, ...(issue.path as Path)];
  if (issue.code === 'invalid_union') {
    const branch = likeliestBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => problemsOf(inner, path, body));
    const types = issue.errors.flatMap((branch) => branch.filter(isTypeIssue).flatMap(({ values }) => values));
    return [problem(path, 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${types.join(', ')}).`)];
  }
  return [problemOf(issue, path, valueAt(body, path))];
}

const isTypeIssue = (issue: core.$ZodIssue): issue is core.$ZodIssueInvalidValue =>
  issue.code === 'invalid_value' && issue.path.length === 1 && issue.path[0] === 'type';

/** Of the union branches whose `type` matches the body, returns the branch with the fewest errors. */
const likeliestBranch = (branches: readonly core.$ZodIssue[][]): core.$ZodIssue[] | undefined =>
  branches.filter((issues) => !issues.some(isTypeIssue)).sort((a, b) => a.length - b.length)[0];

function problemOf(issue: core.$ZodIssue, path: Path, value: unknown): Problem {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? tooLong(path, issue.maximum)
        : problem(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${issue.maximum}.`);
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? problem(path, 'BASE_TYPE_MIN_LENGTH', `Must be ${issue.minimum} or more in length.`)
        : problem(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${issue.minimum}.`);
    case 'invalid_value':
      return value === undefined
        ? problem(path, 'BASE_TYPE_REQUIRED')
        : problem(path, 'BASE_TYPE_CHOICES', `Value must be one of {${issue.values.join(', ')}}.`);
    case 'invalid_format':
      return issue.format === 'url'
        ? problem(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
        : problem(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not ${issue.format}.`);
    case 'invalid_type':
      return value === undefined
        ? problem(path, 'BASE_TYPE_REQUIRED')
        : problem(path, 'BASE_TYPE_CONVERT', `Could not interpret the value as ${issue.expected}.`);
    default:
      return problem(path, 'BASE_TYPE_CONVERT', issue.message);
  }
}

const valueAt = (body: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (Object(value) as Record<string | number, unknown>)[key], body);
