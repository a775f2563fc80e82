/** The context that all parts of the emulation share, and functions that find things and check permissions. */
import type { Clock } from '../clock.ts';
import { apiError, byId, found } from './api-errors.ts';
import { canView, dmChannelObject } from './api-objects.ts';
import { discordLimits } from './discord-limits.ts';
import type { Gateway } from './gateway.ts';
import { type Permission, permissionBits } from './permission-bits.ts';
import { guildPermissions, hasPermissions, highestPosition } from './permissions.ts';
import { nextId, timestampOf } from './snowflake.ts';
import {
  type Application,
  type Channel,
  type Guild,
  type Interaction,
  type Member,
  newChannel,
  type StoredMessage,
  type User,
  type World,
} from './world.ts';

export interface Context {
  readonly world: World;
  readonly clock: Clock;
  readonly gateway: Gateway;
  /** Base URL for attachments: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Calls `run` at the time `at` (ms since the epoch), unless the loopback was stopped before this time. */
  readonly alarm: (at: number, run: () => void) => void;
  /**
   * With `off`, most bodies are not checked against the published schemas. Bodies that register commands, edit channels
   * or open DMs are always checked.
   */
  readonly bodyValidation: 'on' | 'off';
  /** Records a request, a field or an opcode that the emulation does not model. */
  readonly notModelled: (what: string) => void;
  /** Schedules a save. Must be called after each change of `world`. For routes, `runRoute` calls it. */
  readonly worldChanged: () => void;
}

export type Caller =
  | { readonly kind: 'bot'; readonly application: Application }
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'none' };

export interface InChannel {
  readonly context: Context;
  readonly caller: Caller;
  readonly channel: Channel;
}
export interface InGuild {
  readonly context: Context;
  readonly caller: Caller;
  readonly guild: Guild;
}

export const newId = ({ world, clock }: Context): string => nextId(world, clock.now());

/** The id of the calling application or member, or an empty string for an unknown caller. */
export const callerId = (caller: Caller): string =>
  caller.kind === 'bot' ? caller.application.id : caller.kind === 'member' ? caller.member.id : '';

/** The calling member. Throws an error with status 401 for any other caller. */
export function callingMember(caller: Caller): Member {
  if (caller.kind !== 'member') throw apiError('unauthorized');
  return caller.member;
}

export function callingApplication(caller: Caller): Application {
  if (caller.kind !== 'bot') throw apiError('unauthorized');
  return caller.application;
}

export const callingUser = (caller: Caller): User =>
  caller.kind === 'bot' ? caller.application.bot : callingMember(caller);

/** Finds a guild. Throws error 10004 if the guild does not exist or if the caller is not a member. */
export function requireGuild({ world }: Context, id: string, caller: Caller): Guild {
  const guild = byId(world.guilds, id, 'unknownGuild');
  byId(guild.members, callerId(caller), 'unknownGuild');
  return guild;
}

/** Finds a channel. Throws error 10003 if there is none, and error 50001 if the caller may not see it. */
export function requireChannel({ world }: Context, id: string, caller: Caller): Channel {
  const channel = byId(world.channels, id, 'unknownChannel');
  if (!canView(channel, callerId(caller), world)) throw apiError('missingAccess');
  return channel;
}

export const findPublicMessage = ({ world }: Context, channel: Channel, id: string): StoredMessage | undefined =>
  world.posts.find(
    ({ message, reader }) => message.id === id && message.channel_id === channel.id && reader === undefined,
  );

/** Throws error 50027 if the token is unknown or has expired, and error 10015 if no callback was sent yet. */
export function interactionByToken({ world, clock }: Context, application: string, token: string): Interaction {
  byId(world.applications, application, 'unknownWebhook');
  const interaction = world.interactions.find((each) => each.token === token && each.applicationId === application);
  if (!interaction || clock.now() - timestampOf(interaction.id) >= discordLimits.tokenMs)
    throw apiError('expiredToken');
  if (interaction.answered === undefined) throw apiError('unknownWebhook');
  return interaction;
}

/**
 * Finds a message that was sent with the token of the interaction, or that was changed by the update callback of the
 * interaction. Throws error 10008 if there is none.
 */
export function messageByToken({ world }: Context, { id, originalId }: Interaction, messageId: string): StoredMessage {
  const wanted = messageId === '@original' ? originalId : messageId;
  const isOurs = ({ message, interactionId }: StoredMessage) =>
    message.id === wanted && (interactionId === id || message.id === originalId);
  return found(world.posts.find(isOurs), 'unknownMessage');
}

export const isAllowed = ({ context, channel, caller }: InChannel, ...names: readonly Permission[]): boolean =>
  hasPermissions(context.world, channel, callerId(caller), context.clock.now(), ...names);

/** Throws error 50013 unless the caller currently has all permissions in `names` in the channel. */
export function requirePermission(here: InChannel, ...names: readonly Permission[]): void {
  if (!isAllowed(here, ...names)) throw apiError('missingPermissions');
}

/** Throws error 50013 unless the caller currently has the permission in the guild. */
export function requireGuildPermission({ context, guild, caller }: InGuild, name: Permission): void {
  if ((guildPermissions(guild, callerId(caller), context.clock.now()) & permissionBits(name)) === 0n)
    throw apiError('missingPermissions');
}

/** Throws error 50013 unless the caller ranks above these positions. Discord docs, permissions#permission-hierarchy. */
export function requireAbove({ guild, caller }: InGuild, ...positions: readonly number[]): void {
  if (positions.some((position) => position >= highestPosition(guild, callerId(caller))))
    throw apiError('missingPermissions');
}

export function findOrCreateDm(context: Context, member: Member, { id: applicationId }: Application): Channel {
  const { world } = context;
  const known = world.channels.find(
    (channel) => channel.recipientId === member.id && channel.applicationId === applicationId,
  );
  if (known) return known;
  const channel: Channel = { ...newChannel, id: newId(context), recipientId: member.id, applicationId };
  world.channels.push(channel);
  context.gateway.dispatchToMember(member.id, 'CHANNEL_CREATE', dmChannelObject(member.id, channel, world));
  return channel;
}
