/** The entries that the golden list asks about, as the index takes them. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { SearchEntry } from '../../src/core/search/search.ts';
import { type Entry, kindOfFile, parsePack, speakerOf } from '../../src/core/pack.ts';
import { packFolder } from './golden.ts';

/** Reads the pack, but not its questions, and turns each entry into what is searched. Throws PackError. */
export async function searchEntries(): Promise<readonly SearchEntry[]> {
  const names = ['pack.yaml', ...Object.keys(kindOfFile)];
  const files = await Promise.all(
    names.map(async (name) => ({ name, value: parse(await readFile(new URL(name, packFolder), 'utf8')) as unknown })),
  );
  const { entries } = parsePack(files);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return entries.map((entry) => searchEntry(entry, byId));
}

function searchEntry(entry: Entry, byId: ReadonlyMap<string, Entry>): SearchEntry {
  const named = [
    ...(entry.kind === 'event' ? [...entry.people, ...entry.places] : []),
    ...(entry.kind === 'dispute' ? entry.parties : []),
    ...(entry.kind === 'agreement' ? [...entry.parties, ...entry.places] : []),
    ...[speakerOf(entry.voice) ?? []].flat(),
  ];
  const said =
    entry.kind === 'dispute'
      ? [entry.about, ...entry.positions.map(({ position }) => position)]
      : entry.kind === 'person'
        ? [entry.role]
        : entry.kind === 'figure'
          ? [entry.of, `${entry.value} ${entry.unit}`]
          : [];
  return {
    id: entry.id,
    kind: entry.kind,
    title: entry.title,
    aliases: entry.aliases,
    names: named.flatMap((id) => byId.get(id)?.title ?? []),
    text: [entry.summary, ...said, entry.when ?? '', ...entry.notes.map(({ text }) => text)].join(' '),
    dates: [entry.date ?? [], ...entry.notes.map((note) => note.date ?? [])].flat(),
  };
}
