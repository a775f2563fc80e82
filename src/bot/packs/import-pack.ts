/** Reads the file or text that a member wants to import, and installs the result. */
import type {
  AddedPacks,
  Import,
  ListedPack,
  PreviewRefusal,
  PreviewResult,
  TableChoice,
} from '../../chat/packs/added-packs.ts';
import { packWords } from '../../chat/words/pack-words.ts';
import { type ColumnRoles, columnRoles, type MaterialColumn } from '../../core/material/material.ts';
import { PackError } from '../../core/pack/pack-file.ts';
import { manifestSchema } from '../../core/pack/pack-schemas.ts';
import { DownloadError } from '../ports/downloads.ts';
import { installedList, packNamed } from './pack-lists.ts';
import { isShippedName, type LibraryState, listedPack } from './library-state.ts';
import { type KeptPreview, shownPreview } from './pack-previews.ts';
import type { MaterialRequest } from './pack-reader.ts';
import { newEdition, readPieces, writePieces } from './stored-packs.ts';

/** Maximum number of files that wait to be read. One file is read at a time. */
const maxWaiting = 4;

export async function previewImport(
  state: LibraryState,
  server: string,
  what: Import,
  user: string,
): Promise<PreviewResult> {
  const { downloads, limits } = state;
  const name = what.name === undefined ? undefined : manifestSchema.shape.title.safeParse(what.name);
  if (name?.success === false)
    return { is: 'mistakes', problems: name.error.issues.map(({ message }) => `The name: ${message}.`) };
  try {
    const bytes = 'file' in what ? await downloads.fetch(what.file, limits.size) : new TextEncoder().encode(what.text);
    return await readAndKeep(state, server, user, {
      bytes,
      limits,
      ...('file' in what && { fileName: what.file.name }),
      ...(name && { name: name.data }),
    });
  } catch (error) {
    if (error instanceof DownloadError) return { is: 'not-fetched', why: error.message };
    throw error;
  }
}

/**
 * Reads the file of a preview again after the member has chosen the role of a column, or whether the first row is a
 * header. The new preview has the same id.
 */
export async function previewAgain(
  state: LibraryState,
  kept: KeptPreview,
  choice: TableChoice,
): Promise<PreviewResult> {
  const { server, user, request, id } = kept;
  if ('header' in choice) return readAndKeep(state, server, user, { ...request, header: choice.header }, id);
  const columns = columnsAfter(kept.material.columns ?? [], choice);
  return columns ? readAndKeep(state, server, user, { ...request, columns }, id) : { is: 'expired' };
}

/**
 * Changes the role of one column, and returns the roles of all columns. Undefined if there is no such column or role.
 */
function columnsAfter(
  columns: readonly MaterialColumn[],
  { column, role }: { readonly column: number; readonly role: string },
): ColumnRoles | undefined {
  const chosen = columnRoles.find((one) => one === role);
  if (!chosen || !columns[column]) return undefined;
  return Object.fromEntries(
    columns.map((one, index) => {
      // A table can have only one front column and one back column. If the member chooses another column for the front
      // or the back, the previous front or back column is ignored from now on.
      const isTaken = (chosen === 'front' || chosen === 'back') && one.role === chosen;
      return [index, index === column ? chosen : isTaken ? 'ignore' : one.role];
    }),
  );
}

async function readAndKeep(
  state: LibraryState,
  server: string,
  user: string,
  request: MaterialRequest,
  id?: string,
): Promise<PreviewResult> {
  if (state.waiting >= maxWaiting) return { is: 'busy' };
  state.waiting += 1;
  try {
    const reading = state.reading.then(() => read(state, server, request));
    state.reading = reading.catch(() => undefined);
    const kept = state.previews.keep({ ...(await reading), server, user, request }, id);
    return kept ? { is: 'preview', preview: shownPreview(kept) } : { is: 'busy' };
  } catch (error) {
    if (error instanceof PackError) return { is: 'mistakes', problems: error.problems };
    if (error instanceof Full) return { is: 'full', most: state.most };
    throw error;
  } finally {
    state.waiting -= 1;
  }
}

/** Thrown if the server already has the maximum number of packs. */
class Full extends Error {}

async function read({ reader, packs, store, most }: LibraryState, server: string, request: MaterialRequest) {
  const made = await reader.material(request);
  if (isShippedName(packs, server, made.material.name)) throw new PackError([packWords.nameTaken(made.material.name)]);
  const list = await packs.list(server);
  const before = packNamed(list, made.material.name);
  if (!before && list.packs.length >= most) throw new Full();
  if (!before || made.material.kind === 'columns') return made;
  const pieces = await readPieces(store, server, before);
  // If the installed version cannot be read, the preview lists no changes. Installing the new version repairs the pack.
  return pieces ? { ...made, changes: await reader.changes(pieces, made.pieces) } : made;
}

export async function installPreview(
  state: LibraryState,
  kept: KeptPreview,
  by: { readonly id: string; readonly name: string },
  at: number,
): ReturnType<AddedPacks['install']> {
  const { server, material, pieces } = kept;
  if (material.kind === 'columns') return { is: 'expired' } satisfies PreviewRefusal;
  const { previews, store, packs, cleanup, most } = state;
  // The preview is forgotten first. Otherwise the member could press the button again during the installation and
  // install the pack a second time.
  previews.forget(kept.id);
  const edition = newEdition();
  const written = { ...material, edition, pieces: pieces.length, by, at };
  cleanup.begin(edition);
  try {
    await writePieces(store, server, edition, pieces);
    const list = await packs.changeList(server, (old) => installedList(old, written, most));
    const added = list.packs.find((one) => one.edition === edition);
    if (!added) return { is: 'full', most };
    return { is: 'installed', pack: listedPack(added, list) satisfies ListedPack };
  } catch (error) {
    previews.keep(kept, kept.id);
    throw error;
  } finally {
    cleanup.end(edition);
    cleanup.sweepPieces(server);
  }
}
