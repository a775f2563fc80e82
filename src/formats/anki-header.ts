/**
 * Reads the header lines of an Anki text file, such as `#separator:tab`. The section "Text files" of the Anki manual
 * describes them. Before Anki 2.1.54, the only header line was `tags:`.
 */

export interface AnkiHeader {
  /** The character between fields. Undefined if the header does not say which. */
  readonly separator?: string;
  /** Whether the fields are HTML. Undefined if the header does not say. */
  readonly html?: boolean;
  /** Tags of all cards. */
  readonly tags: readonly string[];
  /** Names of the columns. */
  readonly columns?: readonly string[];
  /** The index of the column with the tags, from 0. */
  readonly tagsColumn?: number;
  /** The index of the column with the name of the deck, from 0. */
  readonly deckColumn?: number;
  /** The indexes of columns that are never shown: the note type and Anki's id of the note. */
  readonly hidden: readonly number[];
  /** Number of lines of the header. */
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

/** Reads the header of the file. Undefined if the text does not begin with a header line of Anki. */
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

/**
 * Returns the separator of a header line that contains the separator itself, such as `;`, and not its name. In such a
 * line, `\t` means a tab.
 */
const unescaped = (named: string): string => (named === String.raw`\t` ? '\t' : named.slice(0, 1));
