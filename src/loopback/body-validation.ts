/**
 * Checks request bodies against Discord's published OpenAPI schemas. Rules that the schemas lack are in the
 * `*-rules.ts` files.
 */
import type { core } from 'zod';
import type { ZodMiniType } from 'zod/mini';
import { type Path, prefixPath, problem, type Problem, throwIfAny, tooLong, unmodelledField } from './api-errors.ts';
import { type BodyKind, bodyKinds, harmlessFields, modelledFields } from './body-kinds.ts';
import type { Context } from './context.ts';

/**
 * Returns the schema errors of the body at the path `at`. If there are none, throws a NotModelledError for a field that
 * the emulation does not model.
 */
export function bodySchemaProblems(kind: BodyKind, body: unknown, at: Path = []): readonly Problem[] {
  const [schema]: readonly [ZodMiniType, unknown] = bodyKinds[kind];
  const result = schema.safeParse(body);
  const problems = (result.error?.issues ?? [])
    .flatMap((issue) => problemsOf(issue, [], body))
    .filter(({ path }) => !isPermissionString(path, body))
    .map(prefixPath(at));
  if (problems.length === 0) requireModelledFields(kind, body, at);
  return problems;
}

/** Throws error 50035 if the body does not match its schema. Does nothing if validation is off. */
export function validateBody({ bodyValidation }: Context, kind: BodyKind, body: unknown, at?: Path): void {
  if (bodyValidation === 'on') throwIfAny(bodySchemaProblems(kind, body, at));
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the schema gives the body no static type
export function readBody<T extends object>(kind: BodyKind, { body }: { body: unknown }): T {
  throwIfAny(bodySchemaProblems(kind, body));
  return body as T;
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

/**
 * Throws a NotModelledError for the first field of the body that the emulation does not model. Empty fields (null,
 * false, 0, '' or []) are ignored, because discord.js sends them. A `position` of 0 does not count as empty, because it
 * is a real position.
 */
export function requireModelledFields(kind: string, body: unknown, at: Path = []): void {
  for (const [index, each] of (Array.isArray(body) ? body : [body]).entries()) {
    if (typeof each !== 'object' || each === null) continue;
    const here = Array.isArray(body) ? [...at, index] : at;
    for (const [name, value] of Object.entries<unknown>(each)) {
      const inner = modelledFields[kind]?.[name];
      if (value === null || value === undefined) continue;
      if (inner === undefined && (asksForNothing(name, value) || isHarmless(kind, name))) continue;
      if (inner === undefined) throw unmodelledField([...here, name]);
      if (inner !== '') requireModelledFields(inner, value, [...here, name]);
    }
  }
}

const isHarmless = (kind: string, name: string): boolean =>
  harmlessFields[kind]?.names.split(' ').includes(name) === true;

const asksForNothing = (name: string, value: unknown): boolean =>
  (!value && name !== 'position') || (Array.isArray(value) && value.length === 0);
