/**
 * The jobs of the worker thread: everything that takes seconds for a large pack. A job is a pure function of its input
 * and of the files that it names. `load-in-worker.ts` starts the thread.
 *
 * A pack that a server added is stored as one text, the JSON of its documents. The main thread only cuts this text into
 * pieces and joins it again. It never parses or writes it.
 */
import { type Comparison, comparePacks } from '../../core/material/compare-packs.ts';
import type { LeftOut, MaterialColumn, PackDocument, ReadMaterial } from '../../core/material/material.ts';
import { vocabularyOf } from '../../core/pack/facts.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { PackError } from '../../core/pack/pack-file.ts';
import { choicesIn } from '../../core/questions/bank.ts';
import { type StrategyScore, strategyScores } from '../../core/questions/naive-strategies.ts';
import { packIndexOf } from '../../core/questions/question-candidate.ts';
import { type ExportedPack, type ExportFormat, exportPack } from '../../formats/export-pack.ts';
import { type ReadOptions, readMaterial } from '../../formats/read-material.ts';
import { cardProblems } from './card-problems.ts';
import { type LoadedPack, parseBank, parsePackFiles, readPack } from './read-pack.ts';

/** What is shown of a file before it is installed. */
export interface MaterialPreview {
  readonly kind: 'pack';
  readonly readAs: string;
  readonly columns?: readonly MaterialColumn[];
  readonly entries: number;
  readonly questions: number;
  /** The pack with only a few of its entries. */
  readonly sample: Pack;
  readonly leftOut: readonly LeftOut[];
  readonly remarks: readonly string[];
  /** The scores that members reach with simple strategies, without reading the questions. */
  readonly strategies: readonly StrategyScore[];
  /** What installing would change. Absent if no pack was given to compare with. */
  readonly changes?: Comparison;
  /** The text to store. */
  readonly stored: string;
}

/** The preview, or the columns from which a member has to choose. */
export type MaterialResult = MaterialPreview | Extract<ReadMaterial, { kind: 'columns' }>;

/** Each job with its input and its result. */
interface Jobs {
  /** Reads the pack in a folder. `folder` is a URL. */
  readonly folder: readonly [input: { readonly folder: string }, result: LoadedPack];
  /** Reads a file that a group brings. `before` is the stored text of the pack that it would replace. */
  readonly material: readonly [
    input: { readonly bytes: Uint8Array; readonly options: ReadOptions; readonly before?: string },
    result: MaterialResult,
  ];
  /** Reads the stored text of a pack. */
  readonly stored: readonly [input: { readonly stored: string }, result: LoadedPack];
  readonly export: readonly [input: { readonly stored: string; readonly format: ExportFormat }, result: ExportedPack];
}

export type JobKind = keyof Jobs;
export type JobInput<K extends JobKind> = Jobs[K][0];
export type JobResult<K extends JobKind> = Jobs[K][1];

/** Runs one job. Rejects with {@link PackError} if the pack or the file has mistakes. */
export const jobs: { readonly [K in JobKind]: (input: JobInput<K>) => Promise<JobResult<K>> } = {
  folder: async ({ folder }) => readPack(new URL(folder)),
  material: async ({ bytes, options, before }) => preview(readMaterial(bytes, options), before),
  stored: async ({ stored }) => {
    const files = documentsOf(stored);
    const pack = parsePackFiles(files);
    return { pack, bank: parseBank(files, pack), vocabulary: vocabularyOf(pack) };
  },
  export: async ({ stored, format }) => exportPack(documentsOf(stored), format),
};

// The cast is safe because only `preview` writes stored texts, and the parsers check the values again.
const documentsOf = (stored: string): readonly PackDocument[] => JSON.parse(stored) as readonly PackDocument[];

/** Number of cards that the preview shows. */
const sampleSize = 5;

function preview(material: ReadMaterial, before: string | undefined): MaterialResult {
  if (material.kind === 'columns') return material;
  const { pack, bank, files, ...rest } = material;
  const problems = cardProblems(pack, files);
  if (problems.length > 0) throw new PackError(problems);
  const { entries } = pack;
  const step = Math.max(1, entries.length / sampleSize);
  const shown = entries.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
  return {
    ...rest,
    entries: entries.length,
    questions: bank.questions.length,
    sample: { ...pack, hoisted: [], entries: shown.slice(0, sampleSize) },
    strategies: strategyScores(choicesIn(bank), packIndexOf(pack)),
    ...(before !== undefined && { changes: comparePacks(parsePackFiles(documentsOf(before)), pack) }),
    stored: JSON.stringify(files),
  };
}
