/**
 * The jobs of the worker thread: everything that takes seconds for a large pack. A job is a pure function of its input
 * and of the files that it names. `load-in-worker.ts` starts the thread.
 */
import type { ExportFormat, PackChanges } from '../../chat/packs/added-packs.ts';
import type { ExportedPack } from '../../formats/export-pack.ts';
import type { ExportRequest, MaterialRead, MaterialRequest, StoredRequest } from './pack-reader.ts';
import { readHere } from './read-added.ts';
import { type LoadedPack, readPack } from './read-pack.ts';

/** Each job with its input and its result. `PackReader` describes all jobs but the first. */
interface Jobs {
  /** Reads the packs in folders, which are URLs. The result has the same names as the input. */
  readonly folders: readonly [input: Readonly<Record<string, string>>, result: Readonly<Record<string, LoadedPack>>];
  readonly material: readonly [input: MaterialRequest, result: MaterialRead];
  readonly stored: readonly [input: StoredRequest, result: LoadedPack];
  readonly changes: readonly [
    input: { readonly before: readonly string[]; readonly after: readonly string[] },
    result: PackChanges,
  ];
  readonly exported: readonly [
    input: { readonly request: ExportRequest; readonly format: ExportFormat },
    result: ExportedPack,
  ];
}

export type JobKind = keyof Jobs;
export type JobInput<K extends JobKind> = Jobs[K][0];
export type JobResult<K extends JobKind> = Jobs[K][1];

/** Runs one job. Rejects with {@link PackError} if the pack or the file has mistakes. */
export const jobs: { readonly [K in JobKind]: (input: JobInput<K>) => Promise<JobResult<K>> } = {
  folders: readFolders,
  material: readHere.material,
  stored: readHere.stored,
  changes: ({ before, after }) => readHere.changes(before, after),
  exported: ({ request, format }) => readHere.exported(request, format),
};

async function readFolders(folders: Readonly<Record<string, string>>): Promise<Record<string, LoadedPack>> {
  const packs: Record<string, LoadedPack> = {};
  for (const [name, folder] of Object.entries(folders)) packs[name] = await readPack(new URL(folder));
  return packs;
}
