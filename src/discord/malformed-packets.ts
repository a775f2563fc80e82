/**
 * Keeps the bot running if Discord sends a packet that discord.js cannot read. Without this file, no code would catch
 * the error that discord.js throws, so the error would end the process. If the packet is an interaction with a readable
 * id and token, the member gets an apology.
 */
import { type Client, MessageFlags, Routes, SimpleShardingStrategy } from 'discord.js';
import { isObject } from '../core/type-guards.ts';
import { notice } from '../chat/message/notice.ts';
import { errorWords } from '../chat/words/error-words.ts';
import { type Log, newReference } from '../log.ts';
import { componentsJson } from './payloads.ts';

const noMentions = { allowed_mentions: { parse: [] } };

/** The type of autocomplete interactions. Discord accepts no message as the response to them. */
const autocomplete = 4;

/** The fields of a packet that are read here. Each field may be missing or have any type. */
interface Packet {
  readonly t?: unknown;
  readonly d?: {
    readonly id?: unknown;
    readonly token?: unknown;
    readonly type?: unknown;
    readonly guild_id?: unknown;
  } | null;
}

/**
 * The discord.js method that handles all packets of the gateway. The types of discord.js do not contain this method.
 */
interface PacketReader {
  handlePacket(packet?: Packet, shard?: { readonly id?: unknown }): boolean;
}

/**
 * Wraps the discord.js method that handles packets, and catches its errors. discord.js silently ignores interactions of
 * an unknown type. Such an interaction is recognised because `wasSeen` returns false for its id.
 * @param wasSeen whether discord.js has emitted the interaction with this id
 */
export function surviveMalformedPackets(client: Client, log: Log, wasSeen: (id: string) => boolean): void {
  const reader = client.ws as unknown as PacketReader;
  const read = reader.handlePacket.bind(reader);
  reader.handlePacket = (packet, shard) => {
    try {
      const { id, token } = packet?.d ?? {};
      if (packet?.t === 'INTERACTION_CREATE' && !isAnswerable(id, token))
        throw new TypeError('an interaction has no valid id or token');
      const wasRead = read(packet, shard);
      if (wasRead && packet?.t === 'INTERACTION_CREATE' && !(typeof id === 'string' && wasSeen(id)))
        throw new TypeError('discord.js does not know this kind of interaction');
      return wasRead;
    } catch (error) {
      const about = { reference: newReference(), ...aboutPacket(packet, shard) };
      log.error({ ...about, err: error, packet: packet?.t }, 'a packet of Discord could not be read');
      if (packet?.t === 'INTERACTION_CREATE') void apologiseFor(client, packet.d, about, log);
      return true;
    }
  };
}

/** The fields of a log line about a packet. The command is not known, because the packet could not be read. */
function aboutPacket(packet: Packet | undefined, shard: { readonly id?: unknown } | undefined) {
  const server = packet?.d?.guild_id;
  return { ...(typeof server === 'string' && { server }), ...(typeof shard?.id === 'number' && { shard: shard.id }) };
}

interface About {
  readonly reference: string;
  readonly server?: string | undefined;
  readonly shard?: number;
}

type ShardManager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** The methods of a shard that read a frame of the gateway. The types of discord.js do not contain them. */
interface FrameReader {
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
  /** Called by `onMessage`. Resolves to the parsed frame, or to null if the frame is not JSON. */
  unpackMessage(data: unknown, isBinary: boolean): Promise<unknown>;
}

/**
 * Returns a function that creates the shards of a client. If a frame is not JSON, or if a field of a frame has the
 * wrong type, the error is logged. If it were not caught, it would become an unhandled rejection.
 */
export function surviveMalformedFrames(log: Log): (manager: ShardManager) => SimpleShardingStrategy {
  return (manager) => {
    const strategy = new SimpleShardingStrategy(manager);
    const spawn = strategy.spawn.bind(strategy);
    const { shards } = strategy as unknown as { readonly shards: ReadonlyMap<number, FrameReader> };
    strategy.spawn = async (ids) => {
      await spawn(ids);
      for (const [shard, reader] of shards) logUnreadable(reader, shard, log);
    };
    return strategy;
  };
}

function logUnreadable(reader: FrameReader, shard: number, log: Log): void {
  const [read, unpack] = [reader.onMessage.bind(reader), reader.unpackMessage.bind(reader)];
  reader.unpackMessage = async (data, isBinary) => {
    const frame = await unpack(data, isBinary);
    if (!isObject(frame)) throw new TypeError('the frame is not a JSON object');
    return frame;
  };
  reader.onMessage = async (data, isBinary) => {
    try {
      await read(data, isBinary);
    } catch (error) {
      log.error({ err: error, shard }, 'a frame of the gateway could not be read');
    }
  };
}

/** Whether an interaction has an id and a token with which a response can be sent. */
const isAnswerable = (id: unknown, token: unknown): boolean =>
  typeof id === 'string' && /^\d{1,20}$/.test(id) && typeof token === 'string' && /^[^\s/?#%]+$/.test(token);

/** Sends an apology as the response to an interaction if its id and token are known. Never rejects. */
export async function apologiseFor(client: Client, data: Packet['d'], about: About, log: Log): Promise<void> {
  const { id, token, type } = data ?? {};
  if (!isAnswerable(id, token) || type === autocomplete) return;
  const body = {
    type: 4,
    data: {
      components: componentsJson(notice(errorWords.ourMistake(about.reference))),
      flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      ...noMentions,
    },
  };
  try {
    await client.rest.post(Routes.interactionCallback(String(id), String(token)), { body, auth: false });
  } catch (error) {
    log.warn({ ...about, err: error }, 'the apology could not be sent');
  }
}
