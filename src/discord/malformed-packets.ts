/**
 * Keeps the bot running when Discord sends a packet that discord.js cannot read. Such an error would otherwise end the
 * process, because discord.js reads packets where nobody can catch it. The member gets an apology if the packet still
 * says where to send it.
 */
import { type Client, MessageFlags, Routes } from 'discord.js';
import { randomBytes } from 'node:crypto';
import { notice } from '../chat/message/notice.ts';
import { errorWords } from '../chat/words/error-words.ts';
import type { Log } from '../log.ts';
import { componentsJson } from './payloads.ts';

const noMentions = { allowed_mentions: { parse: [] } };

/** The autocomplete type of interactions. Discord accepts no message as its response. */
const autocomplete = 4;

/** The fields of a packet that are read here. Nothing about them is certain. */
interface Packet {
  readonly t?: unknown;
  readonly d?: { readonly id?: unknown; readonly token?: unknown; readonly type?: unknown } | null;
}

/** The method of discord.js through which all packets of the gateway pass. It is missing in the library's types. */
interface PacketReader {
  handlePacket(packet?: Packet, shard?: unknown): boolean;
}

/** @param wasSeen whether discord.js has passed on the interaction with this id; it drops unknown types silently */
export function surviveMalformedPackets(client: Client, log: Log, wasSeen: (id: string) => boolean): void {
  const reader = client.ws as unknown as PacketReader;
  const read = reader.handlePacket.bind(reader);
  reader.handlePacket = (packet, shard) => {
    try {
      const wasRead = read(packet, shard);
      const { id } = packet?.d ?? {};
      if (wasRead && packet?.t === 'INTERACTION_CREATE' && !(typeof id === 'string' && wasSeen(id)))
        throw new TypeError('discord.js does not know this kind of interaction');
      return wasRead;
    } catch (error) {
      const reference = randomBytes(4).toString('hex');
      log.error({ err: error, reference, packet: packet?.t }, 'a packet of Discord could not be read');
      if (packet?.t === 'INTERACTION_CREATE') void apologiseFor(client, packet.d, reference, log);
      return true;
    }
  };
}

/** Sends an apology as the response to an interaction, if its id and token are known. Never rejects. */
export async function apologiseFor(client: Client, data: Packet['d'], reference: string, log: Log): Promise<void> {
  const { id, token, type } = data ?? {};
  if (typeof id !== 'string' || !/^\d+$/.test(id) || typeof token !== 'string' || type === autocomplete) return;
  const body = {
    type: 4,
    data: {
      components: componentsJson(notice(errorWords.ourMistake(reference))),
      flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      ...noMentions,
    },
  };
  try {
    await client.rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  } catch (error) {
    log.warn({ err: error, reference }, 'the apology could not be sent');
  }
}
