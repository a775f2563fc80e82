/**
 * The jobs of the worker thread: all work that takes seconds for a large pack. The result of a job depends only on its
 * input and on the files whose URLs are in the input. `load-in-worker.ts` starts the thread.
 */
import type { ExportFormat, PackChanges } from '../../chat/packs/added-packs.ts';
import type { ExportedPack } from '../../formats/export-pack.ts';
import type { ExportRequest, MaterialRead, MaterialRequest, StoredRequest } from './pack-reader.ts';
import { readHere } from './read-added.ts';
import { type LoadedPack, readPack } from './read-pack.ts';

/** Each job with its input and its result. `PackReader` describes all jobs except `folders`. */
interface Jobs {
  /**
   * Reads packs from folders. The input maps names to the URLs of the folders. The result maps the same names to the
   * packs.
   */
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
