/** Fault injection for tests and the playground: failing requests, gateway faults, outages, revoked permissions. */
import { apiError, byId } from './api-errors.ts';
import { applicationsIn } from './api-objects.ts';
import type { Context } from './context.ts';
import { removeMessage } from './messages.ts';
import { isPermission } from './permission-bits.ts';
import { changeVisibility } from './channel-visibility.ts';
import { setDenied } from './permissions.ts';

/** A fault to inject into matching requests. If `method` or `route` is absent, any method or route matches. */
export interface Fault {
  readonly method?: string;
  /** A path of the route table, or a regular expression for the path of the request. */
  readonly route?: string | RegExp;
  /** The status of the response. If `status`, `rawBody`, `cut` and `hang` are absent, the request is only delayed. */
  readonly status?: number;
  readonly code?: number;
  readonly message?: string;
  /** If true, the route runs before the fault. The fault then delays, replaces or drops only the response. */
  readonly after?: boolean;
  /** A response body that is sent unchanged, with the content type JSON. With a raw body, the default status is 200. */
  readonly rawBody?: string | Uint8Array;
  readonly encoding?: string;
  readonly cut?: boolean;
  readonly hang?: boolean;
  readonly delayMs?: number;
  /** The field `retry_after` of a response with status 429, in seconds. */
  readonly retryAfter?: number;
  readonly isGlobal?: boolean;
  readonly times?: number;
}

export type FaultPlan = ReturnType<typeof createFaultPlan>;
export type Faults = FaultPlan['faults'];

/** @param disconnect cuts all connections */
export function createFaultPlan(context: Context, disconnect: () => void) {
  let planned: { readonly fault: Fault; left: number }[] = [];
  let isDown = false;
  return {
    faults: {
      ...context.gateway.faults,
      /** Adds a fault for the next matching requests. If several faults match a request, the oldest is used. */
      next: (fault: Fault) => void planned.push({ fault, left: fault.times ?? 1 }),
      /** Makes a guild unavailable to bots, or available again. Throws error 10004 for an unknown guild. */
      outage: (guildId: string, isDown: boolean) => setOutage(context, guildId, isDown),
      /** Cuts all connections and answers no requests until `comeUp` is called. Keeps all data and gateway sessions. */
      goDown() {
        isDown = true;
        disconnect();
      },
      comeUp: () => void (isDown = false),
      /** Deletes a message as a moderator would. Throws error 10008 if there is no such message. */
      deleteMessage: (channelId: string, messageId: string) => deleteMessage(context, channelId, messageId),
      /**
       * Denies bots a permission in one or all guild channels. Throws a RangeError if the permission is unknown, and
       * error 10003 if the channel is unknown.
       */
      revoke: (permission: string, channelId?: string) => setPermission(context, permission, channelId, false),
      restore: (permission: string, channelId?: string) => setPermission(context, permission, channelId, true),
      clear() {
        planned = [];
        context.gateway.faults.clear();
      },
    },
    faultFor(method: string, path: string, pattern?: string): Fault | undefined {
      const next = planned.find(
        ({ fault: { method: wanted = method, route = pattern } }) =>
          wanted === method && (route instanceof RegExp ? route.test(path) : route === pattern),
      );
      if (next && --next.left <= 0) planned = planned.filter((other) => other !== next);
      return next?.fault;
    },
    isDown: () => isDown,
  };
}

function setOutage({ world, gateway, worldChanged }: Context, guildId: string, isDown: boolean): void {
  const guild = byId(world.guilds, guildId, 'unknownGuild');
  guild.unavailable = isDown;
  gateway.dispatchAvailability(guild);
  worldChanged();
}

function deleteMessage(context: Context, channelId: string, messageId: string): void {
  const stored = context.world.posts.find(({ message }) => message.id === messageId);
  if (stored?.message.channel_id !== channelId) throw apiError('unknownMessage');
  removeMessage(context, stored);
  context.worldChanged();
}

/** Throws a RangeError for an unknown permission, and error 10003 for an unknown channel. */
function setPermission(context: Context, permission: string, channelId: string | undefined, isAllowed: boolean): void {
  const { world } = context;
  if (!isPermission(permission)) throw new RangeError(`The loopback knows no permission ${permission}.`);
  const channels = world.channels.filter(({ id, guildId }) => (channelId === undefined ? guildId : id === channelId));
  if (channelId !== undefined && channels.length === 0) throw apiError('unknownChannel');
  for (const channel of channels) {
    const revoke = () => {
      for (const id of applicationsIn(channel, world)) setDenied(channel, id, permission, !isAllowed);
    };
    changeVisibility(context, channel.guildId, revoke, channel);
  }
  context.worldChanged();
}
