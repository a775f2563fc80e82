/** Creates a pack from a table of cards: splits the rows, finds the roles of the columns, and makes the cards. */
import { type ColumnRoles, type LeftOut, type MaterialLimits, type ReadMaterial } from '../core/material/material.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { parsePack } from '../core/pack/parse-pack.ts';
import { type CheckedCandidate, readCheckedBank } from '../core/questions/bank.ts';
import { deckOf } from './card-deck.ts';
import { numberList } from './encodings.ts';
import { looksLikeHtml } from './html-text.ts';
import { cardsOf, type CardRules, type ReadCards, wrongSeparatorIn } from './table-cards.ts';
import { columnsOf, type TableColumns } from './table-columns.ts';
import { readTable } from './table-rows.ts';
import type { Table } from './table.ts';

export interface TableOptions {
  readonly fileName: string;
  readonly packName: string;
  /** The name of the encoding as members see it (see `Decoded.encoding`). */
  readonly encoding: string;
  readonly remarks: readonly string[];
  readonly columns?: ColumnRoles | undefined;
  readonly header?: boolean | undefined;
  readonly limits: MaterialLimits;
}

/** A table may have this many more rows than the maximum number of entries, because some rows do not become cards. */
const spareRows = 1_000;

/** Maximum number of columns. If a table has more columns, its separator was probably recognised wrongly. */
const maxColumns = 500;

/** Reads the text of a table. Throws {@link PackError} if it has no cards. */
export function readCards(text: string, options: TableOptions): ReadMaterial {
  const { fileName, limits, encoding } = options;
  const table = readTable(text, { fileName, most: limits.entries + spareRows });
  const found = columnsOf(table, { given: options.columns, header: options.header });
  const { columns, hasHeader } = found;
  if (columns.length > maxColumns)
    throw new PackError([
      `${fileName}: has ${columns.length} columns; keep to ${maxColumns}, and write one card a line`,
    ]);
  const readAs = `${table.format}, ${encoding}, ${hasHeader ? 'with' : 'without'} a header row.`;
  if (!found.isKnown) {
    if (columns.length < 2 || found.rows.length === 0) throw noCards(fileName, found, []);
    return { kind: 'columns', readAs, columns, hasHeader };
  }
  const read = cardsOf(found.rows, rulesFor(table, found, text));
  if (read.cards.length === 0) throw noCards(fileName, found, read.leftOut);
  if (read.cards.length > limits.entries)
    throw new PackError([
      `${fileName}: has ${read.cards.length} cards; keep to ${limits.entries}, in two packs if need be`,
    ]);
  const { packName } = options;
  const deck = deckOf(read.cards, { packName, fileName, tags: table.anki?.tags ?? [] });
  const pack = parsePack(deck.documents);
  const { bank, checked } = readCheckedBank(pack, undefined);
  const lines = new Map(pack.entries.map(({ id }, index) => [id, read.cards[index]?.line ?? 0]));
  return {
    kind: 'pack',
    readAs,
    columns,
    hasHeader,
    files: deck.documents,
    pack,
    bank,
    leftOut: [
      ...table.leftOut,
      ...found.leftOut,
      ...read.leftOut,
      ...deck.leftOut,
      ...refusedAnswers(checked, lines),
    ].toSorted((a, b) => a.line - b.line),
    remarks: [
      ...options.remarks,
      ...(table.remark === undefined ? [] : [table.remark]),
      ...remarksOn(read, found, { asked: bank.questions.length }),
    ],
  };
}

function noCards(fileName: string, { hasHeader }: TableColumns, leftOut: readonly LeftOut[]): PackError {
  const [first] = leftOut;
  if (first)
    return new PackError([
      `${fileName}: no row of it gives a card; line ${first.line}: ${first.reason}; ${first.instead}`,
    ]);
  const what = hasHeader ? 'has the names of columns and no rows below them' : 'has no rows with a front and a back';
  return new PackError([`${fileName}: ${what}; write one card a line, such as: word;meaning`]);
}

function rulesFor(table: Table, { columns, rows }: TableColumns, text: string): CardRules {
  const roles = columns.map(({ role }) => role);
  const { anki, separator } = table;
  const wrong = roles.flatMap((role, index) => (role === 'wrong' ? [index] : []));
  const [onlyWrong] = wrong;
  const isOldAnki = !anki && separator.field === '\t' && looksLikeHtml(text);
  return {
    roles,
    isHtml: anki?.html ?? (anki ? looksLikeHtml(text) : isOldAnki),
    isAnki: anki !== undefined || isOldAnki,
    isMarkdown: table.isMarkdown === true,
    separator: separator.field,
    splitsTags: columns.map(({ name, role }, index) => role === 'tags' && tagsAreWords(table, name, index)),
    wrongSeparator:
      wrong.length === 1 && onlyWrong !== undefined
        ? wrongSeparatorIn(rows.map(({ cells }) => cells[onlyWrong] ?? ''))
        : undefined,
  };
}

/**
 * Whether each word of a cell in this column is a tag, as in Anki. In a column such as "Chapter", the whole cell is one
 * topic.
 */
function tagsAreWords({ anki }: Table, name: string, index: number): boolean {
  if (anki?.deckColumn === index) return false;
  return anki?.tagsColumn === index || /^(tags?|column \d+|labels?|etikett?e?n?)$/i.test(name.trim());
}

/** The wrong answers that are in the table but failed a check, each with the reason. */
function refusedAnswers(checked: readonly CheckedCandidate[], lines: ReadonlyMap<string, number>): readonly LeftOut[] {
  return checked.flatMap(({ candidate: { about }, dropped }) => {
    const [card] = about;
    if (card?.kind !== 'card' || card.wrong.length === 0) return [];
    return dropped.flatMap(({ problem }) => {
      const [, text, why, instead] = /^wrong, "(.*?)": (.*?); (.*)$/s.exec(problem) ?? [];
      if (text === undefined || !card.wrong.includes(text)) return [];
      return [
        {
          line: lines.get(card.id) ?? 0,
          reason: `the wrong answer “${text}” was not taken: ${why ?? ''}`,
          instead: instead ?? 'write another',
        },
      ];
    });
  });
}

function remarksOn(
  { cards, joined, withoutMedia }: ReadCards,
  { columns, rows }: TableColumns,
  { asked }: { readonly asked: number },
): readonly string[] {
  const unread = columns.flatMap(({ name, role }, index) =>
    role === 'ignore' && rows.some(({ cells }) => (cells[index] ?? '').trim() !== '') ? [`“${name}”`] : [],
  );
  const choice =
    asked === 0
      ? 'The cards can be looked up, but not asked in a quiz: multiple choice takes at least four short answers of one kind, such as four names or four years.'
      : asked < cards.length
        ? `${asked} of ${cards.length} cards can be asked in a quiz. The others can only be looked up.`
        : undefined;
  return [
    ...(choice === undefined ? [] : [choice]),
    ...(joined.length > 0
      ? [
          `More fields than columns in ${numberList(joined)}: the last ones were joined. Put quotation marks around such a field.`,
        ]
      : []),
    ...(withoutMedia.length > 0
      ? [`Pictures and sounds are not in the file. They are missing in ${numberList(withoutMedia)}.`]
      : []),
    ...(unread.length > 0
      ? [`Not read: ${unread.slice(0, 8).join(', ')}${unread.length > 8 ? ' and more' : ''}.`]
      : []),
  ];
}
