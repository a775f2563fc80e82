/** The type of a route, and functions that all routes use. */
import { apiError, NotModelledError, unmodelledField } from './api-errors.ts';
import type { RequestBody } from './attachments.ts';
import type { Caller, Context } from './context.ts';
import type { BodyFields } from './request-fields.ts';
import type { Application, Member, User } from './world.ts';

export interface RequestContext extends RequestBody {
  readonly context: Context;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  /** The address of the gateway: `ws://…`. */
  readonly gatewayUrl: string;
}
/** The response of a route. A response without a body has status 204. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** A body that is sent unchanged. Used only for injected faults. */
  readonly rawBody?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: 'bot' | 'member' | 'both' | 'anybody';
  readonly takes: Takes;
  /** Handles a request. `params` are the parameters of the path, in the order of the path. */
  readonly run: (request: RequestContext, ...params: string[]) => Reply;
}

/** The query parameters and the kinds of bodies that a route accepts. All other parameters and bodies are refused. */
export interface Takes {
  /** The modelled query parameters, separated by spaces. */
  readonly query?: string;
  /** Only Discord's own client uses `undocumented` bodies, which the route validates itself. */
  readonly body?: readonly BodyFields[] | 'undocumented';
}

export const route = (
  method: string,
  path: string,
  access: Route['access'],
  run: Route['run'],
  takes: Takes = {},
): Route => ({ method, path, access, run, takes });

/** Query parameters that have no effect on the webhook routes of interactions. The value is the reason. */
export const harmlessParameters: Readonly<Record<string, string>> = {
  wait: 'a webhook of an interaction always waits (interactions/receiving-and-responding#create-followup-message)',
  with_components: 'a webhook of an application always respects components (resources/webhook#execute-webhook)',
};

/** Throws a NotModelledError for an unknown query parameter, or for a body that the route does not accept. */
export function requireModelledRequest({ path, takes }: Route, query: URLSearchParams, body: unknown): void {
  const harmless = path.startsWith('/webhooks/') ? Object.keys(harmlessParameters) : [];
  const modelled = [...(takes.query ?? '').split(' '), ...harmless];
  for (const name of query.keys())
    if (!modelled.includes(name)) throw new NotModelledError(`the query parameter ${name}`);
  const [field] = takes.body ? [] : Object.entries(Object(body) as object).filter(([, value]) => value !== null);
  if (field) throw unmodelledField([field[0]]);
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const noContent: Reply = { status: 204 };

export const callingUser = ({ caller }: Pick<RequestContext, 'caller'>): User =>
  caller.kind === 'bot' ? caller.application.bot : callingMember(caller);

/** The calling member. Throws an error with status 401 for any other caller. */
export function callingMember(caller: Caller): Member {
  if (caller.kind !== 'member') throw apiError('unauthorized');
  return caller.member;
}

export function callingApplication({ caller }: RequestContext): Application {
  if (caller.kind !== 'bot') throw apiError('unauthorized');
  return caller.application;
}
