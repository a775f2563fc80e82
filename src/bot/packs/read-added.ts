/** Reads the packs that servers add, and writes packs as files. A call can block the thread for seconds. */
import { withoutControls } from '../../chat/packs/without-controls.ts';
import { entryCard } from '../../chat/cards/entry-card.ts';
import type { ExportFormat, Material, PackChanges } from '../../chat/packs/added-packs.ts';
import type { Message } from '../../chat/message/message-components.ts';
import { comparePacks } from '../../core/material/compare-packs.ts';
import type { PackDocument, ReadMaterial } from '../../core/material/material.ts';
import { createFacts, vocabularyOf } from '../../core/pack/facts.ts';
import { PackError } from '../../core/pack/pack-file.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { choicesIn } from '../../core/questions/bank.ts';
import { strategyScores } from '../../core/questions/naive-strategies.ts';
import { packIndexOf } from '../../core/questions/question-candidate.ts';
import { isObject } from '../../core/type-guards.ts';
import { addedPackId } from '../../core/scores/stored-ids.ts';
import { type ExportedPack, exportPack } from '../../formats/export-pack.ts';
import { readMaterial } from '../../formats/read-material.ts';
import { cardProblems } from './card-problems.ts';
import type { ExportRequest, MaterialRead, MaterialRequest, PackReader, StoredRequest } from './pack-reader.ts';
import { type LoadedPack, parseBank, parsePackFiles, readPackFiles } from './read-pack.ts';
import { inPieces } from './stored-packs.ts';

/** Number of sample cards in a preview. */
const sampleCards = 5;
/** The import leaves out rows that it cannot read. A preview lists at most this many of these rows. */
const maxLeftOut = 1_000;
/** The name of a pack that was pasted, if the member gave no name. */
const pastedName = 'Pasted cards';

/** Reads packs on the calling thread. */
export const readHere: PackReader = {
  stored: async (request) => readStored(request),
  material: async (request) => readImport(request),
  changes: async (before, after) => changesBetween(before, after),
  exported: exportRequested,
};

function readStored({ pieces, server, key, name }: StoredRequest): LoadedPack {
  const { pack, bank } = readDocuments(named(documentsIn(pieces), name));
  return { pack: { ...pack, id: addedPackId(server, key) }, bank, vocabulary: vocabularyOf(pack) };
}

const documentsIn = (pieces: readonly string[]): readonly PackDocument[] =>
  // The cast is safe because only this module creates the pieces.
  JSON.parse(pieces.join('')) as readonly PackDocument[];

/** Puts the name of the pack into its manifest, because labels on cards contain the title of the manifest. */
const named = (documents: readonly PackDocument[], name: string): readonly PackDocument[] =>
  documents.map((one) =>
    one.name === 'pack.yaml' && isObject(one.value) ? { ...one, value: { ...one.value, title: name } } : one,
  );

function readDocuments(documents: readonly PackDocument[]): Pick<LoadedPack, 'pack' | 'bank'> {
  const pack = parsePackFiles(documents);
  return { pack, bank: parseBank(documents, pack) };
}

function readImport({ bytes, fileName, name, columns, header, limits }: MaterialRequest): MaterialRead {
  const packName = name ?? fileName?.replace(/\.[^.]*$/, '') ?? pastedName;
  const read = readMaterial(bytes, {
    packName,
    limits,
    ...(fileName !== undefined && { fileName }),
    ...(columns && { columns }),
    ...(header !== undefined && { header }),
  });
  if (read.kind === 'columns') return { material: { ...read, name: packName }, pieces: [] };
  const problems = cardProblems(read.pack, read.files);
  if (problems.length > 0) throw new PackError(problems);
  const title = name ?? read.pack.title;
  return { material: describe(read, title), pieces: inPieces(JSON.stringify(named(read.files, title))) };
}

function describe(read: Extract<ReadMaterial, { kind: 'pack' }>, name: string): Material {
  const { readAs, columns, hasHeader, bank, leftOut, remarks } = read;
  const pack: Pack = { ...read.pack, title: name };
  return {
    kind: 'pack',
    name,
    readAs,
    ...(columns && { columns }),
    ...(hasHeader !== undefined && { hasHeader }),
    entries: pack.entries.length,
    questions: bank.questions.length,
    cards: samplesOf(pack),
    leftOut: leftOut.slice(0, maxLeftOut),
    remarks,
    strategies: strategyScores(choicesIn(bank), packIndexOf(pack)),
  };
}

/** The cards of some entries, evenly spread over the pack. */
function samplesOf(pack: Pack): readonly Message[] {
  const { entries } = pack;
  const step = Math.max(1, Math.floor(entries.length / sampleCards));
  const samples = entries.filter((_, index) => index % step === 0).slice(0, sampleCards);
  const linked = new Set(samples.flatMap(({ links }) => links));
  // The sample cards need only the sample entries and the entries that they link to. Building the search index of the
  // whole pack would take seconds.
  const facts = createFacts({ ...pack, entries: entries.filter((one) => samples.includes(one) || linked.has(one.id)) });
  return samples.map((entry) => withoutControls(entryCard(entry, facts)));
}

function changesBetween(before: readonly string[], after: readonly string[]): PackChanges {
  const old = readDocuments(documentsIn(before)).pack;
  const now = readDocuments(documentsIn(after)).pack;
  const titles = new Map([...old.entries, ...now.entries].map(({ id, title }) => [id, title]));
  const { added, changed, gone } = comparePacks(old, now);
  const titlesOf = (ids: readonly string[]) => ids.map((id) => titles.get(id) ?? id);
  return { added: titlesOf(added), changed: titlesOf(changed), gone: titlesOf(gone) };
}

async function exportRequested(request: ExportRequest, format: ExportFormat): Promise<ExportedPack> {
  if ('folder' in request) return exportPack(await readPackFiles(new URL(request.folder)), format);
  return exportPack(named(documentsIn(request.pieces), request.name), format);
}
