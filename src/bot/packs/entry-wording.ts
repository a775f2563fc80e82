/** Creates messages about the entries of a pack. Each message begins with the file, line, entry and field. */
import { locationIn } from '../../core/pack/problem-messages.ts';
import { type Entry, kindOfFile } from '../../core/pack/pack.ts';
import type { PackFile } from '../../core/pack/pack-file.ts';

/** Returns the file and line of a field, such as `events.yaml:12`. */
export type PlaceOf = (entry: Entry, path: readonly PropertyKey[]) => string;
/**
 * Creates the message about a mistake or a warning. The message consists of the file, line, entry and field, followed
 * by `sentence`.
 */
export type Wording = (entry: Entry, path: readonly PropertyKey[], sentence: string) => string;

export function entryWording(files: readonly PackFile[]): { readonly placeOf: PlaceOf; readonly word: Wording } {
  const locations = new Map(files.flatMap(idsIn));
  const placeOf: PlaceOf = (entry, path) => {
    const location = locations.get(entry.id);
    return location ? locationIn(location.file, [location.index, ...path]) : entry.id;
  };
  const word: Wording = (entry, path, sentence) =>
    `${placeOf(entry, path)}, ${[entry.id, ...path.slice(0, 1)].join(', ')}: ${sentence}`;
  return { placeOf, word };
}

/** Returns the id and the location of each entry in a file, even if the entry has mistakes. */
export function idsIn(file: PackFile): (readonly [id: unknown, location: { file: PackFile; index: number }])[] {
  if (!Object.hasOwn(kindOfFile, file.name) || !Array.isArray(file.value)) return [];
  return file.value.map((entry: { id?: unknown } | null, index) => [entry?.id, { file, index }]);
}
