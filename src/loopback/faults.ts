/** Failures on demand: what Discord does to bots on a bad day, one switch each. */
import type { Context } from './context.ts';
import { apiError } from './api-errors.ts';
import type { GatewaySignal } from './gateway.ts';
import type { EventFault } from './gateway-sessions.ts';
import { removeMessage } from './messages.ts';
import { applicationsIn } from './api-objects.ts';
import { setDenied } from './permissions.ts';
import { isPermission } from './permission-bits.ts';

/** What goes wrong with the requests that fit. Without `method` or `route` every request fits. */
export interface Fault {
  readonly method?: string;
  /** A path as the route table writes it (`/channels/:channel/messages`), or a pattern for the path itself. */
  readonly route?: string | RegExp;
  /** Without a status the request is only delayed. */
  readonly status?: number;
  readonly code?: number;
  readonly message?: string;
  /** The request does its work and only then waits, fails, hangs or is cut: the answer is late or lost. */
  readonly after?: boolean;
  /** The connection is reset instead of answered. */
  readonly cut?: boolean;
  /** The request is never answered. */
  readonly hang?: boolean;
  readonly delayMs?: number;
  /** Seconds, for status 429. */
  readonly retryAfter?: number;
  /** How many requests it meets; one unless said otherwise. */
  readonly times?: number;
}

export interface Faults {
  /** The next requests that fit go wrong. Several are met in the order they were asked for. */
  next(fault: Fault): void;
  /** Closes the gateway connections of bots with a code (4000: it may resume; gateway-rules.ts has all), or cuts them. */
  dropGateway(closeCode?: number | 'cut'): void;
  /** Sends bots opcode 1 (wants a heartbeat), 7 (reconnect), or 9: the session is invalid, or may be resumed. */
  sendGatewaySignal(what: GatewaySignal): void;
  /** The next HELLOs, or acknowledgements of heartbeats, are not sent to bots. */
  suppressGateway(what: 'hello' | 'ack', times?: number): void;
  /** The next events to bots come twice, never, or after the one that follows them. */
  disruptEvents(how: EventFault, which?: { readonly event?: string; readonly times?: number }): void;
  /** The last events come again, with their old numbers. */
  replayEvents(count: number): void;
  /** A server goes down for bots, or comes back. Throws 10004. */
  outage(guildId: string, isDown: boolean): void;
  /** Everything breaks off and nothing is answered until it comes back; what was done and the sessions are kept. */
  goDown(): void;
  comeUp(): void;
  /** Deletes a message as a moderator would. Throws 10008 when there is none. */
  deleteMessage(channelId: string, messageId: string): void;
  /** Takes a permission (`SEND_MESSAGES`) from the bot, in one channel or in all. */
  revoke(permission: string, channelId?: string): void;
  restore(permission: string, channelId?: string): void;
  /** Takes back what has not happened yet. Revoked permissions, outages and deaths stay. */
  clear(): void;
}

export interface FaultPlan {
  readonly faults: Faults;
  /** The fault that meets this request, if one does; it is used up. */
  readonly faultFor: (method: string, path: string, pattern: string | undefined) => Fault | undefined;
  readonly isDown: () => boolean;
}

/** `context` is asked for late: the plan is part of it. `cut` breaks all connections off. */
export function createFaultPlan(context: () => Context, cut: () => void): FaultPlan {
  let planned: { readonly fault: Fault; left: number }[] = [];
  let isDown = false;

  const onDemand = () => context().gateway.faults;

  function change(permission: string, channelId: string | undefined, denied: boolean): void {
    if (!isPermission(permission)) throw new RangeError(`The loopback knows no permission ${permission}.`);
    const { world, gateway, worldChanged } = context();
    const meant = world.channels.filter(({ id, guildId }) => (channelId === undefined ? guildId : id === channelId));
    if (channelId !== undefined && meant.length === 0) throw apiError('unknownChannel');
    for (const channel of meant) {
      for (const id of applicationsIn(channel, world)) setDenied(channel, id, permission, denied);
      gateway.dispatchChannelUpdate(channel);
    }
    worldChanged();
  }

  return {
    faults: {
      next: (fault) => void planned.push({ fault, left: fault.times ?? 1 }),
      dropGateway: (code = 4000) => onDemand().drop(code === 'cut' ? undefined : code),
      sendGatewaySignal: (what) => onDemand().signal(what),
      suppressGateway: (what, times = 1) => onDemand().suppress(what, times),
      disruptEvents: (how, { event, times = 1 } = {}) => onDemand().disturb(how, times, event),
      replayEvents: (count) => onDemand().replay(count),
      outage(guildId, isDown) {
        const { world, gateway, worldChanged } = context();
        const guild = world.guilds.find(({ id }) => id === guildId);
        if (!guild) throw apiError('unknownGuild');
        guild.unavailable = isDown;
        gateway.dispatchAvailability(guild);
        worldChanged();
      },
      goDown() {
        isDown = true;
        cut();
      },
      comeUp: () => void (isDown = false),
      deleteMessage(channelId, messageId) {
        const found = context().world.posts.find(({ message }) => message.id === messageId);
        if (found?.message.channel_id !== channelId) throw apiError('unknownMessage');
        removeMessage(context(), found);
      },
      revoke: (permission, channelId) => change(permission, channelId, true),
      restore: (permission, channelId) => change(permission, channelId, false),
      clear() {
        planned = [];
        onDemand().calm();
      },
    },
    faultFor(method, path, pattern) {
      const met = planned.find(
        ({ fault: { method: wanted = method, route = pattern } }) =>
          wanted === method && (route instanceof RegExp ? route.test(path) : route === pattern),
      );
      if (met && --met.left <= 0) planned = planned.filter((other) => other !== met);
      return met?.fault;
    },
    isDown: () => isDown,
  };
}
