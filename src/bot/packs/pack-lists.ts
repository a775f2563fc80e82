/** Pure functions that return the changed list of a server's packs. */
import type { AddedPack, PackListValue } from './stored-packs.ts';

/** Whether two names count as the same name. Case and the spaces around a name make no difference. */
const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

export const packNamed = ({ packs }: PackListValue, name: string): AddedPack | undefined =>
  packs.find((one) => sameName(one.name, name));

type Written = Pick<AddedPack, 'name' | 'edition' | 'pieces' | 'entries' | 'questions' | 'at'> & {
  readonly by: NonNullable<AddedPack['by']>;
};

/**
 * The list after a pack was installed. If the list has a pack of the same name, the new version replaces this pack and
 * gets the key of this pack. If a pack of the same name was removed earlier, the new pack gets the key of the removed
 * pack. In both cases, members keep their progress, because progress is stored under the key.
 *
 * If the list has no pack of this name and already has `most` packs, the list is returned unchanged.
 */
export function installedList(old: PackListValue, written: Written, most: number): PackListValue {
  const { name, edition, pieces, entries, questions, at, by } = written;
  const before = packNamed(old, name);
  // The store may call this function again with the list that the first call returned. This list already contains the
  // edition, so the version number must not increase again.
  if (before?.edition === edition) return old;
  const removed = old.removed.find((one) => sameName(one.name, name));
  if (!before && old.packs.length >= most) return old;
  const key = before?.key ?? removed?.key ?? newKey(old, name);
  const version = (before?.version ?? 0) + 1;
  const added: AddedPack = {
    key,
    name: before?.name ?? name,
    version,
    edition,
    pieces,
    entries,
    questions,
    at,
    by: { id: by.id, name: by.name },
  };
  return {
    ...old,
    packs: before ? old.packs.map((one) => (one === before ? added : one)) : [...old.packs, added],
    removed: old.removed.filter((one) => one.key !== key),
  };
}

/**
 * Maximum length of a key in characters, not counting the number that may be added to make the key unique. Keys must be
 * short, because a custom_id contains the key and other parts.
 */
const keyLength = 32;

/** Creates a key that differs from the keys of all packs of the server, including removed packs. */
function newKey({ packs, removed }: PackListValue, name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, keyLength)
    .replaceAll(/^-+|-+$/g, '');
  const base = slug === '' ? 'pack' : slug;
  const taken = new Set([...packs, ...removed].map(({ key }) => key));
  for (let number = 2, key = base; ; number++) {
    if (!taken.has(key)) return key;
    key = `${base}-${number}`;
  }
}

/**
 * The list after the pack with this key was chosen. If the key is undefined or unknown, the server uses its default
 * pack.
 */
export function listUsing(old: PackListValue, key: string | undefined): PackListValue {
  const { using: _, ...rest } = old;
  return key !== undefined && old.packs.some((one) => one.key === key) ? { ...rest, using: key } : rest;
}

export const renamedList = (old: PackListValue, key: string, name: string): PackListValue => ({
  ...old,
  packs: old.packs.map((one) => (one.key === key ? { ...one, name } : one)),
});

/** The list after a pack was removed. If the server used this pack, it uses its default pack from now on. */
export function listWithout(old: PackListValue, key: string, at: number): PackListValue {
  const pack = old.packs.find((one) => one.key === key);
  if (!pack) return old;
  const rest = old.using === key ? listUsing(old, undefined) : old;
  return {
    ...rest,
    packs: old.packs.filter((one) => one !== pack),
    removed: [...old.removed.filter((one) => one.key !== key), { key, name: pack.name, at }],
  };
}
