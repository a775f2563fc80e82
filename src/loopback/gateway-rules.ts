/** The rules of the gateway. Discord docs, events/gateway and topics/opcodes-and-status-codes#gateway. */
import type { GatewayCloseCodes, GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';

/** Discord's limits for the gateway. A test can start a loopback with smaller limits. */
export const gatewayLimits = {
  /** The heartbeat interval in HELLO, in ms. A connection without a heartbeat for 1.5 intervals is closed. */
  heartbeatMs: 41_250,
  /** Discord docs, events/gateway#sending-events: maximum size of a payload from the client. */
  payloadBytes: 4_096,
  /** Discord docs, events/gateway#rate-limiting: the maximum number of payloads from a client in `sendsMs`. */
  sends: 120,
  sendsMs: 60_000,
  /** Discord docs, events/gateway#identifying: the maximum number of Identify payloads from a bot in 24 hours. */
  starts: 1_000,
  startsMs: 24 * 3_600_000,
  /**
   * Discord docs, events/gateway#rate-limiting: in each bucket, one Identify every 5 s. The bucket of a shard is its id
   * modulo max_concurrency. Most bots have one bucket. Source: twilight-model, gateway::SessionStartLimit.
   */
  maxConcurrency: 1,
  concurrencyMs: 5_000,
  /** Discord docs, events/gateway#sharding: "Each shard can only support a maximum of 2500 guilds". */
  guildsPerShard: 2_500,
  /** Discord docs, events/gateway#initiating-a-disconnect: a session times out "after a few minutes". */
  resumableMs: 5 * 60_000,
  /** Maximum number of events of a session that are kept for a resume. Discord publishes no number. */
  replayBuffer: 1_000,
  /** The privileged intents that are enabled in the developer portal. */
  allowedIntents: (1 << 1) | (1 << 8) | (1 << 15),
};
export type GatewayLimits = typeof gatewayLimits;

interface Close {
  readonly code: number;
  readonly reason: string;
  /** Whether the client may connect again: the column "Reconnect" in Discord's table of close codes. */
  readonly reconnect: boolean;
  readonly resume: boolean;
}
const close = (code: GatewayCloseCodes, reason: string, reconnect: boolean, resume: boolean): Close => ({
  code,
  reason,
  reconnect,
  resume,
});

/**
 * The close codes of the gateway. Only fault injection uses 4009. Discord docs,
 * topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.
 */
export const closeCodes = {
  unknownError: close(4000, 'Unknown error.', true, true),
  unknownOpcode: close(4001, 'Unknown opcode.', true, true),
  decode: close(4002, 'Error while decoding payload.', true, true),
  notAuthenticated: close(4003, 'Not authenticated.', true, false),
  badToken: close(4004, 'Authentication failed.', false, false),
  twice: close(4005, 'Already authenticated.', true, true),
  invalidSeq: close(4007, 'Invalid seq.', true, false),
  tooFast: close(4008, 'Rate limited.', true, true),
  timedOut: close(4009, 'Session timed out.', true, false),
  invalidShard: close(4010, 'Invalid shard.', false, false),
  shardingRequired: close(4011, 'Sharding required.', false, false),
  invalidVersion: close(4012, 'Invalid API version.', false, false),
  invalidIntents: close(4013, 'Invalid intent(s).', false, false),
  disallowedIntents: close(4014, 'Disallowed intent(s).', false, false),
} as const satisfies Record<string, Close>;
export type CloseName = keyof typeof closeCodes;

/** Whether a session can be resumed after a close code. The result is true for codes that are not in `closeCodes`. */
export const canResumeAfter = (code: number): boolean =>
  Object.values(closeCodes).find((close) => close.code === code)?.resume ?? true;

/** The opcodes that the emulation uses. Discord docs, topics/opcodes-and-status-codes#gateway-gateway-opcodes. */
export const opcodes = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const satisfies Record<string, GatewayOpcodes>;

/** Opcodes without effect: voice, and requests for members, sounds and channels. They are recorded as not modelled. */
export const unmodelledOpcodes: ReadonlySet<number> = new Set([4, 8, 31, 43]);
/** The opcodes that a client may send. Opcode 3 (presence) has no effect. */
export const clientOpcodes: ReadonlySet<number> = new Set([1, 2, 3, 6, ...unmodelledOpcodes]);

/** The intents that other files of the emulation need by name. Interactions need no intent. */
export const intents = { guilds: 1 << 0, content: 1 << 15 } as const;
/**
 * The intents that a bot needs for an event in guilds and in DMs. `name` is a prefix of the event's name. The first
 * entry whose prefix matches is used. Discord docs, #list-of-intents.
 */
const neededIntents: readonly (readonly [name: string, guild: number, direct: number])[] = [
  ['GUILD_MEMBER_', 1 << 1, 0],
  ['MESSAGE_REACTION_', 1 << 10, 1 << 13],
  ['MESSAGE_', 1 << 9, 1 << 12],
  ['TYPING_START', 1 << 11, 1 << 14],
  ['CHANNEL_PINS_UPDATE', 1 << 0, 1 << 12],
  ['', 1 << 0, 0],
];
export function neededIntent(event: BotEvent, guildId: string | undefined): number {
  const [, inGuild = 0, direct = 0] = neededIntents.find(([name]) => event.startsWith(name)) ?? [];
  return guildId === undefined ? direct : inGuild;
}
const knownIntents = [...Array(17).keys(), 20, 21, 24, 25].reduce((bits, bit) => bits | (1 << bit), 0);
const privilegedIntents = (1 << 1) | (1 << 8) | (1 << 15);

/** The reason why an Identify payload with these intents is refused. Undefined if it is accepted. */
export function intentError(intents: unknown, allowed: number): CloseName | undefined {
  if (typeof intents !== 'number' || !Number.isInteger(intents)) return 'invalidIntents';
  if (intents < 0 || intents > knownIntents || (intents & ~knownIntents) !== 0) return 'invalidIntents';
  return intents & privilegedIntents & ~allowed ? 'disallowedIntents' : undefined;
}

export type Shard = readonly [id: number, count: number];

/** Parses `[shard_id, num_shards]`; undefined if it is invalid. Discord docs, events/gateway#sharding. */
export function parseShard(shard: unknown): Shard | undefined {
  if (shard === undefined || shard === null) return [0, 1];
  const [id, count, ...more] = Array.isArray(shard) ? (shard as unknown[]) : [];
  if (!Number.isInteger(id) || !Number.isInteger(count) || more.length > 0) return undefined;
  const parsed: Shard = [Number(id), Number(count)];
  return parsed[0] >= 0 && parsed[0] < parsed[1] ? parsed : undefined;
}

/** DMs belong to the first shard. Discord docs, events/gateway#sharding-sharding-formula. */
export const isOnShard = ([id, count]: Shard, guildId: string | undefined): boolean =>
  guildId === undefined ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;

export type BotEvent = `${GatewayDispatchEvents}`;

/** Events for members. The four events in quotes are undocumented and tell a client how an interaction ended. */
export type MemberEvent =
  | BotEvent
  | 'INTERACTION_SUCCESS'
  | 'INTERACTION_FAILURE'
  | 'INTERACTION_MODAL_CREATE'
  | 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE';
