/** Reads the pack that is searched with the queries of the golden list (see golden.ts). */
import { searchEntry } from '../../src/core/pack/facts.ts';
import type { SearchEntry } from '../../src/core/search/search-entry.ts';
import { readPack } from '../../src/bot/packs/read-pack.ts';
import { packFolder } from './golden.ts';

interface SearchedPack {
  readonly entries: readonly SearchEntry[];
  readonly synonyms: readonly (readonly string[])[];
}

/** Reads the pack and converts each entry to a search entry. Throws PackError if the pack is invalid. */
export async function searchEntries(): Promise<SearchedPack> {
  const { pack } = await readPack(packFolder);
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  return { entries: pack.entries.map((entry) => searchEntry(entry, byId)), synonyms: pack.synonyms };
}
