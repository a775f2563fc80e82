/** What every part of the emulated Discord works with: the world, the time, the gateway, and a way to say "changed". */
import type { Clock } from '../clock.ts';
import { refusal } from './api-errors.ts';
import type { Gateway } from './gateway.ts';
import { privateChannelFor, sees } from './api-objects.ts';
import { guildPermissions, may } from './permissions.ts';
import { bits, type Permission } from './permission-bits.ts';
import { nextId, type Application, type Channel, type Guild, type Member, type World } from './world.ts';

export interface Emulation {
  readonly world: World;
  readonly clock: Clock;
  readonly gateway: Gateway;
  /** `http://127.0.0.1:PORT`, where attachments are served. */
  readonly url: string;
  /** Rings at `at` unless the loopback has stopped. */
  readonly alarm: (at: number, run: () => void) => void;
  /** Whether the shapes of messages, modals and threads are judged. */
  readonly shapes: 'on' | 'off';
  /** The world is to be kept. */
  readonly changed: () => void;
}

/** Who sends a request, judged by its Authorization header. */
export type Caller =
  | { readonly kind: 'bot'; readonly application: Application }
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'none' };

export const freshId = ({ world, clock }: Emulation): string => nextId(world, clock.now());

export function applicationById({ world }: Emulation, id: string): Application {
  const application = world.applications.find((application) => application.id === id);
  if (!application) throw refusal('unknownApplication');
  return application;
}

/** The id of the bot or the member who calls. */
export const callerId = (caller: Caller): string =>
  caller.kind === 'bot' ? caller.application.id : caller.kind === 'member' ? caller.member.id : '';

/** A server that the caller is in; 10004 otherwise. */
export function guildFor({ world }: Emulation, id: string, caller: Caller): Guild {
  const guild = world.guilds.find((guild) => guild.id === id);
  if (!guild?.members.some((member) => member.id === callerId(caller))) throw refusal('unknownGuild');
  return guild;
}

/** A channel that the caller may see; 10003 when there is none, 50001 when it is closed to the caller. */
export function channelFor({ world }: Emulation, id: string, caller: Caller): Channel {
  const channel = world.channels.find((channel) => channel.id === id);
  if (!channel) throw refusal('unknownChannel');
  if (!sees(channel, callerId(caller), world)) throw refusal('missingAccess');
  return channel;
}

/** True when the caller has all of the permissions in the channel now. */
export const isAllowed = (
  { world, clock }: Emulation,
  channel: Channel,
  caller: Caller,
  ...names: readonly Permission[]
): boolean => may(world, channel, callerId(caller), clock.now(), ...names);

/** 50013 unless the caller may. */
export function insistOnPermission(
  emulation: Emulation,
  channel: Channel,
  caller: Caller,
  ...names: readonly Permission[]
): void {
  if (!isAllowed(emulation, channel, caller, ...names)) throw refusal('missingPermissions');
}

/** A server in which the caller has the permission; 10004, 50013. */
export function guildToManage(emulation: Emulation, id: string, caller: Caller, name: Permission): Guild {
  const guild = guildFor(emulation, id, caller);
  if ((guildPermissions(guild, callerId(caller), emulation.clock.now()) & bits(name)) === 0n)
    throw refusal('missingPermissions');
  return guild;
}

/** The private channel of a member with a bot, opened when there is none. */
export function privateChannel(emulation: Emulation, member: Member, { id: applicationId }: Application): Channel {
  const { world } = emulation;
  const known = world.channels.find(
    (channel) => channel.recipientId === member.id && channel.applicationId === applicationId,
  );
  if (known) return known;
  const channel: Channel = { id: freshId(emulation), recipientId: member.id, applicationId, overwrites: [] };
  world.channels.push(channel);
  emulation.changed();
  emulation.gateway.toMember(member.id, 'CHANNEL_CREATE', privateChannelFor(member.id, channel, world));
  return channel;
}
