/** What a route is, and the few words that every one of them uses. */
import type { Sent } from './attachments.ts';
import type { Caller, Emulation } from './context.ts';
import { refusal } from './api-errors.ts';
import type { Application, Member, User } from './world.ts';

export interface Call extends Sent {
  readonly emulation: Emulation;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  /** ws://… of the gateway. */
  readonly gatewayUrl: string;
}
/** Without a body: 204. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly who: 'bot' | 'member' | 'both' | 'anybody';
  /** What the path names is handed over in its order. */
  readonly run: (call: Call, ...named: string[]) => Reply;
}

export const route = (method: string, path: string, who: Route['who'], run: Route['run']): Route => ({
  method,
  path,
  who,
  run,
});

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const done: Reply = { status: 204 };

export const self = ({ caller }: Pick<Call, 'caller'>): User =>
  caller.kind === 'bot' ? caller.application.bot : member(caller);

/** The member who calls; the table lets nobody else through where this is used. */
export function member(caller: Caller): Member {
  if (caller.kind !== 'member') throw refusal('unauthorized');
  return caller.member;
}

export function ownApplication({ caller }: Call): Application {
  if (caller.kind !== 'bot') throw refusal('unauthorized');
  return caller.application;
}
