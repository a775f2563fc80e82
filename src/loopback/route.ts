/** The type of a route, and functions that all routes use. */
import { apiError } from './api-errors.ts';
import type { RequestBody } from './attachments.ts';
import type { Caller, Context } from './context.ts';
import type { Application, Member, User } from './world.ts';

export interface RequestContext extends RequestBody {
  readonly context: Context;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  /** The address of the gateway: `ws://…`. */
  readonly gatewayUrl: string;
}
/** The response of a route. If there is no body, the status is 204. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: 'bot' | 'member' | 'both' | 'anybody';
  /** Handles a request. `params` are the parameters of the path, in the order of the path. */
  readonly run: (request: RequestContext, ...params: string[]) => Reply;
}

export const route = (method: string, path: string, access: Route['access'], run: Route['run']): Route => ({
  method,
  path,
  access,
  run,
});

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const noContent: Reply = { status: 204 };

export const callingUser = ({ caller }: Pick<RequestContext, 'caller'>): User =>
  caller.kind === 'bot' ? caller.application.bot : callingMember(caller);

/** The calling member. Throws 401 for other callers, although the server already rejects them on routes for members. */
export function callingMember(caller: Caller): Member {
  if (caller.kind !== 'member') throw apiError('unauthorized');
  return caller.member;
}

export function callingApplication({ caller }: RequestContext): Application {
  if (caller.kind !== 'bot') throw apiError('unauthorized');
  return caller.application;
}
