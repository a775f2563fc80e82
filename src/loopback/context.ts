/** The context that all parts of the emulation share, and functions that find things and check permissions. */
import type { Clock } from '../clock.ts';
import { apiError } from './api-errors.ts';
import { canView, dmChannelObject } from './api-objects.ts';
import type { Gateway } from './gateway.ts';
import { type Permission, permissionBits } from './permission-bits.ts';
import { guildPermissions, hasPermissions, highestPosition } from './permissions.ts';
import { nextId } from './snowflake.ts';
import { newChannel } from './world-defaults.ts';
import type { Application, Channel, Guild, Member, World } from './world.ts';

export interface Context {
  readonly world: World;
  readonly clock: Clock;
  readonly gateway: Gateway;
  /** Base URL for attachments: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Calls `run` at the time `at` (ms since the epoch), unless the loopback was stopped before this time. */
  readonly alarm: (at: number, run: () => void) => void;
  /** Whether bodies of messages, modals and threads are checked against Discord's published schemas. */
  readonly bodyValidation: 'on' | 'off';
  /** Records a request, a field or an opcode that the emulation does not model. */
  readonly notModelled: (what: string) => void;
  /** Must be called after each change of `world`. Schedules a save. */
  readonly worldChanged: () => void;
}

/** The sender of a request, identified by the Authorization header. */
export type Caller =
  | { readonly kind: 'bot'; readonly application: Application }
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'none' };

export const newId = ({ world, clock }: Context): string => nextId(world, clock.now());

export function applicationById({ world }: Context, id: string): Application {
  const application = world.applications.find((application) => application.id === id);
  if (!application) throw apiError('unknownApplication');
  return application;
}

/** The id of the calling application or member, or an empty string for an unknown caller. */
export const callerId = (caller: Caller): string =>
  caller.kind === 'bot' ? caller.application.id : caller.kind === 'member' ? caller.member.id : '';

/** Finds a guild. Throws error 10004 if the guild does not exist or if the caller is not a member. */
export function requireGuild({ world }: Context, id: string, caller: Caller): Guild {
  const guild = world.guilds.find((guild) => guild.id === id);
  if (!guild?.members.some((member) => member.id === callerId(caller))) throw apiError('unknownGuild');
  return guild;
}

/** Throws error 10003, or error 50001 if the caller may not see the channel. */
export function requireChannel({ world }: Context, id: string, caller: Caller): Channel {
  const channel = world.channels.find((channel) => channel.id === id);
  if (!channel) throw apiError('unknownChannel');
  if (!canView(channel, callerId(caller), world)) throw apiError('missingAccess');
  return channel;
}

/** Whether the caller currently has all permissions in `names` in the channel. */
export const isAllowed = (
  { world, clock }: Context,
  channel: Channel,
  caller: Caller,
  ...names: readonly Permission[]
): boolean => hasPermissions(world, channel, callerId(caller), clock.now(), ...names);

/** Throws error 50013 unless the caller currently has all permissions in `names` in the channel. */
export function requirePermission(
  context: Context,
  channel: Channel,
  caller: Caller,
  ...names: readonly Permission[]
): void {
  if (!isAllowed(context, channel, caller, ...names)) throw apiError('missingPermissions');
}

/** Throws error 10004 if the caller is not a member, and error 50013 without the permission. */
export function requireGuildPermission(context: Context, id: string, caller: Caller, name: Permission): Guild {
  const guild = requireGuild(context, id, caller);
  if ((guildPermissions(guild, callerId(caller), context.clock.now()) & permissionBits(name)) === 0n)
    throw apiError('missingPermissions');
  return guild;
}

/** Throws error 50013 unless the caller ranks above. Discord docs, topics/permissions#permission-hierarchy. */
export function requireAbove(guild: Guild, caller: Caller, ...positions: readonly number[]): void {
  if (positions.some((position) => position >= highestPosition(guild, callerId(caller))))
    throw apiError('missingPermissions');
}

/** Finds the DM channel between a member and a bot, or creates it. */
export function findOrCreateDm(context: Context, member: Member, { id: applicationId }: Application): Channel {
  const { world } = context;
  const known = world.channels.find(
    (channel) => channel.recipientId === member.id && channel.applicationId === applicationId,
  );
  if (known) return known;
  const channel: Channel = { ...newChannel, id: newId(context), recipientId: member.id, applicationId };
  world.channels.push(channel);
  context.worldChanged();
  context.gateway.dispatchToMember(member.id, 'CHANNEL_CREATE', dmChannelObject(member.id, channel, world));
  return channel;
}
