/**
 * Writes a pack as a file that a group can keep, change and import again. A YAML file contains the whole pack. A CSV
 * file, for spreadsheets, contains only the cards, and the group is told what the file does not contain.
 */
import { cardIds } from '../core/material/card-ids.ts';
import type { PackDocument } from '../core/material/material.ts';
import type { EntryOf, Pack } from '../core/pack/pack.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { parsePack } from '../core/pack/parse-pack.ts';
import { isObject } from '../core/type-guards.ts';
import { writeNativePack } from './native-pack.ts';

export const exportFormats = ['yaml', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportedPack {
  readonly fileName: string;
  readonly text: string;
  /** Sentences that tell the group which parts of the pack the file does not contain. */
  readonly lost: readonly string[];
}

/** Throws {@link PackError} if the format is CSV and the pack has no cards. */
export function exportPack(documents: readonly PackDocument[], format: ExportFormat): ExportedPack {
  if (format === 'yaml') {
    const manifest = documents.find(({ name }) => name === 'pack.yaml')?.value;
    const id = isObject(manifest) && typeof manifest['id'] === 'string' ? manifest['id'] : 'pack';
    return { fileName: `${id}.yaml`, text: writeNativePack(documents), lost: [] };
  }
  return exportCards(parsePack(documents.filter(({ name }) => name !== 'questions.yaml')), documents);
}

type Card = EntryOf<'card'>;

function exportCards(pack: Pack, documents: readonly PackDocument[]): ExportedPack {
  const cards = pack.entries.filter((entry) => entry.kind === 'card');
  if (cards.length === 0)
    throw new PackError([
      'each row of a table has a front and a back, and the entries of this pack are of other kinds; use format:YAML',
    ]);
  const wrong = Math.max(0, ...cards.map((card) => card.wrong.length));
  const topics = Math.max(1, ...cards.map((card) => topicsOf(card, pack).length));
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => (count === 1 ? name : `${name} ${index + 1}`));
  const header = [
    'front',
    'back',
    ...numbered('wrong answer', wrong),
    'note',
    ...numbered('topic', topics),
    'date',
    'source',
  ];
  const rows = cards.map((card) => [
    card.front,
    card.back,
    ...padded(card.wrong, wrong),
    card.extra ?? '',
    ...padded(topicsOf(card, pack), topics),
    card.date ?? card.when ?? '',
    card.source ?? '',
  ]);
  // Without the byte order mark, Excel would read the file in a legacy encoding.
  const text = `\uFEFF${[header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
  return { fileName: `${pack.id}.csv`, text, lost: lostOf(pack, cards, documents) };
}

const padded = (texts: readonly string[], length: number): readonly string[] =>
  Array.from({ length }, (_, index) => texts[index] ?? '');

/** The titles of the topics of a card. The topic of the whole deck is not written, because the import adds it. */
function topicsOf({ topics }: Card, pack: Pack): readonly string[] {
  return topics.filter((id) => id !== 'cards').map((id) => pack.topics.find((topic) => topic.id === id)?.title ?? id);
}

/**
 * A cell, in quotation marks if needed. A spreadsheet would read a text that begins with =, +, - or @ as a formula.
 * Therefore a tab is written before such a text. Spreadsheets and the import of the bot treat the tab as a space.
 */
function cell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `\t${text}` : text;
  return /[",;|\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lostOf(pack: Pack, cards: readonly Card[], documents: readonly PackDocument[]): readonly string[] {
  const others = pack.entries.length - cards.length;
  const ids = cardIds(cards);
  const renamed = cards.filter(({ id }, index) => id !== ids[index]).length;
  const has = (field: 'links' | 'aliases') => cards.some((card) => card[field].length > 0);
  return [
    ...(others > 0 ? [`Entries without a front and a back (${others}).`] : []),
    ...(documents.some(({ name }) => name === 'questions.yaml') ? ['The questions of questions.yaml.'] : []),
    ...(renamed > 0 ? [`The ids of ${renamed} cards: after an import, progress in these cards starts from zero.`] : []),
    ...(has('links') ? ['The links between cards.'] : []),
    ...(has('aliases') ? ['Other names of cards.'] : []),
    ...(cards.some(({ neverAsk }) => neverAsk !== undefined) ? ['Which cards are never asked.'] : []),
    'The description and the source of the pack.',
  ];
}
