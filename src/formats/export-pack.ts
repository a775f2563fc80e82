/** Writes a pack as a file that a group can keep, change and import again. */
import type { PackDocument } from '../core/material/material.ts';
import { isObject } from '../core/type-guards.ts';
import { writeNativePack } from './native-pack.ts';

export type ExportFormat = 'yaml' | 'csv';

export interface ExportedPack {
  readonly fileName: string;
  readonly text: string;
  /** Sentences that name what the format cannot carry. */
  readonly lost: readonly string[];
}

export function exportPack(documents: readonly PackDocument[], _format: ExportFormat): ExportedPack {
  return { fileName: `${idOf(documents)}.yaml`, text: writeNativePack(documents), lost: [] };
}

function idOf(documents: readonly PackDocument[]): string {
  const manifest = documents.find(({ name }) => name === 'pack.yaml')?.value;
  return isObject(manifest) && typeof manifest['id'] === 'string' ? manifest['id'] : 'pack';
}
