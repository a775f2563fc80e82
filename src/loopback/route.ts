/** The type of a route, and the function that finds the objects of a path, checks the request and runs the route. */
import { byId, found, NotModelledError, unmodelledField } from './api-errors.ts';
import type { RequestBody } from './attachments.ts';
import type { BodyKind } from './body-kinds.ts';
import { validateBody } from './body-validation.ts';
import {
  type Caller,
  type Context,
  findPublicMessage,
  interactionByToken,
  messageByToken,
  requireChannel,
  requireGuild,
  requireGuildPermission,
  requirePermission,
} from './context.ts';
import { isUnicodeEmoji } from './component-rules.ts';
import type { Permission } from './permission-bits.ts';
import type { Channel, Guild, Interaction, Role, StoredMessage } from './world.ts';

interface Sent extends RequestBody {
  readonly context: Context;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  readonly gatewayUrl: string;
}
/** The types of path parameters. A parameter that is not listed here is a string. */
interface Named {
  guild: Guild;
  channel: Channel;
  message: StoredMessage;
  role: Role;
  member: Guild['members'][number];
  emoji: string;
  token: Interaction;
}
type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/**
 * A request with the values of its path parameters and its validated body. For example, `Asked<'guild' | 'role'>` is a
 * request with a guild and a role in its path.
 */
export type Asked<Names extends string = never, Body = unknown> = Omit<Sent, 'body'> & { readonly body: Body } & {
  readonly [name in Names]: name extends keyof Named ? Named[name] : string;
};

/**
 * Finds the value of a path parameter. `asked` contains the values of the earlier parameters. Throws an ApiError for an
 * unknown id.
 */
const finders: {
  readonly [name in keyof Named]: (asked: Sent & Partial<Named> & Record<string, unknown>, id: string) => Named[name];
} = {
  guild: ({ context, caller }, id) => requireGuild(context, id, caller),
  channel: ({ context, caller }, id) => requireChannel(context, id, caller),
  role: ({ guild }, id) => byId(guild?.roles ?? [], id, 'unknownRole'),
  member: ({ guild }, id) => byId(guild?.members ?? [], id, 'unknownMember'),
  emoji: (_, name) => found(isUnicodeEmoji(name) ? name : undefined, 'unknownEmoji'),
  token({ context, application, interaction }, token) {
    if (typeof application === 'string') return interactionByToken(context, application, token);
    const isMeant = ({ id, token: own }: Interaction) => id === interaction && own === token;
    return found(context.world.interactions.find(isMeant), 'unknownInteraction');
  },
  message({ context, channel, token }, id) {
    if (token) return messageByToken(context, token, id);
    return found(channel && findPublicMessage(context, channel, id), 'unknownMessage');
  },
};

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: 'bot' | 'member' | 'both' | 'anybody';
  readonly takes: Takes;
  /** Returns the body of the response, or undefined for status 204. */
  readonly run: (asked: never) => unknown;
}
/** What a route needs and accepts. All other query parameters and bodies are refused. */
export interface Takes {
  /** The permission that the caller needs in the guild or channel of the path. */
  readonly needs?: Permission | ((channel: Channel) => Permission);
  /** The modelled query parameters, separated by spaces. */
  readonly query?: string;
  /** The kinds of bodies. Only Discord's own client uses `undocumented` bodies. */
  readonly body?: readonly BodyKind[] | 'undocumented';
  /** True if the function of the route validates the body itself. */
  readonly validates?: true;
}

export const route = <Path extends string, Body>(
  method: string,
  path: Path,
  access: Route['access'],
  run: (asked: Asked<NamesIn<Path>, Body>) => unknown,
  takes: Takes = {},
): Route => ({ method, path, access, run, takes });

/** The response of a route. A response without a body has status 204. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** A body that is sent unchanged. Used only for injected faults. */
  readonly rawBody?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Created {
  readonly body: unknown;
  constructor(body: unknown) {
    this.body = body;
  }
}

/** Runs a route. `params` are the values of its path parameters. Throws ApiError. */
export function runRoute(route: Route, sent: Sent, params: readonly string[]): Reply {
  const { path, takes, run } = route;
  requireModelledRequest(route, sent.query, sent.body);
  const asked: Sent & Partial<Named> & Record<string, unknown> = { ...sent };
  for (const [index, [, name = '']] of [...path.matchAll(/:(\w+)/g)].entries()) {
    const id = params[index] ?? '';
    asked[name] = name in finders ? finders[name as keyof Named](asked, id) : id;
    if (index === 0) requireNeeded(takes, asked);
  }
  const body = sent.body ?? {};
  if (Array.isArray(takes.body) && !takes.validates) validateBody(sent.context, takes.body[0] as BodyKind, body);
  if (route.method !== 'GET') sent.context.worldChanged();
  const result = run({ ...asked, body } as never);
  if (result instanceof Created) return { status: 201, body: result.body };
  return result === undefined ? { status: 204 } : { status: 200, body: result };
}

function requireNeeded({ needs }: Takes, { context, caller, channel, guild }: Sent & Partial<Named>): void {
  if (needs && channel)
    requirePermission({ context, caller, channel }, typeof needs === 'string' ? needs : needs(channel));
  if (typeof needs === 'string' && guild) requireGuildPermission({ context, caller, guild }, needs);
}

/** Query parameters that have no effect on the webhook routes of interactions. The value is the reason. */
export const harmlessParameters: Readonly<Record<string, string>> = {
  wait: 'a webhook of an interaction always waits (interactions/receiving-and-responding#create-followup-message)',
  with_components: 'a webhook of an application always respects components (resources/webhook#execute-webhook)',
};

function requireModelledRequest({ path, takes }: Route, query: URLSearchParams, body: unknown): void {
  const harmless = path.startsWith('/webhooks/') ? Object.keys(harmlessParameters) : [];
  const modelled = [...(takes.query ?? '').split(' '), ...harmless];
  for (const name of query.keys())
    if (!modelled.includes(name)) throw new NotModelledError(`the query parameter ${name}`);
  const [field] = takes.body ? [] : Object.entries(Object(body) as object).filter(([, value]) => value !== null);
  if (field) throw unmodelledField([field[0]]);
}
