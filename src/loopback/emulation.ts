/** What every part of the emulated Discord works with: the world, the time, the gateway, and a way to say "changed". */
import type { Clock } from '../clock.ts';
import { refusal } from './errors.ts';
import type { Gateway } from './gateway.ts';
import { applicationsIn, privateChannelFor, readers } from './payloads.ts';
import { botMay, type Permission } from './permissions.ts';
import { nextId, type Application, type Channel, type Guild, type Member, type World } from './world.ts';

export interface Emulation {
  readonly world: World;
  readonly clock: Clock;
  readonly gateway: Gateway;
  /** Rings at `at` unless the loopback has stopped. */
  readonly alarm: (at: number, run: () => void) => void;
  /** The world is to be kept. */
  readonly changed: () => void;
  /** How often the next INTERACTION_CREATE reaches the bot; asking takes one duplicate away. */
  readonly copies: () => number;
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

export function guildById({ world }: Emulation, id: string): Guild {
  const guild = world.guilds.find((guild) => guild.id === id);
  if (!guild) throw refusal('unknownGuild');
  return guild;
}

/** A channel that the caller may see; 10003 when there is none, 50001 when it is closed to the caller. */
export function channelFor({ world }: Emulation, id: string, caller: Caller): Channel {
  const channel = world.channels.find((channel) => channel.id === id);
  if (!channel) throw refusal('unknownChannel');
  const open =
    caller.kind === 'bot'
      ? applicationsIn(channel, world).includes(caller.application.id) && botMay(channel, 'VIEW_CHANNEL')
      : caller.kind === 'member' && readers(channel, world).some(({ id }) => id === caller.member.id);
  if (!open) throw refusal('missingAccess');
  return channel;
}

/** 50013 unless the bot may; people may always. */
export function insistOnPermission(channel: Channel, caller: Caller, ...names: readonly Permission[]): void {
  if (caller.kind === 'bot' && !botMay(channel, ...names)) throw refusal('missingPermissions');
}

/** The private channel of a member with a bot, opened when there is none. */
export function privateChannel(emulation: Emulation, member: Member, { id: applicationId }: Application): Channel {
  const { world } = emulation;
  const known = world.channels.find(
    (channel) => channel.recipientId === member.id && channel.applicationId === applicationId,
  );
  if (known) return known;
  const channel: Channel = { id: freshId(emulation), recipientId: member.id, applicationId, denied: [] };
  world.channels.push(channel);
  emulation.changed();
  emulation.gateway.toMember(member.id, 'CHANNEL_CREATE', privateChannelFor(member.id, channel, world));
  return channel;
}
