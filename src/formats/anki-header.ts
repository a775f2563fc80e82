/**
 * Reads the lines with which an Anki text file begins, such as `#separator:tab`. Their meaning is described in the Anki
 * manual, "Text files". Before Anki 2.1.54 there was only the line `tags:`.
 */

export interface AnkiHeader {
  /** The character between fields, if a line names it. */
  readonly separator?: string;
  /** Whether the fields are HTML. Undefined if no line says so. */
  readonly html?: boolean;
  /** Tags of all cards. */
  readonly tags: readonly string[];
  /** Names of the columns. */
  readonly columns?: readonly string[];
  /** The indexes of columns with a meaning of their own. */
  readonly tagsColumn?: number;
  readonly deckColumn?: number;
  /** Columns that are never shown: the note type and Anki's own id. */
  readonly hidden: readonly number[];
  /** Number of lines that the header takes. */
  readonly lines: number;
}

const separators: Readonly<Record<string, string>> = {
  tab: '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  colon: ':',
  space: ' ',
};

/** The header of the file. Undefined if the text does not begin like a file for Anki. */
export function ankiHeader(text: string): AnkiHeader | undefined {
  const values = new Map<string, string>();
  let lines = 0;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end);
    const found = /^#\s*([a-z ]{2,20}):(.*)$/i.exec(line) ?? /^(tags):(.*)$/i.exec(line);
    const key = found?.[1]?.toLowerCase().trim() ?? '';
    if (!found || !known.has(key)) break;
    values.set(key, (found[2] ?? '').trim());
    lines++;
    if (end < 0) break;
    start = end + 1;
  }
  if (lines === 0) return undefined;
  const named = values.get('separator');
  const separator = named === undefined ? undefined : (separators[named.toLowerCase()] ?? unescaped(named));
  const columns = values.get('columns');
  const index = (key: string): number | undefined => {
    const number = Number.parseInt(values.get(key) ?? '', 10);
    return number >= 1 ? number - 1 : undefined;
  };
  const tagsColumn = index('tags column');
  const deckColumn = index('deck column');
  const html = values.get('html');
  return {
    ...(separator && { separator }),
    ...(html !== undefined && { html: html.toLowerCase() === 'true' }),
    tags: (values.get('tags') ?? '').split(/\s+/).filter(Boolean),
    ...(columns && { columns: columns.split(separator ?? '\t') }),
    ...(tagsColumn !== undefined && { tagsColumn }),
    ...(deckColumn !== undefined && { deckColumn }),
    hidden: ['notetype column', 'guid column'].flatMap((key) => index(key) ?? []),
    lines,
  };
}

const known = new Set([
  'separator',
  'html',
  'tags',
  'columns',
  'notetype',
  'deck',
  'tags column',
  'deck column',
  'notetype column',
  'guid column',
  'if matches',
  'scope',
  'match scope',
]);

/** Some files write the separator itself, or a tab as \t. */
const unescaped = (named: string): string => (named === String.raw`\t` ? '\t' : named.slice(0, 1));
