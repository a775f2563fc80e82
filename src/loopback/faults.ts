/** Failures on demand: what Discord does to bots on a bad day, one switch each. */
import type { Emulation } from './emulation.ts';
import { refusal } from './errors.ts';
import { remove } from './messages.ts';
import { applicationsIn } from './payloads.ts';
import { forbid, isPermission } from './permissions.ts';

/** What goes wrong with the requests that fit. Without `method` or `route` every request fits. */
export interface Fault {
  readonly method?: string;
  /** A path as the route table writes it (`/channels/:channel/messages`), or a pattern for the path itself. */
  readonly route?: string | RegExp;
  /** Without a status the request is only delayed. */
  readonly status?: number;
  readonly code?: number;
  readonly message?: string;
  /** The request does its work and only then fails: the answer is lost. */
  readonly after?: boolean;
  /** The connection is reset instead of answered. */
  readonly cut?: boolean;
  readonly delayMs?: number;
  /** Seconds, for status 429. */
  readonly retryAfter?: number;
  /** How many requests it meets; one unless said otherwise. */
  readonly times?: number;
}

export interface Faults {
  /** The next requests that fit go wrong. Several are met in the order they were asked for. */
  next(fault: Fault): void;
  /** Closes the bot's gateway connections. 4000 lets it resume, 4004 and 4014 are final. */
  dropGateway(closeCode?: number): void;
  /** Deletes a message as a moderator would. Throws 10008 when there is none. */
  deleteMessage(channelId: string, messageId: string): void;
  /** Takes a permission (`SEND_MESSAGES`) from the bot, in one channel or in all. */
  revoke(permission: string, channelId?: string): void;
  restore(permission: string, channelId?: string): void;
  /** The next interactions reach the bot twice. */
  duplicateDispatch(times?: number): void;
  /** Takes back what has not happened yet. Revoked permissions stay revoked. */
  clear(): void;
}

export interface FaultPlan {
  readonly faults: Faults;
  /** The fault that meets this request, if one does; it is used up. */
  readonly take: (method: string, path: string, pattern: string | undefined) => Fault | undefined;
  /** How often the next interaction is dispatched. */
  readonly copies: () => number;
}

/** `emulation` is asked for late: the plan is part of it. */
export function planFaults(emulation: () => Emulation): FaultPlan {
  let planned: { readonly fault: Fault; left: number }[] = [];
  let duplicates = 0;

  function change(permission: string, channelId: string | undefined, denied: boolean): void {
    if (!isPermission(permission)) throw new RangeError(`The loopback knows no permission ${permission}.`);
    const { world, gateway, changed } = emulation();
    const meant = world.channels.filter(({ id, guildId }) => (channelId === undefined ? guildId : id === channelId));
    if (channelId !== undefined && meant.length === 0) throw refusal('unknownChannel');
    for (const channel of meant) {
      for (const id of applicationsIn(channel, world)) forbid(channel, id, permission, denied);
      gateway.channelChanged(channel);
    }
    changed();
  }

  return {
    faults: {
      next: (fault) => void planned.push({ fault, left: fault.times ?? 1 }),
      dropGateway: (closeCode = 4000) => emulation().gateway.drop(closeCode),
      deleteMessage(channelId, messageId) {
        const found = emulation().world.posts.find(({ message }) => message.id === messageId);
        if (found?.message.channel_id !== channelId) throw refusal('unknownMessage');
        remove(emulation(), found);
      },
      revoke: (permission, channelId) => change(permission, channelId, true),
      restore: (permission, channelId) => change(permission, channelId, false),
      duplicateDispatch: (times = 1) => void (duplicates += times),
      clear() {
        planned = [];
        duplicates = 0;
      },
    },
    take(method, path, pattern) {
      const met = planned.find(
        ({ fault: { method: wanted = method, route = pattern } }) =>
          wanted === method && (route instanceof RegExp ? route.test(path) : route === pattern),
      );
      if (met && --met.left <= 0) planned = planned.filter((other) => other !== met);
      return met?.fault;
    },
    copies: () => (duplicates > 0 ? (duplicates--, 2) : 1),
  };
}
