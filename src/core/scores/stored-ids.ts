/**
 * The ids under which scores refer to questions, entries and topics. If the pack ships with the bot, these ids are
 * stored unchanged. If a server added the pack, they are stored with the key of the pack as a prefix, such as
 * `latin/amo`. Therefore the progress in one pack is never mixed with the progress in another, even if both packs have
 * an entry with the same id.
 */

/** Separator in the id of an added pack (`server/key`) and in a stored id (`key/id`). */
const separator = '/';

/**
 * The id of a pack that a server added. Packs that ship with the bot have ids without a slash. Two servers may use the
 * same key, so the id of the server is part of the pack's id.
 */
export const addedPackId = (server: string, key: string): string => `${server}${separator}${key}`;

/** The key of an added pack within its server. Undefined if `pack` is the id of a pack that ships with the bot. */
function keyOf(pack: string): string | undefined {
  const at = pack.indexOf(separator);
  return at < 0 ? undefined : pack.slice(at + 1);
}

/** The id under which scores refer to the question, entry or topic with id `id` in `pack`. */
export function storedId(pack: string, id: string): string {
  const key = keyOf(pack);
  return key === undefined ? id : key + separator + id;
}

/** Converts a stored id back to the id within `pack`. Undefined if the stored id belongs to another pack. */
export function idInPack(pack: string, stored: string): string | undefined {
  const key = keyOf(pack);
  if (key === undefined) return stored.includes(separator) ? undefined : stored;
  return stored.startsWith(key + separator) ? stored.slice(key.length + 1) : undefined;
}
