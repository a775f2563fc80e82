/**
 * Finds the tables of a note in Markdown, such as a page exported from Notion or a note of Obsidian, and reads them as
 * one table. Nothing else is read: not the text around the tables, not the code blocks, and not the properties at the
 * start of a note.
 */
import { isSameColumn, roleOfName } from './column-names.ts';
import type { Row, Table } from './table.ts';

interface MarkdownTable {
  readonly header: Row;
  readonly rows: readonly Row[];
}

interface Note {
  readonly tables: readonly MarkdownTable[];
  /** Number of lines with text outside the tables, the code blocks and the properties of the note. */
  readonly otherLines: number;
}

/**
 * Reads all tables of a note as one table. Undefined if the text is not a note with tables. If the name of the file
 * does not end with .md or .markdown, at least half of the lines must belong to tables, because a card of a CSV file
 * can also contain a table.
 */
export function markdownTables(text: string, fileName: string): Table | undefined {
  const { tables, otherLines } = noteOf(text.split('\n'));
  const [first, ...more] = tables;
  if (!first) return undefined;
  const rows = tables.flatMap((table) => table.rows);
  const rowsWithBars = rows.filter(({ cells }) => cells.length > 1).length;
  const others = otherLines + rows.length - rowsWithBars;
  // Each table has two lines that are not in its `rows`: the header row and the delimiter row.
  if (!/\.(md|markdown)$/i.test(fileName) && rowsWithBars + 2 * tables.length < others) return undefined;
  const names = [...first.header.cells];
  const moreRows = more.flatMap((table) => rowsInColumns(table, names));
  return {
    format: tables.length === 1 ? 'A table in Markdown' : `${tables.length} tables in Markdown`,
    rows: [{ line: first.header.line, cells: names }, ...first.rows, ...moreRows],
    leftOut: more
      .filter(({ header }) => !header.cells.some((name) => roleOfName(name) !== undefined))
      .map(({ header: { line } }) => ({
        line,
        reason: 'it has the names of the columns of another table',
        instead: 'for a card, write it below the line of dashes',
      })),
    separator: { field: '|', row: '\n', firstOnly: false },
    isMarkdown: true,
    ...(otherLines > 0 && { remark: 'Only the tables of the note were read, not the text around them.' }),
  };
}

function noteOf(lines: readonly string[]): Note {
  const tables: MarkdownTable[] = [];
  let otherLines = 0;
  let at = afterProperties(lines);
  while (at < lines.length) {
    const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(lines[at] ?? '')?.[1];
    const header = cellsOf(lines[at] ?? '');
    if (fence !== undefined) at = afterCode(lines, at + 1, fence);
    else if (header.length > 1 && isDelimiterRow(lines[at + 1] ?? '', header.length)) {
      const end = afterTable(lines, at + 2);
      const rows = lines.slice(at + 2, end).map((line, index) => ({ line: at + index + 3, cells: cellsOf(line) }));
      tables.push({ header: { line: at + 1, cells: header }, rows });
      at = end;
    } else {
      if ((lines[at] ?? '').trim() !== '') otherLines++;
      at++;
    }
  }
  return { tables, otherLines };
}

/**
 * The index of the first line after the properties of a note. The properties are between two lines "---" at the start
 * of the note.
 */
function afterProperties(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  return end + 1;
}

function afterCode(lines: readonly string[], from: number, fence: string): number {
  const end = lines.findIndex((line, index) => index >= from && line.trim().startsWith(fence));
  return end < 0 ? lines.length : end + 1;
}

/** A table ends at an empty line, and where a quotation, a heading or a code block begins. */
function afterTable(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index >= from && /^\s*$|^\s{0,3}(>|#{1,6}\s|`{3}|~{3})/.test(line));
  return end < 0 ? lines.length : end;
}

const isDelimiterRow = (line: string, width: number): boolean =>
  /^[\s|:-]*-[\s|:-]*$/.test(line) && line.includes('|') && cellsOf(line).length === width;

/** The cells of a row. The first and the last bar may be missing. A bar after a backslash is part of the text. */
function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

/**
 * The rows of a further table. Their cells are moved to the columns of the first table, whose names are in `names`. If
 * the first table lacks a column, the name of this column is added to `names`.
 */
function rowsInColumns({ header, rows }: MarkdownTable, names: string[]): readonly Row[] {
  const targets = header.cells.map((name, index) => {
    const known = names.findIndex((other) => isSameColumn(name, other));
    if (known >= 0) return known;
    // A column whose name has no known role is moved to the column with the same index in the first table. If the first
    // table has too few columns, the column is added.
    return roleOfName(name) === undefined && index < names.length ? index : names.push(name) - 1;
  });
  return rows.map(({ line, cells }) => {
    const moved: string[] = Array.from({ length: names.length }, () => '');
    for (const [index, cell] of cells.entries()) moved[targets[index] ?? names.length + index] = cell;
    return { line, cells: Array.from(moved, (cell) => cell ?? '') };
  });
}
