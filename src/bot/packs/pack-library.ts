/**
 * Provides functions that list, preview, install, choose, rename, export and remove the packs that servers add.
 * `server-packs.ts` loads these packs for look-ups and rounds.
 */
import { privateScope } from '../ports/shard-owner.ts';
import type { AddedPacks, ExportFormat, ExportResult, ListedPack, PackList } from '../../chat/packs/added-packs.ts';
import { packCode } from '../../core/pack/pack-code.ts';
import { packWords } from '../../chat/words/pack-words.ts';
import { PackError } from '../../core/pack/pack-file.ts';
import { isMended } from '../../core/reports/reported-items.ts';
import { addedPackId, idInPack } from '../../core/scores/stored-ids.ts';
import { template } from '../../formats/templates.ts';
import { installPreview, previewAgain, previewImport } from './import-pack.ts';
import { isShippedName, type LibraryPorts, type LibraryState, listedPack } from './library-state.ts';
import { listUsing, listWithout, packNamed, renamedList } from './pack-lists.ts';
import type { ExportRequest } from './pack-reader.ts';
import { createPackPreviews, shownPreview } from './pack-previews.ts';
import { noPacks, readPieces } from './stored-packs.ts';

export interface PackLibrary {
  /** The packs of a scope. A scope is the id of a server, or `dm:` and the id of a member. */
  at(scope: string): AddedPacks;
  /** Forgets the previews of a member. */
  forgetMember(user: string): void;
  close(): void;
}

export function createPackLibrary({ limits: { packs: most, ...limits }, ...ports }: LibraryPorts): PackLibrary {
  const previews = createPackPreviews(ports.clock);
  const state: LibraryState = { ...ports, limits, most, previews, waiting: 0, reading: Promise.resolve() };
  return {
    at: (scope) => packsOf(state, scope),
    forgetMember: previews.forgetMember,
    close: previews.close,
  };
}

function packsOf(state: LibraryState, scope: string): AddedPacks {
  const { packs, previews } = state;
  const find = (id: string, user: string) => previews.find(id, scope, user);
  return {
    list: () => listOf(state, scope),
    named: (code) => nameOfCode(state, scope, code),
    preview: (what, user) => previewImport(state, scope, what, user),
    previewed(id, user) {
      const kept = find(id, user);
      return kept && shownPreview(kept);
    },
    async readAgain(id, user, choice) {
      const kept = find(id, user);
      return kept ? previewAgain(state, kept, choice) : { is: 'expired' };
    },
    cancel(id, user) {
      if (find(id, user)) previews.forget(id);
    },
    async install(id, by, at) {
      const kept = find(id, by.id);
      return kept ? installPreview(state, kept, by, at) : { is: 'expired' };
    },
    async use(key) {
      const list = await packs.list(scope);
      if (key !== undefined && !list.packs.some((one) => one.key === key)) return undefined;
      await packs.changeList(scope, (old) => listUsing(old, key));
      return (await listOf(state, scope)).packs.find((one) => one.key === key);
    },
    rename: (key, name) => rename(state, scope, key, name),
    remove: (key, at) => remove(state, scope, key, at),
    exportPack: (key, format) => exportPack(state, scope, key, format),
    template: (format) => {
      const { fileName, text } = template(format);
      return { name: fileName, data: new TextEncoder().encode(text), description: 'A file to fill in' };
    },
  };
}

async function listOf({ packs, most }: LibraryState, scope: string): Promise<PackList> {
  const isServer = !scope.startsWith(privateScope);
  const list = isServer ? await packs.list(scope) : noPacks;
  const { facts, bank } = packs.defaultAt(scope);
  const shipped: ListedPack = {
    name: facts.pack.title,
    entries: facts.pack.entries.length,
    questions: bank.questions.length,
    isUsed: list.using === undefined,
  };
  return { packs: [shipped, ...list.packs.map((one) => listedPack(one, list))], most: isServer ? most : 0 };
}

async function nameOfCode(state: LibraryState, scope: string, code: string): Promise<string | undefined> {
  const { id } = state.packs.defaultAt(scope).facts.pack;
  const { packs } = await listOf(state, scope);
  return packs.find(({ key }) => packCode(key === undefined ? id : addedPackId(scope, key)) === code)?.name;
}

async function rename(state: LibraryState, scope: string, key: string, name: string): ReturnType<AddedPacks['rename']> {
  const { packs } = state;
  const list = await packs.list(scope);
  if (!list.packs.some((one) => one.key === key)) return 'unknown';
  const other = packNamed(list, name);
  if ((other && other.key !== key) || isShippedName(packs, scope, name)) return 'taken';
  await packs.changeList(scope, (old) => renamedList(old, key, name));
  return 'renamed';
}

async function remove(
  { packs, cleanup }: LibraryState,
  scope: string,
  key: string,
  at: number,
): Promise<ListedPack | undefined> {
  const before = await packs.list(scope);
  const pack = before.packs.find((one) => one.key === key);
  if (!pack) return undefined;
  await packs.changeList(scope, (old) => listWithout(old, key, at));
  cleanup.sweepPieces(scope);
  cleanup.deleteProgressLater(scope, key, at);
  return listedPack(pack, before);
}

async function exportPack(
  state: LibraryState,
  scope: string,
  key: string | undefined,
  format: ExportFormat,
): Promise<ExportResult> {
  const { packs, reader, reported } = state;
  const request = await exportRequest(state, scope, key);
  if (!request) return { is: 'unknown' };
  const packId = key === undefined ? packs.defaultAt(scope).facts.pack.id : addedPackId(scope, key);
  const { items } = await reported.read(scope);
  const isOwn = (id: string) => idInPack(packId, id) !== undefined;
  const changes = items.filter((item) => isOwn(item.id) && (item.isRetired || isMended(item))).length;
  try {
    const { fileName, text, lost } = await reader.exported(request, format);
    return {
      is: 'exported',
      file: { name: fileName, data: new TextEncoder().encode(text), description: `The pack ${request.name}` },
      lost: changes > 0 ? [...lost, packWords.changesNotExported(changes)] : lost,
    };
  } catch (error) {
    if (error instanceof PackError) return { is: 'refused', problems: error.problems };
    throw error;
  }
}

async function exportRequest(
  { packs, store }: LibraryState,
  scope: string,
  key: string | undefined,
): Promise<ExportRequest | undefined> {
  if (key === undefined) {
    const { folder, facts } = packs.defaultAt(scope);
    return folder === undefined ? undefined : { folder, name: facts.pack.title };
  }
  const pack = (await packs.list(scope)).packs.find((one) => one.key === key);
  const pieces = pack && (await readPieces(store, scope, pack));
  return pieces && { pieces, server: scope, key, name: pack.name };
}
